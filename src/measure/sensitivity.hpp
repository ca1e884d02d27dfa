#pragma once
// How much hangs on each choice of the policy: people whose stage, band, regime or cohort would be another
// under its other settings. Rule sensitivity.

#include "base/parallel.hpp"
#include "model/extract.hpp"
#include "model/policy.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace optimat {

/// People who would change under one other setting of one choice.
struct SensitivityRow {
    std::string choice;       ///< `evidence.months`
    std::string setting;      ///< `6`
    std::int64_t in_mat = 0;  ///< people in MAT at the date under the policy in force
    std::int64_t stage = 0;   ///< of the people in MAT under both: those whose stage differs
    std::int64_t band = 0;
    std::int64_t regime = 0;
    std::int64_t cohort = 0;
    friend bool operator==(const SensitivityRow&, const SensitivityRow&) = default;
};

/// Classifies everybody at `date` under the policy and under each alternative (intake's policy_alternatives),
/// in the order of the alternatives. Who is in MAT does not depend on any policy value, so both have the same
/// people.
std::vector<SensitivityRow> sensitivity(const Extract& extract, const Policy& policy,
                                        std::span<const PolicyAlternative> alternatives, Day date,
                                        ThreadCount threads);

}  // namespace optimat
