#include "statistics/interval.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

// Published vectors are printed to six digits.
constexpr double printed = 0.5e-6;

void expect_interval(const std::optional<Interval>& found, double low, double high) {
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->low, low, printed);
    EXPECT_NEAR(found->high, high, printed);
}

TEST(Wilson, agrees_with_published_vectors) {
    EXPECT_NEAR(92.0 / 518.0, 0.177606, printed);
    expect_interval(wilson_interval(92, 518, z_of_95), 0.147103, 0.212856);
    expect_interval(wilson_interval(92, 518, z_of_998), 0.131692, 0.235192);
    expect_interval(wilson_interval(0, 10, z_of_95), 0, 0.277533);
}

TEST(Wilson, stays_within_0_and_1_and_is_symmetric) {
    EXPECT_EQ(wilson_interval(0, 10, z_of_95)->low, 0);
    EXPECT_EQ(wilson_interval(10, 10, z_of_95)->high, 1);
    for (int x = 0; x <= 10; ++x) {
        const Interval one = *wilson_interval(x, 10, z_of_998),
                       other = *wilson_interval(10 - x, 10, z_of_998);
        EXPECT_NEAR(one.low, 1 - other.high, 1e-12);
        EXPECT_LE(one.low, x / 10.0);
        EXPECT_GE(one.high, x / 10.0);
    }
}

TEST(Funnel, limits_agree_with_published_vectors) {
    const struct {
        int n;
        double low_95, high_95, low_998, high_998;
    } vectors[] = {{50, 0.105179, 0.334821, 0.038964, 0.401036},
                   {100, 0.138809, 0.301191, 0.091988, 0.348012},
                   {393, 0.179045, 0.260955, 0.155427, 0.284573},
                   {518, 0.184327, 0.255673, 0.163755, 0.276245}};
    for (const auto& vector : vectors) {
        expect_interval(funnel_limits(0.22, vector.n, z_of_95), vector.low_95, vector.high_95);
        expect_interval(funnel_limits(0.22, vector.n, z_of_998), vector.low_998, vector.high_998);
    }
}

TEST(Funnel, limits_are_cut_to_0_and_1) {
    EXPECT_EQ(funnel_limits(0.1, 2, z_of_998)->low, 0);
    EXPECT_EQ(funnel_limits(0.9, 2, z_of_998)->high, 1);
}

TEST(Funnel, a_service_below_95_is_a_look_and_no_alarm) {
    EXPECT_EQ(funnel_position(92, 518, 0.22), FunnelPosition::low_95);
    EXPECT_EQ(funnel_position(84, 518, 0.22), FunnelPosition::low_998);
    EXPECT_EQ(funnel_position(114, 518, 0.22), FunnelPosition::inside);
    EXPECT_EQ(funnel_position(133, 518, 0.22), FunnelPosition::high_95);
    EXPECT_EQ(funnel_position(144, 518, 0.22), FunnelPosition::high_998);
}

TEST(Funnel, a_share_on_a_limit_is_inside) {
    // Everybody pooled is in the numerator: both limits are 1.
    EXPECT_EQ(funnel_position(7, 7, 1), FunnelPosition::inside);
    EXPECT_EQ(funnel_position(0, 7, 0), FunnelPosition::inside);
    // Cut limits: 0 of 2 is on the lower limit 0.
    EXPECT_EQ(funnel_position(0, 2, 0.1), FunnelPosition::inside);
    EXPECT_EQ(funnel_position(2, 2, 0.9), FunnelPosition::inside);
}

TEST(Interval, of_nobody_is_nothing) {
    EXPECT_FALSE(wilson_interval(0, 0, z_of_95));
    EXPECT_FALSE(funnel_limits(0.5, 0, z_of_95));
    EXPECT_FALSE(funnel_position(0, 0, 0.5));
}

}  // namespace
}  // namespace optimat
