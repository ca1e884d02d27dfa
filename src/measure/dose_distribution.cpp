#include "measure/dose_distribution.hpp"

#include "base/check.hpp"
#include "measure/state_visits.hpp"

#include <algorithm>

namespace optimat {

namespace {

/// The greatest bin edge at or below a dose: edges lie whole steps from the threshold, and at 0.
Micrograms edge_below(Micrograms dose, Micrograms step, Micrograms offset) {
    if (dose < offset) return Micrograms{0};
    return Micrograms{offset.number + (dose.number - offset.number) / step.number * step.number};
}

Micrograms edge_above(Micrograms edge, Micrograms step, Micrograms offset) {
    return edge < offset ? offset : edge + step;
}

std::vector<DoseBin> bins_of(const std::vector<Micrograms>& doses, Micrograms step, Micrograms offset) {
    std::vector<DoseBin> bins;
    for (const Micrograms dose : doses) {
        if (bins.empty()) {
            const Micrograms from = edge_below(dose, step, offset);
            bins.push_back({from, edge_above(from, step, offset), 0});
        }
        while (dose >= bins.back().to)
            bins.push_back({bins.back().to, edge_above(bins.back().to, step, offset), 0});
        ++bins.back().people;
    }
    return bins;
}

}  // namespace

Micrograms dose_step(Family family) {
    switch (family) {
    case Family::methadone:
        return milligrams(10);
    case Family::buprenorphine:
    case Family::buprenorphine_lyophilisate:
        return milligrams(2);
    case Family::buprenorphine_weekly:
        return milligrams(8);
    case Family::buprenorphine_monthly:
        return milligrams(32);
    case Family::buprenorphine_sublocade:
        return milligrams(100);
    case Family::other:
        return milligrams(10);
    case Family::not_mat:
        break;
    }
    OPTIMAT_CHECK(false, "a step of doses that are not of MAT");
}

DoseDistribution dose_distribution(const Extract& extract, const States& states, std::size_t date,
                                   const Policy& policy, const Place& place, const ServiceDataRow& row,
                                   Family family) {
    DoseDistribution result{family, policy.family(family).threshold, {}, 0, 0, 0};
    std::vector<Micrograms> doses;
    for_people(extract, states, date, place, [&](std::size_t, const State& state) {
        if (!row.holds(state) || state.medicine != family) return;
        if (state.dose_known)
            doses.push_back(state.dose);
        else
            ++result.unknown;
        result.on_threshold += state.on_threshold;
    });
    std::ranges::sort(doses);
    const Micrograms step = dose_step(family);
    const Micrograms offset{result.threshold ? result.threshold->number % step.number : 0};
    result.bins = bins_of(doses, step, offset);
    result.known = static_cast<std::int64_t>(doses.size());
    return result;
}

}  // namespace optimat
