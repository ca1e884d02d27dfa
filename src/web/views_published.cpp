#include "web/views_published.hpp"

#include "report/measure_data.hpp"
#include "web/published_book.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

Day day_of(const Release& release) { return *parse_iso_day(release.as_at); }

std::size_t newest_release(const PublishedFold& published) {
    for (std::size_t i = published.releases.size(); i-- > 0;)
        if (!published.releases[i].withdrawn) return i;
    return published.releases.size() - 1;
}

std::size_t chosen_release(const Context& context, const PublishedFold& published) {
    const std::string text = context.parameter("release");
    if (text.empty()) return newest_release(published);
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto found = std::ranges::find(published.releases, number, &Release::number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || found == published.releases.end())
        throw HttpError(400,
                        "No figures have left under this number. Choose one of the releases on the page.");
    return static_cast<std::size_t>(found - published.releases.begin());
}

DataCell cell_of(const Disclosed& count) {
    return count.is_shown() ? DataCell::count(count.value) : DataCell::hide();
}

bool is_rate(const ReleaseMeasure& measure) { return measure.value == "rate"; }

DataCell value_of(const ReleaseMeasure& measure, const PublishedFigure& figure) {
    if (!figure.numerator.is_shown() || !figure.denominator.is_shown()) return DataCell::hide();
    const MeasureFigure exact{figure.numerator.value, figure.denominator.value, 0,
                              is_rate(measure) ? MeasureValue::rate : MeasureValue::share, MeasureUnit::none};
    return value_cell(exact);
}

/// The figure of a measure and place in another release; nothing when it had none.
const PublishedFigure* figure_in(const PublishedRelease& release, const std::string& measure,
                                 const Place& place) {
    for (std::size_t m = 0; m < release.measures.size(); ++m)
        for (std::size_t p = 0; p < release.places.size(); ++p)
            if (release.measures[m]->name == measure && release.places[p].kind == place.kind &&
                release.places[p].id == place.id)
                return &release.figures[m][p];
    return nullptr;
}

std::string place_name(Context& context, const Place& place) {
    return place.kind == PlaceKind::organisation ? context.figures().extract().organisation : place.name;
}

const std::vector<DataColumn> figure_columns = {{"value", "Value", CellKind::decimal, ""},
                                                {"unit", "Unit", CellKind::words, ""},
                                                {"numerator", "Of these", CellKind::count, ""},
                                                {"denominator", "Of all", CellKind::count, ""}};

std::vector<DataCell> figure_cells(const ReleaseMeasure& measure, const PublishedFigure& figure) {
    return {value_of(measure, figure), DataCell::words(is_rate(measure) ? "per 100 person-years" : "%"),
            cell_of(figure.numerator), cell_of(figure.denominator)};
}

const std::vector<DataColumn> place_columns = {{"place", "Place", CellKind::words, ""},
                                               {"name", "Name", CellKind::words, ""}};

/// Leading columns, which measure, and its figures.
DataTable empty_table(std::string id, std::string title, std::vector<DataColumn> leading) {
    DataTable table{std::move(id), std::move(title), "", std::move(leading), {}, 0};
    table.columns.push_back({"measure", "Name", CellKind::words, ""});
    table.columns.push_back({"title", "Measure", CellKind::words, ""});
    table.row_headings = table.columns.size();
    table.columns.insert(table.columns.end(), figure_columns.begin(), figure_columns.end());
    return table;
}

DataTable published_table(const PublishedFold& published, const PublishedChoice& choice) {
    const PublishedRelease& release = published.published[choice.release];
    DataTable table = empty_table("published", "Released figures", {});
    if (choice.release > 0)
        table.columns.push_back(
            {"before", fmt::format("To {}", month_name(published.published[choice.release - 1].as_at)),
             CellKind::decimal, ""});
    table.columns.push_back({"denominator_words", "Of what", CellKind::words, ""});
    for (std::size_t m = 0; m < release.measures.size(); ++m) {
        const ReleaseMeasure& measure = *release.measures[m];
        std::vector<DataCell> row = {DataCell::words(measure.name), DataCell::words(measure.title)};
        std::ranges::move(figure_cells(measure, release.figures[m][choice.place]), std::back_inserter(row));
        if (choice.release > 0) {
            const PublishedFigure* before = figure_in(published.published[choice.release - 1], measure.name,
                                                      release.places[choice.place]);
            row.push_back(before != nullptr ? value_of(measure, *before) : DataCell::nothing());
        }
        row.push_back(DataCell::words(measure.denominator_words));
        table.rows.push_back(std::move(row));
    }
    return table;
}

