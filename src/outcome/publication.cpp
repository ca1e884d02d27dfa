#include "outcome/publication.hpp"

#include "outcome/release_figures.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace optimat {

namespace {

/// A count as it was shown, by function, part of the table and place.
using Seen = std::map<std::string, std::vector<std::pair<Day, std::int64_t>>>;

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

/// The parts of a function that its leaving measures tell apart, each a column; column 0 is all of them.
struct Columns {
    std::string function;
    std::vector<const ReleaseMeasure*> measures;
    std::vector<std::vector<std::string>> parts;      ///< by column from 1 on
    std::vector<std::vector<std::size_t>> numerator;  ///< by measure: columns
    bool is_rate = false;
    Nesting nesting;
};

bool holds(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

/// Parts that the same measures count above the line are one column.
Columns columns_of(const std::string& function, std::vector<const ReleaseMeasure*> measures) {
    Columns columns{function, std::move(measures), {}, {}, false, {}};
    std::map<std::vector<bool>, std::vector<std::string>> by_use;
    std::vector<std::string> counted;
    for (const ReleaseMeasure* measure : columns.measures) {
        columns.is_rate = columns.is_rate || measure->value == "rate";
        // Of a rate what lies below the line is time, and no count.
        for (const auto* names :
             {&measure->numerator, measure->value == "rate" ? nullptr : &measure->denominator})
            if (names != nullptr)
                for (const std::string& name : *names)
                    if (!holds(counted, name)) counted.push_back(name);
    }
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
    return columns;
}

/// Measures of one function, in the order of their first.
std::vector<Columns> all_columns(const ReleaseFigures& figures, std::span<const std::string> leaving) {
    std::vector<std::pair<std::string, std::vector<const ReleaseMeasure*>>> by_function;
    for (const ReleaseMeasure& measure : figures.measures) {
        if (std::ranges::find(leaving, measure.name) == leaving.end()) continue;
        auto found =
            std::ranges::find(by_function, measure.function, [](const auto& one) { return one.first; });
        if (found == by_function.end()) {
            by_function.push_back({measure.function, {}});
            found = by_function.end() - 1;
        }
        found->second.push_back(&measure);
    }
    std::vector<Columns> all;
    for (auto& [function, measures] : by_function)
        all.push_back(columns_of(function, std::move(measures)));
    return all;
}

/// One function's table of one release.
class PublishedTable {
  public:
    PublishedTable(const ReleaseToPublish& release, const PlacesOfRelease& places, const Columns& columns,
                   const NamedCells& cells)
        : m_release(release),
          m_places(places),
          m_columns(columns),
          m_counts(places.rows.nesting, columns.nesting) {
        const auto& services = release.figures->services;
        for (std::size_t service = 0; service <= services.size(); ++service) {
            const std::string id = service < services.size() ? services[service].service_id : std::string{};
            const NamedCell cell =
                cells.sum(columns.function, [&](std::string_view service_id) { return service_id == id; });
            for (std::size_t column = 1; column <= columns.parts.size(); ++column)
                m_counts.add(places.rows.by_service[service], column,
                             count_of(cell, columns.parts[column - 1]));
        }
    }

    /// Hides what is small, what differs by few from what was seen, and what protects them; then notes what
    /// is seen.
    DisclosedTable disclose_beside(Seen& seen) const {
        std::vector<CountPlace> close;
        for_published([&](const std::string& key, std::size_t row, std::size_t column) {
            for (const auto& [day, count] : seen[key])
                if (overlaps(day) && differs_by_few(count, m_counts.at(row, column))) {
                    close.push_back({row, column});
                    break;
                }
        });
        DisclosedTable shown = disclose(m_counts, {m_release.hidden_below}, close);
        for_published([&](const std::string& key, std::size_t row, std::size_t column) {
            if (shown.at(row, column).is_shown())
                seen[key].push_back({m_release.as_at, shown.at(row, column).value});
        });
        return shown;
    }

  private:
    static std::int64_t count_of(const NamedCell& cell, const std::vector<std::string>& parts) {
        std::int64_t count = 0;
        for (const std::string& part : parts)
            if (const auto found = cell.find(part); found != cell.end()) count += found->second.count;
        return count;
    }

    /// Everything that leaves: places by what they are called, parts by their names.
    template <class Visit> void for_published(Visit visit) const {
        for (std::size_t place = 0; place < m_places.places.size(); ++place)
            for (std::size_t column = 0; column <= m_columns.parts.size(); ++column) {
                const Place& where = m_places.places[place];
                std::string key =
                    m_columns.function + '\n' + std::string(text_of(where.kind)) + '\n' + where.id;
                if (column > 0)
                    for (const std::string& part : m_columns.parts[column - 1])
                        key += '\n' + part;
                visit(key, m_places.rows.by_place[place], column);
            }
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

Disclosed sum_of(const DisclosedTable& shown, std::size_t row, const std::vector<std::size_t>& columns) {
    Disclosed sum{Disclosed::Visibility::shown, 0};
    for (const std::size_t column : columns) {
        if (!shown.at(row, column).is_shown()) return {};
        sum.value += shown.at(row, column).value;
    }
    return sum;
}

/// Person-days of a place: shown when they are of nobody or of enough people.
Disclosed days_of(const ReleaseToPublish& release, const Place& place, const ReleaseMeasure& measure,
                  const NamedCells& cells) {
    const auto& services = release.figures->services;
    const NamedCell cell = cells.sum(measure.function, [&](std::string_view id) {
        return std::ranges::any_of(place.services, [&](std::size_t service) {
            return id == (service < services.size() ? services[service].service_id : std::string{});
        });
    });
    std::int64_t people = 0, days = 0;
    for (const std::string& part : measure.denominator)
        if (const auto found = cell.find(part); found != cell.end()) {
            people += found->second.count;
            days += found->second.sum;
        }
    if (people > 0 && people < release.hidden_below) return {};
    return {Disclosed::Visibility::shown, days};
}

PublishedRelease publish(const ReleaseToPublish& release, std::span<const std::string> leaving, Seen& seen) {
    const PlacesOfRelease places = places_of_release(*release.figures);
    const NamedCells cells(release.figures->cells, release.as_at);
    PublishedRelease published{release.number, release.as_at, places.places, {}, {}};
    for (const Columns& columns : all_columns(*release.figures, leaving)) {
        const PublishedTable table(release, places, columns, cells);
        const DisclosedTable shown = table.disclose_beside(seen);
        for (std::size_t measure = 0; measure < columns.measures.size(); ++measure) {
            const bool rate = columns.measures[measure]->value == "rate";
            std::vector<PublishedFigure> figures;
            for (std::size_t place = 0; place < places.places.size(); ++place) {
                const std::size_t row = places.rows.by_place[place];
                figures.push_back(
                    {sum_of(shown, row, columns.numerator[measure]),
                     rate ? days_of(release, places.places[place], *columns.measures[measure], cells)
                          : shown.at(row, 0)});
            }
            published.measures.push_back(columns.measures[measure]);
            published.figures.push_back(std::move(figures));
        }
    }
    return published;
}

}  // namespace

std::vector<PublishedRelease> publish_releases(std::span<const ReleaseToPublish> releases,
                                               std::span<const std::string> leaving) {
    std::vector<PublishedRelease> published;
    Seen seen;
    for (const ReleaseToPublish& release : releases)
        if (std::ranges::find(published, release.as_at, &PublishedRelease::as_at) == published.end())
            published.push_back(publish(release, leaving, seen));
    return published;
}

TrackerCell ReleasedTracker::at(std::size_t place) const {
    TrackerCell sum;
    for (const std::size_t service : places[place].services)
        sum += services[service];
    return sum;
}

ReleasedTracker released_tracker(const ReleaseToPublish& release) {
    const ReleaseFigures& figures = *release.figures;
    ReleasedTracker tracker{named_places(figures), std::vector<TrackerCell>(figures.services.size()), {}};
    const auto service_of = [&](const std::string& id) {
        return std::ranges::lower_bound(figures.services, id, {}, &ReleaseService::service_id) -
               figures.services.begin();
    };
    const MeasureFunction& groups = *find_measure_function("tracker");
    for (const ReleaseCell& cell : figures.cells) {
        const bool people = cell.function == "tracker", doses = cell.function == "methadone_dose";
        const auto group = groups.part(cell.part);
        if ((!people && !doses) || !group || cell.service_id.empty()) continue;
        TrackerCell& of = tracker.services[static_cast<std::size_t>(service_of(cell.service_id))];
        if (people)
            of.people[*group] += cell.count;
        else
            of.methadone[*group] += DoseSum{cell.sum, cell.count};
    }
    tracker.disclosed = disclose_tracker(tracker.services, tracker.places, {release.hidden_below});
    return tracker;
}

std::vector<std::string> leaving_measures(const MeasureDefinitions& definitions) {
    std::vector<std::string> names;
    for (const MeasureDefinition& measure : definitions.measures)
        if (measure.leaves) names.push_back(measure.name);
    return names;
}

}  // namespace optimat
