#pragma once
// Series that the tests of control charts share.

#include "statistics/control_chart.hpp"

#include <random>
#include <vector>

namespace optimat {

using Series = std::vector<std::optional<double>>;

/// The 18 points of the NHS-R vignette on how the package and the workbook of Making Data Count differ.
inline Series vignette_series() { return {1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1}; }

/// Whole numbers, so that sums are exact and equal values are equal.
inline Series random_series(std::mt19937& random, std::size_t points) {
    Series series;
    for (std::size_t i = 0; i < points; ++i)
        series.emplace_back(static_cast<double>(random() % 12));
    return series;
}

/// Limits 7 to 13, near limits 8 to 12, around 10: a baseline whose mean moving range is 3 / 2.66.
struct FixedLimits {
    Series values;
    ChartSettings settings;
    std::size_t begin = 0;  ///< the first point after the baseline

    explicit FixedLimits(const Series& judged) {
        const double range = 3 / 2.66;
        values = {10 - range / 2, 10 + range / 2};
        settings.baselines = {{0, 1}};
        // A point on the centre keeps the baseline out of every run.
        values.emplace_back(10.0);
        begin = values.size();
        values.insert(values.end(), judged.begin(), judged.end());
    }
    std::vector<SpecialCause> causes() const {
        std::vector<SpecialCause> result;
        const ControlChart chart = xmr_chart(values, settings);
        for (std::size_t i = begin; i < values.size(); ++i)
            result.push_back(chart.points[i].cause);
        return result;
    }
};

}  // namespace optimat
