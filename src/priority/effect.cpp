#include "priority/effect.hpp"

#include "stage/classify.hpp"

#include <algorithm>
#include <map>

namespace optimat {

namespace {

constexpr std::size_t points = effect_days.size();

/// Somebody on one of the days.
struct Seen {
    enum class Where : std::uint8_t { too_early, in_mat, died, not_in_mat } where = Where::too_early;
    State state{};                                                    ///< only in MAT
    EvidenceVerdict::Says evidence = EvidenceVerdict::Says::nothing;  ///< likewise
};
using FollowUp = std::array<Seen, points>;

/// Follows the clients of one chunk.
class Follower {
  public:
    Follower(const Extract& extract, const Chunk& chunk, const Policy& policy, Day last_day)
        : m_policy(policy), m_last_day(last_day), m_classifier(extract, chunk, policy) {}

    FollowUp follow(std::uint32_t client, Day begin) {
        std::vector<ReferenceDate> dates;
        for (const std::int32_t after : effect_days)
            dates.emplace_back(begin + after, m_policy);
        std::array<State, points> states;
        const State* end = m_classifier.classify(client, dates, states.data());
        const std::optional<Day> death = m_classifier.timeline().death();
        FollowUp course;
        for (std::size_t i = 0; i < points; ++i)
            if (dates[i].day <= m_last_day)
                course[i].where =
                    death && *death <= dates[i].day ? Seen::Where::died : Seen::Where::not_in_mat;
        for (const State* state = states.data(); state != end; ++state) {
            Seen& seen = course[state->date];
            if (seen.where == Seen::Where::too_early) continue;
            seen.where = Seen::Where::in_mat;
            seen.state = *state;
        }
        for (std::size_t i = 0; i < points; ++i)
            if (course[i].where == Seen::Where::in_mat)
                course[i].evidence =
                    i == 0 ? evidence_of(client, course[i], dates[i]) : evidence_since(begin, dates[i].day);
        return course;
    }

  private:
    /// The stage says it of most people.
    EvidenceVerdict::Says evidence_of(std::uint32_t client, const Seen& seen, const ReferenceDate& date) {
        switch (seen.state.stage) {
        case Stage::mat2:
            return EvidenceVerdict::Says::use;
        case Stage::mat3:
            return EvidenceVerdict::Says::no_use;
        case Stage::uncategorised:
            return EvidenceVerdict::Says::nothing;
        case Stage::mat1:
        case Stage::mat4:
            break;
        }
        return m_classifier.reason(client, date)->evidence.says;
    }

    /// Of the client last classified. As rule evidence/on-top, of what is dated after the first day only.
    EvidenceVerdict::Says evidence_since(Day begin, Day day) const {
        OptionalDay latest;
        for (const Evidence& one : m_classifier.evidence())
            if (one.day > begin && one.day <= day) latest = one.day;
        if (!latest) return EvidenceVerdict::Says::nothing;
        Day decides_after = begin;
        if (m_policy.evidence_choice == EvidenceChoice::latest) decides_after = *latest - 1;
        if (m_policy.evidence_choice == EvidenceChoice::recall_28)
            decides_after = std::max(begin, *latest - m_policy.recall_days);
        for (const Evidence& one : m_classifier.evidence())
            if (one.use && one.day > decides_after && one.day <= day) return EvidenceVerdict::Says::use;
        return EvidenceVerdict::Says::no_use;
    }

