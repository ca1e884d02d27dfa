#pragma once
// Figures of a release apart from program and extract: cells by name of function, part and service, which
// those of a store and those counted now can both be put into. Pure, exact.

#include "model/release.hpp"
#include "outcome/measure_grid.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// The reference dates that a release of a day is made of: up to twelve, the last is the day and the others
/// the month ends before it that the data cover, rising.
std::vector<Day> release_dates(Day covers_from, Day as_at);

/// Everything that a release fixes. `grid` is of release_dates and of every function that a measure uses.
ReleaseFigures release_figures(const Extract& extract, const MeasureGrid& grid,
                               const MeasureDefinitions& definitions);
ReleaseMeasure release_measure(const MeasureDefinition& measure, const MeasureDefinitions& definitions);
/// The functions that the measures use, in the order of measure_functions().
std::vector<const MeasureFunction*> functions_of(const MeasureDefinitions& definitions);

/// Things in a part, and the sum of their values.
struct PartSum {
    std::int64_t count = 0, sum = 0;
    friend bool operator==(const PartSum&, const PartSum&) = default;
};
/// By name of the part.
using NamedCell = std::map<std::string, PartSum, std::less<>>;

/// What the figures of a day are made of: each function at each service, of a cohort its year together. A
/// cell that is nowhere is 0.
class NamedCells {
  public:
    NamedCells() = default;
    /// Those of a release. `as_at` is its day.
    NamedCells(const std::vector<ReleaseCell>& cells, Day as_at);
    /// Those counted now; the last date is the day.
    NamedCells(const Extract& extract, const MeasureGrid& grid);

    NamedCells& operator+=(const NamedCells& other);
    NamedCells& operator-=(const NamedCells& other);
    /// The sum over the services for which `in` holds; the id is empty for things of no known service.
    NamedCell sum(std::string_view function,
                  const std::function<bool(std::string_view service_id)>& in) const;
    /// Whether all are the same, those of 0 passed over.
    friend bool operator==(const NamedCells& one, const NamedCells& other);

  private:
    void add(const NamedCells& other, std::int64_t sign);
    std::map<std::string, std::map<std::string, NamedCell, std::less<>>, std::less<>>
        m_cells;  ///< function, service, part
};

/// A measure of a cell, by the definition it was made with. A part that the cell does not have is 0.
MeasureFigure figure_of(const ReleaseMeasure& measure, const NamedCell& cell);

}  // namespace optimat
