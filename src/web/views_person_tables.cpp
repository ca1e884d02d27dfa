// A person's records as tables.

#include "web/views_person.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

using enum CellKind;

/// The records that the tables are made of.
struct Records {
    const Figures& figures;
    const PersonChoice& choice;
    const PersonHistory& person;

    const ClientHistory& history() const { return person.history; }
    const Table& table(TableKind kind) const { return choice.chunk(figures).table(kind); }
    RowRange rows(TableKind kind) const { return table(kind).rows_of(choice.place.client); }

    DataCell service(ServiceIndex index) const {
        return index.has_value() ? DataCell::words(figures.extract().services[*index].name)
                                 : DataCell::nothing();
    }
    template <class FieldEnum> DataCell text(TableKind kind, FieldEnum field, std::uint32_t row) const {
        const TextRef ref = table(kind).column<TextRef>(field)[row];
        return ref.has_value() ? DataCell::words(std::string(choice.chunk(figures).texts[*ref]))
                               : DataCell::nothing();
    }
};

DataCell code_cell(std::string_view code) {
    return code.empty() ? DataCell::nothing() : DataCell::words(code_words(code));
}
DataCell day_cell(OptionalDay day) { return day.has_value() ? DataCell::of_day(*day) : DataCell::nothing(); }
DataCell count_cell(OptionalCount count) { return count ? DataCell::count(*count) : DataCell::nothing(); }
DataCell dose_cell(std::optional<Micrograms> dose) {
    return dose ? DataCell{milligrams, {}, dose->number, 1000, {}} : DataCell::nothing();
}
DataCell dose_cell(OptionalDose dose) { return dose_cell(dose ? std::optional(*dose) : std::nullopt); }

DataTable months_table(const Records& records) {
    DataTable table{"months",
                    "Stage, dose and regime each month",
                    "A month without a stage: not in MAT on its last day.",
                    {{"as_at", "Month", month, ""},
                     {"stage", "MAT stage", words, ""},
                     {"cohort", "Cohort", words, ""},
                     {"medicine", "Medicine", words, ""},
                     {"dose_mg", "Dose mg", milligrams, ""},
                     {"band", "Band", words, ""},
                     {"regime", "Regime", words, ""},
                     {"spell_day", "Day in MAT", count, ""},
                     {"service", "Service", words, ""}},
                    {},
                    1};
    const auto& states = records.history().states;
    for (std::size_t date = states.size(); date-- > 0;) {
        const Day day = records.figures.dates()[date];
        if (day < records.person.from) break;
        std::vector<DataCell> row(table.columns.size());
        row[0] = DataCell::of_month(day);
        if (const auto& state = states[date])
            row = {DataCell::of_month(day),
                   DataCell::words(std::string(text_of(state->stage))),
                   code_cell(text_of(state->cohort)),
                   DataCell::words(std::string(words_for(state->medicine))),
                   state->dose_known ? dose_cell(std::optional(state->dose)) : DataCell::nothing(),
                   DataCell::words(code_words(text_of(state->band))),
                   DataCell::words(std::string(text_of(state->regime))),
                   state->spell_censored ? DataCell::nothing() : DataCell::count(state->spell_day),
                   records.service(state->service)};
        table.rows.push_back(std::move(row));
    }
    return table;
}

DataTable doses_table(const Records& records) {
    DataTable table{
        "doses",
        "Doses in force",
        "Days on which the same dose of the same medicine is in force, all prescriptions taken together.",
        {{"first", "First day", day, ""},
         {"last", "Last day", day, ""},
         {"medicine", "Medicine", words, ""},
         {"dose_mg", "Dose mg", milligrams, ""},
         {"service", "Service", words, ""}},
        {},
        1};
    for (const DoseStep& step : records.history().doses)
        if (step.last >= records.person.from)
            table.rows.push_back({DataCell::of_day(step.first), DataCell::of_day(step.last),
                                  DataCell::words(std::string(words_for(step.family))), dose_cell(step.dose),
                                  records.service(step.service)});
    std::ranges::reverse(table.rows);
    return table;
}

