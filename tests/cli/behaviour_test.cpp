// How the program behaves at its edges: exit codes, messages, files and pipes.

#include "tests/cli/program.hpp"

#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace optimat::testing_program {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string ctn = data_folder("ctn0094");

struct Failure {
    std::string name;
    std::vector<std::string> words;
    int exit_code;
    std::string says;
};
std::ostream& operator<<(std::ostream& out, const Failure& one) { return out << one.name; }

class Fails : public testing::TestWithParam<Failure> {};

TEST_P(Fails, with_its_exit_code_and_a_message_that_helps) {
    const Outcome run = run_program(GetParam().words);
    EXPECT_EQ(run.exit_code, GetParam().exit_code);
    EXPECT_THAT(run.err, testing::StartsWith("optimat: "));
    EXPECT_THAT(run.err, HasSubstr(GetParam().says));
    EXPECT_EQ(run.out, "");
}

INSTANTIATE_TEST_SUITE_P(
    Cli, Fails,
    testing::Values(
        Failure{"no_command", {}, 2, "optimat --help shows the commands"},
        Failure{"unknown_command", {"trakcer"}, 2, "there is no such command"},
        Failure{"unknown_option",
                {"states", ctn, "--as-att", "2018-03-31"},
                2,
                "there is no option --as-att; optimat states --help"},
        Failure{"no_source", {"states", "--as-at", "2018-03-31"}, 2, "SOURCE is missing"},
        Failure{"no_date", {"states", ctn}, 2, "--as-at is missing"},
        Failure{"no_value", {"states", ctn, "--as-at"}, 2, "--as-at: write one value after it"},
        Failure{"not_a_date",
                {"states", ctn, "--as-at", "31/03/2018"},
                2,
                "--as-at: write a real calendar day as YYYY-MM-DD, such as 2018-10-31"},
        Failure{"no_such_day",
                {"tracker", ctn, "--as-at", "2018-02-30"},
                2,
                "--as-at: write a real calendar day"},
        Failure{"two_dates",
                {"tracker", ctn, "--as-at", "2018-02-28", "--as-at", "2018-03-31"},
                2,
                "--as-at: write one value after it, and write it once"},
        Failure{"months",
                {"tracker", ctn, "--as-at", "2018-03-31", "--months", "0"},
                2,
                "--months: write a whole number from 1 to 600"},
        Failure{"months_text",
                {"tracker", ctn, "--as-at", "2018-03-31", "--months", "12x"},
                2,
                "--months: write a whole number"},
        Failure{"threads", {"--threads", "0", "policy"}, 2, "--threads: write a whole number from 1 to 256"},
        Failure{"format",
                {"tracker", ctn, "--as-at", "2018-03-31", "--format", "xml"},
                2,
                "--format: write one of: text, csv, json"},
        Failure{"two_places",
                {"tracker", ctn, "--as-at", "2018-03-31", "--service", "SITE02", "--region", "Trial"},
                2,
                "cannot be used together"},
        Failure{
            "no_such_service", {"tracker", ctn, "--as-at", "2018-03-31", "--service", "SITE99"}, 2, "SITE02"},
        Failure{"row_without_by",
                {"service-data", ctn, "--as-at", "2018-03-31", "--row", "mat2"},
                2,
                "--row can only be used with --by"},
        Failure{"no_output", {"workbook", ctn, "--as-at", "2018-03-31"}, 2, "--output is missing"},
        Failure{"unknown_client",
                {"explain", ctn, "NOBODY-7", "--as-at", "2018-03-31"},
                2,
                "there is no such client in this extract"},
        Failure{
            "no_such_list", {"list", "9", ctn, "--as-at", "2018-03-31"}, 2, "LIST: write one of: 0, 1, 2"},
        Failure{"block_of_another_list",
                {"list", "1", ctn, "--as-at", "2018-03-31", "--block", "step_down"},
                2,
                "--block: this is a block of list 4"},
        Failure{"list_workbook_without_file",
                {"list", "1", ctn, "--as-at", "2018-03-31", "--format", "xlsx"},
                2,
                "write -o and the workbook's file"},
        Failure{"synth_range",
                {"synth", "--clients", "0", "-o", "x"},
                2,
                "--clients: write a whole number from 1"},
        Failure{"no_definitions",
                {"policy", "--definitions", "nowhere"},
                10,
                "there is no such folder of definitions"},
        Failure{"no_folder", {"check", "nowhere"}, 11, "there is no such folder"},
        Failure{"no_source_folder",
                {"states", "no/where", "--as-at", "2018-03-31"},
                11,
                "there is no such folder"},
        Failure{"no_store", {"states", "latest", "--as-at", "2018-03-31"}, 13, "optimat.sqlite"},
        Failure{"output_folder",
                {"states", ctn, "--as-at", "2018-03-31", "-o", "nowhere/x.csv"},
                1,
                "cannot be written"},
        Failure{"output_is_folder", {"states", ctn, "--as-at", "2018-03-31", "-o", "."}, 1, "is a folder"},
        Failure{"workbook_folder",
                {"workbook", ctn, "--as-at", "2018-03-31", "-o", "nowhere/x.xlsx"},
                1,
                "nowhere"}),
    [](const auto& one) { return one.param.name; });

