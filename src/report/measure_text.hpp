#pragma once
// Measures for a terminal.

#include "report/measure_data.hpp"
#include "report/terminal.hpp"

namespace optimat {

/// The names and words of all measures, by group.
void write_measure_names_text(const MeasureDefinitions& definitions, const Terminal& terminal,
                              const TextSink& sink);

/// All measures of a place with the organisation beside it.
void write_measures_text(const MeasureSource& source, const Place& place, std::size_t date,
                         const Provenance& provenance, const Terminal& terminal, const TextSink& sink);

/// One measure of a place: what it says, its figure, those beside it, its parts and its months.
void write_measure_text(const MeasureSource& source, const MeasureSeries& series, const Place& place,
                        std::size_t date, const Provenance& provenance, const Terminal& terminal,
                        const TextSink& sink);

}  // namespace optimat