DataTable places_table(Context& context, const PublishedRelease& release) {
    DataTable table = empty_table("places", "Released figures of every place", place_columns);
    for (std::size_t p = 0; p < release.places.size(); ++p)
        for (std::size_t m = 0; m < release.measures.size(); ++m) {
            const ReleaseMeasure& measure = *release.measures[m];
            std::vector<DataCell> row = {DataCell::words(place_key(release.places[p])),
                                         DataCell::words(place_name(context, release.places[p])),
                                         DataCell::words(measure.name), DataCell::words(measure.title)};
            std::ranges::move(figure_cells(measure, release.figures[m][p]), std::back_inserter(row));
            table.rows.push_back(std::move(row));
        }
    return table;
}

std::string policy_note(std::int64_t hidden_below) {
    return fmt::format("[c]: hidden, because it is of 1 to {} people, or would give such a number away, by "
                       "itself or together with an "
                       "earlier release. Hidden is not zero. A month leaves once: what comes in later is in "
                       "the releases after it.",
                       hidden_below - 1);
}

}  // namespace

std::string PublishedChoice::query() const {
    return fmt::format("release={}&place={}", number, url_encode(place_key));
}

PublishedChoice read_published_choice(Context& context) {
    const PublishedFold& published = context.published();
    if (published.empty())
        throw HttpError(404, "No figures have been released yet. They are released on the Releases page.");
    PublishedChoice choice{chosen_release(context, published), 0, context.parameter("place"), 0};
    choice.number = published.releases[choice.release].number;
    if (choice.place_key.empty()) choice.place_key = "organisation";
    const auto& places = published.published[choice.release].places;
    const auto found = std::ranges::find(places, choice.place_key, place_key);
    if (found == places.end())
        throw HttpError(400, "There are no released figures of this place. Choose one of those on the page.");
    choice.place = static_cast<std::size_t>(found - places.begin());
    return choice;
}

PageFigures published_figures(Context& context) {
    if (!context.published().empty()) return published_figures(context, read_published_choice(context));
    return {"Released figures",
            {},
            {empty_table("published", "Released figures", {}),
             empty_table("places", "Released figures of every place", place_columns)},
            "No figures have been released yet."};
}

PageFigures published_figures(Context& context, const PublishedChoice& choice) {
    const PublishedFold& published = context.published();
    const PublishedRelease& release = published.published[choice.release];
    const Release& about = published.releases[choice.release];
    const std::string name = place_name(context, release.places[choice.place]);
    PageFigures page;
    page.title = fmt::format("Released figures: {}, 12 months to {}", name, long_date(day_of(about)));
    page.about = {{"release", fmt::format("{}", about.number)},
                  {"as_at", about.as_at},
                  {"place", choice.place_key},
                  {"policy", fmt::format("{} {}", about.policy.name, about.policy.version)},
                  {"program_version", about.program_version}};
    page.tables = {published_table(published, choice), places_table(context, release)};
    const Policy policy = context.site.policy();
    for (DataTable& table : page.tables)
        table.note = policy_note(policy.hidden_below);
    page.sentence = fmt::format("Release {}, made on {} with data to {}.", about.number,
                                long_date(*parse_iso_day(about.made.at.substr(0, 10))),
                                long_date(*parse_iso_day(about.covers_to)));
    if (about.withdrawn) page.sentence += fmt::format(" Withdrawn since: {}", about.withdrawn->reason);
    return page;
}

}  // namespace optimat
