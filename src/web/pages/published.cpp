#include "web/pages/published.hpp"

#include "web/pages/page.hpp"
#include "web/pages/released.hpp"
#include "web/published_book.hpp"
#include "web/views_published.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat::pages {

namespace {

Html select_field(std::string_view id, std::string_view label, const Html& options) {
    return tag::div({{"class", "nhsuk-form-group"}},
                    tag::label({{"class", "nhsuk-label"}, {"for", id}}, label),
                    tag::select({{"class", "nhsuk-select"}, {"id", id}, {"name", id}}, options));
}

Html choice_fields(Context& context, const PublishedChoice& choice) {
    const PublishedFold& published = context.published();
    Html releases, places;
    for (std::size_t i = published.releases.size(); i-- > 0;) {
        const ReleaseThatLeft& one = published.releases[i];
        releases +=
            tag::option({{"value", fmt::format("{}", one.release.number)}, {"selected", i == choice.release}},
                        fmt::format("12 months to {}{}", long_date(one.as_at),
                                    one.release.withdrawn ? " (withdrawn)" : ""));
    }
    const ReleaseThatLeft& chosen = published.releases[choice.release];
    const auto& all = chosen.left.places;
    for (std::size_t i = 0; i < all.size(); ++i)
        places += tag::option({{"value", place_key(all[i])}, {"selected", i == choice.place}},
                              chosen.name_of(all[i]));
    return tag::form(
        {{"class", "app-filters"}, {"method", "get"}, {"action", "/published"}, {"data-filters", true}},
        select_field("release", "Release", releases), select_field("place", "Place", places),
        tag::button({{"class", "nhsuk-button nhsuk-button--secondary"}, {"type", "submit"}}, "Show"));
}

/// What people read: measures by their titles alone.
DataTable without_names(DataTable table) {
    table.columns.erase(table.columns.begin());
    for (auto& row : table.rows)
        row.erase(row.begin());
    table.row_headings = 1;
    return table;
}

}  // namespace

Response published(Context& context) {
    PageFrame frame = frame_for(context, Section::published);
    if (context.published().empty()) {
        frame.title = frame.heading = "Released figures";
        frame.main +=
            tag::p({{"class", "app-lede"}},
                   "No figures have been released yet. Once they are, they stand here as they leave the "
                   "organisation: the same for everybody, and never changed.");
        return respond(frame);
    }
    const PublishedChoice choice = read_published_choice(context);
    const ReleasedPage page = published_figures(context, choice);
    const PageFigures& figures = page.figures;
    frame.title = figures.title;
    frame.heading = "Released figures";
    frame.heading_aside = Html(fmt::format("12 months to {}", long_date(page.as_at)));
    frame.heading_actions = download_links("/published", choice.query());
    frame.main += choice_fields(context, choice);
    frame.main += tag::p({{"class", "app-lede"}}, figures.sentence);
    frame.main += table_html(without_names(figures.tables[0]));
    frame.main +=
        tag::details({{"class", "app-records"}},
                     tag::summary({}, fmt::format("Every place ({} rows)", figures.tables[1].rows.size())),
                     table_html(figures.tables[1]));
    return respond(frame);
}

Response published_csv(Context& context) {
    const std::string table = context.parameter("table");
    const ReleasedPage page = published_figures(context);
    return csv_response(page.figures, page.provenance, table.empty() ? "places" : table);
}

Response published_workbook(Context& context) { return released_workbook(published_figures(context)); }

Response api_published(Context& context) { return released_json(published_figures(context)); }

}  // namespace optimat::pages
