#pragma once
// Deaths and non-fatal overdoses in MAT by stage and dose band of the day before, with the days that people
// stood there. Rule outcome/harm. Everybody's state on every day of the months: costs as much as that.

#include "base/parallel.hpp"
#include "measure/place.hpp"
#include "stage/state.hpp"

#include <array>
#include <cstdint>

namespace optimat {

struct HarmCount {
    std::int64_t deaths = 0, overdoses = 0;  ///< of people who stood there the day before
    std::int64_t person_days = 0;            ///< on which somebody stood there
    HarmCount& operator+=(const HarmCount& other);
    friend bool operator==(const HarmCount&, const HarmCount&) = default;
};

/// By stage and band.
using HarmByState = std::array<std::array<HarmCount, band_count>, stage_count>;

/// Of the OutcomePolicy::harm_months up to as_at, at the place: a day is at the service that leads on it, an
/// event at the one that led the day before.
HarmByState harm_by_state(const Extract& extract, const Policy& policy, Day as_at, const Place& place,
                          ThreadCount threads);

}  // namespace optimat
