#pragma once
// A line a cohort: its share of the four cohorts month by month, beside the stacked bars, where small moves
// are easier to see. Same figures as the stacked bars. Source: rule "Service tracker".

#include "chart/stacked_share.hpp"

namespace optimat::chart {

struct CohortLines {
    std::vector<ShareMonth> months;  ///< rising
};

/// A month without anybody in a cohort interrupts the lines.
Html cohort_lines(const CohortLines& data, const Frame& frame);
Html cohort_lines_figure(const CohortLines& data, const Frame& frame);
/// Figures for the browser, kind `cohort_lines`.
std::string chart_data_json(const CohortLines& data);

}  // namespace optimat::chart
