#include "reference_measures.hpp"

#include "reference_extract.hpp"

#include <map>
#include <set>

namespace optimat {
namespace {

// Service tracker: red, amber, green, grey, uncategorised, MAT1, MAT4, and MAT2 and MAT3 of unknown band.
std::string group_of(const ReferenceState& state) {
    if (!state.cohort.empty()) return state.cohort;
    if (state.stage == "MAT1") return "mat1";
    if (state.stage == "MAT2") return "mat2_unbanded";
    if (state.stage == "MAT3") return "mat3_unbanded";
    if (state.stage == "MAT4") return "mat4";
    return "uncategorised";
}

struct GroupOfServices {
    std::string scope, name;
    std::set<std::string> services;
};

std::vector<GroupOfServices> groups_of_services(const std::filesystem::path& extract,
                                                const std::vector<ReferenceState>& states) {
    std::map<std::pair<std::string, std::string>, std::set<std::string>> found;
    for (const reference::Service& service : reference::read_extract(extract).services) {
        found[{"organisation", ""}].insert(service.id);
        found[{"service", service.id}].insert(service.id);
        if (!service.region.empty()) found[{"region", service.region}].insert(service.id);
        if (!service.area.empty()) found[{"area", service.area}].insert(service.id);
        if (!service.peer_group.empty()) found[{"peer_group", service.peer_group}].insert(service.id);
    }
    for (const ReferenceState& state : states) {
        found[{"organisation", ""}].insert(state.service_id);
        found[{"service", state.service_id}].insert(state.service_id);
    }
    std::vector<GroupOfServices> groups;
    for (const auto& [key, services] : found)
        groups.push_back({key.first, key.second, services});
    return groups;
}

using Journey = std::pair<std::optional<ReferenceState>, std::optional<ReferenceState>>;

std::string end_of(const std::optional<ReferenceState>& state, const GroupOfServices& place) {
    if (!state) return "outside";
    return place.services.contains(state->service_id) ? group_of(*state) : "elsewhere";
}

bool is_here(const std::string& end) { return end != "outside" && end != "elsewhere"; }

}  // namespace

std::vector<ReferenceFlow> reference_flows(const std::filesystem::path& extract,
                                           std::chrono::year_month_day before,
                                           std::chrono::year_month_day now, const ReferencePolicy& policy) {
    const auto states = reference_states(extract, {before, now}, policy);
    std::map<std::string, Journey> journeys;
    for (const ReferenceState& state : states) {
        Journey& journey = journeys[state.client_id];
        (state.as_at == reference_date_text(before) ? journey.first : journey.second) = state;
    }
    std::map<ReferenceFlow, long> counts;
    for (const GroupOfServices& place : groups_of_services(extract, states))
        for (const auto& [client, journey] : journeys) {
            const std::string from = end_of(journey.first, place), to = end_of(journey.second, place);
            if (is_here(from) || is_here(to)) ++counts[{place.scope, place.name, from, to, 0}];
        }
    std::vector<ReferenceFlow> flows;
    for (const auto& [way, people] : counts) {
        flows.push_back(way);
        flows.back().people = people;
    }
    return flows;
}

std::vector<ReferenceComparison> reference_comparison(const std::filesystem::path& extract,
                                                      std::chrono::year_month_day as_at,
                                                      const ReferencePolicy& policy) {
    std::map<std::pair<std::string, std::string>, ReferenceComparison> rows;
    std::map<std::string, long> in_mat;
    for (const ReferenceState& state : reference_states(extract, {as_at}, policy)) {
        ++in_mat[state.service_id];
        const auto count = [&](const std::string& measure, bool counts, bool holds) {
            ReferenceComparison& row = rows[{state.service_id, measure}];
            row.service_id = state.service_id;
            row.measure = measure;
            if (counts) ++row.denominator;
            if (counts && holds) ++row.numerator;
        };
        for (const std::string cohort : {"red", "amber", "green", "grey"})
            count(cohort + "_share", !state.cohort.empty(), state.cohort == cohort);
        count("uncategorised_share", true, state.stage == "uncategorised");
        count("mat1_share", true, state.stage == "MAT1");
        count("mat2_share", true, state.stage == "MAT2");
        count("mat3_share", true, state.stage == "MAT3");
        count("mat4_share", true, state.stage == "MAT4");
        const bool on_maintenance = state.stage == "MAT2" || state.stage == "MAT3";
        count("threshold_share", on_maintenance && state.band != "unknown", state.band == "at_or_above");
        count("mat2_reducing_share", state.stage == "MAT2", state.regime == "reducing");
        const bool dosed = (on_maintenance || state.stage == "uncategorised") &&
                           state.medicine == "methadone" && state.dose_micrograms;
        count("mean_methadone", dosed, true);
        if (dosed) rows[{state.service_id, "mean_methadone"}].micrograms += *state.dose_micrograms;
    }
    std::vector<ReferenceComparison> result;
    for (auto& [key, row] : rows) {
        row.in_mat = in_mat[row.service_id];
        result.push_back(row);
    }
    return result;
}

}  // namespace optimat
