#include "statistics/control_rules.hpp"

#include "statistics/series_for_tests.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace optimat {
namespace {

constexpr auto none = SpecialCause::none, outside = SpecialCause::outside_limits, trend = SpecialCause::trend,
               two = SpecialCause::two_of_three, shift = SpecialCause::shift;

std::vector<SpecialCause> causes(const Series& judged) { return FixedLimits(judged).causes(); }

std::vector<SpecialCause> all_of(SpecialCause cause, std::size_t points) {
    return std::vector<SpecialCause>(points, cause);
}

TEST(Rules, the_fixed_limits_are_what_the_cases_take_them_for) {
    const FixedLimits fixed({10.0});
    const ControlLimits limits = *xmr_chart(fixed.values, fixed.settings).points[fixed.begin].limits;
    EXPECT_NEAR(limits.centre, 10, 1e-12);
    EXPECT_NEAR(limits.lower, 7, 1e-12);
    EXPECT_NEAR(limits.upper, 13, 1e-12);
    EXPECT_NEAR(limits.near_lower, 8, 1e-12);
    EXPECT_NEAR(limits.near_upper, 12, 1e-12);
}

TEST(Rules, on_a_limit_is_inside) {
    EXPECT_EQ(causes({13}), all_of(none, 1));
    EXPECT_EQ(causes({13.001}), all_of(outside, 1));
    EXPECT_EQ(causes({7}), all_of(none, 1));
    EXPECT_EQ(causes({6.999}), all_of(outside, 1));
}

TEST(Rules, six_points_on_one_side_are_no_shift_and_seven_are) {
    EXPECT_EQ(causes({11, 10.5, 11, 10.5, 11, 10.5}), all_of(none, 6));
    EXPECT_EQ(causes({11, 10.5, 11, 10.5, 11, 10.5, 11}), all_of(shift, 7));
    EXPECT_EQ(causes({9, 9.5, 9, 9.5, 9, 9.5, 9, 9.5}), all_of(shift, 8));
}

TEST(Rules, a_point_on_the_centre_ends_a_run) {
    EXPECT_EQ(causes({11, 10.5, 11, 10, 11, 10.5, 11, 10.5}), all_of(none, 8));
    EXPECT_EQ(causes({11, 10.5, 11, 9.9, 11, 10.5, 11, 10.5}), all_of(none, 8));
}

TEST(Rules, seven_points_that_rise_or_fall_are_a_trend) {
    EXPECT_EQ(causes({9, 9.2, 9.4, 10.1, 10.2, 10.3, 9.5}), all_of(none, 7));
    EXPECT_EQ(causes({9, 9.2, 9.4, 10.1, 10.2, 10.3, 10.4}), all_of(trend, 7));
    EXPECT_EQ(causes({10.6, 10.4, 10.2, 9.8, 9.6, 9.4, 9.2}), all_of(trend, 7));
    // The point before the rise belongs to neither, and equal neighbours break it.
    EXPECT_EQ(causes({9, 9.2, 9.4, 9.4, 10.2, 10.3, 10.4, 10.5}), all_of(none, 8));
    std::vector<SpecialCause> after = all_of(trend, 8);
    after[0] = none;
    EXPECT_EQ(causes({9.5, 9, 9.2, 9.4, 10.1, 10.2, 10.3, 10.4}), after);
}

TEST(Rules, two_of_three_near_a_limit_on_one_side) {
    EXPECT_EQ(causes({12.5, 10.5, 12.5}), (std::vector{two, none, two}));
    EXPECT_EQ(causes({12.5, 12.5, 10.5}), (std::vector{two, two, none}));
    EXPECT_EQ(causes({10.5, 12.5, 13}), (std::vector{none, two, two}));
    EXPECT_EQ(causes({7.5, 7.5, 7.5}), all_of(two, 3));
    // On the near limit is not beyond it.
    EXPECT_EQ(causes({12, 10.5, 12.5}), all_of(none, 3));
    // The third on the other side, on the centre, or too far away.
    EXPECT_EQ(causes({12.5, 9.5, 12.5}), all_of(none, 3));
    EXPECT_EQ(causes({12.5, 10, 12.5}), all_of(none, 3));
    EXPECT_EQ(causes({12.5, 7.5, 7.5}), all_of(none, 3));
    EXPECT_EQ(causes({12.5, 10.5, 10.6, 12.5}), all_of(none, 4));
    // Two alone have no third.
    EXPECT_EQ(causes({12.5, 12.5}), all_of(none, 2));
}

TEST(Rules, a_point_outside_is_not_near_but_may_be_the_third) {
    EXPECT_EQ(causes({13.5, 10.5, 12.5}), (std::vector{outside, none, none}));
    EXPECT_EQ(causes({12.5, 13.5, 12.5}), (std::vector{two, outside, two}));
}

TEST(Rules, the_first_that_matches_is_told) {
    // A trend whose last point is outside, and whose last seven lie on one side.
    EXPECT_EQ(causes({10.1, 10.2, 10.3, 10.4, 10.5, 10.6, 13.5}),
              (std::vector{trend, trend, trend, trend, trend, trend, outside}));
    // Two near the limit within a shift.
    EXPECT_EQ(causes({10.5, 12.5, 12.4, 10.5, 11, 10.5, 11}),
              (std::vector{shift, two, two, shift, shift, shift, shift}));
}

TEST(Rules, missing_and_excluded_points_are_passed_over) {
    FixedLimits fixed({11, 10.5, 11, std::nullopt, 10.5, 11, 2, 10.5, 11});
    fixed.settings.excluded = {fixed.begin + 6};
    std::vector<SpecialCause> expected = all_of(shift, 9);
    expected[3] = expected[6] = none;
    EXPECT_EQ(fixed.causes(), expected);
}

// A second statement of the rules, window by window.

int sign(double number) { return (number > 0) - (number < 0); }

bool near_in_naive_window(const std::vector<double>& values, std::size_t at, const ControlLimits& limits) {
    const auto near = [&](double value) {
        return (value > limits.near_upper + 1e-9 && value <= limits.upper + 1e-9) ||
               (value < limits.near_lower - 1e-9 && value >= limits.lower - 1e-9);
    };
    if (!near(values[at])) return false;
    for (std::size_t first = at < 2 ? 0 : at - 2; first <= at && first + 2 < values.size(); ++first) {
        int sides = 0, nears = 0;
        for (std::size_t i = first; i < first + 3; ++i) {
            sides += std::abs(values[i] - limits.centre) < 1e-9 ? 0 : sign(values[i] - limits.centre);
            nears += near(values[i]);
        }
        if (std::abs(sides) == 3 && nears >= 2) return true;
    }
    return false;
}

template <typename Holds> bool in_window_of_seven(std::size_t size, std::size_t at, Holds holds) {
    for (std::size_t first = at < 6 ? 0 : at - 6; first <= at && first + 6 < size; ++first)
        if (holds(first)) return true;
    return false;
}

SpecialCause naive_cause(const std::vector<double>& values, std::size_t at, const ControlLimits& limits) {
    if (values[at] > limits.upper + 1e-9 || values[at] < limits.lower - 1e-9) return outside;
    const auto steps = [&](std::size_t first) {
        int sum = 0;
        for (std::size_t i = first; i < first + 6; ++i)
            sum += sign(values[i + 1] - values[i]);
        return std::abs(sum) == 6;
    };
    if (in_window_of_seven(values.size(), at, steps)) return trend;
    if (near_in_naive_window(values, at, limits)) return two;
    const auto sides = [&](std::size_t first) {
        int sum = 0;
        for (std::size_t i = first; i < first + 7; ++i)
            sum += std::abs(values[i] - limits.centre) < 1e-9 ? 0 : sign(values[i] - limits.centre);
        return std::abs(sum) == 7;
    };
    return in_window_of_seven(values.size(), at, sides) ? shift : none;
}

TEST(Rules, agree_with_a_second_statement_of_them) {
    std::mt19937 random(20181031);
    std::vector<std::size_t> found(5);
    for (int round = 0; round < 2000; ++round) {
        Series series = random_series(random, 12 + random() % 25);
        // Slow waves make trends and shifts that noise seldom does.
        for (std::size_t i = 0; i < series.size(); ++i)
            *series[i] = static_cast<double>(static_cast<int>(*series[i] / (1 + round % 6))) +
                         static_cast<double>(round % 3) * std::abs(double(i % 16) - 8);
        const ControlChart chart = xmr_chart(series, {});
        std::vector<double> values;
        for (const auto& value : series)
            values.push_back(*value);
        for (std::size_t i = 0; i < values.size(); ++i) {
            ASSERT_EQ(chart.points[i].cause, naive_cause(values, i, *chart.points[i].limits));
            ++found[static_cast<std::size_t>(chart.points[i].cause)];
        }
    }
    for (const std::size_t count : found)
        EXPECT_GT(count, 100U);
}

}  // namespace
}  // namespace optimat
