#pragma once
// The work lists: all of them beside each other, one with its people, filters with a name, and the
// recommended responses.

#include "web/pages/page.hpp"
#include "web/views_work_lists.hpp"

namespace optimat {

struct SavedFilter;

/// How many people a page of a list shows.
constexpr std::size_t list_rows_on_page = 100;

/// People of a list as a table, from the row at `first`, at most list_rows_on_page: on a narrow screen each
/// row is a card.
Html list_rows_html(Context& context, const ListView& view, std::size_t first);

/// The choice of place, month and filters, which keeps the block.
Html list_filter_form(Context& context, const ListView& view);
/// Blocks with how many of each pass the other filters.
Html block_tabs(Context& context, const ListView& view);
/// The user's filters of the list as links, and a form that keeps the present one.
Html saved_filters_html(Context& context, const ListView& view);

/// Parts of people by ReviewStatus as a small bar; empty when there is nobody.
Html status_bar(const ListCount& count, std::string_view what);
/// `NHS tag` of how far somebody is.
Html status_tag(ReviewStatus status);

namespace pages {

Response lists(Context& context);
Response lists_csv(Context& context);
Response lists_workbook(Context& context);
Response work_list(Context& context);
Response work_list_csv(Context& context);  ///< of the table that `table` names; else of the people shown
Response work_list_workbook(Context& context);
Response save_list_filter(Context& context);
Response remove_list_filter(Context& context);
Response responses(Context& context);
Response api_lists(Context& context);
Response api_work_list(Context& context);

}  // namespace pages

}  // namespace optimat
