#include "spec_file.hpp"

#include <gtest/gtest.h>

namespace optimat::spec {
namespace {

const std::string head = "# Title\n\n- rule: stage, cohort\n- source: [000 2.2]\n\nProse.\n\n";

TEST(SpecFile, HoldsTitleFactsCasesAndSteps) {
    const SpecFile file = parse_spec(
        head + "## One\n\nGiven clients\n\n| client_id | why |\n|---|---|\n| C\\|1 | |\n\n> remark\n"
               "When checked\n\nThen the file\n\n```csv escapes\na,b\n```\n## Two\n\nThen nothing\n");
    EXPECT_EQ(file.title, "Title");
    EXPECT_EQ(file.rules, (std::vector<std::string>{"stage", "cohort"}));
    EXPECT_EQ(file.source, "[000 2.2]");
    ASSERT_EQ(file.cases.size(), 2u);
    ASSERT_EQ(file.cases[0].steps.size(), 3u);
    const SpecTable& table = *file.cases[0].steps[0].table;
    EXPECT_EQ(table.columns, (std::vector<std::string>{"client_id", "why"}));
    ASSERT_EQ(table.rows.size(), 1u);
    EXPECT_EQ(table.rows[0].cells, (std::vector<std::string>{"C|1", ""}));
    EXPECT_EQ(table.rows[0].line, 14);
    EXPECT_EQ(file.cases[0].steps[2].block->text, "a,b\n");
    EXPECT_TRUE(file.cases[0].steps[2].block->escapes);
    EXPECT_EQ(file.cases[1].line, 24);
}

struct Wrong {
    const char* name;
    std::string text;
    int line;
    const char* because;
};

void PrintTo(const Wrong& wrong, std::ostream* stream) { *stream << wrong.name; }

class WrongSpec : public testing::TestWithParam<Wrong> {};

TEST_P(WrongSpec, IsAnErrorAtItsLine) {
    try {
        parse_spec(GetParam().text);
        FAIL() << "it was read";
    } catch (const SpecError& error) {
        EXPECT_EQ(error.line(), GetParam().line);
        EXPECT_NE(std::string(error.what()).find(GetParam().because), std::string::npos) << error.what();
    }
}

const std::string case_head = head + "## One\n\nGiven clients\n\n";  // the step stands on line 10

INSTANTIATE_TEST_SUITE_P(
    Grammar, WrongSpec,
    testing::Values(
        Wrong{"no_title", "- rule: stage\n", 1, "begins with `# title`"},
        Wrong{"no_rule", "# T\n\n- source: x\n\n## One\nThen a\n", 5, "name no rule"},
        Wrong{"no_source", "# T\n\n- rule: stage\n\n## One\nThen a\n", 5, "name no source"},
        Wrong{"unknown_fact", "# T\n\n- author: x\n", 3, "the fact 'author' is not known"},
        Wrong{"no_case", head, 8, "there is no case"},
        Wrong{"step_before_case", head + "Given clients\n", 8, "a step stands before the first case"},
        Wrong{"table_before_case", head + "| a |\n", 8, "only facts and prose"},
        Wrong{"case_asks_nothing", head + "## One\n\nGiven clients\n", 8, "the case has no Then"},
        Wrong{"title_twice", head + "## One\n\nThen a\n\n## One\n\nThen a\n", 12, "a case of that title"},
        Wrong{"misspelt_step", head + "## One\n\nGivne clients\n", 10, "no step, table or block"},
        Wrong{"table_without_step", head + "## One\n\n| a |\n|---|\n", 10, "before the first step"},
        Wrong{"two_tables", case_head + "| a |\n|---|\n\n| b |\n|---|\n", 15, "at most one table or block"},
        Wrong{"no_rule_line", case_head + "| a |\n| b |\n", 13, "the second line of a table"},
        Wrong{"short_row", case_head + "| a | b |\n|---|---|\n| 1 |\n", 14,
              "the row has 1 cells, the header 2"},
        Wrong{"open_row", case_head + "| a | b\n", 12, "begins and ends with |"},
        Wrong{"column_twice", case_head + "| a | a |\n|---|---|\n", 12, "stands twice"},
        Wrong{"text_behind_table", case_head + "| a |\n|---|\ntext\n", 14, "a blank line ends a table"},
        Wrong{"open_fence", case_head + "```csv\na\n", 12, "never closed"},
        Wrong{"unknown_word_at_fence", case_head + "```csv raw\na\n```\n", 12, "is escapes"}),
    [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace optimat::spec
