#pragma once
// Where the parts of the stacked bars lie, apart from how they are drawn.

#include "chart/stacked_share.hpp"

namespace optimat::chart {

/// One cohort's part of a bar, in pixels from the top; none has top == bottom.
struct Segment {
    double top = 0, bottom = 0;
    double height() const { return bottom - top; }
    double middle() const { return (top + bottom) / 2; }
};

/// The four parts of a bar between `top` and `bottom`, red lowest; together exactly the bar. Without anybody
/// in a cohort all are empty at the bottom.
std::array<Segment, cohort_count> stack_segments(const ShareMonth& month, double top, double bottom);

/// The lines of a month's label: `Oct` and `2018`.
struct MonthLabel {
    std::string first, second;
};
MonthLabel month_label(const std::string& label);

}  // namespace optimat::chart
