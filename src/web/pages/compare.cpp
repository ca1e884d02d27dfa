#include "web/pages/compare.hpp"

#include "chart/funnel.hpp"
#include "chart/interval_plot.hpp"
#include "chart/mean_intervals.hpp"
#include "report/number_text.hpp"
#include "store/peer_groups.hpp"
#include "web/pages/page.hpp"
#include "web/pages/released.hpp"
#include "web/views_compare.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

chart::ServiceMark mark_of(const CompareChoice& choice, std::size_t service) {
    return std::ranges::binary_search(choice.own, service) ? chart::ServiceMark::own
                                                           : chart::ServiceMark::other;
}

chart::ServiceShares shares_of(const Extract& extract, const CompareChoice& choice,
                               const Comparison& comparison) {
    chart::ServiceShares data{
        std::string(choice.measure->words), fmt::format("people {}", choice.measure->denominator), {}};
    for (const ComparedService& service : comparison.services)
        data.services.push_back({extract.services[service.service].name, service.sums.numerator,
                                 service.sums.denominator, mark_of(choice, service.service)});
    return data;
}

chart::ServiceMeans means_of(const Extract& extract, const CompareChoice& choice,
                             const Comparison& comparison) {
    chart::ServiceMeans data{std::string(choice.measure->words) + ", mg", comparison.pooled_value, {}};
    for (const ComparedService& service : comparison.services) {
        if (!service.value) continue;
        std::optional<chart::Interval> interval;
        if (service.interval) interval = chart::Interval{service.interval->low, service.interval->high};
        data.services.push_back({extract.services[service.service].name, service.sums.denominator,
                                 *service.value, interval, mark_of(choice, service.service)});
    }
    return data;
}

Html titled(std::string_view id, std::string_view heading, const Html& chart) {
    return tag::section({{"aria-labelledby", id}},
                        tag::h2({{"id", id}, {"class", "app-chart__heading"}}, heading), chart);
}

Html charts(Context& context, const CompareChoice& choice, const std::string& sentence) {
    const Extract& extract = context.figures().extract();
    const Comparison comparison = comparison_at(context, choice);
    const std::string title(choice.measure->words);
    if (!comparison.pooled_value)
        return tag::p({}, "Nobody is counted by this measure in these services and this month.");
    if (choice.measure->kind == MeasureKind::mean_dose)
        return titled("intervals-heading", "Each service with its 95 % interval",
                      chart::mean_intervals_figure(means_of(extract, choice, comparison),
                                                   {"intervals", title, sentence, chart::full_width}));
    const chart::ServiceShares data = shares_of(extract, choice, comparison);
    return tag::div({{"class", "app-columns app-columns--charts"}},
                    titled("funnel-heading", "By size: what chance alone would do",
                           chart::funnel_figure(data, {"funnel", "Funnel: " + title, sentence, 640})),
                    titled("intervals-heading", "Each service with its 95 % interval",
                           chart::interval_plot_figure(data, {"intervals", title, sentence, 640})));
}

Html option(std::string_view value, std::string_view words, bool chosen) {
    return tag::option({{"value", value}, {"selected", chosen}}, words);
}

Html field(std::string_view id, std::string_view label, const Html& options) {
    return tag::div({{"class", "nhsuk-form-group"}},
                    tag::label({{"class", "nhsuk-label"}, {"for", id}}, label),
                    tag::select({{"class", "nhsuk-select"}, {"id", id}, {"name", id}}, options));
}

Html places_of_kind(Context& context, PlaceKind kind, std::string_view words, const std::string& chosen) {
    const Figures& figures = context.figures();
    Html options;
    for (const Place& place : figures.places())
        if (place.kind == kind) options += option(place_key(place), place.name, place_key(place) == chosen);
    return options.empty() ? options : tag::optgroup({{"label", words}}, options);
}

Html peer_options(Context& context, const CompareChoice& choice) {
    Html options = option("organisation", "All services", choice.peers_key == "organisation");
    Html saved;
    for (const SavedPeerGroup& group : list_peer_groups(*context.database)) {
        const std::string key = fmt::format("saved_group:{}", group.number);
        saved += option(key, group.name, key == choice.peers_key);
    }
    if (!saved.empty()) options += tag::optgroup({{"label", "Saved peer groups"}}, saved);
    options += places_of_kind(context, PlaceKind::peer_group, "Peer groups of the data", choice.peers_key);
    options += places_of_kind(context, PlaceKind::region, "Regions", choice.peers_key);
    return options += places_of_kind(context, PlaceKind::area, "Areas", choice.peers_key);
}

Html own_options(Context& context, const CompareChoice& choice) {
    const User& user = context.user().user;
    Html options = option("", user.whole_organisation ? "None" : "My services", choice.own_key.empty());
    for (const Place& place : context.figures().places())
        if (place.kind == PlaceKind::service)
            options += option(place_key(place), place.name, place_key(place) == choice.own_key);
    return options;
}

Html compare_form(Context& context, const CompareChoice& choice) {
    const Figures& figures = context.figures();
    Html measures, months;
    for (const ComparableMeasure& measure : comparable_measures())
        measures += option(measure.id, measure.words, &measure == choice.measure);
    for (std::size_t date = figures.dates().size(); date-- > 0;)
        months += option(month_key(figures.dates()[date]), column_label(figures.dates()[date]),
                         date == choice.date);
    return tag::form(
        {{"class", "app-filters"}, {"method", "get"}, {"action", "/compare"}, {"data-filters", true}},
        field("measure", "Measure", measures), field("month", "Month", months),
        field("peers", "Among", peer_options(context, choice)),
        field("own", "Mark", own_options(context, choice)),
        tag::button({{"class", "nhsuk-button nhsuk-button--secondary"}, {"type", "submit"}}, "Show"));
}

}  // namespace

namespace pages {

Response compare(Context& context) {
    if (context.user().disclosed_only()) return released_compare_page(context);
    const CompareChoice choice = read_compare_choice(context);
    const Figures& figures = context.figures();
    const PageFigures page = compare_figures(context, choice);
    PageFrame frame = frame_for(context, Section::compare);
    frame.title = page.title;
    frame.heading = std::string(choice.measure->words);
    frame.heading_aside =
        Html(fmt::format("{}, {}", choice.measure->denominator, long_date(figures.dates()[choice.date])));
    frame.heading_actions = download_links("/compare", choice.query(figures));
    frame.scripts = PageScripts::with_charts;
    frame.main += compare_form(context, choice);
    frame.main += tag::p({{"class", "app-lede app-lede--wide"}}, page.sentence);
    frame.main += charts(context, choice, page.sentence);
    frame.main += table_html(page.tables[0]);
    frame.main += table_html(page.tables[1]);
    if (holds(context.user().user.role, Permission::manage_groups))
        frame.main += tag::p({}, tag::a({{"href", "/peer-groups"}}, "Put peer groups together"));
    return respond(frame);
}

Response compare_csv(Context& context) {
    if (context.user().disclosed_only()) return released_csv(context, released_comparison(context));
    return csv_response(compare_figures(context, read_compare_choice(context)), context.figures(),
                        context.parameter("table"));
}

Response compare_workbook(Context& context) {
    if (context.user().disclosed_only()) return released_workbook(released_comparison(context));
    return workbook_response(compare_figures(context, read_compare_choice(context)), context.figures());
}

}  // namespace pages

}  // namespace optimat
