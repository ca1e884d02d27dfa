#include "chart/scale.hpp"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <random>

namespace optimat::chart {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::Pointwise;

TEST(Scale, maps_ends_to_ends_and_nothing_to_the_middle) {
    const Scale scale{0, 10, 300, 20};
    EXPECT_DOUBLE_EQ(scale(0), 300);
    EXPECT_DOUBLE_EQ(scale(10), 20);
    EXPECT_DOUBLE_EQ(scale(5), 160);
    EXPECT_DOUBLE_EQ((Scale{3, 3, 0, 10}(3)), 5);
}

TEST(Ticks, are_round_cover_the_figures_and_are_few) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> power(-3, 6);
    for (int i = 0; i < 2000; ++i) {
        const double highest = std::pow(10, power(random));
        const Ticks ticks = nice_ticks(highest, 5);
        EXPECT_GE(ticks.last(), highest * (1 - 1e-8));
        EXPECT_LT(ticks.last() - ticks.step, highest);
        EXPECT_LE(ticks.at.size(), 6u);
        EXPECT_EQ(ticks.at.front(), 0);
        const double lead = ticks.step / std::pow(10, std::floor(std::log10(ticks.step) + 1e-9));
        EXPECT_TRUE(std::abs(lead - 1) < 1e-6 || std::abs(lead - 2) < 1e-6 || std::abs(lead - 5) < 1e-6)
            << lead;
    }
}

TEST(Ticks, of_people_are_whole) {
    EXPECT_THAT(whole_ticks(2).at, ElementsAre(0, 1, 2));
    EXPECT_THAT(whole_ticks(0).at, ElementsAre(0, 1));
    EXPECT_THAT(whole_ticks(94).at, ElementsAre(0, 20, 40, 60, 80, 100));
}

TEST(Ticks, between_two_figures_stay_between) {
    EXPECT_THAT(ticks_between(22, 61, 5), ElementsAre(30, 40, 50, 60));
    EXPECT_THAT(ticks_between(0, 0.6, 4), Pointwise(DoubleNear(1e-12), {0.0, 0.2, 0.4, 0.6}));
}

TEST(Labels, that_touch_nothing_stay) {
    EXPECT_THAT(spread_labels({10, 50, 90}, 15, 0, 100), ElementsAre(10, 50, 90));
}

TEST(Labels, of_equal_places_part_around_them) {
    EXPECT_THAT(spread_labels({50, 50}, 20, 0, 100), ElementsAre(40, 60));
}

TEST(Labels, never_overlap_and_keep_their_order) {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> place(-20, 320);
    for (std::size_t round = 0; round < 3000; ++round) {
        std::vector<double> wanted(1 + round % 12);
        for (double& at : wanted)
            at = place(random);
        const std::vector<double> at = spread_labels(wanted, 16, 0, 300);
        for (std::size_t i = 0; i < at.size(); ++i) {
            EXPECT_GE(at[i], -1e-9);
            EXPECT_LE(at[i], 300 + 1e-9);
            for (std::size_t j = 0; j < at.size(); ++j) {
                if (i == j) continue;
                EXPECT_GE(std::abs(at[i] - at[j]), 16 - 1e-9);
                if (wanted[i] < wanted[j]) {
                    EXPECT_LT(at[i], at[j]);
                }
            }
        }
    }
}

TEST(Labels, without_room_are_spread_evenly) {
    EXPECT_THAT(spread_labels({5, 5, 5}, 20, 0, 10), ElementsAre(0, 5, 10));
}

TEST(Labels, are_written_in_order_of_importance) {
    EXPECT_THAT(labels_that_fit({10, 12, 40}, {8, 8, 8}, 2), ElementsAre(true, false, true));
}

TEST(Labels, are_thinned_to_what_columns_hold) {
    EXPECT_EQ(label_stride(12, 60, 30), 1u);
    EXPECT_EQ(label_stride(24, 20, 30), 2u);
    EXPECT_EQ(label_stride(36, 6, 30), 6u);
    EXPECT_EQ(label_stride(240, 1, 30), 36u);
}

TEST(Ticks, cover_a_range_that_does_not_begin_at_0) {
    const Ticks ticks = ticks_over(0.62, 0.81);
    EXPECT_DOUBLE_EQ(ticks.step, 0.05);
    EXPECT_DOUBLE_EQ(ticks.first(), 0.6);
    EXPECT_DOUBLE_EQ(ticks.last(), 0.85);
    EXPECT_EQ(ticks_over(0.9, 1).last(), 1);
    EXPECT_THAT(ticks_over(3, 3).at, ElementsAre(0, 1, 2, 3));
}

TEST(Text, is_cut_between_characters) {
    EXPECT_EQ(fit_text("Ayr", 13, 100), "Ayr");
    const std::string cut = fit_text("ééééééééééééééé", 13, 60);
    EXPECT_LE(text_width(cut, 13), 60 + 13);
    EXPECT_TRUE(cut.ends_with("…"));
    EXPECT_EQ((cut.size() - 3) % 2, 0u);
}

}  // namespace
}  // namespace optimat::chart
