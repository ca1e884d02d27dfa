#include "report/list_texts.hpp"

#include "base/error.hpp"
#include "intake/definitions.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>

namespace optimat {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string shipped_text() { return Definitions().text("lists.toml"); }
ListTexts shipped() { return list_texts(shipped_text(), "lists.toml"); }

std::vector<PolicyEntry> entries() {
    return policy_entries(Definitions().text("policy.toml"), "policy.toml");
}

/// The message about the shipped text with `from` replaced by `to`.
std::string failure(const std::string& from, const std::string& to) {
    std::string text = shipped_text();
    const std::size_t at = text.find(from);
    EXPECT_NE(at, text.npos);
    try {
        list_texts(text.replace(at, from.size(), to), "mine.toml");
    } catch (const DefinitionError& error) {
        return error.what();
    }
    return "none";
}

std::vector<std::string> all_words(const ListTexts& texts) {
    std::vector<std::string> words(texts.order.begin(), texts.order.end());
    for (const ListText& list : texts.lists) {
        words.insert(words.end(), {list.title, list.words, list.question});
        for (const BlockText& block : list.blocks)
            words.insert(words.end(), {block.title, block.why, block.ask});
    }
    return words;
}

TEST(ListTexts, EveryListAndBlockHasWords) {
    const ListTexts texts = shipped();
    ASSERT_EQ(texts.lists.size(), work_list_count);
    EXPECT_EQ(texts.list(WorkList::priority_1).title, "Overdose risk");
    EXPECT_EQ(texts.list(WorkList::slow_reduction).title, "Slow reduction");
    for (std::size_t i = 0; i < list_block_count; ++i) {
        const auto block = static_cast<ListBlock>(i);
        EXPECT_EQ(texts.block(block).block, block);
        EXPECT_TRUE(texts.block(block).ask.ends_with('?')) << text_of(block);
    }
    for (const std::string& words : all_words(texts))
        EXPECT_FALSE(words.empty());
}

// A dose that is asked for would be advice on a prescription; the cohorts say what doses people have.
TEST(ListTexts, NoQuestionNamesADose) {
    const std::regex dose("[0-9] ?mg|_mg\\}");
    for (const ListText& list : shipped().lists) {
        EXPECT_FALSE(std::regex_search(list.question, dose)) << list.question;
        for (const BlockText& block : list.blocks) {
            EXPECT_FALSE(std::regex_search(block.ask, dose)) << block.ask;
            EXPECT_FALSE(std::regex_search(block.why, dose)) << block.why;
        }
    }
}

TEST(ListTexts, ThePolicysValuesStandInTheWords) {
    const ListTexts texts = with_policy_values(shipped(), entries());
    EXPECT_THAT(texts.list(WorkList::priority_6).words, HasSubstr("ended in the last 28 days"));
    EXPECT_THAT(texts.block(ListBlock::left_unplanned).why, HasSubstr("in the last 90 days"));
    for (const std::string& words : all_words(texts))
        EXPECT_EQ(words.find('{'), words.npos) << words;
}

TEST(ListTexts, AValueThatThePolicyHasNotIsNamed) {
    ListTexts texts = shipped();
    texts.lists[3].question = "After {no.such}?";
    try {
        with_policy_values(std::move(texts), entries());
        FAIL();
    } catch (const DefinitionError& error) {
        EXPECT_STREQ(error.what(), "list 3 names the policy value {no.such}, which the policy has not");
    }
}

TEST(ListTexts, WhatIsWrongIsNamedWithItsLine) {
    EXPECT_THAT(failure("id = \"0\"", "id = \"7\""), HasSubstr("there is no list '7'"));
    EXPECT_THAT(failure("id = \"0\"", "id = \"1\""), StartsWith("mine.toml: line "));
    EXPECT_THAT(failure("id = \"slow-reduction\"", "id = \"mat4\""), StartsWith("mine.toml: line "));
    EXPECT_THAT(failure("id = \"uncategorised\"", "id = \"using_on_top\""),
                HasSubstr("list '0' must have each of its blocks once, in their order"));
    EXPECT_THAT(failure("id = \"uncategorised\"", "id = \"none\""), HasSubstr("there is no block 'none'"));
    EXPECT_THAT(failure("title = \"Not known\"\n", ""), HasSubstr("there must be a text `title`"));
    EXPECT_THAT(failure("title = \"Not known\"", "titel = \"Not known\""), HasSubstr("there is no `titel`"));
    EXPECT_THAT(failure("Is the increase on its way as planned?", "Give more."),
                HasSubstr("`ask` must be a question"));
    EXPECT_THAT(failure("id = \"injecting\"", "id = \"block\""), HasSubstr("order 'block' stands twice"));
    EXPECT_THAT(failure("[[order]]\nid = \"injecting\"\nwords = ", "# "),
                HasSubstr("order 'injecting' is missing"));
    EXPECT_THAT(failure("version = \"1\"", "version ="), StartsWith("mine.toml: line "));
}

TEST(ListTexts, TheOrderIsASentenceWithItsTies) {
    Policy policy;
    policy.priority.order[3] = {OrderKey::factors_present, OrderKey::most_days_used};
    EXPECT_EQ(
        order_sentence(shipped(), policy, WorkList::priority_3),
        "First those with more risk factors present, then those who use on more days, not known counting "
        "as most. Equal in all of this: never recorded first, then the oldest evidence.");
    EXPECT_EQ(order_sentence(shipped(), policy, WorkList::priority_5),
              "By their evidence: those of whom none was ever recorded, then those with the oldest.");
}

}  // namespace
}  // namespace optimat
