#pragma once
// Everybody's state on the day of a release, apart from the data it came from: who stood where, by opaque
// reference. Pure.

#include "measure/tracker.hpp"
#include "stage/state.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// How somebody in MAT stands.
struct Standing {
    std::string service_id;  ///< of the leading prescription; empty: none that is known
    Stage stage = Stage::uncategorised;
    Cohort cohort = Cohort::none;
    Band band = Band::unknown;
    Regime regime = Regime::unknown;
    TrackerGroup group = TrackerGroup::uncategorised;
    Family medicine = Family::methadone;
    std::optional<Micrograms> dose;  ///< nothing: not known
    friend bool operator==(const Standing&, const Standing&) = default;
};
Standing standing_of(const Extract& extract, const State& state);
/// Whether it is the same place on the tracker: service, stage, cohort, band and regime.
bool stands_alike(const std::optional<Standing>& one, const std::optional<Standing>& other);

struct FrozenState {
    std::string person;  ///< opaque reference
    Standing standing;
    friend bool operator==(const FrozenState&, const FrozenState&) = default;
};

/// The opaque reference of a client id.
using PersonReference = std::function<std::string(std::string_view client_id)>;

/// Everybody in `states`, which are of one day.
std::vector<FrozenState> freeze_states(const Extract& extract, const States& states,
                                       const PersonReference& reference);

/// As a text for the store, and back. Throws StoreError for what is none.
std::string write_frozen_states(const std::vector<FrozenState>& states);
std::vector<FrozenState> read_frozen_states(std::string_view text);

}  // namespace optimat
