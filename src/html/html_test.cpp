#include "html/html.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <type_traits>

namespace optimat {
namespace {

TEST(Html, EscapesWhateverTextItIsGiven) {
    EXPECT_EQ(Html("a & b").text(), "a &amp; b");
    EXPECT_EQ(Html(std::string("<script>")).text(), "&lt;script&gt;");
    EXPECT_EQ(Html(std::string_view("\"it's\"")).text(), "&quot;it&#39;s&quot;");
    EXPECT_EQ(Html("&amp;").text(), "&amp;amp;") << "escaping is never guessed to have been done";
    EXPECT_EQ(Html("").text(), "");
    Html html("5 <");
    html += " 6 & ";
    html += tag::b({}, "7");
    EXPECT_EQ(html.text(), "5 &lt; 6 &amp; <b>7</b>");
}

TEST(Html, KeepsTrustedMarkupAsItIs) { EXPECT_EQ(Html::trusted("<b>x</b>").text(), "<b>x</b>"); }

TEST(Html, TakesNoNumberForText) {
    static_assert(!std::is_constructible_v<Html, int>);
    static_assert(!std::is_constructible_v<Html, double>);
    static_assert(!std::is_constructible_v<Html, bool>);
    static_assert(!Child<int> && !Child<double> && !Child<bool> && !Child<char>);
    static_assert(Child<Html> && Child<std::string> && Child<char[3]> && Child<std::optional<Html>>);
}

TEST(Html, WritesElementsWithAttributesAndChildren) {
    const std::string id = "row-\"1\"";
    EXPECT_EQ(tag::div({{"class", "x"}, {"id", id}}, "a<b", tag::br({}), tag::i({}, "c")).text(),
              "<div class=\"x\" id=\"row-&quot;1&quot;\">a&lt;b<br><i>c</i></div>");
    EXPECT_EQ(tag::p({}, "text").text(), "<p>text</p>");
    EXPECT_EQ(tag::p({}).text(), "<p></p>");
}

TEST(Html, WritesOptionalAndManyChildren) {
    const std::optional<Html> absent;
    const std::optional<std::string> words = "w&";
    const std::vector<Html> items = {tag::li({}, "1"), tag::li({}, "2")};
    EXPECT_EQ(tag::ul({}, absent, words, items).text(), "<ul>w&amp;<li>1</li><li>2</li></ul>");
    EXPECT_EQ(tag::p({}, [](Html& out) { out += "<"; }).text(), "<p>&lt;</p>");
    EXPECT_EQ(html_of("<", tag::b({}, "x")).text(), "&lt;<b>x</b>");
    Html out("before ");
    tag::b.into(out, {{"class", "y"}}, "x");
    EXPECT_EQ(out.text(), "before <b class=\"y\">x</b>");
}

TEST(Html, LeavesOutWhatAnAttributeDoesNotSay) {
    const std::optional<std::string> absent;
    const std::optional<std::string> given = "v";
    EXPECT_EQ(tag::input({{"checked", true},
                          {"disabled", false},
                          {"id", std::nullopt},
                          {"name", absent},
                          {"value", given}})
                  .text(),
              "<input checked value=\"v\">");
    EXPECT_EQ(tag::input({{"value", ""}}).text(), "<input value=\"\">") << "empty is not absent";
}

TEST(Html, WritesNumbersInAttributes) {
    EXPECT_EQ(tag::td({{"colspan", 3}}).text(), "<td colspan=\"3\"></td>");
    EXPECT_EQ(tag::rect({{"x", 1.0 / 3}, {"y", -0.001}, {"width", 12.5}, {"height", 1e6}}).text(),
              "<rect x=\"0.33\" y=\"0\" width=\"12.5\" height=\"1000000\"></rect>");
    EXPECT_DEATH(tag::rect({{"x", std::numeric_limits<double>::quiet_NaN()}}), "finite");
}

TEST(Html, LinksOnlyToSchemesThatRunNothing) {
    for (const char* good : {"", "/a/b?c=d#e", "a", "#a", "?a=b:c", "http://x.org", "HTTPS://x.org",
                             "mailto:a@example.org", "a/b:c", "/a:b"})
        EXPECT_TRUE(is_safe_url(good)) << good;
    for (const char* bad :
         {"javascript:alert(1)", "JaVaScRiPt:x", " javascript:x", "java\nscript:x", "\x01javascript:x",
          "data:text/html,x", "vbscript:x", "file:///etc", ":x", "httpx:y"})
        EXPECT_FALSE(is_safe_url(bad)) << bad;
    EXPECT_DEATH(tag::a({{"href", "javascript:x"}}, "x"), "link");
    EXPECT_DEATH(tag::form({{"action", "javascript:x"}}), "link");
    EXPECT_DEATH(tag::img({{"src", "data:x"}}), "link");
    EXPECT_EQ(tag::a({{"href", "/x?a=1&b=2"}}, "x").text(), "<a href=\"/x?a=1&amp;b=2\">x</a>");
}

TEST(Html, CarriesNeitherHandlersNorStyles) {
    for (const char* good : {"class", "data-chart", "aria-label", "viewBox", "xlink:href", "stroke-width"})
        EXPECT_TRUE(AttributeName::is_allowed(good)) << good;
    for (const char* bad : {"", "style", "onclick", "a b", "a>", "a=", "a\"", "a/b"})
        EXPECT_FALSE(AttributeName::is_allowed(bad)) << bad;
    EXPECT_DEATH(AttributeName::of("onclick"), "attribute");
    EXPECT_EQ(AttributeName::of("data-x").text(), "data-x");
}

TEST(Html, WritesSvg) {
    EXPECT_EQ(tag::svg({{"viewBox", "0 0 1 1"}}, tag::title({}, "T"),
                       tag::clipPath({{"id", "c"}}, tag::path({{"d", "M0 0"}})))
                  .text(),
              "<svg viewBox=\"0 0 1 1\"><title>T</title><clipPath id=\"c\"><path d=\"M0 "
              "0\"></path></clipPath></svg>");
}

}  // namespace
}  // namespace optimat
