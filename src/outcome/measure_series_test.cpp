#include "outcome/measure_series.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

const MeasureFunction& waiting = *find_measure_function("waiting");
const MeasureFunction& induction = *find_measure_function("induction");
const Place organisation{PlaceKind::organisation, "", "", {0}};

MeasureDefinition share_of(const MeasureFunction& function, BetterWhen better = BetterWhen::higher) {
    MeasureDefinition measure;
    measure.name = "tested";
    measure.function = &function;
    measure.numerator = {0};
    measure.denominator = {0, 1};
    measure.better = better;
    return measure;
}

std::vector<Day> months(std::size_t count) {
    std::vector<Day> days;
    for (std::size_t i = 0; i < count; ++i)
        days.push_back(month_end(add_months(*day_of(2016, 1, 31), static_cast<int>(i))));
    return days;
}

/// A month for every pair: how many are in the numerator and how many beside it in the denominator.
MeasureGrid grid_of(const MeasureFunction& function, const std::vector<std::pair<int, int>>& counts) {
    MeasureGrid grid({&function}, months(counts.size()), 1);
    for (std::size_t month = 0; month < counts.size(); ++month) {
        for (int i = 0; i < counts[month].first; ++i)
            grid.add(0, month, 0, {ServiceIndex(0), 0, {}, 0});
        for (int i = 0; i < counts[month].second; ++i)
            grid.add(0, month, 0, {ServiceIndex(0), 1, {}, 0});
    }
    return grid;
}

MeasureSeries series(const MeasureDefinition& measure, const MeasureGrid& grid, const SeriesMarks& marks = {},
                     std::optional<ChartKind> kind = {}) {
    return measure_series(measure, grid, organisation, 0, grid.dates().size() - 1, marks, kind);
}

const std::vector<std::pair<int, int>> steady = {{5, 5}, {6, 4}, {5, 5}, {4, 6}, {5, 5}, {6, 4}, {4, 6},
                                                 {5, 5}, {6, 4}, {5, 5}, {4, 6}, {5, 5}, {6, 4}, {4, 6}};

TEST(MeasureSeries, every_month_has_its_figure_and_a_month_of_nothing_is_empty) {
    const MeasureSeries of = series(share_of(waiting), grid_of(waiting, {{6, 2}, {0, 0}, {4, 4}}));
    ASSERT_EQ(of.points.size(), 3u);
    EXPECT_EQ(of.points[0].value, 0.75);
    EXPECT_EQ(of.points[1].value, std::nullopt);
    EXPECT_EQ(of.points[1].state, PointState::empty);
    EXPECT_EQ(of.control->points[1].use, PointUse::missing);
}

TEST(MeasureSeries, a_month_in_which_something_is_too_early_is_shown_and_not_used) {
    MeasureGrid grid = grid_of(induction, steady);
    const std::size_t last = grid.dates().size() - 1;
    const MeasureSeries before = series(share_of(induction), grid);
    grid.add(0, last, 0, {ServiceIndex(0), *induction.part("too_early"), {}, 0});
    const MeasureSeries after = series(share_of(induction), grid);
    EXPECT_EQ(before.points[last].state, PointState::judged);
    EXPECT_EQ(after.points[last].state, PointState::too_early);
    EXPECT_EQ(after.control->points[last].use, PointUse::excluded);
    EXPECT_EQ(after.points[last].value, before.points[last].value);
}

TEST(MeasureSeries, a_month_in_which_all_is_too_early_is_not_called_empty) {
    auto counts = steady;
    counts.emplace_back(0, 0);
    MeasureGrid grid = grid_of(induction, counts);
    EXPECT_EQ(series(share_of(induction), grid).points.back().state, PointState::empty);
    grid.add(0, steady.size(), 0, {ServiceIndex(0), *induction.part("too_early"), {}, 0});
    EXPECT_EQ(series(share_of(induction), grid).points.back().state, PointState::too_early);
}

TEST(MeasureSeries, targets_hold_from_their_month_on_until_the_next_and_may_end) {
    SeriesMarks marks;
    const auto days = months(steady.size());
    marks.targets = {{days[9], std::nullopt}, {days[2], 0.5}, {days[5] - 10, 0.6}};
    const MeasureSeries of = series(share_of(waiting), grid_of(waiting, steady), marks);
    const auto target = [&](std::size_t month) { return of.control->points[month].target; };
    EXPECT_EQ(target(1), std::nullopt);
    EXPECT_EQ(target(2), 0.5);
    EXPECT_EQ(target(4), 0.5);
    EXPECT_EQ(target(5), 0.6);
    EXPECT_EQ(target(8), 0.6);
    EXPECT_EQ(target(9), std::nullopt);
}

