#pragma once

// What the rules say of one client on one day, for whatever looks at more than a reference date.

#include "reference.hpp"
#include "reference_extract.hpp"
#include "reference_history.hpp"

#include <optional>
#include <string>

namespace optimat::reference {

/// So many months later, or earlier: the day of the month stays, or becomes the month's last.
Day plus_months(Day day, int months);

/// What the client takes on one day.
struct CurrentDose {
    std::size_t family;              ///< index into ReferencePolicy::families
    std::optional<long> micrograms;  ///< none: not known
    const Cover* leading;            ///< in the history's covers
};

/// dose/current. The day must be one in MAT.
CurrentDose current_dose(const History& history, Day day, const ReferencePolicy& policy);
/// dose/band: below, at_or_above or unknown.
std::string band_of(const CurrentDose& current, const ReferencePolicy& policy);
/// regime, of a day in MAT on which the client takes `now`.
std::string regime_of(const History& history, const CurrentDose& now, Day as_at, Day spell_start,
                      const ReferencePolicy& policy);
/// From when the months of a plan to nothing, or of a recorded detox, count; none: neither of them leads.
std::optional<Day> detox_start_of(const History& history, const CurrentDose& now, Day spell_start);
/// evidence/on-top: true is use, false no use, none no evidence.
std::optional<bool> uses_on_top(const History& history, Day as_at, const Spell& spell,
                                const ReferencePolicy& policy);
/// The state; none: not in MAT.
std::optional<ReferenceState> state_of(const std::string& client_id, const History& history, Day as_at,
                                       const Extract& extract, const ReferencePolicy& policy);

}  // namespace optimat::reference
