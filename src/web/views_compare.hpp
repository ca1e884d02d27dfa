#pragma once
// Services beside each other by one measure, as tables. In order of name: it is no league table, and no rank
// is written. A commissioner's are in views_released. Rule funnel.

#include "measure/compare.hpp"
#include "web/views.hpp"

#include <string>
#include <vector>

namespace optimat {

struct CompareChoice {
    const ComparableMeasure* measure;
    std::size_t date = 0;  ///< place in Figures::dates
    Place peers;           ///< whose services are compared
    std::string peers_key;
    std::vector<std::size_t> own;  ///< places of the marked services in Extract::services, rising
    std::string own_key;           ///< as chosen; empty: the viewer's services

    /// `measure=red_share&month=2018-10&peers=organisation&own=`.
    std::string query(const Figures& figures) const;
};

/// The tables of a measure without a row.
DataTable empty_compare_table(const ComparableMeasure& measure);
DataTable empty_together_table(const ComparableMeasure& measure);

/// From `measure`, `month`, `peers` and `own` of the query; without them the red share of all services in the
/// last month, the viewer's services marked. Throws HttpError 400.
CompareChoice read_compare_choice(Context& context);

Comparison comparison_at(Context& context, const CompareChoice& choice);

/// Tables `compare` (a row a service, by name) and `together` (their people taken together), and a sentence
/// on where the marked services lie.
PageFigures compare_figures(Context& context, const CompareChoice& choice);

/// `above the 99.8 % limit`.
std::string_view words_for(FunnelPosition position);
/// `Lower is better.`
std::string_view words_for(BetterWhen better);

}  // namespace optimat
