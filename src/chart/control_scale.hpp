#pragma once
// The scale of a control chart: which figures it must show, and how they are written at its steps.

#include "chart/control_chart.hpp"

#include <string>
#include <vector>

namespace optimat::chart {

struct ControlScale {
    double from = 0, to = 1;
    std::vector<double> ticks;
    Unit unit = Unit::share;

    bool shows(double figure) const { return figure >= from && figure <= to; }
    double cut(double figure) const;
    /// As many decimals as neighbouring ticks need to differ.
    std::string text(double figure) const;
    /// With one decimal, as tables have it: of a mean, a limit, a point.
    std::string exact_text(double figure) const;
};

/// Holds every value and target, and the limits that a figure of this unit can reach, with a little room.
ControlScale control_scale(const ControlPicture& data);

}  // namespace optimat::chart
