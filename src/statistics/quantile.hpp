#pragma once
// Quantiles of type 7: linear between the order statistics around (n − 1) p, the one definition used
// anywhere in the program. Source: Hyndman and Fan 1996.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace optimat {

/// The quantile at `p`, 0 to 1, of figures in rising order. Nothing when there are none.
std::optional<double> quantile_of(std::span<const double> rising, double p);
std::optional<double> quantile_of(std::span<const std::int64_t> rising, double p);
std::optional<double> quantile_of(std::span<const std::int32_t> rising, double p);

/// Minimum, quartiles (type 7) and maximum of some figures.
struct Spread {
    std::size_t count = 0;
    double lowest = 0, lower_quartile = 0, median = 0, upper_quartile = 0, highest = 0;
    double interquartile_range() const { return upper_quartile - lower_quartile; }
};
/// Figures in any order; nothing when there are none.
std::optional<Spread> spread_of(std::vector<double> figures);

/// The middle of figures in any order; nothing when there are none.
std::optional<double> median_of(std::vector<double> figures);

}  // namespace optimat
