#pragma once

// What the engine counted of a case with one measure function.

#include "measure/place.hpp"
#include "outcome/measure_grid.hpp"

#include <vector>

namespace optimat::spec {

struct OutcomeTaken {
    const MeasureFunction* function;
    Place place;
    std::vector<MeasureCell> cells;              ///< by date
    std::vector<std::vector<ListedItem>> items;  ///< by date
    std::vector<Day> dates;
};

}  // namespace optimat::spec
