#include "reference_outcomes_life.hpp"

#include <algorithm>

namespace optimat::reference {
namespace {

using std::chrono::days;

const FileContract services{
    "services.csv", Presence::required, {"service_id", "name"}, {"kind", "prescribing_from"}, {}};
const FileContract episodes{
    "episodes.csv",
    Presence::optional,
    {"episode_id", "client_id", "service_id", "start_date"},
    {"referral_date", "presentation_date", "end_date", "end_reason", "opiate_client", "on_mat_at_start"},
    {"referral_date", "presentation_date", "start_date", "end_date"}};
const FileContract prescriptions{"prescriptions.csv",
                                 Presence::required,
                                 {"prescription_id", "client_id", "service_id", "medicine", "start_date"},
                                 {"end_date", "collection", "supervision"},
                                 {"start_date", "end_date"}};
const FileContract tops{"tops.csv",
                        Presence::optional,
                        {"top_id", "client_id", "date"},
                        {"stage", "setting", "opiate_days"},
                        {"date"}};
const FileContract events{
    "events.csv", Presence::optional, {"client_id", "date", "kind"}, {"detail", "service_id"}, {"date"}};

}  // namespace

OutcomeExtract read_outcome_extract(const std::filesystem::path& folder,
                                    const ReferenceOutcomePolicy& policy) {
    OutcomeExtract result{read_extract(folder), policy, {}, {}};
    for (const Row& row : read_rows(folder, services))
        result.kind_of_service[row.at("service_id")] = row.at("kind");
    const auto take = [&](const FileContract& contract, std::vector<Row> OutcomeRecords::*table) {
        for (const Row& row : read_rows(folder, contract))
            (result.people[row.at("client_id")].*table).push_back(row);
    };
    take(episodes, &OutcomeRecords::episodes);
    take(prescriptions, &OutcomeRecords::prescriptions);
    take(tops, &OutcomeRecords::tops);
    take(events, &OutcomeRecords::events);
    for (const auto& [client_id, history] : histories(result.extract, policy.states))
        result.people[client_id].history = history;
    for (auto& [client_id, records] : result.people) {
        records.client_id = client_id;
        const auto died = [&](Day day) { records.death = std::min(records.death.value_or(day), day); };
        for (const Row& event : records.events)
            if (event.at("kind") == "death") died(cell_of_day(event, "date"));
        for (const Row& episode : records.episodes)
            if (episode.at("end_reason") == "died" && !episode.at("end_date").empty())
                died(cell_of_day(episode, "end_date"));
    }
    return result;
}

OutcomeLife::OutcomeLife(const OutcomeExtract& extract, const OutcomeRecords& records, Day as_at)
    : m_extract(&extract), m_records(&records), m_as_at(as_at), m_history(records.history) {
    // "Records that start after it are not looked at."
    std::erase_if(m_history.covers, [&](const Cover& cover) { return cover.prescription.start > as_at; });
    if (records.death && *records.death <= as_at) m_death = records.death;
    for (const Row& episode : records.episodes)
        if (cell_of_day(episode, "start_date") <= as_at) m_episodes.push_back(&episode);
    find_spells();
    find_journeys();
}

// cover/spell: the days without cover after `last` that the most patient of the medicines which ended on it
// tolerates.
int OutcomeLife::tolerated_after(Day last) const {
    int tolerated = 0;
    for (const Cover& cover : m_history.covers)
        if (cover.end.value_or(never_ends) == last)
            tolerated = std::max(tolerated, policy().states.families[cover.family].tolerated_gap_days);
    return tolerated;
}

// cover/spell, walked day by day up to the reference date; what is covered on that goes on as long as any
// cover does.
void OutcomeLife::find_spells() {
    if (m_history.covers.empty()) return;
    Day first_ever = m_as_at;
    for (const Cover& cover : m_history.covers)
        first_ever = std::min(first_ever, cover.prescription.start);
    for (Day today = first_ever; today <= m_as_at; today += days{1}) {
        if (!in_mat(today)) continue;
        if (m_spells.empty() ||
            (today - m_spells.back().last).count() - 1 > tolerated_after(m_spells.back().last))
            m_spells.push_back({today, today, false, false, 0, leading_service(today)});
        m_spells.back().last = today;
    }
    if (in_mat(m_as_at))
        for (const Cover& cover : m_history.covers)
            m_spells.back().last = std::max(m_spells.back().last, cover.end.value_or(never_ends));
    for (OutcomeSpell& spell : m_spells) {
        spell.censored =
            spell_on(m_history, spell.first, m_extract->extract, policy().states).value().censored;
        spell.tolerated = tolerated_after(spell.last);
        spell.ended = (m_as_at - spell.last).count() > spell.tolerated;
    }
}

namespace {

bool is_open(const Row& episode, Day as_at) {
    const auto end = day_if_any(episode, "end_date");
    return !end || *end > as_at;
}

// journey: they overlap, or the days from the end of one to the start of the other are few enough.
bool belong_together(const Row& a, const Row& b, int gap) {
    if (cell_of_day(b, "start_date") < cell_of_day(a, "start_date")) return belong_together(b, a, gap);
    const auto end = day_if_any(a, "end_date");
    return !end || (cell_of_day(b, "start_date") - *end).count() <= gap;
}

// Whether a is later to end than b: the latest end, open being the latest; then start, then id.
bool ends_later(const Row& a, const Row& b, Day as_at) {
    const auto key = [&](const Row& row) {
        return std::tuple(is_open(row, as_at) ? never_ends : cell_of_day(row, "end_date"),
                          cell_of_day(row, "start_date"), row.at("episode_id"));
    };
    return key(a) > key(b);
}

}  // namespace

// journey: episodes are drawn together, two at a time, until nothing changes any more.
void OutcomeLife::find_journeys() {
    std::vector<std::vector<const Row*>> groups;
    for (const Row* episode : m_episodes)
        groups.push_back({episode});
    const auto touch = [&](const auto& a, const auto& b) {
        for (const Row* one : a)
            for (const Row* other : b)
                if (belong_together(*one, *other, policy().journey_gap_days)) return true;
        return false;
    };
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < groups.size() && !changed; ++i)
            for (std::size_t j = i + 1; j < groups.size() && !changed; ++j)
                if (touch(groups[i], groups[j])) {
                    groups[i].insert(groups[i].end(), groups[j].begin(), groups[j].end());
                    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(j));
                    changed = true;
                }
    }
    for (const auto& group : groups) {
        OutcomeJourney journey{cell_of_day(*group.front(), "start_date"), {}, group.front(), ""};
        for (const Row* episode : group) {
            journey.start = std::min(journey.start, cell_of_day(*episode, "start_date"));
            if (ends_later(*episode, *journey.last_episode, m_as_at)) journey.last_episode = episode;
        }
        if (!is_open(*journey.last_episode, m_as_at)) {
            journey.end = day_if_any(*journey.last_episode, "end_date");
            journey.reason = journey.last_episode->at("end_reason");
        }
        m_journeys.push_back(journey);
    }
    std::ranges::sort(m_journeys, {}, &OutcomeJourney::start);
}

