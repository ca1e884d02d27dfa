#pragma once
// Chance around a proportion: the interval of one, and the funnel that many are laid on. Rule funnel.

#include <cstdint>
#include <optional>

namespace optimat {

/// Standard normal quantiles of the two-sided 95 % and 99.8 % limits.
inline constexpr double z_of_95 = 1.959964;
inline constexpr double z_of_998 = 3.090232;

/// Ends of an interval of shares, both within 0 to 1.
struct Interval {
    double low = 0, high = 0;
    friend bool operator==(const Interval&, const Interval&) = default;
};

/// Wilson's score interval of `numerator` of `denominator`, 0 ≤ numerator ≤ denominator. Nothing when the
/// denominator is 0: a share of nobody has no interval.
std::optional<Interval> wilson_interval(std::int64_t numerator, std::int64_t denominator, double z);

/// Limits of a funnel at a denominator: p₀ ± z √(p₀(1−p₀)/n), cut to 0–1. `pooled` is p₀, 0 to 1. Nothing at
/// n = 0.
std::optional<Interval> funnel_limits(double pooled, std::int64_t denominator, double z);

/// Where a share lies on the funnel. A share that lies on a limit is inside it.
enum class FunnelPosition : std::uint8_t { inside, high_95, high_998, low_95, low_998 };

/// Nothing when the denominator is 0.
std::optional<FunnelPosition> funnel_position(std::int64_t numerator, std::int64_t denominator,
                                              double pooled);

}  // namespace optimat
