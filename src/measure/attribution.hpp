#pragma once
// Whose a person is on a day: keyworker, team, age, time in treatment, prescriber, collection. Rule
// attribution.

#include "stage/state.hpp"

#include <optional>
#include <string_view>

namespace optimat {

struct Attribution {
    std::string_view keyworker, team, prescriber;  ///< empty: not recorded
    Collection collection = Collection::not_recorded;
    Sex sex = Sex::not_recorded;
    std::optional<int> age;  ///< year of the date − year of birth
    std::optional<std::int32_t>
        days_in_treatment;  ///< since in_treatment_since, else since the first presentation
};

/// Attributes one state at its day. "Keyworker and team are those of the episode open that day at the leading
/// service, latest start, then greatest episode_id."
Attribution attribute(const Chunk& chunk, const State& state, Day day);

/// `under 25`, `25 to 34`, … `65 and over`; `not recorded`.
std::string_view age_band(std::optional<int> age);
/// `under 1 year`, `1 to 2 years`, `2 to 5 years`, `5 to 10 years`, `10 years and more`; `not recorded`.
std::string_view time_band(std::optional<std::int32_t> days);

}  // namespace optimat
