// What holds for every drawing: the pages' policy, names for those who cannot see it, ids of its own; and the
// figures as they are written.

#include "chart/drawing.hpp"
#include "chart/funnel.hpp"
#include "chart/interval_plot.hpp"
#include "chart/invented_figures.hpp"
#include "chart/line_chart.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <regex>

namespace optimat::chart {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::string> all_drawings() {
    const Frame frame = invented::frame("c1");
    return {stacked_share({invented::months(24, MonthKind::part)}, frame).text(),
            cohort_lines({invented::months(12)}, frame).text(),
            line_chart(invented::issues_by_import(), frame).text(),
            sankey(invented::flows(), frame).text(),
            spread_strip(invented::strip(), frame).text(),
            spread_strip_inline(invented::strip(), frame).text(),
            histogram(make_histogram(invented::doses(), milligrams(60)), frame).text(),
            funnel(invented::services(), frame).text(),
            interval_plot(invented::services(), frame).text(),
            client_picture(invented::person(18), frame).text()};
}

TEST(Drawing, holds_nothing_that_the_policy_forbids) {
    for (const std::string& svg : all_drawings()) {
        EXPECT_THAT(svg, Not(HasSubstr(" style=")));
        EXPECT_THAT(svg, Not(HasSubstr("<style")));
        EXPECT_THAT(svg, Not(HasSubstr("<script")));
        EXPECT_THAT(svg, Not(HasSubstr("nan")));
    }
}

TEST(Drawing, is_named_and_described) {
    for (const std::string& svg : all_drawings()) {
        EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-labelledby=\"c1-title c1-desc\""));
        EXPECT_THAT(svg, HasSubstr("<title id=\"c1-title\">Invented figures</title>"));
        EXPECT_THAT(svg, HasSubstr("5 &lt; 6 &amp; &quot;quotes&quot;"));
    }
}

TEST(Drawing, has_ids_of_its_own_and_refers_to_no_other) {
    const std::regex id(" id=\"([^\"]*)\""), reference("url\\(#([^)]*)\\)");
    for (const std::string& svg : all_drawings()) {
        std::vector<std::string> ids;
        for (std::sregex_iterator i(svg.begin(), svg.end(), id), end; i != end; ++i) {
            EXPECT_THAT(i->str(1), testing::StartsWith("c1-"));
            EXPECT_THAT(ids, Not(testing::Contains(i->str(1))));
            ids.push_back(i->str(1));
        }
        for (std::sregex_iterator i(svg.begin(), svg.end(), reference), end; i != end; ++i)
            EXPECT_THAT(ids, testing::Contains(i->str(1)));
    }
}

TEST(Drawing, keeps_every_text_within_its_width) {
    const std::regex text("<text x=\"([-0-9.]+)\" y=\"[-0-9.]+\"");
    for (const std::string& svg : all_drawings())
        for (std::sregex_iterator i(svg.begin(), svg.end(), text), end; i != end; ++i) {
            EXPECT_GE(std::stod(i->str(1)), 0);
            EXPECT_LE(std::stod(i->str(1)), full_width);
        }
}

TEST(Drawing, of_nothing_is_an_empty_chart) {
    const Frame frame = invented::frame("c1");
    const Day day = *day_of(2018, 10, 31);
    Sankey nobody{"Sep 2018", "Oct 2018", {{"Red", "Red", FlowInk::red}}, {{0}}};
    SpreadStrip one_service{0.2, 0.2, 0.2, 0.2, 0.2, {0.2}, 0.2, "Service A", 0.2, 0.2, Unit::share};
    const std::vector<Html> drawings = {stacked_share({}, frame),
                                        cohort_lines({}, frame),
                                        line_chart({}, frame),
                                        sankey(nobody, frame),
                                        sankey({}, frame),
                                        spread_strip(one_service, frame),
                                        histogram(make_histogram({}, milligrams(60)), frame),
                                        histogram(make_histogram({milligrams(0)}, std::nullopt), frame),
                                        funnel({}, frame),
                                        interval_plot({}, frame),
                                        client_picture({day, day, {}, {}, {}, {}, {}, {}, {}}, frame)};
    for (const Html& drawing : drawings)
        EXPECT_THAT(drawing.text(), testing::StartsWith("<svg class=\"app-chart__svg\""));
}

TEST(Drawing, of_everybody_in_one_cohort_fills_the_bar) {
    StackedShare data{invented::months(1)};
    data.months[0].people = {5, 0, 0, 0};
    EXPECT_THAT(stacked_share(data, invented::frame("c1")).text(), HasSubstr("Red: 5 of 5 (100%)"));
}

TEST(Words, of_shares_never_round_somebody_away) {
    EXPECT_EQ(percent_text(0), "0%");
    EXPECT_EQ(percent_text(0.001), "<1%");
    EXPECT_EQ(percent_text(0.455), "46%");
    EXPECT_EQ(percent_text(0.999), ">99%");
    EXPECT_EQ(percent_text(1), "100%");
}

TEST(Words, of_counts_and_doses) {
    EXPECT_EQ(count_text(7), "7");
    EXPECT_EQ(count_text(27080), "27,080");
    EXPECT_EQ(count_text(1000000), "1,000,000");
    EXPECT_EQ(dose_text(71.5), "72 mg");
    EXPECT_EQ(dose_text(71.49), "71 mg");
    EXPECT_EQ(number_text_short(0.30000000000000004), "0.3");
}

TEST(Figure, carries_data_that_the_browser_reads_back) {
    const auto json =
        nlohmann::json::parse(chart_data_json(StackedShare{invented::months(2, MonthKind::part)}));
    EXPECT_EQ(json["months"].size(), 2u);
    EXPECT_EQ(json["months"][1]["part"], true);
    EXPECT_EQ(json["months"][0]["people"].size(), 4u);
    EXPECT_EQ(nlohmann::json::parse(chart_data_json(invented::flows()))["people"][0][1], 14);
    EXPECT_EQ(nlohmann::json::parse(funnel_data_json(invented::services()))["services"].size(), 24u);
    const std::string figure = stacked_share_figure({invented::months(2)}, invented::frame("c1")).text();
    EXPECT_THAT(figure, HasSubstr("<figure class=\"app-chart\" data-chart=\"stacked_share\" "
                                  "data-chart-data=\"{&quot;months&quot;"));
    EXPECT_THAT(figure, HasSubstr("id=\"c1-narrow-title\""));
}

TEST(Figure, of_a_person_carries_no_data) {
    EXPECT_THAT(client_picture_figure(invented::person(3), invented::frame("c1")).text(),
                Not(HasSubstr("data-chart")));
}

TEST(Ticks, of_less_than_a_per_cent_have_a_decimal) {
    EXPECT_EQ(tick_text(0.015, 0.005), "1.5%");
    EXPECT_EQ(tick_text(0.02, 0.005), "2.0%");
    EXPECT_EQ(tick_text(0.02, 0.01), "2%");
}

TEST(LineChart, names_the_latest_figure_with_its_month) {
    LineChart data{{"Sep 2018", "Oct 2018"}, {}, Unit::share, ""};
    data.series.push_back({"each month", {0.021, 0.019}, LineInk::first, "Oct 2018: 1.9 %"});
    const std::string drawn = line_chart(data, {"line", "Line", "Two months.", 600}).text();
    EXPECT_NE(drawn.find(">Oct 2018: 1.9 %<"), std::string::npos);
    EXPECT_NE(drawn.find(">0.5%<"), std::string::npos);
    EXPECT_EQ(drawn.find(">each month 2%<"), std::string::npos);
}

}  // namespace
}  // namespace optimat::chart
