#include "statistics/interval.hpp"

#include <algorithm>
#include <cmath>

namespace optimat {

namespace {

/// Beyond a limit by more than rounding of the last digit: a share on the limit is inside.
constexpr double on_the_edge = 1e-12;

}  // namespace

std::optional<Interval> wilson_interval(std::int64_t numerator, std::int64_t denominator, double z) {
    if (denominator <= 0) return std::nullopt;
    const double x = static_cast<double>(numerator), n = static_cast<double>(denominator), square = z * z;
    const double centre = 2 * x + square;
    const double reach = z * std::sqrt(square + 4 * x * (1 - x / n));
    const double scale = 2 * (n + square);
    // The ends at 0 and 1 are exact; computed, they miss by a rounding error.
    return Interval{numerator == 0 ? 0.0 : std::max(0.0, (centre - reach) / scale),
                    numerator == denominator ? 1.0 : std::min(1.0, (centre + reach) / scale)};
}

std::optional<Interval> funnel_limits(double pooled, std::int64_t denominator, double z) {
    if (denominator <= 0) return std::nullopt;
    const double reach = z * std::sqrt(pooled * (1 - pooled) / static_cast<double>(denominator));
    return Interval{std::max(0.0, pooled - reach), std::min(1.0, pooled + reach)};
}

std::optional<FunnelPosition> funnel_position(std::int64_t numerator, std::int64_t denominator,
                                              double pooled) {
    if (denominator <= 0) return std::nullopt;
    const double share = static_cast<double>(numerator) / static_cast<double>(denominator);
    const Interval outer = *funnel_limits(pooled, denominator, z_of_998);
    const Interval inner = *funnel_limits(pooled, denominator, z_of_95);
    if (share > outer.high + on_the_edge) return FunnelPosition::high_998;
    if (share < outer.low - on_the_edge) return FunnelPosition::low_998;
    if (share > inner.high + on_the_edge) return FunnelPosition::high_95;
    if (share < inner.low - on_the_edge) return FunnelPosition::low_95;
    return FunnelPosition::inside;
}

}  // namespace optimat
