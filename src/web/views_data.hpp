#pragma once
// The figures of the Data page: extracts on their way in, snapshots, what a check found, the rows that have
// an issue, and data quality from snapshot to snapshot.

#include "report/data_table.hpp"
#include "web/check_summary.hpp"
#include "web/views.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace optimat {

/// `5 November 2018, 09:30` of a moment as the store keeps it, UTC.
std::string moment_words(std::string_view moment);

/// The newest uploads, each with its stage and a link to its page.
DataTable uploads_table(Context& context);

/// Every snapshot, newest first, with its rows and issues and a link to its report.
DataTable snapshots_table(Context& context);

/// What a check found. `rows_path`: where the rows of a rule are, to which `?rule=…` is added; empty:
/// nowhere.
PageFigures check_figures(const CheckSummary& summary, const std::string& rows_path);

/// Issues, and issues per 1,000 rows, by rule: a pair of columns a snapshot, at most the newest twelve. Notes
/// are left out. Throws HttpError 404 when the store has no snapshot.
PageFigures quality_figures(Context& context);

/// The rows of an extract that break a rule, a table a file.
struct RowsOfRule {
    std::uint64_t rows = 0;         ///< all of them
    std::vector<DataTable> tables;  ///< of the rows shown
};
/// `issues` as read_issue_places gives them; at most `most` rows are read, in the order of the files.
RowsOfRule rows_of_rule(const CheckReport& issues, const ExtractRows& rows, Rule rule, std::size_t most);

}  // namespace optimat
