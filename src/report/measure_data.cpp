#include "report/measure_beside.hpp"

#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::int64_t days_of_100_years = 36'525;
constexpr std::int64_t micrograms_a_mg = 1000;

CellKind kind_of(const MeasureDefinition& measure) {
    if (measure.value == MeasureValue::share) return CellKind::share;
    const bool dose =
        measure.value == MeasureValue::mean && measure.function->unit == MeasureUnit::micrograms;
    return dose ? CellKind::milligrams : CellKind::decimal;
}

/// What is added up above the line: of a mean the things below it.
std::int64_t numerator_things(const MeasureFigure& figure) {
    return figure.value_kind == MeasureValue::mean ? figure.denominator : figure.numerator;
}

DataCell linked_title(const MeasureDefinition& measure, const MeasureLink& link) {
    DataCell cell = DataCell::words(measure.title);
    return link ? std::move(cell).linked(link(measure)) : cell;
}

std::string_view group_title(const MeasureDefinitions& definitions, std::string_view id) {
    return std::ranges::find(definitions.groups, id, &MeasureGroup::id)->title;
}

const std::vector<DataColumn> figure_columns = {
    {"value", "Value", CellKind::decimal, ""},
    {"unit", "Unit", CellKind::words, ""},
    {"numerator", "Of these", CellKind::count, ""},
    {"denominator", "Of all", CellKind::count, ""},
    {"outside", "Beside", CellKind::count, ""},
    {"organisation", "Organisation", CellKind::decimal, ""},
    {"denominator_words", "Percentage or mean …", CellKind::words, ""}};

/// Cells of figure_columns.
std::vector<DataCell> figure_cells(const MeasureSource& source, const MeasureDefinition& measure,
                                   const Place& place, std::size_t date) {
    const MeasureFigure here = figure_of(measure, source.grid.of_year(*measure.function, date, place));
    const MeasureFigure all =
        figure_of(measure, source.grid.of_year(*measure.function, date, source.organisation));
    const bool rate = measure.value == MeasureValue::rate;
    return {value_cell(here),
            DataCell::words(std::string(unit_words(measure))),
            DataCell::count(numerator_things(here)),
            DataCell::count(here.denominator),
            rate ? DataCell::nothing() : DataCell::count(here.outside()),
            value_cell(all),
            DataCell::words(denominator_words(measure, source.grid.dates()[date]))};
}

DataTable table_of_measures(std::string id, std::string title) {
    DataTable table{std::move(id), std::move(title), "", {}, {}, 2};
    table.columns = {{"measure", "Name", CellKind::words, ""},
                     {"title", "Measure", CellKind::words, ""},
                     {"group", "Group", CellKind::words, ""}};
    table.columns.insert(table.columns.end(), figure_columns.begin(), figure_columns.end());
    return table;
}

void add_measure(DataTable& table, const MeasureSource& source, const MeasureDefinition& measure,
                 const Place& place, std::size_t date, const MeasureLink& link) {
    std::vector<DataCell> row = {
        DataCell::words(measure.name), linked_title(measure, link),
        DataCell::words(std::string(group_title(source.definitions, measure.group)))};
    std::ranges::move(figure_cells(source, measure, place, date), std::back_inserter(row));
    table.rows.push_back(std::move(row));
}

/// The measures of a group, each with those that must stand beside it, every one once.
std::vector<const MeasureDefinition*> chosen_measures(const MeasureDefinitions& definitions,
                                                      std::string_view group) {
    std::vector<const MeasureDefinition*> chosen;
    const auto add = [&](const MeasureDefinition& measure) {
        if (std::ranges::find(chosen, &measure) == chosen.end()) chosen.push_back(&measure);
    };
    for (const MeasureDefinition& measure : definitions.measures) {
        if (!group.empty() && measure.group != group) continue;
        add(measure);
        for (const std::string& name : measure.beside)
            add(*definitions.find(name));
    }
    return chosen;
}

}  // namespace

DataCell value_cell(const MeasureFigure& figure) {
    if (figure.denominator == 0) return DataCell::nothing();
    switch (figure.value_kind) {
    case MeasureValue::share:
        return DataCell::share(figure.numerator, figure.denominator);
    case MeasureValue::rate:
        return {CellKind::decimal, {}, figure.numerator * days_of_100_years, figure.denominator, {}};
    case MeasureValue::mean:
        break;
    }
    if (figure.unit == MeasureUnit::micrograms)
        return {CellKind::milligrams, {}, figure.numerator, figure.denominator * micrograms_a_mg, {}};
    return {CellKind::decimal, {}, figure.numerator, figure.denominator, {}};
}

DataCell value_cell(const MeasureDefinition& measure, std::optional<double> value) {
    return DataCell::decimal(value, kind_of(measure));
}

std::string denominator_words(const MeasureDefinition& measure, Day as_at) {
    if (measure.function->basis != MeasureBasis::cohort) return measure.denominator_words;
    return fmt::format("{}, 12 months to {}", measure.denominator_words, long_date(as_at));
}

std::string_view unit_words(const MeasureDefinition& measure) {
    if (measure.value == MeasureValue::share) return "%";
    if (measure.value == MeasureValue::rate) return "per 100 person-years";
    switch (measure.function->unit) {
    case MeasureUnit::micrograms:
        return "mg";
    case MeasureUnit::days:
        return "days";
    case MeasureUnit::working_days:
        return "working days";
    case MeasureUnit::none:
        break;
    }
    return "";
}

