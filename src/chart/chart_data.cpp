// The figures of the charts as JSON for the browser. Field names are those of web/scripts/charts/data.ts.

#include "chart/cohort_lines.hpp"
#include "chart/funnel.hpp"
#include "chart/histogram.hpp"
#include "chart/interval_plot.hpp"
#include "chart/sankey.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace optimat::chart {

namespace {

using Json = nlohmann::ordered_json;

template <class T> Json or_null(const std::optional<T>& figure) {
    return figure ? Json(*figure) : Json(nullptr);
}

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string months_json(const std::vector<ShareMonth>& months) {
    Json list = Json::array();
    for (const ShareMonth& month : months) {
        Json doses = Json::array();
        for (const auto& dose : month.mean_dose_mg)
            doses.push_back(or_null(dose));
        list.push_back({{"label", month.label},
                        {"part", month.kind == MonthKind::part},
                        {"people", month.people},
                        {"mean_dose_mg", doses},
                        {"uncategorised", month.uncategorised},
                        {"in_mat", month.in_mat},
                        {"mat1", or_null(month.mat1)},
                        {"mat4", or_null(month.mat4)}});
    }
    return text_of({{"months", list}});
}

constexpr const char* ink_names[] = {"red", "amber", "green", "grey", "neutral", "outside"};

double in_milligrams(Micrograms dose) { return static_cast<double>(dose.number) / 1000; }

std::string services_json(const ServiceShares& data, const Ticks& ticks) {
    Json services = Json::array();
    for (const ServiceShare& service : data.services) {
        if (service.of == 0) continue;
        const Interval wilson = wilson_interval(service.people, service.of);
        services.push_back({{"name", service.name},
                            {"people", service.people},
                            {"of", service.of},
                            {"own", service.mark == ServiceMark::own},
                            {"low", wilson.low},
                            {"high", wilson.high},
                            {"outside", is_outside(service, data.pooled().value_or(0))}});
    }
    return text_of({{"measure", data.measure},
                    {"list_name", data.list_name},
                    {"pooled", or_null(data.pooled())},
                    {"scale", {{"from", ticks.first()}, {"to", ticks.last()}, {"step", ticks.step}}},
                    {"services", services}});
}

}  // namespace

std::string chart_data_json(const StackedShare& data) { return months_json(data.months); }
std::string chart_data_json(const CohortLines& data) { return months_json(data.months); }

std::string chart_data_json(const Sankey& data) {
    Json ends = Json::array();
    for (const FlowEnd& end : data.ends)
        ends.push_back({{"before_name", end.before_name},
                        {"now_name", end.now_name},
                        {"ink", ink_names[static_cast<std::size_t>(end.ink)]}});
    return text_of({{"before_label", data.before_label},
                    {"now_label", data.now_label},
                    {"ends", ends},
                    {"people", data.people}});
}

std::string chart_data_json(const Histogram& data) {
    return text_of({{"first_edge_mg", in_milligrams(data.first_edge)},
                    {"bin_width_mg", in_milligrams(data.bin_width)},
                    {"people", data.people},
                    {"threshold_mg", data.threshold ? Json(in_milligrams(*data.threshold)) : Json(nullptr)},
                    {"dose_name", data.dose_name}});
}

std::string funnel_data_json(const ServiceShares& data) { return services_json(data, funnel_ticks(data)); }
std::string interval_plot_data_json(const ServiceShares& data) {
    return services_json(data, interval_ticks(data));
}

}  // namespace optimat::chart
