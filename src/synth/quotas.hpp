#pragma once
// What each person in MAT has to look like on the last day, by quota: numbers of people, medicines, doses,
// regimes and supervision add up to the published figures exactly, within each service as its character has
// it. A career is then made that ends there.

#include "synth/doses.hpp"
#include "synth/services.hpp"

#include <vector>

namespace optimat::synth {

/// What the dose of a person does on the reference date.
enum class Course : std::uint8_t { steady, increasing, reducing, detox };

/// What a person's records show on a reference date.
struct Target {
    Standing standing = Standing::induction;
    Medicine medicine = Medicine::methadone;
    Course course = Course::steady;
    bool supervised = false;
    int dose = 600;  ///< tenths of a milligram; in induction, the dose that titration aims at
    std::uint16_t service = 0;
};

bool uses_on_top(Standing standing);
constexpr bool is_daily(Medicine medicine) { return !is_injection(family_of(medicine)); }

/// Usual numbers of people by standing, per 10,000 in MAT.
extern const StandingCounts usual_standings;

/// A medicine for someone who stands there, by the habits of the service.
Medicine usual_medicine(Standing standing, const Character& character, Random& random);

/// A dose for someone who stands there.
int dose_for(Standing standing, Medicine medicine, int tilt, Random& random);

/// One target for each person in MAT on the last day, service by service; fills `standings` of the services.
std::vector<Target> targets_on_last_day(std::vector<Service>& services, Random random);

/// The targets of the Figure 4 service on the comparison day: the figure's people and some in induction.
std::vector<Target> targets_of_figure_4(const Service& service, std::uint16_t index, Random random);

}  // namespace optimat::synth
