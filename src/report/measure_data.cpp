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

DataCell linked_title(const MeasureDefinition& measure, const MeasureLink& link) {
    DataCell cell = DataCell::words(measure.title);
    return link ? std::move(cell).linked(link(measure)) : cell;
}

std::string_view group_title(const MeasureDefinitions& definitions, std::string_view id) {
    return std::ranges::find(definitions.groups, id, &MeasureGroup::id)->title;
}

/// Columns of measures of every kind. Pages know the first of them by their places: more come at the end.
const std::vector<DataColumn> figure_columns = {
    {"value", "Value", CellKind::decimal, ""},
    {"unit", "Unit", CellKind::words, ""},
    {"numerator", "Of these", CellKind::count, ""},
    {"denominator", "Of all", CellKind::count, ""},
    {"outside", "Not counted", CellKind::count, ""},
    {"organisation", "Organisation", CellKind::decimal, ""},
    {"denominator_words", "Of what", CellKind::words, ""},
    {"low", "Lower", CellKind::decimal, "95 % interval of a rate"},
    {"high", "Upper", CellKind::decimal, "95 % interval of a rate"},
    {"person_years", "Person-years", CellKind::decimal, ""},
    {"too_early", "Too recent", CellKind::count, ""}};

/// Things that have not had their follow-up; nothing of a function that has no such part.
std::optional<std::int64_t> too_early_in(const MeasureDefinition& measure, const MeasureCell& cell) {
    const auto part = measure.function->part("too_early");
    if (!part) return std::nullopt;
    return cell.count[*part];
}

