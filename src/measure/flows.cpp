#include "measure/flows.hpp"

#include "measure/state_visits.hpp"

#include <numeric>

namespace optimat {

std::size_t flow_end_of(const State* state, const std::vector<bool>& here) {
    if (state == nullptr) return flow_outside;
    return here[*state->service] ? static_cast<std::size_t>(tracker_group(*state)) : flow_elsewhere;
}

std::string_view flow_end_text(std::size_t end) {
    if (end == flow_elsewhere) return "elsewhere";
    if (end == flow_outside) return "outside";
    return text_of(static_cast<TrackerGroup>(end));
}

std::string_view flow_end_words(std::size_t end) {
    if (end == flow_elsewhere) return "In MAT at another place";
    if (end == flow_outside) return "Not in MAT";
    return words_for(static_cast<TrackerGroup>(end));
}

std::int64_t FlowTable::entered() const {
    return std::accumulate(people[flow_outside].begin(), people[flow_outside].begin() + tracker_group_count,
                           std::int64_t{0});
}
std::int64_t FlowTable::arrived() const {
    return std::accumulate(people[flow_elsewhere].begin(),
                           people[flow_elsewhere].begin() + tracker_group_count, std::int64_t{0});
}
std::int64_t FlowTable::left() const {
    std::int64_t sum = 0;
    for (std::size_t from = 0; from < tracker_group_count; ++from)
        sum += people[from][flow_outside];
    return sum;
}
std::int64_t FlowTable::moved_away() const {
    std::int64_t sum = 0;
    for (std::size_t from = 0; from < tracker_group_count; ++from)
        sum += people[from][flow_elsewhere];
    return sum;
}
std::int64_t FlowTable::stayed() const {
    std::int64_t sum = 0;
    for (std::size_t group = 0; group < tracker_group_count; ++group)
        sum += people[group][group];
    return sum;
}
std::int64_t FlowTable::changed_group() const {
    std::int64_t sum = 0;
    for (std::size_t from = 0; from < tracker_group_count; ++from)
        for (std::size_t to = 0; to < tracker_group_count; ++to)
            if (from != to) sum += people[from][to];
    return sum;
}

FlowTable& FlowTable::operator+=(const FlowTable& other) {
    for (std::size_t from = 0; from < flow_ends; ++from)
        for (std::size_t to = 0; to < flow_ends; ++to)
            people[from][to] += other.people[from][to];
    return *this;
}

std::vector<FlowTable> make_flows(const Extract& extract, const States& states, std::size_t before,
                                  std::size_t now, const std::vector<Place>& places) {
    std::vector<std::vector<bool>> here;
    std::vector<FlowTable> flows;
    for (const Place& place : places) {
        here.push_back(services_at(extract, place));
        flows.push_back({states.dates[before], states.dates[now], {}});
    }
    for (const ChunkStates& chunk : states.chunks) {
        for_pairs(chunk, before, now, [&](const State* then, const State* today) {
            for (std::size_t i = 0; i < flows.size(); ++i) {
                const std::size_t from = flow_end_of(then, here[i]), to = flow_end_of(today, here[i]);
                if (from < tracker_group_count || to < tracker_group_count) ++flows[i].people[from][to];
            }
        });
    }
    return flows;
}

}  // namespace optimat
