#pragma once
// Doses that people are on. Tenths of a milligram throughout: 600 is 60 mg, 4 is 0.4 mg.
// The thresholds here are those of the published figures (rule dose/band as shipped); what the program
// measures with is the policy, not this file.

#include "model/codes.hpp"
#include "synth/random.hpp"

#include <optional>
#include <span>

namespace optimat::synth {

enum class Band : std::uint8_t { below, at_or_above };

/// The threshold between the bands; none for medicines without one.
std::optional<int> threshold(Medicine medicine);

/// The band of a dose; `below` for medicines without a threshold.
Band band_of(Medicine medicine, int dose);

/// A usual dose of the band. `tilt` from −2 (low) to 2 (high) is the service's habit. Sublocade is always
/// at_or_above.
int usual_dose(Medicine medicine, Band band, int tilt, Random& random);

/// A dose near the end of a detoxification; methadone and buprenorphine only.
int low_dose(Medicine medicine, Random& random);

/// The step by which a dose is raised (methadone 5 or 10 mg, …); 0 for medicines of which there is one dose.
int step(Medicine medicine, Random& random);

/// The least and the greatest dose of a band that this organisation prescribes, inclusive.
int lowest_dose(Medicine medicine, Band band);
int highest_dose(Medicine medicine, Band band);

/// Moves doses of one medicine and band, a step here and there, until they add up to `sum` as nearly as whole
/// steps allow: 1 mg for methadone, 2 mg for buprenorphine.
void settle_sum(std::span<int* const> doses, Medicine medicine, Band band, long sum, Random& random);

}  // namespace optimat::synth
