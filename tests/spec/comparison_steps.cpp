#include "measure/compare.hpp"
#include "measure/disclosure.hpp"
#include "measure/sensitivity.hpp"
#include "steps.hpp"

#include <charconv>
#include <fmt/format.h>
#include <numeric>

namespace optimat::spec {

namespace {

std::int64_t number_in(int line, const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 0)
        throw SpecError(line, fmt::format("'{}' is no whole number from 0", text));
    return number;
}

/// Four decimals; nothing stays nothing.
std::string four_decimals(std::optional<double> value) {
    return value ? fmt::format("{:.4f}", *value) : std::string{};
}

std::string position_text(const std::optional<FunnelPosition>& position) {
    constexpr std::string_view texts[] = {"inside", "high_95", "high_998", "low_95", "low_998"};
    return position ? std::string(texts[static_cast<std::size_t>(*position)]) : std::string{};
}

std::vector<ResultColumn> comparison_columns() {
    return {{"service", ColumnUse::key, {}},     {"in_mat", ColumnUse::value, {}},
            {"numerator", ColumnUse::value, {}}, {"denominator", ColumnUse::value, {}},
            {"value", ColumnUse::value, {}},     {"low", ColumnUse::value, {}},
            {"high", ColumnUse::value, {}},      {"funnel", ColumnUse::value, {}}};
}

std::vector<std::string> comparison_row(const std::string& service, const MeasureSums& sums, MeasureKind kind,
                                        const std::optional<FunnelPosition>& position) {
    const auto interval = sums.interval(kind);
    return {service,
            std::to_string(sums.in_mat),
            std::to_string(sums.numerator),
            std::to_string(sums.denominator),
            four_decimals(sums.value(kind)),
            four_decimals(interval ? std::optional(interval->low) : std::nullopt),
            four_decimals(interval ? std::optional(interval->high) : std::nullopt),
            position_text(position)};
}

ResultTable comparison_rows(const CaseRun& run, int line, const std::string& id) {
    const ComparableMeasure* measure = find_measure(id);
    if (measure == nullptr) throw SpecError(line, fmt::format("there is no measure '{}'", id));
    const Extract& extract = run.extract(line);
    std::vector<std::size_t> services(extract.services.size());
    std::iota(services.begin(), services.end(), 0u);
    const Comparison found = optimat::compare(extract, run.states(line), 0, services, *measure);
    ResultTable table{comparison_columns(), {}};
    for (const ComparedService& one : found.services)
        table.rows.push_back(
            comparison_row(extract.services[one.service].service_id, one.sums, measure->kind, one.position));
    table.rows.push_back(comparison_row("pooled", found.pooled, measure->kind, {}));
    return table;
}

std::vector<ResultColumn> sensitivity_columns() {
    return {{"choice", ColumnUse::key, {}},   {"setting", ColumnUse::key, {}},
            {"in_mat", ColumnUse::value, {}}, {"stage", ColumnUse::value, {}},
            {"band", ColumnUse::value, {}},   {"regime", ColumnUse::value, {}},
            {"cohort", ColumnUse::value, {}}};
}

ResultTable sensitivity_rows(const CaseRun& run, int line) {
    ResultTable table{sensitivity_columns(), {}};
    const auto alternatives = run.definitions().policy_alternatives(run.policy());
    for (const SensitivityRow& row :
         sensitivity(run.extract(line), run.policy(), alternatives, run.states(line).dates.back(), {1}))
        table.rows.push_back({row.choice, row.setting, std::to_string(row.in_mat), std::to_string(row.stage),
                              std::to_string(row.band), std::to_string(row.regime),
                              std::to_string(row.cohort)});
    return table;
}

/// A table of counts with the sums of its rows and columns, as it may be shown.
ResultTable disclosed_counts(const SpecTable& given, const DisclosureRule& rule) {
    if (given.columns.size() < 2 || given.columns.front() != "part")
        throw SpecError(given.line, "the first column is `part`, the others are wholes");
    Nesting rows, columns;
    for (std::size_t r = 0; r < given.rows.size(); ++r)
        rows.add(0);
    for (std::size_t c = 1; c < given.columns.size(); ++c)
        columns.add(0);
    CountTable table(rows, columns);
    for (std::size_t r = 0; r < given.rows.size(); ++r)
        for (std::size_t c = 1; c < given.columns.size(); ++c)
            table.add(r + 1, c, number_in(given.rows[r].line, given.rows[r].cells[c]));
    const auto disclosed = disclose(table, rule);
    ResultTable result;
    for (const std::string& column : given.columns)
        result.columns.push_back({column, column == "part" ? ColumnUse::key : ColumnUse::value, {}});
    result.columns.push_back({"total", ColumnUse::value, {}});
    for (std::size_t r = 1; r <= rows.size(); ++r) {
        auto& row = result.rows.emplace_back();
        row.push_back(r < rows.size() ? given.rows[r - 1].cells.front() : "total");
        for (std::size_t c = 1; c <= columns.size(); ++c) {
            const Disclosed& one = disclosed.at(r % rows.size(), c % columns.size());
            row.push_back(one.is_shown() ? std::to_string(one.value) : "hidden");
        }
    }
    return result;
}

void disclose_counts(CaseRun& run, const SpecStep& step, const std::string& below) {
    const std::int64_t hidden_below = number_in(step.line, below);
    if (hidden_below < 2) throw SpecError(step.line, "counts are hidden below 2 at least");
    run.disclosed = disclosed_counts(*step.table, DisclosureRule{hidden_below});
}

}  // namespace

std::vector<Step> comparison_steps() {
    return {
        {"When these counts leave with those below NUMBER hidden", Takes::table,
         "Parts by wholes; the sums of rows and columns leave with them.", "part, and one for each whole",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             disclose_counts(run, step, arguments[0]);
         }},
        {"Then what leaves is exactly", Takes::table, "A count, or `hidden`.",
         "part, one for each whole, total",
         [](CaseRun& run, const SpecStep& step, const auto&) {
             if (!run.disclosed) throw SpecError(step.line, "no counts left above");
             compare(step, *step.table, *run.disclosed, Extent::exactly, run.complain);
         }},
        {"Then services compared by MEASURE are", Takes::table,
         "Value, 95 % interval and place on the funnel of each service at the date classified; `pooled` is "
         "over all. "
         "Shares are 0 to 1.",
         column_words(comparison_columns()),
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             compare(step, *step.table, comparison_rows(run, step.line, arguments[0]), Extent::exactly,
                     run.complain);
         }},
        {"Then other settings would move", Takes::table,
         "Of the people in MAT at the last date, how many would stand elsewhere under a choice's other "
         "setting.",
         column_words(sensitivity_columns()),
         [](CaseRun& run, const SpecStep& step, const auto&) {
             compare(step, *step.table, sensitivity_rows(run, step.line), Extent::named_rows, run.complain);
         }},
    };
}

}  // namespace optimat::spec
