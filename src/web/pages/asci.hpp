#pragma once
// Inventories of supervised consumption of one person: the form that adds one or corrects one, and what was
// answered so far. Append only: a correction is a new answer.

#include "web/context.hpp"
#include "web/pages/page.hpp"
#include "web/views_person.hpp"

namespace optimat {

/// Table `inventories`: those of ascis.csv up to the chosen month and of the team up to the last day that
/// counts on its lists, newest first: day, who, items present, how many are answered, supervised before and
/// after, what became of it.
DataTable asci_history_table(Context& context, const PersonChoice& choice);

/// The table of a page, each inventory of the team that stands with a link to its correction for those who
/// may record.
Html asci_history_rows(Context& context, const PersonChoice& choice);

/// The section for the person page, with links to the form and to corrections for those who may record. Its
/// section has the id `inventories`.
Html asci_history_html(Context& context, const PersonChoice& choice);

namespace pages {

Response asci_form(Context& context);  ///< with `about`: of the answer with that number, to correct it
Response save_asci(Context& context);

}  // namespace pages

}  // namespace optimat
