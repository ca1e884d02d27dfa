#pragma once
// Bad data is a value: an issue says which file, line and column broke which rule. It never holds a value of
// a person's row; it says where to look. Rules and their words are one table, printed by `optimat check` and
// in the handbook.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

enum class Severity : std::uint8_t { note, warning, error };
std::string_view text_of(Severity severity);

/// What can be wrong with an extract. Names are the rule ids with / and - for _ (see issue_rule).
enum class Rule : std::uint8_t {
    file_unknown_columns,
    file_discarded_columns,
    file_not_in_contract,
    file_refused,
    row_cell_count,
    row_quote,
    row_unclosed_quote,
    row_too_long,
    row_blank,
    row_required_empty,
    row_end_before_start,
    cell_date,
    cell_date_form,
    cell_code,
    cell_flag,
    cell_number,
    cell_range,
    cell_dose,
    cell_dose_not_above_zero,
    cell_ml_without_strength,
    cell_encoding,
    cell_control,
    cell_padded,
    cell_quote,
    cell_id_too_long,
    cell_text_too_long,
    id_repeated_identical,
    id_repeated_different,
    client_not_listed,
    service_not_listed,
    client_conflicting,
    service_conflicting,
    client_death_one_source,
    client_record_after_death,
    prescription_overlap,
    prescription_open_after_discharge,
    prescription_before_period,
    prescription_after_period,
    prescription_dose_implausible,
    prescription_medicine_not_listed,
    prescription_dose_disagrees,
    top_sharing_without_injecting,
    event_kind_not_listed,
};
constexpr std::size_t rule_count = static_cast<std::size_t>(Rule::event_kind_not_listed) + 1;

/// What becomes of the data that break a rule.
enum class Consequence : std::uint8_t {
    kept,
    cell_not_recorded,
    row_refused,
    row_counted_once,
    file_refused
};
std::string_view text_of(Consequence consequence);

struct IssueRule {
    std::string_view id;  ///< `prescription/overlap`
    Severity severity;
    Consequence consequence;
    std::string_view text;    ///< what is wrong
    std::string_view advice;  ///< what to do
};
const IssueRule& issue_rule(Rule rule);

/// One broken rule. `file` and `column` are places in CheckReport::files and their headers.
struct Issue {
    Rule rule;
    std::uint8_t file = 0;
    std::uint16_t column = no_column;
    std::uint64_t line = 0;  ///< the row's first line, the header being line 1; 0 when it is about the file
    static constexpr std::uint16_t no_column = 0xffff;
    friend auto operator<=>(const Issue&, const Issue&) = default;
};

/// How many rows of a file became what. read = accepted + repeated + refused, always.
struct RowCounts {
    std::uint64_t read = 0, accepted = 0, repeated = 0, refused = 0;
    friend bool operator==(const RowCounts&, const RowCounts&) = default;
};

/// One file as read. A foreign file that feeds several tables stands here once a table.
struct FileReport {
    std::string file;   ///< name within the folder
    std::string table;  ///< the contract's table that it fills
    std::uint64_t bytes = 0;
    RowCounts rows;
    std::vector<std::string> columns;  ///< its header
    std::string refusal;               ///< why the whole file was refused; empty when it was not
};

/// What a reading of an extract found. Issues are ordered by file, line, column, rule.
struct CheckReport {
    std::vector<FileReport> files;
    std::vector<Issue> issues;

    std::size_t count(Severity severity) const;
    bool refused() const;  ///< whether a file was refused, so that the extract cannot be used
};

/// One sentence for a list: what is wrong, then what to do. `column_name` may be empty.
std::string sentence_for(Rule rule, std::string_view column_name);

}  // namespace optimat
