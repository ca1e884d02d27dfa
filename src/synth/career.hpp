#pragma once
// One client's career, made backwards from where the plan says it ends: spells of cover, and within a spell
// stretches of time in which medicine, dose, on-top use and supervision hold. Backwards, because the end is
// fixed and the past is free; the flows are such that every month looks like the last one but for the
// published change.

#include "synth/plan.hpp"

#include <vector>

namespace optimat::synth {

/// A stretch of a spell, both days inclusive. Within it the dose holds, or falls from first_dose to dose.
struct Stretch {
    Day from = {}, to = {};
    Medicine medicine = Medicine::methadone;
    int dose = 600;        ///< tenths of a milligram, at the end of the stretch
    int first_dose = 600;  ///< at its beginning; differs when reducing or in detox
    Course course = Course::steady;
    bool uses_on_top = false;
    bool supervised = false;
    bool planned = false;  ///< reducing or detox written as a plan to 0 mg
    std::uint16_t service = 0;
};

/// How a spell came to its end.
enum class Ending : std::uint8_t {
    continues,
    lapsed,
    custody,
    completed,
    died,
    moved_away,
    withdrawn,
    declined,
    other
};

struct Spell {
    Day first = {}, last = {};       ///< first and last covered day
    bool began_before_data = false;  ///< it runs since before the extract; no titration is seen
    Ending ending = Ending::continues;
    std::vector<Stretch> stretches = {};  ///< in order of time, without gaps
};

struct Career {
    std::vector<Spell> spells;   ///< in order of time; none when all cover lies before the extract
    bool records_stable = true;  ///< the regime `stable` is recorded on this client's prescriptions
};

Career make_career(const ClientPlan& client, const Plan& plan, Random& random);

/// Whether the client uses on top on a day: as in the stretch that holds, else in the nearest one.
bool uses_on_top(const Career& career, Day day);

}  // namespace optimat::synth
