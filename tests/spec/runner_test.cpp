#include "given_extract.hpp"
#include "runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat::spec {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SpecRun run(const std::string& steps) {
    return run_spec("# T\n\n- rule: stage\n- source: test\n\n## Case\n\n" + steps, "x.spec.md");
}

const std::string one_person = "Given prescriptions\n\n"
                               "| client_id | medicine | daily_dose_mg | start_date |\n|---|---|---|---|\n| "
                               "C1 | methadone | 60 | 2018-01-01 |\n\n"
                               "When classified at 2018-06-30\n\n";  // the next step stands on line 16

TEST(SpecRunner, PassesWhatIsAsSpecified) {
    const SpecRun result =
        run(one_person + "Then states are exactly\n\n| client_id | stage | why |\n|---|---|---|\n"
                         "| C1 | uncategorised | no evidence |\n");
    EXPECT_EQ(result.outcome, Outcome::as_specified);
    EXPECT_THAT(result.messages, IsEmpty());
    EXPECT_EQ(result.cases, 1u);
}

TEST(SpecRunner, SaysWhereAndWhatIsDifferent) {
    const SpecRun result =
        run(one_person + "Then states are exactly\n\n| client_id | stage | dose_mg | medicine |\n"
                         "|---|---|---|---|\n| C1 | MAT3 | | methadone |\n");
    EXPECT_EQ(result.outcome, Outcome::different);
    EXPECT_THAT(result.messages,
                ElementsAre("x.spec.md:20 Case | C1 | column stage: expected MAT3, got uncategorised",
                            "x.spec.md:20 Case | C1 | column dose_mg: expected nothing, got 60"));
}

TEST(SpecRunner, WantsEveryRowAndNoOther) {
    const SpecRun result =
        run(one_person + "Then states are exactly\n\n| client_id | stage |\n|---|---|\n| C2 | MAT3 |\n");
    EXPECT_THAT(result.messages, ElementsAre("x.spec.md:16 Case | C1 | expected no such row",
                                             "x.spec.md:20 Case | C2 | expected this row, got none"));
}

TEST(SpecRunner, SeesPeopleInMatWhereNobodyIsExpected) {
    EXPECT_THAT(run(one_person + "Then nobody is in MAT\n").messages,
                ElementsAre(HasSubstr("expected nobody in MAT")));
}

TEST(SpecRunner, RepeatsARowForSoManyPeople) {
    const SpecRun result =
        run("Given prescriptions\n\n| client_id | start_date | people |\n|---|---|---|\n| A | 2018-01-01 | 3 "
            "|\n\n"
            "When tracked at 2018-06-30 for 1 months by organisation\n\n"
            "Then the tracker is exactly\n\n| in_mat | uncategorised |\n|---|---|\n| 3 | 3 |\n");
    EXPECT_THAT(result.messages, IsEmpty());
}

TEST(SpecRunner, ReportsAnIssueThatIsNotExpected) {
    const SpecRun result =
        run(one_person + "Given clients\n\n| client_id |\n|---|\n| C2 |\n\nWhen checked\n\n"
                         "Then there are no issues\n");
    EXPECT_EQ(result.outcome, Outcome::different);
    EXPECT_THAT(result.messages,
                ElementsAre(HasSubstr("prescriptions.csv:2 | expected no issue, got client/not-listed")));
}

TEST(SpecRunner, NotesTheRulesThatACaseConfirms) {
    const SpecRun result =
        run(one_person + "Given clients\n\n| client_id |\n|---|\n| C2 |\n\nWhen checked\n\n"
                         "Then issues are exactly\n\n| file | line | rule |\n|---|---|---|\n"
                         "| prescriptions.csv | 2 | client/not-listed |\n");
    EXPECT_THAT(result.messages, IsEmpty());
    EXPECT_THAT(result.confirmed_rules, ElementsAre(Rule::client_not_listed));
}

TEST(SpecRunner, TakesARefusedExtractForADifference) {
    const SpecRun result = run("Given no file clients.csv\n\nWhen checked\n\nThen there are no issues\n");
    EXPECT_EQ(result.outcome, Outcome::different);
    EXPECT_THAT(result.messages, ElementsAre(HasSubstr("clients.csv is missing")));
}

struct Unusable {
    const char* name;
    std::string steps;
    const char* because;
};

void PrintTo(const Unusable& unusable, std::ostream* stream) { *stream << unusable.name; }

class UnusableSpec : public testing::TestWithParam<Unusable> {};

TEST_P(UnusableSpec, IsNeverSkipped) {
    const SpecRun result = run(GetParam().steps);
    EXPECT_EQ(result.outcome, Outcome::unusable_spec);
    ASSERT_EQ(result.messages.size(), 1u);
    EXPECT_THAT(result.messages[0], HasSubstr(GetParam().because));
}

const std::string states = one_person + "Then states are exactly\n\n";
const std::string list_0 =
    "When list 0 is taken at 2018-06-30 for the organisation\n\nThen the list is exactly\n\n";
const std::string list_7 = "When list 7 is taken at 2018-06-30 for the organisation\n\n";
const std::string review =
    "Given reviews\n\n| client_id | day | lists | awaits_co_signature |\n|---|---|---|---|\n";

