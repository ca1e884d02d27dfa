// One measure of services beside each other.

#include "chart/funnel.hpp"
#include "chart/interval_plot.hpp"
#include "chart/mean_intervals.hpp"
#include "chart/spread_strip.hpp"
#include "report/measure_beside.hpp"
#include "report/number_text.hpp"
#include "store/peer_groups.hpp"
#include "web/pages/measures.hpp"
#include "web/views_compare.hpp"
#include "web/views_measure_services.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr int chart_width = 640;

chart::ServiceMark mark_of(const MeasureServicesChoice& choice, const Place& service) {
    const Place& place = choice.measure.page.place;
    const bool own = place.kind == PlaceKind::service && place.services == service.services;
    return own ? chart::ServiceMark::own : chart::ServiceMark::other;
}

chart::ServiceShares shares_of(const MeasureServicesChoice& choice, const MeasureComparison& comparison) {
    const MeasureDefinition& measure = *comparison.measure;
    constexpr std::string_view of = "of ";
    std::string_view things = measure.denominator_words;
    if (things.starts_with(of)) things.remove_prefix(of.size());
    chart::ServiceShares data{fmt::format("{}, {}", measure.title, measure.denominator_words),
                              std::string(things),
                              {},
                              comparison.widened ? comparison.dispersion.tau_squared : 0};
    for (const ComparedMeasure& one : comparison.services)
        data.services.push_back(
            {one.place->name, one.figure.numerator, one.figure.denominator, mark_of(choice, *one.place)});
    return data;
}

chart::ServiceMeans means_of(const MeasureServicesChoice& choice, const MeasureComparison& comparison) {
    const MeasureDefinition& measure = *comparison.measure;
    const bool rate = measure.value == MeasureValue::rate;
    chart::ServiceMeans data{fmt::format("{}, {}", measure.title, unit_words(measure)),
                             comparison.pooled.value(),
                             {},
                             rate ? std::string("per 100") : std::string(unit_words(measure)),
                             rate ? "events" : "things",
                             rate ? "events" : "number"};
    for (const ComparedMeasure& one : comparison.services) {
        if (!one.value) continue;
        std::optional<chart::Interval> interval;
        if (one.interval) interval = chart::Interval{one.interval->low, one.interval->high};
        data.services.push_back({one.place->name, rate ? one.figure.numerator : one.figure.denominator,
                                 *one.value, interval, mark_of(choice, *one.place)});
    }
    return data;
}

Html titled(std::string_view id, std::string_view heading, const Html& chart) {
    return tag::section({{"aria-labelledby", id}},
                        tag::h2({{"id", id}, {"class", "app-chart__heading"}}, heading), chart);
}

/// With wider limits drawn by the server alone: the browser's drawing knows those of chance.
Html funnel_html(const chart::ServiceShares& data, const chart::Frame& frame) {
    if (data.tau_squared == 0) return chart::funnel_figure(data, frame);
    return chart::chart_figure("", "", chart::funnel(data, frame), chart::funnel(data, chart::narrow(frame)));
}

Html charts(const MeasureServicesChoice& choice, const MeasureServicesView& view) {
    const MeasureComparison& comparison = view.comparison;
    const std::string& title = comparison.measure->title;
    if (!comparison.pooled.value()) return tag::p({}, "Nothing is counted in these services and this month.");
    if (comparison.measure->value != MeasureValue::share)
        return titled(
            "intervals-heading", "Each service with its 95 % interval",
            chart::mean_intervals_figure(means_of(choice, comparison),
                                         {"intervals", title, view.page.sentence, chart::full_width}));
    const chart::ServiceShares data = shares_of(choice, comparison);
    return tag::div(
        {{"class", "app-wide-charts"}},
        titled("funnel-heading",
               comparison.widened ? "By size: chance, and how much services differ anyway"
                                  : "By size: what chance alone would do",
               funnel_html(data, {"funnel", "Funnel: " + title, view.page.sentence, chart::full_width})),
        titled(
            "intervals-heading", "Each service with its 95 % interval",
            chart::interval_plot_figure(data, {"intervals", title, view.page.sentence, chart::full_width})));
}

