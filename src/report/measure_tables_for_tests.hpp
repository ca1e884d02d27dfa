#pragma once
// An invented organisation with all that tables of measures are made from.

#include "intake/definitions.hpp"
#include "measure/extracts_for_tests.hpp"
#include "report/measure_beside.hpp"
#include "report/measure_texts.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace optimat {

class MeasureTables : public testing::Test {
  protected:
    const CountedExtract counted = random_extract(3);
    const std::vector<Place> places = places_of(counted.extract);
    const MeasureDefinitions definitions =
        measure_definitions(Definitions().text("measures.toml"), "measures.toml");
    const MeasureGrid grid = make_measure_grid(counted.extract, counted.policy, dates(), ThreadCount{1});
    const MeasureSource source{counted.extract, counted.policy, definitions, grid,
                               places.front(),  ThreadCount{1}};
    const std::size_t last = grid.dates().size() - 1;

    std::vector<Day> dates() const {
        std::vector<Day> days;
        for (int month = 17; month >= 0; --month)
            days.push_back(month_end(add_months(counted.states.dates.back(), -month)));
        return days;
    }
    std::vector<Place> services() const {
        std::vector<Place> found;
        for (const Place& place : places)
            if (place.kind == PlaceKind::service) found.push_back(place);
        return found;
    }
    const MeasureDefinition& measure(const char* name) const { return *definitions.find(name); }
    MeasureFigure figure(const MeasureDefinition& one, const Place& place) const {
        return figure_of(one, grid.of_year(*one.function, last, place));
    }
    std::vector<DataTable> all_tables(const MeasureDefinition& measure) const {
        const Place& place = places.front();
        const auto all = services();
        std::vector<DataTable> tables = {
            measure_months_table(source, measure_series(measure, grid, place, 0, last, {}), place),
            measure_parts_table(source, measure, place, last),
            measure_cohorts_table(source, measure, place, 0, last),
            measure_services_table(source, compare_measure(source, measure, all, last, false))};
        for (const MeasureBreakdown by :
             {MeasureBreakdown::sex, MeasureBreakdown::age, MeasureBreakdown::setting})
            tables.push_back(measure_breakdown_table(source, measure, place, last, by));
        return tables;
    }
};

/// The place of a column; a failure when there is none.
inline std::size_t column_of(const DataTable& table, std::string_view id) {
    const auto found = std::ranges::find(table.columns, id, &DataColumn::id);
    EXPECT_NE(found, table.columns.end()) << table.id << " has no " << id;
    return static_cast<std::size_t>(found - table.columns.begin());
}
inline bool has_column(const DataTable& table, std::string_view id) {
    return std::ranges::find(table.columns, id, &DataColumn::id) != table.columns.end();
}
/// The detail table of that id; nothing when the measure has none.
inline std::optional<DataTable> detail_table(const MeasureSource& source, const MeasureDefinition& measure,
                                             const Place& place, std::size_t date, std::string_view id) {
    for (DataTable& table : measure_detail_tables(source, measure, place, date))
        if (table.id == id) return std::move(table);
    return std::nullopt;
}

}  // namespace optimat
