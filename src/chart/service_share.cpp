#include "chart/service_share.hpp"

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

bool is_outside(const ServiceShare& service, double pooled) {
    if (service.of == 0) return false;
    const Interval limits = funnel_limits(pooled, static_cast<double>(service.of), z_998);
    return service.share() < limits.low || service.share() > limits.high;
}

bool is_outside(const ServiceShares& data, const ServiceShare& service, double pooled) {
    if (service.of == 0) return false;
    const Interval limits = limits_of(data, pooled, static_cast<double>(service.of), z_998);
    return service.share() < limits.low || service.share() > limits.high;
}

}  // namespace optimat::chart
