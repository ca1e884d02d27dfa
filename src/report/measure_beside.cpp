#include "report/measure_beside.hpp"

#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view beside_prefix = "beside_";

std::string column_id(const MeasureDefinition& measure, std::string_view end = "") {
    return fmt::format("{}{}{}", beside_prefix, measure.name, end);
}

/// `17.6 (2 events, 2.1 to 63.7)`.
DataCell rate_in_words(std::span<const DataCell> rate) {
    if (rate[0].kind == CellKind::none) return DataCell::nothing();
    return DataCell::words(fmt::format("{} ({}, {} to {})", shown_text(rate[0]),
                                       counted(rate[1].numerator, "event"), shown_text(rate[2]),
                                       shown_text(rate[3])));
}

}  // namespace

std::vector<const MeasureDefinition*> beside_of(const MeasureSource& source,
                                                const MeasureDefinition& measure) {
    std::vector<const MeasureDefinition*> measures;
    for (const std::string& name : measure.beside)
        measures.push_back(source.definitions.find(name));
    return measures;
}

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

void add_beside_columns(DataTable& table, const MeasureSource& source, const MeasureDefinition& measure) {
    for (const MeasureDefinition* one : beside_of(source, measure)) {
        if (one->value != MeasureValue::rate) {
            table.columns.push_back({column_id(*one), one->title, CellKind::decimal, "Read together with"});
            continue;
        }
        const std::string heading = fmt::format("{}, {}", one->title, unit_words(*one));
        table.columns.push_back({column_id(*one), "Rate", CellKind::decimal, heading});
        table.columns.push_back({column_id(*one, "_events"), "Events", CellKind::count, heading});
        table.columns.push_back({column_id(*one, "_low"), "95 % from", CellKind::decimal, heading});
        table.columns.push_back({column_id(*one, "_high"), "to", CellKind::decimal, heading});
    }
}

void add_beside_cells(std::vector<DataCell>& row, const MeasureSource& source,
                      const MeasureDefinition& measure, const BesideCell& cell) {
    for (const MeasureDefinition* one : beside_of(source, measure)) {
        const MeasureFigure figure = figure_of(*one, cell(*one->function));
        row.push_back(value_cell(figure));
        if (one->value != MeasureValue::rate) continue;
        row.push_back(figure.denominator == 0 ? DataCell::nothing() : numerator_cell(figure));
        add_interval_cells(row, *one, interval_of(figure));
    }
}

DataTable beside_in_words(DataTable table) {
    for (std::size_t i = 0; i + 3 < table.columns.size(); ++i) {
        const DataColumn& events = table.columns[i + 1];
        if (!events.id.starts_with(beside_prefix) || events.id != table.columns[i].id + "_events") continue;
        table.columns[i] = {table.columns[i].id, events.group + " (events, 95 % interval)", CellKind::words,
                            "Read together with"};
        const auto joined = static_cast<std::ptrdiff_t>(i) + 1;
        table.columns.erase(table.columns.begin() + joined, table.columns.begin() + joined + 3);
        for (auto& row : table.rows) {
            row[i] = rate_in_words(std::span(row).subspan(i, 4));
            row.erase(row.begin() + joined, row.begin() + joined + 3);
        }
    }
    return table;
}

std::string beside_words(const MeasureDefinition& measure, const MeasureFigure& figure) {
    const auto interval = interval_of(figure);
    if (measure.value != MeasureValue::rate || !interval) return counts_words(figure);
    return fmt::format("{}; 95 % interval {}", counts_words(figure), interval_words(measure, *interval));
}

}  // namespace optimat
