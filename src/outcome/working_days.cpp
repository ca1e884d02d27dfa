#include "outcome/working_days.hpp"

#include "base/weekday.hpp"

#include <algorithm>

namespace optimat {

namespace {

/// Mondays to Fridays from the Monday of the week of `origin` up to the day, which is no earlier.
std::int32_t weekdays_up_to(Day day, Day origin) {
    const Day monday = origin - weekday_of(origin);
    return (day - monday) / 7 * 5 + std::min(weekday_of(day) + 1, 5);
}

}  // namespace

std::int32_t working_days_between(Day from, Day to, std::span<const Day> holidays) {
    if (to <= from) return 0;
    const auto first = std::ranges::upper_bound(holidays, from);
    const auto behind = std::ranges::upper_bound(holidays, to);
    const auto lost = std::count_if(first, behind, [](Day day) { return !is_weekend(day); });
    return weekdays_up_to(to, from) - weekdays_up_to(from, from) - static_cast<std::int32_t>(lost);
}

bool holidays_known(Day day, std::span<const Day> holidays) {
    if (holidays.empty()) return false;
    const int year = civil(day).year;
    return civil(holidays.front()).year <= year && year <= civil(holidays.back()).year;
}

}  // namespace optimat
