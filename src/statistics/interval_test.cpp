#include "statistics/interval.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <vector>

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

TEST(Funnel, arcsine_limits_agree_with_published_vectors) {
    const struct {
        int n;
        double low_95, high_95, low_998, high_998;
    } vectors[] = {{50, 0.117331, 0.344044, 0.070988, 0.421644},
                   {100, 0.144689, 0.306033, 0.107279, 0.359247},
                   {518, 0.185408, 0.256667, 0.166505, 0.278649}};
    for (const auto& vector : vectors) {
        expect_interval(arcsine_funnel_limits(0.22, vector.n, z_of_95), vector.low_95, vector.high_95);
        expect_interval(arcsine_funnel_limits(0.22, vector.n, z_of_998), vector.low_998, vector.high_998);
    }
}

TEST(Funnel, arcsine_limits_stop_at_0_and_1) {
    EXPECT_EQ(arcsine_funnel_limits(0.01, 5, z_of_998)->low, 0);
    EXPECT_EQ(arcsine_funnel_limits(0.99, 5, z_of_998)->high, 1);
    EXPECT_EQ(arcsine_funnel_limits(0, 5, z_of_998)->low, 0);
}

// The published percentages of the October 2018 figures: each of its denominator, not of another.
TEST(Share, agrees_with_published_percentages) {
    const struct {
        int numerator, denominator;
        double percent;
    } published[] = {{31, 518, 5.98},   {262, 518, 50.58}, {92, 518, 17.76},  {170, 518, 32.82},
                     {2, 518, 0.39},    {258, 518, 49.81}, {108, 393, 27.48}, {52, 393, 13.23},
                     {95, 393, 24.17},  {81, 393, 20.61},  {57, 393, 14.50},  {2173, 3808, 57.1},
                     {1635, 3808, 42.9}};
    for (const auto& [numerator, denominator, percent] : published) {
        const double share = double(numerator) / denominator;
        EXPECT_NEAR(100 * share, percent, denominator == 3808 ? 0.05 : 0.005);
        const Interval interval = *wilson_interval(numerator, denominator, z_of_95);
        EXPECT_LT(interval.low, share);
        EXPECT_GT(interval.high, share);
    }
}

std::vector<FunnelCount> invented_services() {
    return {{12, 50},  {30, 100}, {95, 393}, {92, 518},  {10, 40}, {60, 200},
            {33, 210}, {75, 300}, {5, 45},   {160, 480}, {20, 95}, {70, 350}};
}
constexpr double invented_pooled = 662.0 / 2781.0;

TEST(OverDispersion, agrees_with_a_second_calculation) {
    const OverDispersion found = over_dispersion(invented_services(), invented_pooled);
    EXPECT_EQ(found.services, 12U);
    EXPECT_NEAR(found.phi, 2.909353437884348, 1e-12);
    EXPECT_NEAR(found.tau_squared, 0.002459667445614171, 1e-15);
    expect_interval(arcsine_funnel_limits(invented_pooled, 518, z_of_95, found.tau_squared), 0.154069,
                    0.333818);
}

TEST(OverDispersion, widens_the_funnel_and_moves_a_service_inside) {
    const OverDispersion found = over_dispersion(invented_services(), invented_pooled);
    EXPECT_EQ(funnel_position(160, 480, invented_pooled), FunnelPosition::high_998);
    EXPECT_EQ(funnel_position(160, 480, invented_pooled, found), FunnelPosition::inside);
    EXPECT_EQ(funnel_position(160, 480, invented_pooled, OverDispersion{}), FunnelPosition::high_998);
    for (int n : {20, 200, 2000}) {
        const Interval narrow = *arcsine_funnel_limits(0.3, n, z_of_95);
        const Interval wide = *arcsine_funnel_limits(0.3, n, z_of_95, found.tau_squared);
        EXPECT_LT(wide.low, narrow.low);
        EXPECT_GT(wide.high, narrow.high);
    }
}

TEST(OverDispersion, of_equal_services_has_a_closed_form) {
    // Winsorising leaves the two equal halves as they are.
    std::vector<FunnelCount> services;
    for (int i = 0; i < 10; ++i)
        services.push_back({i % 2 == 0 ? 40 : 80, 200});
    const double pooled = 0.3;
    const double low = 2 * std::sqrt(200) * (std::asin(std::sqrt(0.2)) - std::asin(std::sqrt(0.3)));
    const double high = 2 * std::sqrt(200) * (std::asin(std::sqrt(0.4)) - std::asin(std::sqrt(0.3)));
    const OverDispersion found = over_dispersion(services, pooled);
    EXPECT_NEAR(found.phi, (low * low + high * high) / 2, 1e-12);
    EXPECT_NEAR(found.tau_squared, (10 * found.phi - 9) / (4 * 200 * 9), 1e-15);
}

TEST(OverDispersion, is_none_under_chance_alone_and_for_one_service) {
    EXPECT_EQ(over_dispersion(std::vector<FunnelCount>{{22, 100}, {21, 100}, {23, 100}}, 0.22).tau_squared,
              0);
    EXPECT_EQ(over_dispersion(std::vector<FunnelCount>{{90, 100}}, 0.22).tau_squared, 0);
    EXPECT_EQ(over_dispersion({}, 0.22).services, 0U);
    EXPECT_EQ(over_dispersion(std::vector<FunnelCount>{{0, 0}}, 0.22).services, 0U);
}

TEST(OverDispersion, passes_over_services_without_a_share) {
    std::vector<FunnelCount> services = invented_services();
    const OverDispersion before = over_dispersion(services, invented_pooled);
    services.insert(services.begin() + 3, FunnelCount{0, 0});
    const OverDispersion after = over_dispersion(services, invented_pooled);
    EXPECT_EQ(after.services, before.services);
    EXPECT_EQ(after.tau_squared, before.tau_squared);
}

TEST(Interval, of_nobody_is_nothing) {
    EXPECT_FALSE(arcsine_funnel_limits(0.5, 0, z_of_95));
    EXPECT_FALSE(funnel_position(0, 0, 0.5, OverDispersion{}));
    EXPECT_FALSE(wilson_interval(0, 0, z_of_95));
    EXPECT_FALSE(funnel_limits(0.5, 0, z_of_95));
    EXPECT_FALSE(funnel_position(0, 0, 0.5));
}

}  // namespace
}  // namespace optimat
