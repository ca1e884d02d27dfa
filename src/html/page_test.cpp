#include "html/page.hpp"

#include "html/assets.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace optimat {
namespace {

PageFrame frame() {
    return {.title = "Tracker",
            .heading = "Service tracker <October>",
            .navigation = {{.text = "Tracker", .href = "/tracker", .current = true},
                           {.text = "Data", .href = "/data"}},
            .signed_in = SignedInUser{.name = "Analyst & one",
                                      .role = "analyst",
                                      .account_href = "/account",
                                      .csrf_token = "t\"1"},
            .breadcrumbs = {{.text = "Services", .href = "/services"}},
            .main = tag::p({}, "Body"),
            .organisation = "Example trust",
            .data_line = "Data to 31 October 2018"};
}

std::size_t count_of(const std::string& text, std::string_view piece) {
    std::size_t count = 0;
    for (auto found = text.find(piece); found != std::string::npos; found = text.find(piece, found + 1))
        ++count;
    return count;
}

TEST(Page, IsAWholeDocumentWithItsLandmarks) {
    const std::string page = page_text(frame());
    EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
    EXPECT_TRUE(page.ends_with("</html>"));
    EXPECT_NE(page.find("<title>Tracker – Optimat</title>"), std::string::npos);
    for (const char* once :
         {"<h1>", "<main ", "<header ", "<footer ", "id=\"maincontent\"", "href=\"#maincontent\""})
        EXPECT_EQ(count_of(page, once), 1u) << once;
    EXPECT_NE(page.find("<h1>Service tracker &lt;October&gt;</h1>"), std::string::npos);
    EXPECT_NE(page.find("<a href=\"/tracker\" aria-current=\"page\">Tracker</a>"), std::string::npos);
    EXPECT_NE(page.find("<a href=\"/data\">Data</a>"), std::string::npos);
    EXPECT_NE(page.find("<p>Body</p>"), std::string::npos);
}

TEST(Page, SignsOutWithAFormAndItsToken) {
    const std::string page = page_text(frame());
    EXPECT_NE(
        page.find("<form method=\"post\" action=\"/sign-out\"><input type=\"hidden\" name=\"csrf_token\" "
                  "value=\"t&quot;1\">"),
        std::string::npos);
    EXPECT_NE(page.find("Analyst &amp; one"), std::string::npos);
    PageFrame anybody = frame();
    anybody.signed_in.reset();
    EXPECT_EQ(page_text(anybody).find("sign-out"), std::string::npos);
}

TEST(Page, LoadsNothingInlineAndNothingFromElsewhere) {
    PageFrame with_charts = frame();
    with_charts.scripts = PageScripts::with_charts;
    const std::string page = page_text(with_charts);
    EXPECT_EQ(page.find("style="), std::string::npos);
    EXPECT_FALSE(std::regex_search(page, std::regex("<script[^>]*>[^<]")));
    EXPECT_FALSE(std::regex_search(page, std::regex("(src|href)=\"(https?:)?//")));
    EXPECT_NE(page.find(asset_url("charts.js")), std::string::npos);
    EXPECT_EQ(page_text(frame()).find(asset_url("charts.js")), std::string::npos);
}

TEST(Page, TellsErrorsAndWhatWasDone) {
    PageFrame told = frame();
    told.errors = {{.text = "Choose a month", .href = "#month"}};
    told.success = "Saved";
    const std::string page = page_text(told);
    EXPECT_NE(page.find("<title>Error: Tracker"), std::string::npos);
    EXPECT_NE(page.find("<a href=\"#month\">Choose a month</a>"), std::string::npos);
    EXPECT_NE(page.find("role=\"alert\""), std::string::npos);
    EXPECT_NE(page.find("Saved"), std::string::npos);
    EXPECT_EQ(page_text(frame()).find("nhsuk-error-summary"), std::string::npos);
}

TEST(Page, PrintsWhoseDataAndUpToWhen) {
    const std::string page = page_text(frame());
    EXPECT_NE(page.find("<div class=\"app-print-head\"><p>Optimat · Example trust</p><p>Data to 31 October "
                        "2018</p></div>"),
              std::string::npos);
    EXPECT_NE(page.find("data-printed-at"), std::string::npos);
}

}  // namespace
}  // namespace optimat
