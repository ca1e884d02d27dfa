#pragma once
// Chance around a figure: the interval of a share or of a count, and the funnel that many shares are laid on.
// Rule funnel. Sources: Wilson 1927; Garwood 1936; Byar (Breslow and Day 1987); Spiegelhalter 2005.

#include <cstdint>
#include <optional>
#include <span>

namespace optimat {

/// Standard normal quantiles of the two-sided 95 % and 99.8 % limits.
inline constexpr double z_of_95 = 1.959964;
inline constexpr double z_of_998 = 3.090232;

/// Ends of an interval; of shares both are within 0 to 1.
struct Interval {
    double low = 0, high = 0;
    friend bool operator==(const Interval&, const Interval&) = default;
};

/// Wilson's score interval of `numerator` of `denominator`, 0 ≤ numerator ≤ denominator. Nothing when the
/// denominator is 0: a share of nobody has no interval.
std::optional<Interval> wilson_interval(std::int64_t numerator, std::int64_t denominator, double z);

/// How the interval of a count is made. `exact` is Garwood's, from the Poisson distribution; `byar` is close
/// to it from 10 events on and is what English public health profiles print.
enum class CountMethod : std::uint8_t { exact, byar };

/// Interval of the number of events to be expected where `events` (0 or more) were seen. The low end of no
/// events is 0.
Interval count_interval(std::int64_t events, CountMethod method, double z);

/// Days of a year of observation.
inline constexpr double days_of_a_year = 365.25;

/// Events per 100 person-years of `person_days` days of observation. Nothing without a day of observation.
std::optional<double> rate_per_100_person_years(std::int64_t events, std::int64_t person_days);
/// Its interval: that of the count, in the same unit. Nothing without a day of observation.
std::optional<Interval> rate_interval(std::int64_t events, std::int64_t person_days, CountMethod method,
                                      double z);

/// Limits of a funnel at a denominator: p₀ ± z √(p₀(1−p₀)/n), cut to 0–1. `pooled` is p₀, 0 to 1. Nothing at
/// n = 0.
std::optional<Interval> funnel_limits(double pooled, std::int64_t denominator, double z);

/// One service on a funnel.
struct FunnelCount {
    std::int64_t numerator = 0;    ///< 0 to denominator
    std::int64_t denominator = 0;  ///< 0: the service has no share and counts for nothing
};

/// How much more services differ than chance alone would have them, on the scale asin √p. No dispersion
/// (tau_squared 0) is a funnel of chance alone.
struct OverDispersion {
    std::size_t services = 0;  ///< with a share
    double phi = 0;            ///< mean squared z-score after winsorising; about 1 under chance alone
    double tau_squared = 0;    ///< variance between services, added to that of chance; 0 or more
};

/// Dispersion of services around `pooled`, z-scores winsorised at their 10 % and 90 % quantiles (type 7), so
/// that a few outlying services do not widen the funnel that should show them. Without a service: none.
OverDispersion over_dispersion(std::span<const FunnelCount> services, double pooled);

/// Limits of a funnel with over-dispersion: sin²(asin √p₀ ± z √(1/(4n) + τ²)), cut to 0–1. Nothing at n = 0.
std::optional<Interval> arcsine_funnel_limits(double pooled, std::int64_t denominator, double z,
                                              double tau_squared = 0);

/// Where a share lies on the funnel. A share that lies on a limit is inside it.
enum class FunnelPosition : std::uint8_t { inside, high_95, high_998, low_95, low_998 };

/// On the funnel of chance alone, score limits. Nothing when the denominator is 0.
std::optional<FunnelPosition> funnel_position(std::int64_t numerator, std::int64_t denominator,
                                              double pooled);
/// On the funnel with over-dispersion, arcsine limits. Nothing when the denominator is 0.
std::optional<FunnelPosition> funnel_position(std::int64_t numerator, std::int64_t denominator, double pooled,
                                              const OverDispersion& dispersion);

}  // namespace optimat