TEST(MeasureSeries, a_flat_series_at_100_percent_meets_its_target_and_is_no_failure) {
    SeriesMarks marks;
    marks.targets = {{months(1)[0], 1.0}};
    const MeasureSeries of =
        series(share_of(waiting), grid_of(waiting, std::vector<std::pair<int, int>>(15, {8, 0})), marks);
    EXPECT_EQ(of.control->assurance, Assurance::consistently_hits);
    EXPECT_EQ(of.control->latest->variation, Variation::common_cause);
    EXPECT_EQ(of.change, std::nullopt);
}

TEST(MeasureSeries, marks_of_people_re_base_exclude_and_fix_the_limits) {
    auto counts = steady;
    for (int i = 0; i < 14; ++i)
        counts.push_back({9, 1});
    const MeasureGrid grid = grid_of(waiting, counts);
    const MeasureSeries plain = series(share_of(waiting), grid);
    SeriesMarks marks;
    marks.rebases = {grid.dates()[14] - 3};
    const MeasureSeries rebased = series(share_of(waiting), grid, marks);
    EXPECT_EQ(plain.control->segments.size(), 1u);
    ASSERT_EQ(rebased.control->segments.size(), 2u);
    EXPECT_DOUBLE_EQ(rebased.control->points[20].limits->centre, 0.9);
    marks = {};
    marks.baselines = {{grid.dates()[0], grid.dates()[13]}};
    const MeasureSeries fixed = series(share_of(waiting), grid, marks);
    EXPECT_DOUBLE_EQ(fixed.control->points[20].limits->centre, 0.5);
    EXPECT_EQ(fixed.control->latest->variation, Variation::improvement);
    marks = {};
    marks.excluded = {grid.dates()[3]};
    EXPECT_EQ(series(share_of(waiting), grid, marks).points[3].state, PointState::excluded);
}

TEST(MeasureSeries, a_lasting_change_is_found_with_its_direction_and_not_from_chance) {
    auto counts = steady;
    EXPECT_EQ(series(share_of(waiting), grid_of(waiting, counts)).change, std::nullopt) << "too few months";
    for (int i = 0; i < 12; ++i)
        counts.push_back(steady[static_cast<std::size_t>(i)]);
    EXPECT_EQ(series(share_of(waiting), grid_of(waiting, counts)).change, std::nullopt) << "nothing changed";
    for (std::size_t i = 20; i < counts.size(); ++i)
        counts[i] = {9, 1};
    const auto change = series(share_of(waiting), grid_of(waiting, counts)).change;
    ASSERT_TRUE(change.has_value());
    EXPECT_EQ(change->towards, Towards::higher);
    EXPECT_GE(change->since, 18u);
    EXPECT_LE(change->since, 20u);
}

TEST(MeasureSeries, what_has_gone_back_is_no_lasting_change) {
    auto counts = steady;
    for (std::size_t i = 0; i < 12; ++i)
        counts.push_back(i < 5 ? std::pair{9, 1} : steady[i]);
    EXPECT_EQ(series(share_of(waiting), grid_of(waiting, counts)).change, std::nullopt);
}

TEST(MeasureSeries, a_month_or_two_are_no_lasting_change) {
    auto counts = steady;
    for (std::size_t i = 0; i < 12; ++i)
        counts.push_back(steady[i]);
    const auto changed_in_last = [&](std::size_t months_at_the_end) {
        auto changed = counts;
        for (std::size_t i = changed.size() - months_at_the_end; i < changed.size(); ++i)
            changed[i] = {100, 0};
        return series(share_of(waiting), grid_of(waiting, changed)).change.has_value();
    };
    EXPECT_FALSE(changed_in_last(1));
    EXPECT_TRUE(changed_in_last(3));
}

TEST(MeasureSeries, charts_are_as_asked_for_where_they_suit) {
    const MeasureGrid grid = grid_of(waiting, steady);
    MeasureDefinition measure = share_of(waiting);
    EXPECT_TRUE(series(measure, grid).control);
    EXPECT_EQ(series(measure, grid, {}, ChartKind::p_chart).kind, ChartKind::p_chart);
    const MeasureSeries run = series(measure, grid, {}, ChartKind::run_chart);
    EXPECT_TRUE(run.run && !run.control);
    const MeasureSeries line = series(measure, grid, {}, ChartKind::line);
    EXPECT_TRUE(!line.run && !line.control);
    measure.value = MeasureValue::mean;
    measure.numerator = measure.denominator;
    EXPECT_EQ(series(measure, grid, {}, ChartKind::p_chart).kind, ChartKind::xmr) << "no counts, no p-chart";
}

