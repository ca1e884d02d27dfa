#include "chart/service_share.hpp"

#include <gtest/gtest.h>

namespace optimat::chart {
namespace {

TEST(Wilson, agrees_with_published_intervals) {
    // Newcombe 1998, table I, method 3 (score without continuity correction).
    const Interval a = wilson_interval(81, 263);
    EXPECT_NEAR(a.low, 0.2553, 5e-5);
    EXPECT_NEAR(a.high, 0.3662, 5e-5);
    const Interval b = wilson_interval(15, 148);
    EXPECT_NEAR(b.low, 0.0624, 5e-5);
    EXPECT_NEAR(b.high, 0.1605, 5e-5);
    const Interval none = wilson_interval(0, 20);
    EXPECT_EQ(none.low, 0);
    EXPECT_NEAR(none.high, 0.1611, 5e-5);
    const Interval nearly_none = wilson_interval(1, 29);
    EXPECT_NEAR(nearly_none.low, 0.0061, 5e-5);
    EXPECT_NEAR(nearly_none.high, 0.1718, 5e-5);
    EXPECT_EQ(wilson_interval(20, 20).high, 1);
}

TEST(FunnelLimits, follow_the_rule_and_are_cut_to_0_and_1) {
    const Interval limits = funnel_limits(0.3, 100, z_95);
    EXPECT_NEAR(limits.low, 0.3 - 1.959964 * 0.0458258, 1e-6);
    EXPECT_NEAR(limits.high, 0.3 + 1.959964 * 0.0458258, 1e-6);
    EXPECT_EQ(funnel_limits(0.1, 4, z_998).low, 0);
    EXPECT_EQ(funnel_limits(0.9, 4, z_998).high, 1);
}

TEST(FunnelLimits, tell_who_lies_outside) {
    EXPECT_TRUE(is_outside({"A", 50, 100}, 0.3));
    EXPECT_FALSE(is_outside({"B", 40, 100}, 0.3));
    EXPECT_FALSE(is_outside({"C", 0, 0}, 0.3));
}

TEST(FunnelLimits, judge_nobody_where_fewer_than_5_are_expected) {
    EXPECT_FALSE(is_outside({"A", 20, 20}, 0.2)) << "4 are expected";
    EXPECT_TRUE(is_outside({"A", 25, 25}, 0.2));
    EXPECT_FALSE(is_outside({"B", 0, 20}, 0.8)) << "4 of the others are expected";
    ServiceShares data{"m", "l", {{"A", 20, 20}}, 0.001};
    EXPECT_FALSE(is_outside(data, data.services[0], 0.2));
}

TEST(ShareScales, lie_near_the_services) {
    const ServiceShares data{"m", "l", {{"A", 770, 1000}, {"B", 800, 1000}, {"C", 740, 1000}}};
    const Ticks funnel = funnel_ticks(data), intervals = interval_ticks(data);
    EXPECT_GE(funnel.first(), 0.7);
    EXPECT_LE(funnel.last(), 0.86);
    EXPECT_EQ(scale_words(funnel), "; scale from 72%");
    for (const ServiceShare& service : data.services) {
        EXPECT_LT(intervals.first(), wilson_interval(service.people, service.of).low);
        EXPECT_GT(intervals.last(), wilson_interval(service.people, service.of).high);
    }
    const ServiceShares rare{"m", "l", {{"A", 2, 100}, {"B", 0, 100}}};
    EXPECT_EQ(funnel_ticks(rare).first(), 0);
    EXPECT_EQ(scale_words(funnel_ticks(rare)), "");
    EXPECT_EQ(funnel_ticks({"m", "l", {{"A", 3, 3}, {"B", 0, 3}}}).last(), 1);
    EXPECT_EQ(funnel_ticks({"m", "l", {}}).last(), 1);
}

TEST(WidenedLimits, let_services_differ_by_more_than_chance) {
    ServiceShares data{"m", "l", {{"A", 420, 1000}, {"B", 180, 1000}, {"C", 300, 1000}}};
    EXPECT_TRUE(is_outside(data, data.services[0], 0.3));
    data.tau_squared = 0.02;
    EXPECT_FALSE(is_outside(data, data.services[0], 0.3));
    EXPECT_FALSE(is_outside(data, {"D", 0, 0}, 0.3));
    const Interval wide = limits_of(data, 0.3, 1000, z_95), narrow = funnel_limits(0.3, 1000, z_95);
    EXPECT_LT(wide.low, narrow.low);
    EXPECT_GT(wide.high, narrow.high);
}

TEST(Pooled, is_of_all_people_and_not_of_services) {
    ServiceShares data{"m", "l", {{"A", 1, 10}, {"B", 90, 90}}};
    EXPECT_DOUBLE_EQ(*data.pooled(), 0.91);
    data.services.clear();
    EXPECT_EQ(data.pooled(), std::nullopt);
}

}  // namespace
}  // namespace optimat::chart
