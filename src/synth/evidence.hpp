#pragma once
// From a career to what shows on-top use: Treatment Outcomes Profiles and drug screens. They follow the
// client's use with the gaps and delays of real reviews, and are then put right where a figure has to be met
// on a reference date.

#include "synth/career.hpp"
#include "synth/records.hpp"

namespace optimat::synth {

/// Appends TOPs and screens in order of date, none after the period. Needs the client's episodes and
/// prescriptions.
void add_evidence(ClientRecords& records, const ClientPlan& client, const Career& career, const Plan& plan,
                  Random& random);

}  // namespace optimat::synth
