#include "priority/lists.hpp"

#include "measure/state_visits.hpp"
#include "priority/supervision.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace optimat {

namespace {

bool is_stage(const PersonPicture& person, Stage stage) {
    return person.state && person.state->stage == stage;
}

// priority/0: "uncategorised; and MAT4 without evidence, shown apart"
std::optional<ListBlock> block_in_0(const PersonPicture& person) {
    if (is_stage(person, Stage::uncategorised)) return ListBlock::uncategorised;
    if (is_stage(person, Stage::mat4) && !person.deciding) return ListBlock::mat4_without_evidence;
    return std::nullopt;
}

// priority/1: "MAT2, then a block of MAT1 and uncategorised people with any factor"
std::optional<ListBlock> block_in_1(const PersonPicture& person) {
    if (is_stage(person, Stage::mat2)) return ListBlock::using_on_top;
    const bool other = is_stage(person, Stage::mat1) || is_stage(person, Stage::uncategorised);
    if (other && count_of(person.risk, Presence::present) > 0) return ListBlock::other_with_factor;
    return std::nullopt;
}

// priority/2: "red: (a) reducing or detox, (b) static or unknown, (c) increasing to a target below threshold
// or with none; increasing to a target at or above it is *being optimised*"
std::optional<ListBlock> block_in_2(const PersonPicture& person) {
    if (!person.state || person.state->cohort != Cohort::red) return std::nullopt;
    switch (person.state->regime) {
    case Regime::reducing:
    case Regime::detox:
        return ListBlock::reducing_or_detox;
    case Regime::fixed:
    case Regime::unknown:
        return ListBlock::static_or_unknown;
    case Regime::increasing:
        break;
    }
    return person.target_band == Band::at_or_above ? ListBlock::increasing_to_threshold
                                                   : ListBlock::increasing_below;
}

std::optional<ListBlock> block_in_3(const PersonPicture& person) {
    if (!person.state || person.state->cohort != Cohort::amber) return std::nullopt;
    return ListBlock::at_or_above_threshold;
}

// priority/4: "first that holds"
std::optional<ListBlock> block_in_4(const PersonPicture& person, const std::optional<AsciPicture>& asci) {
    if (!person.state) return std::nullopt;
    if (person.frequency == Frequency::daily) return ListBlock::use_above_regular;
    if (!asci || !asci->complete) return ListBlock::no_current_asci;
    const bool supervised = person.supervision == SupervisionState::supervised;
    const bool concern = person.last_concern && *person.last_concern > asci->day;
    if (supervised && is_stage(person, Stage::mat3) && !asci->any_item && !concern)
        return ListBlock::step_down;
    if (!asci->any_item || person.supervision == SupervisionState::injection) return std::nullopt;
    return supervised ? ListBlock::supervised_with_items : ListBlock::unsupervised_with_items;
}

// priority/5: MAT3
std::optional<ListBlock> block_in_5(const Extract& extract, const PersonPicture& person, const Policy& policy,
                                    Day as_at) {
    if (!is_stage(person, Stage::mat3)) return std::nullopt;
    if (person.state->regime == Regime::reducing) return ListBlock::reducing_to_review;
    const Table& tops = extract.chunks[person.place.chunk].table(TableKind::tops);
    const Day recent_after = add_months(as_at, -policy.priority.recovery_top_months);
    if (!person.last_top || tops.column<Day>(TopField::date)[*person.last_top] <= recent_after)
        return ListBlock::no_recent_top;
    if (person.stable && !person.shared_care) return ListBlock::shared_care_candidate;
    return ListBlock::building_recovery;
}

std::optional<ListBlock> block_in_6(const PersonPicture& person) {
    if (!person.out_of_cover) return std::nullopt;
    return person.out_of_cover->block;
}

// review cohorts: "not using and methadone ≤ 30 mg or buprenorphine ≤ 6 mg; not using and methadone > 30 and
// ≤ 40 mg; using and below threshold"
std::optional<ListBlock> block_in_cohorts(const PersonPicture& person, const PriorityPolicy& policy) {
    if (is_stage(person, Stage::mat2) && person.state->band == Band::below) return ListBlock::dose_review;
    if (!is_stage(person, Stage::mat3) || !person.state->dose_known) return std::nullopt;
    const Micrograms dose = person.state->dose;
    if (person.state->medicine == Family::buprenorphine && dose <= policy.buprenorphine_low)
        return ListBlock::detox_options;
    if (person.state->medicine != Family::methadone || dose > policy.methadone_next) return std::nullopt;
    return dose <= policy.methadone_low ? ListBlock::detox_options : ListBlock::next_cohort;
}

// mat4-review: "MAT2 with regime detox: discuss a return to maintenance"
std::optional<ListBlock> block_in_mat4(const PersonPicture& person) {
    if (is_stage(person, Stage::mat2) && person.state->regime == Regime::detox)
        return ListBlock::return_to_maintenance;
    if (is_stage(person, Stage::mat4)) return ListBlock::in_detoxification;
    return std::nullopt;
}

std::optional<ListBlock> block_of(const Extract& extract, const Pictures& pictures, const Policy& policy,
                                  WorkList list, const PersonPicture& person,
                                  const std::optional<AsciPicture>& asci) {
    switch (list) {
    case WorkList::priority_0:
        return block_in_0(person);
    case WorkList::priority_1:
        return block_in_1(person);
    case WorkList::priority_2:
        return block_in_2(person);
    case WorkList::priority_3:
        return block_in_3(person);
    case WorkList::priority_4:
        return block_in_4(person, asci);
    case WorkList::priority_5:
        return block_in_5(extract, person, policy, pictures.as_at);
    case WorkList::priority_6:
        return block_in_6(person);
    case WorkList::review_cohorts:
        return block_in_cohorts(person, policy.priority);
    case WorkList::mat4:
        return block_in_mat4(person);
    case WorkList::slow_reduction:
        return person.reducing_long ? std::optional(ListBlock::slow_reduction) : std::nullopt;
    }
    return std::nullopt;
}

bool shows_inventory(WorkList list) { return list == WorkList::priority_4 || list == WorkList::priority_5; }

ReviewStanding standing_of(const ReviewStanding& standing, ListBlock block) {
    if (block != ListBlock::increasing_to_threshold || standing.status != ReviewStatus::still_to_review)
        return standing;
    return {ReviewStatus::being_optimised, standing.review};
}

constexpr std::size_t most_keys = order_key_count + 2;
struct Ordered {
    std::array<std::int64_t, most_keys> values{};
    ListRow row;
};

}  // namespace

