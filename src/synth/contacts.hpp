#pragma once
// From a career to what surrounds the prescriptions: the client's attributes, treatment episodes,
// supervised-consumption inventories, risk profiles and events.

#include "synth/career.hpp"
#include "synth/records.hpp"

namespace optimat::synth {

/// Fills the client's attributes and episodes. Every prescribed day lies in an episode; an episode that ended
/// `died` has its end on the day of the death event that add_events writes.
void add_episodes(ClientRecords& records, const ClientPlan& client, const Career& career, const Plan& plan,
                  Random& random);

/// Appends supervised-consumption inventories: the planned one, and others outside the published months.
void add_inventories(ClientRecords& records, const ClientPlan& client, const Career& career, const Plan& plan,
                     Random& random);

/// Appends risk profiles and events, none after a death or the period, in order of date. Needs the episodes.
void add_events(ClientRecords& records, const Career& career, const Plan& plan, Random& random);

}  // namespace optimat::synth