/// A copy of a data set that a test may spoil.
struct Spoiled {
    Folder work;
    std::filesystem::path extract = work / "extract";
    RunOptions there{work.path(), {}, Out::captured, 0};
    explicit Spoiled(const std::string& name = "adversarial") {
        std::filesystem::copy(data_folder(name), extract);
    }
};

TEST(Check, ends_with_14_when_there_are_errors_and_writes_them) {
    Spoiled data;
    write_file(data.extract / "tops.csv",
               "top_id,client_id,date,opiate_days\nT1,C00001,2018-02-30,1\nT2,C00002,2018-02-28,77777\n");
    const Outcome run = run_program({"check", "extract", "--issues", "issues.csv"}, data.there);
    EXPECT_EQ(run.exit_code, 14);
    EXPECT_THAT(run.out, HasSubstr("error  cell/date  1 time; row refused"));
    const std::string issues = read_file(data.work / "issues.csv");
    EXPECT_THAT(issues, HasSubstr("\ntops.csv,2,date,cell/date,error,row refused,"));
    EXPECT_THAT(issues, HasSubstr("\ntops.csv,3,opiate_days,cell/range,error,cell not recorded,"));
    EXPECT_THAT(issues, Not(HasSubstr("C00001")));
    EXPECT_THAT(issues, Not(HasSubstr("77777")));
    EXPECT_THAT(issues, Not(HasSubstr("2018-02-30")));
}

TEST(Check, ends_with_11_when_a_file_is_refused_and_says_why) {
    Spoiled data;
    write_file(data.extract / "tops.csv", "top_id,client_id,date,surname\nT1,C00001,2018-02-28,Nobody\n");
    const Outcome run = run_program({"check", "extract"}, data.there);
    EXPECT_EQ(run.exit_code, 11);
    EXPECT_THAT(run.out, HasSubstr("Refused files"));
    EXPECT_THAT(run.out, HasSubstr("surname"));
    EXPECT_THAT(run.out + run.err, Not(HasSubstr("Nobody")));
    const Outcome states = run_program({"states", "extract", "--as-at", "2018-03-31"}, data.there);
    EXPECT_EQ(states.exit_code, 11);
    EXPECT_THAT(states.err, HasSubstr("tops.csv"));
}

TEST(Check, names_the_columns_that_it_ignores) {
    Spoiled data;
    write_file(data.extract / "tops.csv",
               "top_id,client_id,date,opiate_days,mood\nT1,C00001,2018-02-28,3,9\n");
    EXPECT_THAT(run_program({"check", "extract"}, data.there).out, HasSubstr("tops.csv: mood"));
}

TEST(Errors, a_wrong_policy_is_10_and_names_the_line) {
    const Folder work;
    write_file(work / "p.toml", "name = \"x\"\n[induction]\ndays = -1\n");
    const Outcome run = run_program({"policy", "--policy", "p.toml"}, {work.path(), {}, Out::captured, 0});
    EXPECT_EQ(run.exit_code, 10);
    EXPECT_THAT(run.err, HasSubstr("line 3"));
}

TEST(Errors, a_store_that_is_none_is_13) {
    const Folder work;
    write_file(work / "optimat.sqlite", std::string(5000, 'x'));
    EXPECT_EQ(run_program({"snapshots"}, {work.path(), {}, Out::captured, 0}).exit_code, 13);
    EXPECT_EQ(run_program({"import", ctn}, {work.path(), {}, Out::captured, 0}).exit_code, 13);
}

