#pragma once
// The tracker and services beside each other as a commissioner sees them: what was released. At the addresses
// of the pages that staff have.

#include "html/page.hpp"
#include "web/context.hpp"
#include "web/views_released.hpp"

namespace optimat {

/// The newest month's numbers, from the first row of the tracker's table.
Html key_figures(const DataTable& table);

namespace pages {

Response released_tracker_page(Context& context);
Response released_compare_page(Context& context);

Response released_csv(Context& context, const ReleasedPage& page);  ///< `table` names which
Response released_workbook(const ReleasedPage& page);
Response released_json(const ReleasedPage& page);

}  // namespace pages

}  // namespace optimat
