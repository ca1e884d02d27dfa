#pragma once
// Tabular CUSUM: the earliest sign that a figure's mean has moved by a little for good. Two sums, one for
// each way: S⁺ₜ = max(0, S⁺ₜ₋₁ + zₜ − k) and S⁻ₜ = max(0, S⁻ₜ₋₁ − zₜ − k), with z = (x − mean) / sigma; a sum
// above h is a signal and begins again at 0. Source: Page 1954; Montgomery, Statistical Quality Control,
// section 9.1.

#include "statistics/better_when.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace optimat {

/// Sigmas: half the shift that should be found soon, and how much of it must have gathered.
inline constexpr double usual_cusum_slack = 0.5;
inline constexpr double usual_cusum_threshold = 5;

struct CusumSettings {
    double mean = 0;  ///< of the baseline
    /// Of the baseline; of moving ranges: their mean / 1.128. A flat baseline (0) has no scale: nothing
    /// gathers and nothing signals, and the control chart tells of what leaves it.
    double sigma = 1;
    double slack = usual_cusum_slack;          ///< k, in sigmas, 0 or more
    double threshold = usual_cusum_threshold;  ///< h, in sigmas, more than 0
};

/// The two sums after a point, before a signal resets them, in sigmas, both 0 or more.
struct CusumSums {
    double higher = 0, lower = 0;
};

/// One change. Sums that reach the threshold again without having been back at 0 in between tell of the same
/// change and make no new signal.
struct CusumSignal {
    Towards towards = Towards::higher;
    std::size_t since = 0;      ///< the first point whose deviation counts towards it
    std::size_t at = 0;         ///< the point at which the sum first went above the threshold
    std::size_t confirmed = 0;  ///< the last point at which it did again; `at` when only once
};

struct Cusum {
    std::vector<CusumSums> points;
    std::vector<CusumSignal> signals;  ///< in order of `at`
};

/// A missing point changes nothing: the sums carry over it.
Cusum cusum(std::span<const std::optional<double>> values, const CusumSettings& settings);

}  // namespace optimat
