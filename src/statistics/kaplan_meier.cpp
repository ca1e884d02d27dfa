#include "statistics/kaplan_meier.hpp"

#include <algorithm>
#include <cmath>

namespace optimat {

namespace {

/// Survival that misses a half by rounding alone has reached it.
constexpr double half = 0.5 + 1e-12;

/// The steps with what happens at each, survival still to come.
std::vector<SurvivalStep> counted_steps(std::span<const Duration> durations) {
    std::vector<Duration> rising(durations.begin(), durations.end());
    std::ranges::sort(rising, {}, &Duration::length);
    std::vector<SurvivalStep> steps;
    auto at_risk = static_cast<std::int64_t>(rising.size());
    for (const Duration& duration : rising) {
        if (steps.empty() || steps.back().time != duration.length) {
            steps.emplace_back();
            steps.back().time = duration.length;
            steps.back().at_risk = at_risk;
        }
        (duration.ending == Ending::event ? steps.back().events : steps.back().censored) += 1;
        --at_risk;
    }
    return steps;
}

Interval log_log_interval(double survival, double greenwood_sum) {
    if (survival == 1) return {1, 1};
    const double reach = z_of_95 * std::sqrt(greenwood_sum) / std::abs(std::log(survival));
    return {std::pow(survival, std::exp(reach)), std::pow(survival, std::exp(-reach))};
}

}  // namespace

SurvivalCurve kaplan_meier(std::span<const Duration> durations) {
    SurvivalCurve curve{static_cast<std::int64_t>(durations.size()), counted_steps(durations)};
    double survival = 1, greenwood_sum = 0;
    for (SurvivalStep& step : curve.steps) {
        const double n = static_cast<double>(step.at_risk), d = static_cast<double>(step.events);
        survival *= (n - d) / n;
        step.survival = survival;
        if (survival == 0) continue;
        greenwood_sum += d / (n * (n - d));
        step.variance = survival * survival * greenwood_sum;
        step.interval = log_log_interval(survival, greenwood_sum);
    }
    return curve;
}

namespace {

/// The last step at or before a time at which somebody is followed, or nobody survives; null before the
/// first.
struct FoundStep {
    bool is_known = false;
    const SurvivalStep* step = nullptr;
};

FoundStep step_at(const SurvivalCurve& curve, std::int32_t time) {
    if (curve.steps.empty()) return {};
    const SurvivalStep& last = curve.steps.back();
    if (time > last.time && last.survival > 0) return {};
    const auto after = std::ranges::upper_bound(curve.steps, time, {}, &SurvivalStep::time);
    return {true, after == curve.steps.begin() ? nullptr : &*std::prev(after)};
}

}  // namespace

std::optional<double> SurvivalCurve::survival_at(std::int32_t time) const {
    const FoundStep found = step_at(*this, time);
    if (!found.is_known) return std::nullopt;
    return found.step ? found.step->survival : 1;
}

std::optional<Interval> SurvivalCurve::interval_at(std::int32_t time) const {
    const FoundStep found = step_at(*this, time);
    if (!found.is_known) return std::nullopt;
    return found.step ? found.step->interval : Interval{1, 1};
}

std::int64_t SurvivalCurve::at_risk_at(std::int32_t time) const {
    const auto step = std::ranges::lower_bound(steps, time, {}, &SurvivalStep::time);
    return step == steps.end() ? 0 : step->at_risk;
}

std::optional<std::int32_t> SurvivalCurve::median() const {
    const auto step =
        std::ranges::find_if(steps, [](const SurvivalStep& each) { return each.survival <= half; });
    return step == steps.end() ? std::nullopt : std::optional(step->time);
}

}  // namespace optimat
