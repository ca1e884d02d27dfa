#include "web/views_released.hpp"

#include "base/version.hpp"
#include "report/number_text.hpp"
#include "web/views_compare.hpp"
#include "web/views_releases.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view nothing_yet = "Nothing is released yet.";

/// A measure and the parts of the released tracker that it divides.
struct ReleasedMeasure {
    std::string_view id, numerator, denominator;
};
constexpr ReleasedMeasure group_shares[] = {
    {"red_share", "red", "in_cohorts"},     {"amber_share", "amber", "in_cohorts"},
    {"green_share", "green", "in_cohorts"}, {"grey_share", "grey", "in_cohorts"},
    {"mat1_share", "mat1", "in_mat"},       {"mat4_share", "mat4", "in_mat"},
};
constexpr std::string_view cohorts[] = {"red", "amber", "green", "grey"};

[[noreturn]] void unknown(std::string_view what) {
    throw HttpError(
        400, fmt::format("The address names a {} that has not been released. Choose from the list.", what));
}

/// The newest release that stands, or that of the month of the query.
const ReleaseThatLeft& chosen_release(Context& context) {
    const PublishedFold& published = context.published();
    const std::vector<std::size_t> standing = published.standing();
    const std::string month = context.parameter("month");
    if (month.empty()) return published.releases[standing.back()];
    for (const std::size_t i : standing)
        if (month_key(published.releases[i].as_at) == month) return published.releases[i];
    unknown("month");
}

/// A number that left; hidden when it did not.
Disclosed number_of(const PublishedTracker& tracker, std::string_view part) {
    const auto found = tracker.find(part);
    return found == tracker.end() ? Disclosed{} : found->second;
}

DataCell count_cell(const Disclosed& count) {
    return count.is_shown() ? DataCell::count(count.value) : DataCell::hide();
}

DataCell share_cell(const Disclosed& part, const Disclosed& whole) {
    if (!part.is_shown() || !whole.is_shown()) return DataCell::hide();
    return DataCell::share(part.value, whole.value);
}

/// In tenths of a milligram; a mean that nobody has is not there.
DataCell mean_cell(const PublishedTracker& tracker, std::string_view part) {
    const auto found = tracker.find(part);
    if (found == tracker.end()) return DataCell::nothing();
    if (!found->second.is_shown()) return DataCell::hide();
    return DataCell::decimal(static_cast<double>(found->second.value) / 10, CellKind::milligrams);
}

std::vector<DataCell> tracker_row(Day as_at, const PublishedTracker& tracker) {
    const auto number = [&](std::string_view part) { return number_of(tracker, part); };
    std::vector<DataCell> row = {DataCell::of_month(as_at), count_cell(number("in_mat"))};
    for (const std::string_view group : cohorts) {
        row.push_back(count_cell(number(group)));
        row.push_back(share_cell(number(group), number("in_cohorts")));
        row.push_back(mean_cell(tracker, fmt::format("{}_mean", group)));
    }
    row.push_back(count_cell(number("not_placed")));
    row.push_back(share_cell(number("not_placed"), number("in_mat")));
    row.push_back(count_cell(number("mat1")));
    row.push_back(count_cell(number("mat4")));
    row.push_back(mean_cell(tracker, "mean"));
    return row;
}

int months_of(Context& context) {
    const std::string text = context.parameter("months");
    for (const int months : {12, 24, 36})
        if (text == fmt::format("{}", months)) return months;
    if (text.empty()) return 12;
    throw HttpError(400, "The address names a number of months that is not there. Choose from the list.");
}

const ReleasedMeasure& parts_of(const ComparableMeasure& measure) {
    return *std::ranges::find(group_shares, measure.id, &ReleasedMeasure::id);
}

const ComparableMeasure* chosen_measure(Context& context) {
    const std::string id = context.parameter("measure");
    const auto measures = released_measures();
    if (id.empty()) return measures.front();
    for (const ComparableMeasure* const measure : measures)
        if (measure->id == id) return measure;
    unknown("measure");
}

/// One place of a comparison as it left.
struct ComparedPlace {
    Disclosed numerator, denominator, in_mat;
    bool has_value() const { return numerator.is_shown() && denominator.is_shown(); }
};