Html strip_html(const MeasureServicesChoice& choice, const MeasureComparison& comparison) {
    if (!comparison.spread || comparison.spread->count < 2) return {};
    const Spread& spread = *comparison.spread;
    chart::SpreadStrip data{spread.lowest,
                            spread.lower_quartile,
                            spread.median,
                            spread.upper_quartile,
                            spread.highest,
                            {},
                            std::nullopt,
                            "",
                            0,
                            spread.highest,
                            comparison.measure->value == MeasureValue::share ? chart::Unit::share
                                                                             : chart::Unit::number};
    for (const ComparedMeasure& one : comparison.services) {
        if (!one.value) continue;
        data.services.push_back(*one.value);
        if (mark_of(choice, *one.place) == chart::ServiceMark::own) {
            data.own = *one.value;
            data.own_name = one.place->name;
        }
    }
    if (data.axis_to <= 0) data.axis_to = 1;
    return titled("spread-heading", "How services differ",
                  chart::spread_strip_figure(
                      data, {"spread", "How services differ",
                             "From the lowest to the highest service, the middle half and the median; the "
                             "table of the spread has the same.",
                             chart_width}));
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
    Html options;
    for (const Place& place : context.figures().places())
        if (place.kind == kind) options += option(place_key(place), place.name, place_key(place) == chosen);
    return options.empty() ? options : tag::optgroup({{"label", words}}, options);
}

Html peer_options(Context& context, const std::string& chosen) {
    Html options = option("organisation", "All services", chosen == "organisation"), saved;
    for (const SavedPeerGroup& group : list_peer_groups(*context.database)) {
        const std::string key = fmt::format("saved_group:{}", group.number);
        saved += option(key, group.name, key == chosen);
    }
    if (!saved.empty()) options += tag::optgroup({{"label", "Saved peer groups"}}, saved);
    options += places_of_kind(context, PlaceKind::peer_group, "Peer groups of the data", chosen);
    options += places_of_kind(context, PlaceKind::region, "Regions", chosen);
    return options += places_of_kind(context, PlaceKind::area, "Areas", chosen);
}

Html limits_field(const MeasureServicesChoice& choice) {
    if (choice.measure.measure->value != MeasureValue::share) return {};
    return field("limits", "Limits",
                 html_of(option("chance", "of chance alone", choice.limits == FunnelLimits::chance),
                         option("widened", "allow for services differing more",
                                choice.limits == FunnelLimits::widened)));
}

Html services_form(Context& context, const MeasureServicesChoice& choice) {
    Html more = field("peers", "Among", peer_options(context, choice.peers_key));
    more += html_of(limits_field(choice), view_field(context, choice.measure.view));
    return choice_form(context, choice.measure.page, choice.measure.path("/services"), MonthsChoice::hidden,
                       more);
}

/// The services' own order of columns: the name first, the id last.
DataTable shown_table(const DataTable& services) {
    DataTable table = without(beside_in_words(services), {"service_id", "outside"});
    table.row_headings = 1;
    return table;
}

}  // namespace

namespace pages {

Response measure_services(Context& context) {
    const MeasureServicesChoice choice = read_measure_services_choice(context);
    const MeasureServicesView view = measure_services_view(context, choice);
    const MeasureDefinition& measure = *choice.measure.measure;
    const Figures& figures = context.figures();
    PageFrame frame = frame_for(context, Section::measures);
    frame.title = view.page.title;
    frame.breadcrumbs = {{"Measures", fmt::format("/measures?{}", choice.measure.query(figures))}};
    frame.heading = measure.title + ": between services";
    frame.heading_aside = Html(long_date(choice.measure.page.day(figures)));
    frame.heading_actions = download_links(choice.measure.path("/services"), choice.query(figures));
    frame.scripts = PageScripts::with_charts;
    frame.main += measure_tabs(context, choice.measure, MeasurePage::services);
    frame.main += services_form(context, choice);
    frame.main +=
        tag::p({{"class", "app-lede app-lede--wide"}}, view.page.sentence, " ", words_for(measure.better));
    frame.main += charts(choice, view);
    frame.main += table_html(shown_table(view.page.tables[0]));
    frame.main += strip_html(choice, view.comparison);
    if (!view.page.tables[1].rows.empty()) frame.main += table_html(view.page.tables[1]);
    return respond(frame);
}

Response measure_services_csv(Context& context) {
    return csv_response(measure_services_view(context, read_measure_services_choice(context)).page,
                        context.figures(), context.parameter("table"));
}

Response measure_services_workbook(Context& context) {
    return workbook_response(measure_services_view(context, read_measure_services_choice(context)).page,
                             context.figures());
}

Response api_measure_services(Context& context) {
    return json_response(measure_services_view(context, read_measure_services_choice(context)).page,
                         context.figures());
}

}  // namespace pages

}  // namespace optimat
