#include "report/measure_text.hpp"

#include "report/measure_beside.hpp"
#include "report/number_text.hpp"
#include "report/tracker_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>

namespace optimat {

namespace {

MeasureFigure year_figure(const MeasureSource& source, const MeasureDefinition& measure, const Place& place,
                          std::size_t date) {
    return figure_of(measure, source.grid.of_year(*measure.function, date, place));
}

std::string heading(const Terminal& terminal, const std::string& words) {
    return paint(terminal, Ink::strong, cut_to(printable(words), terminal.width)) + '\n';
}

std::string last_line(const Terminal& terminal, const Provenance& provenance) {
    return '\n' + paint(terminal, Ink::faint, wrapped(printable(provenance.line()), terminal.width));
}

/// A rate with what it rests on and its interval: `182 events in 26,936 person-years; 95 % interval 0.5 to
/// 0.7`. Of a rate the words of its denominator follow the number, for they name its unit.
std::string headline_words(const MeasureSource& source, const MeasureDefinition& measure,
                           const MeasureFigure& figure, std::size_t date) {
    const std::string of = denominator_words(measure, source.grid, date);
    if (measure.value == MeasureValue::rate)
        return fmt::format("{} {} ({})", shown_text(value_cell(figure)), of, beside_words(measure, figure));
    return fmt::format("{} ({}) {}", figure_words(measure, figure), counts_words(figure), of);
}

struct Head {
    std::string words;
    Align align;
};
/// Titles are broken to what the other columns leave, but never shorter.
constexpr std::size_t shortest_title = 24;

/// A title in lines of at most so many columns, those after the first set off further.
std::vector<std::string> title_lines(const std::string& title, std::size_t columns) {
    const std::size_t indent = std::min(title.find_first_not_of(' '), title.size()) + 2;
    std::vector<std::string> lines;
    std::istringstream text(wrapped(title, columns, indent));
    for (std::string line; std::getline(text, line);)
        lines.push_back(cut_to(line, columns));
    return lines;
}

/// A table whose first column, of titles, gives way so that it fits the terminal.
std::string fitted_table(const std::vector<Head>& heads, std::vector<std::vector<std::string>> rows,
                         const Terminal& terminal) {
    std::size_t taken = 0;
    for (std::size_t i = 1; i < heads.size(); ++i) {
        std::size_t width = columns_of(heads[i].words);
        for (const auto& row : rows)
            width = std::max(width, columns_of(row[i]));
        taken += width + 1;
    }
    const std::size_t left = std::max(terminal.width > taken ? terminal.width - taken : 0, shortest_title);
    TextTable table(terminal);
    for (const Head& head : heads)
        table.add_column(&head == &heads.front() ? cut_to(head.words, left) : head.words, head.align);
    for (auto& row : rows) {
        const std::vector<std::string> lines = title_lines(row.front(), left);
        row.front() = lines.front();
        table.add_row(std::move(row));
        for (std::size_t i = 1; i < lines.size(); ++i) {
            std::vector<std::string> more(heads.size());
            more.front() = lines[i];
            table.add_row(std::move(more));
        }
    }
    return table.text();
}

/// The columns of a table that a terminal shows, each under a heading of its own; those that the table does
/// not have are left out.
std::string text_of_columns(const DataTable& table,
                            const std::vector<std::pair<std::string_view, std::string>>& wanted,
                            const Terminal& terminal) {
    std::vector<Head> heads;
    std::vector<std::vector<std::string>> rows(table.rows.size());
    for (const auto& [id, head] : wanted) {
        const auto found = std::ranges::find(table.columns, id, &DataColumn::id);
        if (found == table.columns.end()) continue;
        const auto column = static_cast<std::size_t>(found - table.columns.begin());
        if (std::ranges::all_of(table.rows,
                                [&](const auto& row) { return row[column].kind == CellKind::none; }))
            continue;
        const bool words = found->kind == CellKind::words || found->kind == CellKind::month;
        heads.push_back({head, words ? Align::left : Align::right});
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].push_back(shown_text(table.rows[i][column]));
    }
    return fitted_table(heads, std::move(rows), terminal);
}

std::string parts_text(const MeasureSource& source, const MeasureDefinition& measure, const Place& place,
                       std::size_t date, const Terminal& terminal) {
    DataTable parts = measure_parts_table(source, measure, place, date);
    // Those that stand beside it have been said above.
    parts.rows.resize(measure.function->parts.size());
    return text_of_columns(parts,
                           {{"title", source.definitions.text(*measure.function).title},
                            {"number", "Number"},
                            {"share", "Share"},
                            {"person_years", "Person-years"},
                            {"counts", "In this figure"}},
                           terminal);
}

/// What is to be said of a month: why it is not judged, else what its point is.
void add_remarks(DataTable& months) {
    const auto place_of = [&](std::string_view id) {
        const auto found = std::ranges::find(months.columns, id, &DataColumn::id);
        return static_cast<std::size_t>(found - months.columns.begin());
    };
    const std::size_t state = place_of("state"), variation = place_of("variation");
    months.columns.push_back({"says", "What it says", CellKind::words, ""});
    for (auto& row : months.rows) {
        const DataCell& said = row[state].kind != CellKind::none ? row[state] : row[variation];
        row.push_back(DataCell::words(said.kind == CellKind::none ? "" : said.text));
    }
}

std::string months_text(const MeasureSource& source, const MeasureSeries& series, const Place& place,
                        const Terminal& terminal) {
    DataTable months = measure_months_table(source, series, place);
    add_remarks(months);
    const bool rate = series.measure->value == MeasureValue::rate;
    return text_of_columns(months,
                           {{"month", "Month"},
                            {"value", "Value"},
                            {"low", "95 % from"},
                            {"high", "to"},
                            {rate ? "numerator" : "denominator", rate ? "Events" : "Of all"},
                            {"lower", rate ? "Limits from" : "Lower"},
                            {"upper", rate ? "to" : "Upper"},
                            {"says", "What it says"}},
                           terminal) +
           wrapped(months.note, terminal.width);
}

const std::vector<std::string> figure_heads = {"Here", "All", "Of these", "Of all", "Not counted"};

/// One measure of a group; those of other groups, which stand beside the one before, are set off.
std::vector<std::string> measure_line(const MeasureSource& source, const MeasureDefinition& measure,
                                      const MeasureGroup& group, const Place& place, std::size_t date) {
    const MeasureFigure here = year_figure(source, measure, place, date);
    const MeasureFigure all = year_figure(source, measure, source.organisation, date);
    std::vector<std::string> line = {(measure.group == group.id ? "" : "  ") + measure.title};
    if (measure.value != MeasureValue::share) line.front() += fmt::format(", {}", unit_words(measure));
    for (const DataCell& cell : {value_cell(here), value_cell(all), numerator_cell(here),
                                 denominator_cell(here), outside_cell(here)})
        line.push_back(cell.kind == CellKind::none ? "" : shown_text(cell));
    return line;
}

/// What stands under a rate: `    95 % interval 0.5 to 0.7`; nothing of others.
std::optional<std::string> interval_line(const MeasureSource& source, const MeasureDefinition& measure,
                                         const Place& place, std::size_t date) {
    const MeasureFigure here = year_figure(source, measure, place, date);
    const auto interval = interval_of(here);
    if (measure.value != MeasureValue::rate || !interval) return std::nullopt;
    return fmt::format("    95 % interval {}", interval_words(measure, *interval));
}

std::string group_text(const MeasureSource& source, const MeasureGroup& group, const Place& place,
                       std::size_t date, const Terminal& terminal) {
    std::vector<Head> heads = {{group.title, Align::left}};
    for (const std::string& head : figure_heads)
        heads.push_back({head, Align::right});
    std::vector<std::vector<std::string>> lines;
    for (const MeasureDefinition* measure : chosen_measures(source.definitions, group.id)) {
        lines.push_back(measure_line(source, *measure, group, place, date));
        if (auto interval = interval_line(source, *measure, place, date)) {
            lines.emplace_back(heads.size());
            lines.back().front() = std::move(*interval);
        }
    }
    return fitted_table(heads, std::move(lines), terminal);
}

}  // namespace

