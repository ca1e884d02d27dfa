#pragma once
// The thresholds, windows and choices that a service or an organisation may decide. The values that ship,
// each with its source and reason, are definitions/policy.toml; `--policy FILE` overrides some of them. Pure
// data here; the file is read by intake/policy_file.

#include "base/day.hpp"
#include "base/dose.hpp"
#include "model/codes.hpp"
#include "model/field.hpp"
#include "model/work_list.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

/// Whether a dose that equals the threshold is at_or_above it (rule dose/band).
enum class ThresholdComparator : std::uint8_t { at_least, above };

/// Which evidence within the window decides on-top use (rule evidence/on-top).
enum class EvidenceChoice : std::uint8_t {
    recall_28,  ///< any use in the recall window that ends with the latest evidence
    latest,     ///< any use on the day of the latest evidence
    any_use,    ///< any use in the whole evidence window
};

struct DoseRange {
    Micrograms lowest, highest;  ///< both inclusive
    friend bool operator==(const DoseRange&, const DoseRange&) = default;
};

/// What the policy says of one family of medicines.
struct FamilyPolicy {
    std::optional<Micrograms> threshold;  ///< guideline maintenance threshold; none: the band is unknown
    std::optional<Micrograms> tolerance;  ///< least change that is a rise or fall; none: never compared
    std::optional<Micrograms> high_dose;  ///< above it a dose is flagged as high
    std::int32_t tolerated_gap = 4;       ///< days without cover that do not end a spell
    std::optional<DoseRange> plausible;   ///< outside it a dose is reported
    friend bool operator==(const FamilyPolicy&, const FamilyPolicy&) = default;
};

/// The least difference of a TOP item that counts as a change (rule outcome/change).
struct ReliableChange {
    TopField item;
    std::int32_t least;
    friend bool operator==(const ReliableChange&, const ReliableChange&) = default;
};