DataTable prescriptions_table(const Records& records) {
    DataTable table{"prescriptions",
                    "Prescriptions",
                    "As recorded, other medicines too. An end that has not come yet is the planned one.",
                    {{"start_date", "Start", day, ""},
                     {"end_date", "End", day, ""},
                     {"medicine", "Medicine", words, ""},
                     {"daily_dose_mg", "Dose mg", milligrams, ""},
                     {"regime", "Regime", words, ""},
                     {"target_dose_mg", "Target mg", milligrams, ""},
                     {"target_date", "Target day", day, ""},
                     {"collection", "Collection", words, ""},
                     {"supervision", "Supervised", words, ""},
                     {"service", "Service", words, ""},
                     {"prescriber_id", "Prescriber", words, ""},
                     {"prescription_id", "Record", words, ""}},
                    {},
                    1};
    constexpr TableKind kind = TableKind::prescriptions;
    const Table& from = records.table(kind);
    const auto start = from.column<Day>(PrescriptionField::start_date);
    const auto end = from.column<OptionalDay>(PrescriptionField::end_date);
    const RowRange rows = records.rows(kind);
    for (std::uint32_t row = rows.end; row-- > rows.begin;) {
        if (start[row] > records.history().last || (end[row].has_value() && *end[row] < records.person.from))
            continue;
        table.rows.push_back(
            {DataCell::of_day(start[row]), day_cell(end[row]),
             code_cell(text_of(codes::medicine, from.column<Medicine>(PrescriptionField::medicine)[row])),
             dose_cell(from.column<OptionalDose>(PrescriptionField::daily_dose_mg)[row]),
             code_cell(text_of(codes::regime, from.column<RecordedRegime>(PrescriptionField::regime)[row])),
             dose_cell(from.column<OptionalDose>(PrescriptionField::target_dose_mg)[row]),
             day_cell(from.column<OptionalDay>(PrescriptionField::target_date)[row]),
             code_cell(
                 text_of(codes::collection, from.column<Collection>(PrescriptionField::collection)[row])),
             code_cell(
                 text_of(codes::supervision, from.column<Supervision>(PrescriptionField::supervision)[row])),
             records.service(from.column<ServiceIndex>(PrescriptionField::service_id)[row]),
             records.text(kind, PrescriptionField::prescriber_id, row),
             DataCell::words(std::string(from.record_ids[row]))});
    }
    return table;
}

void add_run(const Records& records, std::string_view what, DayRun run, std::string_view note,
             DataTable& table) {
    if (run.last < records.person.from) return;
    table.rows.push_back({DataCell::of_day(run.first), DataCell::of_day(run.last),
                          DataCell::words(std::string(what)), DataCell::count(run.last - run.first + 1),
                          note.empty() ? DataCell::nothing() : DataCell::words(std::string(note))});
}

DataTable cover_table(const Records& records) {
    DataTable table{"cover",
                    "Spells and gaps",
                    "A gap that is tolerated does not end the spell.",
                    {{"first", "First day", day, ""},
                     {"last", "Last day", day, ""},
                     {"what", "What", words, ""},
                     {"days", "Days", count, ""},
                     {"note", "Note", words, ""}},
                    {},
                    1};
    const ClientHistory& history = records.history();
    for (const HistorySpell& spell : history.spells) {
        const std::string_view note = spell.censored && spell.open ? "began before the data; still running"
                                      : spell.censored             ? "began before the data"
                                      : spell.open                 ? "still running"
                                                                   : "";
        add_run(records, "spell in MAT", {spell.first, spell.last}, note, table);
        for (const DayRun& gap : spell.tolerated_gaps)
            add_run(records, "gap, tolerated", gap, "", table);
    }
    for (const DayRun& gap : history.uncovered)
        add_run(records, "not in MAT", gap, "", table);
    std::ranges::stable_sort(table.rows, std::greater<>{}, [](const auto& row) { return row[0].numerator; });
    return table;
}

