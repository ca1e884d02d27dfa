#include "web/views_data.hpp"

#include "report/number_text.hpp"
#include "store/uploads.hpp"
#include "web/data_work.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <map>

namespace optimat {

namespace {

constexpr int uploads_shown = 20;
constexpr std::size_t snapshots_compared = 12;
constexpr std::string_view stage_ids[] = {"mat1", "mat2", "mat3", "mat4", "uncategorised"};
constexpr std::string_view stage_names[] = {"MAT 1", "MAT 2", "MAT 3", "MAT 4", "Uncategorised"};

DataCell count_of(std::uint64_t number) { return DataCell::count(static_cast<std::int64_t>(number)); }

DataCell day_cell(std::string_view iso) {
    const auto day = parse_iso_day(iso.substr(0, std::min<std::size_t>(10, iso.size())));
    return day ? DataCell::of_day(*day) : DataCell::nothing();
}

std::string stage_words(const Upload& upload) {
    switch (upload.stage) {
    case UploadStage::receiving:
        return "coming in";
    case UploadStage::checking:
        return "being checked";
    case UploadStage::checked:
        return "checked: import it or give it up";
    case UploadStage::importing:
        return "being imported";
    case UploadStage::imported:
        return "imported";
    case UploadStage::refused:
        return "refused";
    case UploadStage::failed:
        return "failed";
    case UploadStage::given_up:
        return "given up";
    }
    return {};
}

std::string first_capital(std::string_view words) {
    std::string text(words);
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

DataTable files_table(const CheckSummary& summary) {
    DataTable table{"files",
                    "Rows by file",
                    "A row that stands more than once counts once. A refused row breaks a rule of the "
                    "contract and is left out.",
                    {{"file", "File", CellKind::words, ""},
                     {"table", "Fills", CellKind::words, ""},
                     {"read", "Rows", CellKind::count, ""},
                     {"accepted", "Taken", CellKind::count, ""},
                     {"repeated", "Repeated", CellKind::count, ""},
                     {"refused", "Refused", CellKind::count, ""},
                     {"refusal", "Why the whole file is refused", CellKind::words, ""}},
                    {},
                    1};
    const bool any_refused = summary.refused();
    if (!any_refused) table.columns.pop_back();
    for (const FileSummary& file : summary.files) {
        table.rows.push_back(
            {DataCell::words(file.file),
             DataCell::words(file.table.empty() ? "nothing: not of the contract" : file.table),
             count_of(file.rows.read), count_of(file.rows.accepted), count_of(file.rows.repeated),
             count_of(file.rows.refused)});
        if (any_refused) table.rows.back().push_back(DataCell::words(file.refusal));
    }
    return table;
}

std::vector<DataColumn> rule_columns(const CheckSummary& summary) {
    std::vector<DataColumn> columns = {
        {"text", "What is wrong", CellKind::words, ""}, {"advice", "What to do", CellKind::words, ""},
        {"severity", "Kind", CellKind::words, ""},      {"consequence", "The data are", CellKind::words, ""},
        {"issues", "Issues", CellKind::count, ""},      {"people", "People", CellKind::count, ""}};
    const auto day = parse_iso_day(summary.covers_to);
    const std::string group =
        day ? "Share of each stage’s people on " + long_date(*day) : "Share of each stage’s people";
    for (std::size_t stage = 0; stage < stage_count; ++stage)
        columns.push_back({fmt::format("share_of_{}", stage_ids[stage]), std::string(stage_names[stage]),
                           CellKind::share, group});
    return columns;
}

DataTable rules_table(const CheckSummary& summary, const std::string& rows_path) {
    DataTable table{"issues",
                    "Issues by rule",
                    "People: how many have a row with the issue. Shares: of the people at that MAT stage on "
                    "the last day, those who have "
                    "such a row.",
                    rule_columns(summary),
                    {},
                    1};
    const bool has_reach =
        std::ranges::any_of(summary.rules, [](const RuleSummary& rule) { return rule.reach.has_value(); });
    if (!has_reach) {
        table.columns.resize(5);
        table.note.clear();
    }
    for (const RuleSummary& rule : summary.rules) {
        const IssueRule& words = issue_rule(rule.rule);
        DataCell issues = count_of(rule.issues);
        if (!rows_path.empty() && !words.id.starts_with("file/"))
            issues.link = rows_path + "?rule=" + url_encode(words.id);
        table.rows.push_back({DataCell::words(first_capital(words.text)),
                              DataCell::words(first_capital(words.advice)),
                              DataCell::words(std::string(text_of(words.severity))),
                              DataCell::words(std::string(text_of(words.consequence))), issues});
        if (!has_reach) continue;
        const bool of_rows = rule.reach && !words.id.starts_with("file/");
        table.rows.back().push_back(of_rows ? count_of(rule.reach->people) : DataCell::nothing());
        for (std::size_t stage = 0; stage < stage_count; ++stage)
            table.rows.back().push_back(
                of_rows ? DataCell::share(static_cast<std::int64_t>(rule.reach->stages[stage]),
                                          static_cast<std::int64_t>(summary.stages[stage]))
                        : DataCell::nothing());
    }
    return table;
}

std::string check_sentence(const CheckSummary& summary) {
    const auto errors = static_cast<std::int64_t>(summary.issues(Severity::error));
    const auto warnings = static_cast<std::int64_t>(summary.issues(Severity::warning));
    const std::string found = errors + warnings == 0 ? "Nothing is wrong with them."
                                                     : fmt::format("{} and {}.", counted(errors, "error"),
                                                                   counted(warnings, "warning"));
    if (summary.covers_to.empty())
        return fmt::format("{} were read. {}", counted(static_cast<std::int64_t>(summary.rows()), "row"),
                           found);
    return fmt::format("{} in {}. {}", people_text(static_cast<std::int64_t>(summary.people)),
                       counted(static_cast<std::int64_t>(summary.rows()), "row"), found);
}

/// The issues of one rule in one file, rising by line.
std::vector<Issue> issues_of(const CheckReport& report, std::size_t file, Rule rule) {
    std::vector<Issue> issues;
    for (const Issue& issue : report.issues)
        if (issue.rule == rule && issue.file == file && issue.line > 1) issues.push_back(issue);
    return issues;
}

/// The columns that break the rule on a line, in words.
std::string columns_of_line(const std::vector<Issue>& issues, std::uint64_t line, const FileReport& file) {
    std::string names;
    for (const Issue& issue : std::ranges::equal_range(issues, line, {}, &Issue::line))
        if (issue.column < file.columns.size())
            names += (names.empty() ? "" : ", ") + file.columns[issue.column];
    return names;
}

DataTable rows_table(const FileReport& file, std::size_t number, const std::vector<Issue>& issues,
                     std::vector<std::uint64_t> lines, const ExtractRows& rows) {
    DataTable table{fmt::format("rows-{}", number),
                    file.file,
                    "",
                    {{"line", "Line", CellKind::count, ""}, {"column", "Look at", CellKind::words, ""}},
                    {},
                    1};
    const std::vector<std::string> columns = rows.columns(file);
    for (const std::string& column : columns)
        table.columns.push_back({column, column, CellKind::words, ""});
    rows.read(file, lines, RowCells::shown, [&](const ExtractRow& row) {
        std::vector<DataCell> cells = {count_of(row.line),
                                       DataCell::words(columns_of_line(issues, row.line, file))};
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const bool known = i < row.cells.size() && !row.cells[i].empty();
            cells.push_back(known ? DataCell::words(row.cells[i]) : DataCell::nothing());
        }
        table.rows.push_back(std::move(cells));
    });
    return table;
}

}  // namespace

std::string moment_words(std::string_view moment) {
    const auto day = parse_iso_day(moment.substr(0, std::min<std::size_t>(10, moment.size())));
    if (!day || moment.size() < 16) return std::string(moment);
    return fmt::format("{}, {}", long_date(*day), moment.substr(11, 5));
}

DataTable uploads_table(Context& context) {
    DataTable table{"uploads",
                    "Extracts on their way in",
                    "",
                    {{"begun_at", "Begun", CellKind::words, ""},
                     {"user", "By", CellKind::words, ""},
                     {"source", "From", CellKind::words, ""},
                     {"stage", "Stage", CellKind::words, ""},
                     {"megabytes", "MB", CellKind::decimal, ""}},
                    {},
                    1};
    for (const Upload& upload : list_uploads(*context.database, uploads_shown)) {
        const auto user = find_user(*context.database, upload.user);
        const bool sent = upload.source == "sent";
        table.rows.push_back(
            {DataCell::words(moment_words(upload.begun_at)).linked("/data/uploads/" + upload.reference),
             DataCell::words(user ? user->name : ""),
             DataCell::words(sent ? "a browser" : "a folder of the server"),
             DataCell::words(stage_words(upload)),
             sent ? DataCell::decimal(static_cast<double>(upload.bytes) / 1e6) : DataCell::nothing()});
    }
    return table;
}

DataTable snapshots_table(Context& context) {
    DataTable table{"snapshots",
                    "Snapshots in the store",
                    "The newest is what every page shows. An older one stays as it was imported.",
                    {{"imported_at", "Imported", CellKind::words, ""},
                     {"covers_from", "Covers from", CellKind::day, ""},
                     {"covers_to", "to", CellKind::day, ""},
                     {"people", "People", CellKind::count, ""},
                     {"rows", "Rows", CellKind::count, ""},
                     {"errors", "Errors", CellKind::count, ""},
                     {"warnings", "Warnings", CellKind::count, ""},
                     {"policy", "Policy", CellKind::words, ""}},
                    {},
                    1};
    std::vector<SnapshotInfo> snapshots = list_snapshots(*context.store);
    std::ranges::reverse(snapshots);
    for (const SnapshotInfo& info : snapshots) {
        const auto quality = context.site.data_work().quality_of(*context.store, info.id);
        table.rows.push_back(
            {DataCell::words(moment_words(info.imported_at)).linked("/data/snapshots/" + info.id),
             day_cell(info.covers_from), day_cell(info.covers_to), count_of(info.clients),
             count_of(quality->rows()), count_of(quality->issues(Severity::error)),
             count_of(quality->issues(Severity::warning)),
             DataCell::words(fmt::format("{} {}", info.policy.name, info.policy.version))});
    }
    return table;
}

PageFigures check_figures(const CheckSummary& summary, const std::string& rows_path) {
    PageFigures page;
    page.title = "Check report";
    page.tables = {rules_table(summary, rows_path), files_table(summary)};
    page.sentence = check_sentence(summary);
    return page;
}

PageFigures quality_figures(Context& context) {
    std::vector<SnapshotInfo> snapshots = list_snapshots(*context.store);
    if (snapshots.empty()) throw HttpError(404, "There are no data yet. Import an extract on the Data page.");
    if (snapshots.size() > snapshots_compared)
        snapshots.erase(snapshots.begin(), snapshots.end() - snapshots_compared);
    DataTable table{
        "quality",
        "Issues, and how many in 1,000 rows",
        "A pair of columns a snapshot, by the last day it covers, in the order of import. Notes are left "
        "out.",
        {{"rule", "What is wrong", CellKind::words, ""}, {"severity", "Kind", CellKind::words, ""}},
        {},
        1};
    std::vector<std::shared_ptr<const CheckSummary>> qualities;
    std::map<Rule, double>
        latest;  // every rule that occurs, with its rate in the newest snapshot where it does
    for (const SnapshotInfo& info : snapshots) {
        const std::string id = info.id.substr(0, 12),
                          group = fmt::format("to {}, imported {}", shown_text(day_cell(info.covers_to)),
                                              moment_words(info.imported_at));
        table.columns.push_back({"issues_" + id, "Issues", CellKind::count, group});
        table.columns.push_back({"per_1000_rows_" + id, "per 1,000 rows", CellKind::decimal, group});
        qualities.push_back(context.site.data_work().quality_of(*context.store, info.id));
        for (const RuleSummary& rule : qualities.back()->rules)
            if (issue_rule(rule.rule).severity != Severity::note)
                latest[rule.rule] = static_cast<double>(rule.issues) /
                                    static_cast<double>(std::max<std::uint64_t>(1, qualities.back()->rows()));
    }
    std::vector<std::pair<Rule, double>> rules(latest.begin(), latest.end());
    std::ranges::stable_sort(rules, std::ranges::greater{}, &std::pair<Rule, double>::second);
    for (const auto& [rule, rate] : rules) {
        const IssueRule& words = issue_rule(rule);
        std::vector<DataCell> row = {DataCell::words(first_capital(words.text)),
                                     DataCell::words(std::string(text_of(words.severity)))};
        for (const auto& quality : qualities) {
            const auto found = std::ranges::find(quality->rules, rule, &RuleSummary::rule);
            const std::uint64_t issues = found == quality->rules.end() ? 0 : found->issues;
            row.push_back(count_of(issues));
            row.push_back(quality->rows() == 0 ? DataCell::nothing()
                                               : DataCell::decimal(static_cast<double>(issues) * 1000 /
                                                                   static_cast<double>(quality->rows())));
        }
        table.rows.push_back(std::move(row));
    }
    PageFigures page;
    page.title = "Data quality over time";
    const auto& newest = *qualities.back();
    page.sentence =
        fmt::format("The newest snapshot has {} and {} in {}.",
                    counted(static_cast<std::int64_t>(newest.issues(Severity::error)), "error"),
                    counted(static_cast<std::int64_t>(newest.issues(Severity::warning)), "warning"),
                    counted(static_cast<std::int64_t>(newest.rows()), "row"));
    page.tables = {std::move(table)};
    return page;
}

RowsOfRule rows_of_rule(const CheckReport& report, const ExtractRows& rows, Rule rule, std::size_t most) {
    RowsOfRule result;
    std::size_t left = most;
    for (std::size_t file = 0; file < report.files.size(); ++file) {
        const std::vector<Issue> issues = issues_of(report, file, rule);
        std::vector<std::uint64_t> lines;
        for (const Issue& issue : issues)
            if (lines.empty() || lines.back() != issue.line) lines.push_back(issue.line);
        result.rows += lines.size();
        if (lines.size() > left) lines.resize(left);
        if (lines.empty()) continue;
        left -= lines.size();
        result.tables.push_back(rows_table(report.files[file], file, issues, std::move(lines), rows));
    }
    return result;
}

}  // namespace optimat
