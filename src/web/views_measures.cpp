#include "web/views_measures.hpp"

#include "report/measure_beside.hpp"
#include "report/number_text.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

MeasureLink link_from(Context& context, const MeasureChoice& choice) {
    return [&context, choice](const MeasureDefinition& measure) {
        const MeasureChoice other = about_measure(choice, measure);
        return fmt::format("{}?{}", other.path(), other.query(context.figures()));
    };
}

/// The row of the measure alone, from the table of its group.
std::vector<DataCell> row_of(const DataTable& table, const MeasureDefinition& measure) {
    for (const auto& row : table.rows)
        if (row.front().text == measure.name) return row;
    throw std::logic_error("a measure is missing in the table of its group");
}

/// A group's rows: those that must not stand alone first, each with those beside it that are not there yet.
std::vector<std::vector<DataCell>> in_reading_order(const MeasureDefinitions& definitions,
                                                    const DataTable& table) {
    std::vector<std::vector<DataCell>> rows;
    std::vector<std::string> there;
    const auto add = [&](const std::string& name) {
        if (std::ranges::find(there, name) != there.end()) return;
        there.push_back(name);
        rows.push_back(row_of(table, *definitions.find(name)));
    };
    for (const auto& row : table.rows) {
        const MeasureDefinition& measure = *definitions.find(row.front().text);
        if (measure.beside.empty()) continue;
        add(measure.name);
        for (const std::string& beside : measure.beside)
            add(beside);
    }
    for (const auto& row : table.rows)
        add(row.front().text);
    return rows;
}

/// Group after group, so that a measure has those beside it wherever these belong.
DataTable table_by_group(Context& context, const MeasureChoice& choice) {
    const MeasureSource source = measure_source(context);
    DataTable all;
    for (const MeasureGroup& group : source.definitions.groups) {
        const DataTable table =
            measures_table(source, choice.page.place, choice.page.date, group.id, link_from(context, choice));
        if (all.columns.empty()) {
            all = table;
            all.columns.insert(all.columns.begin(), {"section", "Section", CellKind::words, ""});
            all.row_headings = 3;
            all.rows.clear();
        }
        for (auto& row : in_reading_order(source.definitions, table)) {
            row.insert(row.begin(), DataCell::words(group.title));
            all.rows.push_back(std::move(row));
        }
    }
    return all;
}

std::vector<std::pair<std::string, std::string>> about(Context& context, const MeasureChoice& choice) {
    std::vector<std::pair<std::string, std::string>> all = {
        {"place", choice.page.place_key},
        {"place_name", choice.page.place.name},
        {"month", month_key(choice.page.day(context.figures()))},
        {"view", std::string(text_of(choice.view))}};
    if (choice.measure != nullptr) all.insert(all.begin(), {"measure", choice.measure->name});
    return all;
}

std::string_view words_for(Variation meaning) {
    if (meaning == Variation::improvement) return "better";
    return meaning == Variation::concern ? "worse" : "different";
}

/// `Retained at six months 71.2 %; …`: of a measure that must not stand alone.
DataCell beside_words(Context& context, const MeasureChoice& choice, const MeasureDefinition& measure) {
    const MeasureSource source = measure_source(context);
    std::string words;
    for (const MeasureDefinition* one : beside_of(source, measure)) {
        const DataCell value = value_cell(
            figure_of(*one, source.grid.of_year(*one->function, choice.page.date, choice.page.place)));
        words += fmt::format("{}{}: {}", words.empty() ? "" : "; ", one->title, value_words(*one, value));
    }
    return words.empty() ? DataCell::nothing() : DataCell::words(words);
}

DataTable headline_table(Context& context, const MeasureChoice& choice) {
    const MeasureSource source = measure_source(context);
    const MeasureLink link = link_from(context, choice);
    DataTable table =
        measures_table(source, choice.page.place, choice.page.date, choice.measure->group, link);
    table.rows = {row_of(table, *choice.measure)};
    for (auto& row :
         measure_beside_table(source, *choice.measure, choice.page.place, choice.page.date, link).rows)
        table.rows.push_back(std::move(row));
    table.id = "measure";
    table.title = choice.measure->title;
    return table;
}

std::string sentence_of(const MeasureChoice& choice, const DataTable& headline, const MeasureSeries& series) {
    const MeasureDefinition& measure = *choice.measure;
    const auto& row = headline.rows.front();
    std::string text =
        fmt::format("{} at {}: {}", measure.title, choice.page.place.name, value_words(measure, row[3]));
    if (measure.value == MeasureValue::share)
        text += fmt::format(", {} of {}", shown_text(row[5]), shown_text(row[6]));
    text += fmt::format("; {}", variation_words(series));
    if (series.control && series.control->assurance != Assurance::no_target)
        text += fmt::format("; {}", assurance_words(series));
    return text + ".";
}

}  // namespace