DataTable measure_definitions_table(const MeasureDefinitions& definitions) {
    DataTable table{"definitions",
                    "Measures",
                    "",
                    {{"measure", "Name", CellKind::words, ""},
                     {"title", "Measure", CellKind::words, ""},
                     {"group", "Group", CellKind::words, ""},
                     {"words", "What it says", CellKind::words, ""},
                     {"denominator_words", "Of what", CellKind::words, ""},
                     {"unit", "Unit", CellKind::words, ""},
                     {"better", "Better when", CellKind::words, ""},
                     {"basis", "Counted by", CellKind::words, ""},
                     {"rule", "Rule", CellKind::words, ""},
                     {"source", "Source", CellKind::words, ""}},
                    {},
                    2};
    for (const MeasureDefinition& measure : definitions.measures)
        table.rows.push_back({DataCell::words(measure.name), DataCell::words(measure.title),
                              DataCell::words(std::string(group_title(definitions, measure.group))),
                              DataCell::words(measure.words), DataCell::words(measure.denominator_words),
                              DataCell::words(std::string(unit_words(measure))),
                              DataCell::words(std::string(text_of(measure.better))),
                              DataCell::words(std::string(text_of(measure.function->basis))),
                              DataCell::words(std::string(measure.function->rule)),
                              DataCell::words(measure.source)});
    return table;
}

DataTable measures_table(const MeasureSource& source, const Place& place, std::size_t date,
                         std::string_view group, const MeasureLink& link) {
    DataTable table = table_of_measures("measures", "Measures");
    for (const MeasureDefinition* measure : chosen_measures(source.definitions, group))
        add_measure(table, source, *measure, place, date, link);
    table.note =
        "Beside: what was looked at and is in neither number, because it is too early, not known or not "
        "meant. Things that start in a month (inductions, discharges …) are those of the twelve months up "
        "to the date.";
    return table;
}

DataTable measure_beside_table(const MeasureSource& source, const MeasureDefinition& measure,
                               const Place& place, std::size_t date, const MeasureLink& link) {
    DataTable table = table_of_measures("beside", "To be read together with");
    for (const std::string& name : measure.beside)
        add_measure(table, source, *source.definitions.find(name), place, date, link);
    return table;
}

DataTable measure_parts_table(const MeasureSource& source, const MeasureDefinition& measure,
                              const Place& place, std::size_t date) {
    const FunctionText& text = source.definitions.text(*measure.function);
    const MeasureCell cell = source.grid.of_year(*measure.function, date, place);
    DataTable table{"parts",
                    fmt::format("Every one of the {}", text.thing),
                    "",
                    {{"part", "Name", CellKind::words, ""},
                     {"title", "Part", CellKind::words, ""},
                     {"number", "Number", CellKind::count, ""},
                     {"share", "Share of all", CellKind::share, ""}},
                    {},
                    2};
    const bool values = measure.function->unit != MeasureUnit::none;
    const bool dose = measure.function->unit == MeasureUnit::micrograms;
    if (values) table.columns.push_back({"mean", dose ? "Mean, mg" : "Mean, days", CellKind::decimal, ""});
    table.columns.push_back({"counts", "Counts as", CellKind::words, ""});
    const auto is_in = [](const std::vector<std::uint8_t>& parts, std::size_t part) {
        return std::ranges::find(parts, static_cast<std::uint8_t>(part)) != parts.end();
    };
    for (std::size_t part = 0; part < text.parts.size(); ++part) {
        const std::string_view counts = is_in(measure.numerator, part)     ? "numerator and denominator"
                                        : is_in(measure.denominator, part) ? "denominator"
                                                                           : "beside";
        std::vector<DataCell> row = {
            DataCell::words(text.parts[part].name), DataCell::words(text.parts[part].title),
            DataCell::count(cell.count[part]), DataCell::share(cell.count[part], cell.all())};
        if (values) {
            const MeasureFigure mean{cell.sum[part], cell.count[part], 0, MeasureValue::mean,
                                     measure.function->unit};
            row.push_back(cell.sum[part] == 0 ? DataCell::nothing() : value_cell(mean));
        }
        row.push_back(DataCell::words(std::string(counts)));
        table.rows.push_back(std::move(row));
    }
    for (const MeasureDefinition* one : beside_of(source, measure)) {
        const MeasureFigure figure = figure_of(*one, source.grid.of_year(*one->function, date, place));
        std::vector<DataCell> row = {DataCell::words(one->name), DataCell::words("Beside it: " + one->title),
                                     DataCell::nothing(), value_cell(figure)};
        if (values) row.push_back(DataCell::nothing());
        row.push_back(DataCell::words(std::string(unit_words(*one))));
        table.rows.push_back(std::move(row));
    }
    return table;
}

DataTable measure_cohorts_table(const MeasureSource& source, const MeasureDefinition& measure,
                                const Place& place, std::size_t first, std::size_t date) {
    const FunctionText& text = source.definitions.text(*measure.function);
    DataTable table{"cohorts",
                    fmt::format("{} by month", text.title),
                    measure.function->basis == MeasureBasis::cohort
                        ? fmt::format("By the month in which they begin, as seen on {}.",
                                      long_date(source.grid.dates().back()))
                        : std::string{},
                    {{"month", "Month", CellKind::month, ""}, {"all", "All", CellKind::count, ""}},
                    {},
                    1};
    for (const PartText& part : text.parts)
        table.columns.push_back({part.name, part.title, CellKind::count, ""});
    add_beside_columns(table, source, measure);
    for (std::size_t month = first; month <= date; ++month) {
        const MeasureCell cell = source.grid.at(*measure.function, month, place);
        std::vector<DataCell> row = {DataCell::of_month(source.grid.dates()[month]),
                                     DataCell::count(cell.all())};
        for (std::size_t part = 0; part < text.parts.size(); ++part)
            row.push_back(DataCell::count(cell.count[part]));
        add_beside_cells(row, source, measure, [&](const MeasureFunction& function) {
            return source.grid.at(function, month, place);
        });
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace optimat
