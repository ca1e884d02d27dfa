// Releases on the command line: what was released stays as it was, and each action says what it needs.

#include "tests/cli/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace optimat::testing_program {
namespace {

using testing::HasSubstr;

class Releases : public testing::Test {
  protected:
    Releases() {
        EXPECT_EQ(
            run({"synth", "--clients", "300", "--services", "3", "--months", "14", "-o", "data"}).exit_code,
            0);
        EXPECT_EQ(run({"import", "data"}).exit_code, 0);
    }
    Outcome run(std::vector<std::string> words) const {
        return run_program(words, {work.path(), {}, Out::captured, 0});
    }
    nlohmann::json shown(const std::string& number) const {
        return nlohmann::json::parse(run({"release", "show", number, "--format", "json"}).out);
    }
    Folder work;
};

TEST_F(Releases, are_made_listed_shown_and_withdrawn) {
    EXPECT_THAT(run({"release", "list"}).out, HasSubstr("no releases yet"));
    const Outcome made = run({"release", "make", "--reason", "Meeting of services"});
    EXPECT_EQ(made.exit_code, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("Made Release 1"));
    const Outcome list = run({"release", "list"});
    EXPECT_THAT(list.out, HasSubstr("command line"));
    EXPECT_THAT(list.out, HasSubstr("The next release is of "));
    const Outcome show = run({"release", "show", "1"});
    EXPECT_EQ(show.exit_code, 0) << show.err;
    EXPECT_THAT(show.out, HasSubstr("nobody of"));
    EXPECT_THAT(show.out, HasSubstr("Meeting of services"));
    EXPECT_EQ(run({"release", "show", "1", "--format", "xlsx", "-o", "release.xlsx"}).exit_code, 0);
    EXPECT_TRUE(std::filesystem::exists(work / "release.xlsx"));
    EXPECT_THAT(run({"release", "show", "1", "--format", "csv", "--table", "release_about"}).out,
                HasSubstr("Meeting of services"));
    EXPECT_THAT(run({"release", "make"}).err, HasSubstr("Release 1 of this month stands"));
    EXPECT_EQ(run({"release", "withdraw", "1", "--reason", "Wrong extract"}).exit_code, 0);
    EXPECT_THAT(run({"release", "list"}).out, HasSubstr("withdrawn"));
    EXPECT_THAT(run({"release", "withdraw", "1", "--reason", "again"}).err, HasSubstr("already"));
}

TEST_F(Releases, keep_their_figures_under_another_policy_which_is_then_the_cause) {
    ASSERT_EQ(run({"release", "make"}).exit_code, 0);
    const auto before = shown("1");
    write_file(work / "other.toml", "[evidence]\nmonths = 6\n");
    const auto after = nlohmann::json::parse(
        run({"release", "show", "1", "--format", "json", "--policy", "other.toml"}).out);
    const auto& rows = after["tables"]["release_figures"]["rows"];
    ASSERT_EQ(rows.size(), before["tables"]["release_figures"]["rows"].size());
    bool moved = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const char* const then : {"then_value", "then_numerator", "then_denominator"})
            EXPECT_EQ(rows[i][then], before["tables"]["release_figures"]["rows"][i][then]);
        moved |= rows[i]["now_numerator"] != rows[i]["then_numerator"];
    }
    EXPECT_TRUE(moved);
    for (const auto& row : after["tables"]["release_why"]["rows"]) {
        EXPECT_EQ(row["late_data"], 0);
        EXPECT_EQ(row["then"].get<int>() + row["program"].get<int>() + row["late_data"].get<int>() +
                      row["correction"].get<int>() + row["definition"].get<int>(),
                  row["now"].get<int>());
    }
    EXPECT_EQ(after["about"]["as_at"], before["about"]["as_at"]);
}

TEST_F(Releases, keep_their_figures_when_their_snapshot_is_erased) {
    ASSERT_EQ(run({"release", "make"}).exit_code, 0);
    const auto before = shown("1");
    ASSERT_EQ(
        run({"synth", "--clients", "310", "--services", "3", "--months", "14", "-o", "later"}).exit_code, 0);
    ASSERT_EQ(run({"import", "later"}).exit_code, 0);
    const std::string first =
        nlohmann::json::parse(run({"snapshots", "--format", "json"}).out)[0]["id"].get<std::string>();
    ASSERT_EQ(run({"erase", first, "--yes"}).exit_code, 0);
    const auto after = shown("1");
    EXPECT_FALSE(after["tables"].contains("release_people"));
    for (std::size_t i = 0; i < after["tables"]["release_why"]["rows"].size(); ++i) {
        const auto& row = after["tables"]["release_why"]["rows"][i];
        EXPECT_EQ(row["then"], before["tables"]["release_why"]["rows"][i]["then"]);
        EXPECT_EQ(row["then"].get<int>() + row["data"].get<int>() + row["definition"].get<int>(),
                  row["now"].get<int>());
    }
}

TEST_F(Releases, are_shown_when_the_store_has_no_data_any_more) {
    ASSERT_EQ(run({"release", "make"}).exit_code, 0);
    const auto before = shown("1");
    const std::string only =
        nlohmann::json::parse(run({"snapshots", "--format", "json"}).out)[0]["id"].get<std::string>();
    ASSERT_EQ(run({"erase", only, "--yes"}).exit_code, 0);
    const auto after = shown("1");
    const auto& rows = after["tables"]["release_figures"]["rows"];
    ASSERT_EQ(rows.size(), before["tables"]["release_figures"]["rows"].size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        EXPECT_EQ(rows[i]["then_numerator"],
                  before["tables"]["release_figures"]["rows"][i]["then_numerator"]);
    EXPECT_THAT(after["about"]["sentence"].get<std::string>(), HasSubstr("no data any more"));
    EXPECT_EQ(run({"release", "show", "1", "--service", "S0001"}).exit_code, 0);
}

TEST_F(Releases, say_what_an_action_needs) {
    const auto refusal = [&](const std::vector<std::string>& words) {
        const Outcome outcome = run(words);
        EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
        return outcome.err;
    };
    EXPECT_THAT(refusal({"release", "print"}), HasSubstr("ACTION: write one of: make, list, show, withdraw"));
    EXPECT_THAT(refusal({"release", "show"}), HasSubstr("NUMBER"));
    EXPECT_THAT(refusal({"release", "show", "first"}), HasSubstr("NUMBER"));
    EXPECT_THAT(refusal({"release", "show", "9"}), HasSubstr("there is no release 9"));
    EXPECT_THAT(refusal({"release", "list", "1"}), HasSubstr("NUMBER"));
    EXPECT_THAT(refusal({"release", "withdraw", "1"}), HasSubstr("--reason"));
    EXPECT_THAT(refusal({"release", "list", "--as-at", "2018-10-31"}), HasSubstr("only make"));
    EXPECT_THAT(refusal({"release", "make", "--as-at", "1999-10-31"}), HasSubstr("the data cover"));
    EXPECT_THAT(refusal({"release", "make", "--as-at", "2018-10-17"}), HasSubstr("the last day of one"));
    EXPECT_THAT(refusal({"release", "show", "1", "--format", "xlsx"}), HasSubstr("-o"));
}

}  // namespace
}  // namespace optimat::testing_program