TEST(Dates, outside_the_data_are_warned_of) {
    const Outcome after = run_program({"states", ctn, "--as-at", "2020-01-31"});
    EXPECT_EQ(after.exit_code, 0);
    EXPECT_THAT(after.err, HasSubstr("warning: the data end on 2019-12-31"));
    EXPECT_THAT(run_program({"tracker", ctn, "--as-at", "2017-06-30"}).err,
                HasSubstr("warning: the data begin on 2017-04-01"));
    EXPECT_EQ(run_program({"states", ctn, "--as-at", "2020-01-31", "--quiet"}).err, "");
    EXPECT_THAT(run_program({"states", ctn, "--as-at", "2018-03-31"}).err, Not(HasSubstr("warning")));
}

TEST(Output, a_file_holds_what_standard_output_would) {
    const Folder work;
    const Outcome run = run_program({"states", ctn, "--as-at", "2018-03-31", "-o", "s.csv"},
                                    {work.path(), {}, Out::captured, 0});
    EXPECT_EQ(run.out, "");
    EXPECT_EQ(read_file(work / "s.csv"), run_program({"states", ctn, "--as-at", "2018-03-31"}).out);
}

std::set<std::string> names_in(const std::filesystem::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.insert(entry.path().filename().string());
    return names;
}

TEST(Output, a_run_that_fails_leaves_the_old_file_and_nothing_else) {
    const Folder work;
    write_file(work / "t.csv", "old");
    const Outcome run =
        run_program({"tracker", ctn, "--as-at", "2018-03-31", "--service", "SITE99", "-o", "t.csv"},
                    {work.path(), {}, Out::captured, 0});
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_EQ(read_file(work / "t.csv"), "old");
    EXPECT_EQ(names_in(work.path()), std::set<std::string>{"t.csv"});
}

TEST(Output, a_run_that_is_killed_while_it_writes_leaves_the_old_file_and_nothing_else) {
    const Folder work;
    write_file(work / "s.json", "old");
    const Outcome run =
        run_program({"states", ctn, "--as-at", "2018-03-31", "--format", "json", "-o", "s.json"},
                    {work.path(), {}, Out::captured, 4096});
    EXPECT_EQ(run.exit_code, 128 + SIGXFSZ);
    EXPECT_EQ(read_file(work / "s.json"), "old");
    EXPECT_EQ(names_in(work.path()), std::set<std::string>{"s.json"});
}

TEST(Output, a_link_stays_a_link_and_a_device_a_device) {
    const Folder work;
    write_file(work / "real.csv", "old");
    std::filesystem::create_symlink("real.csv", work / "link.csv");
    ASSERT_EQ(run_program({"states", ctn, "--as-at", "2018-03-31", "-o", "link.csv"},
                          {work.path(), {}, Out::captured, 0})
                  .exit_code,
              0);
    EXPECT_TRUE(std::filesystem::is_symlink(work / "link.csv"));
    EXPECT_THAT(read_file(work / "real.csv"), testing::StartsWith("as_at,"));
    ASSERT_EQ(run_program({"states", ctn, "--as-at", "2018-03-31", "-o", "/dev/null"}).exit_code, 0);
    EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST(Output, a_reader_that_has_gone_ends_the_program_quietly) {
    for (const auto& words :
         std::vector<std::vector<std::string>>{{"states", ctn, "--as-at", "2018-03-31", "--quiet"},
                                               {"tracker", ctn, "--as-at", "2018-03-31"},
                                               {"policy"}}) {
        const Outcome run = run_program(words, {{}, {}, Out::closed_pipe, 0});
        EXPECT_EQ(run.exit_code, 0);
        EXPECT_EQ(run.err, "");
    }
}

TEST(Output, a_full_disk_is_an_error) {
    const Outcome run = run_program({"states", ctn, "--as-at", "2018-03-31"}, {{}, {}, Out::full_disk, 0});
    EXPECT_EQ(run.exit_code, 1);
    EXPECT_THAT(run.err, HasSubstr("standard output: cannot be written"));
}

}  // namespace
}  // namespace optimat::testing_program
