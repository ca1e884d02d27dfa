#include "reference_lists.hpp"

#include "reference_lists_records.hpp"

#include <set>

namespace optimat {
namespace reference {
namespace {

using std::chrono::days;

/// The states of one client on a date and on the same day of months before.
class StatesByDay {
  public:
    StatesByDay(const std::filesystem::path& folder, Day as_at, int months, const ReferencePolicy& policy) {
        std::vector<std::chrono::year_month_day> dates;
        for (int month = 0; month <= months; ++month)
            dates.emplace_back(months_later(as_at, -month));
        for (const ReferenceState& state : reference_states(folder, dates, policy))
            m_states[{state.client_id, state.as_at}] = state;
    }
    std::optional<ReferenceState> of(const std::string& client_id, Day day) const {
        const auto found = m_states.find({client_id, reference_date_text(day)});
        return found == m_states.end() ? std::nullopt : std::optional(found->second);
    }
    /// Whether it holds on the day and on the same day of each of so many months before.
    template <typename Holds>
    bool all_of(const std::string& client_id, Day as_at, int months, Holds holds) const {
        for (int month = 0; month <= months; ++month) {
            const auto state = of(client_id, months_later(as_at, -month));
            if (!state || !holds(*state, month)) return false;
        }
        return true;
    }

