#include "web/published_book.hpp"
#include "web/release_work.hpp"
#include "web/site_for_tests.hpp"

#include "report/measure_texts.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

// What a commissioner gets to see before and after figures are released.

namespace optimat {
namespace {

using nlohmann::json;

/// Releases a day of the site's data as they stand.
Release release(TestSite& site, Day as_at) {
    const auto figures = site.figures();
    const Definitions definitions;
    const std::string text = definitions.text("measures.toml");
    NewRelease made = prepare_release({figures->info(), figures->extract(), figures->policy(),
                                       site.site().measures(), text, "key", ThreadCount{1}},
                                      as_at);
    made.release.made = {"2018-11-05T09:30:00Z", "", ""};
    made.release.request = "test " + to_text(as_at);
    const auto lease = site.site().stores().lease();
    Transaction transaction(lease.database(), Transaction::Kind::write);
    const Release stored = add_release(lease.database(), made);
    transaction.commit();
    return stored;
}

Day month(TestSite& site, std::size_t back) {
    const auto& dates = site.figures()->dates();
    return dates[dates.size() - 1 - back];
}

json tables(const Response& response) { return json::parse(response.body).at("tables"); }

TEST(Published, without_a_release_there_is_a_page_that_says_so) {
    TestSite site;
    const Response page = site.get(Role::commissioner, "/published");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("No figures have been released yet"), std::string::npos);
    EXPECT_EQ(tables(site.get(Role::commissioner, "/api/v1/published")).at("places").at("rows").size(), 0u);
    EXPECT_EQ(site.get(Role::commissioner, "/published.csv").status, 200);
}

TEST(Published, only_what_may_leave_is_there_and_completions_never_alone) {
    TestSite site;
    release(site, month(site, 0));
    const json rows = tables(site.get(Role::commissioner, "/api/v1/published")).at("published").at("rows");
    std::vector<std::string> names;
    for (const json& row : rows)
        names.push_back(row.at("measure"));
    std::vector<std::string> may_leave;
    for (const MeasureDefinition& measure : site.site().measures().measures)
        if (measure.leaves) may_leave.push_back(measure.name);
    EXPECT_TRUE(std::ranges::is_permutation(names, may_leave));
    ASSERT_NE(std::ranges::find(names, "successful_completion"), names.end());
    for (const std::string& beside : site.site().measures().find("successful_completion")->beside)
        EXPECT_NE(std::ranges::find(names, beside), names.end()) << beside;
}

TEST(Published, no_number_of_one_to_four_is_on_any_page_file_or_answer) {
    TestSite site;
    release(site, month(site, 2));
    release(site, month(site, 0));
    std::size_t hidden = 0;
    for (const int number : {1, 2}) {
        const json rows =
            tables(site.get(Role::commissioner, fmt::format("/api/v1/published?release={}", number)))
                .at("places")
                .at("rows");
        for (const json& row : rows)
            for (const char* count : {"numerator", "denominator"}) {
                const json& cell = row.at(count);
                if (cell == "[c]") {
                    ++hidden;
                    continue;
                }
                const auto people = cell.get<std::int64_t>();
                EXPECT_TRUE(people == 0 || people >= 5);
            }
        for (const json& row : rows) {
            const bool counts = row.at("numerator") != "[c]" && row.at("denominator") != "[c]";
            EXPECT_TRUE(counts || row.at("value") == "[c]");
        }
    }
    EXPECT_GT(hidden, 0u);
}

TEST(Published, places_and_releases_that_there_are_not_are_refused_in_words) {
    TestSite site;
    release(site, month(site, 0));
    for (const char* query : {"release=99", "release=1x", "place=peer_group:x", "place=service:nowhere"}) {
        const Response answer = site.get(Role::commissioner, fmt::format("/api/v1/published?{}", query));
        EXPECT_EQ(answer.status, 400) << query;
    }
}

TEST(Published, a_tracker_that_leaves_has_released_months_only_and_as_they_were_released) {
    TestSite site;
    const std::string target = "/api/v1/tracker?place=organisation&months=12";
    const json before = tables(site.get(Role::commissioner, target)).at("tracker").at("rows");
    EXPECT_NE(before.front().at("in_mat"), "[c]");
    release(site, month(site, 0));
    const json after = tables(site.get(Role::commissioner, target)).at("tracker").at("rows");
    ASSERT_EQ(after.size(), 1u);
    // The same data: what was released is what was shown, and nothing else is.
    EXPECT_EQ(after.front(), before.front());
    const json other = tables(site.get(Role::commissioner, target + "&month=" + month_key(month(site, 1))))
                           .at("tracker")
                           .at("rows");
    ASSERT_EQ(other.size(), 1u);
    EXPECT_EQ(other.front().at("in_mat"), "[c]");
    // Staff see all months.
    const json staff = tables(site.get(Role::organisation_analyst, target)).at("tracker").at("rows");
    EXPECT_NE(staff.back().at("in_mat"), "[c]");
}

TEST(Published, comparisons_that_leave_are_of_released_months_only) {
    TestSite site;
    release(site, month(site, 1));
    const auto shown = [&](std::size_t back) {
        const json rows =
            tables(site.get(Role::commissioner, fmt::format("/api/v1/compare?measure=red_share&month={}",
                                                            month_key(month(site, back)))))
                .begin()
                ->at("rows");
        return std::ranges::count_if(rows, [](const json& row) { return row.at("value") != "[c]"; });
    };
    EXPECT_GT(shown(1), 0);
    EXPECT_EQ(shown(0), 0);
}

}  // namespace
}  // namespace optimat
