#include "web/pages/effect.hpp"

#include "chart/line_chart.hpp"
#include "report/number_text.hpp"
#include "web/pages/list_tabs.hpp"
#include "web/site.hpp"
#include "web/views_effect.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

struct EffectPage {
    PageChoice choice;
    WorkList list;
    EffectFigures figures;
    std::string query(const Figures& of) const {
        return fmt::format("{}&list={}", choice.query(of), text_of(list));
    }
};

/// Without a month in the query: the newest whose reviews can have been followed to the last of the days.
std::size_t latest_followed(const Figures& figures) {
    std::size_t date = figures.dates().size() - 1;
    while (date > 0 && figures.dates().back() - figures.dates()[date] < effect_days.back() + 31)
        --date;
    return date;
}

EffectPage read_effect(Context& context) {
    PageChoice choice = read_page_choice(context);
    if (context.parameter("month").empty()) choice.date = latest_followed(context.figures());
    const WorkList list = read_work_list(context);
    return {choice, list, effect_figures(context, choice, list)};
}

Html list_field(Context& context, WorkList chosen) {
    Html options;
    for (const ListText& list : context.site.list_words().lists.lists)
        options +=
            tag::option({{"value", text_of(list.list)}, {"selected", list.list == chosen}}, list.title);
    return tag::div({{"class", "nhsuk-form-group"}},
                    tag::label({{"class", "nhsuk-label"}, {"for", "list"}}, "List"),
                    tag::select({{"class", "nhsuk-select"}, {"id", "list"}, {"name", "list"}}, options));
}

chart::LineSeries use_series(const EffectGroup& group, std::string name, chart::LineInk ink) {
    chart::LineSeries series{std::move(name), {}, ink};
    for (const EffectPoint& point : group.points)
        series.values.push_back(point.with_evidence() == 0
                                    ? std::nullopt
                                    : std::optional(static_cast<double>(point.using_on_top) /
                                                    static_cast<double>(point.with_evidence())));
    return series;
}

Html use_chart(const EffectPage& page) {
    chart::LineChart data;
    for (const std::int32_t days : effect_days)
        data.labels.push_back(days == 0 ? "day 0" : fmt::format("day {}", days));
    data.unit = chart::Unit::share;
    data.axis_name = "using on top, of those with evidence since";
    data.series = {
        use_series(page.figures.effect.not_yet_reviewed, "Not yet reviewed", chart::LineInk::second),
        use_series(page.figures.effect.reviewed, "Reviewed", chart::LineInk::first)};
    const chart::Frame frame{"effect", "Use on top after the review", page.figures.page.sentence,
                             chart::half_width + 170};
    return tag::section(
        {{"aria-labelledby", "effect-heading"}},
        tag::h2({{"id", "effect-heading"}, {"class", "app-chart__heading"}}, "Use on top after the review"),
        chart::line_chart_figure(data, frame));
}

/// "with the caution that it is no trial"
Html caution() {
    return tag::p({{"class", "app-caution"}}, tag::strong({}, "A comparison, not a trial. "),
                  "Teams review the people they worry about most, so the two groups differ from the start, "
                  "and people get "
                  "better and worse without any review. A difference here is a reason to ask, not a proof.");
}

Html details_of(const DataTable& table, std::string_view words) {
    if (table.rows.empty()) return {};
    return tag::details({{"class", "app-records"}}, tag::summary({}, words), table_html(table));
}

}  // namespace

namespace pages {

Response effect(Context& context) {
    const EffectPage page = read_effect(context);
    const PageFigures& figures = page.figures.page;
    PageFrame frame = frame_for(context, Section::lists);
    frame.title = figures.title;
    frame.heading = "Did it work?";
    frame.heading_aside = Html(fmt::format("{}, {}", context.site.list_words().lists.list(page.list).title,
                                           place_and_day(context.figures(), page.choice)));
    frame.heading_actions = download_links("/effect", page.query(context.figures()));
    frame.main += list_tabs(context, page.choice, ListPage::effect);
    frame.main +=
        choice_form(context, page.choice, "/effect", MonthsChoice::hidden, list_field(context, page.list));
    frame.main += tag::p({{"class", "app-lede"}}, figures.sentence);
    frame.main += caution();
    if (page.figures.effect.reviewed.people > 0) frame.main += use_chart(page);
    frame.main += table_html(figures.tables[0]);
    frame.main += details_of(figures.tables[1], "By what the review decided");
    frame.main += details_of(figures.tables[2], "By service");
    return respond(frame);
}

Response effect_csv(Context& context) {
    return csv_response(read_effect(context).figures.page, context.figures(), context.parameter("table"));
}

Response effect_workbook(Context& context) {
    return workbook_response(read_effect(context).figures.page, context.figures());
}

Response api_effect(Context& context) {
    return json_response(read_effect(context).figures.page, context.figures());
}

}  // namespace pages

}  // namespace optimat
