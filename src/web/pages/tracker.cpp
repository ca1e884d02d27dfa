// The service tracker: where a place stands, over time, and what changed. Source: rules "Service tracker".

#include "chart/cohort_lines.hpp"
#include "chart/sankey.hpp"
#include "chart/stacked_share.hpp"
#include "report/number_text.hpp"
#include "web/pages/page.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/released.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr TrackerGroup cohort_groups[] = {TrackerGroup::red, TrackerGroup::amber, TrackerGroup::green,
                                          TrackerGroup::grey};

chart::ShareMonth share_month(const TrackerCell& cell, Day day) {
    chart::ShareMonth month;
    month.label = column_label(day);
    month.kind = is_month_end(day) ? chart::MonthKind::whole : chart::MonthKind::part;
    for (std::size_t i = 0; i < chart::cohort_count; ++i) {
        month.people[i] = cell.of(cohort_groups[i]);
        month.mean_dose_mg[i] = cell.methadone_of(cohort_groups[i]).mean_mg();
    }
    month.uncategorised = cell.of(TrackerGroup::uncategorised);
    month.in_mat = cell.in_mat();
    month.mat1 = cell.of(TrackerGroup::mat1);
    month.mat4 = cell.of(TrackerGroup::mat4);
    return month;
}

/// The charts of a place.
Html charts(Context& context, const PageChoice& choice, const PageFigures& page) {
    const Figures& figures = context.figures();
    std::vector<chart::ShareMonth> months;
    for (std::size_t date = choice.first(); date <= choice.date; ++date)
        months.push_back(share_month(figures.tracker().at(date, choice.place), figures.dates()[date]));
    const std::string where = place_and_day(figures, choice);
    chart::Frame bars{"stacked", "Share of red, amber, green and grey each month", page.sentence,
                      chart::half_width + 170};
    chart::Frame lines{"lines", fmt::format("Cohorts over time: {}", where), page.sentence,
                       chart::half_width};
    return tag::div({{"class", "app-columns app-columns--charts"}},
                    tag::section({{"aria-labelledby", "bars-heading"}},
                                 tag::h2({{"id", "bars-heading"}, {"class", "app-chart__heading"}},
                                         "Cohorts each month, with mean methadone dose"),
                                 chart::stacked_share_figure({months}, bars)),
                    tag::section({{"aria-labelledby", "lines-heading"}},
                                 tag::h2({{"id", "lines-heading"}, {"class", "app-chart__heading"}},
                                         "Each cohort over time"),
                                 chart::cohort_lines_figure({months}, lines)));
}

/// One key figure with its share of something beneath.
Html key_figure(std::string_view kind, std::string_view words, const DataCell& people,
                const std::string& beneath) {
    Html number =
        people.link.empty() ? Html(shown_text(people)) : tag::a({{"href", people.link}}, shown_text(people));
    return tag::div({{"class", fmt::format("app-key app-key--{}", kind)}}, tag::dt({}, words),
                    tag::dd({}, tag::span({{"class", "app-key__number"}}, number),
                            tag::span({{"class", "app-key__beneath"}}, beneath)));
}

}  // namespace

Html key_figures(const DataTable& table) {
    const std::vector<DataCell>& row = table.rows.front();
    const auto cell = [&](std::string_view id) -> const DataCell& {
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            if (table.columns[i].id == id) return row[i];
        throw std::logic_error("the tracker's table has lost a column");
    };
    const bool apart =
        std::ranges::find(table.columns, "uncategorised_people", &DataColumn::id) != table.columns.end();
    const std::string_view last = apart ? "uncategorised" : "not_placed";
    const auto of_cohorts = [&](std::string_view group) {
        return fmt::format("{} · mean {} mg", shown_text(cell(fmt::format("{}_share_of_cohorts", group))),
                           shown_text(cell(fmt::format("{}_mean_methadone_mg", group))));
    };
    return tag::dl(
        {{"class", "app-keys"}},
        key_figure("all", "In MAT", cell("in_mat"),
                   fmt::format("mean methadone {} mg", shown_text(cell("mean_methadone_mg")))),
        key_figure("red", "Red: using on top, below threshold", cell("red_people"), of_cohorts("red")),
        key_figure("amber", "Amber: using on top, at or above", cell("amber_people"), of_cohorts("amber")),
        key_figure("green", "Green: not using, at or above", cell("green_people"), of_cohorts("green")),
        key_figure("grey", "Grey: not using, below threshold", cell("grey_people"), of_cohorts("grey")),
        key_figure("unknown",
                   apart ? "Uncategorised: no recent evidence"
                         : "Uncategorised or unbanded: evidence or dose missing",
                   cell(fmt::format("{}_people", last)),
                   fmt::format("{} of everybody", shown_text(cell(fmt::format("{}_share_of_all", last))))));
}

