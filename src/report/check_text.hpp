#pragma once
// What a reading of an extract found, as text, JSON, or every issue as CSV. Never a value of a person's row.

#include "intake/extract_reader.hpp"
#include "report/states_text.hpp"
#include "report/terminal.hpp"

#include <string>
#include <vector>

namespace optimat {

/// How often a rule was broken.
struct IssueCount {
    Rule rule;
    std::uint64_t count;
};
/// Rules that were broken: errors first, then the most frequent, then by id.
std::vector<IssueCount> issues_by_rule(const CheckReport& report);

/// Columns of a native file that the contract does not have, in the file's order. None for a file that a
/// mapping covers: the mapping decides there.
std::vector<std::string> unknown_columns(const FileReport& file,
                                         const std::vector<std::string>& inventory_items);

/// Rows by file, refused files with their reason, and issues by rule with what to do.
void write_check_text(const ReadExtract& read, const Terminal& terminal, const TextSink& sink);
void write_check_json(const ReadExtract& read, const Provenance& provenance, const TextSink& sink);

/// Every issue: file, line (the header is line 1; empty when it is about the whole file), column, rule,
/// severity, consequence, text.
void write_issues_csv(const CheckReport& report, const TextSink& sink);

}  // namespace optimat