void write_measure_names_text(const MeasureDefinitions& definitions, const Terminal& terminal,
                              const TextSink& sink) {
    std::string text;
    for (const MeasureGroup& group : definitions.groups) {
        text += (text.empty() ? "" : "\n") + heading(terminal, group.title);
        for (const MeasureDefinition& measure : definitions.measures)
            if (measure.group == group.id)
                text += wrapped(fmt::format("{:<26} {}", measure.name, measure.title), terminal.width, 27);
    }
    sink(text);
}

void write_measures_text(const MeasureSource& source, const Place& place, std::size_t date,
                         const Provenance& provenance, const Terminal& terminal, const TextSink& sink) {
    std::string text = heading(terminal, "Measures · " + place.name);
    text += cut_to(fmt::format("{}, {}", printable(words_for(place)), long_date(source.grid.dates()[date])),
                   terminal.width) +
            '\n';
    for (const MeasureGroup& group : source.definitions.groups)
        text += '\n' + group_text(source, group, place, date, terminal);
    sink(text + last_line(terminal, provenance));
}

void write_measure_text(const MeasureSource& source, const MeasureSeries& series, const Place& place,
                        std::size_t date, const Provenance& provenance, const Terminal& terminal,
                        const TextSink& sink) {
    const MeasureDefinition& measure = *series.measure;
    const MeasureFigure here = year_figure(source, measure, place, date);
    std::string text = heading(terminal, measure.title + " · " + place.name);
    text += wrapped(measure.words, terminal.width) + '\n';
    text +=
        wrapped(fmt::format("{}. Organisation: {}.", headline_words(source, measure, here, date),
                            figure_words(measure, year_figure(source, measure, source.organisation, date))),
                terminal.width);
    if (const std::string words = too_early_words(source, measure, place, date); !words.empty())
        text += wrapped(words, terminal.width);
    for (const MeasureDefinition* beside : beside_of(source, measure)) {
        const MeasureFigure figure = year_figure(source, *beside, place, date);
        text += wrapped(fmt::format("  Read together with {}: {} ({})", beside->title,
                                    figure_words(*beside, figure), beside_words(*beside, figure)),
                        terminal.width, 4);
    }
    text += '\n' + parts_text(source, measure, place, date, terminal);
    text += '\n' + months_text(source, series, place, terminal);
    text +=
        wrapped("Latest: " + variation_words(series) + "; " + assurance_words(series) + ".", terminal.width);
    if (const auto change = measure_change(series, place.name))
        text += wrapped(printable(change->sentence), terminal.width);
    sink(text + last_line(terminal, provenance));
}

}  // namespace optimat
