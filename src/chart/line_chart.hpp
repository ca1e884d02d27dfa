#pragma once
// Lines over equally spaced columns (months, imports) with their names at the right end. The scale begins at
// 0.

#include "chart/frame.hpp"

#include <optional>
#include <vector>

namespace optimat::chart {

/// How a line is drawn. Each has its own colour, dash and marker; `first` to `sixth` are for lines that are
/// not cohorts.
enum class LineInk : std::uint8_t { red, amber, green, grey, first, second, third, fourth, fifth, sixth };

struct LineSeries {
    std::string name;
    std::vector<std::optional<double>> values;  ///< one a column; nothing interrupts the line
    LineInk ink = LineInk::first;
    std::string end = {};  ///< words at the end of the line; empty: the name and the last figure
};

struct LineChart {
    std::vector<std::string> labels;  ///< of the columns, thinned where there is no room
    std::vector<LineSeries> series;   ///< up to ten
    Unit unit = Unit::number;
    std::string axis_name;  ///< `issues per 1,000 rows`, above the scale
};

Html line_chart(const LineChart& data, const Frame& frame);
/// The figure with both drawings. The browser leaves it as it is.
Html line_chart_figure(const LineChart& data, const Frame& frame);

}  // namespace optimat::chart
