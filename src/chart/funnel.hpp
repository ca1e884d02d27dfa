#pragma once
// Funnel: each service's share against the size of its list, with limits between which chance alone would
// leave 95 % and 99.8 % of services. Own service and those outside 99.8 % are named. No league table.

#include "chart/frame.hpp"
#include "chart/service_share.hpp"

namespace optimat::chart {

Html funnel(const ServiceShares& data, const Frame& frame);
Html funnel_figure(const ServiceShares& data, const Frame& frame);
/// Figures for the browser, kind `funnel`.
std::string funnel_data_json(const ServiceShares& data);

}  // namespace optimat::chart
