#pragma once
// Accounts of the demonstration, one a role, and what their team wrote down: on invented data.

#include "web/site.hpp"

#include <vector>

namespace optimat {

/// Makes the accounts that are not there yet, all with the same password that the sign-in page shows. The
/// manager, the clinician and the recovery worker belong to the largest service; the worker has its largest
/// caseload. Throws UsageError when the store has users that are no demonstration accounts: it is not a store
/// to play with.
std::vector<DemonstrationAccount> make_demonstration_accounts(Site& site);

/// Invents what the team of that service wrote down: reviews of its lists in the last months, signatures,
/// claims, one escalation. Nothing when the store has reviews or no figures.
void make_demonstration_reviews(Site& site);

/// Releases the last month end of the data and the one a year before, so that there is something to see of
/// what leaves. Nothing when the store has releases or no figures.
void make_demonstration_releases(Site& site);

}  // namespace optimat
