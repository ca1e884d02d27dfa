#include "report/measure_tables_for_tests.hpp"

#include <gmock/gmock.h>

namespace optimat {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

TEST_F(MeasureTables, OfMonthsBeginWithTheFirstShownAndSayTheSameOfIt) {
    const Place& place = places.front();
    MeasureSeries series = measure_series(measure("red_share"), grid, place, 0, last, {});
    const DataTable all = measure_months_table(source, series, place);
    series.shown = last - 2;
    const DataTable three = measure_months_table(source, series, place);
    ASSERT_EQ(three.rows.size(), 3u);
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t cell = 0; cell < three.columns.size(); ++cell)
            EXPECT_EQ(shown_text(three.rows[row][cell]), shown_text(all.rows[last - 2 + row][cell]));
    EXPECT_THAT(three.note, HasSubstr("are judged together"));
    EXPECT_THAT(all.note, Not(HasSubstr("are judged together")));
}

TEST_F(MeasureTables, SayThatTheDataDoNotReachBackAndOfHowManyMonthsAFigureIs) {
    const MeasureDefinition& harm = measure("deaths_in_mat");
    const MeasureDefinition& induction = measure("induction_completed");
    MeasureGrid late = grid;
    late.note_history(grid.dates()[last] - 100, counted.policy);
    EXPECT_THAT(denominator_words(harm, late, last), EndsWith("; the data do not reach back far enough"));
    EXPECT_THAT(denominator_words(induction, late, last), HasSubstr(", 12 months to "));
    EXPECT_THAT(denominator_words(induction, late, 2), HasSubstr(", 3 months to "));
    EXPECT_THAT(denominator_words(induction, late, 0), HasSubstr(", 1 month to "));
    const DataTable months =
        measure_months_table(source, measure_series(harm, late, places.front(), 0, last, {}), places.front());
    EXPECT_EQ(shown_text(months.rows.back()[column_of(months, "state")]), "data do not reach back");
    MeasureGrid early = grid;
    early.note_history(grid.dates()[0] - 1000, counted.policy);
    EXPECT_EQ(denominator_words(harm, early, last), harm.denominator_words);
}

/// Twelve months low, twelve high.
MeasureSeries shifted(MeasureDefinition& measure, BetterWhen better, int first, int then) {
    measure.function = find_measure_function("waiting");
    measure.numerator = {0};
    measure.denominator = {0, 1};
    measure.better = better;
    std::vector<Day> days;
    for (int month = 0; month < 24; ++month)
        days.push_back(month_end(add_months(*day_of(2016, 1, 31), month)));
    MeasureGrid grid({measure.function}, days, 1);
    for (std::size_t month = 0; month < 24; ++month)
        for (int i = 0; i < 10; ++i)
            grid.add(0, month, 0,
                     {ServiceIndex(0), std::uint8_t(i < (month < 12 ? first : then) ? 0 : 1), {}});
    return measure_series(measure, grid, {PlaceKind::organisation, "", "", {0}}, 0, 23, {},
                          ChartKind::run_chart);
}

TEST(RunChartWords, SayWhichWayTheMonthsHaveShiftedAndWhetherThatIsBetter) {
    MeasureDefinition measure;
    EXPECT_EQ(variation_words(shifted(measure, BetterWhen::higher, 2, 8)),
              "shifted up (better): more than chance");
    EXPECT_EQ(variation_words(shifted(measure, BetterWhen::higher, 8, 2)),
              "shifted down (worse): more than chance");
    EXPECT_EQ(variation_words(shifted(measure, BetterWhen::lower, 8, 2)),
              "shifted down (better): more than chance");
    EXPECT_EQ(variation_words(shifted(measure, BetterWhen::neither, 2, 8)), "shifted up: more than chance");
    EXPECT_EQ(variation_words(shifted(measure, BetterWhen::higher, 5, 5)), "no shift: chance alone");
}

TEST(RunChartWords, SayThatAMonthHasTooFew) {
    MeasureDefinition measure;
    MeasureSeries series = shifted(measure, BetterWhen::higher, 2, 8);
    series.has_too_few = true;
    EXPECT_THAT(variation_words(series), EndsWith("; too few a month for limits"));
    series.points.back().target = 0.5;
    EXPECT_EQ(assurance_words(series), "target not judged: no limits");
}

}  // namespace
}  // namespace optimat
