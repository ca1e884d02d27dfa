// Use of illicit opioids on top at the start of treatment and now.

#include "outcome/measure_finders.hpp"

#include <algorithm>
#include <cstdlib>

namespace optimat {

namespace {

/// A profile recalls the 28 days before it, so that of the start may be filled in as early.
constexpr std::int32_t days_before_start = 28;

/// A profile that counts: not from a secure setting, with the days of use.
struct Profile {
    Day day;
    int opiate_days;
};

/// Calls `visit(profile, stage)` for those of the client dated by as_at, oldest first.
template <class Visit> void for_profiles(const ClientCourse& client, Day as_at, Visit visit) {
    const Table& tops = client.chunk().table(TableKind::tops);
    const auto days = tops.column<Day>(TopField::date);
    const auto stages = tops.column<TopStage>(TopField::stage);
    const auto settings = tops.column<Setting>(TopField::setting);
    const auto use = tops.column<OptionalCount>(TopField::opiate_days);
    const RowRange rows = tops.rows_of(client.client());
    for (std::uint32_t row = rows.begin; row < rows.end && days[row] <= as_at; ++row)
        if (settings[row] != Setting::secure && use[row]) visit(Profile{days[row], *use[row]}, stages[row]);
}

/// Nearest to the journey's start; of two as near the later.
std::optional<Profile> start_profile(const ClientCourse& client, Day journey_start, Day as_at) {
    std::optional<Profile> start;
    const auto distance = [&](Day day) { return std::abs(day - journey_start); };
    for_profiles(client, as_at, [&](const Profile& profile, TopStage stage) {
        if (stage != TopStage::start || profile.day < journey_start - days_before_start) return;
        if (!start || distance(profile.day) <= distance(start->day)) start = profile;
    });
    return start;
}

std::optional<Profile> latest_profile(const ClientCourse& client, Day after, Day as_at) {
    std::optional<Profile> latest;
    for_profiles(client, as_at, [&](const Profile& profile, TopStage stage) {
        if (profile.day > after && (stage == TopStage::review || stage == TopStage::exit)) latest = profile;
    });
    return latest;
}

/// The least difference in days of use that is a change.
int least_change(const Policy& policy) {
    const auto found =
        std::ranges::find(policy.reliable_change, TopField::opiate_days, &ReliableChange::item);
    return found == policy.reliable_change.end() ? 1 : found->least;
}

ChangePart change_of(int then, int now, const Policy& policy) {
    using enum ChangePart;
    if (then == 0) return now == 0 ? none_then_or_now : started_using;
    if (now == 0) return abstinent;
    if (std::abs(now - then) < least_change(policy)) return same;
    return now < then ? less : more;
}

ChangePart change_in_latest_journey(ClientCourse& client, Day as_at) {
    const auto journeys = client.journeys(as_at);
    if (journeys.empty()) return ChangePart::not_known;
    const auto start = start_profile(client, journeys.back().start, as_at);
    if (!start) return ChangePart::not_known;
    const Day recent_after = add_months(as_at, -client.policy().outcome.change_recent_months);
    const auto now = latest_profile(client, std::max(start->day, recent_after), as_at);
    return now ? change_of(start->opiate_days, now->opiate_days, client.policy()) : ChangePart::not_known;
}

}  // namespace

// outcome/change: "on-top use at start against the latest review: abstinent, less, same, more"
void find_change_in_use(ClientCourse& client, const MeasureTime& time, Items& items) {
    if (const State* const state = client.state_on(time.as_at))
        add_item(items, state->service, change_in_latest_journey(client, time.as_at), time.as_at);
}

}  // namespace optimat
