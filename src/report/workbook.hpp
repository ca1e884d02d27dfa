#pragma once
// The tracker workbook: one .xlsx file that a service opens, picks itself from a list, and sees where it
// stands. Sheets: Service Tracker, Service Data, Flows, Compare, Measures, Definitions, Data. Most follow
// the place picked on the first through live formulas over the sheet Data; there are no macros and nothing
// volatile. Every formula is written with its value, so that readers that do not calculate show the place
// picked when it was written. Source: 000 Figures 1, 3 to 6 and 8; rules "Service tracker" and "Service
// data".

#include "base/parallel.hpp"
#include "intake/policy_file.hpp"
#include "measure/place.hpp"
#include "model/issue.hpp"
#include "outcome/measure_definition.hpp"
#include "report/rule_texts.hpp"
#include "report/states_text.hpp"
#include "stage/state.hpp"

#include <filesystem>
#include <vector>

namespace optimat {

/// What a workbook is made of.
struct WorkbookRequest {
    const Extract& extract;
    const States& states;  ///< at the reference dates of the tracker (tracker_dates); the last is `as at`
    const Policy& policy;  ///< the one that made the states
    const CheckReport& report;  ///< of the extract, for the data-quality counts
    std::vector<PolicyEntry>
        policy_entries;           ///< of that policy: see laid_over when a file overrides some of it
    std::vector<RuleText> rules;  ///< rule_texts("rules.toml")
    Provenance provenance;
    ThreadCount threads;
    Place chosen;  ///< the place picked at first (find_place); as it stands: the whole organisation
    MeasureDefinitions measures;  ///< of the sheet Measures; none: no such sheet
};

/// The most months that a workbook shows: a chart holds 255 series, and each month takes four.
constexpr std::size_t most_workbook_months = 60;

/// Writes the workbook to `out`, which is replaced only once everything is written. The same request gives
/// the same bytes. Throws UsageError when the request has no date or more than most_workbook_months,
/// OutputError when the file cannot be written, and DefinitionError when a rule names a policy value that is
/// not there.
void write_workbook(const WorkbookRequest& request, const std::filesystem::path& out);

}  // namespace optimat
