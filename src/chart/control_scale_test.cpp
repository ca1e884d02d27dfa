#include "chart/chart_icon.hpp"
#include "chart/control_scale.hpp"
#include "chart/invented_change.hpp"
#include "chart/invented_figures.hpp"
#include "chart/scale.hpp"

#include <gmock/gmock.h>

namespace optimat::chart {
namespace {

using Series = std::vector<std::optional<double>>;

ControlPicture picture(const Series& values, Unit unit, const ChartSettings& settings = {}) {
    return {
        "Invented", invented::month_labels(values.size()), xmr_chart(values, settings), settings.better, unit,
        {}};
}

TEST(ControlScale, shows_every_value_and_target) {
    ChartSettings settings{.better = BetterWhen::lower};
    settings.targets = {std::nullopt, 0.15, 0.9};
    const ControlScale scale = control_scale(picture({0.4, 0.5, 0.6}, Unit::share, settings));
    for (const double figure : {0.15, 0.4, 0.6, 0.9})
        EXPECT_TRUE(scale.shows(figure));
}

TEST(ControlScale, ends_where_figures_of_the_unit_end) {
    const ControlScale shares = control_scale(picture({0.02, 0.9, 0.1, 0.98}, Unit::share));
    EXPECT_EQ(shares.from, 0);
    EXPECT_EQ(shares.to, 1);
    EXPECT_FALSE(shares.shows(-0.3));
    EXPECT_EQ(control_scale(picture({1, 30, 2, 40}, Unit::number)).from, 0);
    EXPECT_LT(control_scale(picture({-3, 2, -1, 4}, Unit::number)).from, -3);
}

TEST(ControlScale, writes_as_many_decimals_as_its_steps_need) {
    EXPECT_EQ(control_scale(picture({0.1, 0.5, 0.3}, Unit::share)).text(0.444), "44%");
    EXPECT_EQ(control_scale(picture({0.441, 0.442, 0.443, 0.441}, Unit::share)).text(0.4444), "44.4%");
    EXPECT_EQ(control_scale(picture({54.2, 55.1}, Unit::number)).text(54.25), "54.25");
}

TEST(ControlScale, names_figures_with_one_decimal) {
    EXPECT_EQ(control_scale(picture({0.1, 0.5, 0.3}, Unit::share)).exact_text(0.4444), "44.4%");
    EXPECT_EQ(control_scale(picture({54.2, 55.1}, Unit::number)).exact_text(54.25), "54.3");
    const std::string drawn =
        control_chart(picture({0.12, 0.53, 0.3}, Unit::share), invented::frame("control")).text();
    EXPECT_THAT(drawn, testing::HasSubstr(">mean 31.7%<"));
}

TEST(ControlChart, says_why_a_month_is_not_used) {
    ControlPicture data = picture(Series(12, 0.3), Unit::share, {.excluded = {3, 11}});
    EXPECT_THAT(control_chart(data, invented::frame("control")).text(), testing::HasSubstr(">excluded<"));
    data.remarks.assign(12, "");
    data.remarks[11] = "too early";
    const std::string both = control_chart(data, invented::frame("control")).text();
    EXPECT_THAT(both, testing::HasSubstr(">excluded or too early<"));
    EXPECT_THAT(both, testing::HasSubstr("30.0%, too early<"));
}

TEST(ControlScale, of_a_flat_series_has_room) {
    const ControlScale scale = control_scale(picture(Series(12, 1.0), Unit::share));
    EXPECT_LT(scale.from, 1);
    EXPECT_EQ(scale.to, 1);
    EXPECT_GE(scale.ticks.size(), 2U);
}

TEST(ControlChart, a_limit_beyond_the_scale_is_not_drawn_and_not_named) {
    const std::string low =
        control_chart(picture({0.02, 0.3, 0.05, 0.2}, Unit::share), invented::frame("control")).text();
    EXPECT_THAT(low, testing::HasSubstr("upper limit"));
    EXPECT_THAT(low, testing::Not(testing::HasSubstr("lower limit")));
}

TEST(ControlChart, names_its_rules_and_says_when_limits_are_provisional) {
    const std::string young =
        control_chart(picture(Series(11, 0.3), Unit::share, {.better = BetterWhen::lower}),
                      invented::frame("control"))
            .text();
    EXPECT_THAT(young, testing::HasSubstr("XmR, Making Data Count rules; lower is better."));
    EXPECT_THAT(young, testing::HasSubstr("Provisional"));
    const std::string firm =
        control_chart(picture(Series(12, 0.3), Unit::share), invented::frame("control")).text();
    EXPECT_THAT(firm, testing::Not(testing::HasSubstr("rovisional")));
}

TEST(ControlChart, words_of_people_cannot_become_markup) {
    ControlPicture data = picture(Series(12, 0.3), Unit::share);
    data.flags = {{3, "<script>opened</script>"}, {99, "beyond the series"}};
    const std::string text = control_chart(data, invented::frame("control")).text();
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("<script")));
    EXPECT_THAT(text, testing::HasSubstr("&lt;script"));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("beyond the series")));
}

TEST(WrapText, keeps_every_word_in_lines_that_fit) {
    const std::string text = "Doses reviewed with every keyworker of the service";
    const auto lines = wrap_text(text, 12, 110);
    std::string joined;
    for (const std::string& line : lines) {
        EXPECT_LE(text_width(line, 12), 110);
        joined += (joined.empty() ? "" : " ") + line;
    }
    EXPECT_EQ(joined, text);
    EXPECT_GT(lines.size(), 2U);
    EXPECT_TRUE(wrap_text("  ", 12, 110).empty());
    EXPECT_EQ(wrap_text("one", 12, 500).size(), 1U);
}

TEST(Icons, say_in_words_what_they_show) {
    const auto latest = [](Variation said, std::optional<Towards> towards) {
        return std::optional(LatestVariation{0, said, towards});
    };
    EXPECT_EQ(variation_words({}), "No limits yet");
    EXPECT_EQ(variation_words(latest(Variation::common_cause, {})), "Common cause");
    EXPECT_EQ(variation_words(latest(Variation::improvement, Towards::lower)), "Improvement (lower)");
    EXPECT_EQ(variation_words(latest(Variation::concern, Towards::higher)), "Concern (higher)");
    EXPECT_EQ(variation_words(latest(Variation::neither, Towards::higher)), "Change (higher)");
    EXPECT_THAT(assurance_icon(Assurance::hit_and_miss, BetterWhen::lower, "a").text(),
                testing::HasSubstr(">Hits and misses the target</title>"));
}

}  // namespace
}  // namespace optimat::chart
