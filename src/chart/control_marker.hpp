#pragma once
// The marks of a control chart's points: one shape and one colour for each thing a point may say, so that
// neither is needed to tell the other.

#include "chart/drawing.hpp"
#include "statistics/control_chart.hpp"

#include <string>

namespace optimat::chart {

/// Common cause: a dot. Improvement: a diamond. Concern: a square. Neither: a triangle.
void draw_marker(Drawing& drawing, Point centre, double reach, Variation variation, const std::string& hint);
/// A hollow dot: shown, but used for nothing.
void draw_excluded_marker(Drawing& drawing, Point centre, double reach, const std::string& hint);
std::string_view ink_of(Variation variation);

}  // namespace optimat::chart