TEST(MeasureSeries, months_that_the_data_do_not_reach_back_for_are_in_no_line_and_no_limits) {
    const MeasureFunction& naloxone = *find_measure_function("naloxone");
    std::vector<std::pair<int, int>> counts;
    for (int month = 0; month < 36; ++month)
        counts.emplace_back(month < 24 ? month : 24 + month % 2, 40);
    MeasureGrid grid = grid_of(naloxone, counts);
    const MeasureSeries before = series(share_of(naloxone), grid);
    EXPECT_EQ(before.control->latest->variation, Variation::improvement) << "the window fills";
    grid.note_history(*day_of(2016, 1, 1), Policy{});
    const MeasureSeries after = series(share_of(naloxone), grid);
    for (std::size_t month = 0; month < 36; ++month) {
        const bool known = month >= 23;
        EXPECT_EQ(after.points[month].state, known ? PointState::judged : PointState::no_history) << month;
        EXPECT_EQ(after.points[month].value, before.points[month].value) << "tables have it";
        EXPECT_EQ(after.control->points[month].use, known ? PointUse::counted : PointUse::missing) << month;
    }
    EXPECT_EQ(after.control->segments.back().limit_points, 13u);
    EXPECT_EQ(after.control->latest->variation, Variation::common_cause);
    EXPECT_EQ(after.change, std::nullopt);
}

TEST(MeasureSeries, a_month_with_too_little_history_of_anybody_is_not_judged) {
    const MeasureFunction& function = *find_measure_function("re_induction");
    MeasureGrid grid = grid_of(function, steady);
    grid.add(0, 0, 0, {ServiceIndex(0), *function.part("too_little_history"), {}, 0});
    const MeasureSeries of = series(share_of(function), grid);
    EXPECT_EQ(of.points[0].state, PointState::no_history);
    EXPECT_EQ(of.points[1].state, PointState::judged);
}

TEST(MeasureSeries, a_share_of_fewer_than_5_things_a_month_has_no_limits) {
    const auto of = [](std::pair<int, int> month, std::optional<ChartKind> kind = {}) {
        return series(share_of(waiting),
                      grid_of(waiting, {{2, 2}, {2, 2}, {2, 2}, {2, 2}, month, month, month, month, month}),
                      {}, kind);
    };
    EXPECT_TRUE(of({3, 2}).control);
    EXPECT_FALSE(of({3, 2}).has_too_few);
    for (const auto kind : {ChartKind::xmr, ChartKind::p_chart}) {
        const MeasureSeries few = of({2, 2}, kind);
        EXPECT_EQ(few.kind, ChartKind::run_chart);
        EXPECT_TRUE(few.has_too_few && few.run && !few.control && !few.change);
    }
    EXPECT_FALSE(of({2, 2}, ChartKind::run_chart).has_too_few) << "asked for";
}

TEST(MeasureSeries, targets_stand_also_where_nothing_is_judged_by_limits) {
    SeriesMarks marks;
    marks.targets = {{months(1)[0], 0.5}};
    const MeasureSeries run =
        series(share_of(waiting), grid_of(waiting, steady), marks, ChartKind::run_chart);
    EXPECT_EQ(run.points.back().target, 0.5);
}

TEST(MeasureSeries, limits_of_shares_end_at_0_and_1) {
    const MeasureSeries of =
        series(share_of(waiting), grid_of(waiting, {{1, 9}, {9, 1}, {1, 9}, {9, 1}, {1, 9}, {9, 1}}));
    EXPECT_EQ(of.control->points[0].limits->lower, 0);
    EXPECT_EQ(of.control->points[0].limits->upper, 1);
}

/// Months of 1000 people, so many of them in the numerator.
MeasureGrid of_1000(const MeasureFunction& function, const std::vector<int>& numerators) {
    std::vector<std::pair<int, int>> counts;
    for (const int numerator : numerators)
        counts.emplace_back(numerator, 1000 - numerator);
    return grid_of(function, counts);
}

TEST(MeasureSeries, a_change_smaller_than_a_point_is_not_told) {
    std::vector<int> counts;
    for (int month = 0; month < 24; ++month)
        counts.push_back(500 + month % 2);
    const auto changes_to = [&](int later) {
        std::vector<int> all = counts;
        all.insert(all.end(), 12, later);
        return series(share_of(waiting), of_1000(waiting, all)).change.has_value();
    };
    EXPECT_FALSE(changes_to(509));
    EXPECT_TRUE(changes_to(511));
}

TEST(MeasureSeries, people_as_they_stand_that_drift_slowly_have_changed_only_beyond_their_drift) {
    // The same people month after month: small steps, wide swings.
    std::vector<int> drift;
    for (int month = 0; month < 24; ++month)
        drift.push_back(500 + (month % 12 < 6 ? month % 6 : 6 - month % 6) * 15);
    drift.insert(drift.end(), 12, 568);
    const MeasureFunction& tracker = *find_measure_function("tracker");
    EXPECT_TRUE(series(share_of(waiting), of_1000(waiting, drift)).change.has_value()) << "things of a month";
    EXPECT_FALSE(series(share_of(tracker), of_1000(tracker, drift)).change.has_value()) << "people";
}

}  // namespace
}  // namespace optimat
