#pragma once
// What all pages are made with: the frame filled in for the viewer, tables of figures, the choice of place
// and month, and links to downloads.

#include "html/page.hpp"
#include "report/data_table.hpp"
#include "web/page_choice.hpp"
#include "web/views.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// The parts of the site, as the navigation shows them.
enum class Section : std::uint8_t {
    none,
    home,
    tracker,
    service_data,
    compare,
    measures,
    releases,
    published,
    lists,
    people,
    data,
    definitions,
    users,
    audit
};

/// A frame with navigation, account and the line on the data, for the viewer; the page adds heading and main.
PageFrame frame_for(Context& context, Section section);
Response respond(const PageFrame& frame, int status = 200);

/// A table of figures in a region that scrolls by itself: figures to the right, links where cells have them.
/// The title is its caption.
Html table_html(const DataTable& table);

/// The form that chooses place, month and number of months; `kept` are further fields of the page.
enum class MonthsChoice : std::uint8_t { shown, hidden };
Html choice_form(Context& context, const PageChoice& choice, std::string_view action, MonthsChoice months,
                 const Html& more = {});

/// The same of the place alone.
Html place_form(Context& context, const PageChoice& choice, std::string_view action);

/// Links to the same figures as CSV and workbook: `path`.csv and `path`.xlsx.
Html download_links(std::string_view path, const std::string& query);

/// A hidden field with the token that every form carries.
Html csrf_field(Context& context);

/// The answer of a page's download, by the end of its name.
Response csv_response(const PageFigures& figures, const Figures& source, const std::string& table_id = {});
Response workbook_response(const PageFigures& figures, const Figures& source);
Response json_response(const PageFigures& figures, const Figures& source);

/// The same of figures that were made from something else than the newest data, such as a release.
Response csv_response(const PageFigures& figures, const Provenance& provenance,
                      const std::string& table_id = {});
Response workbook_response(const PageFigures& figures, const Provenance& provenance, Day created);
Response json_response(const PageFigures& figures, const Provenance& provenance);

}  // namespace optimat