/// Cells of figure_columns.
std::vector<DataCell> figure_cells(const MeasureSource& source, const MeasureDefinition& measure,
                                   const Place& place, std::size_t date) {
    const MeasureCell cell = source.grid.of_year(*measure.function, date, place);
    const MeasureFigure here = figure_of(measure, cell);
    const MeasureFigure all =
        figure_of(measure, source.grid.of_year(*measure.function, date, source.organisation));
    const auto too_early = too_early_in(measure, cell);
    std::vector<DataCell> cells = {value_cell(here),
                                   DataCell::words(std::string(value_unit(measure))),
                                   numerator_cell(here),
                                   denominator_cell(here),
                                   outside_cell(here),
                                   value_cell(all),
                                   DataCell::words(denominator_words(measure, source.grid, date))};
    add_interval_cells(cells, measure,
                       measure.value == MeasureValue::rate ? interval_of(here) : std::nullopt);
    cells.push_back(person_years_cell(here));
    cells.push_back(too_early ? DataCell::count(*too_early) : DataCell::nothing());
    return cells;
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

std::string denominator_words(const MeasureDefinition& measure, const MeasureGrid& grid, std::size_t date) {
    const std::size_t months = grid.months_of_year(*measure.function, date);
    std::string words = measure.denominator_words;
    if (measure.function->basis == MeasureBasis::cohort)
        words += fmt::format(", {} to {}", counted(static_cast<std::int64_t>(months), "month"),
                             long_date(grid.dates()[date]));
    // The earliest of its months looks back furthest.
    if (!grid.reaches_back(*measure.function, date + 1 - months))
        words += "; the data do not reach back far enough";
    return words;
}

std::string too_early_words(const MeasureSource& source, const MeasureDefinition& measure, const Place& place,
                            std::size_t date) {
    const MeasureCell cell = source.grid.of_year(*measure.function, date, place);
    const std::int64_t too_early = too_early_in(measure, cell).value_or(0);
    if (too_early == 0) return {};
    return fmt::format("{} of {} {} are too recent to be counted.", count_text(too_early),
                       count_text(cell.all()), source.definitions.text(*measure.function).thing);
}

std::string_view unit_words(const MeasureDefinition& measure) {
    return unit_words(measure.value, measure.function->unit);
}

std::string_view unit_words(MeasureValue value, MeasureUnit unit) {
    if (value == MeasureValue::share) return "%";
    if (value == MeasureValue::rate) return "per 100 person-years";
    switch (unit) {
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

std::string figure_words(const MeasureDefinition& measure, const MeasureFigure& figure) {
    const std::string text = shown_text(value_cell(figure));
    if (figure.denominator == 0 || measure.value == MeasureValue::share) return text;
    return fmt::format("{} {}", text, unit_words(measure));
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
        "Not counted: what was looked at and is in neither number, because it is too recent, not known or "
        "not meant; too recent, for want of follow-up, is part of it. Things that start in a month "
        "(inductions, discharges …) are those of the twelve months up to the date. Rates have exact 95 % "
        "intervals: they rest on small numbers.";
    return table;
}

DataTable measure_beside_table(const MeasureSource& source, const MeasureDefinition& measure,
                               const Place& place, std::size_t date, const MeasureLink& link) {
    DataTable table = table_of_measures("beside", "Read together with");
    for (const std::string& name : measure.beside)
        add_measure(table, source, *source.definitions.find(name), place, date, link);
    return table;
}

namespace {

bool is_in(const std::vector<std::uint8_t>& parts, std::size_t part) {
    return std::ranges::find(parts, static_cast<std::uint8_t>(part)) != parts.end();
}

/// What a part is in the figure.
std::string_view counting_of(const MeasureDefinition& measure, std::size_t part) {
    if (measure.value == MeasureValue::rate) {
        if (is_in(measure.numerator, part)) return "Events";
        return is_in(measure.denominator, part) ? "Person-years" : "Not counted";
    }
    if (measure.value == MeasureValue::share && is_in(measure.numerator, part)) return "Of these";
    return is_in(measure.denominator, part) ? "Counted" : "Not counted";
}

enum class PartValue : std::uint8_t { none, mean, person_years };

/// What is said of a part's values. Of a rate they are days that people were followed.
PartValue part_value(const MeasureDefinition& measure) {
    if (measure.function->unit == MeasureUnit::none) return PartValue::none;
    return measure.value == MeasureValue::rate ? PartValue::person_years : PartValue::mean;
}

DataCell part_value_cell(const MeasureDefinition& measure, const MeasureCell& cell, std::size_t part) {
    if (cell.sum[part] == 0) return DataCell::nothing();
    if (part_value(measure) == PartValue::person_years)
        return person_years_cell({0, cell.sum[part], 0, MeasureValue::rate, measure.function->unit});
    return value_cell({cell.sum[part], cell.count[part], 0, MeasureValue::mean, measure.function->unit});
}

DataTable empty_parts_table(const MeasureDefinition& measure, const FunctionText& text) {
    DataTable table{"parts",
                    fmt::format("Every one of the {}", text.thing),
                    "",
                    {{"part", "Name", CellKind::words, ""},
                     {"title", "Part", CellKind::words, ""},
                     {"number", "Number", CellKind::count, ""}},
                    {},
                    2};
    // Events, the people followed and those who left are no parts of one whole.
    if (measure.value != MeasureValue::rate)
        table.columns.push_back({"share", "Share of all", CellKind::share, ""});
    if (part_value(measure) == PartValue::person_years)
        table.columns.push_back({"person_years", "Person-years", CellKind::decimal, ""});
    if (part_value(measure) == PartValue::mean)
        table.columns.push_back(
            {"mean", measure.function->unit == MeasureUnit::micrograms ? "Mean, mg" : "Mean, days",
             CellKind::decimal, ""});
    table.columns.push_back({"counts", "In this figure", CellKind::words, ""});
    return table;
}

}  // namespace

DataTable measure_parts_table(const MeasureSource& source, const MeasureDefinition& measure,
                              const Place& place, std::size_t date) {
    const FunctionText& text = source.definitions.text(*measure.function);
    const MeasureCell cell = source.grid.of_year(*measure.function, date, place);
    DataTable table = empty_parts_table(measure, text);
    const bool shares = measure.value != MeasureValue::rate, values = part_value(measure) != PartValue::none;
    for (std::size_t part = 0; part < text.parts.size(); ++part) {
        std::vector<DataCell> row = {DataCell::words(text.parts[part].name),
                                     DataCell::words(text.parts[part].title),
                                     DataCell::count(cell.count[part])};
        if (shares) row.push_back(DataCell::share(cell.count[part], cell.all()));
        if (values) row.push_back(part_value_cell(measure, cell, part));
        row.push_back(DataCell::words(std::string(counting_of(measure, part))));
        table.rows.push_back(std::move(row));
    }
    for (const MeasureDefinition* one : beside_of(source, measure)) {
        const MeasureFigure figure = figure_of(*one, source.grid.of_year(*one->function, date, place));
        std::vector<DataCell> row = {DataCell::words(one->name),
                                     DataCell::words("Read together with: " + one->title),
                                     DataCell::nothing()};
        if (shares) row.push_back(DataCell::nothing());
        if (values) row.push_back(DataCell::nothing());
        row.push_back(
            DataCell::words(fmt::format("{}: {}", figure_words(*one, figure), beside_words(*one, figure))));
        table.rows.push_back(std::move(row));
    }
    return table;
}

DataTable measure_cohorts_table(const MeasureSource& source, const MeasureDefinition& measure,
                                const Place& place, std::size_t first, std::size_t date) {
    const FunctionText& text = source.definitions.text(*measure.function);
    DataTable table{"cohorts",
                    text.title.ends_with("by month") ? text.title : fmt::format("{} by month", text.title),
                    measure.function->basis == MeasureBasis::cohort
                        ? fmt::format("By the month in which they begin, as seen on {}.",
                                      long_date(source.grid.dates().back()))
                        : std::string{},
                    {{"month", "Month", CellKind::month, ""}},
                    {},
                    1};
    const bool sums = measure.value != MeasureValue::rate;
    if (sums) table.columns.push_back({"all", "All", CellKind::count, ""});
    for (const PartText& part : text.parts)
        table.columns.push_back({part.name, part.title, CellKind::count, ""});
    add_beside_columns(table, source, measure);
    for (std::size_t month = first; month <= date; ++month) {
        const MeasureCell cell = source.grid.at(*measure.function, month, place);
        std::vector<DataCell> row = {DataCell::of_month(source.grid.dates()[month])};
        if (sums) row.push_back(DataCell::count(cell.all()));
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
