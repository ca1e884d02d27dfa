#pragma once
// A control chart: points with what the rules say of them by shape and colour, the mean, limits stepped by
// segment, targets, re-bases and what was done when. Statistics and rules: statistics/control_chart.hpp.
//
// The scale fits the figures and need not begin at 0. It ends at 0, and for shares at 1, even where a limit
// lies beyond; such a limit is not drawn.

#include "chart/frame.hpp"
#include "statistics/control_chart.hpp"

#include <string>
#include <vector>

namespace optimat::chart {

/// What somebody did or what happened, at a point. Flags are numbered in the order given.
struct ControlFlag {
    std::size_t point = 0;  ///< flags of points that are not there are left out
    std::string words;      ///< `Same-day prescribing began`
};

struct ControlPicture {
    std::string measure;              ///< `Red of everybody in a cohort`: above the scale
    std::vector<std::string> labels;  ///< `Oct 2018`, one a point
    ControlChart chart;
    BetterWhen better = BetterWhen::neither;
    Unit unit = Unit::share;
    std::vector<ControlFlag> flags;
    std::vector<std::string> remarks = {};  ///< why a point is not used, one a point; empty: excluded
};

/// Why a point is special, for a hint or a table: `outside the limits`, …; empty for none.
std::string_view words_of(SpecialCause cause);

Html control_chart(const ControlPicture& data, const Frame& frame);
/// The figure with both drawings. The browser leaves it as it is.
Html control_chart_figure(const ControlPicture& data, const Frame& frame);

}  // namespace optimat::chart
