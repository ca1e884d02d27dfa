#include "accepted_rows.hpp"
#include "steps.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat::spec {

namespace {

std::vector<std::string> all_rule_ids() {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < rule_count; ++i)
        ids.emplace_back(issue_rule(static_cast<Rule>(i)).id);
    return ids;
}

std::vector<std::string> severity_texts() {
    return {std::string(text_of(Severity::note)), std::string(text_of(Severity::warning)),
            std::string(text_of(Severity::error))};
}

std::vector<std::string> consequence_texts() {
    std::vector<std::string> texts;
    for (const Consequence one : {Consequence::kept, Consequence::cell_not_recorded, Consequence::row_refused,
                                  Consequence::row_counted_once, Consequence::file_refused})
        texts.emplace_back(text_of(one));
    return texts;
}

ResultTable issue_table() {
    return {{{"file", ColumnUse::key, {}},
             {"line", ColumnUse::key, {}},
             {"rule", ColumnUse::key, all_rule_ids()},
             {"column", ColumnUse::value, {}},
             {"severity", ColumnUse::value, severity_texts()},
             {"consequence", ColumnUse::value, consequence_texts()}},
            {}};
}

std::string column_name(const CheckReport& report, const Issue& issue) {
    if (issue.column == Issue::no_column) return {};
    return report.files.at(issue.file).columns.at(issue.column);
}

ResultTable issues_of(const CheckReport& report) {
    ResultTable table = issue_table();
    for (const Issue& issue : report.issues) {
        const IssueRule& rule = issue_rule(issue.rule);
        table.rows.push_back({report.files.at(issue.file).file, std::to_string(issue.line),
                              std::string(rule.id), column_name(report, issue),
                              std::string(text_of(rule.severity)), std::string(text_of(rule.consequence))});
    }
    return table;
}

/// Notes which rules the expected table names and the engine raised.
void confirm_rules(CaseRun& run, const SpecTable& expected, const CheckReport& report) {
    const auto column = expected.find("rule");
    if (!column) return;
    for (const Issue& issue : report.issues)
        for (const SpecRow& row : expected.rows)
            if (row.cells[*column] == issue_rule(issue.rule).id) run.confirmed_rules.insert(issue.rule);
}

const std::vector<ResultColumn> row_columns = {
    {"file", ColumnUse::key, {}},       {"table", ColumnUse::value, {}},
    {"read", ColumnUse::value, {}},     {"accepted", ColumnUse::value, {}},
    {"repeated", ColumnUse::value, {}}, {"refused", ColumnUse::value, {}}};

ResultTable rows_of(const CheckReport& report) {
    ResultTable table{row_columns, {}};
    for (const FileReport& file : report.files)
        table.rows.push_back({file.file, file.table, std::to_string(file.rows.read),
                              std::to_string(file.rows.accepted), std::to_string(file.rows.repeated),
                              std::to_string(file.rows.refused)});
    return table;
}

/// Every count of a report balances, whatever the case asks.
void check_balance(CaseRun& run, int line) {
    for (const FileReport& file : run.read_result(line).report.files) {
        const RowCounts& rows = file.rows;
        if (rows.read != rows.accepted + rows.repeated + rows.refused)
            run.complain(line,
                         fmt::format("{} | rows read are not rows accepted + repeated + refused", file.file));
    }
}

void then_issues(CaseRun& run, const SpecStep& step) {
    const CheckReport& report = run.read_result(step.line).report;
    compare(step, *step.table, issues_of(report), Extent::exactly, run.complain);
    confirm_rules(run, *step.table, report);
    check_balance(run, step.line);
}

void then_no_issues(CaseRun& run, const SpecStep& step) {
    for (const auto& row : issues_of(run.read_result(step.line).report).rows)
        run.complain(step.line, fmt::format("{}:{} | expected no issue, got {}", row[0], row[1], row[2]));
}

/// Each row says a file and a part of the reason; files that are refused and not named are wrong.
void then_files_refused(CaseRun& run, const SpecStep& step) {
    const auto& files = run.read_result(step.line).report.files;
    ResultTable table{{{"file", ColumnUse::key, {}}, {"because", ColumnUse::value, {}}}, {}};
    const auto file_at = step.table->find("file"), because_at = step.table->find("because");
    if (!file_at || !because_at) throw SpecError(step.table->line, "the columns are file and because");
    for (const FileReport& file : files) {
        if (file.refusal.empty()) continue;
        std::string reason = file.refusal;
        for (const SpecRow& row : step.table->rows)
            if (row.cells[*file_at] == file.file && reason.find(row.cells[*because_at]) != reason.npos)
                reason = row.cells[*because_at];
        table.rows.push_back({file.file, reason});
    }
    compare(step, *step.table, table, Extent::exactly, run.complain);
    if (!table.rows.empty() && run.read_result(step.line).extract.client_count() != 0)
        run.complain(step.line, "an extract with a refused file holds clients");
}

void then_refused(CaseRun& run, const SpecStep& step) {
    if (!run.was_run()) throw SpecError(step.line, "no When stands above");
    const auto because_at = step.table->find("because");
    if (!because_at) throw SpecError(step.table->line, "the column is because");
    for (const SpecRow& row : step.table->rows) {
        const std::string& because = row.cells[*because_at];
        if (run.refusal().empty())
            run.complain(row.line, "expected the extract to be refused, it was read");
        else if (run.refusal().find(because) == std::string::npos)
            run.complain(row.line,
                         fmt::format("column because: expected {}, got {}", because, run.refusal()));
    }
}

void then_accepted(CaseRun& run, const SpecStep& step, const std::string& words) {
    const auto table = table_for_words(words);
    if (!table) throw SpecError(step.line, fmt::format("the contract has no table '{}'", words));
    compare(step, *step.table, accepted_rows(run.extract(step.line), *table), Extent::exactly, run.complain);
}

}  // namespace

std::vector<Step> intake_steps() {
    return {
        {"When checked", Takes::nothing, "Reads the extract, as `optimat check` does.", "",
         [](CaseRun& run, const SpecStep&, const auto&) { run.read(); }},
        {"Then issues are exactly", Takes::table, "Every issue of the reading. `line` 1 is the header.",
         column_words(issue_table().columns),
         [](CaseRun& run, const SpecStep& step, const auto&) { then_issues(run, step); }},
        {"Then there are no issues", Takes::nothing, "The reading found nothing to report.", "",
         [](CaseRun& run, const SpecStep& step, const auto&) { then_no_issues(run, step); }},
        {"Then rows are exactly", Takes::table, "How many rows of each file became what.",
         column_words(row_columns),
         [](CaseRun& run, const SpecStep& step, const auto&) {
             compare(step, *step.table, rows_of(run.read_result(step.line).report), Extent::exactly,
                     run.complain);
         }},
        {"Then accepted TABLE are exactly", Takes::table,
         "The rows as they are after reading. Clients that rows name and clients.csv does not are among the "
         "clients.",
         "those of the contract's file; of clients also listed, refused_records; of services also listed",
         [](CaseRun& run, const SpecStep& step, const auto& arguments) {
             then_accepted(run, step, arguments[0]);
         }},
        {"Then the files refused are exactly", Takes::table,
         "Files that cannot be used, each with a part of the reason it is given.", "file, because",
         [](CaseRun& run, const SpecStep& step, const auto&) { then_files_refused(run, step); }},
        {"Then the extract is refused", Takes::table,
         "The folder, extract.toml, policy or mapping cannot be used; each row is a part of the message.",
         "because", [](CaseRun& run, const SpecStep& step, const auto&) { then_refused(run, step); }},
    };
}

}  // namespace optimat::spec
