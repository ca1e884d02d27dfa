#include "model/issue.hpp"

#include <gtest/gtest.h>
#include <set>
#include <string>

namespace optimat {
namespace {

TEST(Issue, every_rule_has_an_id_of_its_own_and_words) {
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < rule_count; ++i) {
        const IssueRule& rule = issue_rule(static_cast<Rule>(i));
        ids.insert(rule.id);
        EXPECT_NE(rule.id.find('/'), rule.id.npos) << rule.id;
        EXPECT_FALSE(rule.text.empty()) << rule.id;
        EXPECT_FALSE(rule.advice.empty()) << rule.id;
        EXPECT_FALSE(rule.text.ends_with('.')) << rule.id;
    }
    EXPECT_EQ(ids.size(), rule_count);
}

TEST(Issue, what_costs_data_is_an_error_and_what_keeps_it_is_not) {
    for (std::size_t i = 0; i < rule_count; ++i) {
        const IssueRule& rule = issue_rule(static_cast<Rule>(i));
        const bool costs = rule.consequence == Consequence::cell_not_recorded ||
                           rule.consequence == Consequence::row_refused ||
                           rule.consequence == Consequence::file_refused;
        EXPECT_EQ(rule.severity == Severity::error, costs) << rule.id;
    }
}

TEST(Issue, a_report_counts_by_severity_and_knows_refusal) {
    CheckReport report;
    report.files.push_back({"clients.csv", "clients", 0, {}, {}, {}});
    report.issues = {{Rule::cell_dose}, {Rule::cell_padded}, {Rule::cell_code}, {Rule::row_blank}};
    EXPECT_EQ(report.count(Severity::error), 2u);
    EXPECT_EQ(report.count(Severity::warning), 1u);
    EXPECT_EQ(report.count(Severity::note), 1u);
    EXPECT_FALSE(report.refused());
    report.files.push_back({"tops.csv", "tops", 0, {}, {}, "tops.csv: why"});
    EXPECT_TRUE(report.refused());
}

TEST(Issue, a_sentence_names_the_column_when_there_is_one) {
    EXPECT_EQ(sentence_for(Rule::cell_flag, "sharing"),
              "sharing: the cell is neither true nor false; write true, false or nothing");
    EXPECT_TRUE(sentence_for(Rule::row_blank, "").starts_with("blank lines are skipped"));
}

}  // namespace
}  // namespace optimat
