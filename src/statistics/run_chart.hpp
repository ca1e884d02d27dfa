#pragma once
// Run chart with Anhøj's rules: for short series and rare events, where limits would say more than is known.
// Source: Anhøj and Olesen 2014.

#include "statistics/better_when.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace optimat {

/// A series around its median. Points on the median are not useful: they neither end nor lengthen a run.
struct RunChart {
    double median = 0;
    std::size_t useful = 0;         ///< points that are not on the median
    std::size_t longest_run = 0;    ///< most useful points in a row on one side
    std::size_t crossings = 0;      ///< how often neighbouring useful points lie on different sides
    std::size_t longest_usual = 0;  ///< a longer run is unusual: log₂ of `useful`, rounded, plus 3
    std::size_t fewest_usual = 0;  ///< fewer crossings are unusual: the 5 % quantile of Binomial(useful−1, ½)
    /// Of the useful points, whether more of the later half lie above the median than of the earlier, or
    /// fewer; of an odd number the middle one is in neither. Nothing: as many.
    std::optional<Towards> towards = {};
    bool has_unusually_long_run() const { return longest_run > longest_usual; }
    bool has_unusually_few_crossings() const { return crossings < fewest_usual; }
    /// Not chance alone.
    bool has_shifted() const { return has_unusually_long_run() || has_unusually_few_crossings(); }
};

/// Missing points are passed over. Nothing when every point is missing. A series wholly on its median has no
/// useful point and has not shifted.
std::optional<RunChart> run_chart(std::span<const std::optional<double>> values);

/// The least k with P(X ≤ k) ≥ p, X of `trials` throws of a fair coin; 0 < p < 1.
std::size_t fair_binomial_quantile(std::size_t trials, double p);

}  // namespace optimat
