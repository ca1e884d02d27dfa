#pragma once
// Measures that must not stand alone: columns for those beside them.

#include "report/measure_data.hpp"

namespace optimat {

/// The measures that must stand beside it, in the order of its definition.
std::vector<const MeasureDefinition*> beside_of(const MeasureSource& source,
                                                const MeasureDefinition& measure);

/// Adds a column for each of them at the right of a table.
void add_beside_columns(DataTable& table, const MeasureSource& source, const MeasureDefinition& measure);

/// How a row's cell of a measure is found.
using BesideCell = std::function<MeasureCell(const MeasureFunction&)>;
/// Adds the cells of those columns to a row.
void add_beside_cells(std::vector<DataCell>& row, const MeasureSource& source,
                      const MeasureDefinition& measure, const BesideCell& cell);

}  // namespace optimat
