#pragma once
// The pages of measures: all of them, one month after month, between services, the people behind a number,
// and the marks on its chart.

#include "web/pages/page.hpp"
#include "web/views_measures.hpp"

#include <string>
#include <string_view>

namespace optimat {

/// The pages about one measure.
enum class MeasurePage : std::uint8_t { over_time, services, people, marks };
/// Tabs that lead from one to the others with the same place and month.
Html measure_tabs(Context& context, const MeasureChoice& choice, MeasurePage current);

/// The choice of the view of services that merged; empty where none has.
Html view_field(Context& context, ServiceView chosen);

/// The look of a lasting change by what it means.
std::string change_class(Variation meaning);
/// `lasting change since Jul 2018`
std::string lasting_words(const MeasureChange& change);

/// Icon with its words, for a table or a key figure. `id` is unique in the page; `more` follows the words.
Html variation_html(const MeasureSeries& series, const std::string& id, std::string_view more = "");
Html assurance_html(const MeasureSeries& series, const std::string& id);

/// The series as a chart with the place's annotations: a control chart, or a line with its median.
Html series_figure(const MeasureView& view);
/// What the rules say of it: special causes, a lasting change, where limits might begin anew.
Html series_words(Context& context, const MeasureView& view, const MeasureChoice& choice);

/// The figure with what it is of, the organisation's, what is beside it, and both icons.
Html measure_headline(Context& context, const MeasureChoice& choice, const MeasureView& view);

/// The table of those that must stand beside the measure; empty when none must.
Html beside_html(const MeasureView& view);

/// Content that is opened by its words.
Html opened_by(std::string_view words, const Html& content);
/// Bands of working days as bars, from the table of parts; empty for measures of other functions.
Html waiting_bars(const MeasureView& view);
/// The tables of a closer look with their pictures: the slowest part of the page, and the same for everybody
/// who may see it, so that it is kept once it is written.
Html closer_html(Context& context, const MeasureChoice& choice);

/// A table of the page by its id. A bug when it is not there.
const DataTable& table_of(const PageFigures& page, std::string_view id);
/// A row's cell by the column's id. A bug when there is none.
const DataCell& cell_of(const DataTable& table, const std::vector<DataCell>& row, std::string_view column);
/// Without the columns named.
DataTable without(DataTable table, std::initializer_list<std::string_view> columns);

/// What changed at a place, `most` at most, as a list with links; the words of none otherwise.
Html changes_html(Context& context, const MeasureChoice& choice, std::size_t most);
/// The same, kept until data or marks change: for the first page.
Html kept_changes_html(Context& context, const MeasureChoice& choice, std::size_t most);

namespace pages {

Response measures(Context& context);
Response measures_csv(Context& context);
Response measures_workbook(Context& context);
Response api_measures(Context& context);

Response measure(Context& context);
Response measure_csv(Context& context);
Response measure_workbook(Context& context);
Response api_measure(Context& context);

Response measure_services(Context& context);
Response measure_services_csv(Context& context);
Response measure_services_workbook(Context& context);
Response api_measure_services(Context& context);

Response measure_people(Context& context);
Response measure_people_csv(Context& context);
Response measure_people_workbook(Context& context);

Response measure_marks(Context& context);
Response set_measure_mark(Context& context);
Response withdraw_measure_mark(Context& context);

}  // namespace pages

}  // namespace optimat
