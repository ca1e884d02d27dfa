#include "synth/movement.hpp"

#include <algorithm>

namespace optimat::synth {

namespace {

// Movements at the boundary of two stretches, per 10,000 boundaries, backwards in time. Forwards they go
// round: red to amber by a rise, amber to green by stopping, green to grey by a slow reduction, grey to red
// by relapse; and to and fro between using and not. In balance with the shares of the four cohorts, so that
// no month differs from the next.
constexpr int red_to_grey = 1000, amber_to_red = 500, amber_to_green = 270, green_to_amber = 1400,
              grey_to_green = 560, grey_to_red = 350;
// What the programme of the last eleven months adds to it: more rises and more people who stopped.
constexpr int programme_amber_to_red = 620, programme_grey_to_red = 150;
// In people drawn anew for that time: so many hundredths of a percent of the four cohorts were red and are
// not now.
constexpr int programme_points = 370;
constexpr int programme_days = 335;
// Reviews and screens miss some use: for 100 people who are seen to use, so many do.
constexpr int unseen_use = 102;

// In percent of boundaries: rises within a band, reductions before the stretch, and rises recorded as
// increasing.
constexpr int rises_of_red = 18, rises_of_amber = 22, rises_of_green = 8, rises_of_grey = 6;
constexpr int reductions_of_users = 2, reductions_of_grey = 6, rises_recorded = 3;
constexpr int unbanded_changes_of_use = 5;

Movement stay(const State& state) { return {state, std::nullopt, false}; }

Movement other_use(State state) {
    state.uses_on_top = !state.uses_on_top;
    return stay(state);
}

Movement reduced(const State& state, Band from) { return {state, from, false}; }

/// Forwards a rise within the band, in so many percent of boundaries.
Movement rise_within(State state, Band band, int percent, Random& random) {
    if (!random.percent(percent)) return stay(state);
    const int lower = state.dose - step(state.medicine, random);
    if (lower < lowest_dose(state.medicine, band)) return stay(state);
    state.dose = lower;
    return {state, std::nullopt, random.percent(rises_recorded)};
}

Movement before_red(const State& state, Random& random) {
    if (random.chance(red_to_grey, 10'000)) return other_use(state);
    if (random.percent(reductions_of_users)) return reduced(state, Band::below);
    return rise_within(state, Band::below, rises_of_red, random);
}

Movement before_amber(State state, bool programme, int tilt, Random& random) {
    const int draw = random.below(10'000);
    const int rises = amber_to_red + (programme ? programme_amber_to_red : 0);
    if (draw < rises) {
        state.dose = usual_dose(state.medicine, Band::below, tilt, random);
        return stay(state);
    }
    if (draw < rises + amber_to_green) return other_use(state);
    if (random.percent(reductions_of_users)) return reduced(state, Band::at_or_above);
    return rise_within(state, Band::at_or_above, rises_of_amber, random);
}

Movement before_green(const State& state, Random& random) {
    if (random.chance(green_to_amber, 10'000)) return other_use(state);
    return rise_within(state, Band::at_or_above, rises_of_green, random);
}

Movement before_grey(const State& state, bool programme, Random& random) {
    const int draw = random.below(10'000);
    const int relapses = grey_to_red + (programme ? programme_grey_to_red : 0);
    if (draw < relapses) return other_use(state);
    if (draw < relapses + grey_to_green) return reduced(state, Band::at_or_above);
    if (random.percent(reductions_of_grey)) return reduced(state, Band::below);
    return rise_within(state, Band::below, rises_of_grey, random);
}

}  // namespace

Movement movement_before(const State& state, Day day, const Service& service, const Period& period,
                         Random& random) {
    if (!threshold(state.medicine) || state.medicine == Medicine::buprenorphine_sublocade)
        return random.percent(unbanded_changes_of_use) ? other_use(state) : stay(state);
    const bool above = band_of(state.medicine, state.dose) == Band::at_or_above;
    const bool programme = day > period.comparison;
    if (state.uses_on_top)
        return above ? before_amber(state, programme, service.character.dose, random)
                     : before_red(state, random);
    return above ? before_green(state, random) : before_grey(state, programme, random);
}

Standing standing_on(Day day, const Service& service, const Period& period, Random& random) {
    constexpr std::array standings = {Standing::red, Standing::amber, Standing::grey, Standing::green};
    constexpr int too_few_to_go_by = 8;
    const auto of = [](const StandingCounts& counts, Standing standing) {
        return counts[static_cast<std::size_t>(standing)];
    };
    int known = 0;
    for (const Standing standing : standings)
        known += of(service.standings, standing);
    const StandingCounts& counts = known < too_few_to_go_by ? usual_standings : service.standings;
    std::array weights = {of(counts, Standing::red) * unseen_use, of(counts, Standing::amber) * unseen_use,
                          of(counts, Standing::grey) * 100, of(counts, Standing::green) * 100};
    const int whole = weights[0] + weights[1] + weights[2] + weights[3];
    const int days = std::clamp(period.last - day, 0, programme_days);
    const auto moved =
        static_cast<int>(std::int64_t{whole} * programme_points * days / (10'000 * programme_days));
    weights[0] += moved;
    weights[1] = std::max(0, weights[1] - moved * 3 / 4);
    weights[2] = std::max(0, weights[2] - moved / 4);
    return standings[random.weighted(std::span<const int>(weights))];
}

}  // namespace optimat::synth
