#include "outcome_rows.hpp"

#include "base/dose.hpp"
#include "report/measure_texts.hpp"
#include "report/number_text.hpp"

#include <fmt/format.h>

namespace optimat::spec {

namespace {

const OutcomeTaken& outcome_taken(const CaseRun& run, int line) {
    run.extract(line);
    if (!run.outcome) throw SpecError(line, "the When above did not count a measure function");
    return *run.outcome;
}

/// Empty when the function's things have no value.
std::string value_text(const MeasureFunction& function, std::int64_t value) {
    switch (function.unit) {
    case MeasureUnit::none:
        return "";
    case MeasureUnit::micrograms:
        return milligram_text(Micrograms{value});
    default:
        return std::to_string(value);
    }
}

std::string service_text(const Extract& extract, ServiceIndex service) {
    return service.has_value() ? extract.services[*service].service_id : "";
}

/// A share as a percentage, everything else as it is.
std::string figure_text(const MeasureFigure& figure) {
    const auto value = figure.value();
    if (!value) return "";
    return decimal_text(figure.value_kind == MeasureValue::share ? *value * 100 : *value, 2);
}

}  // namespace

std::vector<ResultColumn> part_columns() {
    return {{"date", ColumnUse::implied_key, {}},
            {"part", ColumnUse::key, {}},
            {"number", ColumnUse::value, {}},
            {"sum", ColumnUse::value, {}}};
}

ResultTable part_rows(const CaseRun& run, int line) {
    const OutcomeTaken& taken = outcome_taken(run, line);
    ResultTable table{part_columns(), {}};
    for (const std::string_view part : taken.function->parts)
        table.columns[1].texts.emplace_back(part);
    for (std::size_t date = 0; date < taken.dates.size(); ++date)
        for (std::size_t part = 0; part < taken.function->parts.size(); ++part)
            if (const std::int64_t count = taken.cells[date].count[part]; count != 0)
                table.rows.push_back({to_text(taken.dates[date]), std::string(taken.function->parts[part]),
                                      std::to_string(count),
                                      value_text(*taken.function, taken.cells[date].sum[part])});
    return table;
}

std::vector<ResultColumn> thing_columns() {
    return {{"date", ColumnUse::implied_key, {}}, {"client", ColumnUse::key, {}},
            {"part", ColumnUse::value, {}},       {"day", ColumnUse::value, {}},
            {"value", ColumnUse::value, {}},      {"service", ColumnUse::value, {}}};
}

ResultTable thing_rows(const CaseRun& run, int line) {
    const OutcomeTaken& taken = outcome_taken(run, line);
    const Extract& extract = run.extract(line);
    ResultTable table{thing_columns(), {}};
    for (const std::string_view part : taken.function->parts)
        table.columns[2].texts.emplace_back(part);
    for (std::size_t date = 0; date < taken.dates.size(); ++date)
        for (const ListedItem& listed : taken.items[date])
            table.rows.push_back(
                {to_text(taken.dates[date]),
                 std::string(extract.chunks[listed.client.chunk].client_ids[listed.client.client]),
                 std::string(taken.function->parts[listed.item.part]), to_text(listed.item.day),
                 value_text(*taken.function, listed.item.value), service_text(extract, listed.item.service)});
    return table;
}

std::vector<ResultColumn> measure_columns() {
    return {{"date", ColumnUse::implied_key, {}}, {"measure", ColumnUse::key, {}},
            {"numerator", ColumnUse::value, {}},  {"denominator", ColumnUse::value, {}},
            {"population", ColumnUse::value, {}}, {"value", ColumnUse::value, {}}};
}

ResultTable measure_rows(const CaseRun& run, int line) {
    const OutcomeTaken& taken = outcome_taken(run, line);
    const MeasureDefinitions definitions =
        measure_definitions(run.definitions().text("measures.toml"), "measures.toml");
    ResultTable table{measure_columns(), {}};
    for (const MeasureDefinition& measure : definitions.measures) {
        if (measure.function != taken.function) continue;
        table.columns[1].texts.push_back(measure.name);
        for (std::size_t date = 0; date < taken.dates.size(); ++date) {
            const MeasureFigure figure = figure_of(measure, taken.cells[date]);
            table.rows.push_back({to_text(taken.dates[date]), measure.name, std::to_string(figure.numerator),
                                  std::to_string(figure.denominator), std::to_string(figure.population),
                                  figure_text(figure)});
        }
    }
    return table;
}

}  // namespace optimat::spec
