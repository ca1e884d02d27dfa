#include "reference_lists_records.hpp"

namespace optimat::reference {
namespace {

bool is_completed(const std::string& reason) { return reason.starts_with("completed_"); }

}  // namespace

// priority/6: who is to be looked for, and why; empty: nobody.
std::string block_out_of_cover(const ListPerson& person, Day as_at, const ReferenceListPolicy& policy) {
    const ListRecords& records = *person.records;
    if (person.state || (records.death && *records.death <= as_at)) return "";
    std::optional<Day> covered;
    for (const Cover& cover : records.history.covers)
        if (cover.prescription.start <= as_at) covered = std::max(covered.value_or(*cover.end), *cover.end);
    bool opiate_client = false, open = false;
    const Row* left = nullptr;
    for (const Row& episode : records.episodes) {
        if (cell_day(episode, "start_date") > as_at) continue;
        opiate_client = opiate_client || episode.at("opiate_client") == "true";
        const bool ended = !episode.at("end_date").empty() && cell_day(episode, "end_date") <= as_at;
        open = open || !ended;
        const auto key = [](const Row& row) {
            return std::tuple(row.at("end_date"), row.at("start_date"), row.at("episode_id"));
        };
        if (ended && (left == nullptr || key(episode) > key(*left))) left = &episode;
    }
    if (!covered && !opiate_client) return "";
    const std::string reason = left != nullptr && !open ? left->at("end_reason") : "";
    if (is_completed(reason) && (!covered || cell_day(*left, "end_date") >= *covered)) return "";
    if (has_event(records, release_kinds(), [&](Day day) {
            return within_days(day, as_at, policy.released_days) && (!covered || *covered <= day);
        }))
        return "released_without_cover";
    if (covered) {
        int tolerated = 0;
        for (const Cover& cover : records.history.covers)
            if (cover.end == *covered && cover.prescription.start <= as_at)
                tolerated = std::max(tolerated, policy.states.families[cover.family].tolerated_gap_days);
        const auto uncovered = (as_at - *covered).count();
        if (uncovered <= tolerated) return "within_tolerated_gap";
        if (uncovered <= policy.lapsed_days) return "cover_lapsed";
    }
    const std::set<std::string> unplanned = {"dropped_out", "withdrawn_by_provider", "declined_by_client",
                                             "other"};
    if (left != nullptr && !open && (reason.empty() || unplanned.contains(reason)) &&
        within_days(cell_day(*left, "end_date"), as_at, policy.unplanned_days))
        return "left_unplanned";
    return "";
}

// The episode open on the day at the service: the latest start, then the greatest id.
const Row* open_episode(const ListRecords& records, Day as_at, const std::string& service_id) {
    const Row* open = nullptr;
    for (const Row& episode : records.episodes) {
        if (cell_day(episode, "start_date") > as_at ||
            (!service_id.empty() && episode.at("service_id") != service_id))
            continue;
        if (!episode.at("end_date").empty() && cell_day(episode, "end_date") < as_at) continue;
        const auto key = [](const Row& row) { return std::pair(row.at("start_date"), row.at("episode_id")); };
        if (open == nullptr || key(episode) > key(*open)) open = &episode;
    }
    return open;
}

// The episode open that day, else the last prescription, else the last episode.
std::string service_out_of_cover(const ListRecords& records, Day as_at) {
    if (const Row* episode = open_episode(records, as_at, "")) return episode->at("service_id");
    std::pair<Day, std::string> last_prescription{Day::min(), ""};
    std::string service_id;
    for (const Cover& cover : records.history.covers) {
        const std::pair key{cover.prescription.start, cover.prescription.id};
        if (key.first > as_at || key < last_prescription) continue;
        last_prescription = key;
        service_id = cover.prescription.service_id;
    }
    if (!service_id.empty()) return service_id;
    std::pair<std::string, std::string> last;
    for (const Row& episode : records.episodes) {
        const std::pair key{episode.at("start_date"), episode.at("episode_id")};
        if (cell_day(episode, "start_date") > as_at || key < last) continue;
        last = key;
        service_id = episode.at("service_id");
    }
    return service_id;
}

}  // namespace optimat::reference