  private:
    std::map<std::pair<std::string, std::string>, ReferenceState> m_states;
};

const Row& leading(const ListPerson& person) {
    for (const Row& row : person.records->prescriptions)
        if (row.at("prescription_id") == person.state->prescription_id) return row;
    throw std::runtime_error("the leading prescription is not there");
}

std::string supervision_of(const ListPerson& person) {
    const std::string& medicine = person.state->medicine;
    if (medicine == "buprenorphine_weekly" || medicine == "buprenorphine_monthly" ||
        medicine == "buprenorphine_sublocade")
        return "injection";
    const std::string& word = leading(person).at("supervision");
    if (word == "all" || word == "some") return "supervised";
    if (word == "none") return "unsupervised";
    return leading(person).at("collection") == "supervised_daily" ? "supervised" : "not_recorded";
}

// The latest TOP that shows use within the evidence that decides; of one day, that of the greatest id.
int days_used_of(const ListPerson& person, Day as_at, const ReferencePolicy& policy) {
    if (!person.state) return 0;
    std::optional<ListEvidence> latest;
    for (const ListEvidence& one : deciding_evidence(*person.records, as_at, person.state, policy))
        if (one.opiate_days && one.use &&
            (!latest || std::pair(one.day, one.top_id) > std::pair(latest->day, latest->top_id)))
            latest = one;
    return latest ? *latest->opiate_days : 0;
}

std::string last_concern(const ListRecords& records, Day as_at) {
    std::optional<Day> last;
    const auto take = [&](Day day) {
        if (day <= as_at) last = std::max(last.value_or(day), day);
    };
    for (const ListEvidence& one : evidence_up_to(records, as_at))
        if (one.use) take(one.day);
    for (const Row& event : records.events)
        if (event.at("kind") == "overdose_non_fatal" || event.at("kind") == "missed_pickup")
            take(cell_day(event, "date"));
    for (const Row& profile : records.profiles)
        if (profile.at("recent_overdose") == "true") take(cell_day(profile, "date"));
    return last ? reference_date_text(*last) : "";
}

/// What is known of a person, in MAT or out of cover.
void find_out(ListPerson& person, Day as_at, const StatesByDay& states, const ReferenceListPolicy& policy) {
    const ListRecords& records = *person.records;
    ReferencePerson& known = person.known;
    known.client_id = records.client_id;
    known.factors = factors_of(records, as_at, person.state, policy);
    person.days_used = days_used_of(person, as_at, policy.states);
    known.days_used = person.days_used == 0 ? "" : std::to_string(person.days_used);
    known.frequency = person.days_used == 0                        ? "unknown"
                      : person.days_used <= policy.occasional_days ? "occasional"
                      : person.days_used <= policy.regular_days    ? "regular"
                                                                   : "daily";
    known.tolerance_lower =
        known.frequency == "occasional" && known.factors["depressant_or_alcohol"] == "present";
    known.naloxone_current = has_event(records, {"naloxone_supplied"}, [&](Day day) {
        return within_months(day, as_at, policy.naloxone_months);
    });
    known.overdose_or_release =
        known.factors["recent_overdose"] == "present" || has_event(records, release_kinds(), [&](Day day) {
            return within_days(day, as_at, policy.release_days);
        });
    known.last_concern = last_concern(records, as_at);
    for (const ListEvidence& one : evidence_up_to(records, as_at))
        known.last_evidence = std::max(known.last_evidence, reference_date_text(one.day));
    if (!person.state) return;
    known.supervision = supervision_of(person);
    const std::string& regime = person.state->regime;
    known.reducing_and_below = (regime == "reducing" || regime == "detox") && person.state->band == "below";
    known.stable = states.all_of(known.client_id, as_at, policy.stable_months,
                                 [](const ReferenceState& state, int) { return state.stage == "MAT3"; });
    known.reducing_long = states.all_of(
        known.client_id, as_at, policy.slow_reduction_months, [](const ReferenceState& state, int month) {
            return state.regime == "reducing" || (month > 0 && state.regime == "detox");
        });
}

/// The inventory that is current on the day; none when there is none.
const Row* current_asci(const ListRecords& records, Day as_at, const ReferenceListPolicy& policy) {
    const Row* current = nullptr;
    for (const Row& asci : records.ascis)
        if (within_months(cell_day(asci, "date"), as_at, policy.asci_months) &&
            (current == nullptr || cell_day(asci, "date") > cell_day(*current, "date")))
            current = &asci;
    return current;
}

// priority/4, the first that holds. An item is in use when anybody has an answer to it.
std::string block_of_supervision(const ListPerson& person, Day as_at, const std::set<std::string>& in_use,
                                 const ReferenceListPolicy& policy) {
    if (person.days_used > policy.regular_days) return "use_above_regular";
    const Row* asci = current_asci(*person.records, as_at, policy);
    bool any = false, open = false;
    for (const std::string& item : inventory_items()) {
        if (asci == nullptr) break;
        any = any || asci->at(item) == "true";
        open = open || (asci->at(item).empty() && in_use.contains(item));
    }
    bool answered = false;
    for (const std::string& item : inventory_items())
        answered = answered || (asci != nullptr && !asci->at(item).empty());
    if (asci == nullptr || (!any && (open || !answered))) return "no_current_asci";
    const bool supervised = person.known.supervision == "supervised";
    if (any && person.known.supervision == "injection") return "";
    if (any) return supervised ? "supervised_with_items" : "unsupervised_with_items";
    const bool concern = person.known.last_concern > asci->at("date");
    return supervised && person.state->stage == "MAT3" && !concern ? "step_down" : "";
}

// priority/5, the first that holds.
std::string block_of_recovery(const ListPerson& person, Day as_at, const ReferenceListPolicy& policy) {
    if (person.state->stage != "MAT3") return "";
    if (person.state->regime == "reducing") return "reducing_to_review";
    bool recent = false;
    for (const Row& top : person.records->tops)
        recent = recent || (top.at("setting") != "secure" &&
                            within_months(cell_day(top, "date"), as_at, policy.recovery_top_months));
    if (!recent) return "no_recent_top";
    const Row* episode = open_episode(*person.records, as_at, person.state->service_id);
    const bool shared_care = episode != nullptr && episode->at("shared_care") == "true";
    return person.known.stable && !shared_care ? "shared_care_candidate" : "building_recovery";
}

std::string band_of_target(const ListPerson& person, const ReferencePolicy& policy) {
    const auto target = micrograms(leading(person).at("target_dose_mg"));
    for (const ReferenceFamily& family : policy.families)
        if (family.name == person.state->medicine && family.threshold_micrograms && target)
            return *target >= *family.threshold_micrograms ? "at_or_above" : "below";
    return "unknown";
}

std::string block_of_red(const ListPerson& person, const ReferencePolicy& policy) {
    const std::string& regime = person.state->regime;
    if (regime == "reducing" || regime == "detox") return "reducing_or_detox";
    if (regime != "increasing") return "static_or_unknown";
    return band_of_target(person, policy) == "at_or_above" ? "increasing_to_threshold" : "increasing_below";
}

std::string block_of_cohorts(const ReferenceState& state, const ReferenceListPolicy& policy) {
    if (state.cohort == "red") return "dose_review";
    if (state.stage != "MAT3" || !state.dose_micrograms) return "";
    const long dose = *state.dose_micrograms;
    if (state.medicine == "methadone" && dose <= policy.methadone_low) return "detox_options";
    if (state.medicine == "methadone" && dose <= policy.methadone_next) return "next_cohort";
    if (state.medicine == "buprenorphine" && dose <= policy.buprenorphine_low) return "detox_options";
    return "";
}

/// The blocks of somebody in MAT, by list; an empty one is none.
std::map<std::string, std::string> blocks_in_mat(const ListPerson& person, Day as_at,
                                                 const std::set<std::string>& in_use,
                                                 const ReferenceListPolicy& policy) {
    const ReferenceState& state = *person.state;
    std::map<std::string, std::string> blocks;
    bool any_factor = false;
    for (const auto& [factor, presence] : person.known.factors)
        any_factor = any_factor || presence == "present";
    const bool evidence = !deciding_evidence(*person.records, as_at, person.state, policy.states).empty();
    if (state.stage == "uncategorised") blocks["0"] = "uncategorised";
    if (state.stage == "MAT4" && !evidence) blocks["0"] = "mat4_without_evidence";
    if (state.stage == "MAT2") blocks["1"] = "using_on_top";
    if ((state.stage == "MAT1" || state.stage == "uncategorised") && any_factor)
        blocks["1"] = "other_with_factor";
    if (state.cohort == "red") blocks["2"] = block_of_red(person, policy.states);
    if (state.cohort == "amber") blocks["3"] = "at_or_above_threshold";
    blocks["4"] = block_of_supervision(person, as_at, in_use, policy);
    blocks["5"] = block_of_recovery(person, as_at, policy);
    blocks["review-cohorts"] = block_of_cohorts(state, policy);
    if (state.stage == "MAT2" && state.regime == "detox") blocks["mat4"] = "return_to_maintenance";
    if (state.stage == "MAT4") blocks["mat4"] = "in_detoxification";
    if (person.known.reducing_long) blocks["slow-reduction"] = "slow_reduction";
    return blocks;
}

}  // namespace
}  // namespace reference

ReferenceLists reference_lists(const std::filesystem::path& extract, std::chrono::year_month_day date,
                               const ReferenceListPolicy& policy) {
    using namespace reference;
    const Day as_at{date};
    const auto people = records_of(extract, read_extract(extract), policy.states);
    const StatesByDay states(extract, as_at, std::max(policy.stable_months, policy.slow_reduction_months),
                             policy.states);
    const std::set<std::string> in_use = items_in_use(people);
    ReferenceLists lists;
    for (const auto& [client_id, records] : people) {
        ListPerson person{&records, states.of(client_id, as_at), {}, 0};
        std::map<std::string, std::string> blocks;
        if (!person.state) blocks["6"] = block_out_of_cover(person, as_at, policy);
        if (!person.state && blocks["6"].empty()) continue;
        find_out(person, as_at, states, policy);
        if (person.state) blocks = blocks_in_mat(person, as_at, in_use, policy);
        for (const auto& [list, block] : blocks)
            if (!block.empty())
                lists.rows.push_back(
                    {list, client_id, block,
                     person.state ? person.state->service_id : service_out_of_cover(records, as_at)});
        lists.people.push_back(person.known);
    }
    std::sort(lists.rows.begin(), lists.rows.end());
    return lists;
}

}  // namespace optimat
