#pragma once
// Measures as the pages, their files and the API show them: all of a place, one month after month, services
// beside each other, and the people behind a number. A measure that must not stand alone carries those beside
// it in every table.

#include "web/measure_choice.hpp"
#include "web/views.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// All measures of a place.
struct MeasuresView {
    /// Tables `measures` (by group, measures that must not stand alone first and with those beside them, so
    /// that some are in two sections), `over_time` and `changes`.
    PageFigures page;
    std::vector<MeasureSeries> series;   ///< in the order of the definitions
    std::vector<MeasureChange> changes;  ///< as the table has them
};
MeasuresView measures_view(Context& context, const MeasureChoice& choice);

/// Lasting changes of a place, the latest first.
std::vector<MeasureChange> changes_of(Context& context, const MeasureChoice& choice, const PlaceMarks& marks);
/// Table `changes` of those.
DataTable changes_table(Context& context, const MeasureChoice& choice,
                        const std::vector<MeasureChange>& changes);

/// One measure of a place.
struct MeasureView {
    /// Tables `measure` (its figure, and directly under it the measures that must stand beside it), `months`,
    /// `parts` and, where there are such measures, `beside`.
    PageFigures page;
    MeasureSeries series;
    ChartMarks marks;
};
MeasureView measure_view(Context& context, const MeasureChoice& choice);
/// The tables of a closer look, which take longer: `cohorts`, `by_sex`, `by_age`, `by_setting`, and what the
/// measure's function has of its own.
std::vector<DataTable> closer_tables(Context& context, const MeasureChoice& choice);
/// Both together: what the page's files and the API hold.
PageFigures measure_figures(Context& context, const MeasureChoice& choice);

/// `20.1 %`, `58.2 mg`, `3.4 days`, `1.20 per 100 person-years`; `–` for nothing.
std::string value_words(const MeasureDefinition& measure, const DataCell& value);

}  // namespace optimat