DataTable tops_table(const Records& records) {
    DataTable table{"tops",
                    "Treatment Outcomes Profiles",
                    "Days of use in the last 28. A dash: not recorded.",
                    {{"date", "Date", day, ""},
                     {"stage", "Stage", words, ""},
                     {"setting", "Setting", words, ""},
                     {"opiate_days", "Opiates", count, ""},
                     {"alcohol_days", "Alcohol", count, ""},
                     {"crack_days", "Crack", count, ""},
                     {"injecting_days", "Injecting", count, ""}},
                    {},
                    1};
    for (const HistoryTop& top : records.history().tops)
        if (top.day >= records.person.from)
            table.rows.push_back({DataCell::of_day(top.day), code_cell(text_of(codes::top_stage, top.stage)),
                                  code_cell(text_of(codes::setting, top.setting)),
                                  count_cell(top.opiate_days), count_cell(top.alcohol_days),
                                  count_cell(top.crack_days), count_cell(top.injecting_days)});
    std::ranges::reverse(table.rows);
    return table;
}

DataTable screens_table(const Records& records) {
    DataTable table{"screens",
                    "Drug screens",
                    "",
                    {{"date", "Date", day, ""},
                     {"illicit_opioid", "Illicit opioid", words, ""},
                     {"fentanyl_or_nitazene", "Fentanyl or nitazene", words, ""},
                     {"setting", "Setting", words, ""}},
                    {},
                    1};
    for (const HistoryScreen& screen : records.history().screens)
        if (screen.day >= records.person.from)
            table.rows.push_back({DataCell::of_day(screen.day),
                                  code_cell(text_of(codes::screen_result, screen.illicit_opioid)),
                                  code_cell(text_of(codes::screen_result, screen.fentanyl_or_nitazene)),
                                  code_cell(text_of(codes::setting, screen.setting))});
    std::ranges::reverse(table.rows);
    return table;
}

DataTable events_table(const Records& records) {
    DataTable table{"events",
                    "Events",
                    "",
                    {{"date", "Date", day, ""},
                     {"kind", "What", words, ""},
                     {"detail", "Detail", words, ""},
                     {"service", "Service", words, ""}},
                    {},
                    1};
    const auto service = records.table(TableKind::events).column<ServiceIndex>(EventField::service_id);
    for (const HistoryEvent& event : records.history().events)
        if (event.day >= records.person.from)
            table.rows.push_back({DataCell::of_day(event.day),
                                  code_cell(text_of(codes::event_kind, event.kind)),
                                  records.text(TableKind::events, EventField::detail, event.row),
                                  records.service(service[event.row])});
    std::ranges::reverse(table.rows);
    return table;
}

DataTable episodes_table(const Records& records) {
    DataTable table{"episodes",
                    "Episodes",
                    "All of them, whatever the months shown.",
                    {{"start_date", "Start", day, ""},
                     {"end_date", "End", day, ""},
                     {"end_reason", "Why it ended", words, ""},
                     {"service", "Service", words, ""},
                     {"keyworker_id", "Keyworker", words, ""},
                     {"team", "Team", words, ""}},
                    {},
                    1};
    for (const HistoryEpisode& episode : records.history().episodes)
        table.rows.push_back({DataCell::of_day(episode.start), day_cell(episode.end),
                              code_cell(text_of(codes::end_reason, episode.reason)),
                              records.service(episode.service),
                              records.text(TableKind::episodes, EpisodeField::keyworker_id, episode.row),
                              records.text(TableKind::episodes, EpisodeField::team, episode.row)});
    std::ranges::reverse(table.rows);
    return table;
}

}  // namespace

std::vector<DataTable> history_tables(const Figures& figures, const PersonChoice& choice,
                                      const PersonHistory& person) {
    const Records records{figures, choice, person};
    return {months_table(records), doses_table(records),   prescriptions_table(records),
            cover_table(records),  tops_table(records),    screens_table(records),
            events_table(records), episodes_table(records)};
}

}  // namespace optimat
