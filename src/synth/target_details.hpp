#pragma once
// The steps that turn targets of known standing and medicine into the published doses, regimes and
// supervision rate.

#include "synth/quotas.hpp"

#include <span>

namespace optimat::synth {

/// People of the Figure 8 service on tablets, below and at or above the threshold: what makes its means come
/// out.
constexpr int figure_8_below_tablets = 14, figure_8_above_tablets = 17;

/// Moves doses within their band until the published means hold: first at the Figure 8 service, then over
/// everybody.
void settle_doses(std::vector<Target>& targets, const std::vector<Service>& services, Random& random);

/// Makes the published numbers of people increasing, reducing and in detoxification.
void give_courses(std::vector<Target>& targets, const std::vector<Service>& services, Random& random);

/// Makes the published share of people on a daily medicine supervised, by each service's habit.
void give_supervision(std::vector<Target>& targets, const std::vector<Service>& services, Random& random);

}  // namespace optimat::synth
