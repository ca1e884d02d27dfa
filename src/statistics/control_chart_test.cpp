#include "statistics/control_chart.hpp"

#include "statistics/series_for_tests.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace optimat {
namespace {

constexpr double printed = 0.5e-6;

const ControlLimits& limits_at(const ControlChart& chart, std::size_t point) {
    return chart.points.at(point).limits.value();
}

TEST(Xmr, agrees_with_the_published_vector) {
    const ControlChart chart = xmr_chart(vignette_series(), {});
    EXPECT_NEAR(limits_at(chart, 0).centre, 1.944444, printed);
    EXPECT_NEAR(*chart.segments[0].mean_moving_range, 1.882353, printed);
    EXPECT_NEAR(limits_at(chart, 17).lower, -3.062614, printed);
    EXPECT_NEAR(limits_at(chart, 17).upper, 6.951503, printed);
    EXPECT_EQ(chart.points[4].cause, SpecialCause::outside_limits);
    EXPECT_EQ(chart.rules, "XmR, Making Data Count rules");
}

TEST(Xmr, agrees_with_the_published_vector_when_ranges_are_screened) {
    const ControlChart chart = xmr_chart(vignette_series(), {.screening = Screening::once});
    EXPECT_NEAR(limits_at(chart, 0).centre, 1.944444, printed);
    EXPECT_NEAR(*chart.segments[0].mean_moving_range, 1, 1e-12);
    EXPECT_NEAR(limits_at(chart, 0).lower, -0.715556, printed);
    EXPECT_NEAR(limits_at(chart, 0).upper, 4.604444, printed);
}

TEST(Xmr, near_limits_are_two_thirds_of_the_way) {
    const ControlLimits limits = limits_at(xmr_chart(vignette_series(), {}), 0);
    EXPECT_NEAR(limits.near_upper - limits.centre, (limits.upper - limits.centre) * 2 / 3, 1e-12);
    EXPECT_NEAR(limits.centre - limits.near_lower, (limits.centre - limits.lower) * 2 / 3, 1e-12);
}

TEST(Xmr, a_flat_series_hits_its_target_and_has_no_special_cause) {
    // 0.1 has no exact sum: limits must still equal the mean.
    for (const double value : {1.0, 0.1, 0.0}) {
        for (const BetterWhen better : {BetterWhen::higher, BetterWhen::lower}) {
            ChartSettings settings{.better = better};
            settings.targets.assign(24, value);
            for (const Screening screening : {Screening::none, Screening::once}) {
                settings.screening = screening;
                const ControlChart chart = xmr_chart(Series(24, value), settings);
                EXPECT_EQ(limits_at(chart, 0).lower, limits_at(chart, 0).centre);
                EXPECT_EQ(limits_at(chart, 0).upper, limits_at(chart, 0).centre);
                EXPECT_EQ(chart.assurance, Assurance::consistently_hits);
                EXPECT_EQ(chart.latest->variation, Variation::common_cause);
                EXPECT_FALSE(chart.suggested_rebase);
                for (const ControlPoint& point : chart.points) {
                    EXPECT_EQ(point.cause, SpecialCause::none);
                    EXPECT_EQ(point.outcome, TargetOutcome::met);
                }
            }
        }
    }
}

TEST(Xmr, fewer_than_12_points_are_provisional) {
    EXPECT_TRUE(xmr_chart(Series(11, 1.0), {}).segments[0].is_provisional());
    EXPECT_FALSE(xmr_chart(Series(12, 1.0), {}).segments[0].is_provisional());
    Series gap(12, 1.0);
    gap[3].reset();
    EXPECT_TRUE(xmr_chart(gap, {}).segments[0].is_provisional());
    EXPECT_TRUE(xmr_chart(Series(24, 1.0), {.baselines = {{0, 10}}}).segments[0].is_provisional());
}

TEST(Xmr, one_point_has_no_limits) {
    const ControlChart chart = xmr_chart(Series{5}, {.better = BetterWhen::higher, .targets = {4}});
    EXPECT_FALSE(chart.points[0].limits);
    EXPECT_FALSE(chart.latest);
    EXPECT_EQ(chart.assurance, Assurance::no_target);
    EXPECT_EQ(chart.points[0].outcome, TargetOutcome::met);
    EXPECT_TRUE(xmr_chart(Series{5, 6}, {}).points[0].limits);
}

TEST(Xmr, no_point_makes_no_segment) {
    const ControlChart chart = xmr_chart(Series{}, {.rebases = {3}});
    EXPECT_TRUE(chart.segments.empty());
    EXPECT_FALSE(chart.latest);
    EXPECT_FALSE(xmr_chart(Series(5, std::nullopt), {}).latest);
}

TEST(Xmr, a_rebase_begins_limits_anew) {
    Series series(8, 1.0);
    series.insert(series.end(), 8, 5.0);
    const ControlChart chart = xmr_chart(series, {.rebases = {8, 99, 8, 0}});
    ASSERT_EQ(chart.segments.size(), 2U);
    EXPECT_EQ(chart.segments[0].points, (PointRange{0, 7}));
    EXPECT_EQ(chart.segments[1].points, (PointRange{8, 15}));
    EXPECT_EQ(limits_at(chart, 7).upper, 1);
    EXPECT_EQ(limits_at(chart, 8).lower, 5);
    EXPECT_EQ(chart.points[8].segment, 1U);
    EXPECT_EQ(chart.points[8].cause, SpecialCause::none);
}

TEST(Xmr, runs_end_at_a_rebase) {
    // Six falling points before it and one after are no seven.
    const Series series = {9, 2, 8, 7, 6, 5, 4, 3, 9, 1, 9, 1};
    EXPECT_EQ(xmr_chart(series, {}).points[3].cause, SpecialCause::none);
    EXPECT_EQ(xmr_chart(Series{9, 8, 7, 6, 5, 4, 3}, {}).points[3].cause, SpecialCause::trend);
    EXPECT_EQ(xmr_chart(Series{9, 8, 7, 6, 5, 4, 3}, {.rebases = {6}}).points[3].cause, SpecialCause::none);
}

TEST(Xmr, a_baseline_alone_makes_the_limits) {
    Series series = {4, 6, 4, 6, 50, 60, 70};
    const ControlChart chart = xmr_chart(series, {.baselines = {{0, 3}}});
    EXPECT_NEAR(limits_at(chart, 6).centre, 5, 1e-12);
    EXPECT_NEAR(limits_at(chart, 6).upper, 5 + 2.66 * 2, 1e-12);
    EXPECT_EQ(chart.segments[0].baseline, (PointRange{0, 3}));
    EXPECT_EQ(chart.points[5].cause, SpecialCause::outside_limits);
    series[6] = 1000;
    EXPECT_EQ(limits_at(xmr_chart(series, {.baselines = {{0, 3}}}), 0), limits_at(chart, 0));
}

TEST(Xmr, a_baseline_stays_in_its_segment) {
    const Series series = {4, 6, 4, 6, 50, 60, 70, 80};
    const ControlChart chart = xmr_chart(series, {.rebases = {4}, .baselines = {{2, 5}, {0, 3}, {4, 5}}});
    EXPECT_EQ(chart.segments[0].baseline, (PointRange{2, 3}));
    EXPECT_EQ(chart.segments[1].baseline, (PointRange{4, 5}));
    EXPECT_NEAR(limits_at(chart, 7).centre, 55, 1e-12);
    // Beyond the series, or of one point: nothing counts, or no limits.
    EXPECT_EQ(limits_at(xmr_chart(series, {.baselines = {{8, 99}}}), 0), limits_at(xmr_chart(series, {}), 0));
    EXPECT_FALSE(xmr_chart(series, {.baselines = {{7, 99}}}).points[0].limits);
}

TEST(Xmr, a_missing_point_keeps_its_place) {
    const ControlChart chart = xmr_chart(Series{4, std::nullopt, 6, 4}, {.excluded = {1}});
    EXPECT_EQ(chart.points[1].use, PointUse::missing);
    EXPECT_TRUE(chart.points[1].limits);
    EXPECT_EQ(limits_at(chart, 1), limits_at(xmr_chart(Series{4, 6, 4}, {}), 0));
}

TEST(Xmr, what_a_point_means_follows_from_the_direction) {
    const Series high = {4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 40};
    const auto last = [&](BetterWhen better) { return *xmr_chart(high, {.better = better}).latest; };
    EXPECT_EQ(last(BetterWhen::higher).variation, Variation::improvement);
    EXPECT_EQ(last(BetterWhen::lower).variation, Variation::concern);
    EXPECT_EQ(last(BetterWhen::neither).variation, Variation::neither);
    EXPECT_EQ(last(BetterWhen::neither).towards, Towards::higher);
    EXPECT_EQ(last(BetterWhen::higher).point, 12U);
    const ControlChart without = xmr_chart(high, {.excluded = {12}});
    EXPECT_EQ(without.latest->point, 11U);
    EXPECT_EQ(without.latest->variation, Variation::common_cause);
    EXPECT_FALSE(without.latest->towards);
}

Assurance assurance(BetterWhen better, double target) {
    // Limits 7 to 13.
    FixedLimits fixed({10.0});
    fixed.settings.better = better;
    fixed.settings.targets.assign(fixed.values.size(), target);
    return xmr_chart(fixed.values, fixed.settings).assurance;
}

TEST(Assurance, compares_the_target_with_the_limits) {
    using enum BetterWhen;
    EXPECT_EQ(assurance(higher, 6.9), Assurance::consistently_hits);
    EXPECT_EQ(assurance(higher, 7), Assurance::consistently_hits);
    EXPECT_EQ(assurance(higher, 7.1), Assurance::hit_and_miss);
    EXPECT_EQ(assurance(higher, 13), Assurance::hit_and_miss);
    EXPECT_EQ(assurance(higher, 13.1), Assurance::consistently_fails);
    EXPECT_EQ(assurance(lower, 13.1), Assurance::consistently_hits);
    EXPECT_EQ(assurance(lower, 13), Assurance::consistently_hits);
    EXPECT_EQ(assurance(lower, 12.9), Assurance::hit_and_miss);
    EXPECT_EQ(assurance(lower, 7), Assurance::hit_and_miss);
    EXPECT_EQ(assurance(lower, 6.9), Assurance::consistently_fails);
    EXPECT_EQ(assurance(neither, 6.9), Assurance::no_target);
}

TEST(Assurance, rests_on_the_last_segment) {
    Series series(12, 1.0);
    series.insert(series.end(), 12, 5.0);
    ChartSettings settings{.better = BetterWhen::higher, .rebases = {12}};
    settings.targets.assign(24, 4.0);
    EXPECT_EQ(xmr_chart(series, settings).assurance, Assurance::consistently_hits);
    settings.rebases = {};
    EXPECT_EQ(xmr_chart(series, settings).assurance, Assurance::consistently_fails);
}

TEST(Assurance, takes_the_target_of_the_last_point) {
    ChartSettings settings{.better = BetterWhen::higher};
    settings.targets.assign(12, 4.0);
    settings.targets.back() = 6;
    const ControlChart chart = xmr_chart(Series(12, 5.0), settings);
    EXPECT_EQ(chart.assurance, Assurance::consistently_fails);
    EXPECT_EQ(chart.points[10].outcome, TargetOutcome::met);
    EXPECT_EQ(chart.points[11].outcome, TargetOutcome::missed);
    settings.targets.pop_back();
    EXPECT_EQ(xmr_chart(Series(12, 5.0), settings).assurance, Assurance::no_target);
    EXPECT_EQ(xmr_chart(Series(12, 5.0), settings).points[11].outcome, TargetOutcome::no_target);
}

Series step_after(std::size_t before, std::size_t after) {
    Series series;
    for (std::size_t i = 0; i < before; ++i)
        series.emplace_back(i % 2 == 0 ? 4 : 6);
    for (std::size_t i = 0; i < after; ++i)
        series.emplace_back(i % 2 == 0 ? 9 : 11);
    return series;
}

TEST(SuggestedRebase, needs_a_shift_of_twelve_points_that_lasts) {
    EXPECT_FALSE(xmr_chart(step_after(24, 11), {}).suggested_rebase);
    EXPECT_EQ(xmr_chart(step_after(24, 12), {}).suggested_rebase, 24U);
    Series back = step_after(24, 12);
    back.emplace_back(4);
    EXPECT_FALSE(xmr_chart(back, {}).suggested_rebase);
}

TEST(SuggestedRebase, is_never_made_twice_nor_for_a_whole_segment) {
    EXPECT_FALSE(xmr_chart(step_after(24, 12), {.rebases = {24}}).suggested_rebase);
    EXPECT_EQ(xmr_chart(step_after(24, 12), {}).segments.size(), 1U);
    EXPECT_FALSE(xmr_chart(Series{}, {}).suggested_rebase);
}

TEST(Xmr, what_excluded_points_are_changes_nothing_else) {
    std::mt19937 random(20181031);
    for (int round = 0; round < 300; ++round) {
        Series series = random_series(random, 8 + random() % 30);
        ChartSettings settings{.better = BetterWhen::lower};
        for (int i = 0; i < 3; ++i)
            settings.excluded.push_back(random() % series.size());
        const ControlChart before = xmr_chart(series, settings);
        for (const std::size_t place : settings.excluded)
            *series[place] = static_cast<double>(random() % 5000);
        const ControlChart after = xmr_chart(series, settings);
        for (std::size_t i = 0; i < series.size(); ++i) {
            ASSERT_EQ(after.points[i].limits, before.points[i].limits);
            ASSERT_EQ(after.points[i].cause, before.points[i].cause);
        }
        for (const std::size_t place : settings.excluded)
            series[place].reset();
        settings.excluded.clear();
        ASSERT_EQ(xmr_chart(series, settings).points[0].limits, before.points[0].limits);
    }
}

TEST(Xmr, limits_hold_the_mean_and_do_not_know_the_order_of_time) {
    std::mt19937 random(20181130);
    for (int round = 0; round < 300; ++round) {
        Series series = random_series(random, 2 + random() % 40);
        for (const Screening screening : {Screening::none, Screening::once}) {
            const ControlLimits limits = limits_at(xmr_chart(series, {.screening = screening}), 0);
            EXPECT_LE(limits.lower, limits.near_lower);
            EXPECT_LE(limits.near_lower, limits.centre);
            EXPECT_LE(limits.centre, limits.near_upper);
            EXPECT_LE(limits.near_upper, limits.upper);
            std::ranges::reverse(series);
            EXPECT_EQ(limits_at(xmr_chart(series, {.screening = screening}), 0), limits);
        }
    }
}

TEST(Xmr, more_added_to_every_point_changes_no_verdict) {
    std::mt19937 random(20181231);
    for (int round = 0; round < 300; ++round) {
        const Series series = random_series(random, 24);
        Series moved, mirrored;
        for (const auto& value : series) {
            moved.emplace_back(*value + 100);
            mirrored.emplace_back(100 - *value);
        }
        const ControlChart here = xmr_chart(series, {.better = BetterWhen::higher});
        const ControlChart there = xmr_chart(moved, {.better = BetterWhen::higher});
        const ControlChart mirror = xmr_chart(mirrored, {.better = BetterWhen::lower});
        for (std::size_t i = 0; i < series.size(); ++i) {
            EXPECT_EQ(there.points[i].variation, here.points[i].variation);
            EXPECT_EQ(mirror.points[i].variation, here.points[i].variation);
            EXPECT_EQ(mirror.points[i].cause, here.points[i].cause);
        }
    }
}

TEST(Xmr, limits_end_where_figures_do) {
    const Series shares = {0.1, 0.9, 0.1, 0.9, 0.1, 0.9};
    const ControlLimits wide = limits_at(xmr_chart(shares, {}), 0);
    EXPECT_LT(wide.near_lower, 0);
    EXPECT_GT(wide.near_upper, 1);
    const ControlLimits cut = limits_at(xmr_chart(shares, {.least = 0, .most = 1}), 0);
    EXPECT_EQ(cut, (ControlLimits{wide.centre, 0, 1, 0, 1}));
    const ControlLimits rates = limits_at(xmr_chart(shares, {.least = 0}), 0);
    EXPECT_EQ(rates, (ControlLimits{wide.centre, 0, wide.upper, 0, wide.near_upper}));
}

}  // namespace
}  // namespace optimat