    const Policy& m_policy;
    Day m_last_day;
    Classifier m_classifier;
};

void add_dose(const State& before, const State& now, EffectPoint& point) {
    if (before.medicine != now.medicine || !before.dose_known || !now.dose_known) return;
    ++point.dose_pairs;
    if (now.dose > before.dose) ++point.dose_higher;
    if (now.dose < before.dose) ++point.dose_lower;
    if (now.medicine == Family::methadone) point.methadone_change.add(now.dose - before.dose);
}

void add(const Seen& begin, const Seen& seen, EffectPoint& point) {
    switch (seen.where) {
    case Seen::Where::too_early:
        ++point.too_early;
        return;
    case Seen::Where::died:
        ++point.died;
        return;
    case Seen::Where::not_in_mat:
        ++point.not_in_mat;
        return;
    case Seen::Where::in_mat:
        break;
    }
    ++point.in_mat;
    ++point.stages[static_cast<std::size_t>(seen.state.stage)];
    ++point.bands[static_cast<std::size_t>(seen.state.band)];
    switch (seen.evidence) {
    case EvidenceVerdict::Says::use:
        ++point.using_on_top;
        break;
    case EvidenceVerdict::Says::no_use:
        ++point.not_using;
        break;
    case EvidenceVerdict::Says::nothing:
        ++point.no_evidence;
        break;
    }
    if (seen.state.medicine == Family::methadone && seen.state.dose_known)
        point.methadone.add(seen.state.dose);
    if (begin.where == Seen::Where::in_mat) add_dose(begin.state, seen.state, point);
}

void add(const FollowUp& course, EffectGroup& group) {
    ++group.people;
    for (std::size_t i = 0; i < points; ++i)
        add(course.front(), course[i], group.points[i]);
}

/// The first review of the list that is later than the list; nothing: none.
const TeamReview* review_after(const PersonRecords* records, WorkList list, Day as_at) {
    if (records == nullptr) return nullptr;
    for (const TeamReview& review : records->reviews) {
        if (review.day <= as_at || review.deferred_to.has_value()) continue;
        if (std::ranges::find(review.lists, list) != review.lists.end()) return &review;
    }
    return nullptr;
}

bool was_reviewed(const ListRow& row) {
    return row.standing.review != nullptr && !row.standing.review->deferred_to.has_value();
}

/// Groups by a key, made as they are needed.
using Groups = std::map<std::string, EffectGroup>;
EffectGroup& group_of(Groups& groups, const std::string& name) {
    EffectGroup& group = groups[name];
    group.name = name;
    return group;
}

std::vector<EffectGroup> in_order(Groups groups) {
    std::vector<EffectGroup> sorted;
    for (auto& [name, group] : groups)
        sorted.push_back(std::move(group));
    return sorted;
}

}  // namespace

ListEffect list_effect(const Extract& extract, const Policy& policy, WorkList list, Day as_at, Day last_day,
                       std::span<const ListRow> rows, const TeamRecords& records, OptionalDay reviews_to) {
    ListEffect effect{list, as_at, last_day, {"reviewed", 0, {}}, {"not_yet_reviewed", 0, {}}, 0, 0,
                      {},   {},    {}};
    std::vector<const ListRow*> by_client;
    for (const ListRow& row : rows)
        by_client.push_back(&row);
    std::ranges::sort(by_client, {}, [](const ListRow* row) { return row->person->place; });
    Groups outcomes, services, services_not_yet;
    std::optional<Follower> follower;
    std::size_t chunk = extract.chunks.size();
    for (const ListRow* row : by_client) {
        const ClientPlace place = row->person->place;
        if (place.chunk != chunk)
            follower.emplace(extract, extract.chunks[chunk = place.chunk], policy, last_day);
        const TeamReview* review = review_after(records_of(records, place), list, as_at);
        if (review != nullptr && reviews_to.has_value() && review->day > *reviews_to) {
            ++effect.reviewed_later;
            continue;
        }
        if (review == nullptr && was_reviewed(*row)) {
            ++effect.reviewed_before;
            continue;
        }
        const ServiceIndex service = row->person->service;
        const std::string name = service.has_value() ? extract.services[*service].service_id : std::string();
        const FollowUp course = follower->follow(place.client, review != nullptr ? review->day : as_at);
        add(course, review != nullptr ? effect.reviewed : effect.not_yet_reviewed);
        add(course, group_of(review != nullptr ? services : services_not_yet, name));
        group_of(review != nullptr ? services_not_yet : services, name);
        if (review != nullptr)
            for (const std::string& outcome : review->outcomes)
                add(course, group_of(outcomes, outcome));
    }
    effect.outcomes = in_order(std::move(outcomes));
    effect.services = in_order(std::move(services));
    effect.services_not_yet = in_order(std::move(services_not_yet));
    return effect;
}

}  // namespace optimat