std::string value_words(const MeasureDefinition& measure, const DataCell& value) {
    if (value.kind == CellKind::none || measure.value == MeasureValue::share) return shown_text(value);
    return fmt::format("{} {}", shown_text(value), unit_words(measure));
}

std::vector<MeasureChange> changes_of(Context& context, const MeasureChoice& choice,
                                      const PlaceMarks& marks) {
    return measure_changes(measure_source(context), choice.page.place, choice.page.date,
                           [&marks](const MeasureDefinition& measure) { return marks.series(measure); });
}

DataTable changes_table(Context& context, const MeasureChoice& choice,
                        const std::vector<MeasureChange>& changes) {
    const MeasureLink link = link_from(context, choice);
    DataTable table{"changes",
                    "What changed",
                    "Lasting changes of the last twelve months that can be judged, beside those before them "
                    "(CUSUM). A change says nothing of why.",
                    {{"measure", "Name", CellKind::words, ""},
                     {"title", "Measure", CellKind::words, ""},
                     {"since", "Since", CellKind::month, ""},
                     {"meaning", "It is", CellKind::words, ""},
                     {"before", "Before", CellKind::decimal, ""},
                     {"after", "Since then", CellKind::decimal, ""},
                     {"sentence", "In words", CellKind::words, ""},
                     {"beside", "To be read together with", CellKind::words, ""}},
                    {},
                    2};
    for (const MeasureChange& change : changes)
        table.rows.push_back(
            {DataCell::words(change.measure->name),
             DataCell::words(change.measure->title).linked(link(*change.measure)),
             DataCell::of_month(change.since), DataCell::words(std::string(words_for(change.meaning))),
             value_cell(*change.measure, change.before), value_cell(*change.measure, change.after),
             DataCell::words(change.sentence), beside_words(context, choice, *change.measure)});
    return table;
}

MeasuresView measures_view(Context& context, const MeasureChoice& choice) {
    const MeasureSource source = measure_source(context);
    const PlaceMarks marks(context, choice.page.place_key);
    MeasuresView view;
    const auto marks_on = [&marks](const MeasureDefinition& measure) { return marks.series(measure); };
    for (const MeasureDefinition& measure : source.definitions.measures)
        view.series.push_back(
            measure_series(measure, source.grid, choice.page.place, 0, choice.page.date, marks_on(measure)));
    view.changes = changes_of(context, choice, marks);
    view.page = {fmt::format("Measures: {}", place_and_day(context.figures(), choice.page)),
                 about(context, choice),
                 {table_by_group(context, choice),
                  measure_overview_table(source, choice.page.place, choice.page.date, marks_on,
                                         link_from(context, choice)),
                  changes_table(context, choice, view.changes)},
                 ""};
    return view;
}

MeasureView measure_view(Context& context, const MeasureChoice& choice) {
    const MeasureSource source = measure_source(context);
    const MeasureDefinition& measure = *choice.measure;
    const PlaceMarks marks(context, choice.page.place_key);
    MeasureSeries series = chosen_series(context, choice, marks);
    DataTable headline = headline_table(context, choice);
    std::string sentence = sentence_of(choice, headline, series);
    std::vector<DataTable> tables = {
        std::move(headline), measure_months_table(source, series, choice.page.place),
        measure_parts_table(source, measure, choice.page.place, choice.page.date)};
    if (!measure.beside.empty())
        tables.push_back(measure_beside_table(source, measure, choice.page.place, choice.page.date,
                                              link_from(context, choice)));
    auto what = about(context, choice);
    what.emplace_back("chart", std::string(text_of(series.kind)));
    return {{fmt::format("{}: {}", measure.title, place_and_day(context.figures(), choice.page)),
             std::move(what), std::move(tables), std::move(sentence)},
            std::move(series),
            marks.of(measure)};
}

std::vector<DataTable> closer_tables(Context& context, const MeasureChoice& choice) {
    const MeasureSource source = measure_source(context);
    const MeasureDefinition& measure = *choice.measure;
    const Place& place = choice.page.place;
    const std::size_t date = choice.page.date;
    std::vector<DataTable> tables = {measure_cohorts_table(source, measure, place, 0, date)};
    for (const MeasureBreakdown by :
         {MeasureBreakdown::sex, MeasureBreakdown::age, MeasureBreakdown::setting})
        tables.push_back(measure_breakdown_table(source, measure, place, date, by));
    std::ranges::move(measure_detail_tables(source, measure, place, date), std::back_inserter(tables));
    return tables;
}

PageFigures measure_figures(Context& context, const MeasureChoice& choice) {
    PageFigures page = measure_view(context, choice).page;
    std::ranges::move(closer_tables(context, choice), std::back_inserter(page.tables));
    return page;
}

}  // namespace optimat
