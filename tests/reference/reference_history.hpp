#pragma once

// Who is in MAT: one client's records, when a prescription covers them, and the spells that the cover makes.

#include "reference.hpp"
#include "reference_extract.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace optimat::reference {

/// A prescription of a MAT medicine with what the rules make of it. `end` is the effective end, inclusive;
/// none: open.
struct Cover {
    Prescription prescription;
    std::size_t family;  ///< index into ReferencePolicy::families
    std::optional<Day> end;
};

/// Everything about one client that can decide a state.
struct History {
    std::vector<Cover> covers;
    std::vector<Episode> episodes;
    std::vector<Top> tops;
    std::vector<Screen> screens;
};

/// A spell that is running on the day it was asked for.
struct Spell {
    Day start;
    bool censored;
};

/// Each client with a prescription of a MAT medicine. Throws std::out_of_range when the policy lacks a
/// family.
std::map<std::string, History> histories(const Extract& extract, const ReferencePolicy& policy);

bool is_active(const Cover& cover, Day day);
bool is_in_mat(const History& history, Day day);

/// The spell that holds the day; none when the client is not in MAT on it.
std::optional<Spell> spell_on(const History& history, Day day, const Extract& extract,
                              const ReferencePolicy& policy);

}  // namespace optimat::reference
