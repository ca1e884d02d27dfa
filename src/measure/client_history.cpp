#include "measure/client_history.hpp"

#include "base/check.hpp"
#include "stage/classify.hpp"

#include <algorithm>

namespace optimat {

namespace {

/// Days up to `last` on which what covers the client may change: between two of them everything stays.
std::vector<Day> turning_days(const Timeline& timeline, Day last) {
    std::vector<Day> days;
    for (const Cover& cover : timeline.covers()) {
        if (cover.start > last) break;
        days.push_back(cover.start);
        if (cover.end < last) days.push_back(cover.end + 1);
    }
    std::ranges::sort(days);
    days.erase(std::ranges::unique(days).begin(), days.end());
    return days;
}

void add_dose(const Timeline& timeline, DayRun run, std::vector<DoseStep>& doses) {
    const CurrentDose current = timeline.dose_on(timeline.started_by(run.first), run.first);
    const ServiceIndex service = timeline.covers()[current.lead].service;
    const DoseStep step{run.first, run.last, current.medicine, current.dose(), service};
    if (!doses.empty() && doses.back().last + 1 == step.first && doses.back().family == step.family &&
        doses.back().dose == step.dose)
        doses.back().last = step.last;
    else
        doses.push_back(step);
}

void add_gap(DayRun run, std::vector<HistorySpell>& spells) {
    for (HistorySpell& spell : spells)
        if (spell.first < run.first && run.last < spell.last) spell.tolerated_gaps.push_back(run);
}

void take_cover(const Timeline& timeline, ClientHistory& history) {
    for (const Spell& spell : timeline.spells()) {
        if (spell.first > history.last) break;
        if (!history.spells.empty())
            history.uncovered.push_back({history.spells.back().last + 1, spell.first - 1});
        history.spells.push_back(
            {spell.first, std::min(spell.last, history.last), spell.censored, false, {}});
    }
    const std::vector<Day> days = turning_days(timeline, history.last);
    for (std::size_t i = 0; i < days.size(); ++i) {
        const DayRun run{days[i], i + 1 < days.size() ? days[i + 1] - 1 : history.last};
        if (timeline.in_mat(timeline.started_by(run.first), run.first))
            add_dose(timeline, run, history.doses);
        else
            add_gap(run, history.spells);
    }
    if (!history.spells.empty())
        history.spells.back().open = timeline.in_mat(timeline.started_by(history.last), history.last);
}

/// Calls `visit(row, day)` for the client's rows dated up to the history's last day.
template <class Visit>
void for_rows(const Table& table, std::span<const Day> days, std::uint32_t client, Day last, Visit visit) {
    const RowRange rows = table.rows_of(client);
    for (std::uint32_t row = rows.begin; row < rows.end; ++row)
        if (days[row] <= last) visit(row, days[row]);
}

void take_screens(const Chunk& chunk, std::uint32_t client, ClientHistory& history) {
    const Table& table = chunk.table(TableKind::drug_screens);
    const auto opioid = table.column<ScreenResult>(ScreenField::illicit_opioid);
    const auto strong = table.column<ScreenResult>(ScreenField::fentanyl_or_nitazene);
    const auto setting = table.column<Setting>(ScreenField::setting);
    for_rows(table, table.column<Day>(ScreenField::date), client, history.last,
             [&](std::uint32_t row, Day day) {
                 history.screens.push_back({row, day, opioid[row], strong[row], setting[row]});
             });
}

void take_tops(const Chunk& chunk, std::uint32_t client, ClientHistory& history) {
    const Table& table = chunk.table(TableKind::tops);
    const auto stage = table.column<TopStage>(TopField::stage);
    const auto setting = table.column<Setting>(TopField::setting);
    const auto opiates = table.column<OptionalCount>(TopField::opiate_days);
    const auto alcohol = table.column<OptionalCount>(TopField::alcohol_days);
    const auto crack = table.column<OptionalCount>(TopField::crack_days);
    const auto injecting = table.column<OptionalCount>(TopField::injecting_days);
    for_rows(table, table.column<Day>(TopField::date), client, history.last, [&](std::uint32_t row, Day day) {
        history.tops.push_back(
            {row, day, stage[row], setting[row], opiates[row], alcohol[row], crack[row], injecting[row]});
    });
}

void take_events(const Chunk& chunk, std::uint32_t client, ClientHistory& history) {
    const Table& table = chunk.table(TableKind::events);
    const auto kind = table.column<EventKind>(EventField::kind);
    for_rows(table, table.column<Day>(EventField::date), client, history.last,
             [&](std::uint32_t row, Day day) {
                 history.events.push_back({row, day, kind[row]});
             });
}

void take_episodes(const Chunk& chunk, std::uint32_t client, ClientHistory& history) {
    const Table& table = chunk.table(TableKind::episodes);
    const auto end = table.column<OptionalDay>(EpisodeField::end_date);
    const auto reason = table.column<EndReason>(EpisodeField::end_reason);
    const auto service = table.column<ServiceIndex>(EpisodeField::service_id);
    for_rows(table, table.column<Day>(EpisodeField::start_date), client, history.last,
             [&](std::uint32_t row, Day start) {
                 const bool ended = end[row].has_value() && *end[row] <= history.last;
                 history.episodes.push_back({row, start, ended ? end[row] : OptionalDay{},
                                             ended ? reason[row] : EndReason::not_recorded, service[row]});
             });
}

}  // namespace

ClientHistory client_history(const Extract& extract, const Chunk& chunk, std::uint32_t client,
                             const Policy& policy, const std::vector<Day>& dates) {
    OPTIMAT_CHECK(!dates.empty(), "a history without reference dates");
    ClientHistory history;
    history.last = dates.back();
    Classifier classifier(extract, chunk, policy);
    std::vector<ReferenceDate> references;
    for (const Day day : dates)
        references.emplace_back(day, policy);
    std::vector<State> states(dates.size());
    const State* end = classifier.classify(client, references, states.data());
    history.states.resize(dates.size());
    for (const State* state = states.data(); state != end; ++state)
        history.states[state->date] = *state;
    const Timeline& timeline = classifier.timeline();
    take_cover(timeline, history);
    if (timeline.death() && *timeline.death() <= history.last) history.death = timeline.death();
    take_screens(chunk, client, history);
    take_tops(chunk, client, history);
    take_events(chunk, client, history);
    take_episodes(chunk, client, history);
    return history;
}

}  // namespace optimat
