#include "report/measure_texts.hpp"

#include "base/error.hpp"
#include "intake/definitions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat {
namespace {

using testing::HasSubstr;

std::string shipped() { return Definitions().text("measures.toml"); }

/// A small file that is right.
const std::string good = R"(version = "1"
source = "tests"
[[group]]
id = "waiting"
title = "Waiting"
[[function]]
name = "waiting"
title = "Waiting"
thing = "starts"
parts = [
  { name = "within_21_days", title = "Within 21 days" },
  { name = "over_21_days", title = "After more" },
  { name = "not_recorded", title = "Not recorded", outside = true },
]
[[measure]]
name = "waited"
title = "Waited"
group = "waiting"
function = "waiting"
value = "share"
numerator = ["within_21_days"]
denominator = ["within_21_days", "over_21_days"]
better = "higher"
chart = "xmr"
words = "Words."
denominator_words = "of starts"
source = "tests"
)";

std::string with(const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

std::string refusal(const std::string& text) {
    try {
        measure_definitions(text, "measures.toml");
    } catch (const DefinitionError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(MeasureTexts, the_ones_that_ship_cover_every_function_and_part) {
    const MeasureDefinitions definitions = measure_definitions(shipped(), "measures.toml");
    for (const MeasureFunction& function : measure_functions()) {
        const FunctionText& text = definitions.text(function);
        EXPECT_EQ(text.parts.size(), function.parts.size()) << function.name;
        EXPECT_LE(function.parts.size(), most_measure_parts) << function.name;
    }
    for (const MeasureDefinition& measure : definitions.measures) {
        EXPECT_FALSE(measure.words.empty()) << measure.name;
        EXPECT_EQ(definitions.find(measure.name), &measure);
    }
}

TEST(MeasureTexts, completions_stand_with_retention_returns_and_deaths) {
    const MeasureDefinitions definitions = measure_definitions(shipped(), "measures.toml");
    for (const char* name : {"successful_completion", "discharges_planned"}) {
        const auto& beside = definitions.find(name)->beside;
        for (const char* other :
             {"retention_six_months", "re_presentation", "deaths_in_mat", "deaths_after_leaving"})
            EXPECT_THAT(beside, testing::Contains(other)) << name;
    }
}

TEST(MeasureTexts, a_file_that_is_right_is_read) {
    const MeasureDefinitions definitions = measure_definitions(good, "measures.toml");
    ASSERT_EQ(definitions.measures.size(), 1u);
    const MeasureDefinition& measure = definitions.measures.front();
    EXPECT_EQ(measure.function->name, "waiting");
    EXPECT_EQ(measure.numerator, (std::vector<std::uint8_t>{0}));
    EXPECT_EQ(measure.denominator, (std::vector<std::uint8_t>{0, 1}));
    EXPECT_EQ(measure.better, BetterWhen::higher);
    EXPECT_EQ(measure.leaves, MeasureLeaves::nowhere);
}

TEST(MeasureTexts, what_is_wrong_is_said_with_its_line) {
    EXPECT_THAT(refusal("no toml"), HasSubstr("measures.toml: line 1"));
    EXPECT_THAT(refusal(with("function = \"waiting\"", "function = \"nothing\"")),
                HasSubstr("no function 'nothing'"));
    EXPECT_THAT(refusal(with("{ name = \"over_21_days\"", "{ name = \"late\"")), HasSubstr("in this order"));
    EXPECT_THAT(refusal(with("numerator = [\"within_21_days\"]", "numerator = [\"soon\"]")),
                HasSubstr("'waiting' has no part 'soon'; it has: within_21_days"));
    EXPECT_THAT(refusal(with("denominator = [\"within_21_days\", \"over_21_days\"]",
                             "denominator = [\"over_21_days\"]")),
                HasSubstr("must be one of the denominator"));
    EXPECT_THAT(refusal(with("\"over_21_days\"]", "\"over_21_days\", \"not_recorded\"]")),
                HasSubstr("is outside"));
    EXPECT_THAT(refusal(with("value = \"share\"", "value = \"mean\"")), HasSubstr("same parts"));
    EXPECT_THAT(refusal(with("better = \"higher\"", "better = \"up\"")), HasSubstr("lower, higher, neither"));
    EXPECT_THAT(refusal(with("group = \"waiting\"\nfunction", "group = \"x\"\nfunction")),
                HasSubstr("no group 'x'"));
    EXPECT_THAT(refusal(with("chart = \"xmr\"", "chart = \"xmr\"\nbeside = [\"other\"]")),
                HasSubstr("no measure"));
    EXPECT_THAT(refusal(with("words = \"Words.\"", "wrods = \"Words.\"")), HasSubstr("no `wrods` here"));
    EXPECT_THAT(refusal(good + good.substr(good.find("[[measure]]"))), HasSubstr("stands twice"));
}

TEST(MeasureTexts, what_may_leave_is_no_mean_and_takes_along_what_stands_beside_it) {
    const std::string mean =
        with("numerator = [\"within_21_days\"]", "numerator = [\"within_21_days\", \"over_21_days\"]");
    std::string leaving = mean;
    leaving.replace(leaving.find("value = \"share\""), 15, "value = \"mean\"\nleaves = \"everywhere\"");
    EXPECT_THAT(refusal(leaving), HasSubstr("means may not leave"));
    std::string second = good.substr(good.find("[[measure]]"));
    second.replace(second.find("\"waited\""), 8, "\"completed\"");
    second.replace(second.find("chart = \"xmr\""), 13,
                   "chart = \"xmr\"\nleaves = \"organisation\"\nbeside = [\"waited\"]");
    EXPECT_THAT(refusal(good + second), HasSubstr("'waited' beside it must too"));
    std::string alone = good;
    alone.replace(alone.find("chart = \"xmr\""), 13, "chart = \"xmr\"\nleaves = \"organisation\"");
    std::string wider = second;
    wider.replace(wider.find("\"organisation\""), 14, "\"everywhere\"");
    EXPECT_THAT(refusal(alone + wider), HasSubstr("'waited' beside it must too"));
    EXPECT_THAT(refusal(with("chart = \"xmr\"", "chart = \"xmr\"\nleaves = \"here\"")),
                HasSubstr("organisation, everywhere"));
}

}  // namespace
}  // namespace optimat