bool OutcomeLife::mat_starts(const std::function<bool(Day)>& within) const {
    for (const Cover& cover : m_history.covers)
        if (within(cover.prescription.start)) return true;
    return false;
}

bool OutcomeLife::has_event(const std::set<std::string>& kinds,
                            const std::function<bool(Day)>& within) const {
    for (const Row& event : m_records->events) {
        const Day day = cell_of_day(event, "date");
        if (day <= m_as_at && kinds.contains(event.at("kind")) && within(day)) return true;
    }
    return false;
}

bool OutcomeLife::is_opiate_client() const {
    for (const Row* episode : m_episodes)
        if (episode->at("opiate_client") == "true") return true;
    return false;
}

bool OutcomeLife::is_no_opiate_client() const {
    bool said = false;
    for (const Row* episode : m_episodes)
        said = said || episode->at("opiate_client") == "false";
    return said && !is_opiate_client();
}

// "Deaths and transfers are not drop-outs."
std::string OutcomeLife::end_of(const OutcomeSpell& spell) const {
    if (died_by(spell.last + days{spell.tolerated})) return "died";
    const Row* latest = nullptr;
    for (const Row* episode : m_episodes) {
        const auto end = day_if_any(*episode, "end_date");
        if (!end || *end > m_as_at || *end < spell.last - days{policy().end_before_days} ||
            *end > spell.last + days{policy().end_after_days})
            continue;
        if (episode->at("end_reason").starts_with("transferred_")) return "transferred";
        if (latest == nullptr || ends_later(*episode, *latest, m_as_at)) latest = episode;
    }
    const bool completed = latest != nullptr && latest->at("end_reason").starts_with("completed_");
    return completed ? "planned" : "dropped_out";
}

const OutcomeSpell* OutcomeLife::next(const OutcomeSpell& spell) const {
    for (const OutcomeSpell& other : m_spells)
        if (other.first > spell.last) return &other;
    return nullptr;
}

void OutcomeQuestion::add(const std::string& service_id, const std::string& part, Day day, long value) const {
    items.push_back({life.records().client_id, service_id, part, reference_date_text(day), value});
}

}  // namespace optimat::reference
