#pragma once
// A measure of many services and the statistics that make services of different size comparable.
// Source: rule "funnel": p₀ ± z √(p₀(1 − p₀)/n) at 95 % and 99.8 %, cut to 0–1; Wilson's interval for one
// proportion.

#include "chart/scale.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace optimat::chart {

/// Whether a service is the one the page is about.
enum class ServiceMark : std::uint8_t { other, own };

struct ServiceShare {
    std::string name;
    std::int64_t people = 0;  ///< 0 to `of`
    std::int64_t of = 0;      ///< size of the list; a service with 0 is not drawn
    ServiceMark mark = ServiceMark::other;
    double share() const;  ///< only when of > 0
};

/// A measure across services.
struct ServiceShares {
    std::string measure;    ///< `MAT 2 of everybody in MAT`: the axis of shares
    std::string list_name;  ///< `people in MAT`: what `of` counts
    std::vector<ServiceShare> services;
    /// Variance between services that a funnel allows for beside chance, on the scale asin √p; 0: chance
    /// alone.
    double tau_squared = 0;
    /// All people of all lists; nothing when the lists are empty.
    std::optional<double> pooled() const;
};

inline constexpr double z_95 = 1.959963984540054;
inline constexpr double z_998 = 3.090232306167813;

struct Interval {
    double low = 0, high = 1;
};
/// Limits around `pooled` for a list of n > 0, cut to 0–1.
Interval funnel_limits(double pooled, double n, double z);
/// The same, allowing for services that differ by more than chance: on the scale asin √p.
Interval widened_limits(double pooled, double n, double z, double tau_squared);
/// Those of the two that the measure asks for.
Interval limits_of(const ServiceShares& data, double pooled, double n, double z);
/// Wilson's interval of people of `of` > 0.
Interval wilson_interval(std::int64_t people, std::int64_t of, double z = z_95);
/// Beyond the 99.8 % limits of chance. Never where fewer than 5 are expected on one of both sides: too few to
/// judge.
bool is_outside(const ServiceShare& service, double pooled);
/// Beyond the 99.8 % limits that the measure asks for; as above.
bool is_outside(const ServiceShares& data, const ServiceShare& service, double pooled);

/// Scales near the figures, for only places are compared and not lengths: from 0 where the lowest figure is
/// less than a third of the highest; never beyond 0 and 1. Of a funnel: the services' shares and the limits
/// of the longest list. Of an interval plot: the services' intervals.
Ticks funnel_ticks(const ServiceShares& data);
Ticks interval_ticks(const ServiceShares& data);
/// `; scale from 40%`, where it does not begin at 0: for the heading of a drawing.
std::string scale_words(const Ticks& ticks);

}  // namespace optimat::chart
