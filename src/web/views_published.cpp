#include "web/views_published.hpp"

#include "web/views_releases.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

std::size_t newest_release(const PublishedFold& published) {
    const std::vector<std::size_t> standing = published.standing();
    return standing.empty() ? published.releases.size() - 1 : standing.back();
}

std::size_t chosen_release(const Context& context, const PublishedFold& published) {
    const std::string text = context.parameter("release");
    if (text.empty()) return newest_release(published);
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto found = std::ranges::find(published.releases, number,
                                         [](const ReleaseThatLeft& one) { return one.release.number; });
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
    if (figure.denominator.value == 0) return DataCell::nothing();
    if (is_rate(measure))
        return {CellKind::decimal, {}, figure.numerator.value * 100, figure.denominator.value, {}};
    return DataCell::share(figure.numerator.value, figure.denominator.value);
}

/// What left of a measure and place with another release; nothing when it had none.
const PublishedFigure* figure_in(const ReleaseThatLeft& release, const std::string& measure,
                                 std::string_view place) {
    const auto at = release.find_place(place);
    const auto& measures = release.left.measures;
    const auto found = std::ranges::find(measures, measure, &ReleaseMeasure::name);
    if (!at || found == measures.end()) return nullptr;
    const auto& figure = release.left.figures[static_cast<std::size_t>(found - measures.begin())][*at];
    return figure ? &*figure : nullptr;
}

const std::vector<DataColumn> figure_columns = {{"value", "Value", CellKind::decimal, ""},
                                                {"unit", "Unit", CellKind::words, ""},
                                                {"numerator", "Of these", CellKind::count, ""},
                                                {"denominator", "Of all", CellKind::count, ""}};