ComparedPlace compared_place(const ReleasedComparison& choice, std::size_t place) {
    const PublishedTracker& tracker = choice.release->left.trackers[place];
    const ReleasedMeasure& parts = parts_of(*choice.measure);
    return {number_of(tracker, parts.numerator), number_of(tracker, parts.denominator),
            number_of(tracker, "in_mat")};
}

void append_numbers(std::vector<DataCell>& row, const ComparedPlace& place) {
    row.push_back(count_cell(place.numerator));
    row.push_back(count_cell(place.denominator));
    row.push_back(share_cell(place.numerator, place.denominator));
    if (!place.has_value()) {
        row.insert(row.end(), 2, DataCell::hide());
        return;
    }
    MeasureSums sums;
    sums.numerator = place.numerator.value;
    sums.denominator = place.denominator.value;
    const auto interval = sums.interval(MeasureKind::share);
    row.push_back(DataCell::decimal(interval ? std::optional(interval->low) : std::nullopt, CellKind::share));
    row.push_back(
        DataCell::decimal(interval ? std::optional(interval->high) : std::nullopt, CellKind::share));
}

DataCell position_cell(const ComparedPlace& place, const ComparedPlace& all) {
    if (!place.has_value()) return DataCell::hide();
    if (place.denominator.value == 0) return DataCell::nothing();
    if (!all.has_value()) return DataCell::hide();
    const double pooled =
        static_cast<double>(all.numerator.value) / static_cast<double>(all.denominator.value);
    const auto position = funnel_position(place.numerator.value, place.denominator.value, pooled);
    return position ? DataCell::words(std::string(words_for(*position))) : DataCell::nothing();
}

/// Places, in left.places, of the services that are compared, by name.
std::vector<std::size_t> compared_services(const ReleasedComparison& choice) {
    const auto& places = choice.release->left.places;
    std::vector<std::size_t> services;
    for (std::size_t i = 0; i < places.size(); ++i)
        if (places[i].kind == PlaceKind::service &&
            std::ranges::find(choice.among().services, places[i].services.front()) !=
                choice.among().services.end())
            services.push_back(i);
    std::ranges::stable_sort(services, {},
                             [&](std::size_t i) -> const std::string& { return places[i].name; });
    return services;
}

std::string comparison_sentence(const ReleasedComparison& choice, const DataCell& together) {
    const std::string better(words_for(choice.measure->better));
    if (together.kind == CellKind::hidden)
        return "The share of all taken together is hidden, for it would give small numbers away. " + better;
    return fmt::format("The people of {} taken together: {}. {}", choice.release->name_of(choice.among()),
                       shown_text(together), better);
}

}  // namespace

std::string ReleasedChoice::query() const {
    return fmt::format("place={}&month={}&months={}", url_encode(place_key), month_key(release->as_at),
                       months);
}

bool has_released(Context& context) { return !context.published().standing().empty(); }

ReleasedChoice read_released_choice(Context& context) {
    ReleasedChoice choice{&chosen_release(context), 0, context.parameter("place"), months_of(context)};
    if (choice.place_key.empty()) choice.place_key = "organisation";
    const auto place = choice.release->find_place(choice.place_key);
    if (!place) unknown("place");
    choice.place = *place;
    context.audit.place = choice.place_key;
    return choice;
}

ReleasedPage released_tracker(Context& context, const ReleasedChoice& choice) {
    const PublishedFold& published = context.published();
    const ReleaseThatLeft& newest = *choice.release;
    DataTable table = empty_tracker_table(TrackerColumns::leaving);
    const std::vector<std::size_t> standing = published.standing();
    for (auto i = standing.rbegin(); i != standing.rend(); ++i) {
        const ReleaseThatLeft& one = published.releases[*i];
        if (newest.as_at < one.as_at || one.as_at <= month_end(add_months(newest.as_at, -choice.months)))
            continue;
        if (const auto place = one.find_place(choice.place_key))
            table.rows.push_back(tracker_row(one.as_at, one.left.trackers[*place]));
    }
    table.note +=
        " Months that have not been released are not shown; those that are stand as they were released.";
    if (table.hides_cells()) table.note += " " + hidden_note(newest.hidden_below);
    const std::string where = newest.name_of(choice.where());
    return {{fmt::format("Service tracker: {}, {}", where, long_date(newest.as_at)),
             {{"place", choice.place_key}, {"place_name", where}, {"month", month_key(newest.as_at)}},
             {std::move(table)},
             ""},
            provenance_of(newest.release),
            newest.as_at};
}

