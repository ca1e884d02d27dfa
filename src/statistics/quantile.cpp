#include "statistics/quantile.hpp"

#include <algorithm>
#include <cmath>

namespace optimat {

namespace {

template <typename Figure> std::optional<double> type_7(std::span<const Figure> rising, double p) {
    if (rising.empty()) return std::nullopt;
    const double at = static_cast<double>(rising.size() - 1) * p;
    const auto below = static_cast<std::size_t>(std::floor(at));
    const std::size_t above = std::min(below + 1, rising.size() - 1);
    const auto low = static_cast<double>(rising[below]), high = static_cast<double>(rising[above]);
    return low + (at - static_cast<double>(below)) * (high - low);
}

}  // namespace

std::optional<double> quantile_of(std::span<const double> rising, double p) { return type_7(rising, p); }
std::optional<double> quantile_of(std::span<const std::int64_t> rising, double p) {
    return type_7(rising, p);
}
std::optional<double> quantile_of(std::span<const std::int32_t> rising, double p) {
    return type_7(rising, p);
}

std::optional<Spread> spread_of(std::vector<double> figures) {
    if (figures.empty()) return std::nullopt;
    std::ranges::sort(figures);
    const std::span<const double> rising = figures;
    return Spread{rising.size(),        rising.front(),        *type_7(rising, 0.25),
                  *type_7(rising, 0.5), *type_7(rising, 0.75), rising.back()};
}

std::optional<double> median_of(std::vector<double> figures) {
    std::ranges::sort(figures);
    return quantile_of(std::span<const double>(figures), 0.5);
}

}  // namespace optimat
