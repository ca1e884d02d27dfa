#include "report/measure_text.hpp"

#include "report/measure_beside.hpp"
#include "report/number_text.hpp"
#include "report/tracker_text.hpp"

#include <fmt/format.h>

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

/// `312 of 384, 41 beside`.
std::string counts_words(const MeasureDefinition& measure, const MeasureFigure& figure) {
    if (measure.value == MeasureValue::rate)
        return fmt::format("{} in {} person-days", count_text(figure.numerator),
                           count_text(figure.denominator));
    std::string words =
        measure.value == MeasureValue::mean
            ? count_text(figure.denominator)
            : fmt::format("{} of {}", count_text(figure.numerator), count_text(figure.denominator));
    if (figure.outside() != 0) words += fmt::format(", {} beside", count_text(figure.outside()));
    return words;
}

std::string parts_text(const MeasureSource& source, const MeasureDefinition& measure, const Place& place,
                       std::size_t date, const Terminal& terminal) {
    const FunctionText& words = source.definitions.text(*measure.function);
    const MeasureCell cell = source.grid.of_year(*measure.function, date, place);
    TextTable table(terminal);
    table.add_column(words.title, Align::left);
    table.add_column("Number", Align::right);
    table.add_column("Share", Align::right);
    for (std::size_t part = 0; part < words.parts.size(); ++part)
        table.add_row({words.parts[part].title, count_text(cell.count[part]),
                       percent_text(cell.count[part], cell.all(), 1)});
    return table.text();
}

std::string months_text(const MeasureSource& source, const MeasureSeries& series, const Place& place,
                        const Terminal& terminal) {
    const DataTable months = measure_months_table(source, series, place);
    TextTable table(terminal);
    table.add_column("Month", Align::left);
    for (const char* head : {"Value", "Of all", "Lower", "Upper"})
        table.add_column(head, Align::right);
    table.add_column("What it says", Align::left);
    for (const std::vector<DataCell>& row : months.rows)
        table.add_row({shown_text(row[0]), shown_text(row[1]), shown_text(row[3]), shown_text(row[6]),
                       shown_text(row[7]),
                       row[11].kind == CellKind::none
                           ? (row[9].kind == CellKind::none ? "" : shown_text(row[9]))
                           : shown_text(row[11])});
    return table.text() + wrapped(months.note, terminal.width);
}

}  // namespace

std::string figure_words(const MeasureDefinition& measure, const MeasureFigure& figure) {
    const std::string text = shown_text(value_cell(figure));
    if (figure.denominator == 0 || measure.value == MeasureValue::share) return text;
    return fmt::format("{} {}", text, unit_words(measure));
}

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
    for (const MeasureGroup& group : source.definitions.groups) {
        TextTable table(terminal);
        table.add_column(group.title, Align::left);
        table.add_column("Here", Align::right);
        table.add_column("All", Align::right);
        table.add_column("Counts", Align::right);
        for (const MeasureDefinition& measure : source.definitions.measures) {
            if (measure.group != group.id) continue;
            const MeasureFigure here = year_figure(source, measure, place, date);
            const MeasureFigure all = year_figure(source, measure, source.organisation, date);
            const std::string_view unit = measure.value == MeasureValue::share ? "" : unit_words(measure);
            table.add_row({cut_to(measure.title + (unit.empty() ? "" : fmt::format(", {}", unit)), 44),
                           shown_text(value_cell(here)), shown_text(value_cell(all)),
                           measure.value == MeasureValue::rate ? count_text(here.numerator)
                                                               : counts_words(measure, here)});
        }
        text += '\n' + table.text();
    }
    sink(text + last_line(terminal, provenance));
}

void write_measure_text(const MeasureSource& source, const MeasureSeries& series, const Place& place,
                        std::size_t date, const Provenance& provenance, const Terminal& terminal,
                        const TextSink& sink) {
    const MeasureDefinition& measure = *series.measure;
    const MeasureFigure here = year_figure(source, measure, place, date);
    std::string text = heading(terminal, measure.title + " · " + place.name);
    text += wrapped(measure.words, terminal.width) + '\n';
    text += wrapped(
        fmt::format("{} ({}) {}. Organisation: {}.", figure_words(measure, here), counts_words(measure, here),
                    denominator_words(measure, source.grid.dates()[date]),
                    figure_words(measure, year_figure(source, measure, source.organisation, date))),
        terminal.width);
    for (const MeasureDefinition* beside : beside_of(source, measure)) {
        const MeasureFigure figure = year_figure(source, *beside, place, date);
        text += wrapped(fmt::format("  Beside it: {}: {} ({})", beside->title, figure_words(*beside, figure),
                                    counts_words(*beside, figure)),
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
