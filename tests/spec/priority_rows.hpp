#pragma once

// The work lists and what belongs to them as texts. Doses have as many decimals as they need, percentages
// two.

#include "case_run.hpp"

namespace optimat::spec {

std::vector<ResultColumn> list_columns();
ResultTable list_rows(const CaseRun& run, int line);

/// How many are how far: a row a block that anybody is in, and `all`.
std::vector<ResultColumn> list_count_columns();
ResultTable list_count_rows(const CaseRun& run, int line);

/// All nine factors of everybody in the extract, whether on a list or not.
std::vector<ResultColumn> risk_columns();
ResultTable risk_rows(const CaseRun& run, int line);
std::vector<ResultColumn> risk_count_columns();
ResultTable risk_count_rows(const CaseRun& run, int line);
std::vector<ResultColumn> risk_finding_columns();
ResultTable risk_finding_rows(const CaseRun& run, int line);

std::vector<ResultColumn> supervision_columns();
ResultTable supervision_rows(const CaseRun& run, int line);
std::vector<ResultColumn> inventory_columns();
ResultTable inventory_rows(const CaseRun& run, int line);
std::vector<ResultColumn> inventory_item_columns();
ResultTable inventory_item_rows(const CaseRun& run, int line);
std::vector<ResultColumn> combination_columns();
ResultTable combination_rows(const CaseRun& run, int line);

std::vector<ResultColumn> effect_columns();
ResultTable effect_rows(const CaseRun& run, int line);

std::vector<ResultColumn> caseload_columns();
ResultTable caseload_rows(const CaseRun& run, int line);
std::vector<ResultColumn> naloxone_columns();
ResultTable naloxone_rows(const CaseRun& run, int line);

/// What the last When took. Throws SpecError when it took nothing of the kind.
const PriorityTaken& priority_taken(const CaseRun& run, int line);
const ListTaken& list_taken(const CaseRun& run, int line);

// Texts of a spec's cells.
std::string text_of_day(OptionalDay day);
std::string yes_or_no(bool value);
/// Two decimals, half up; nothing of nothing.
std::string percent_text(std::int64_t part, std::int64_t whole);

}  // namespace optimat::spec