std::vector<const ComparableMeasure*> released_measures() {
    std::vector<const ComparableMeasure*> measures;
    for (const ComparableMeasure& measure : comparable_measures())
        if (std::ranges::find(group_shares, measure.id, &ReleasedMeasure::id) != std::end(group_shares))
            measures.push_back(&measure);
    return measures;
}

std::string ReleasedComparison::query() const {
    return fmt::format("measure={}&month={}&peers={}&own={}", measure->id, month_key(release->as_at),
                       url_encode(place_key(among())), url_encode(own));
}

ReleasedComparison read_released_comparison(Context& context) {
    ReleasedComparison choice{&chosen_release(context), chosen_measure(context), 0, context.parameter("own")};
    std::string peers = context.parameter("peers");
    if (peers.empty()) peers = "organisation";
    const auto place = choice.release->find_place(peers);
    if (!place || choice.release->left.places[*place].kind == PlaceKind::service)
        unknown("group of services");
    choice.peers = *place;
    if (!choice.own.empty()) {
        const auto own = choice.release->find_place(choice.own);
        if (!own || choice.release->left.places[*own].kind != PlaceKind::service) unknown("service");
    }
    context.audit.place = peers;
    return choice;
}

ReleasedPage released_comparison(const ReleasedComparison& choice) {
    const ReleaseThatLeft& release = *choice.release;
    const ComparedPlace all = compared_place(choice, choice.peers);
    DataTable table = empty_compare_table(*choice.measure);
    for (const std::size_t service : compared_services(choice)) {
        const Place& where = release.left.places[service];
        const ComparedPlace numbers = compared_place(choice, service);
        std::vector<DataCell> row = {DataCell::words(where.name)};
        append_numbers(row, numbers);
        row.push_back(position_cell(numbers, all));
        row.push_back(DataCell::words(place_key(where) == choice.own ? "own service" : ""));
        row.push_back(count_cell(numbers.in_mat));
        row.push_back(DataCell::words(where.id));
        table.rows.push_back(std::move(row));
    }
    if (table.hides_cells()) table.note += " " + hidden_note(release.hidden_below);
    DataTable together = empty_together_table(*choice.measure);
    std::vector<DataCell> row = {DataCell::words(release.name_of(choice.among())),
                                 DataCell::count(static_cast<std::int64_t>(table.rows.size()))};
    append_numbers(row, all);
    row.push_back(count_cell(all.in_mat));
    std::string sentence = comparison_sentence(choice, row[4]);
    together.rows.push_back(std::move(row));
    return {{fmt::format("Compare: {}, {}", choice.measure->words, long_date(release.as_at)),
             {{"measure", std::string(choice.measure->id)},
              {"peers", place_key(choice.among())},
              {"peers_name", release.name_of(choice.among())},
              {"month", month_key(release.as_at)}},
             {std::move(table), std::move(together)},
             std::move(sentence)},
            provenance_of(release.release),
            release.as_at};
}

ReleasedPage released_tracker(Context& context) {
    if (has_released(context)) return released_tracker(context, read_released_choice(context));
    return {{"Service tracker", {}, {empty_tracker_table(TrackerColumns::leaving)}, std::string(nothing_yet)},
            provenance_of_nothing(),
            context.today()};
}

ReleasedPage released_comparison(Context& context) {
    if (has_released(context)) return released_comparison(read_released_comparison(context));
    const ComparableMeasure& measure = *chosen_measure(context);
    return {{"Compare",
             {},
             {empty_compare_table(measure), empty_together_table(measure)},
             std::string(nothing_yet)},
            provenance_of_nothing(),
            context.today()};
}

Provenance provenance_of_nothing() { return {std::string(program_version()), "", "", "", "no release"}; }

}  // namespace optimat
