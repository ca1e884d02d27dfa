#include "web/pages/released.hpp"

#include "web/pages/page.hpp"

#include <fmt/format.h>

namespace optimat::pages {

namespace {

Html option(std::string_view value, std::string_view words, bool chosen) {
    return tag::option({{"value", value}, {"selected", chosen}}, words);
}

Html field(std::string_view id, std::string_view label, const Html& options) {
    return tag::div({{"class", "nhsuk-form-group"}},
                    tag::label({{"class", "nhsuk-label"}, {"for", id}}, label),
                    tag::select({{"class", "nhsuk-select"}, {"id", id}, {"name", id}}, options));
}

Html form(std::string_view action, const Html& fields) {
    return tag::form(
        {{"class", "app-filters"}, {"method", "get"}, {"action", action}, {"data-filters", true}}, fields,
        tag::button({{"class", "nhsuk-button nhsuk-button--secondary"}, {"type", "submit"}}, "Show"));
}

Html places_of_kind(const ReleaseThatLeft& release, PlaceKind kind, std::string_view words,
                    std::string_view chosen) {
    Html options;
    for (const Place& place : release.left.places)
        if (place.kind == kind) options += option(place_key(place), place.name, place_key(place) == chosen);
    return options.empty() ? options : tag::optgroup({{"label", words}}, options);
}

Html groups_of(const ReleaseThatLeft& release, std::string_view chosen) {
    return html_of(places_of_kind(release, PlaceKind::region, "Regions", chosen),
                   places_of_kind(release, PlaceKind::area, "Areas", chosen));
}

/// The months that were released and stand, newest first.
Html months(Context& context, const ReleaseThatLeft& chosen) {
    const PublishedFold& published = context.published();
    const auto standing = published.standing();
    Html options;
    for (auto i = standing.rbegin(); i != standing.rend(); ++i) {
        const Day day = published.releases[*i].as_at;
        options += option(month_key(day), column_label(day), day == chosen.as_at);
    }
    return options;
}

Html tracker_form(Context& context, const ReleasedChoice& choice) {
    const ReleaseThatLeft& release = *choice.release;
    Html shown;
    for (const int count : {12, 24, 36})
        shown += option(fmt::format("{}", count), fmt::format("{} months", count), count == choice.months);
    const Html places =
        html_of(option("organisation", release.release.organisation, choice.place_key == "organisation"),
                groups_of(release, choice.place_key),
                places_of_kind(release, PlaceKind::service, "Services", choice.place_key));
    return form("/tracker",
                html_of(field("place", "Place", places), field("month", "Month", months(context, release)),
                        field("months", "Shown", shown)));
}

Html compare_form(Context& context, const ReleasedComparison& choice) {
    const ReleaseThatLeft& release = *choice.release;
    const std::string peers_key = place_key(choice.among());
    Html measures;
    for (const ComparableMeasure* const measure : released_measures())
        measures += option(measure->id, measure->words, measure == choice.measure);
    const Html peers = html_of(option("organisation", "All services", peers_key == "organisation"),
                               groups_of(release, peers_key));
    Html own = option("", "None", choice.own.empty());
    for (const Place& place : release.left.places)
        if (place.kind == PlaceKind::service)
            own += option(place_key(place), place.name, place_key(place) == choice.own);
    return form("/compare", html_of(field("measure", "Measure", measures),
                                    field("month", "Month", months(context, release)),
                                    field("peers", "Among", peers), field("own", "Mark", own)));
}

Response nothing_released(Context& context, Section section, std::string_view heading) {
    PageFrame frame = frame_for(context, section);
    frame.title = frame.heading = std::string(heading);
    frame.main =
        tag::p({{"class", "app-lede"}},
               "Nothing is released yet. Figures stand here once the organisation has released them.");
    return respond(frame);
}

}  // namespace

Response released_tracker_page(Context& context) {
    if (!has_released(context)) return nothing_released(context, Section::tracker, "Service tracker");
    const ReleasedChoice choice = read_released_choice(context);
    const ReleasedPage page = released_tracker(context, choice);
    PageFrame frame = frame_for(context, Section::tracker);
    frame.title = page.figures.title;
    frame.heading = choice.release->name_of(choice.where());
    frame.heading_aside = Html(fmt::format("Service tracker, {}", long_date(page.as_at)));
    frame.heading_actions = download_links("/tracker", choice.query());
    frame.main += tracker_form(context, choice);
    frame.main += key_figures(page.figures.tables.front());
    frame.main += table_html(page.figures.tables.front());
    return respond(frame);
}

Response released_compare_page(Context& context) {
    if (!has_released(context)) return nothing_released(context, Section::compare, "Compare");
    const ReleasedComparison choice = read_released_comparison(context);
    const ReleasedPage page = released_comparison(choice);
    PageFrame frame = frame_for(context, Section::compare);
    frame.title = page.figures.title;
    frame.heading = std::string(choice.measure->words);
    frame.heading_aside = Html(fmt::format("{}, {}", choice.measure->denominator, long_date(page.as_at)));
    frame.heading_actions = download_links("/compare", choice.query());
    frame.main += compare_form(context, choice);
    frame.main += tag::p({{"class", "app-lede app-lede--wide"}}, page.figures.sentence);
    frame.main += table_html(page.figures.tables[0]);
    frame.main += table_html(page.figures.tables[1]);
    return respond(frame);
}

Response released_csv(Context& context, const ReleasedPage& page) {
    return csv_response(page.figures, page.provenance, context.parameter("table"));
}

Response released_workbook(const ReleasedPage& page) {
    return workbook_response(page.figures, page.provenance, page.as_at);
}

Response released_json(const ReleasedPage& page) { return json_response(page.figures, page.provenance); }

}  // namespace optimat::pages
