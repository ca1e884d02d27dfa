#pragma once
// Times the grid of measures on an extract that is read already, and writes its cells for comparison.

#include "model/extract.hpp"
#include "outcome/measure_grid.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace optimat {

struct MeasuresRun {
    std::string functions;  ///< names, separated by commas; empty: all
    std::vector<Day> dates;
    ThreadCount threads;                         ///< of the first of two timings; the second takes one
    std::optional<std::filesystem::path> cells;  ///< file to write every cell to that is not empty
};

/// Members of a JSON object, the first after a comma: wall and processor milliseconds of the whole grid with
/// the threads asked for and with one, what it holds, and whether both grids are the same.
/// Throws std::invalid_argument when there is no function of a name.
std::string time_measures(const Extract& extract, const Policy& policy, const MeasuresRun& run);

}  // namespace optimat
