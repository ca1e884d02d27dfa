#include "html/html.hpp"
#include "model/issue.hpp"
#include "stage/classify.hpp"
#include "web/pages/definitions.hpp"
#include "web/site_for_tests.hpp"
#include "web/views_definitions.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace optimat {

namespace {

using testing::HasSubstr;
using testing::Not;

/// The rows of a CSV without cells in quotes: first cell → line.
std::map<std::string, std::string> lines_of(const std::string& csv) {
    std::map<std::string, std::string> lines;
    for (std::size_t at = csv.find('\n') + 1; at < csv.size(); at = csv.find('\n', at) + 1) {
        const std::string line = csv.substr(at, csv.find('\n', at) - at);
        lines.emplace(line.substr(0, line.find(',')), line);
    }
    return lines;
}

}  // namespace

TEST(Definitions, EveryRuleValueAndCheckStandsOnThePage) {
    TestSite site;
    const std::string page = site.get(Role::peer_representative, "/definitions").body;
    const Definitions definitions;
    const auto entries = policy_entries(definitions.text("policy.toml"), "policy.toml");
    for (const RuleText& rule : rule_texts(definitions.text("rules.toml"), "rules.toml")) {
        EXPECT_THAT(page, HasSubstr(fmt::format("id=\"{}\"", definition_anchor(rule.id))));
        EXPECT_THAT(page, HasSubstr(Html(with_policy_values(rule, entries)).text())) << rule.id;
        EXPECT_TRUE(has_definition(rule.id));
    }
    for (const PolicyEntry& entry : entries)
        if (entry.key.find('.') != std::string::npos) {
            EXPECT_THAT(page, HasSubstr(fmt::format("id=\"policy-{}\"", entry.key)));
            EXPECT_THAT(page, HasSubstr(Html(entry.reason).text())) << entry.key;
        }
    for (std::size_t i = 0; i < rule_count; ++i) {
        const IssueRule& rule = issue_rule(static_cast<Rule>(i));
        EXPECT_THAT(page, HasSubstr(fmt::format("id=\"{}\"", definition_anchor(rule.id))));
        EXPECT_THAT(page, HasSubstr(Html(rule.advice).text())) << rule.id;
    }
    EXPECT_FALSE(has_definition("nothing/of-the-kind"));
}

TEST(Definitions, APolicyFileLiesOverTheValuesThatShip) {
    const TemporaryFolder folder;
    folder.write("policy.toml",
                 "[family.methadone]\nthreshold_mg = 75\nsource = \"ours\"\nreason = \"because\"\n");
    SiteOptions options;
    options.store = (folder.path() / "store.sqlite").string();
    options.policy_file = folder.path() / "policy.toml";
    options.clock = [] { return test_now; };
    const Site site(std::move(options));
    const SiteDefinitions definitions = definitions_of(site);
    const auto rule = std::ranges::find(definitions.rules, "dose/band", &RuleText::id);
    ASSERT_NE(rule, definitions.rules.end());
    EXPECT_THAT(rule->words, HasSubstr("methadone 75 mg a day"));
    EXPECT_THAT(definitions.other_settings.at("family.methadone.threshold_mg"),
                testing::ElementsAre("60", "50", "70"));
}

/// The methadone threshold of 70 mg instead of 60 counted by hand from the states.
TEST(Definitions, WhatHangsOnAChoiceIsWhatClassifyingAnewTells) {
    TestSite site;
    const auto figures = site.figures();
    Policy other = figures->policy();
    other.families[static_cast<std::size_t>(Family::methadone)].threshold = Micrograms{70'000};
    const Day day = figures->dates().back();
    const States ours = classify(figures->extract(), figures->policy(), {day}, {1}),
                 theirs = classify(figures->extract(), other, {day}, {1});
    std::int64_t bands = 0, cohorts = 0;
    for (std::size_t chunk = 0; chunk < ours.chunks.size(); ++chunk)
        for (std::size_t i = 0; i < ours.chunks[chunk].size(); ++i) {
            bands += ours.chunks[chunk][i].band != theirs.chunks[chunk][i].band;
            cohorts += ours.chunks[chunk][i].cohort != theirs.chunks[chunk][i].cohort;
        }
    ASSERT_GT(cohorts, 0);
    const std::string csv = site.get(Role::service_manager, "/definitions/sensitivity.csv").body;
    EXPECT_THAT(csv, HasSubstr(fmt::format("\"Methadone: threshold, mg\",60,70,0,{},0,{},{}", bands, cohorts,
                                           ours.count())));
    const std::string page = site.get(Role::service_manager, "/definitions/sensitivity").body;
    EXPECT_THAT(page, HasSubstr("/definitions#policy-family.methadone.threshold_mg"));
}

TEST(Definitions, ACommissionerDoesNotSeeTheCounts) {
    TestSite site;
    EXPECT_EQ(site.get(Role::commissioner, "/definitions").status, 200);
    EXPECT_THAT(site.get(Role::commissioner, "/definitions").body,
                Not(HasSubstr("/definitions/sensitivity")));
    for (const char* path :
         {"/definitions/sensitivity", "/definitions/sensitivity.csv", "/definitions/sensitivity.xlsx"})
        EXPECT_EQ(site.get(Role::commissioner, path).status, 403) << path;
}

TEST(Definitions, DownloadsHoldTheSameRows) {
    TestSite site;
    const PageFigures figures = definition_figures(site.site());
    for (const DataTable& table : figures.tables) {
        const Response csv = site.get(Role::clinician, "/definitions.csv?table=" + table.id);
        ASSERT_EQ(csv.status, 200) << table.id;
        const auto lines = lines_of(csv.body);
        EXPECT_EQ(lines.size(), table.rows.size()) << table.id;
        for (const auto& row : table.rows)
            EXPECT_TRUE(lines.contains(row[0].text)) << row[0].text;
    }
    EXPECT_EQ(site.get(Role::clinician, "/definitions.xlsx").body.substr(0, 2), "PK");
}

TEST(PolicyWords, NameAKeyForPeople) {
    EXPECT_EQ(policy_words("family.methadone.threshold_mg"), "Methadone: threshold, mg");
    EXPECT_EQ(policy_words("family.buprenorphine_weekly.tolerated_gap_days"),
              "Weekly buprenorphine injection: tolerated gap, days");
    EXPECT_EQ(policy_words("evidence.months"), "Evidence: months");
    EXPECT_EQ(policy_words("version"), "Version");
}

}  // namespace optimat
