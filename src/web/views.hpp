#pragma once
// The figures of each page as tables: what the page shows, what its CSV and workbook hold and what the API
// answers come from here, so that they are equal cell by cell. A commissioner's are in views_released and
// views_published: they see what has been released, as it left.

#include "report/data_table.hpp"
#include "report/tracker_text.hpp"
#include "web/page_choice.hpp"

#include <string>
#include <vector>

namespace optimat {

/// Everything that one page shows in figures.
struct PageFigures {
    std::string title;                                       ///< `Service tracker: Abbey, October 2018`
    std::vector<std::pair<std::string, std::string>> about;  ///< place, month, …: for JSON
    std::vector<DataTable> tables;                           ///< the first is the page's own
    std::string sentence;                                    ///< what they say, in one sentence; may be empty
};

/// `Red`, `MAT 1`, `MAT 2 unbanded`: where a column has no room for the words.
std::string name_of(TrackerGroup group);

/// `Abbey, to 31 October 2018`.
std::string place_and_day(const Figures& figures, const PageChoice& choice);

/// What `[c]` in a table means, under a policy's hidden_below.
std::string hidden_note(std::int64_t hidden_below);

/// The tracker's table without a row: all groups, or those that leave the organisation, where who is not
/// placed is one.
enum class TrackerColumns : std::uint8_t { all, leaving };
DataTable empty_tracker_table(TrackerColumns columns);

std::string tracker_title(const Figures& figures, const PageChoice& choice);
PageFigures tracker_figures(Context& context, const PageChoice& choice);
PageFigures flow_figures(Context& context, const PageChoice& choice);

/// The people of a selection, in byte order of their ids; those on the own caseload for a recovery worker.
/// Throws HttpError 403 when the viewer may not list the place. Fills in the audit entry.
PageFigures people_figures(Context& context, const PageChoice& choice, const Selection& selection);

/// Flows of the place from the month before; there must be one.
FlowTable flows_at(Context& context, const PageChoice& choice);

/// Where a number's people are; empty when the viewer may not open it.
std::string people_link(Context& context, const PageChoice& choice, const Selection& selection);

}  // namespace optimat