std::vector<DataCell> figure_cells(const ReleaseMeasure& measure, const PublishedFigure& figure) {
    return {value_of(measure, figure), DataCell::words(is_rate(measure) ? "per 100 person-years" : "share"),
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
    const ReleaseThatLeft& release = published.releases[choice.release];
    const ReleaseThatLeft* const before =
        choice.release > 0 ? &published.releases[choice.release - 1] : nullptr;
    DataTable table = empty_table("published", "Released figures", {});
    if (before != nullptr)
        table.columns.push_back(
            {"before", fmt::format("To {}", month_name(before->as_at)), CellKind::decimal, ""});
    table.columns.push_back({"denominator_words", "Of what", CellKind::words, ""});
    for (std::size_t m = 0; m < release.left.measures.size(); ++m) {
        const ReleaseMeasure& measure = release.left.measures[m];
        const auto& figure = release.left.figures[m][choice.place];
        if (!figure) continue;
        std::vector<DataCell> row = {DataCell::words(measure.name), DataCell::words(measure.title)};
        std::ranges::move(figure_cells(measure, *figure), std::back_inserter(row));
        if (before != nullptr) {
            const PublishedFigure* then = figure_in(*before, measure.name, choice.place_key);
            row.push_back(then != nullptr ? value_of(measure, *then) : DataCell::nothing());
        }
        row.push_back(DataCell::words(measure.denominator_words));
        table.rows.push_back(std::move(row));
    }
    return table;
}

DataTable places_table(const ReleaseThatLeft& release) {
    DataTable table = empty_table("places", "Released figures of every place", place_columns);
    for (std::size_t p = 0; p < release.left.places.size(); ++p)
        for (std::size_t m = 0; m < release.left.measures.size(); ++m) {
            const ReleaseMeasure& measure = release.left.measures[m];
            const auto& figure = release.left.figures[m][p];
            if (!figure) continue;
            std::vector<DataCell> row = {DataCell::words(place_key(release.left.places[p])),
                                         DataCell::words(release.name_of(release.left.places[p])),
                                         DataCell::words(measure.name), DataCell::words(measure.title)};
            std::ranges::move(figure_cells(measure, *figure), std::back_inserter(row));
            table.rows.push_back(std::move(row));
        }
    return table;
}

/// What leaves for the organisation alone, and why; empty when all leaves everywhere.
std::string organisation_note(const PublishedRelease& left) {
    std::vector<std::string> titles;
    for (std::size_t m = 0; m < left.measures.size(); ++m)
        if (std::ranges::any_of(left.figures[m], [](const auto& figure) { return !figure.has_value(); }))
            titles.push_back(left.measures[m].title);
    if (titles.empty()) return {};
    return fmt::format(" For the whole organisation alone: {}. For a service these would tell of few people, "
                       "and completions never stand without returns and deaths.",
                       fmt::join(titles, ", "));
}

std::string notes_of(const ReleaseThatLeft& release) {
    return fmt::format("[c]: hidden, because it is of 1 to {} people, or would give such a number away, by "
                       "itself or together with another release. Hidden is not zero. A month leaves once: "
                       "what comes in later is in the releases after it. Of rates, \"Of all\" is "
                       "person-years, rounded to the nearest ten.{}",
                       release.hidden_below - 1, organisation_note(release.left));
}

/// The twelve months of two releases overlap: most of what is hidden is hidden for that. In words where it is
/// more than a tenth.
std::string hidden_sentence(const PublishedFold& published, const PublishedChoice& choice,
                            const DataTable& places) {
    const auto rows = static_cast<std::int64_t>(places.rows.size());
    const auto hidden = std::ranges::count_if(places.rows, [](const auto& row) {
        return std::ranges::any_of(row, [](const DataCell& cell) { return cell.kind == CellKind::hidden; });
    });
    if (hidden * 10 <= rows) return {};
    const Day as_at = published.releases[choice.release].as_at;
    const bool overlaps = std::ranges::any_of(published.releases, [&](const ReleaseThatLeft& other) {
        return other.as_at != as_at &&
               add_months(std::max(other.as_at, as_at), -12) < std::min(other.as_at, as_at);
    });
    return fmt::format(" {} of {} rows of all places have hidden numbers: {}.", hidden, rows,
                       overlaps ? "the twelve months of this release overlap those of another, and a number "
                                  "that differs from the one released before by so few people would tell of "
                                  "them. Releases twelve months apart show most"
                                : "the numbers of small services are small");
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
    const ReleaseThatLeft& release = published.releases[choice.release];
    choice.number = release.release.number;
    if (choice.place_key.empty()) choice.place_key = "organisation";
    const auto place = release.find_place(choice.place_key);
    if (!place)
        throw HttpError(400, "There are no released figures of this place. Choose one of those on the page.");
    choice.place = *place;
    return choice;
}

ReleasedPage published_figures(Context& context) {
    if (!context.published().empty()) return published_figures(context, read_published_choice(context));
    return {{"Released figures",
             {},
             {empty_table("published", "Released figures", {}),
              empty_table("places", "Released figures of every place", place_columns)},
             "No figures have been released yet."},
            provenance_of_nothing(),
            context.today()};
}

ReleasedPage published_figures(Context& context, const PublishedChoice& choice) {
    const PublishedFold& published = context.published();
    const ReleaseThatLeft& left = published.releases[choice.release];
    const Release& about = left.release;
    const std::string name = left.name_of(left.left.places[choice.place]);
    PageFigures page;
    page.title = fmt::format("Released figures: {}, 12 months to {}", name, long_date(left.as_at));
    page.about = {{"release", fmt::format("{}", about.number)},
                  {"as_at", about.as_at},
                  {"place", choice.place_key},
                  {"policy", fmt::format("{} {}", about.policy.name, about.policy.version)},
                  {"program_version", about.program_version}};
    page.tables = {published_table(published, choice), places_table(left)};
    for (DataTable& table : page.tables)
        table.note = notes_of(left);
    page.sentence = fmt::format("Release {}, made on {} with data to {}.", about.number,
                                long_date(*parse_iso_day(about.made.at.substr(0, 10))),
                                long_date(*parse_iso_day(about.covers_to)));
    // Why is for those who make releases: people write what they like there.
    if (about.withdrawn)
        page.sentence += fmt::format(" Withdrawn on {}: use these figures no more.",
                                     long_date(*parse_iso_day(about.withdrawn->by.at.substr(0, 10))));
    page.sentence += hidden_sentence(published, choice, page.tables[1]);
    return {std::move(page), provenance_of(about), left.as_at};
}

}  // namespace optimat
