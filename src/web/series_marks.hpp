#pragma once
// The store's marks on a measure's chart as the chart takes them: the same for pages and the command line.

#include "outcome/measure_series.hpp"
#include "store/chart_marks.hpp"

namespace optimat {

/// Marks of the store as a chart takes them. A target that says "none from this month on" is the end of the
/// one before.
SeriesMarks series_marks(const ChartMarks& marks);

}  // namespace optimat
