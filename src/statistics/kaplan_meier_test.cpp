#include "statistics/kaplan_meier.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace optimat {
namespace {

constexpr Ending event = Ending::event, censored = Ending::censored;

// Remission of leukaemia under 6-mercaptopurine, weeks (Freireich and others 1963; Gehan 1965).
const std::vector<Duration> published = {
    {6, event},     {6, event},     {6, event},     {6, censored}, {7, event},     {9, censored},
    {10, event},    {10, censored}, {11, censored}, {13, event},   {16, event},    {17, censored},
    {19, censored}, {20, censored}, {22, event},    {23, event},   {25, censored}, {32, censored},
    {32, censored}, {34, censored}, {35, censored}};

const SurvivalStep& step_at(const SurvivalCurve& curve, std::int32_t time) {
    return *std::ranges::find(curve.steps, time, &SurvivalStep::time);
}

TEST(KaplanMeier, agrees_with_the_published_example) {
    const SurvivalCurve curve = kaplan_meier(published);
    const struct {
        std::int32_t time;
        std::int64_t at_risk, events;
        double survival, standard_error, low, high;
    } rows[] = {{6, 21, 3, 0.857, 0.0764, 0.620, 0.952},  {7, 17, 1, 0.807, 0.0869, 0.563, 0.923},
                {10, 15, 1, 0.753, 0.0963, 0.503, 0.889}, {13, 12, 1, 0.690, 0.1068, 0.432, 0.849},
                {16, 11, 1, 0.627, 0.1141, 0.368, 0.805}, {22, 7, 1, 0.538, 0.1282, 0.268, 0.747},
                {23, 6, 1, 0.448, 0.1346, 0.188, 0.680}};
    for (const auto& row : rows) {
        const SurvivalStep& step = step_at(curve, row.time);
        EXPECT_EQ(step.at_risk, row.at_risk) << row.time;
        EXPECT_EQ(step.events, row.events) << row.time;
        EXPECT_NEAR(step.survival, row.survival, 0.0005) << row.time;
        EXPECT_NEAR(std::sqrt(*step.variance), row.standard_error, 0.00005) << row.time;
        EXPECT_NEAR(step.interval->low, row.low, 0.0005) << row.time;
        EXPECT_NEAR(step.interval->high, row.high, 0.0005) << row.time;
    }
    EXPECT_EQ(curve.people, 21);
    EXPECT_EQ(curve.steps.size(), 16U);
    EXPECT_EQ(curve.median(), 23);
}

TEST(KaplanMeier, answers_at_any_time) {
    const SurvivalCurve curve = kaplan_meier(published);
    EXPECT_EQ(curve.survival_at(0), 1);
    EXPECT_EQ(curve.survival_at(5), 1);
    EXPECT_EQ(*curve.interval_at(5), (Interval{1, 1}));
    EXPECT_NEAR(*curve.survival_at(6), 18.0 / 21, 1e-12);
    EXPECT_EQ(curve.survival_at(9), curve.survival_at(7));
    EXPECT_EQ(curve.interval_at(9), curve.interval_at(7));
    EXPECT_EQ(curve.survival_at(35), curve.survival_at(23));
    EXPECT_FALSE(curve.survival_at(36));
    EXPECT_FALSE(curve.interval_at(36));
}

TEST(KaplanMeier, counts_those_at_risk) {
    const SurvivalCurve curve = kaplan_meier(published);
    const struct {
        std::int32_t time;
        std::int64_t at_risk;
    } rows[] = {{0, 21}, {6, 21}, {7, 17}, {10, 15}, {20, 8}, {21, 7}, {30, 4}, {35, 1}, {36, 0}};
    for (const auto& [time, at_risk] : rows)
        EXPECT_EQ(curve.at_risk_at(time), at_risk) << time;
}

TEST(KaplanMeier, nobody_survives_an_uncensored_end) {
    const SurvivalCurve curve = kaplan_meier(std::vector<Duration>{{2, event}, {1, event}});
    EXPECT_EQ(curve.median(), 1);
    EXPECT_EQ(curve.survival_at(2), 0);
    EXPECT_EQ(curve.survival_at(100), 0);
    EXPECT_FALSE(curve.steps.back().variance);
    EXPECT_FALSE(curve.interval_at(2));
}

TEST(KaplanMeier, half_is_half_whatever_rounding_does) {
    for (std::int32_t people = 2; people <= 400; people += 2) {
        std::vector<Duration> durations;
        for (std::int32_t day = 1; day <= people; ++day)
            durations.push_back({day, event});
        EXPECT_EQ(kaplan_meier(durations).median(), people / 2);
    }
}

TEST(KaplanMeier, without_events_everybody_survives) {
    const SurvivalCurve curve = kaplan_meier(std::vector<Duration>{{5, censored}, {9, censored}});
    EXPECT_EQ(curve.survival_at(9), 1);
    EXPECT_EQ(*curve.interval_at(9), (Interval{1, 1}));
    EXPECT_FALSE(curve.median());
}

TEST(KaplanMeier, somebody_censored_at_a_time_is_at_risk_of_its_events) {
    const SurvivalCurve curve = kaplan_meier(std::vector<Duration>{{3, censored}, {3, event}});
    EXPECT_EQ(curve.survival_at(3), 0.5);
    EXPECT_EQ(curve.median(), 3);
}

TEST(KaplanMeier, an_event_on_the_day_of_the_start_counts) {
    const SurvivalCurve curve =
        kaplan_meier(std::vector<Duration>{{0, event}, {4, censored}, {4, censored}, {4, censored}});
    EXPECT_EQ(curve.survival_at(0), 0.75);
    EXPECT_EQ(curve.at_risk_at(0), 4);
}

TEST(KaplanMeier, of_nobody_says_nothing) {
    const SurvivalCurve curve = kaplan_meier({});
    EXPECT_EQ(curve.people, 0);
    EXPECT_FALSE(curve.survival_at(0));
    EXPECT_FALSE(curve.median());
    EXPECT_EQ(curve.at_risk_at(0), 0);
}

std::vector<Duration> invented_durations(std::mt19937& random, bool with_censoring) {
    std::vector<Duration> durations(1 + random() % 40);
    for (Duration& duration : durations) {
        duration.length = static_cast<std::int32_t>(random() % 20);
        duration.ending = with_censoring && random() % 3 == 0 ? censored : event;
    }
    return durations;
}

TEST(KaplanMeier, without_censoring_is_the_share_that_lasts_longer) {
    std::mt19937 random(20181031);
    for (int round = 0; round < 200; ++round) {
        const auto durations = invented_durations(random, false);
        const SurvivalCurve curve = kaplan_meier(durations);
        for (std::int32_t time = 0; time < 20; ++time) {
            const auto longer = std::ranges::count_if(
                durations, [&](const Duration& duration) { return duration.length > time; });
            EXPECT_NEAR(*curve.survival_at(time), double(longer) / double(durations.size()), 1e-12);
        }
    }
}

TEST(KaplanMeier, agrees_with_the_definition_in_any_order) {
    std::mt19937 random(20181130);
    for (int round = 0; round < 200; ++round) {
        auto durations = invented_durations(random, true);
        const SurvivalCurve curve = kaplan_meier(durations);
        std::ranges::shuffle(durations, random);
        const SurvivalCurve again = kaplan_meier(durations);
        ASSERT_EQ(again.steps.size(), curve.steps.size());
        double expected = 1;
        std::int64_t counted = 0;
        for (std::size_t i = 0; i < curve.steps.size(); ++i) {
            const SurvivalStep& step = curve.steps[i];
            const auto at_risk = std::ranges::count_if(
                durations, [&](const Duration& each) { return each.length >= step.time; });
            const auto events = std::ranges::count_if(durations, [&](const Duration& each) {
                return each.length == step.time && each.ending == event;
            });
            expected *= 1 - double(events) / double(at_risk);
            EXPECT_EQ(step.at_risk, at_risk);
            EXPECT_NEAR(step.survival, expected, 1e-12);
            EXPECT_EQ(again.steps[i].survival, step.survival);
            if (step.interval) {
                EXPECT_LE(step.interval->low, step.survival);
                EXPECT_GE(step.interval->high, step.survival);
            }
            counted += step.events + step.censored;
        }
        EXPECT_EQ(counted, curve.people);
    }
}

}  // namespace
}  // namespace optimat
