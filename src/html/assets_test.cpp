#include "html/assets.hpp"

#include "html/palette.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <sstream>

namespace optimat {
namespace {

const Asset& asset(std::string_view source_name) {
    return *find_asset(std::string_view(asset_url(source_name)).substr(std::string_view("/assets/").size()));
}

// The last four bytes of a gzip file are the size of what it holds, lowest byte first.
std::size_t size_inside(std::string_view gzip) {
    std::uint32_t size = 0;
    for (std::size_t i = 0; i < 4; ++i)
        size |= std::uint32_t{static_cast<unsigned char>(gzip[gzip.size() - 4 + i])} << (8 * i);
    return size;
}

TEST(Assets, AreServedUnderANameThatHoldsAHash) {
    const std::string url = asset_url("site.css");
    EXPECT_TRUE(url.starts_with("/assets/site-") && url.ends_with(".css")) << url;
    EXPECT_EQ(url.size(), std::string_view("/assets/site-.css").size() + 12);
    EXPECT_EQ(find_asset("site.css"), nullptr);
    EXPECT_EQ(find_asset("../site.css"), nullptr);
    EXPECT_DEATH(asset_url("none.css"), "asset");
}

TEST(Assets, HoldTheSameBytesPlainAndCompressed) {
    ASSERT_EQ(all_assets().size(), 4u);
    for (const Asset& each : all_assets()) {
        ASSERT_GT(each.gzip_bytes.size(), 18u) << each.source_name;
        EXPECT_TRUE(each.gzip_bytes.starts_with("\x1f\x8b")) << each.source_name;
        EXPECT_EQ(size_inside(each.gzip_bytes), each.bytes.size()) << each.source_name;
    }
    EXPECT_EQ(asset("site.css").content_type, "text/css; charset=utf-8");
    EXPECT_EQ(asset("site.js").content_type, "text/javascript; charset=utf-8");
    EXPECT_EQ(asset("favicon.svg").content_type, "image/svg+xml");
}

TEST(Assets, FetchNothingFromElsewhere) {
    const std::string_view css = asset("site.css").bytes;
    for (const char* never : {"@font-face", "Frutiger", "@import", "url(http", "url(\"http", "url(/"})
        EXPECT_EQ(css.find(never), std::string_view::npos) << never;
    EXPECT_NE(css.find(".nhsuk-button"), std::string_view::npos);
    EXPECT_NE(css.find(".app-table"), std::string_view::npos);
    EXPECT_NE(asset("site.js").bytes.find("nhsuk-frontend-supported"), std::string_view::npos);
}

TEST(Assets, GiveDrawingsTheColoursOfThePages) {
    std::ifstream file(std::string(OPTIMAT_SOURCE_DIR) + "/web/styles/palette.css");
    const std::string css = (std::ostringstream() << file.rdbuf()).str();
    const std::pair<const char*, std::string_view> colours[] = {
        {"red", palette::red},       {"amber", palette::amber}, {"green", palette::green},
        {"grey", palette::grey},     {"ink", palette::ink},     {"quiet", palette::quiet},
        {"rule", palette::rule},     {"paper", palette::paper}, {"accent", palette::accent},
        {"others", palette::others}, {"band", palette::band},   {"concern", palette::concern}};
    for (const auto& [name, colour] : colours)
        EXPECT_NE(css.find("--" + std::string(name) + ": " + std::string(colour) + ";"), std::string::npos)
            << name;
}

}  // namespace
}  // namespace optimat