namespace {

/// All under the choice of place and month. It follows from the figures, the choice, and what the viewer may
/// open.
std::shared_ptr<const Html> body(Context& context, const PageChoice& choice) {
    const Figures& figures = context.figures();
    const User& user = context.user().user;
    const bool details = holds(user.role, Permission::see_details);
    // A saved peer group may change its name and services; its key does not tell.
    const std::string key = fmt::format("tracker {} {} {} {} {} {}", figures.info().id, choice.query(figures),
                                        choice.place.name, fmt::join(choice.place.services, ","),
                                        may_list(user, figures.extract(), choice.place), details);
    return context.site.rendered_parts().get(key, [&] {
        const PageFigures page = tracker_figures(context, choice);
        Html main;
        if (!page.sentence.empty()) main += tag::p({{"class", "app-lede"}}, page.sentence);
        main += key_figures(page.tables.front());
        main += charts(context, choice, page);
        main += table_html(page.tables.front());
        if (details && choice.date > 0)
            main += tag::p({}, tag::a({{"href", "/flows?" + choice.query(figures)}},
                                      "Who entered, left and moved since the month before"));
        return main;
    });
}

chart::FlowInk ink_of(std::size_t end) {
    constexpr chart::FlowInk inks[] = {chart::FlowInk::red, chart::FlowInk::amber, chart::FlowInk::green,
                                       chart::FlowInk::grey};
    if (end < std::size(inks)) return inks[end];
    return end < tracker_group_count ? chart::FlowInk::neutral : chart::FlowInk::outside;
}

std::string short_name(std::size_t end) { return name_of(static_cast<TrackerGroup>(end)); }

Html flow_chart(const FlowTable& flows, const std::string& sentence) {
    chart::Sankey data{column_label(flows.before), column_label(flows.now), {}, {}};
    for (std::size_t end = 0; end < flow_ends; ++end) {
        const bool outside = end == flow_outside, elsewhere = end == flow_elsewhere;
        data.ends.push_back({outside     ? "Entered MAT"
                             : elsewhere ? "From elsewhere"
                                         : short_name(end),
                             outside     ? "Left MAT"
                             : elsewhere ? "To elsewhere"
                                         : short_name(end),
                             ink_of(end)});
        data.people.emplace_back(flows.people[end].begin(), flows.people[end].end());
    }
    return chart::sankey_figure(data, {"flows", "Flows since the month before", sentence, chart::full_width});
}

}  // namespace

namespace pages {

Response tracker(Context& context) {
    if (context.user().disclosed_only()) return released_tracker_page(context);
    const PageChoice choice = read_page_choice(context);
    const Figures& figures = context.figures();
    PageFrame frame = frame_for(context, Section::tracker);
    frame.title = tracker_title(figures, choice);
    frame.heading =
        choice.place.kind == PlaceKind::organisation ? figures.extract().organisation : choice.place.name;
    frame.heading_aside = Html(fmt::format("Service tracker, {}", long_date(choice.day(figures))));
    frame.heading_actions = download_links("/tracker", choice.query(figures));
    if (holds(context.user().user.role, Permission::see_details))
        *frame.heading_actions += html_of(
            " ", tag::a({{"href", "/tracker/workbook.xlsx?" + choice.query(figures)}, {"download", true}},
                        "All services (workbook)"));
    frame.scripts = PageScripts::with_charts;
    frame.main += choice_form(context, choice, "/tracker", MonthsChoice::shown);
    frame.main += *body(context, choice);
    return respond(frame);
}

Response tracker_csv(Context& context) {
    if (context.user().disclosed_only()) return released_csv(context, released_tracker(context));
    return csv_response(tracker_figures(context, read_page_choice(context)), context.figures());
}

Response tracker_workbook(Context& context) {
    if (context.user().disclosed_only()) return released_workbook(released_tracker(context));
    return workbook_response(tracker_figures(context, read_page_choice(context)), context.figures());
}

Response flows(Context& context) {
    const PageChoice choice = read_page_choice(context);
    const Figures& figures = context.figures();
    const PageFigures page = flow_figures(context, choice);
    PageFrame frame = frame_for(context, Section::tracker);
    frame.title = page.title;
    frame.heading = "Flows since the month before";
    frame.heading_aside = Html(place_and_day(figures, choice));
    frame.breadcrumbs = {{"Service tracker", "/tracker?" + choice.query(figures)}};
    frame.main += choice_form(context, choice, "/flows", MonthsChoice::hidden);
    if (page.tables.empty()) {
        frame.main += tag::p(
            {{"class", "app-lede"}},
            "The data begin with this month, so there is none before to compare with. Choose a later month.");
        return respond(frame);
    }
    frame.heading_actions = download_links("/flows", choice.query(figures));
    frame.scripts = PageScripts::with_charts;
    frame.main += tag::p({{"class", "app-lede"}}, page.sentence);
    frame.main += flow_chart(flows_at(context, choice), page.sentence);
    frame.main += table_html(page.tables.front());
    return respond(frame);
}

Response flows_csv(Context& context) {
    const PageFigures page = flow_figures(context, read_page_choice(context));
    if (page.tables.empty())
        throw HttpError(404, "The data begin with this month, so there is none before to compare with.");
    return csv_response(page, context.figures());
}

Response flows_workbook(Context& context) {
    const PageFigures page = flow_figures(context, read_page_choice(context));
    if (page.tables.empty())
        throw HttpError(404, "The data begin with this month, so there is none before to compare with.");
    return workbook_response(page, context.figures());
}

}  // namespace pages

}  // namespace optimat
