#include "chart/frame.hpp"

namespace optimat::chart {

Frame narrow(const Frame& frame) {
    return {frame.id + "-narrow", frame.title, frame.description, narrow_width};
}

Html chart_figure(std::string_view kind, std::string_view data, Html wide, Html narrow) {
    const auto when_live = [&](std::string_view value) {
        return kind.empty() ? std::optional<std::string_view>() : std::optional(value);
    };
    return tag::figure(
        {{"class", "app-chart"}, {"data-chart", when_live(kind)}, {"data-chart-data", when_live(data)}},
        tag::div({{"class", "app-chart__wide"}}, wide), tag::div({{"class", "app-chart__narrow"}}, narrow));
}

}  // namespace optimat::chart
