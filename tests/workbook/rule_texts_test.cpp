#include "report/rule_texts.hpp"

#include "base/error.hpp"
#include "intake/definitions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat {

namespace {

constexpr const char* one_rule =
    "[[rule]]\nid = \"stage\"\ntitle = \"Stage\"\nwords = \"Day {induction.days}.\"\nsource = \"000\"\n";

}  // namespace

TEST(RuleTexts, OfTheProgramAreCompleteAndNameOnlyPolicyValues) {
    const Definitions definitions;
    const auto entries = policy_entries(definitions.text("policy.toml"), "policy.toml");
    const auto rules = rule_texts(definitions.text("rules.toml"), "rules.toml");
    std::vector<std::string> ids;
    for (const RuleText& rule : rules) {
        ids.push_back(rule.id);
        EXPECT_EQ(with_policy_values(rule, entries).find('{'), std::string::npos) << rule.id;
    }
    EXPECT_THAT(ids, testing::IsSupersetOf({"cover/death", "cover/effective-end", "cover/active",
                                            "cover/spell", "cover/censored", "dose/current", "dose/band",
                                            "regime/derived", "regime", "evidence/on-top", "stage", "cohort",
                                            "attribution", "tracker", "flows", "service-data"}));
}

TEST(RuleTexts, TakeValuesFromThePolicyInForce) {
    const auto rules = rule_texts(one_rule, "rules");
    ASSERT_EQ(rules.size(), 1U);
    EXPECT_EQ(with_policy_values(rules[0], {{"induction.days", "42", "", ""}}), "Day 42.");
    EXPECT_THROW(with_policy_values(rules[0], {}), DefinitionError);
    EXPECT_THROW(with_policy_values({"x", "x", "an open {brace", "x"}, {}), DefinitionError);
}

TEST(RuleTexts, RefuseWhatTheyDoNotKnow) {
    EXPECT_THROW(rule_texts("x = 1", "rules"), DefinitionError);
    EXPECT_THROW(rule_texts("[[rule]]\nid = \"a\"", "rules"), DefinitionError);
    EXPECT_THROW(rule_texts(std::string(one_rule) + "colour = \"red\"", "rules"), DefinitionError);
    EXPECT_THROW(rule_texts(std::string(one_rule) + one_rule, "rules"), DefinitionError);
    EXPECT_THROW(rule_texts("[[rule", "rules"), DefinitionError);
}

TEST(RuleTexts, AnOverridingPolicyTakesThePlaceOfItsValuesOnly) {
    const auto entries =
        laid_over({{"a", "1", "s", "r"}, {"b", "2", "s", "r"}}, {{"b", "3", "our service", "why"}});
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].value, "1");
    EXPECT_EQ(entries[1].value, "3");
    EXPECT_EQ(entries[1].source, "our service");
}

}  // namespace optimat
