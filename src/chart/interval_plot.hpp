#pragma once
// Services in order of name, each with Wilson's 95 % interval and the size of its list: no league table.

#include "chart/frame.hpp"
#include "chart/service_share.hpp"

namespace optimat::chart {

Html interval_plot(const ServiceShares& data, const Frame& frame);
Html interval_plot_figure(const ServiceShares& data, const Frame& frame);
/// Figures for the browser, kind `interval_plot`.
std::string interval_plot_data_json(const ServiceShares& data);

}  // namespace optimat::chart
