#include "statistics/poisson.hpp"

#include "statistics/interval.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

struct CountVector {
    std::int64_t events;
    double low, high;
};

void expect_exact(const CountVector& vector, double z) {
    const Interval found = count_interval(vector.events, CountMethod::exact, z);
    EXPECT_NEAR(found.low, vector.low, 1e-9 * (vector.low + 1)) << vector.events;
    EXPECT_NEAR(found.high, vector.high, 1e-9 * vector.high) << vector.events;
}

TEST(Gamma, agrees_with_values_of_thirty_digit_arithmetic) {
    EXPECT_NEAR(regularised_gamma(3, 2.5), 0.45618688411667, 1e-13);
    EXPECT_NEAR(regularised_gamma(0.5, 0.5), 0.682689492137086, 1e-13);
    EXPECT_NEAR(regularised_gamma(100, 90), 0.15822098918643, 1e-12);
    EXPECT_NEAR(regularised_gamma(100, 120), 0.972136260109479, 1e-12);
    EXPECT_EQ(regularised_gamma(3, 0), 0);
}

// Garwood's limits with thirty-digit arithmetic; those of 95 % are also in the tables of Breslow and Day.
TEST(CountInterval, exact_agrees_with_garwood) {
    for (const CountVector& vector : {CountVector{0, 0, 3.68887949},
                                      {1, 0.02531780706, 5.571643434},
                                      {2, 0.2422092738, 7.224687715},
                                      {5, 1.623486374, 11.66833214},
                                      {10, 4.795388667, 18.39035611},
                                      {50, 37.11096365, 65.9187668},
                                      {100, 81.36399112, 121.626794},
                                      {1000, 938.9730179, 1063.952137},
                                      {27080, 26758.41648, 27404.48377}})
        expect_exact(vector, z_of_95);
    for (const CountVector& vector : {CountVector{0, 0, 6.907754248},
                                      {1, 0.001000501366, 9.233412334},
                                      {10, 2.960520786, 24.13396946},
                                      {27080, 26574.31986, 27592.38919}})
        expect_exact(vector, z_of_998);
}

TEST(CountInterval, byar_is_close_to_exact_from_ten_events_on) {
    for (const std::int64_t events : {10, 20, 50, 100, 1000}) {
        const Interval exact = count_interval(events, CountMethod::exact, z_of_95);
        const Interval byar = count_interval(events, CountMethod::byar, z_of_95);
        EXPECT_NEAR(byar.low, exact.low, 0.01);
        EXPECT_NEAR(byar.high, exact.high, 0.01);
        EXPECT_NE(byar.low, exact.low);
    }
    EXPECT_EQ(count_interval(0, CountMethod::byar, z_of_95).low, 0);
    EXPECT_GE(count_interval(1, CountMethod::byar, z_of_998).low, 0);
}

TEST(CountInterval, contains_its_count_and_widens_with_it) {
    double width = 0;
    for (std::int64_t events = 0; events < 200; ++events) {
        const Interval found = count_interval(events, CountMethod::exact, z_of_95);
        EXPECT_LE(found.low, static_cast<double>(events));
        EXPECT_GT(found.high, static_cast<double>(events));
        EXPECT_GT(found.high - found.low, width);
        width = found.high - found.low;
    }
}

TEST(Rate, is_per_100_person_years) {
    // Ten events in 400 years.
    const std::int64_t days = 146'100;
    EXPECT_DOUBLE_EQ(*rate_per_100_person_years(10, days), 2.5);
    const Interval found = *rate_interval(10, days, CountMethod::exact, z_of_95);
    EXPECT_NEAR(found.low, 4.795388667 / 4, 1e-9);
    EXPECT_NEAR(found.high, 18.39035611 / 4, 1e-8);
    EXPECT_EQ(*rate_per_100_person_years(0, days), 0);
}

TEST(Rate, of_nobody_observed_is_nothing) {
    EXPECT_FALSE(rate_per_100_person_years(0, 0));
    EXPECT_FALSE(rate_interval(0, 0, CountMethod::byar, z_of_95));
}

}  // namespace
}  // namespace optimat
