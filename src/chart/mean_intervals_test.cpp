#include "chart/mean_intervals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat::chart {

namespace {

using testing::HasSubstr;
using testing::Not;

ServiceMeans two_services() {
    return {"Mean methadone dose, mg",
            70.0,
            {{"Abbey", 40, 62.0, Interval{58, 66}, ServiceMark::own},
             {"Brook", 1, 90.0, std::nullopt, ServiceMark::other}}};
}

std::string drawn(const ServiceMeans& data) {
    return mean_intervals(data, {"means", "Mean dose", "Two services.", 600}).text();
}

}  // namespace

TEST(MeanIntervals, ServicesStandInOrderOfTheirNames) {
    const std::string svg = drawn(two_services());
    EXPECT_LT(svg.find(">Abbey<"), svg.find(">Brook<"));
}

TEST(MeanIntervals, MayHaveAnotherUnit) {
    ServiceMeans data = two_services();
    data.unit = "days";
    data.things = "starts";
    const std::string svg = drawn(data);
    EXPECT_THAT(svg, HasSubstr("all 70 days"));
    EXPECT_THAT(svg, HasSubstr("Abbey: 62 days of 40 starts"));
}

TEST(MeanIntervals, NameTheSizeOfTheListAndThePooledMean) {
    const std::string svg = drawn(two_services());
    EXPECT_THAT(svg, HasSubstr(">40<"));
    EXPECT_THAT(svg, HasSubstr("all 70 mg"));
    EXPECT_THAT(svg, HasSubstr("Abbey: mean 62 mg of 40 people"));
}

TEST(MeanIntervals, OnePersonHasAPointAndNoWhisker) {
    ServiceMeans data = two_services();
    data.services.erase(data.services.begin());
    data.pooled.reset();
    EXPECT_THAT(drawn(data), Not(HasSubstr("stroke-width=\"1.5\"")));
    EXPECT_THAT(drawn(two_services()), HasSubstr("stroke-width=\"2.5\""));
}

TEST(MeanIntervals, AnIntervalBelowNothingIsCutToTheScale) {
    ServiceMeans data{"Mean", std::nullopt, {{"Abbey", 2, 10.0, Interval{-30, 50}, ServiceMark::other}}};
    const std::string cut = drawn(data);
    data.services[0].interval = Interval{0, 50};
    EXPECT_EQ(cut, drawn(data));
}

TEST(MeanIntervals, OfManyServicesHaveTheScaleAboveThemToo) {
    const auto ends = [](std::size_t services) {
        ServiceMeans data{"Mean", 12.0, {}};
        for (std::size_t i = 0; i < services; ++i)
            data.services.push_back({"S" + std::to_string(i), 9, 12, Interval{10, 14}, ServiceMark::other});
        const std::string svg = drawn(data);
        std::size_t count = 0;
        for (std::size_t at = svg.find(">15<"); at != svg.npos; at = svg.find(">15<", at + 1))
            ++count;
        return count;
    };
    EXPECT_EQ(ends(5), 1U);
    EXPECT_EQ(ends(40), 2U);
}

}  // namespace optimat::chart