INSTANTIATE_TEST_SUITE_P(
    Words, UnusableSpec,
    testing::Values(
        Unusable{"step", "Then everybody is well\n", "no such step"},
        Unusable{"no_table_behind_step", states, "needs a table"},
        Unusable{"table_behind_step", one_person + "Then nobody is in MAT\n\n| a |\n|---|\n",
                 "takes no table"},
        Unusable{"block_behind_step", one_person + "Then nobody is in MAT\n\n```csv\n```\n",
                 "takes no fenced block"},
        Unusable{"given_table", "Given doctors\n\n| a |\n|---|\n\nThen nobody is in MAT\n",
                 "has no table 'doctors'"},
        Unusable{"given_column",
                 "Given clients\n\n| client_id | shoe |\n|---|---|\n\nThen nobody is in MAT\n",
                 "no column 'shoe'"},
        Unusable{"given_code",
                 "Given clients\n\n| client_id | sex |\n|---|---|\n| C1 | femal |\n\nThen nobody is in MAT\n",
                 "'femal' is not what the contract allows"},
        Unusable{
            "given_date",
            "Given tops\n\n| client_id | date |\n|---|---|\n| C1 | 2018-02-30 |\n\nThen nobody is in MAT\n",
            "'2018-02-30' is not what the contract allows"},
        Unusable{"given_column_missing", "Given tops\n\n| client_id |\n|---|\n\nThen nobody is in MAT\n",
                 "the column 'date' is missing"},
        Unusable{
            "given_row_refused",
            "Given prescriptions\n\n| client_id | start_date | end_date |\n|---|---|---|\n"
            "| C1 | 2018-02-02 | 2018-02-01 |\n\nWhen classified at 2018-06-30\n\nThen nobody is in MAT\n",
            "row 1: row/end-before-start"},
        Unusable{"expected_column", states + "| client_id | mood |\n|---|---|\n",
                 "there is no column 'mood'"},
        Unusable{"expected_code", states + "| client_id | stage |\n|---|---|\n| C1 | MAT5 |\n",
                 "there is no 'MAT5'"},
        Unusable{"expected_key", states + "| stage |\n|---|\n| MAT3 |\n",
                 "the column 'client_id' is missing"},
        Unusable{"expected_date",
                 one_person + "When classified at 2018-06-30, 2018-07-31\n\nThen states are exactly\n\n| "
                              "client_id |\n|---|\n",
                 "the column 'as_at' is missing"},
        Unusable{"rule",
                 "When checked\n\nThen issues are exactly\n\n| file | line | rule |\n|---|---|---|\n| a | 1 "
                 "| cell/odd |\n",
                 "there is no 'cell/odd'"},
        Unusable{"date", "When classified at 2018-02-29\n\nThen nobody is in MAT\n",
                 "'2018-02-29' is not a date"},
        Unusable{"then_without_when", "Then nobody is in MAT\n", "no When stands above"},
        Unusable{"place",
                 one_person +
                     "When service data is taken at 2018-06-30 for service S9\n\nThen nobody is in MAT\n",
                 "there is no service 'S9'"},
        Unusable{"list", one_person + list_7 + "Then nobody is in MAT\n", "there is no list '7'"},
        Unusable{"list_not_taken", one_person + "Then the list is exactly\n\n| client_id |\n|---|\n",
                 "the When above took no list"},
        Unusable{"block", one_person + list_0 + "| client_id | block |\n|---|---|\n| C1 | lost |\n",
                 "there is no 'lost'"},
        Unusable{"review_of_nobody",
                 one_person + review + "| C9 | 2018-06-30 | 0 | |\n\n" + list_0 + "| client_id |\n|---|\n",
                 "the extract has no client 'C9'"},
        Unusable{"review_of_no_list",
                 one_person + review + "| C1 | 2018-06-30 | 0, 7 | |\n\n" + list_0 + "| client_id |\n|---|\n",
                 "there is no list '7'"},
        Unusable{"review_without_day",
                 one_person + review + "| C1 | | 0 | |\n\n" + list_0 + "| client_id |\n|---|\n",
                 "column day: a date is missing"},
        Unusable{"review_signed",
                 one_person + review + "| C1 | 2018-06-30 | 0 | maybe |\n\n" + list_0 +
                     "| client_id |\n|---|\n",
                 "'maybe' is neither yes nor no"},
        Unusable{"claim_column",
                 one_person + "Given claims\n\n| client_id | until |\n|---|---|\n\n" + list_0 +
                     "| client_id |\n|---|\n",
                 "there is no column 'until'"}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(SpecRunner, RefusesARuleThatIsNotThere) {
    const SpecRun result = run_spec(
        "# T\n\n- rule: stage/odd\n- source: test\n\n## Case\n\nWhen checked\n\nThen there are no issues\n",
        "x");
    EXPECT_EQ(result.outcome, Outcome::unusable_spec);
    EXPECT_THAT(result.messages, ElementsAre(HasSubstr("there is no rule 'stage/odd'")));
}

TEST(Escapes, MeanWhatTheySay) {
    const auto text = [](std::string content) { return unescaped({1, "csv", true, std::move(content)}); };
    EXPECT_EQ(text("a\\r\n"), "a\r\n");
    EXPECT_EQ(text("\\xE9\\x00\\t\\\\\\n"), std::string("\xE9\0\t\\\n", 5));
    EXPECT_EQ(text("a\\{3 xy}b"), "axyxyxyb");
    EXPECT_EQ(text("a\\\nb"), "ab");
    EXPECT_THROW(text("\\q"), SpecError);
    EXPECT_THROW(text("\\{x y}"), SpecError);
    EXPECT_EQ(unescaped({1, "csv", false, "a\\n"}), "a\\n");
}

}  // namespace
}  // namespace optimat::spec
