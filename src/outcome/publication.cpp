#include "outcome/publication.hpp"

#include "outcome/publication_parts.hpp"
#include "outcome/release_figures.hpp"

#include <algorithm>
#include <cmath>

namespace optimat {

namespace {

/// Person-years leave to the nearest so many.
constexpr std::int64_t years_at_once = 10;
constexpr std::int64_t days_of_100_years = 36'525;

/// Its denominators add up to the completions of a year: see the head of publication.hpp.
constexpr std::string_view completions_followed = "re_presentation";

/// The organisation alone, every service in its one row.
PlacesOfRelease organisation_of(const PlacesOfRelease& places, std::size_t services) {
    return {{places.places.front()}, {{}, {0}, std::vector<std::size_t>(services, 0)}};
}

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
                published.add(where, count_topic, columns.function, joined_parts(columns.parts_of(column)),
                              table.at(row, column));
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
