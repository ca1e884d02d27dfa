#include "report/measure_tables_for_tests.hpp"
#include "stage/state.hpp"

#include <gmock/gmock.h>
#include <regex>
#include <set>

namespace optimat {
namespace {

using testing::HasSubstr;
using testing::Not;

class MeasureDetails : public MeasureTables {};

TEST_F(MeasureDetails, DropOutDaysAddUpToTheDropOutsOfThePage) {
    std::int64_t drop_outs = 0;
    for (const Place& place : places) {
        const MeasureDefinition& dropped_out = measure("induction_dropped_out");
        std::int64_t sum = 0;
        const auto table = detail_table(source, dropped_out, place, last, "drop_out_days").value();
        for (const auto& row : table.rows)
            sum += row[1].numerator;
        EXPECT_EQ(sum, figure(dropped_out, place).numerator) << place.name;
        drop_outs += sum;
    }
    EXPECT_GT(drop_outs, 0);
}

TEST_F(MeasureDetails, SurvivalIsOfTheSpellsOfTwelveMonthsAndSaysThatOthersThanDropOutsCountIn) {
    const SurvivalCurve curve = spell_survival(source, places.front(), last);
    const MeasureFunction& spells = *find_measure_function("spell_course");
    EXPECT_EQ(curve.people, grid.of_year(spells, last, places.front()).all());
    MeasureCell every;
    for (std::size_t date = 0; date <= last; ++date)
        every += grid.at(spells, date, places.front());
    ASSERT_LT(curve.people, every.all()) << "the grid holds eighteen months";
    const auto table =
        detail_table(source, measure("retention_six_months"), places.front(), last, "survival");
    EXPECT_EQ(table->title, "Share not dropped out, by day");
    EXPECT_THAT(table->note, HasSubstr("12 months to "));
    EXPECT_THAT(table->note, HasSubstr("transfers and deaths are no drop-outs"));
}

TEST_F(MeasureDetails, ExitsSayOnceWhichMonthAndHowMany) {
    const auto table = detail_table(source, measure("exits_returned"), places.front(), last, "exits").value();
    const std::size_t when = column_of(table, "when"), returned = column_of(table, "returned"),
                      remark = column_of(table, "remark");
    ASSERT_EQ(table.rows.size(), 12u);
    const std::regex months("([A-Z][a-z]{2} [0-9]{4}) \\(([0-9]+)\\)");
    for (const auto& row : table.rows) {
        std::int64_t sum = 0;
        std::set<std::string> named;
        const std::string words = row[when].text;
        for (std::sregex_iterator one(words.begin(), words.end(), months), end; one != end; ++one) {
            EXPECT_TRUE(named.insert((*one)[1]).second) << words;
            sum += std::stoll((*one)[2]);
        }
        EXPECT_EQ(sum, row[returned].numerator) << words;
    }
    EXPECT_EQ(table.rows.front()[remark].kind, CellKind::none);
    EXPECT_EQ(table.rows.back()[remark].text, "less than 6 months to come back");
    EXPECT_EQ(table.rows[5][remark].kind, CellKind::none) << "six months ago to the day";
    EXPECT_NE(table.rows[6][remark].kind, CellKind::none);
}

TEST_F(MeasureDetails, HarmByStateLeavesOutRowsOfLessThanAPersonYearAndSaysSo) {
    bool has_left_out = false;
    for (const Place& place : places) {
        const auto table = detail_table(source, measure("deaths_in_mat"), place, last, "by_state").value();
        for (const auto& row : table.rows) {
            EXPECT_GE(row[2].numerator, row[2].denominator);
            for (const std::size_t words : {0u, 1u}) {
                EXPECT_THAT(row[words].text, Not(HasSubstr("_")));
                EXPECT_THAT(row[words].text, Not(HasSubstr("MAT1")));
            }
        }
        const bool says = table.note.find("below one person-year left out") != std::string::npos;
        EXPECT_EQ(says, table.rows.size() < stage_count * band_count) << place.name;
        has_left_out = has_left_out || says;
    }
    EXPECT_TRUE(has_left_out);
}

TEST_F(MeasureDetails, NobodyReadsOfTypesOfQuartiles) {
    for (const MeasureDefinition& one : definitions.measures)
        for (const DataTable& table : measure_detail_tables(source, one, places.front(), last))
            EXPECT_THAT(table.note, Not(HasSubstr("type 7"))) << one.name;
}

TEST(MeasureSpread, OfWaitsIsOfThoseWhoseWaitIsOver) {
    // One waits a working day, one two, one still waits, and one left without starting.
    const CountedExtract counted = written_extract(
        {{"clients.csv", "client_id\na\nb\nc\nd\n"},
         {"episodes.csv",
          "episode_id,client_id,service_id,presentation_date,start_date,end_date,opiate_client\n"
          "e1,a,S1,2018-06-04,2018-06-04,,true\ne2,b,S1,2018-06-04,2018-06-04,,true\n"
          "e3,c,S1,2018-06-04,2018-06-04,,true\ne4,d,S1,2018-06-04,2018-06-04,2018-06-11,true\n"},
         {"prescriptions.csv",
          "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date\n"
          "r1,a,S1,methadone,30,2018-06-05,2018-08-31\nr2,b,S1,methadone,30,2018-06-06,2018-08-31\n"}},
        {*parse_iso_day("2018-06-30"), *parse_iso_day("2018-07-31")});
    const MeasureDefinitions definitions =
        measure_definitions(Definitions().text("measures.toml"), "measures.toml");
    const Place all = places_of(counted.extract).front();
    const MeasureGrid grid =
        make_measure_grid(counted.extract, counted.policy, counted.states.dates, ThreadCount{1});
    const MeasureSource source{counted.extract, counted.policy, definitions, grid, all, ThreadCount{1}};
    for (const char* name : {"prescribing_wait_days", "same_day_prescribing", "never_started"}) {
        const auto spread = detail_table(source, *definitions.find(name), all, 1, "spread").value();
        ASSERT_EQ(spread.rows.size(), 1u) << name;
        EXPECT_EQ(spread.rows[0][0].numerator, 2) << name;
        EXPECT_EQ(shown_text(spread.rows[0][1]), "1.5") << name;
    }
}

}  // namespace
}  // namespace optimat
