#include "outcome/publication.hpp"

#include "measure/tracker.hpp"
#include "outcome/release_figures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numeric>
#include <tuple>

namespace optimat {

namespace {

/// Person-years leave to the nearest so many.
constexpr std::int64_t years_at_once = 10;
constexpr std::int64_t days_of_100_years = 36'525;

/// Its denominators add up to the completions of a year: see the head of publication.hpp.
constexpr std::string_view completions_followed = "re_presentation";

constexpr std::string_view count_topic = "count", measure_topic = "measure", tracker_topic = "tracker";

/// The places that leave, and a row for what is of no known service.
struct PlacesOfRelease {
    std::vector<Place> places;
    PlaceRows rows;
};

/// Every place of the release's services.
std::vector<Place> named_places(const ReleaseFigures& figures) {
    Extract named;
    named.organisation = "Organisation";
    for (const ReleaseService& service : figures.services) {
        Service& one = named.services.emplace_back();
        one.service_id = service.service_id;
        one.name = service.name;
        one.region = service.region;
        one.area = service.area;
    }
    return places_of(named);
}

PlacesOfRelease places_of_release(const ReleaseFigures& figures) {
    std::vector<Place> all = named_places(figures);
    all.front().services.push_back(figures.services.size());
    const std::vector<bool> leaves = places_that_leave(all);
    PlacesOfRelease found;
    for (std::size_t place = 0; place < all.size(); ++place)
        if (leaves[place]) found.places.push_back(all[place]);
    found.rows = place_rows(found.places, figures.services.size() + 1);
    return found;
}

/// The organisation alone, every service in its one row.
PlacesOfRelease organisation_of(const PlacesOfRelease& places, std::size_t services) {
    return {{places.places.front()}, {{}, {0}, std::vector<std::size_t>(services, 0)}};
}

std::string service_id_of(const ReleaseFigures& figures, std::size_t service) {
    return service < figures.services.size() ? figures.services[service].service_id : std::string{};
}

std::vector<std::string> service_ids(const ReleaseFigures& figures, const Place& place) {
    std::vector<std::string> ids;
    for (const std::size_t service : place.services)
        ids.push_back(service_id_of(figures, service));
    std::ranges::sort(ids);
    return ids;
}

/// Whose figures may be compared: of one kind under one id or name or with a service in common, or made of
/// the same services. A place that was renamed, or put together otherwise, is not a new one.
class ComparedPlace {
  public:
    ComparedPlace(const ReleaseFigures& figures, const Place& place)
        : m_place(place), m_services(service_ids(figures, place)) {}

    bool is_like(const ComparedPlace& other) const {
        if (m_services == other.m_services) return true;
        if (m_place.kind != other.m_place.kind) return false;
        if (m_place.id == other.m_place.id || m_place.name == other.m_place.name) return true;
        return std::ranges::any_of(m_services, [&](const std::string& id) {
            return std::ranges::binary_search(other.m_services, id);
        });
    }

