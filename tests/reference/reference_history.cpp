#include "reference_history.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>

namespace optimat::reference {
namespace {

using std::chrono::days;

const std::map<std::string, std::string> family_of_medicine = {
    {"methadone", "methadone"},
    {"buprenorphine", "buprenorphine"},
    {"buprenorphine_naloxone", "buprenorphine"},
    {"buprenorphine_lyophilisate", "buprenorphine_lyophilisate"},
    {"buprenorphine_weekly", "buprenorphine_weekly"},
    {"buprenorphine_monthly", "buprenorphine_monthly"},
    {"buprenorphine_sublocade", "buprenorphine_sublocade"},
    {"morphine_sr", "other"},
    {"dihydrocodeine", "other"},
    {"diamorphine", "other"},
};

std::size_t family_index(const std::string& name, const ReferencePolicy& policy) {
    for (std::size_t i = 0; i < policy.families.size(); ++i)
        if (policy.families[i].name == name) return i;
    throw std::out_of_range("policy without family " + name);
}

bool is_mat_medicine(const std::string& medicine) { return family_of_medicine.contains(medicine); }

// cover/death: a client dies on the first day that a death event, or an episode ended `died`, gives.
std::optional<Day> death_of(const std::string& client_id, const Extract& extract) {
    std::optional<Day> death;
    const auto died_on = [&](Day day) { death = death ? std::min(*death, day) : day; };
    for (const Event& event : extract.events)
        if (event.client_id == client_id && event.kind == "death") died_on(event.date);
    for (const Episode& episode : extract.episodes)
        if (episode.client_id == client_id && episode.end_reason == "died" && episode.end)
            died_on(*episode.end);
    return death;
}

// cover/effective-end: without an end of its own, a prescription lasts until the client's first episode end
// at that service that is not before its start, and no longer than the day before the client's next MAT
// prescription there that starts on a later day; with neither it never ends.
std::optional<Day> end_of_open(const Prescription& open, const std::vector<Prescription>& mat_prescriptions,
                               const std::vector<Episode>& episodes) {
    std::optional<Day> end;
    const auto ends_by = [&](Day day) { end = end ? std::min(*end, day) : day; };
    for (const Episode& episode : episodes)
        if (episode.service_id == open.service_id && episode.end && *episode.end >= open.start)
            ends_by(*episode.end);
    for (const Prescription& next : mat_prescriptions)
        if (next.service_id == open.service_id && next.start > open.start) ends_by(next.start - days{1});
    return end;
}

// cover/death and cover/effective-end together: nothing starts after the death, nothing lasts beyond it.
std::vector<Cover> covers_of(const std::vector<Prescription>& mat_prescriptions,
                             const std::vector<Episode>& episodes, std::optional<Day> death,
                             const ReferencePolicy& policy) {
    std::vector<Cover> covers;
    for (const Prescription& prescription : mat_prescriptions) {
        if (death && prescription.start > *death) continue;
        auto end = prescription.end;
        if (!end) end = end_of_open(prescription, mat_prescriptions, episodes);
        if (death && (!end || *end > *death)) end = death;
        covers.push_back(
            {prescription, family_index(family_of_medicine.at(prescription.medicine), policy), end});
    }
    return covers;
}

// cover/spell: how many uncovered days after `last` are tolerated: as many as the most patient of the
// medicines whose cover ended on it allows.
int tolerated_gap(const History& history, Day last, const ReferencePolicy& policy) {
    int tolerated = 0;
    for (const Cover& cover : history.covers)
        if (cover.end == last)
            tolerated = std::max(tolerated, policy.families[cover.family].tolerated_gap_days);
    return tolerated;
}

std::optional<Day> first_start(const History& history) {
    std::optional<Day> first;
    for (const Cover& cover : history.covers)
        first = first ? std::min(*first, cover.prescription.start) : cover.prescription.start;
    return first;
}

// cover/spell: walking day by day from the first prescription; more uncovered days than tolerated begin a new
// spell.
std::optional<Day> spell_start(const History& history, Day day, const ReferencePolicy& policy) {
    if (!is_in_mat(history, day)) return std::nullopt;
    std::optional<Day> start;
    Day last{};
    for (Day today = *first_start(history); today <= day; today += days{1}) {
        if (!is_in_mat(history, today)) continue;
        const bool first_ever = !start;
        if (first_ever || (today - last).count() - 1 > tolerated_gap(history, last, policy)) start = today;
        last = today;
    }
    return start;
}

// cover/censored: the service of the spell's first prescription is that of the least id among those that
// start on its first day. (Rows that share an id as well: the least service_id, a tie that the rules leave
// open.)
std::string first_service(const History& history, Day start) {
    std::optional<std::tuple<std::string, std::string>> first;
    for (const Cover& cover : history.covers) {
        const std::tuple candidate{cover.prescription.id, cover.prescription.service_id};
        if (cover.prescription.start == start && (!first || candidate < *first)) first = candidate;
    }
    return std::get<1>(first.value());
}

// cover/censored: the spell may have begun before what the data show: the data begin with it, at all or at
// its first service, or a recent episode there, open on its first day, says that the client came on MAT.
bool is_censored(const History& history, Day start, const Extract& extract, const ReferencePolicy& policy) {
    const std::string service_id = first_service(history, start);
    if (start <= extract.covers_from + days{policy.censoring_days}) return true;
    for (const Service& service : extract.services)
        if (service.id == service_id && service.prescribing_from &&
            start <= *service.prescribing_from + days{policy.censoring_days})
            return true;
    for (const Episode& episode : history.episodes) {
        const bool open = episode.start <= start && (!episode.end || *episode.end >= start);
        const bool recent = episode.start >= start - days{policy.on_mat_at_start_days};
        if (episode.service_id == service_id && open && recent && episode.on_mat_at_start == "true")
            return true;
    }
    return false;
}

template <typename Record>
std::vector<Record> of_client(const std::string& client_id, const std::vector<Record>& records) {
    std::vector<Record> own;
    for (const Record& record : records)
        if (record.client_id == client_id) own.push_back(record);
    return own;
}

}  // namespace

std::map<std::string, History> histories(const Extract& extract, const ReferencePolicy& policy) {
    std::map<std::string, std::vector<Prescription>> by_client;
    for (const Prescription& prescription : extract.prescriptions)
        if (is_mat_medicine(prescription.medicine)) by_client[prescription.client_id].push_back(prescription);
    std::map<std::string, History> result;
    for (const auto& [client_id, mat_prescriptions] : by_client) {
        History& history = result[client_id];
        history.episodes = of_client(client_id, extract.episodes);
        history.tops = of_client(client_id, extract.tops);
        history.screens = of_client(client_id, extract.screens);
        history.covers = covers_of(mat_prescriptions, history.episodes, death_of(client_id, extract), policy);
    }
    return result;
}

// cover/active: from its start to its effective end, both included.
bool is_active(const Cover& cover, Day day) {
    return cover.prescription.start <= day && (!cover.end || day <= *cover.end);
}

// cover/active: in MAT on a day with an active prescription.
bool is_in_mat(const History& history, Day day) {
    for (const Cover& cover : history.covers)
        if (is_active(cover, day)) return true;
    return false;
}

std::optional<Spell> spell_on(const History& history, Day day, const Extract& extract,
                              const ReferencePolicy& policy) {
    const auto start = spell_start(history, day, policy);
    if (!start) return std::nullopt;
    return Spell{*start, is_censored(history, *start, extract, policy)};
}

}  // namespace optimat::reference
