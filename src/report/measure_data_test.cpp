#include "report/measure_data.hpp"

#include "report/measure_tables_for_tests.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <set>

namespace optimat {
namespace {

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
            if (counts != "Not counted") denominator += number;
            if (counts == "Of these") numerator += number;
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
                numerator += row[2].numerator;    // Of these
                denominator += row[3].numerator;  // Of all
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
            if (one.position) {
                EXPECT_TRUE(measure.value == MeasureValue::share && one.value);
                const double expected =
                    static_cast<double>(one.figure.denominator) * *comparison.pooled.value();
                EXPECT_GE(expected, 5) << measure.name;
                EXPECT_GE(static_cast<double>(one.figure.denominator) - expected, 5) << measure.name;
            }
            EXPECT_EQ(one.apart.has_value(), measure.value == MeasureValue::mean && one.interval);
            if (!one.value || !one.interval) continue;
            EXPECT_LE(one.interval->low, *one.value + 1e-9) << measure.name;
            EXPECT_GE(one.interval->high, *one.value - 1e-9) << measure.name;
        }
    }
}

TEST_F(MeasureTables, SayWhichServiceIsBetterAndWhichIsTooSmallToJudge) {
    // Regions and the organisation too: services alone are small.
    const std::vector<Place>& all = places;
    std::set<std::string> said;
    for (const MeasureDefinition& measure : definitions.measures)
        for (const bool widened : {false, true}) {
            const MeasureComparison comparison = compare_measure(source, measure, all, last, widened);
            const DataTable table = measure_services_table(source, comparison);
            EXPECT_EQ(has_column(table, "position"), measure.value != MeasureValue::rate) << measure.name;
            if (measure.value == MeasureValue::rate) continue;
            const std::size_t position = column_of(table, "position");
            for (std::size_t i = 0; i < all.size(); ++i) {
                const ComparedMeasure& one = comparison.services[i];
                const std::string words = shown_text(table.rows[i][position]);
                said.insert(words);
                if (one.value && !one.position && !one.apart) {
                    EXPECT_EQ(words, "too few to judge") << measure.name;
                    continue;
                }
                const bool higher = words.find("higher") != std::string::npos,
                           lower = words.find("lower") != std::string::npos;
                EXPECT_EQ(words.ends_with(": better") || words.ends_with(": worse"),
                          measure.better != BetterWhen::neither && (higher || lower))
                    << measure.name << ' ' << words;
                if (words.ends_with(": better")) {
                    EXPECT_EQ(higher, measure.better == BetterWhen::higher) << measure.name;
                }
            }
        }
    EXPECT_TRUE(said.contains("too few to judge"));
    EXPECT_TRUE(said.contains("as chance would have it"));
}

TEST_F(MeasureTables, OfRatesHaveEventsPersonYearsAndAnIntervalAndNoShares) {
    const MeasureDefinition& deaths = measure("deaths_in_mat");
    const MeasureFigure exact = figure(deaths, places.front());
    const auto interval =
        rate_interval(exact.numerator, exact.denominator, CountMethod::exact, z_of_95).value();
    auto tables = all_tables(deaths);
    tables.push_back(measures_table(source, places.front(), last, "safety", {}));
    for (const DataTable& table : tables) {
        if (table.id == "parts") {
            EXPECT_FALSE(has_column(table, "share")) << "events and people are no parts of one whole";
            continue;
        }
        if (table.id == "cohorts") {
            EXPECT_FALSE(has_column(table, "all")) << "nor do they add up";
            continue;
        }
        for (const char* id : {"low", "high", "person_years"})
            EXPECT_TRUE(has_column(table, id)) << table.id << ' ' << id;
        if (table.id == "measures") continue;
        EXPECT_FALSE(has_column(table, "denominator")) << table.id << ": person-days without a word";
        EXPECT_FALSE(has_column(table, "outside")) << table.id;
    }
    const DataTable& measures = tables.back();
    const auto row = std::ranges::find_if(
        measures.rows, [](const auto& cells) { return cells.front().text == "deaths_in_mat"; });
    EXPECT_EQ(row->at(column_of(measures, "denominator")).kind, CellKind::none);
    EXPECT_EQ(file_text(row->at(column_of(measures, "low"))), file_text(DataCell::decimal(interval.low)));
    EXPECT_EQ(file_text(row->at(column_of(measures, "high"))), file_text(DataCell::decimal(interval.high)));
    const DataCell& years = row->at(column_of(measures, "person_years"));
    EXPECT_NEAR(static_cast<double>(years.numerator) / static_cast<double>(years.denominator),
                static_cast<double>(exact.denominator) / 365.25, 1e-9);
}

