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
std::string four_decimals(std::optional<double> value) { return value ? fmt::format("{:.4f}", *value) : std::string{}; }

std::string position_text(const std::optional<FunnelPosition>& position) {
    constexpr std::string_view texts[] = {"inside", "high_95", "high_998", "low_95", "low_998"};
    return position ? std::string(texts[static_cast<std::size_t>(*position)]) : std::string{};
}

std::vector<ResultColumn> comparison_columns() {
    return {{"service", ColumnUse::key, {}},       {"in_mat", ColumnUse::value, {}},
            {"numerator", ColumnUse::value, {}},   {"denominator", ColumnUse::value, {}},
            {"value", ColumnUse::value, {}},       {"low", ColumnUse::value, {}},
            {"high", ColumnUse::value, {}},        {"funnel", ColumnUse::value, {}}};
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
    return {{"choice", ColumnUse::key, {}},   {"setting", ColumnUse::key, {}}, {"in_mat", ColumnUse::value, {}},
            {"stage", ColumnUse::value, {}},  {"band", ColumnUse::value, {}},  {"regime", ColumnUse::value, {}},
            {"cohort", ColumnUse::value, {}}};
}

ResultTable sensitivity_rows(const CaseRun& run, int line) {
    ResultTable table{sensitivity_columns(), {}};
    const auto alternatives = run.definitions().policy_alternatives(run.policy());
    for (const SensitivityRow& row :
         sensitivity(run.extract(line), run.policy(), alternatives, run.states(line).dates.back(), {1}))
        table.rows.push_back({row.choice, row.setting, std::to_string(row.in_mat), std::to_string(row.stage),
                              std::to_string(row.band), std::to_string(row.regime), std::to_string(row.cohort)});
    return table;
}

/// A table of counts with the sums of its rows and columns.
class GivenCounts {
  public:
    explicit GivenCounts(const SpecTable& table) : m_given(table) {
        if (table.columns.size() < 2 || table.columns.front() != "part")
            throw SpecError(table.line, "the first column is `part`, the others are wholes");
        std::vector<std::vector<std::size_t>> columns(table.columns.size() - 1);
        for (const SpecRow& row : table.rows) {
            std::vector<std::size_t> parts;
            for (std::size_t c = 0; c < columns.size(); ++c) {
                parts.push_back(m_counts.add(number_in(row.line, row.cells[c + 1])));
                columns[c].push_back(parts.back());
            }
            add_sum(parts);
        }
        std::vector<std::size_t> bottom, right;
        for (const auto& row : m_at) right.push_back(row.back());
        for (const auto& column : columns) bottom.push_back(sum_of(column));
        add_sum(bottom);
        m_counts.add_sum(m_at.back().back(), right);
    }

    ResultTable shown(const DisclosureRule& rule) const {
        const auto disclosed = disclose(m_counts, rule);
        ResultTable result;
        for (const std::string& column : m_given.columns)
            result.columns.push_back({column, column == "part" ? ColumnUse::key : ColumnUse::value, {}});
        result.columns.push_back({"total", ColumnUse::value, {}});
        for (std::size_t r = 0; r < m_at.size(); ++r) {
            auto& row = result.rows.emplace_back();
            row.push_back(r < m_given.rows.size() ? m_given.rows[r].cells.front() : "total");
            for (const std::size_t at : m_at[r])
                row.push_back(disclosed[at].is_shown() ? std::to_string(disclosed[at].value) : "hidden");
        }
        return result;
    }

  private:
    std::size_t sum_of(const std::vector<std::size_t>& parts) {
        std::int64_t sum = 0;
        for (const std::size_t part : parts) sum += m_counts.counts()[part];
        const std::size_t whole = m_counts.add(sum);
        m_counts.add_sum(whole, parts);
        return whole;
    }
    void add_sum(const std::vector<std::size_t>& parts) {
        m_at.push_back(parts);
        m_at.back().push_back(sum_of(parts));
    }

    const SpecTable& m_given;
    CountTable m_counts;
    std::vector<std::vector<std::size_t>> m_at;  ///< by row, the sums' last; by column, the sum's last
};

void disclose_counts(CaseRun& run, const SpecStep& step, const std::string& below) {
    const std::int64_t hidden_below = number_in(step.line, below);
    if (hidden_below < 2) throw SpecError(step.line, "counts are hidden below 2 at least");
    run.disclosed = GivenCounts(*step.table).shown(DisclosureRule{hidden_below});
}

}  // namespace

std::vector<Step> comparison_steps() {
    return {
        {"When these counts leave with those below NUMBER hidden", Takes::table,
         "Parts by wholes; the sums of rows and columns leave with them.", "part, and one for each whole",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             disclose_counts(run, step, arguments[0]);
         }},
        {"Then what leaves is exactly", Takes::table, "A count, or `hidden`.", "part, one for each whole, total",
         [](CaseRun& run, const SpecStep& step, const auto&) {
             if (!run.disclosed) throw SpecError(step.line, "no counts left above");
             compare(step, *step.table, *run.disclosed, Extent::exactly, run.complain);
         }},
        {"Then services compared by MEASURE are", Takes::table,
         "Value, 95 % interval and place on the funnel of each service at the date classified; `pooled` is over all. "
         "Shares are 0 to 1.",
         column_words(comparison_columns()),
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             compare(step, *step.table, comparison_rows(run, step.line, arguments[0]), Extent::exactly, run.complain);
         }},
        {"Then other settings would move", Takes::table,
         "Of the people in MAT at the last date, how many would stand elsewhere under a choice's other setting.",
         column_words(sensitivity_columns()),
         [](CaseRun& run, const SpecStep& step, const auto&) {
             compare(step, *step.table, sensitivity_rows(run, step.line), Extent::named_rows, run.complain);
         }},
    };
}

}  // namespace optimat::spec
