#include "web/views_compare.hpp"

#include "web/pages_for_tests.hpp"
#include "web/released_for_tests.hpp"

#include <gmock/gmock.h>

namespace optimat {

namespace {

using testing::HasSubstr;
using testing::Not;
using Rows = std::vector<std::map<std::string, std::string>>;

Rows compared(TestSite& site, Role role, const std::string& query) {
    const Response response = site.get(role, "/compare.csv?" + query);
    EXPECT_EQ(response.status, 200) << query;
    return csv_rows(response.body);
}

const TrackerGroup* group_of(std::string_view measure) {
    static const std::map<std::string, TrackerGroup, std::less<>> groups = {
        {"red_share", TrackerGroup::red},     {"amber_share", TrackerGroup::amber},
        {"green_share", TrackerGroup::green}, {"grey_share", TrackerGroup::grey},
        {"mat1_share", TrackerGroup::mat1},   {"mat4_share", TrackerGroup::mat4}};
    const auto found = groups.find(measure);
    return found == groups.end() ? nullptr : &found->second;
}

const DisclosedTrackerCell& disclosed_cell(const Figures& figures, std::size_t date,
                                           const std::string& service_id) {
    const Place* place = figures.find_place("service:" + service_id);
    return figures.disclosed_tracker(date)[static_cast<std::size_t>(place - figures.places().data())];
}

std::string cell_text(const Disclosed& count) {
    return count.is_shown() ? std::to_string(count.value) : "[c]";
}

}  // namespace

TEST(ComparePage, ServicesSumToThemTakenTogether) {
    TestSite site;
    for (const ComparableMeasure& measure : comparable_measures()) {
        const std::string query = "measure=" + std::string(measure.id);
        const Rows together = compared(site, Role::organisation_analyst, query + "&table=together");
        for (const std::string column : {"numerator", "denominator", "in_mat"}) {
            std::int64_t sum = 0;
            for (const auto& row : compared(site, Role::organisation_analyst, query))
                sum += std::stoll(row.at(column));
            EXPECT_EQ(std::to_string(sum), together.front().at(column)) << measure.id << ' ' << column;
        }
    }
}

TEST(ComparePage, EveryLinkedNumberIsAsLongAsItsList) {
    TestSite site;
    for (const std::string measure : {"red_share", "mat2_reducing_share", "uncategorised_share"}) {
        const auto numbers =
            linked_numbers(site.get(Role::organisation_analyst, "/compare?measure=" + measure).body);
        EXPECT_GT(numbers.size(), 6u);
        for (const LinkedNumber& number : numbers)
            EXPECT_EQ(people_listed(site, Role::organisation_analyst, number), number.number)
                << number.target;
    }
}

TEST(ComparePage, ServicesStandByName) {
    TestSite site;
    const Rows rows = compared(site, Role::organisation_analyst, "measure=green_share");
    EXPECT_EQ(rows.size(), 6u);
    EXPECT_TRUE(std::ranges::is_sorted(rows, {}, [](const auto& row) { return row.at("service"); }));
}

TEST(ComparePage, TheViewersOrTheChosenServiceIsMarked) {
    TestSite site;
    const auto marked = [&](Role role, const std::string& query) {
        std::vector<std::string> names;
        for (const auto& row : compared(site, role, query))
            if (!row.at("own").empty()) names.push_back(row.at("service"));
        return names;
    };
    const auto figures = site.figures();
    const std::string own = site.user_of(Role::service_manager).services.front();
    EXPECT_THAT(marked(Role::service_manager, ""),
                testing::ElementsAre(figures->find_place("service:" + own)->name));
    EXPECT_THAT(marked(Role::organisation_analyst, ""), testing::IsEmpty());
    EXPECT_THAT(marked(Role::organisation_analyst, "own=service%3AS0002"),
                testing::ElementsAre(figures->find_place("service:S0002")->name));
}

TEST(ComparePage, AMeanHasNoFunnel) {
    TestSite site;
    const std::string share = site.get(Role::clinician, "/compare?measure=red_share").body;
    const std::string mean = site.get(Role::clinician, "/compare?measure=mean_methadone").body;
    EXPECT_THAT(share, HasSubstr("data-chart=\"funnel\""));
    EXPECT_THAT(mean, Not(HasSubstr("data-chart=\"funnel\"")));
    EXPECT_THAT(mean, HasSubstr("<figure class=\"app-chart\""));
}

TEST(ComparePage, ACommissionerGetsWhatDisclosureControlShowsAndNothingElse) {
    TestSite site;
    const auto figures = site.figures();
    std::size_t hidden = 0, shown = 0;
    for (const int back : {0, 5, 9}) {
        const Day day = month_before_last(site, back);
        release_day(site, day);
        const std::size_t date = *figures->find_month(month_key(day));
        for (const ComparableMeasure& measure : comparable_measures()) {
            const TrackerGroup* group = group_of(measure.id);
            const std::string query = "measure=" + std::string(measure.id) + "&month=" + month_key(day);
            if (group == nullptr) {
                EXPECT_EQ(site.get(Role::commissioner, "/compare.csv?" + query).status, 400) << query;
                continue;
            }
            const bool of_cohorts = measure.denominator == "of red, amber, green and grey";
            const Rows staff = compared(site, Role::organisation_analyst, query);
            const Rows rows = compared(site, Role::commissioner, query);
            ASSERT_EQ(rows.size(), staff.size());
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const auto& row = rows[i];
                const DisclosedTrackerCell& cell = disclosed_cell(*figures, date, row.at("service_id"));
                const Disclosed& numerator = cell.people[static_cast<std::size_t>(*group)];
                const Disclosed& denominator = of_cohorts ? cell.in_cohorts : cell.in_mat;
                EXPECT_EQ(row.at("numerator"), cell_text(numerator));
                EXPECT_EQ(row.at("denominator"), cell_text(denominator));
                EXPECT_EQ(row.at("in_mat"), cell_text(cell.in_mat));
                const bool both = numerator.is_shown() && denominator.is_shown();
                (both ? shown : hidden) += 1;
                for (const std::string column : {"value", "low", "high", "position"}) {
                    const bool is_hidden = row.at(column) == "[c]";
                    if (column != "position" || !both) {
                        EXPECT_EQ(is_hidden, !both) << query;
                    }
                    if (!is_hidden) {
                        EXPECT_EQ(row.at(column), staff[i].at(column)) << query << ' ' << column;
                    }
                }
            }
        }
    }
    EXPECT_GT(hidden, 0u);
    EXPECT_GT(shown, 0u);
}

TEST(ComparePage, ACommissionerGetsNoChartAndNoListAndNoSavedGroup) {
    TestSite site;
    release_day(site, month_before_last(site, 0));
    site.post(Role::organisation_analyst, "/peer-groups/new",
              {{"name", "Near"}, {"services", "S0001"}, {"services", "S0002"}});
    const Response page = site.get(Role::commissioner, "/compare");
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, Not(HasSubstr("app-chart")));
    EXPECT_THAT(page.body, Not(HasSubstr("saved_group")));
    EXPECT_THAT(linked_numbers(page.body), testing::IsEmpty());
    EXPECT_EQ(site.get(Role::commissioner, "/compare?peers=saved_group%3A1").status, 400);
    EXPECT_EQ(compared(site, Role::organisation_analyst, "peers=saved_group%3A1").size(), 2u);
}

TEST(ComparePage, WhatIsNotThereIsRefusedInWords) {
    TestSite site;
    for (const char* query : {"measure=rank", "peers=service%3AS0001", "peers=region%3ANowhere",
                              "own=organisation", "month=1999-01"})
        EXPECT_EQ(site.get(Role::clinician, std::string("/compare?") + query).status, 400) << query;
}

}  // namespace optimat
