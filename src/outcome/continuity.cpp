// Whether people who are released from prison in MAT stay in it.

#include "outcome/measure_finders.hpp"

#include <algorithm>

namespace optimat {

namespace {

constexpr std::int32_t last_day_looked_at = 21;

/// The service whose prescription leads on the day, of somebody in MAT then.
std::optional<ServiceIndex> leading_service(const ClientCourse& client, Day day) {
    if (!client.in_mat(day)) return std::nullopt;
    const Timeline& timeline = client.timeline();
    return timeline.covers()[timeline.dose_on(timeline.started_by(day), day).lead].service;
}

bool is_prison(const ClientCourse& client, ServiceIndex service) {
    return service.has_value() && client.extract().services[*service].kind == ServiceKind::prison;
}

/// Days from the release to the first one with a prescription from outside prison; nothing: none by as_at.
std::optional<std::int32_t> days_to_cover(const ClientCourse& client, Day release, Day as_at) {
    std::optional<std::int32_t> days;
    for (const Cover& cover : client.timeline().covers()) {
        if (cover.start > as_at) break;
        if (cover.end < release || is_prison(client, cover.service)) continue;
        const std::int32_t found = std::max(cover.start, release) - release;
        days = std::min(days.value_or(found), found);
    }
    return days;
}

ContinuityPart continuity_of(const ClientCourse& client, Day release, Day as_at) {
    using enum ContinuityPart;
    const auto days = days_to_cover(client, release, as_at);
    const auto death = client.death();
    const Day looked_at_to = release + last_day_looked_at;
    if (as_at < looked_at_to) return too_early;
    if (days && *days <= 1) return day_1;
    if (days && *days <= 3) return day_3;
    if (days && *days <= 7) return day_7;
    if (days && *days <= last_day_looked_at) return day_21;
    return death && *death <= looked_at_to ? died : later;
}

}  // namespace

// outcome/continuity: "releases of people on MAT at release with cover by day 1, 3, 7, 21"
void find_continuity(ClientCourse& client, const MeasureTime& time, Items& items) {
    const Table& events = client.chunk().table(TableKind::events);
    const auto days = events.column<Day>(EventField::date);
    const auto kinds = events.column<EventKind>(EventField::kind);
    const RowRange rows = events.rows_of(client.client());
    OptionalDay seen;  // one release a day
    for (std::uint32_t row = rows.begin; row < rows.end && days[row] <= time.as_at; ++row) {
        const Day day = days[row];
        if (kinds[row] != EventKind::prison_release || !is_in(time, day) || seen == OptionalDay(day))
            continue;
        seen = day;
        auto service = leading_service(client, day);
        if (!service) service = leading_service(client, day - 1);
        if (service) add_item(items, *service, continuity_of(client, day, time.as_at), day);
    }
}

}  // namespace optimat
