#pragma once
// One person's history: the page, its picture, its TOP tracker and its downloads.

#include "web/pages/page.hpp"
#include "web/views_person.hpp"

namespace optimat {

/// Doses, cover, stages, TOPs, screens and events of the days shown, as chart/client_picture draws them.
Html person_picture(const Figures& figures, const PersonHistory& person);

/// The form that chooses episode and profiles, and the table of items with a small line for each.
Html top_tracker_html(const Figures& figures, const PersonChoice& choice, const TopChoice& top);

namespace pages {

Response person(Context& context);
Response person_csv(Context& context);       ///< the table that `table` names; without it the months
Response person_workbook(Context& context);  ///< all tables, the TOP tracker too

}  // namespace pages

}  // namespace optimat