TEST_F(MeasureTables, PutNumberAndIntervalBesideEveryRate) {
    const MeasureDefinition& completions = measure("successful_completion");
    const auto all = services();
    const DataTable table =
        measure_services_table(source, compare_measure(source, completions, all, last, false));
    const std::size_t rate = column_of(table, "beside_deaths_after_leaving");
    EXPECT_EQ(column_of(table, "beside_deaths_after_leaving_events"), rate + 1);
    EXPECT_EQ(column_of(table, "beside_deaths_after_leaving_low"), rate + 2);
    EXPECT_EQ(column_of(table, "beside_deaths_after_leaving_high"), rate + 3);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const MeasureFigure deaths = figure(measure("deaths_after_leaving"), all[i]);
        if (deaths.denominator == 0) continue;
        EXPECT_EQ(table.rows[i][rate + 1].numerator, deaths.numerator);
        EXPECT_NE(table.rows[i][rate + 3].kind, CellKind::none);
    }
    const DataTable words = beside_in_words(table);
    EXPECT_EQ(words.columns.size() + 6, table.columns.size()) << "two rates";
    for (std::size_t i = 0; i < words.rows.size(); ++i) {
        ASSERT_EQ(words.rows[i].size(), words.columns.size());
        const DataCell& cell = words.rows[i][column_of(words, "beside_deaths_after_leaving")];
        if (table.rows[i][rate].kind == CellKind::none) continue;
        EXPECT_THAT(cell.text, testing::MatchesRegex("[0-9.]+ .[0-9]+ events?, [0-9.]+ to [0-9.]+."));
    }
}

TEST_F(MeasureTables, CountAMeanOnceAndCallTheUnitOfSharesAShare) {
    const DataTable table = measures_table(source, places.front(), last, "", {});
    for (const auto& row : table.rows) {
        const MeasureDefinition& one = measure(row.front().text.c_str());
        if (one.value == MeasureValue::mean) {
            EXPECT_EQ(row[column_of(table, "numerator")].kind, CellKind::none) << one.name;
            EXPECT_EQ(row[column_of(table, "denominator")].numerator,
                      figure(one, places.front()).denominator);
        }
        EXPECT_EQ(row[column_of(table, "unit")].text == "share", one.value == MeasureValue::share)
            << one.name;
    }
    for (const DataTable& own : all_tables(measure("waiting_days")))
        EXPECT_FALSE(has_column(own, "numerator")) << own.id;
}

TEST_F(MeasureTables, TellHowManyThingsAreTooRecent) {
    const MeasureDefinition& retention = measure("retention_six_months");
    const MeasureCell cell = grid.of_year(*retention.function, last, places.front());
    const std::int64_t too_early = cell.count[*retention.function->part("too_early")];
    ASSERT_GT(too_early, 0) << "the last six months";
    EXPECT_EQ(too_early_words(source, retention, places.front(), last),
              fmt::format("{} of {} spells are too recent to be counted.", too_early, cell.all()));
    EXPECT_EQ(too_early_words(source, measure("red_share"), places.front(), last), "");
    const DataTable table = measures_table(source, places.front(), last, "", {});
    const std::size_t column = column_of(table, "too_early");
    for (const auto& row : table.rows) {
        if (row.front().text == retention.name) {
            EXPECT_EQ(row[column].numerator, too_early);
        }
        if (row.front().text == "red_share") {
            EXPECT_EQ(row[column].kind, CellKind::none);
        }
    }
}

}  // namespace
}  // namespace optimat
