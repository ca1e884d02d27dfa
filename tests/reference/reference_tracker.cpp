#include "reference.hpp"
#include "reference_extract.hpp"

#include <map>
#include <tuple>

namespace optimat {
namespace {

// Date, place of the scope in the order of the header, name.
using GroupKey = std::tuple<std::string, int, std::string>;

const std::vector<std::string> scopes = {"service", "region", "area", "peer_group", "organisation"};

// attribution: the client belongs to the service of the leading prescription, and with it to what that
// belongs to.
std::vector<GroupKey> groups_of(const ReferenceState& state,
                                const std::map<std::string, reference::Service>& services) {
    std::vector<GroupKey> groups = {{state.as_at, 0, state.service_id}, {state.as_at, 4, ""}};
    const auto service = services.find(state.service_id);
    if (service == services.end()) return groups;
    const auto add = [&](int scope, const std::string& name) {
        if (!name.empty()) groups.emplace_back(state.as_at, scope, name);
    };
    add(1, service->second.region);
    add(2, service->second.area);
    add(3, service->second.peer_group);
    return groups;
}

// Service tracker, first bullet: parts that sum to the people in MAT.
void count(ReferenceTrackerRow& row, const ReferenceState& state) {
    ++row.in_mat;
    if (state.stage == "MAT1") ++row.mat1;
    if (state.stage == "MAT4") ++row.mat4;
    if (state.stage == "uncategorised") ++row.uncategorised;
    if (state.cohort == "red") ++row.red;
    if (state.cohort == "amber") ++row.amber;
    if (state.cohort == "green") ++row.green;
    if (state.cohort == "grey") ++row.grey;
    if (state.stage == "MAT2" && state.band == "unknown") ++row.mat2_unbanded;
    if (state.stage == "MAT3" && state.band == "unknown") ++row.mat3_unbanded;
}

void add_dose(std::map<std::string, ReferenceDoses>& doses, const ReferenceState& state) {
    const auto add = [&](const std::string& stack) {
        ++doses[stack].people;
        doses[stack].micrograms += *state.dose_micrograms;
    };
    if (!state.dose_micrograms) return;
    if (!state.cohort.empty()) add(state.cohort);
    if (state.stage == "MAT2" || state.stage == "MAT3" || state.stage == "uncategorised") add("maintained");
}

void add(ReferenceTrackerRow& row, const ReferenceState& state) {
    count(row, state);
    if (state.medicine == "methadone") add_dose(row.methadone, state);
    if (state.medicine == "buprenorphine") add_dose(row.buprenorphine, state);
}

}  // namespace

std::vector<ReferenceTrackerRow> reference_tracker(const std::filesystem::path& extract,
                                                   const std::vector<std::chrono::year_month_day>& as_at,
                                                   const ReferencePolicy& policy) {
    std::map<std::string, reference::Service> services;
    for (const reference::Service& service : reference::read_extract(extract).services)
        services.insert_or_assign(service.id, service);
    std::map<GroupKey, ReferenceTrackerRow> rows;
    for (const auto& date : as_at)
        rows[{reference_date_text(date), 4, ""}];
    for (const ReferenceState& state : reference_states(extract, as_at, policy))
        for (const GroupKey& group : groups_of(state, services))
            add(rows[group], state);
    std::vector<ReferenceTrackerRow> result;
    for (auto& [key, row] : rows) {
        row.as_at = std::get<0>(key);
        row.scope = scopes[static_cast<std::size_t>(std::get<1>(key))];
        row.name = std::get<2>(key);
        result.push_back(row);
    }
    return result;
}

}  // namespace optimat
