#include "report/measure_data.hpp"

#include "intake/definitions.hpp"
#include "measure/extracts_for_tests.hpp"
#include "report/measure_texts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat {
namespace {

/// An invented organisation with all that tables of measures are made from.
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

TEST_F(MeasureTables, HaveAsManyCellsAsColumnsInEveryRow) {
    for (const MeasureDefinition& measure : definitions.measures) {
        auto tables = all_tables(measure);
        std::ranges::move(measure_detail_tables(source, measure, places.front(), last),
                          std::back_inserter(tables));
        for (const DataTable& table : tables)
            for (const auto& row : table.rows)
                ASSERT_EQ(row.size(), table.columns.size()) << measure.name << ' ' << table.id;
    }
}

TEST_F(MeasureTables, NeverShowAMeasureAloneThatMustNotStandAlone) {
    const MeasureDefinition& measure = *definitions.find("successful_completion");
    ASSERT_FALSE(measure.beside.empty());
    for (const DataTable& table : all_tables(measure))
        for (const std::string& name : measure.beside) {
            const bool in_columns = std::ranges::count(table.columns, "beside_" + name, &DataColumn::id) == 1;
            const bool in_rows =
                std::ranges::any_of(table.rows, [&](const auto& row) { return row.front().text == name; });
            EXPECT_TRUE(in_columns || in_rows) << table.id << ' ' << name;
        }
    // Chosen by their group, they bring the others along.
    const DataTable group = measures_table(source, places.front(), last, "outcomes", {});
    for (const std::string& name : measure.beside)
        EXPECT_TRUE(std::ranges::any_of(group.rows, [&](const auto& row) {
            return row.front().text == name;
        })) << name;
}

TEST_F(MeasureTables, OfPartsAddUpToTheFigure) {
    for (const MeasureDefinition& measure : definitions.measures) {
        if (measure.value != MeasureValue::share) continue;
        const MeasureFigure figure =
            figure_of(measure, grid.of_year(*measure.function, last, places.front()));
        const DataTable parts = measure_parts_table(source, measure, places.front(), last);
        std::int64_t numerator = 0, denominator = 0, all = 0;
        for (std::size_t part = 0; part < measure.function->parts.size(); ++part) {
            const std::int64_t number = parts.rows[part][2].numerator;
            const std::string& counts = parts.rows[part].back().text;
            all += number;
            if (counts != "beside") denominator += number;
            if (counts == "numerator and denominator") numerator += number;
        }
        EXPECT_EQ(numerator, figure.numerator) << measure.name;
        EXPECT_EQ(denominator, figure.denominator) << measure.name;
        EXPECT_EQ(all - denominator, figure.outside()) << measure.name;
    }
}

TEST_F(MeasureTables, OfBreakdownsAddUpToTheFigure) {
    for (const char* name : {"waiting_21_days", "induction_completed", "on_top_share"}) {
        const MeasureDefinition& measure = *definitions.find(name);
        const MeasureFigure figure =
            figure_of(measure, grid.of_year(*measure.function, last, places.front()));
        for (const MeasureBreakdown by :
             {MeasureBreakdown::sex, MeasureBreakdown::age, MeasureBreakdown::setting}) {
            std::int64_t numerator = 0, denominator = 0;
            for (const auto& row : measure_breakdown_table(source, measure, places.front(), last, by).rows) {
                numerator += row[2].numerator;
                denominator += row[3].numerator;
            }
            EXPECT_EQ(numerator, figure.numerator) << name;
            EXPECT_EQ(denominator, figure.denominator) << name;
        }
    }
}

TEST_F(MeasureTables, CompareServicesByIntervalsThatHoldTheirValue) {
    const auto all = services();
    for (const MeasureDefinition& measure : definitions.measures) {
        const MeasureComparison comparison = compare_measure(source, measure, all, last, true);
        for (const ComparedMeasure& one : comparison.services) {
            EXPECT_EQ(one.position.has_value(),
                      measure.value == MeasureValue::share && one.value.has_value());
            if (!one.value || !one.interval) continue;
            EXPECT_LE(one.interval->low, *one.value + 1e-9) << measure.name;
            EXPECT_GE(one.interval->high, *one.value - 1e-9) << measure.name;
        }
    }
}

}  // namespace
}  // namespace optimat
