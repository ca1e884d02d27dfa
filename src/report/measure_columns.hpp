#pragma once
// What the tables of measures have in common: counts, person-years and intervals. A share is so many of so
// many, a mean of so many, a rate so many events in so many person-years.

#include "report/measure_data.hpp"

namespace optimat {

/// Adds to a table of one measure the columns of its counts: of a share `numerator`, `denominator` and
/// `outside`; of a mean `denominator` and `outside`; of a rate `numerator` and `person_years`.
void add_count_columns(DataTable& table, const MeasureDefinition& measure);
void add_count_cells(std::vector<DataCell>& row, const MeasureFigure& figure);

/// Adds `low` and `high`, under a heading of their own.
void add_interval_columns(DataTable& table);
void add_interval_cells(std::vector<DataCell>& row, const MeasureDefinition& measure,
                        const std::optional<Interval>& interval);
/// The same in a table of one measure, when it is a rate: rates are small numbers and never go without.
void add_rate_interval_columns(DataTable& table, const MeasureDefinition& measure);
void add_rate_interval_cells(std::vector<DataCell>& row, const MeasureDefinition& measure,
                             const MeasureFigure& figure);

/// Cells of a table that holds measures of every kind: a mean has no numerator, a rate no denominator, and
/// only a rate has person-years.
DataCell numerator_cell(const MeasureFigure& figure);
DataCell denominator_cell(const MeasureFigure& figure);
DataCell outside_cell(const MeasureFigure& figure);
DataCell person_years_cell(const MeasureFigure& figure);

/// As unit_words, in a column of units: `share` of what files hold as 0 to 1.
std::string_view value_unit(const MeasureDefinition& measure);
/// 95 %: Wilson's of a share, the exact one of a rate; none of a mean, whose values the figure does not hold.
std::optional<Interval> interval_of(const MeasureFigure& figure);
/// `26,936 person-years`, below a hundred with one decimal.
std::string person_years_words(std::int64_t person_days);
/// `3.9 to 5.3`; of a share with percent signs.
std::string interval_words(const MeasureDefinition& measure, const Interval& interval);
/// `312 of 384, 41 not counted`; `368`; `182 events in 26,936 person-years`.
std::string counts_words(const MeasureFigure& figure);

}  // namespace optimat
