#pragma once
// Days on a horizontal axis, with ticks at the beginnings of months, quarters or years.

#include "base/day.hpp"

#include <string>
#include <vector>

namespace optimat::chart {

/// A tick at the first day of a month, or at a day within a short range.
struct TimeTick {
    Day day;
    std::string label;  ///< `8 Oct`, `Oct 2018`, `Oct`, or `2018`
};

/// Ticks within [from, to], at most `most`: every week below two months, else every 1, 3, 6 or 12
/// months, or every 2, 5 or 10 years. Steps of a month to six
/// name the month, and the year with the first of them and every January; others name the year.
std::vector<TimeTick> time_ticks(Day from, Day to, int most);

}  // namespace optimat::chart