/// Windows and thresholds of the work lists. A window of so many months or days ends with the reference date,
/// which is in it; the day that lies exactly so far back is not.
struct PriorityPolicy {
    // Risk factors (rule priority/1)
    std::int32_t profile_months = 12;   ///< a risk profile that says yes
    std::int32_t absence_months = 3;    ///< anything that says no
    std::int32_t top_months = 3;        ///< a TOP that says yes
    std::int32_t screen_months = 3;     ///< a drug screen that says yes
    std::int32_t overdose_months = 12;  ///< an overdose event
    std::int32_t release_days = 28;     ///< release from prison, discharge from hospital or rehab
    std::int32_t uncovered_days = 3;    ///< so many consecutive days without medicine lower tolerance …
    std::int32_t uncovered_within_days = 28;  ///< … within so many
    std::int32_t alcohol_days = 1;            ///< of 28: at least so many are a factor
    std::int32_t benzodiazepine_days = 1;     ///< likewise
    std::int32_t physical_health = 5;         ///< TOP score 0 to 20: up to it is a factor
    std::int32_t naloxone_months = 24;        ///< naloxone supplied so long ago still protects
    std::int32_t occasional_days = 8;         ///< use on up to so many days of 28 is occasional
    std::int32_t regular_days = 20;           ///< up to so many regular, above it daily
    // Supervised consumption (priority/4), recovery (5), out of cover (6), cohorts, slow reduction
    std::int32_t asci_months = 12;           ///< an ASCI is current
    std::int32_t stable_months = 6;          ///< MAT3 for so long is stable
    std::int32_t recovery_top_months = 6;    ///< a TOP is recent
    std::int32_t lapsed_days = 28;           ///< cover ended
    std::int32_t unplanned_days = 90;        ///< left treatment unplanned
    std::int32_t released_days = 28;         ///< released without cover
    Micrograms methadone_low{30'000};        ///< up to it: detoxification options
    Micrograms methadone_next{40'000};       ///< above that, up to this: the next cohort
    Micrograms buprenorphine_low{6'000};     ///< tablets, up to it: detoxification options
    std::int32_t slow_reduction_months = 3;  ///< reducing for longer
    // Reviews
    std::int32_t review_months = 3;  ///< a review stands for
    std::int32_t claim_days = 14;    ///< after a claim a review is due, unless the claim says otherwise

    std::array<std::vector<OrderKey>, work_list_count>
        order;  ///< by list: what its people are put in order by
    friend bool operator==(const PriorityPolicy&, const PriorityPolicy&) = default;
};

/// Windows and doses of courses and outcomes. Unless a rule says otherwise, a window ends with the day it is
/// counted to, which is in it; the day that lies exactly so far back is not.
struct OutcomePolicy {
    // Inductions and how spells end (rules induction, outcome/retention)
    std::int32_t return_days = 90;          ///< back so many days after the last covered day, at most
    std::int32_t re_induction_months = 12;  ///< a spell that ended so long before makes it a re-induction
    std::int32_t end_before_days =
        7;  ///< an episode that ended so long before the last covered day, at most …
    std::int32_t end_after_days = 28;   ///< … or after it, says how the spell ended
    std::int32_t retention_days = 183;  ///< retained: covered so many days after the first day
    // Detoxification
    Micrograms exit_methadone{10'000};     ///< the last dose of a completed course, at most
    Micrograms exit_buprenorphine{2'000};  ///< tablets and lyophilisate
    std::int32_t after_detox_days = 28;    ///< without a MAT prescription after the spell
    std::int32_t restart_months = 6;       ///< re-started MAT within
    std::int32_t support_months = 6;       ///< recovery support looked for within
    // Journeys, completions, waiting (rules journey, outcome/*)
    std::int32_t journey_gap_days = 21;       ///< episodes no further apart are one journey
    std::int32_t completion_months = 12;      ///< latest journey ended, or open, within
    std::int32_t re_presentation_months = 6;  ///< a new journey within
    std::int32_t waiting_days = 21;           ///< referral to start; before, a wait is too early to say
    std::int32_t change_recent_months = 6;    ///< a profile no older says how somebody uses now
    // Harm
    std::int32_t harm_months = 12;   ///< events and person-time of so many months
    std::int32_t leaving_days = 28;  ///< so many days after leaving MAT
    friend bool operator==(const OutcomePolicy&, const OutcomePolicy&) = default;
};

/// Whose bank holidays are no working days.
enum class Nation : std::uint8_t { england_and_wales, scotland, northern_ireland };

struct Policy {
    std::string name = "toolkit";  ///< of the policy file
    std::string version = "1";
    std::string hash;  ///< hex digest of all values, set when read; names the policy on every output

    std::array<FamilyPolicy, family_count> families;
    ThresholdComparator comparator = ThresholdComparator::at_least;
    EvidenceChoice evidence_choice = EvidenceChoice::recall_28;

    std::int32_t induction_days = 28;   ///< last spell day that is MAT1
    std::int32_t comparison_days = 28;  ///< regime/derived looks back this far
    std::int32_t evidence_months = 3;   ///< evidence is current for this long
    std::int32_t recall_days = 28;      ///< length of the recall window of evidence
    std::int32_t detox_months = 3;      ///< a detoxification reaches 0 mg within this
    std::int32_t censoring_days = 4;    ///< a spell that starts so soon after covers_from began earlier
    std::int32_t on_mat_episode_days =
        28;  ///< an episode that says on_mat_at_start censors so many days back

    std::int32_t hidden_below = 5;  ///< disclosure: counts from 1 to one less are hidden
    std::vector<ReliableChange>
        reliable_change;  ///< in order of their items; an item without one: any difference

    PriorityPolicy priority;
    OutcomePolicy outcome;
    Nation nation = Nation::england_and_wales;
    std::vector<Day> bank_holidays;  ///< of the nation, rising; from definitions/bank_holidays.toml

    const FamilyPolicy& family(Family value) const { return families[static_cast<std::size_t>(value)]; }
    friend bool operator==(const Policy&, const Policy&) = default;
};

/// A policy that differs from the one in force by another setting of one choice (rule sensitivity).
struct PolicyAlternative {
    std::string choice;   ///< the key: `evidence.months`
    std::string setting;  ///< its other value, as written in the file: `6`
    Policy policy;
};

}  // namespace optimat