std::int64_t order_value(OrderKey key, const ListRow& row) {
    const PersonPicture& person = *row.person;
    const auto first = [](bool holds) { return holds ? 0 : 1; };
    switch (key) {
    case OrderKey::block:
        return static_cast<std::int64_t>(row.block);
    case OrderKey::overdose_or_release:
        return first(person.recent_overdose_or_release);
    case OrderKey::never_recorded:
        return first(!person.last_evidence);
    case OrderKey::reducing_and_below:
        return first(person.reducing_and_below);
    case OrderKey::factors_present:
        return -count_of(person.risk, Presence::present);
    case OrderKey::factors_unknown:
        return -count_of(person.risk, Presence::unknown);
    case OrderKey::no_naloxone:
        return first(!person.naloxone_current);
    case OrderKey::most_days_used:
        return -(person.days_used ? *person.days_used : 28 + 1);
    case OrderKey::injecting: {
        const Presence injecting = person.risk[static_cast<std::size_t>(RiskFactor::injecting)].presence;
        return injecting == Presence::present ? 0 : injecting == Presence::unknown ? 1 : 2;
    }
    case OrderKey::supervised:
        return first(person.supervision == SupervisionState::supervised);
    case OrderKey::newest_out_of_cover:
        return person.out_of_cover && person.out_of_cover->days_uncovered
                   ? *person.out_of_cover->days_uncovered
                   : 0;
    case OrderKey::longest_in_treatment:
        return person.days_in_treatment ? -*person.days_in_treatment
                                        : std::numeric_limits<std::int64_t>::min();
    }
    return 0;
}

std::vector<ListRow> work_list(const Extract& extract, const Pictures& pictures, const Policy& policy,
                               WorkList list, const Place& place, const TeamRecords& records,
                               ReviewTime time) {
    const ReviewWindow window(pictures.as_at, time, policy);
    const std::vector<bool> here = services_at(extract, place);
    const auto& keys = policy.priority.order[static_cast<std::size_t>(list)];
    std::vector<Ordered> rows;
    for (const PersonPicture& person : pictures.people) {
        if (!stands_at(person, place, here)) continue;
        const PersonRecords* own = records_of(records, person.place);
        std::optional<AsciPicture> asci;
        if (shows_inventory(list)) asci = current_asci(person, own, pictures, policy, time.to);
        const auto block = block_of(extract, pictures, policy, list, person, asci);
        if (!block) continue;
        const ReviewStanding standing = review_standing(own, list, window, person.last_overdose_or_release);
        Ordered ordered{{},
                        {&person, *block, standing_of(standing, *block), nullptr, nullptr, std::move(asci)}};
        if (own != nullptr && !own->reviews.empty()) ordered.row.last_review = &own->reviews.back();
        if (own != nullptr && own->claim) ordered.row.claim = &*own->claim;
        std::size_t place_in = 0;
        for (const OrderKey key : keys)
            if (place_in < order_key_count) ordered.values[place_in++] = order_value(key, ordered.row);
        // "ties by oldest evidence": never recorded is the oldest of all.
        ordered.values[place_in] = person.last_evidence ? person.last_evidence->day.number
                                                        : std::numeric_limits<std::int64_t>::min();
        rows.push_back(std::move(ordered));
    }
    std::ranges::sort(rows, [](const Ordered& a, const Ordered& b) {
        return std::tie(a.values, a.row.person->place) < std::tie(b.values, b.row.person->place);
    });
    std::vector<ListRow> list_rows;
    list_rows.reserve(rows.size());
    for (Ordered& row : rows)
        list_rows.push_back(std::move(row.row));
    return list_rows;
}

std::int64_t ListCount::people() const {
    std::int64_t sum = 0;
    for (const std::int64_t count : by_status)
        sum += count;
    return sum;
}

ListCount count_list(std::span<const ListRow> rows) {
    ListCount count;
    for (const ListRow& row : rows) {
        const auto status = static_cast<std::size_t>(row.standing.status);
        ++count.by_status[status];
        ++count.by_block[static_cast<std::size_t>(row.block)][status];
    }
    return count;
}

std::span<const ListBlock> tracker_blocks(WorkList list) {
    static constexpr ListBlock of_0[] = {ListBlock::uncategorised};
    static constexpr ListBlock of_1[] = {ListBlock::using_on_top};
    static constexpr ListBlock of_2[] = {ListBlock::reducing_or_detox, ListBlock::static_or_unknown,
                                         ListBlock::increasing_below, ListBlock::increasing_to_threshold};
    static constexpr ListBlock of_3[] = {ListBlock::at_or_above_threshold};
    switch (list) {
    case WorkList::priority_0:
        return of_0;
    case WorkList::priority_1:
        return of_1;
    case WorkList::priority_2:
        return of_2;
    case WorkList::priority_3:
        return of_3;
    default:
        return {};
    }
}

ListOwner owner_of(const PersonPicture& person) { return {person.service, person.keyworker}; }

}  // namespace optimat
