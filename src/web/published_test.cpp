#include "web/published_book.hpp"
#include "web/released_for_tests.hpp"

#include "report/measure_texts.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

// What a commissioner gets to see before and after figures are released.

namespace optimat {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

json tables(const Response& response) { return json::parse(response.body).at("tables"); }

json rows(TestSite& site, const std::string& target, const std::string& table) {
    return tables(site.get(Role::commissioner, target)).at(table).at("rows");
}

TEST(Published, without_a_release_a_commissioner_sees_no_figure_anywhere) {
    TestSite site;
    for (const char* const path : {"/published", "/tracker", "/compare", "/tracker?place=service%3AS0001"}) {
        const Response page = site.get(Role::commissioner, path);
        EXPECT_EQ(page.status, 200) << path;
        EXPECT_THAT(page.body, Not(HasSubstr("<td"))) << path;
        EXPECT_THAT(page.body, HasSubstr("released")) << path;
    }
    EXPECT_EQ(rows(site, "/api/v1/published", "places").size(), 0u);
    EXPECT_EQ(rows(site, "/api/v1/tracker?place=organisation&months=36", "tracker").size(), 0u);
    EXPECT_EQ(rows(site, "/api/v1/compare?measure=red_share", "compare").size(), 0u);
    EXPECT_EQ(rows(site, "/api/v1/compare?measure=red_share", "together").size(), 0u);
    for (const char* const file : {"/published.csv", "/tracker.csv", "/compare.csv"}) {
        const Response csv = site.get(Role::commissioner, file);
        EXPECT_EQ(csv.status, 200) << file;
        EXPECT_EQ(std::ranges::count(csv.body, '\n'), 1) << file;
    }
    for (const char* const file : {"/published.xlsx", "/tracker.xlsx", "/compare.xlsx"})
        EXPECT_EQ(site.get(Role::commissioner, file).status, 200) << file;
    // Staff see all of it.
    EXPECT_THAT(site.get(Role::organisation_analyst, "/tracker").body, HasSubstr("<td"));
}

TEST(Published, only_what_may_leave_is_there_and_completions_never_alone) {
    TestSite site;
    release_day(site, month_before_last(site, 0));
    const auto names_at = [&](const std::string& place) {
        std::vector<std::string> names;
        for (const json& row : rows(site, "/api/v1/published?place=" + url_encode(place), "published"))
            names.push_back(row.at("measure"));
        return names;
    };
    const auto leaving_at_least = [&](MeasureLeaves where) {
        std::vector<std::string> names;
        for (const MeasureDefinition& measure : site.site().measures().measures)
            if (measure.leaves >= where) names.push_back(measure.name);
        return names;
    };
    const auto organisation = names_at("organisation");
    EXPECT_THAT(organisation,
                testing::UnorderedElementsAreArray(leaving_at_least(MeasureLeaves::organisation)));
    EXPECT_THAT(names_at("service:S0001"),
                testing::UnorderedElementsAreArray(leaving_at_least(MeasureLeaves::everywhere)));
    ASSERT_THAT(organisation, testing::Contains("successful_completion"));
    for (const std::string& beside : site.site().measures().find("successful_completion")->beside)
        EXPECT_THAT(organisation, testing::Contains(beside));
    EXPECT_THAT(names_at("service:S0001"), Not(testing::Contains("deaths_in_mat")));
    EXPECT_THAT(site.get(Role::commissioner, "/published").body,
                HasSubstr("For the whole organisation alone"));
}

TEST(Published, no_number_of_one_to_four_is_on_any_page_file_or_answer) {
    TestSite site;
    release_day(site, month_before_last(site, 2));
    release_day(site, month_before_last(site, 0));
    std::size_t hidden = 0;
    for (const int number : {1, 2}) {
        const json all = rows(site, fmt::format("/api/v1/published?release={}", number), "places");
        for (const json& row : all) {
            for (const char* count : {"numerator", "denominator"}) {
                const json& cell = row.at(count);
                if (cell == "[c]") {
                    ++hidden;
                    continue;
                }
                const auto people = cell.get<std::int64_t>();
                EXPECT_TRUE(people == 0 || people >= 5);
                if (row.at("unit") != "share" && std::string_view(count) == "denominator") {
                    EXPECT_EQ(people % 10, 0) << "person-years leave to the nearest ten";
                    EXPECT_EQ(row.at("place"), "organisation");
                }
            }
            const bool counts = row.at("numerator") != "[c]" && row.at("denominator") != "[c]";
            EXPECT_TRUE(counts || row.at("value") == "[c]");
        }
    }
    EXPECT_GT(hidden, 0u);
    EXPECT_THAT(site.get(Role::commissioner, "/published?release=2").body,
                HasSubstr("overlap those of another"));
}

TEST(Published, places_and_releases_that_there_are_not_are_refused_in_words) {
    TestSite site;
    release_day(site, month_before_last(site, 0));
    for (const char* query : {"release=99", "release=1x", "place=peer_group:x", "place=service:nowhere"}) {
        const Response answer = site.get(Role::commissioner, fmt::format("/api/v1/published?{}", query));
        EXPECT_EQ(answer.status, 400) << query;
    }
    for (const char* query : {"month=1999-01", "place=peer_group%3Ax", "place=nowhere", "months=5"})
        EXPECT_EQ(site.get(Role::commissioner, fmt::format("/tracker?{}", query)).status, 400) << query;
}

TEST(Published, a_tracker_that_leaves_has_released_months_only_and_as_they_were_released) {
    TestSite site;
    const std::string target = "/api/v1/tracker?place=organisation&months=12";
    const Day newest = month_before_last(site, 0);
    release_day(site, newest);
    const json one = rows(site, target, "tracker");
    ASSERT_EQ(one.size(), 1u);
    const auto figures = site.figures();
    const Place& organisation = figures->places().front();
    EXPECT_EQ(one.front().at("in_mat"),
              figures->tracker().at(*figures->find_month(month_key(newest)), organisation).in_mat());
    const std::string before = month_key(month_before_last(site, 1));
    EXPECT_EQ(site.get(Role::commissioner, target + "&month=" + before).status, 400);
    release_day(site, month_before_last(site, 3));
    const json two = rows(site, target, "tracker");
    ASSERT_EQ(two.size(), 2u) << "an older month that is released later stands below";
    EXPECT_EQ(two.front(), one.front());
    // Staff see all months.
    const json staff = tables(site.get(Role::organisation_analyst, target)).at("tracker").at("rows");
    EXPECT_EQ(staff.size(), 12u);
}

TEST(Published, comparisons_that_leave_are_of_released_months_only) {
    TestSite site;
    release_day(site, month_before_last(site, 1));
    const auto of = [&](int back) {
        return fmt::format("/api/v1/compare?measure=red_share&month={}",
                           month_key(month_before_last(site, back)));
    };
    const json shown = rows(site, of(1), "compare");
    EXPECT_TRUE(std::ranges::any_of(shown, [](const json& row) { return row.at("value") != "[c]"; }));
    EXPECT_EQ(site.get(Role::commissioner, of(0)).status, 400);
}

TEST(Published, files_name_the_release_that_they_are_of) {
    TestSite site;
    release_day(site, month_before_last(site, 0));
    for (const char* const file : {"/published.csv", "/tracker.csv", "/compare.csv"})
        EXPECT_THAT(site.get(Role::commissioner, file).body, HasSubstr("release 1")) << file;
    for (const char* const answer : {"/api/v1/published", "/api/v1/tracker", "/api/v1/compare"})
        EXPECT_THAT(site.get(Role::commissioner, answer).body, HasSubstr("release 1")) << answer;
}

TEST(Published, the_newest_is_the_newest_by_day_and_the_one_before_is_before_it) {
    TestSite site;
    release_day(site, month_before_last(site, 0));
    release_day(site, month_before_last(site, 12));
    const json page = json::parse(site.get(Role::commissioner, "/api/v1/published").body);
    EXPECT_EQ(page.at("about").at("as_at"), to_text(month_before_last(site, 0)));
    EXPECT_TRUE(page.at("tables").at("published").at("rows").front().contains("before"));
    EXPECT_FALSE(rows(site, "/api/v1/published?release=2", "published").front().contains("before"));
}

TEST(Published, what_left_stays_there_when_its_data_are_erased) {
    TestSite site;
    release_day(site, month_before_last(site, 0));
    const json before = rows(site, "/api/v1/published", "places");
    {
        const auto lease = site.site().stores().lease();
        erase_snapshot(lease.store(), site.figures()->info().id);
    }
    EXPECT_EQ(rows(site, "/api/v1/published", "places"), before);
    for (const char* const path : {"/published", "/tracker", "/compare", "/published.xlsx", "/tracker.csv"})
        EXPECT_EQ(site.get(Role::commissioner, path).status, 200) << path;
}

TEST(Published, a_withdrawn_release_is_marked_without_what_was_written_about_it) {
    TestSite site;
    release_day(site, month_before_last(site, 0));
    site.post(Role::data_manager, "/releases/1/withdraw", {{"reason", "somebody's words"}});
    const std::string page = site.get(Role::commissioner, "/published").body;
    EXPECT_THAT(page, HasSubstr("Withdrawn on"));
    EXPECT_THAT(page, Not(HasSubstr("somebody")));
    EXPECT_THAT(site.get(Role::commissioner, "/tracker").body, HasSubstr("Nothing is released yet"));
}

TEST(Published, nothing_of_what_left_changes_with_the_definitions) {
    const TemporaryFolder folder;
    const auto store = folder.path() / "store.sqlite";
    std::filesystem::copy_file(synthetic_store(), store);
    json before;
    {
        TestSite site(TestSite::At{store.string()});
        release_day(site, month_before_last(site, 0));
        before = rows(site, "/api/v1/published", "places");
    }
    std::string text = Definitions().text("measures.toml");
    const std::string everywhere = "leaves = \"everywhere\"\n";
    for (std::size_t at = text.find(everywhere); at != text.npos; at = text.find(everywhere))
        text.erase(at, everywhere.size());
    const std::string organisation = "leaves = \"organisation\"\n";
    for (std::size_t at = text.find(organisation); at != text.npos; at = text.find(organisation))
        text.erase(at, organisation.size());
    folder.write("measures.toml", text);
    TestSite other(store, Definitions(folder.path()));
    EXPECT_EQ(rows(other, "/api/v1/published", "places"), before);
}

}  // namespace
}  // namespace optimat
