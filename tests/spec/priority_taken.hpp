#pragma once

// What the engine made of the work lists of a case.

#include "measure/place.hpp"
#include "priority/effect.hpp"
#include "priority/lists.hpp"

#include <optional>
#include <vector>

namespace optimat::spec {

/// A list, whose rows point into the pictures and records beside it.
struct ListTaken {
    WorkList list;
    ReviewTime time;
    std::vector<ListRow> rows;
};

struct PriorityTaken {
    Place place;
    Day today;  ///< claims that were due before it are overdue
    Pictures pictures;
    TeamRecords records;
    std::optional<ListTaken> list;
    std::optional<ListEffect> effect;
};

}  // namespace optimat::spec
