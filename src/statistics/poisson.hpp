#pragma once
// The Poisson distribution, as far as exact intervals of counts need it.

#include <cstdint>

namespace optimat {

/// The regularised lower incomplete gamma function P(shape, x): the probability of `shape` or more events
/// where x are expected, for whole shapes. shape > 0, x ≥ 0; right to some 12 digits.
double regularised_gamma(double shape, double x);

/// The expectation under which `events` or more have the probability `tail` (0 < tail < ½); events ≥ 1.
double expectation_of_at_least(std::int64_t events, double tail);
/// The expectation under which `events` or fewer have the probability `tail` (0 < tail < ½); events ≥ 0.
double expectation_of_at_most(std::int64_t events, double tail);

}  // namespace optimat
