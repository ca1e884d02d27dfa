// Journeys: the part of a client's course that episodes make.

#include "outcome/episode_rows.hpp"

namespace optimat {

namespace {

/// An end that lies after the reference date is not known by then: the episode is open.
OptionalDay end_by(OptionalDay end, Day as_at) { return end && *end <= as_at ? end : OptionalDay{}; }

/// Whether an episode that starts so belongs to the journey: it overlaps it, or lies close enough.
bool joins(const Journey& journey, Day start, std::int32_t gap_days) {
    return !journey.end || start - *journey.end <= gap_days;
}

/// Whether what ends at `end` ends no earlier than the journey so far. Of equal ends the later row counts,
/// for rows are in order of start, then id.
bool ends_last(OptionalDay end, const Journey& journey) {
    return !end || (journey.end && *end >= *journey.end);
}

void take(Journey& journey, const EpisodeRows& episodes, std::uint32_t row, OptionalDay end) {
    if (ends_last(end, journey)) {
        journey.end = end;
        journey.last_episode = row;
        journey.reason = end ? episodes.reason[row] : EndReason::not_recorded;
    }
    journey.opiate |= episodes.opiate_client[row] == Flag::yes;
}

Journey begun(const EpisodeRows& episodes, std::uint32_t row, OptionalDay end) {
    return {episodes.start[row], end, row, end ? episodes.reason[row] : EndReason::not_recorded,
            episodes.opiate_client[row] == Flag::yes};
}

}  // namespace

// journey: "episodes of a client that overlap or lie no more than 21 days apart, whichever service"
std::span<const Journey> ClientCourse::journeys(Day as_at) {
    if (m_journeys_as_at == OptionalDay(as_at)) return m_journeys;
    m_journeys_as_at = as_at;
    m_journeys.clear();
    const EpisodeRows episodes(*this);
    const std::int32_t gap = m_policy.outcome.journey_gap_days;
    for (std::uint32_t row = episodes.rows.begin; row < episodes.rows.end && episodes.start[row] <= as_at;
         ++row) {
        const OptionalDay end = end_by(episodes.end[row], as_at);
        if (!m_journeys.empty() && joins(m_journeys.back(), episodes.start[row], gap))
            take(m_journeys.back(), episodes, row, end);
        else
            m_journeys.push_back(begun(episodes, row, end));
    }
    return m_journeys;
}

bool ClientCourse::is_opiate_client(Day as_at) const {
    const EpisodeRows episodes(*this);
    for (std::uint32_t row = episodes.rows.begin; row < episodes.rows.end && episodes.start[row] <= as_at;
         ++row)
        if (episodes.opiate_client[row] == Flag::yes) return true;
    return false;
}

}  // namespace optimat
