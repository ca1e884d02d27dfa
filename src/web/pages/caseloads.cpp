#include "web/pages/caseloads.hpp"

#include "chart/interval_plot.hpp"
#include "web/pages/list_tabs.hpp"
#include "web/views_caseload.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

using FiguresOf = PageFigures (*)(Context&, const PageChoice&);

Response page_of(Context& context, FiguresOf figures_of, std::string_view path, ListPage tab,
                 std::string_view heading, Html (*drawing)(const PageFigures&)) {
    const PageChoice choice = read_page_choice(context);
    const PageFigures page = figures_of(context, choice);
    const std::string query = choice.query(context.figures());
    PageFrame frame = frame_for(context, Section::lists);
    frame.title = page.title;
    frame.heading = std::string(heading);
    frame.heading_aside = Html(place_and_day(context.figures(), choice));
    frame.heading_actions = download_links(path, query);
    frame.main += list_tabs(context, choice, tab);
    frame.main += choice_form(context, choice, path, MonthsChoice::hidden);
    frame.main += tag::p({{"class", "app-lede"}}, page.sentence);
    if (drawing != nullptr) frame.main += drawing(page);
    for (const DataTable& table : page.tables)
        frame.main += table.rows.empty() ? tag::p({}, "Nobody.") : table_html(table);
    return respond(frame);
}

/// Coverage of people using on top in each service with its interval; nothing where there is one service
/// only.
Html naloxone_drawing(const PageFigures& page) {
    const DataTable& services = page.tables.back();
    if (services.rows.size() < 2) return {};
    chart::ServiceShares shares{"naloxone among people using on top", "people using on top", {}};
    for (const auto& row : services.rows)
        shares.services.push_back(
            {row[0].text, row[2].numerator, row[1].numerator, chart::ServiceMark::other});
    if (!shares.pooled()) return {};
    return tag::section(
        {{"aria-labelledby", "naloxone-heading"}},
        tag::h2({{"id", "naloxone-heading"}, {"class", "app-chart__heading"}},
                "Naloxone among people using on top, each service with its 95 % interval"),
        chart::interval_plot_figure(shares, {"naloxone", "Naloxone by service", page.sentence, 640}));
}

PageFigures figures_of(Context& context, FiguresOf view) { return view(context, read_page_choice(context)); }

}  // namespace

namespace pages {

Response caseloads(Context& context) {
    return page_of(context, caseload_figures, "/caseloads", ListPage::caseloads, "Caseloads", nullptr);
}
Response caseloads_csv(Context& context) {
    return csv_response(figures_of(context, caseload_figures), context.figures());
}
Response caseloads_workbook(Context& context) {
    return workbook_response(figures_of(context, caseload_figures), context.figures());
}
Response api_caseloads(Context& context) {
    return json_response(figures_of(context, caseload_figures), context.figures());
}

Response naloxone(Context& context) {
    return page_of(context, naloxone_figures, "/naloxone", ListPage::naloxone, "Naloxone", naloxone_drawing);
}
Response naloxone_csv(Context& context) {
    return csv_response(figures_of(context, naloxone_figures), context.figures(), context.parameter("table"));
}
Response naloxone_workbook(Context& context) {
    return workbook_response(figures_of(context, naloxone_figures), context.figures());
}
Response api_naloxone(Context& context) {
    return json_response(figures_of(context, naloxone_figures), context.figures());
}

}  // namespace pages

}  // namespace optimat
