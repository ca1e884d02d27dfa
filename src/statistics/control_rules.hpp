#pragma once
// The rules that find special causes in one segment of a control chart, and the comparisons they rest on.

#include "statistics/control_chart.hpp"

#include <span>

namespace optimat {

/// Points in a row that make a trend or a shift.
inline constexpr std::size_t points_of_a_run = 7;

/// Whether `value` lies above `than` by more than the rounding of means and limits of figures of this size.
bool is_above(double value, double than, const ControlLimits& limits);

/// -1 below the centre, 1 above, 0 on it.
int side_of(double value, const ControlLimits& limits);

/// Sets cause and direction of the counted points of a segment; those without limits keep none.
void find_special_causes(std::span<ControlPoint> segment);

}  // namespace optimat
