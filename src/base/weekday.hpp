#pragma once
// Days of the week.

#include "base/day.hpp"

namespace optimat {

/// 0 for Monday to 6 for Sunday.
constexpr int weekday_of(Day day) {
    constexpr int of_day_0 = 3;  // 1970-01-01 was a Thursday
    return ((day.number + of_day_0) % 7 + 7) % 7;
}

/// Saturday or Sunday.
constexpr bool is_weekend(Day day) { return weekday_of(day) >= 5; }

}  // namespace optimat
