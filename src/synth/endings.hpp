#pragma once
// How each spell of a career ends: lapse, custody, completion by a detoxification, death, and the rest.

#include "synth/career.hpp"

namespace optimat::synth {

/// Gives every spell but a current one its ending, and turns the last weeks of some into a detoxification.
/// Nothing on or before `held` changes when the plan says how the client stands on the comparison day.
void end_spells(Career& career, const ClientPlan& client, Day held, Random& random);

}  // namespace optimat::synth
