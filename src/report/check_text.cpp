#include "report/check_text.hpp"

#include "report/number_text.hpp"
#include "report/table_text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <tuple>

namespace optimat {

namespace {

using Json = nlohmann::ordered_json;

/// Columns that the contract has beside the fields: a dose in millilitres is two columns that make one field.
constexpr std::string_view extra_columns[] = {"daily_dose_ml", "strength_mg_per_ml"};

std::span<const Field> fields_of_table(const std::string& table) {
    if (table == "services") return service_fields();
    for (std::size_t i = 0; i < table_count; ++i)
        if (table_name(static_cast<TableKind>(i)) == table) return fields_of(static_cast<TableKind>(i));
    return {};
}

std::string file_label(const FileReport& file) {
    if (file.table.empty() || file.file == file.table + ".csv") return printable(file.file);
    return printable(fmt::format("{} as {}", file.file, file.table));
}

RowCounts sum_of(const CheckReport& report) {
    RowCounts sum;
    for (const FileReport& file : report.files) {
        sum.read += file.rows.read;
        sum.accepted += file.rows.accepted;
        sum.repeated += file.rows.repeated;
        sum.refused += file.rows.refused;
    }
    return sum;
}

std::vector<std::string> count_cells(std::string label, const RowCounts& rows) {
    std::vector<std::string> cells = {std::move(label)};
    for (const std::uint64_t count : {rows.read, rows.accepted, rows.repeated, rows.refused})
        cells.push_back(count_text(static_cast<std::int64_t>(count)));
    return cells;
}

std::string files_text(const CheckReport& report, const Terminal& terminal) {
    TextTable table(terminal);
    for (const std::string_view head : {"File", "Rows read", "Accepted", "Repeated", "Refused"})
        table.add_column(std::string(head), head == "File" ? Align::left : Align::right);
    for (const FileReport& file : report.files)
        if (!file.table.empty()) table.add_row(count_cells(cut_to(file_label(file), 34), file.rows));
    table.add_row(count_cells("All files", sum_of(report)));
    return table.text();
}

std::string refusals_text(const CheckReport& report, const Terminal& terminal) {
    std::string text;
    for (const FileReport& file : report.files) {
        if (file.refusal.empty()) continue;
        const bool named = file.refusal.starts_with(file.file);
        text += wrapped("  " + printable(named ? file.refusal : file.file + ": " + file.refusal),
                        terminal.width, 4);
    }
    if (text.empty()) return text;
    return "\n" +
           paint(terminal, Ink::red, "Refused files: the extract cannot be used until they are corrected") +
           "\n" + text;
}

std::string severity_text(Severity severity, const Terminal& terminal) {
    constexpr Ink inks[] = {Ink::grey, Ink::amber, Ink::red};
    return paint(terminal, inks[static_cast<std::size_t>(severity)], text_of(severity));
}

/// Where a rule was broken first, by file and line, so that somebody can look.
std::string first_place(const CheckReport& report, Rule rule) {
    const auto found = std::ranges::find(report.issues, rule, &Issue::rule);
    const std::string file = printable(report.files[found->file].file);
    return found->line == 0
               ? file
               : fmt::format("{} line {}", file, count_text(static_cast<std::int64_t>(found->line)));
}

std::string issues_text(const CheckReport& report, const Terminal& terminal) {
    const auto counted_as = [&](Severity severity, std::string_view noun) {
        return counted(static_cast<std::int64_t>(report.count(severity)), noun);
    };
    std::string text =
        fmt::format("\nIssues: {}, {}, {}\n", counted_as(Severity::error, "error"),
                    counted_as(Severity::warning, "warning"), counted_as(Severity::note, "note"));
    for (const IssueCount& issue : issues_by_rule(report)) {
        const IssueRule& rule = issue_rule(issue.rule);
        text +=
            fmt::format("\n  {}  {}  {}; {}\n", severity_text(rule.severity, terminal),
                        paint(terminal, Ink::strong, rule.id),
                        counted(static_cast<std::int64_t>(issue.count), "time"), text_of(rule.consequence));
        text += wrapped(fmt::format("    {}", rule.text), terminal.width, 4);
        text += wrapped(
            fmt::format("    First at {}. What to do: {}.", first_place(report, issue.rule), rule.advice),
            terminal.width, 4);
    }
    return text;
}

std::string ignored_files_text(const CheckReport& report, const Terminal& terminal) {
    std::vector<std::string> files;
    for (const FileReport& file : report.files)
        if (file.table.empty()) files.push_back(printable(file.file));
    if (files.empty()) return {};
    return "\nFiles that are ignored\n" +
           wrapped(fmt::format("  {}", fmt::join(files, ", ")), terminal.width, 2);
}

std::string unknown_columns_text(const ReadExtract& read, const Terminal& terminal) {
    std::string text;
    for (const FileReport& file : read.report.files) {
        const auto columns = unknown_columns(file, read.extract.inventory_items);
        if (!columns.empty())
            text += wrapped("  " + printable(fmt::format("{}: {}", file.file, fmt::join(columns, ", "))),
                            terminal.width, 4);
    }
    return text.empty() ? text : "\nColumns that are ignored\n" + text;
}

Json json_of(const FileReport& file, const std::vector<std::string>& inventory_items) {
    Json json = {{"file", file.file},
                 {"table", file.table},
                 {"bytes", file.bytes},
                 {"read", file.rows.read},
                 {"accepted", file.rows.accepted},
                 {"repeated", file.rows.repeated},
                 {"refused", file.rows.refused},
                 {"refusal", nullptr},
                 {"unknown_columns", unknown_columns(file, inventory_items)}};
    if (!file.refusal.empty()) json["refusal"] = file.refusal;
    return json;
}

Json json_of(const IssueCount& issue) {
    const IssueRule& rule = issue_rule(issue.rule);
    return {{"rule", rule.id},
            {"severity", text_of(rule.severity)},
            {"consequence", text_of(rule.consequence)},
            {"count", issue.count},
            {"text", rule.text},
            {"advice", rule.advice}};
}

}  // namespace

std::vector<IssueCount> issues_by_rule(const CheckReport& report) {
    std::array<std::uint64_t, rule_count> counts{};
    for (const Issue& issue : report.issues)
        ++counts[static_cast<std::size_t>(issue.rule)];
    std::vector<IssueCount> found;
    for (std::size_t i = 0; i < rule_count; ++i)
        if (counts[i] != 0) found.push_back({static_cast<Rule>(i), counts[i]});
    std::ranges::sort(found, [](const IssueCount& a, const IssueCount& b) {
        const IssueRule& left = issue_rule(a.rule);
        const IssueRule& right = issue_rule(b.rule);
        return std::tie(right.severity, b.count, left.id) < std::tie(left.severity, a.count, right.id);
    });
    return found;
}

std::vector<std::string> unknown_columns(const FileReport& file,
                                         const std::vector<std::string>& inventory_items) {
    std::vector<std::string> unknown;
    const auto fields = fields_of_table(file.table);
    if (fields.empty() || file.file != file.table + ".csv") return unknown;
    for (const std::string& column : file.columns) {
        const bool item =
            file.table == "ascis" && std::ranges::find(inventory_items, column) != inventory_items.end();
        const bool extra = file.table == "prescriptions" &&
                           std::ranges::find(extra_columns, column) != std::end(extra_columns);
        if (!item && !extra && std::ranges::find(fields, column, &Field::name) == fields.end())
            unknown.push_back(column);
    }
    return unknown;
}

void write_check_text(const ReadExtract& read, const Terminal& terminal, const TextSink& sink) {
    const Extract& extract = read.extract;
    std::string text = paint(terminal, Ink::strong,
                             cut_to("Extract of " + printable(extract.organisation), terminal.width)) +
                       '\n';
    text += fmt::format("covers {} to {}", long_date(extract.covers_from), long_date(extract.covers_to));
    if (!read.report.refused())
        text += fmt::format("; {}", people_text(static_cast<std::int64_t>(extract.client_count())));
    text += "\n\n" + files_text(read.report, terminal) + refusals_text(read.report, terminal) +
            ignored_files_text(read.report, terminal) + unknown_columns_text(read, terminal) +
            issues_text(read.report, terminal);
    sink(text);
}

void write_check_json(const ReadExtract& read, const Provenance& provenance, const TextSink& sink) {
    Json files = Json::array(), issues = Json::array();
    for (const FileReport& file : read.report.files)
        files.push_back(json_of(file, read.extract.inventory_items));
    for (const IssueCount& issue : issues_by_rule(read.report))
        issues.push_back(json_of(issue));
    const Json result = {{"provenance", json_of(provenance)},
                         {"organisation", read.extract.organisation},
                         {"covers_from", to_text(read.extract.covers_from)},
                         {"covers_to", to_text(read.extract.covers_to)},
                         {"usable", !read.report.refused()},
                         {"errors", read.report.count(Severity::error)},
                         {"warnings", read.report.count(Severity::warning)},
                         {"notes", read.report.count(Severity::note)},
                         {"files", std::move(files)},
                         {"issues", std::move(issues)}};
    sink(result.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

void write_issues_csv(const CheckReport& report, const TextSink& sink) {
    std::string text = "file,line,column,rule,severity,consequence,text\n";
    for (const Issue& issue : report.issues) {
        const FileReport& file = report.files[issue.file];
        const IssueRule& rule = issue_rule(issue.rule);
        const std::string column =
            issue.column < file.columns.size() ? file.columns[issue.column] : std::string();
        fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{}\n", csv_words(file.file),
                       issue.line == 0 ? "" : std::to_string(issue.line), csv_words(column), rule.id,
                       text_of(rule.severity), text_of(rule.consequence),
                       csv_words(sentence_for(issue.rule, column)));
        if (text.size() > 1 << 16) {
            sink(text);
            text.clear();
        }
    }
    sink(text);
}

}  // namespace optimat
