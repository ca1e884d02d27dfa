#pragma once
// From a career to its prescription rows: titration, re-issues every 14 or 28 days, injections, missed days,
// dose plans, how it is collected.

#include "synth/career.hpp"
#include "synth/records.hpp"

namespace optimat::synth {

/// Appends the client's prescriptions and the missed pick-ups that lie in their gaps. Rows never overlap
/// unless they start on the same day; none starts before the service's first day, nor after the period.
void add_prescriptions(ClientRecords& records, const ClientPlan& client, const Career& career,
                       const Plan& plan, Random& random);

}  // namespace optimat::synth
