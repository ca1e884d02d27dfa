#pragma once
// What a check found, in counts: rows by file, and for each rule how many rows and people it touches and how
// much of each MAT stage at the last month. Kept with an upload; it holds no value of a person's row.

#include "intake/extract_reader.hpp"
#include "stage/state.hpp"
#include "web/extract_rows.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

/// People by MAT stage.
using StageCounts = std::array<std::uint64_t, stage_count>;

/// Whom a rule touches.
struct RuleReach {
    std::uint64_t people = 0;  ///< who have a row with it, in the extract or not
    StageCounts stages{};      ///< of them, in MAT at the last month
    friend bool operator==(const RuleReach&, const RuleReach&) = default;
};

struct RuleSummary {
    Rule rule;
    std::uint64_t issues = 0;
    std::optional<RuleReach> reach;  ///< nothing: not worked out, because the extract cannot be used
    friend bool operator==(const RuleSummary&, const RuleSummary&) = default;
};

struct FileSummary {
    std::string file, table;
    std::uint64_t bytes = 0;
    RowCounts rows;
    std::string refusal;  ///< empty: not refused
    friend bool operator==(const FileSummary&, const FileSummary&) = default;
};

struct CheckSummary {
    std::string organisation, covers_from, covers_to;  ///< days YYYY-MM-DD, both inclusive
    std::uint64_t people = 0;
    StageCounts stages{};  ///< of everybody in MAT at the last month, covers_to
    std::vector<FileSummary> files;
    std::vector<RuleSummary> rules;  ///< errors first, then by number of issues; those that occur
    friend bool operator==(const CheckSummary&, const CheckSummary&) = default;

    bool refused() const;
    std::uint64_t rows() const;  ///< read, all files together
    std::uint64_t issues(Severity severity) const;
};

/// Rows and issues alone.
CheckSummary summary_of(const CheckReport& report);

/// The same with whom each rule touches: reads the rows that have issues once more. Throws as ExtractRows
/// does.
CheckSummary summary_of(const CheckReport& report, const Extract& extract, const Policy& policy,
                        const ExtractRows& rows, ThreadCount threads);

std::string to_json(const CheckSummary& summary);
/// Throws StoreError when the text is none of to_json.
CheckSummary check_summary_of_json(const std::string& json);

/// Where the issues of a check stand, without what the rows hold; a file beside an upload's files.
void write_issue_places(const CheckReport& report, const std::filesystem::path& file);
/// The report that write_issue_places wrote, with names of files and columns and without counts. Throws
/// InputError.
CheckReport read_issue_places(const std::filesystem::path& file);

/// The rule of that id, `prescription/overlap`.
std::optional<Rule> find_rule(std::string_view id);

}  // namespace optimat
