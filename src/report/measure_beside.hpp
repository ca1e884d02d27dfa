#pragma once
// Measures that must not stand alone: columns for those beside them.

#include "report/measure_columns.hpp"

namespace optimat {

/// The measures that must stand beside it, in the order of its definition.
std::vector<const MeasureDefinition*> beside_of(const MeasureSource& source,
                                                const MeasureDefinition& measure);
/// The measures of a group (empty: of all), each directly followed by those that must stand beside it, every
/// one once.
std::vector<const MeasureDefinition*> chosen_measures(const MeasureDefinitions& definitions,
                                                      std::string_view group);

/// Adds columns for each of them at the right of a table: `beside_NAME`, and of a rate `…_events`, `…_low`
/// and `…_high` too, for a rate without its number and interval says more than it knows.
void add_beside_columns(DataTable& table, const MeasureSource& source, const MeasureDefinition& measure);

/// How a row's cell of a measure is found.
using BesideCell = std::function<MeasureCell(const MeasureFunction&)>;
/// Adds the cells of those columns to a row.
void add_beside_cells(std::vector<DataCell>& row, const MeasureSource& source,
                      const MeasureDefinition& measure, const BesideCell& cell);

/// For a page: the four columns of each rate as one, `17.6 (2 events, 2.1 to 63.7)`.
DataTable beside_in_words(DataTable table);
/// What a figure rests on: `312 of 384, 41 not counted`; of a rate with its interval, `2 events in 11.4
/// person-years; 95 % interval 2.1 to 63.7`.
std::string beside_words(const MeasureDefinition& measure, const MeasureFigure& figure);

}  // namespace optimat
