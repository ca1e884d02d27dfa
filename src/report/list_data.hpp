#pragma once
// Rows of a work list as a table: the same for the terminal, CSV, a workbook, a page and the API; and the
// parts of a row in words, for those that have no room for a column each.

#include "priority/lists.hpp"
#include "report/data_table.hpp"
#include "report/list_texts.hpp"
#include "report/review_texts.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace optimat {

/// What a page adds to a table of a list.
struct ListLinks {
    std::function<std::string(ClientPlace)> person;  ///< where a client's name leads; empty: nowhere
};

/// Table `list`: place on the list, client, service, keyworker, block, status, treatment, each risk factor
/// (what is so, its source, date and age in days, and what says otherwise), evidence with its age, use,
/// naloxone, the last review, who has taken the person on and by when, and the columns of the list's own
/// (target, inventory, TOP scores, days out of cover …). Rows in the order of `rows`, their places numbered
/// from `first_place`. Ages are in days on the reference date. Empty: not recorded.
DataTable list_table(const Extract& extract, const Pictures& pictures, std::span<const ListRow> rows,
                     WorkList list, const ListTexts& texts, const ReviewTexts& reviews,
                     const ListLinks& links, std::size_t first_place = 1);

/// Table `parts`: by block, still to review, awaiting a co-signature, reviewed, being optimised, together,
/// and for lists 0 to 3 the tracker's number.
DataTable list_parts_table(const ListCount& count, WorkList list, const ListTexts& texts);

/// The tracker's group of each block whose people it counts; see tracker_blocks. 0 for other lists.
std::int64_t tracker_people(const TrackerCell& cell, WorkList list);

/// Factors that one record decides alike: `use on top, injecting` by `TOP 3 October 2018`, 28 days before.
struct FactorLine {
    std::vector<RiskFactor> factors;
    std::optional<RiskFinding> finding;    ///< nothing: unknown
    std::optional<std::int32_t> age_days;  ///< on the reference date; nothing: unknown
};
/// The factors that are so, those of one source and day together, in the order of their first factor; unknown
/// ones are one line.
std::vector<FactorLine> factor_lines(const RiskPicture& risk, Presence presence, Day as_at);
/// `use on top, injecting`.
std::string words_for(std::span<const RiskFactor> factors);
/// `TOP, 3 Oct 2018`; of prescriptions and missed pick-ups, how many days in a row too.
std::string finding_words(const RiskFinding& finding);
/// `injecting: the risk profile of 3 Oct 2018 says no`; empty: nothing says otherwise.
std::vector<std::string> conflict_lines(const RiskPicture& risk);
/// Those about factors that are so.
std::vector<std::string> conflict_lines(const RiskPicture& risk, Presence presence);

/// `methadone 45 mg, below threshold, reducing`; `not in MAT` without a state.
std::string treatment_words(const PersonPicture& person);

/// `45`, `0.4`: milligrams without a needless decimal.
std::string mg_text(std::int64_t micrograms);

/// `3 Oct 2018`.
std::string short_date(Day day);

/// The columns of the list's own and what they hold for a row, in the same order for every row of the list.
std::vector<DataColumn> own_columns(WorkList list);
std::vector<DataCell> own_cells(const Extract& extract, const Pictures& pictures, const ListRow& row,
                                WorkList list);

/// The same in short lines for a page and a terminal: `Target 60 mg, at or above threshold`. What is not
/// known is said.
std::vector<std::string> own_lines(const Extract& extract, const Pictures& pictures, const ListRow& row,
                                   WorkList list);

/// What a review decided, in words: `Dose increased; naloxone supplied`. Empty: no review counts.
std::string review_words(const ListRow& row, const ReviewTexts& reviews);
/// The review that says how somebody stands, else the last there is, whether it counts or not; null: none.
const TeamReview* shown_review(const ListRow& row);

}  // namespace optimat
