// Completions, returns and discharges.

#include "outcome/episode_rows.hpp"
#include "outcome/measure_finders.hpp"

#include <algorithm>

namespace optimat {

namespace {

/// Whether a prescription that has started by as_at is active on the day.
bool is_covered(const ClientCourse& client, Day day, Day as_at) {
    const Timeline& timeline = client.timeline();
    return timeline.in_mat(timeline.started_by(std::min(day, as_at)), day);
}

ServiceIndex service_of(const ClientCourse& client, const Journey& journey) {
    const Table& episodes = client.chunk().table(TableKind::episodes);
    return episodes.column<ServiceIndex>(EpisodeField::service_id)[journey.last_episode];
}

// "a completed_* reason and no MAT prescription active on the day after"
bool is_completion(const ClientCourse& client, const Journey& journey, Day as_at) {
    return journey.end && end_kind(journey.reason) == EndKind::planned &&
           !is_covered(client, *journey.end + 1, as_at);
}

CompletionPart completion_of(const ClientCourse& client, const Journey& journey, Day as_at) {
    using enum CompletionPart;
    if (!journey.end) return in_treatment;
    switch (end_kind(journey.reason)) {
    case EndKind::planned:
        return is_completion(client, journey, as_at) ? completed : completed_with_mat;
    case EndKind::unplanned:
        return left_unplanned;
    case EndKind::transferred:
        return transferred;
    case EndKind::died:
        return died;
    case EndKind::in_custody:
    case EndKind::not_said:
        break;
    }
    return other;
}

/// Calls `visit(journey, next)` for every completion of an opiate client whose end lies in the days, both
/// inclusive; `next` is the journey after it, or null.
template <class Visit> void for_completions(ClientCourse& client, Day from, Day to, Day as_at, Visit visit) {
    if (!client.is_opiate_client(as_at)) return;
    const auto journeys = client.journeys(as_at);
    for (std::size_t i = 0; i < journeys.size(); ++i) {
        const OptionalDay end = journeys[i].end;
        if (end && from <= *end && *end <= to && is_completion(client, journeys[i], as_at))
            visit(journeys[i], i + 1 < journeys.size() ? &journeys[i + 1] : nullptr);
    }
}

}  // namespace

// outcome/successful-completion: "÷ all opiate clients with a journey open on any day of those 12 months"
void find_successful_completion(ClientCourse& client, const MeasureTime& time, Items& items) {
    const Day as_at = time.as_at;
    if (!client.is_opiate_client(as_at)) return;
    const Journey& latest = client.journeys(as_at).back();  // an opiate client has an episode
    const Day after = add_months(as_at, -client.policy().outcome.completion_months);
    if (latest.end && *latest.end <= after) return;
    add_item(items, service_of(client, latest), completion_of(client, latest, as_at), as_at);
}

// outcome/re-presentation: "of completions in [as at − 12 months, as at − 6 months), those with a new journey
// starting within 6 months after"
void find_re_presentation(ClientCourse& client, const MeasureTime& time, Items& items) {
    const Day as_at = time.as_at;
    const OutcomePolicy& policy = client.policy().outcome;
    const Day from = add_months(as_at, -policy.completion_months);
    const Day before = add_months(as_at, -policy.re_presentation_months);
    for_completions(client, from, before - 1, as_at, [&](const Journey& journey, const Journey* next) {
        const Day until = add_months(*journey.end, policy.re_presentation_months);
        const auto death = client.death();
        const auto part = [&] {
            if (next != nullptr && next->start <= until) return RePresentationPart::re_presented;
            return death && *death <= until && *death <= as_at ? RePresentationPart::died
                                                               : RePresentationPart::not_re_presented;
        }();
        add_item(items, service_of(client, journey), part, as_at);
    });
}

// outcome/re-presentation: "Monthly table of exits and later re-presentations beside it"
void find_exits(ClientCourse& client, const MeasureTime& time, Items& items) {
    using enum ExitPart;
    const auto add = [&](const Journey& journey, const Journey* next) {
        const Day until = add_months(*journey.end, client.policy().outcome.re_presentation_months);
        const auto part = [&] {
            if (time.as_at < until) return too_early;
            if (next == nullptr) return not_re_presented;
            return next->start <= until ? re_presented : returned_later;
        }();
        add_item(items, service_of(client, journey), part, *journey.end,
                 next != nullptr ? next->start - *journey.end : 0);
    };
    for_completions(client, time.from, time.to, time.as_at, add);
}

// outcome/retention: "discharges planned / unplanned / death / transfer"
void find_discharges(ClientCourse& client, const MeasureTime& time, Items& items) {
    using enum DischargePart;
    constexpr DischargePart parts[] = {planned, unplanned, transferred, died, in_custody, not_recorded};
    const EpisodeRows episodes(client);
    if (episodes.say_no_opiate_client(time.as_at)) return;
    for (std::uint32_t row = episodes.rows.begin;
         row < episodes.rows.end && episodes.start[row] <= time.as_at; ++row) {
        const OptionalDay end = episodes.end[row];
        if (end && is_in(time, *end))
            add_item(items, episodes.service[row],
                     parts[static_cast<std::size_t>(end_kind(episodes.reason[row]))], *end);
    }
}

}  // namespace optimat
