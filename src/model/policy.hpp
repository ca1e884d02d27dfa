#pragma once
// The thresholds, windows and choices that a service or an organisation may decide. The values that ship, each with its
// source and reason, are definitions/policy.toml; `--policy FILE` overrides some of them. Pure data here; the file is
// read by intake/policy_file.

#include "base/dose.hpp"
#include "model/codes.hpp"
#include "model/field.hpp"

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
    std::optional<Micrograms> threshold;   ///< guideline maintenance threshold; none: the band is unknown
    std::optional<Micrograms> tolerance;   ///< least change that is a rise or fall; none: never compared
    std::optional<Micrograms> high_dose;   ///< above it a dose is flagged as high
    std::int32_t tolerated_gap = 4;        ///< days without cover that do not end a spell
    std::optional<DoseRange> plausible;    ///< outside it a dose is reported
    friend bool operator==(const FamilyPolicy&, const FamilyPolicy&) = default;
};

/// The least difference of a TOP item that counts as a change (rule outcome/change).
struct ReliableChange {
    TopField item;
    std::int32_t least;
    friend bool operator==(const ReliableChange&, const ReliableChange&) = default;
};

struct Policy {
    std::string name = "toolkit";  ///< of the policy file
    std::string version = "1";
    std::string hash;              ///< hex digest of all values, set when read; names the policy on every output

    std::array<FamilyPolicy, family_count> families;
    ThresholdComparator comparator = ThresholdComparator::at_least;
    EvidenceChoice evidence_choice = EvidenceChoice::recall_28;

    std::int32_t induction_days = 28;        ///< last spell day that is MAT1
    std::int32_t comparison_days = 28;       ///< regime/derived looks back this far
    std::int32_t evidence_months = 3;        ///< evidence is current for this long
    std::int32_t recall_days = 28;           ///< length of the recall window of evidence
    std::int32_t detox_months = 3;           ///< a detoxification reaches 0 mg within this
    std::int32_t censoring_days = 4;         ///< a spell that starts so soon after covers_from began earlier
    std::int32_t on_mat_episode_days = 28;   ///< an episode that says on_mat_at_start censors so many days back

    std::int32_t hidden_below = 5;                ///< disclosure: counts from 1 to one less are hidden
    std::vector<ReliableChange> reliable_change;  ///< in order of their items; an item without one: any difference

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
