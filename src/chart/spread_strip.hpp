#pragma once
// Where one service lies among all: a line from lowest to highest, a box over the middle half, a tick at the
// median, a dot a service and a mark for the own one. Source: rule "Service data"; 000 Figure 8.

#include "chart/frame.hpp"

#include <optional>
#include <vector>

namespace optimat::chart {

struct SpreadStrip {
    double lowest = 0, lower_quartile = 0, median = 0, upper_quartile = 0, highest = 0;
    std::vector<double> services;  ///< a dot each in the large variant; may be empty
    std::optional<double> own;     ///< the service the page is about; nothing for the organisation
    std::string own_name;
    double axis_from = 0, axis_to = 1;  ///< ends of the scale, the same for all strips of a table
    Unit unit = Unit::share;
};

/// For a table cell: 160 × 22, no text; frame.width is not used.
Html spread_strip_inline(const SpreadStrip& data, const Frame& frame);
/// With scale, names and the services' dots.
Html spread_strip(const SpreadStrip& data, const Frame& frame);
Html spread_strip_figure(const SpreadStrip& data, const Frame& frame);

}  // namespace optimat::chart
