// Arithmetic of the drawings: bars sum to the whole, flows keep their people, bins keep to one side of the
// threshold.

#include "chart/histogram.hpp"
#include "chart/invented_figures.hpp"
#include "chart/sankey_layout.hpp"
#include "chart/stacked_share_layout.hpp"
#include "chart/time_axis.hpp"

#include <gmock/gmock.h>
#include <numeric>
#include <random>

namespace optimat::chart {
namespace {

using testing::ElementsAre;

TEST(Stack, parts_fill_the_bar_and_follow_the_people) {
    std::mt19937 random(3);
    std::uniform_int_distribution<std::int64_t> people(0, 40);
    for (int round = 0; round < 1000; ++round) {
        ShareMonth month;
        for (std::int64_t& part : month.people)
            part = people(random);
        if (month.in_cohorts() == 0) continue;
        const auto segments = stack_segments(month, 20, 320);
        EXPECT_EQ(segments[0].bottom, 320);
        EXPECT_NEAR(segments[3].top, 20, 1e-9);
        for (std::size_t i = 0; i < cohort_count; ++i) {
            EXPECT_NEAR(segments[i].height(), 300 * *month.share(static_cast<Cohort>(i)), 1e-9);
            if (i > 0) {
                EXPECT_EQ(segments[i].bottom, segments[i - 1].top);
            }
        }
    }
}

TEST(Stack, of_nobody_is_empty) {
    for (const Segment& segment : stack_segments(ShareMonth{}, 20, 320))
        EXPECT_EQ(segment.height(), 0);
    EXPECT_EQ(ShareMonth{}.share(Cohort::red), std::nullopt);
    EXPECT_EQ(ShareMonth{}.uncategorised_share(), std::nullopt);
}

TEST(Stack, months_are_labelled_in_two_lines) {
    EXPECT_EQ(month_label("to 15 Oct 2018").first, "to 15 Oct");
    EXPECT_EQ(month_label("to 15 Oct 2018").second, "2018");
}

TEST(SankeyLayout, keeps_everybody) {
    const Sankey data = invented::flows();
    const SankeyLayout layout = lay_out(data, 26, 400, 10);
    const double pixels = 400.0 / static_cast<double>(data.total());
    std::int64_t people = 0;
    for (const FlowBand& band : layout.bands) {
        people += band.people;
        EXPECT_NEAR(band.height, static_cast<double>(band.people) * pixels, 1e-9);
    }
    EXPECT_EQ(people, data.total());
    for (const FlowNode& node : layout.before) {
        double out = 0;
        for (const FlowBand& band : layout.bands)
            if (band.from == node.end) {
                EXPECT_NEAR(band.from_top, node.top + out, 1e-9);
                out += band.height;
            }
        EXPECT_NEAR(out, node.height, 1e-9);
    }
    for (const FlowNode& node : layout.now) {
        double in = 0;
        for (const FlowBand& band : layout.bands)
            if (band.to == node.end) {
                EXPECT_NEAR(band.to_top, node.top + in, 1e-9);
                in += band.height;
            }
        EXPECT_NEAR(in, node.height, 1e-9);
    }
}

TEST(HistogramBins, keep_everybody_and_never_straddle_the_threshold) {
    std::mt19937 random(5);
    std::uniform_int_distribution<std::int64_t> dose(0, 180'000);
    for (const std::int64_t threshold : {60'000, 7'500, 12'000, 0, 61'300}) {
        std::vector<Micrograms> doses(500);
        for (Micrograms& each : doses)
            each.number = dose(random);
        const Histogram bins = make_histogram(doses, Micrograms{threshold});
        EXPECT_EQ(std::accumulate(bins.people.begin(), bins.people.end(), std::int64_t{0}), 500);
        EXPECT_EQ((threshold - bins.first_edge.number) % bins.bin_width.number, 0);
        std::int64_t below = 0, below_bins = 0;
        for (const Micrograms each : doses)
            below += each.number < threshold ? 1 : 0;
        for (std::size_t i = 0; i < bins.people.size(); ++i)
            if (bins.first_edge.number + static_cast<std::int64_t>(i) * bins.bin_width.number < threshold)
                below_bins += bins.people[i];
        EXPECT_EQ(below, below_bins);
        EXPECT_LE(bins.people.size(), 30u);
    }
}

TEST(HistogramBins, of_no_doses_are_none) { EXPECT_TRUE(make_histogram({}, milligrams(60)).people.empty()); }

TEST(TimeTicks, are_months_quarters_or_years) {
    const auto labels = [](Day from, Day to, int most) {
        std::vector<std::string> texts;
        for (const TimeTick& tick : time_ticks(from, to, most))
            texts.push_back(tick.label);
        return texts;
    };
    EXPECT_THAT(labels(*day_of(2018, 8, 10), *day_of(2018, 10, 31), 12), ElementsAre("Sep 2018", "Oct"));
    EXPECT_THAT(labels(*day_of(2018, 10, 1), *day_of(2018, 10, 31), 12),
                ElementsAre("1 Oct", "8 Oct", "15 Oct", "22 Oct", "29 Oct"));
    EXPECT_THAT(labels(*day_of(2018, 10, 1), *day_of(2018, 10, 31), 3),
                ElementsAre("1 Oct", "15 Oct", "29 Oct"));
    EXPECT_THAT(labels(*day_of(2017, 9, 1), *day_of(2018, 10, 31), 6),
                ElementsAre("Oct 2017", "Jan 2018", "Apr", "Jul", "Oct"));
    EXPECT_THAT(labels(*day_of(2008, 11, 1), *day_of(2018, 10, 31), 12).size(), 10u);
    EXPECT_THAT(labels(*day_of(2008, 11, 1), *day_of(2018, 10, 31), 5),
                ElementsAre("2010", "2012", "2014", "2016", "2018"));
}

}  // namespace
}  // namespace optimat::chart
