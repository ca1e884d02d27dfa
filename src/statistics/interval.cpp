#include "statistics/interval.hpp"

#include "statistics/poisson.hpp"
#include "statistics/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace optimat {

namespace {

/// Beyond a limit by more than rounding of the last digit: a share on the limit is inside.
constexpr double on_the_edge = 1e-12;

Interval exact_interval(std::int64_t events, double z) {
    const double tail = std::erfc(z / std::numbers::sqrt2) / 2;
    return {events == 0 ? 0.0 : expectation_of_at_least(events, tail), expectation_of_at_most(events, tail)};
}

double byar_end(double events, double z) {
    const double root = 1 - 1 / (9 * events) + z / (3 * std::sqrt(events));
    return events * root * root * root;
}

Interval byar_interval(std::int64_t events, double z) {
    const double x = static_cast<double>(events);
    // With very few events and wide limits the cube falls below 0, where no count is.
    return {events == 0 ? 0.0 : std::max(0.0, byar_end(x, -z)), byar_end(x + 1, z)};
}

double hundred_person_years(std::int64_t person_days) {
    return static_cast<double>(person_days) / days_of_a_year / 100;
}

double arcsine(double share) { return std::asin(std::sqrt(share)); }

/// The share at an angle; beyond the ends of the scale it is the end.
double share_at(double angle) {
    const double sine = std::sin(std::clamp(angle, 0.0, std::numbers::pi / 2));
    return sine * sine;
}

std::vector<double> z_scores(std::span<const FunnelCount> services, double pooled) {
    std::vector<double> scores;
    for (const FunnelCount& service : services) {
        if (service.denominator <= 0) continue;
        const double n = static_cast<double>(service.denominator);
        const double share = static_cast<double>(service.numerator) / n;
        scores.push_back((arcsine(share) - arcsine(pooled)) * 2 * std::sqrt(n));
    }
    return scores;
}

/// The mean square of the scores, those beyond the 10 % and 90 % quantiles moved onto them.
double winsorised_mean_square(const std::vector<double>& scores) {
    std::vector<double> rising = scores;
    std::ranges::sort(rising);
    const double low = *quantile_of(std::span<const double>(rising), 0.1);
    const double high = *quantile_of(std::span<const double>(rising), 0.9);
    double sum = 0;
    for (const double score : scores)
        sum += std::pow(std::clamp(score, low, high), 2);
    return sum / static_cast<double>(scores.size());
}

FunnelPosition position_between(double share, const Interval& inner, const Interval& outer) {
    if (share > outer.high + on_the_edge) return FunnelPosition::high_998;
    if (share < outer.low - on_the_edge) return FunnelPosition::low_998;
    if (share > inner.high + on_the_edge) return FunnelPosition::high_95;
    if (share < inner.low - on_the_edge) return FunnelPosition::low_95;
    return FunnelPosition::inside;
}

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

Interval count_interval(std::int64_t events, CountMethod method, double z) {
    return method == CountMethod::exact ? exact_interval(events, z) : byar_interval(events, z);
}

std::optional<double> rate_per_100_person_years(std::int64_t events, std::int64_t person_days) {
    if (person_days <= 0) return std::nullopt;
    return static_cast<double>(events) / hundred_person_years(person_days);
}

std::optional<Interval> rate_interval(std::int64_t events, std::int64_t person_days, CountMethod method,
                                      double z) {
    if (person_days <= 0) return std::nullopt;
    const Interval count = count_interval(events, method, z);
    const double years = hundred_person_years(person_days);
    return Interval{count.low / years, count.high / years};
}

OverDispersion over_dispersion(std::span<const FunnelCount> services, double pooled) {
    const std::vector<double> scores = z_scores(services, pooled);
    if (scores.empty()) return {};
    OverDispersion result{scores.size(), winsorised_mean_square(scores), 0};
    // The weight of a service is the inverse of its variance 1/(4n).
    double weights = 0, squares = 0;
    for (const FunnelCount& service : services) {
        const double weight = 4 * static_cast<double>(std::max<std::int64_t>(service.denominator, 0));
        weights += weight;
        squares += weight * weight;
    }
    const double excess = static_cast<double>(scores.size()) * (result.phi - 1) + 1;
    const double divisor = weights - squares / weights;
    // A single service has nothing to differ from.
    if (excess > 0 && scores.size() > 1) result.tau_squared = excess / divisor;
    return result;
}

std::optional<Interval> arcsine_funnel_limits(double pooled, std::int64_t denominator, double z,
                                              double tau_squared) {
    if (denominator <= 0) return std::nullopt;
    const double reach = z * std::sqrt(1 / (4 * static_cast<double>(denominator)) + tau_squared);
    return Interval{share_at(arcsine(pooled) - reach), share_at(arcsine(pooled) + reach)};
}

std::optional<FunnelPosition> funnel_position(std::int64_t numerator, std::int64_t denominator,
                                              double pooled) {
    if (denominator <= 0) return std::nullopt;
    const double share = static_cast<double>(numerator) / static_cast<double>(denominator);
    return position_between(share, *funnel_limits(pooled, denominator, z_of_95),
                            *funnel_limits(pooled, denominator, z_of_998));
}

std::optional<FunnelPosition> funnel_position(std::int64_t numerator, std::int64_t denominator, double pooled,
                                              const OverDispersion& dispersion) {
    if (denominator <= 0) return std::nullopt;
    const double share = static_cast<double>(numerator) / static_cast<double>(denominator);
    return position_between(share,
                            *arcsine_funnel_limits(pooled, denominator, z_of_95, dispersion.tau_squared),
                            *arcsine_funnel_limits(pooled, denominator, z_of_998, dispersion.tau_squared));
}

}  // namespace optimat
