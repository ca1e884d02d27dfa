#pragma once
// How many people have which dose, with the threshold as a line: bins below it are shaded otherwise than
// those at or above. Source: rule "Service data", dose distribution.

#include "base/dose.hpp"
#include "chart/frame.hpp"

#include <optional>
#include <vector>

namespace optimat::chart {

/// Bins of equal width, the threshold always on an edge, so that no bin is on both sides.
struct Histogram {
    Micrograms first_edge;                ///< where the first bin begins
    Micrograms bin_width;                 ///< more than 0
    std::vector<std::int64_t> people;     ///< a bin each: [edge, edge + width)
    std::optional<Micrograms> threshold;  ///< nothing for medicines without one
    std::string dose_name;                ///< `methadone, mg a day`: the horizontal axis
};

/// Bins for doses (none below 0, in any order): about `bins` of them, of width 1, 2 or 5 × a power of ten mg,
/// the threshold on an edge. No dose: no bins.
Histogram make_histogram(const std::vector<Micrograms>& doses, std::optional<Micrograms> threshold,
                         int bins = 24);

Html histogram(const Histogram& data, const Frame& frame);
Html histogram_figure(const Histogram& data, const Frame& frame);
/// Figures for the browser, kind `histogram`.
std::string chart_data_json(const Histogram& data);

}  // namespace optimat::chart
