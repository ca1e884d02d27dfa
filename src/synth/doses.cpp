#include "synth/doses.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace optimat::synth {

namespace {

struct Choice {
    int dose, weight;
};
using Choices = std::span<const Choice>;

constexpr Choice methadone_below[] = {{100, 1},  {150, 2},  {200, 5},  {250, 6},  {300, 14},
                                      {350, 12}, {400, 19}, {450, 13}, {500, 16}, {550, 12}};
constexpr Choice methadone_above[] = {{600, 34}, {650, 14}, {700, 18}, {750, 8},  {800, 12},
                                      {850, 4},  {900, 5},  {1000, 3}, {1100, 1}, {1200, 1}};
constexpr Choice tablet_below[] = {{20, 9}, {40, 19}, {60, 18}, {80, 35}, {100, 19}};
constexpr Choice tablet_above[] = {{120, 34}, {140, 11}, {160, 38}, {180, 4}, {200, 6}, {240, 7}};
constexpr Choice wafer_below[] = {{20, 10}, {40, 25}, {60, 30}, {80, 35}};
constexpr Choice wafer_above[] = {{100, 40}, {120, 30}, {140, 15}, {160, 10}, {180, 5}};
constexpr Choice weekly_below[] = {{80, 20}, {160, 80}};
constexpr Choice weekly_above[] = {{240, 70}, {320, 30}};
constexpr Choice monthly_below[] = {{640, 100}};
constexpr Choice monthly_above[] = {{960, 65}, {1280, 30}, {1600, 5}};
constexpr Choice sublocade[] = {{1000, 70}, {3000, 30}};
constexpr Choice morphine[] = {{2000, 30}, {3000, 30}, {4000, 25}, {6000, 15}};
constexpr Choice dihydrocodeine[] = {{1200, 30}, {2400, 40}, {3600, 30}};
constexpr Choice diamorphine[] = {{2000, 50}, {3000, 30}, {4000, 20}};

Choices choices(Medicine medicine, Band band) {
    const bool below = band == Band::below;
    switch (medicine) {
    case Medicine::methadone:
        return below ? Choices(methadone_below) : Choices(methadone_above);
    case Medicine::buprenorphine:
    case Medicine::buprenorphine_naloxone:
        return below ? Choices(tablet_below) : Choices(tablet_above);
    case Medicine::buprenorphine_lyophilisate:
        return below ? Choices(wafer_below) : Choices(wafer_above);
    case Medicine::buprenorphine_weekly:
        return below ? Choices(weekly_below) : Choices(weekly_above);
    case Medicine::buprenorphine_monthly:
        return below ? Choices(monthly_below) : Choices(monthly_above);
    case Medicine::buprenorphine_sublocade:
        return sublocade;
    case Medicine::morphine_sr:
        return morphine;
    case Medicine::dihydrocodeine:
        return dihydrocodeine;
    default:
        return diamorphine;
    }
}

/// The place drawn by weight, moved one up or down now and then by the service's habit.
int drawn(Choices from, int tilt, Random& random) {
    std::array<int, 16> weights{};
    for (std::size_t i = 0; i < from.size(); ++i)
        weights[i] = from[i].weight;
    auto place = static_cast<int>(random.weighted(std::span<const int>(weights).first(from.size())));
    if (random.percent(16 * std::abs(tilt))) place += tilt > 0 ? 1 : -1;
    return from[static_cast<std::size_t>(std::clamp(place, 0, static_cast<int>(from.size()) - 1))].dose;
}

}  // namespace

std::optional<int> threshold(Medicine medicine) {
    switch (family_of(medicine)) {
    case Family::methadone:
        return 600;
    case Family::buprenorphine:
        return 120;
    case Family::buprenorphine_lyophilisate:
        return 100;
    case Family::buprenorphine_weekly:
        return 240;
    case Family::buprenorphine_monthly:
        return 960;
    case Family::buprenorphine_sublocade:
        return 1000;
    default:
        return std::nullopt;
    }
}

Band band_of(Medicine medicine, int dose) {
    const std::optional<int> least = threshold(medicine);
    return least && dose >= *least ? Band::at_or_above : Band::below;
}

int usual_dose(Medicine medicine, Band band, int tilt, Random& random) {
    return drawn(choices(medicine, band), tilt, random);
}

int low_dose(Medicine medicine, Random& random) {
    return medicine == Medicine::methadone ? 10 * random.between(2, 25) : 4 * random.between(1, 12);
}

int step(Medicine medicine, Random& random) {
    switch (family_of(medicine)) {
    case Family::methadone:
        return random.percent(60) ? 50 : 100;
    case Family::buprenorphine:
    case Family::buprenorphine_lyophilisate:
        return 20;
    case Family::buprenorphine_weekly:
        return 80;
    case Family::buprenorphine_monthly:
        return 320;
    default:
        return 0;
    }
}

int lowest_dose(Medicine medicine, Band band) { return choices(medicine, band).front().dose; }
int highest_dose(Medicine medicine, Band band) {
    return medicine == Medicine::methadone && band == Band::below ? 590 : choices(medicine, band).back().dose;
}

void settle_sum(std::span<int* const> doses, Medicine medicine, Band band, long sum, Random& random) {
    if (doses.empty()) return;
    const bool methadone = medicine == Medicine::methadone;
    const int fine = methadone ? 10 : 20;
    const int lowest = lowest_dose(medicine, band), highest = highest_dose(medicine, band);
    long missing = sum;
    for (const int* dose : doses)
        missing -= *dose;
    const int count = static_cast<int>(doses.size());
    for (long tries = 0; std::labs(missing) >= fine && tries < 2000L + 200L * count; ++tries) {
        const int size = methadone && std::labs(missing) >= 50 ? 50 : fine;
        int& dose = *doses[static_cast<std::size_t>(random.below(count))];
        const int moved = dose + (missing > 0 ? size : -size);
        if (moved < lowest || moved > highest) continue;
        missing -= moved - dose;
        dose = moved;
    }
}

}  // namespace optimat::synth
