#include "chart/control_scale.hpp"

#include "chart/drawing.hpp"
#include "chart/scale.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace optimat::chart {

namespace {

std::vector<double> figures_of(const ControlChart& chart) {
    std::vector<double> figures;
    for (const ControlPoint& point : chart.points) {
        if (point.value) figures.push_back(*point.value);
        if (point.target) figures.push_back(*point.target);
        if (point.limits) {
            figures.push_back(point.limits->lower);
            figures.push_back(point.limits->upper);
        }
    }
    return figures;
}

/// Whether a figure below 0 means something: only when there is one.
bool may_be_negative(const ControlPicture& data) {
    return data.unit == Unit::number && std::ranges::any_of(data.chart.points, [](const ControlPoint& point) {
               return point.value && *point.value < 0;
           });
}

}  // namespace

double ControlScale::cut(double figure) const { return std::clamp(figure, from, to); }

std::string ControlScale::text(double figure) const {
    if (unit == Unit::number) return number_text_short(figure);
    const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : 1;
    return step > 0.0099 ? percent_text(figure) : exact_text(figure);
}

std::string ControlScale::exact_text(double figure) const {
    const double shown = unit == Unit::share ? figure * 100 : figure;
    return fmt::format("{:.1f}{}", std::floor(shown * 10 + 0.5) / 10, unit == Unit::share ? "%" : "");
}

ControlScale control_scale(const ControlPicture& data) {
    ControlScale scale;
    scale.unit = data.unit;
    const std::vector<double> figures = figures_of(data.chart);
    if (!figures.empty()) {
        const auto [low, high] = std::ranges::minmax(figures);
        const double room = high > low ? (high - low) * 0.06 : std::max(std::abs(high) * 0.1, 0.05);
        scale.from = low - room;
        scale.to = high + room;
        if (low >= 0 && low < high / 3) scale.from = 0;
    }
    if (!may_be_negative(data)) scale.from = std::max(0.0, scale.from);
    if (data.unit == Unit::share) scale.to = std::min(1.0, scale.to);
    scale.ticks = ticks_between(scale.from, scale.to);
    return scale;
}

}  // namespace optimat::chart
