#include "statistics/run_chart.hpp"

#include "statistics/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace optimat {

namespace {

std::vector<double> present(std::span<const std::optional<double>> values) {
    std::vector<double> result;
    for (const auto& value : values)
        if (value) result.push_back(*value);
    return result;
}

void count_runs(RunChart& chart, const std::vector<double>& values) {
    std::size_t run = 0;
    bool was_above = false;
    for (const double value : values) {
        if (value == chart.median) continue;
        const bool is_above = value > chart.median;
        const bool crosses = chart.useful > 0 && is_above != was_above;
        chart.crossings += crosses;
        run = crosses ? 1 : run + 1;
        chart.longest_run = std::max(chart.longest_run, run);
        ++chart.useful;
        was_above = is_above;
    }
}

/// Which way the later half of the useful points lies from the earlier.
std::optional<Towards> direction_of(const RunChart& chart, std::vector<double> values) {
    std::erase(values, chart.median);
    const auto half = static_cast<std::ptrdiff_t>(values.size() / 2);
    const auto is_above = [&](double value) { return value > chart.median; };
    const auto earlier = std::count_if(values.begin(), values.begin() + half, is_above);
    const auto later = std::count_if(values.end() - half, values.end(), is_above);
    if (earlier == later) return std::nullopt;
    return later > earlier ? Towards::higher : Towards::lower;
}

}  // namespace

std::size_t fair_binomial_quantile(std::size_t trials, double p) {
    const double n = static_cast<double>(trials);
    const double all = std::lgamma(n + 1) - n * std::numbers::ln2;
    double sum = 0;
    for (std::size_t k = 0; k < trials; ++k) {
        const double x = static_cast<double>(k);
        sum += std::exp(all - std::lgamma(x + 1) - std::lgamma(n - x + 1));
        if (sum >= p) return k;
    }
    return trials;
}

std::optional<RunChart> run_chart(std::span<const std::optional<double>> values) {
    const std::vector<double> seen = present(values);
    const auto median = median_of(seen);
    if (!median) return std::nullopt;
    RunChart chart{*median};
    count_runs(chart, seen);
    chart.towards = direction_of(chart, seen);
    if (chart.useful == 0) return chart;
    const double usual_run = std::round(std::log2(static_cast<double>(chart.useful))) + 3;
    chart.longest_usual = static_cast<std::size_t>(usual_run);
    chart.fewest_usual = fair_binomial_quantile(chart.useful - 1, 0.05);
    return chart;
}

}  // namespace optimat