  private:
    Place m_place;
    std::vector<std::string> m_services;  ///< ids, rising
};

/// A count that left, of a function.
struct SeenCount {
    Day as_at;
    std::vector<std::string> parts;  ///< sorted; none: all of them
    std::int64_t count;
};

std::vector<std::string> parted(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

/// What has left before of the places that a release has.
class Seen {
  public:
    Seen(const ReleaseFigures& figures, const std::vector<Place>& places,
         std::span<const ReleaseToPublish> earlier)
        : m_counts(places.size()) {
        std::vector<ComparedPlace> now;
        for (const Place& place : places)
            now.emplace_back(figures, place);
        for (const ReleaseToPublish& release : earlier)
            if (!release.figures->published.empty()) take(release, now);
    }
    /// By place of the release.
    const std::vector<SeenCount>& of(const std::string& function, std::size_t place) const {
        static const std::vector<SeenCount> none;
        const auto found = m_counts[place].find(function);
        return found == m_counts[place].end() ? none : found->second;
    }

  private:
    void take(const ReleaseToPublish& release, const std::vector<ComparedPlace>& now) {
        std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> alike;
        for (const Place& place : places_of_release(*release.figures).places) {
            const ComparedPlace then(*release.figures, place);
            auto& like = alike[{std::string(text_of(place.kind)), place.id}];
            for (std::size_t i = 0; i < now.size(); ++i)
                if (now[i].is_like(then)) like.push_back(i);
        }
        for (const PublishedNumber& one : release.figures->published) {
            if (one.topic != count_topic || !one.number) continue;
            for (const std::size_t place : alike[{one.place_kind, one.place_id}])
                m_counts[place][one.name].push_back({release.as_at, parted(one.part), *one.number});
        }
    }

    std::vector<std::map<std::string, std::vector<SeenCount>>> m_counts;  ///< by place, function
};

/// The parts of a function that its leaving measures tell apart, each a column; column 0 is all of them.
struct Columns {
    std::string function;
    MeasureLeaves where = MeasureLeaves::everywhere;
    std::vector<const ReleaseMeasure*> measures;
    std::vector<std::vector<std::string>> parts;      ///< by column from 1 on, each sorted
    std::vector<std::vector<std::size_t>> numerator;  ///< by measure: columns
    Nesting nesting;

    std::vector<std::string> parts_of(std::size_t column) const {
        return column == 0 ? std::vector<std::string>{} : parts[column - 1];
    }
};

bool is_rate(const ReleaseMeasure& measure) { return measure.value == "rate"; }

bool holds(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

/// Parts that the same measures count above the line are one column.
void find_columns(Columns& columns) {
    std::map<std::vector<bool>, std::vector<std::string>> by_use;
    std::vector<std::string> counted;
    for (const ReleaseMeasure* measure : columns.measures) {
        // Of a rate what lies below the line is time, and no count.
        for (const auto* names : {&measure->numerator, is_rate(*measure) ? nullptr : &measure->denominator})
            if (names != nullptr)
                for (const std::string& name : *names)
                    if (!holds(counted, name)) counted.push_back(name);
    }
    std::ranges::sort(counted);
    for (const std::string& part : counted) {
        std::vector<bool> use;
        for (const ReleaseMeasure* measure : columns.measures) {
            use.push_back(holds(measure->numerator, part));
            use.push_back(holds(measure->denominator, part));
        }
        by_use[use].push_back(part);
    }
    columns.numerator.resize(columns.measures.size());
    for (auto& [use, parts] : by_use) {
        const std::size_t column = columns.nesting.add(0);
        for (std::size_t measure = 0; measure < columns.measures.size(); ++measure)
            if (use[2 * measure]) columns.numerator[measure].push_back(column);
        columns.parts.push_back(std::move(parts));
    }
}

/// Measures of one function, in the order of their first. They leave where all of them may.
std::vector<Columns> all_columns(const ReleaseFigures& figures, std::span<const LeavingMeasure> leaving) {
    std::vector<Columns> all;
    for (const ReleaseMeasure& measure : figures.measures) {
        const auto leaves = std::ranges::find(leaving, measure.name, &LeavingMeasure::name);
        if (leaves == leaving.end() || leaves->where == MeasureLeaves::nowhere) continue;
        auto found = std::ranges::find(all, measure.function, &Columns::function);
        if (found == all.end()) {
            all.emplace_back().function = measure.function;
            found = all.end() - 1;
        }
        found->measures.push_back(&measure);
        found->where = std::min(found->where, leaves->where);
    }
    std::ranges::for_each(all, find_columns);
    return all;
}

/// What leaves, as it is gathered.
class Published {
  public:
    void add(const Place& place, std::string_view topic, const std::string& name, std::string part,
             const Disclosed& number) {
        m_numbers.push_back({std::string(text_of(place.kind)), place.id, std::string(topic), name,
                             std::move(part),
                             number.is_shown() ? std::optional(number.value) : std::nullopt});
    }
    std::vector<PublishedNumber> take() {
        std::ranges::sort(m_numbers, {}, [](const PublishedNumber& one) {
            return std::tie(one.place_kind, one.place_id, one.topic, one.name, one.part);
        });
        return std::move(m_numbers);
    }

  private:
    std::vector<PublishedNumber> m_numbers;
};

/// One function's table of one release.
class PublishedTable {
  public:
    PublishedTable(const ReleaseToPublish& release, const PlacesOfRelease& places, const Columns& columns,
                   const NamedCells& cells)
        : m_release(release),
          m_places(places),
          m_columns(columns),
          m_counts(places.rows.nesting, columns.nesting) {
        for (std::size_t service = 0; service <= release.figures->services.size(); ++service) {
            const std::string id = service_id_of(*release.figures, service);
            const NamedCell cell =
                cells.sum(columns.function, [&](std::string_view service_id) { return service_id == id; });
            for (std::size_t column = 1; column <= columns.parts.size(); ++column)
                m_counts.add(places.rows.by_service[service], column,
                             count_of(cell, columns.parts[column - 1]));
        }
    }

    /// Hides what is small, what differs by few from what was seen, and what protects them.
    DisclosedTable disclose_beside(const Seen& seen) const {
        std::vector<CountPlace> close;
        for (std::size_t place = 0; place < m_places.places.size(); ++place)
            for (std::size_t column = 0; column <= m_columns.parts.size(); ++column) {
                const CountPlace at{m_places.rows.by_place[place], column};
                const auto is_close = [&](const SeenCount& before) {
                    return overlaps(before.as_at) && shares_parts(before.parts, m_columns.parts_of(column)) &&
                           differs_by_few(before.count, m_counts.at(at.row, at.column));
                };
                if (std::ranges::any_of(seen.of(m_columns.function, place), is_close)) close.push_back(at);
            }
        return disclose(m_counts, {m_release.hidden_below}, close);
    }

  private:
    static std::int64_t count_of(const NamedCell& cell, const std::vector<std::string>& parts) {
        std::int64_t count = 0;
        for (const std::string& part : parts)
            if (const auto found = cell.find(part); found != cell.end()) count += found->second.count;
        return count;
    }

    /// Whether both are all that is counted, or have a part in common: definitions may have changed.
    static bool shares_parts(const std::vector<std::string>& one, const std::vector<std::string>& other) {
        if (one.empty() || other.empty()) return one.empty() && other.empty();
        return std::ranges::any_of(one, [&](const std::string& part) { return holds(other, part); });
    }

    /// Whether a figure of that day shares months with this one's: those of a day stand for themselves.
    bool overlaps(Day day) const {
        const MeasureFunction* const function = find_measure_function(m_columns.function);
        if (function != nullptr && function->basis == MeasureBasis::date) return false;
        const Day from = add_months(std::max(day, m_release.as_at), -12);
        return std::min(day, m_release.as_at) > from;
    }

    bool differs_by_few(std::int64_t then, std::int64_t now) const {
        const std::int64_t difference = then < now ? now - then : then - now;
        return difference > 0 && difference < m_release.hidden_below;
    }

    const ReleaseToPublish& m_release;
    const PlacesOfRelease& m_places;
    const Columns& m_columns;
    CountTable m_counts;
};

Disclosed shown(std::int64_t value) { return {Disclosed::Visibility::shown, value}; }

Disclosed sum_of(const DisclosedTable& table, std::size_t row, const std::vector<std::size_t>& columns) {
    Disclosed sum = shown(0);
    for (const std::size_t column : columns) {
        if (!table.at(row, column).is_shown()) return {};
        sum.value += table.at(row, column).value;
    }
    return sum;
}

/// Person-years of the organisation, to the nearest ten: of nobody or of enough people.
Disclosed years_of(const ReleaseToPublish& release, const ReleaseMeasure& measure, const NamedCells& cells) {
    const NamedCell cell = cells.sum(measure.function, [](std::string_view) { return true; });
    std::int64_t people = 0, days = 0;
    for (const std::string& part : measure.denominator)
        if (const auto found = cell.find(part); found != cell.end()) {
            people += found->second.count;
            days += found->second.sum;
        }
    if (people > 0 && people < release.hidden_below) return {};
    const double years = static_cast<double>(days) * 100 / static_cast<double>(days_of_100_years);
    return shown(std::llround(years / static_cast<double>(years_at_once)) * years_at_once);
}

void publish_measures(const ReleaseToPublish& release, const PlacesOfRelease& places, const Columns& columns,
                      const NamedCells& cells, const DisclosedTable& table, Published& published) {
    for (std::size_t place = 0; place < places.places.size(); ++place) {
        const Place& where = places.places[place];
        const std::size_t row = places.rows.by_place[place];
        const auto enough_came_back = [&](const Disclosed& numerator) {
            return columns.function != completions_followed ||
                   (numerator.is_shown() && numerator.value >= release.hidden_below);
        };
        bool all_leaves = true;
        for (std::size_t i = 0; i < columns.measures.size(); ++i) {
            const ReleaseMeasure& measure = *columns.measures[i];
            const Disclosed numerator = sum_of(table, row, columns.numerator[i]);
            Disclosed denominator = is_rate(measure) ? years_of(release, measure, cells) : table.at(row, 0);
            if (!enough_came_back(numerator)) {
                denominator = {};
                all_leaves = false;
            }
            published.add(where, measure_topic, measure.name, "numerator", numerator);
            published.add(where, measure_topic, measure.name, "denominator", denominator);
        }
        for (std::size_t column = all_leaves ? 0 : 1; column <= columns.parts.size(); ++column)
            if (table.at(row, column).is_shown())
                published.add(where, count_topic, columns.function,
                              fmt::format("{}", fmt::join(columns.parts_of(column), ",")),
                              table.at(row, column));
    }
}

/// The tracker's cell of each service on the release's day.
std::vector<TrackerCell> tracker_of(const ReleaseFigures& figures) {
    std::vector<TrackerCell> services(figures.services.size());
    const MeasureFunction& groups = *find_measure_function("tracker");
    for (const ReleaseCell& cell : figures.cells) {
        const bool people = cell.function == "tracker", doses = cell.function == "methadone_dose";
        const auto group = groups.part(cell.part);
        const auto service =
            std::ranges::find(figures.services, cell.service_id, &ReleaseService::service_id);
        if ((!people && !doses) || !group || service == figures.services.end()) continue;
        TrackerCell& of = services[static_cast<std::size_t>(service - figures.services.begin())];
        if (people)
            of.people[*group] += cell.count;
        else
            of.methadone[*group] += DoseSum{cell.sum, cell.count};
    }
    return services;
}

constexpr TrackerGroup cohorts[] = {TrackerGroup::red, TrackerGroup::amber, TrackerGroup::green,
                                    TrackerGroup::grey};

/// Means leave with one decimal: from three follows how many people have a known dose. Nothing where nobody's
/// is known.
void publish_mean(const Place& place, std::string part, bool is_shown, const DoseSum& sum,
                  Published& published) {
    const auto mean = sum.mean_mg();
    if (!is_shown)
        published.add(place, tracker_topic, std::string(tracker_topic), std::move(part), {});
    else if (mean)
        published.add(place, tracker_topic, std::string(tracker_topic), std::move(part),
                      shown(std::llround(*mean * 10)));
}

void publish_tracker(const ReleaseToPublish& release, Published& published) {
    const std::vector<TrackerCell> services = tracker_of(*release.figures);
    const std::vector<Place> places = named_places(*release.figures);
    const auto leaves = places_that_leave(places);
    const auto disclosed = disclose_tracker(services, places, {release.hidden_below});
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!leaves[i]) continue;
        const auto add = [&](std::string_view part, const Disclosed& number) {
            published.add(places[i], tracker_topic, std::string(tracker_topic), std::string(part), number);
        };
        const DisclosedTrackerCell& cell = disclosed[i];
        TrackerCell sum;
        for (const std::size_t service : places[i].services)
            sum += services[service];
        add("in_mat", cell.in_mat);
        add("in_cohorts", cell.in_cohorts);
        add("not_placed", cell.not_placed);
        for (const TrackerGroup group : {TrackerGroup::mat1, TrackerGroup::mat4})
            add(text_of(group), cell.people[static_cast<std::size_t>(group)]);
        for (const TrackerGroup group : cohorts) {
            const auto at = static_cast<std::size_t>(group);
            add(text_of(group), cell.people[at]);
            publish_mean(places[i], fmt::format("{}_mean", text_of(group)),
                         cell.people[at].is_shown() && cell.with_dose[at].is_shown(), sum.methadone[at],
                         published);
        }
        publish_mean(places[i], "mean", cell.average_with_dose.is_shown(), sum.average_methadone(),
                     published);
    }
}

bool has_left(const ReleaseToPublish& earlier, Day as_at) {
    return !earlier.figures->published.empty() && month_end(earlier.as_at) == month_end(as_at);
}

Disclosed disclosed(const std::optional<std::int64_t>& number) {
    return number ? shown(*number) : Disclosed{};
}

}  // namespace

std::vector<PublishedNumber> publish(const ReleaseToPublish& release,
                                     std::span<const ReleaseToPublish> earlier,
                                     std::span<const LeavingMeasure> leaving) {
    if (std::ranges::any_of(earlier, [&](const auto& one) { return has_left(one, release.as_at); }))
        return {};
    const ReleaseFigures& figures = *release.figures;
    const PlacesOfRelease everywhere = places_of_release(figures);
    const PlacesOfRelease organisation = organisation_of(everywhere, figures.services.size() + 1);
    const Seen seen(figures, everywhere.places, earlier);
    const NamedCells cells(figures.cells, release.as_at);
    Published published;
    publish_tracker(release, published);
    for (const Columns& columns : all_columns(figures, leaving)) {
        const PlacesOfRelease& places =
            columns.where == MeasureLeaves::organisation ? organisation : everywhere;
        const PublishedTable table(release, places, columns, cells);
        publish_measures(release, places, columns, cells, table.disclose_beside(seen), published);
    }
    return published.take();
}

PublishedRelease published_release(const ReleaseFigures& figures) {
    PublishedRelease release;
    if (figures.published.empty()) return release;
    release.places = places_of_release(figures).places;
    std::erase_if(release.places.front().services,
                  [&](std::size_t service) { return service == figures.services.size(); });
    release.trackers.resize(release.places.size());
    std::map<std::pair<std::string, std::string>, std::size_t> place_of;
    for (std::size_t i = 0; i < release.places.size(); ++i)
        place_of[{std::string(text_of(release.places[i].kind)), release.places[i].id}] = i;
    std::map<std::string, std::vector<std::optional<PublishedFigure>>> by_measure;
    for (const PublishedNumber& one : figures.published) {
        const auto place = place_of.find({one.place_kind, one.place_id});
        if (place == place_of.end()) continue;
        if (one.topic == tracker_topic) release.trackers[place->second][one.part] = disclosed(one.number);
        if (one.topic != measure_topic) continue;
        auto& figure = by_measure.try_emplace(one.name, release.places.size()).first->second[place->second];
        if (!figure) figure.emplace();
        (one.part == "numerator" ? figure->numerator : figure->denominator) = disclosed(one.number);
    }
    for (const ReleaseMeasure& measure : figures.measures)
        if (const auto found = by_measure.find(measure.name); found != by_measure.end()) {
            release.measures.push_back(measure);
            release.figures.push_back(std::move(found->second));
        }
    return release;
}

std::vector<LeavingMeasure> leaving_measures(const MeasureDefinitions& definitions) {
    std::vector<LeavingMeasure> leaving;
    for (const MeasureDefinition& measure : definitions.measures)
        if (measure.leaves != MeasureLeaves::nowhere) leaving.push_back({measure.name, measure.leaves});
    return leaving;
}

}  // namespace optimat
