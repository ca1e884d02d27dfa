#include "chart/service_share.hpp"

#include "chart/drawing.hpp"
#include "statistics/interval.hpp"

#include <algorithm>
#include <cmath>

namespace optimat::chart {

double ServiceShare::share() const { return static_cast<double>(people) / static_cast<double>(of); }

std::optional<double> ServiceShares::pooled() const {
    std::int64_t people = 0, of = 0;
    for (const ServiceShare& service : services) {
        people += service.people;
        of += service.of;
    }
    if (of == 0) return std::nullopt;
    return static_cast<double>(people) / static_cast<double>(of);
}

Interval funnel_limits(double pooled, double n, double z) {
    const double reach = z * std::sqrt(pooled * (1 - pooled) / n);
    return {std::max(0.0, pooled - reach), std::min(1.0, pooled + reach)};
}

Interval widened_limits(double pooled, double n, double z, double tau_squared) {
    const auto whole = std::max<std::int64_t>(1, std::llround(n));
    const auto limits = arcsine_funnel_limits(pooled, whole, z, tau_squared);
    return {limits->low, limits->high};
}

Interval limits_of(const ServiceShares& data, double pooled, double n, double z) {
    return data.tau_squared > 0 ? widened_limits(pooled, n, z, data.tau_squared)
                                : funnel_limits(pooled, n, z);
}

Interval wilson_interval(std::int64_t people, std::int64_t of, double z) {
    const double x = static_cast<double>(people), n = static_cast<double>(of), square = z * z;
    const double middle = 2 * x + square;
    const double reach = z * std::sqrt(square + 4 * x * (1 - x / n));
    const double scale = 2 * (n + square);
    // At either end rounding may leave a trace beyond 0 or 1.
    return {people == 0 ? 0 : (middle - reach) / scale, people == of ? 1 : (middle + reach) / scale};
}

namespace {

constexpr double fewest_expected = 5;

bool can_be_judged(const ServiceShare& service, double pooled) {
    const auto of = static_cast<double>(service.of);
    return service.of > 0 && std::min(pooled, 1 - pooled) * of >= fewest_expected;
}

/// The lowest and the highest figure of a drawing.
struct Reach {
    double low = 1, high = 0;
    void take(double figure) {
        low = std::min(low, figure);
        high = std::max(high, figure);
    }
};

Ticks share_ticks(const Reach& reach) {
    if (reach.high < reach.low) return nice_ticks(1);
    const double room = (reach.high - reach.low) * 0.05;
    const double low = std::max(0.0, reach.low - room), high = std::min(1.0, reach.high + room);
    return low < high / 3 ? nice_ticks(high) : ticks_over(low, high);
}

}  // namespace

Ticks funnel_ticks(const ServiceShares& data) {
    Reach reach;
    std::int64_t longest = 0;
    for (const ServiceShare& service : data.services) {
        if (service.of == 0) continue;
        reach.take(service.share());
        longest = std::max(longest, service.of);
    }
    if (const auto pooled = data.pooled()) {
        const Interval limits = limits_of(data, *pooled, static_cast<double>(longest), z_998);
        reach.take(limits.low);
        reach.take(limits.high);
    }
    return share_ticks(reach);
}

Ticks interval_ticks(const ServiceShares& data) {
    Reach reach;
    for (const ServiceShare& service : data.services) {
        if (service.of == 0) continue;
        const Interval interval = wilson_interval(service.people, service.of);
        reach.take(interval.low);
        reach.take(interval.high);
    }
    return share_ticks(reach);
}

std::string scale_words(const Ticks& ticks) {
    return ticks.first() > 0 ? "; scale from " + percent_text(ticks.first()) : std::string{};
}

bool is_outside(const ServiceShare& service, double pooled) {
    if (!can_be_judged(service, pooled)) return false;
    const Interval limits = funnel_limits(pooled, static_cast<double>(service.of), z_998);
    return service.share() < limits.low || service.share() > limits.high;
}

bool is_outside(const ServiceShares& data, const ServiceShare& service, double pooled) {
    if (!can_be_judged(service, pooled)) return false;
    const Interval limits = limits_of(data, pooled, static_cast<double>(service.of), z_998);
    return service.share() < limits.low || service.share() > limits.high;
}

}  // namespace optimat::chart
