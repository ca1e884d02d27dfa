#pragma once
// Visits of states: whoever counts people and whoever lists them goes through the same ones.

#include "measure/place.hpp"
#include "stage/state.hpp"

namespace optimat {

/// By service: whether it belongs to the place.
inline std::vector<bool> services_at(const Extract& extract, const Place& place) {
    std::vector<bool> here(extract.services.size(), false);
    for (const std::size_t service : place.services)
        here[service] = true;
    return here;
}

/// Calls `visit(chunk, state)` for everybody in MAT at the place on the date, by chunk (its place in
/// Extract::chunks) and client.
template <class Visit>
void for_people(const Extract& extract, const States& states, std::size_t date, const Place& place,
                Visit visit) {
    const std::vector<bool> here = services_at(extract, place);
    for (std::size_t i = 0; i < states.chunks.size(); ++i)
        for (const State& state : states.chunks[i])
            if (state.date == date && here[*state.service]) visit(i, state);
}

/// Calls `visit(before, now)` for every client of the chunk who is in MAT at one of the dates; null when not
/// in MAT then.
template <class Visit>
void for_pairs(const ChunkStates& states, std::size_t before, std::size_t now, Visit visit) {
    for (std::size_t i = 0; i < states.size();) {
        const State* then = nullptr;
        const State* today = nullptr;
        const std::uint32_t client = states[i].client;
        for (; i < states.size() && states[i].client == client; ++i) {
            if (states[i].date == before) then = &states[i];
            if (states[i].date == now) today = &states[i];
        }
        if (then != nullptr || today != nullptr) visit(then, today);
    }
}

}  // namespace optimat
