#pragma once
// How people move between using on top and not, and below and above the threshold: the rates that make every
// month of the extract look like the last but for the published change of the red cohort.

#include "synth/plan.hpp"

#include <optional>

namespace optimat::synth {

/// What holds in a stretch of a spell.
struct State {
    Medicine medicine;
    int dose;  ///< tenths of a milligram
    bool uses_on_top;
};

/// What lies before a stretch, seen backwards from its first day.
struct Movement {
    State before;
    std::optional<Band> reduced_from;     ///< a slow reduction came before, from a dose in this band
    bool recorded_as_increasing = false;  ///< the rise to the present dose was recorded as `increasing`
};

/// The movement at the boundary after `day`, for someone at the service.
Movement movement_before(const State& state, Day day, const Service& service, const Period& period,
                         Random& random);

/// Red, amber, grey or green: where someone of the service stood on a day of the past, by its people of the
/// last day and the published change.
Standing standing_on(Day day, const Service& service, const Period& period, Random& random);

}  // namespace optimat::synth
