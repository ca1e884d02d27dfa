#pragma once
// Kaplan–Meier curves: which share is still in it after so many days, with a band of the 95 % interval, and
// how many were followed that long beneath. Statistics: statistics/kaplan_meier.hpp.

#include "chart/frame.hpp"
#include "statistics/kaplan_meier.hpp"

#include <string>
#include <vector>

namespace optimat::chart {

/// One curve. The first three are told apart by colour and dash; more are not drawn.
struct SurvivalLine {
    std::string name;  ///< `Methadone`; may be empty when it is the only one
    optimat::SurvivalCurve curve;
};

struct SurvivalPicture {
    std::string measure;    ///< `Still in treatment`: above the scale of shares
    std::string axis_name;  ///< `days since the first prescription`
    std::vector<SurvivalLine> lines;
    std::int32_t last_time = 0;  ///< where the scale ends, more than 0
};

/// A curve ends where nobody is followed any more. Censored times have a tick while there are few of them.
/// A line at one half and down to the time at which the first curve reaches it, when it does.
Html survival_curve(const SurvivalPicture& data, const Frame& frame);
/// The figure with both drawings. The browser leaves it as it is.
Html survival_curve_figure(const SurvivalPicture& data, const Frame& frame);

}  // namespace optimat::chart
