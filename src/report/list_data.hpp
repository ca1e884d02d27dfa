#pragma once
// Rows of a work list as a table: the same for the terminal, CSV, a workbook, a page and the API.

#include "priority/lists.hpp"
#include "report/data_table.hpp"
#include "report/list_texts.hpp"
#include "report/review_texts.hpp"

#include <functional>
#include <string>

namespace optimat {

/// What a page adds to a table of a list.
struct ListLinks {
    std::function<std::string(ClientPlace)> person;  ///< where a client's name leads; empty: nowhere
};

/// Table `list`: place on the list, client, service, keyworker, block, status, what is present, absent and
/// unknown (each factor with its source, date and age in days), conflicts, evidence with its age, use,
/// naloxone, the last review, who has taken the person on and by when, and the columns of the list's own
/// (target, inventory, TOP scores, days out of cover …). Rows in the order of `rows`, their places numbered
/// from `first_place`.
DataTable list_table(const Extract& extract, const Pictures& pictures, std::span<const ListRow> rows,
                     WorkList list, const ListTexts& texts, const ReviewTexts& reviews,
                     const ListLinks& links, std::size_t first_place = 1);

/// Table `parts`: by block, still to review, awaiting a co-signature, reviewed, being optimised, together,
/// and for lists 0 to 3 the tracker's number.
DataTable list_parts_table(const ListCount& count, WorkList list, const ListTexts& texts);

}  // namespace optimat
