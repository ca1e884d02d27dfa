// What an UpSet plot leaves out is told, and what it draws is what it was given.

#include "chart/upset_plot.hpp"

#include "chart/invented_figures.hpp"

#include <gmock/gmock.h>
#include <regex>

namespace optimat::chart {
namespace {

using testing::HasSubstr;
using testing::Not;

std::ptrdiff_t occurrences(const std::string& text, const std::string& pattern) {
    const std::regex expression(pattern);
    return std::distance(std::sregex_iterator(text.begin(), text.end(), expression), std::sregex_iterator());
}

TEST(UpsetPlot, nothing_is_left_out_of_few_combinations) {
    const UpsetRest rest = left_out(invented::upset(3, 8));
    EXPECT_EQ(rest.combinations, 0);
    EXPECT_EQ(rest.people, 0);
    EXPECT_EQ(rest.items, 0);
}

TEST(UpsetPlot, what_is_not_drawn_is_counted_and_told) {
    const UpsetPlot data = invented::upset(12, 40);
    const UpsetRest rest = left_out(data);
    EXPECT_EQ(rest.combinations, 25);
    std::int64_t people = 0;
    for (std::size_t i = 15; i < 40; ++i)
        people += data.combinations[i].people;
    EXPECT_EQ(rest.people, people);
    EXPECT_EQ(rest.items, 8) << "fifteen combinations are made of four items";
    for (const int width : {full_width, narrow_width}) {
        const std::string svg = upset_plot(data, {"plot", "Title", "Words.", width}).text();
        EXPECT_THAT(svg, HasSubstr("25 further combinations, " + std::to_string(people) + " people"));
        EXPECT_THAT(svg, HasSubstr(">Item D<"));
        EXPECT_THAT(svg, Not(HasSubstr(">Item E<")));
    }
}

TEST(UpsetPlot, a_dot_stands_for_each_item_of_each_combination) {
    const UpsetPlot data = invented::upset(3, 8);
    const std::string svg = upset_plot(data, {"plot", "Title", "Words.", full_width}).text();
    EXPECT_EQ(occurrences(svg, "<circle"), 3 * 8);
    EXPECT_EQ(occurrences(svg, "<circle[^>]*fill=\"#212b32\""), 12) << "of three items, half are there";
    EXPECT_EQ(occurrences(svg, "[^a-z]none<"), 1) << "one combination is of no item";
    EXPECT_THAT(svg, HasSubstr("Item A + Item C: 35 people, 31 supervised (89%)"));
}

}  // namespace
}  // namespace optimat::chart
