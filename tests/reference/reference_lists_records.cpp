#include "reference_lists_records.hpp"

namespace optimat::reference {
namespace {

const FileContract episodes{"episodes.csv",
                            Presence::optional,
                            {"episode_id", "client_id", "service_id", "start_date"},
                            {"end_date", "end_reason", "opiate_client", "keyworker_id", "shared_care"},
                            {"start_date", "end_date"}};
const FileContract prescriptions{"prescriptions.csv",
                                 Presence::required,
                                 {"prescription_id", "client_id", "service_id", "medicine", "start_date"},
                                 {"end_date", "target_dose_mg", "collection", "supervision"},
                                 {"start_date", "end_date"}};
const FileContract tops{"tops.csv",
                        Presence::optional,
                        {"top_id", "client_id", "date"},
                        {"stage", "setting", "opiate_days", "alcohol_days", "benzodiazepine_days",
                         "injecting_days", "acute_housing_problem", "physical_health"},
                        {"date"}};
const FileContract screens{
    "drug_screens.csv",
    Presence::optional,
    {"screen_id", "client_id", "date"},
    {"setting", "illicit_opioid", "fentanyl_or_nitazene", "benzodiazepine", "alcohol", "gabapentinoid"},
    {"date"}};
const FileContract profiles{"risk_profiles.csv",
                            Presence::optional,
                            {"client_id", "date"},
                            {"injecting", "depressant_or_alcohol", "recent_overdose", "lowered_tolerance",
                             "potent_opioids", "acute_housing", "physical_health", "suicidal_thoughts"},
                            {"date"}};
const FileContract ascis{
    "ascis.csv", Presence::optional, {"asci_id", "client_id", "date"}, inventory_items(), {"date"}};
const FileContract events{"events.csv", Presence::optional, {"client_id", "date", "kind"}, {}, {"date"}};

}  // namespace

const std::vector<std::string>& inventory_items() {
    static const std::vector<std::string> items = {"diverted_this_episode", "vulnerable_to_exploitation",
                                                   "regular_opioid_use_28d"};
    return items;
}

std::map<std::string, ListRecords> records_of(const std::filesystem::path& folder, const Extract& extract,
                                              const ReferencePolicy& policy) {
    std::map<std::string, ListRecords> people;
    const auto take = [&](const FileContract& contract, std::vector<Row> ListRecords::*table) {
        for (const Row& row : read_rows(folder, contract))
            (people[row.at("client_id")].*table).push_back(row);
    };
    take(episodes, &ListRecords::episodes);
    take(prescriptions, &ListRecords::prescriptions);
    take(tops, &ListRecords::tops);
    take(screens, &ListRecords::screens);
    take(profiles, &ListRecords::profiles);
    take(ascis, &ListRecords::ascis);
    take(events, &ListRecords::events);
    for (const auto& [client_id, history] : histories(extract, policy))
        people[client_id].history = history;
    for (auto& [client_id, records] : people) {
        records.client_id = client_id;
        const auto died = [&](Day day) { records.death = std::min(records.death.value_or(day), day); };
        for (const Row& event : records.events)
            if (event.at("kind") == "death") died(cell_day(event, "date"));
        for (const Row& episode : records.episodes)
            if (episode.at("end_reason") == "died" && !episode.at("end_date").empty())
                died(cell_day(episode, "end_date"));
    }
    return people;
}

std::set<std::string> items_in_use(const std::map<std::string, ListRecords>& people) {
    std::set<std::string> in_use;
    for (const auto& [client_id, records] : people)
        for (const Row& asci : records.ascis)
            for (const std::string& item : inventory_items())
                if (!asci.at(item).empty()) in_use.insert(item);
    return in_use;
}

bool has_event(const ListRecords& records, const std::set<std::string>& kinds,
               const std::function<bool(Day)>& within) {
    for (const Row& event : records.events)
        if (kinds.contains(event.at("kind")) && within(cell_day(event, "date"))) return true;
    return false;
}

const std::set<std::string>& release_kinds() {
    static const std::set<std::string> kinds = {"prison_release", "hospital_discharge", "rehab_discharge"};
    return kinds;
}

}  // namespace optimat::reference
