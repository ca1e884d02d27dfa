#include "report/release_data.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

using enum RestatementCause;

MeasureFigure figure(std::int64_t numerator, std::int64_t denominator,
                     MeasureValue value = MeasureValue::share) {
    MeasureFigure made;
    made.numerator = numerator;
    made.denominator = denominator;
    made.value_kind = value;
    return made;
}

RestatedFigures two_measures() {
    RestatedFigures figures;
    figures.causes = {program, late_data, correction, definition};
    ReleaseMeasure moved;
    moved.name = "completed";
    moved.title = "Inductions completed";
    ReleaseMeasure still = moved;
    still.name = "still";
    figures.measures = {
        {moved, figure(30, 100), {figure(30, 100), figure(33, 110), figure(31, 110), figure(31, 62)}},
        {still, figure(5, 9), {figure(5, 9), figure(5, 9), figure(5, 9), figure(5, 9)}}};
    return figures;
}

double shown(const DataCell& cell) {
    return static_cast<double>(cell.numerator) / static_cast<double>(cell.denominator);
}

std::int64_t sum_of(const std::vector<DataCell>& row, std::size_t first, std::size_t last) {
    std::int64_t sum = 0;
    for (std::size_t i = first; i <= last; ++i)
        sum += row[i].numerator;
    return sum;
}

TEST(ReleaseData, CausesAddUpToTheDifferenceInEveryRow) {
    const RestatedFigures figures = two_measures();
    EXPECT_EQ(figures.changed(), 1u);
    const DataTable why = release_why_table(figures);
    ASSERT_EQ(why.rows.size(), 4u);
    for (const auto& row : why.rows) {
        ASSERT_EQ(row.size(), why.columns.size());
        EXPECT_EQ(sum_of(row, 3, 7), row[8].numerator);
    }
    EXPECT_EQ(why.rows[0][5].numerator, 3) << "late data";
    EXPECT_EQ(why.rows[0][6].numerator, -2) << "corrections";
    EXPECT_EQ(why.rows[1][7].numerator, -48) << "definition";
    const DataTable table = release_figures_table(figures, day_of(2018, 10, 31).value());
    const auto& row = table.rows[0];
    ASSERT_EQ(row.size(), table.columns.size());
    EXPECT_EQ(shown_text(row[3]), "30.0 %");
    EXPECT_EQ(shown_text(row[7]), "50.0 %");
    EXPECT_NEAR(shown(row[11]), 20, 1e-6) << "percentage points";
    EXPECT_EQ(row[12].text, "points");
    EXPECT_NEAR(shown(row[13]) + shown(row[14]) + shown(row[15]) + shown(row[16]), shown(row[11]), 4e-6);
}

TEST(ReleaseData, RatesAreOfPersonYears) {
    RestatedFigures then;
    then.measures = {{{}, figure(2, 36'525, MeasureValue::rate), {}}};
    const DataTable table = release_figures_table(then, day_of(2018, 10, 31).value());
    EXPECT_EQ(shown_text(table.rows[0][3]), "2.0");
    EXPECT_EQ(table.rows[0][5].kind, CellKind::none);
    EXPECT_EQ(table.columns[6].words, "Person-years");
    EXPECT_EQ(shown_text(table.rows[0][6]), "100.0");
}

TEST(ReleaseData, AMeasureThatIsNoMoreHasNoFigureNow) {
    RestatedFigures figures = two_measures();
    figures.measures[1].after.back().reset();
    EXPECT_EQ(figures.changed(), 2u);
    const DataTable table = release_figures_table(figures, day_of(2018, 10, 31).value());
    for (const std::size_t column : {7u, 8u, 9u, 10u, 11u, 16u})
        EXPECT_EQ(table.rows[1][column].kind, CellKind::none);
    EXPECT_EQ(release_why_table(figures).rows[2].back().kind, CellKind::none);
}

TEST(ReleaseData, AMeanWithoutThingsHasNoDifference) {
    RestatedFigures figures = two_measures();
    figures.measures[1].then = figure(0, 0, MeasureValue::mean);
    const DataTable table = release_figures_table(figures, day_of(2018, 10, 31).value());
    EXPECT_EQ(table.rows[1][3].kind, CellKind::none);
    EXPECT_EQ(table.rows[1][4].kind, CellKind::none) << "a sum of values says nothing to people";
    EXPECT_EQ(table.rows[1][11].kind, CellKind::none);
    EXPECT_EQ(release_why_table(figures).rows[2][1].text, "sum of values");
}

TEST(ReleaseData, SaysInOneSentenceWhoStandsElsewhere) {
    const RestatedFigures figures = two_measures();
    RestatedPeople people;
    people.then = 27'080;
    EXPECT_EQ(restatement_sentence(figures, &people),
              "Since this release nobody of 27,080 people stands elsewhere. 1 of 2 figures differ.");
    people.by_cause[static_cast<std::size_t>(late_data)].people = 9;
    people.by_cause[static_cast<std::size_t>(correction)].people = 3;
    people.by_cause[static_cast<std::size_t>(definition)].people = 2;
    EXPECT_EQ(restatement_sentence(figures, &people),
              "Since this release 14 people of 27,080 stand elsewhere: 9 late data, 3 corrections, 2 "
              "definition. 1 of 2 figures differ.");
    EXPECT_EQ(restatement_sentence(figures, nullptr), "1 of 2 figures differ.");
}

TEST(ReleaseData, ThenAloneHasNoColumnsOfNow) {
    RestatedFigures then;
    then.measures = {{{}, figure(1, 2), {}}};
    const DataTable table = release_figures_table(then, day_of(2018, 10, 31).value());
    EXPECT_EQ(table.columns.size(), 7u);
    EXPECT_EQ(table.rows[0].size(), 7u);
    EXPECT_EQ(release_why_table(then).rows[0].size(), 4u);
}

}  // namespace
}  // namespace optimat
