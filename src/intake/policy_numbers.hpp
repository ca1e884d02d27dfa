#pragma once
// Which numbers of a policy stand where in its file. Reading and digest go through these tables, so that a
// value cannot be in one and not in the other.

#include "model/policy.hpp"

#include <cstdint>
#include <string_view>

namespace optimat {

/// A whole number of a group of the policy: where it stands in the file, and what it may be.
template <class Group> struct PolicyNumber {
    std::string_view section, key;
    std::int32_t lowest, highest;
    std::int32_t Group::*value;
};
using PriorityNumber = PolicyNumber<PriorityPolicy>;
using OutcomeNumber = PolicyNumber<OutcomePolicy>;
inline constexpr PriorityNumber priority_numbers[] = {
    {"risk", "profile_months", 1, 60, &PriorityPolicy::profile_months},
    {"risk", "absence_months", 1, 60, &PriorityPolicy::absence_months},
    {"risk", "top_months", 1, 60, &PriorityPolicy::top_months},
    {"risk", "screen_months", 1, 60, &PriorityPolicy::screen_months},
    {"risk", "overdose_months", 1, 60, &PriorityPolicy::overdose_months},
    {"risk", "release_days", 1, 366, &PriorityPolicy::release_days},
    {"risk", "uncovered_days", 1, 28, &PriorityPolicy::uncovered_days},
    {"risk", "uncovered_within_days", 1, 366, &PriorityPolicy::uncovered_within_days},
    {"risk", "alcohol_days", 1, 28, &PriorityPolicy::alcohol_days},
    {"risk", "benzodiazepine_days", 1, 28, &PriorityPolicy::benzodiazepine_days},
    {"risk", "physical_health", 0, 20, &PriorityPolicy::physical_health},
    {"naloxone", "months", 1, 120, &PriorityPolicy::naloxone_months},
    {"use", "occasional_days", 1, 27, &PriorityPolicy::occasional_days},
    {"use", "regular_days", 1, 27, &PriorityPolicy::regular_days},
    {"supervision", "asci_months", 1, 60, &PriorityPolicy::asci_months},
    {"recovery", "stable_months", 1, 24, &PriorityPolicy::stable_months},
    {"recovery", "top_months", 1, 60, &PriorityPolicy::recovery_top_months},
    {"out_of_cover", "lapsed_days", 1, 366, &PriorityPolicy::lapsed_days},
    {"out_of_cover", "unplanned_days", 1, 366, &PriorityPolicy::unplanned_days},
    {"out_of_cover", "released_days", 1, 366, &PriorityPolicy::released_days},
    {"slow_reduction", "months", 1, 24, &PriorityPolicy::slow_reduction_months},
    {"review", "months", 1, 24, &PriorityPolicy::review_months},
    {"review", "claim_days", 1, 366, &PriorityPolicy::claim_days},
};

inline constexpr OutcomeNumber outcome_numbers[] = {
    {"spell_end", "before_days", 0, 366, &OutcomePolicy::end_before_days},
    {"spell_end", "after_days", 0, 366, &OutcomePolicy::end_after_days},
    {"retention", "days", 1, 3660, &OutcomePolicy::retention_days},
    {"journey", "gap_days", 0, 366, &OutcomePolicy::journey_gap_days},
    {"completion", "months", 1, 60, &OutcomePolicy::completion_months},
    {"re_presentation", "months", 1, 24, &OutcomePolicy::re_presentation_months},
    {"waiting", "days", 1, 366, &OutcomePolicy::waiting_days},
    {"outcome", "change_recent_months", 1, 60, &OutcomePolicy::change_recent_months},
    {"harm", "months", 1, 120, &OutcomePolicy::harm_months},
    {"harm", "leaving_days", 1, 366, &OutcomePolicy::leaving_days},
};
/// Those that stand in a section with something else.
inline constexpr OutcomeNumber induction_numbers[] = {
    {"induction", "return_days", 1, 366, &OutcomePolicy::return_days},
    {"induction", "re_induction_months", 1, 120, &OutcomePolicy::re_induction_months},
};
inline constexpr OutcomeNumber detoxification_numbers[] = {
    {"detoxification", "after_days", 1, 366, &OutcomePolicy::after_detox_days},
    {"detoxification", "restart_months", 1, 60, &OutcomePolicy::restart_months},
    {"detoxification", "support_months", 1, 60, &OutcomePolicy::support_months},
};

/// A dose that divides the review cohorts.
struct CohortDose {
    std::string_view key;
    Micrograms PriorityPolicy::*value;
};
inline constexpr CohortDose cohort_doses[] = {{"methadone_low_mg", &PriorityPolicy::methadone_low},
                                              {"methadone_next_mg", &PriorityPolicy::methadone_next},
                                              {"buprenorphine_low_mg", &PriorityPolicy::buprenorphine_low}};

}  // namespace optimat
