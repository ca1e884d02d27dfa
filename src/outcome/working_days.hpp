#pragma once
// Working days: Monday to Friday, but for a nation's bank holidays. Rule outcome/waiting.

#include "base/day.hpp"

#include <span>

namespace optimat {

/// Working days after `from` up to and including `to`; 0 when that is the same day or an earlier one.
/// `holidays` are rising. Where they are not known (holidays_known) only weekends are left out.
std::int32_t working_days_between(Day from, Day to, std::span<const Day> holidays);

/// Whether the list has the holidays of the day's year: every year between its first and last is there.
bool holidays_known(Day day, std::span<const Day> holidays);

}  // namespace optimat
