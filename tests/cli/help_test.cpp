// Help, manual page and commands agree.

#include "tests/cli/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>
#include <set>

namespace optimat::testing_program {
namespace {

using testing::HasSubstr;

std::set<std::string> long_options(const std::string& help) {
    std::set<std::string> options;
    const std::regex option("--[a-z][a-z-]*");
    // Only what is declared: at the beginning of an entry, not in examples.
    for (const std::string& line : lines_of(help)) {
        if (!std::regex_search(line, std::regex("^  (-[a-z],)?--"))) continue;
        std::smatch found;
        if (std::regex_search(line, found, option)) options.insert(found[0]);
    }
    return options;
}

TEST(Help, lists_the_commands_in_the_order_of_the_work) {
    EXPECT_THAT(commands(),
                testing::ElementsAre("check", "import", "snapshots", "originals", "erase", "states",
                                     "explain", "list", "tracker", "service-data", "flows", "measures",
                                     "measure", "workbook", "release", "serve", "synth", "policy", "rules"));
    EXPECT_THAT(run_program({"--help"}).out, HasSubstr("A tour in five lines"));
}

TEST(Help, of_every_command_has_examples_of_it_and_fits_80_columns) {
    for (const std::string& command : commands()) {
        const Outcome run = run_program({command, "--help"});
        EXPECT_EQ(run.exit_code, 0);
        EXPECT_THAT(run.out, HasSubstr("\nExamples\n  optimat " + command)) << command;
        EXPECT_THAT(run.out, HasSubstr("Usage: optimat " + command));
        bool examples = false;
        for (const std::string& line : lines_of(run.out)) {
            examples |= line == "Examples";  // a line to type is never broken
            EXPECT_TRUE(examples || line.size() <= 84) << line;
        }
    }
}

/// Every example can be read by the program: no option in it is unknown to its command.
TEST(Help, examples_use_only_options_that_there_are) {
    for (const std::string& command : commands()) {
        const std::string help = run_program({command, "--help"}).out;
        const auto known = long_options(help);
        const std::string examples = help.substr(help.find("\nExamples\n"));
        const std::regex option("--[a-z][a-z-]*");
        for (auto at = std::sregex_iterator(examples.begin(), examples.end(), option);
             at != std::sregex_iterator(); ++at)
            EXPECT_TRUE(known.contains(at->str())) << command << " " << at->str();
    }
}

TEST(Help, version_is_one_line) {
    const Outcome run = run_program({"--version"});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_TRUE(std::regex_match(run.out, std::regex("optimat [0-9]+\\.[0-9]+\\.[0-9]+\n"))) << run.out;
}

/// The manual page as text: `\-` is a hyphen in it.
std::string manual() {
    return std::regex_replace(read_file(std::string(OPTIMAT_SOURCE_DIR) + "/docs/optimat.1"),
                              std::regex("\\\\-"), "-");
}

TEST(Manual, has_every_command_and_option) {
    const std::string page = manual();
    for (const std::string& command : commands()) {
        EXPECT_TRUE(std::regex_search(page, std::regex("\n\\.SS " + command + "\n"))) << command;
        for (const std::string& option : long_options(run_program({command, "--help"}).out))
            EXPECT_THAT(page, HasSubstr(option)) << command;
    }
}

TEST(Manual, has_no_option_that_is_not_there) {
    std::set<std::string> known = long_options(run_program({"--help"}).out);
    for (const std::string& command : commands())
        known.merge(long_options(run_program({command, "--help"}).out));
    const std::string page = manual();
    const std::regex option("--[a-z][a-z-]*");
    for (auto at = std::sregex_iterator(page.begin(), page.end(), option); at != std::sregex_iterator(); ++at)
        EXPECT_TRUE(known.contains(at->str())) << at->str();
}

TEST(Manual, short_reference_has_every_command) {
    const std::string page = read_file(std::string(OPTIMAT_SOURCE_DIR) + "/docs/commands.md");
    for (const std::string& command : commands())
        EXPECT_THAT(page, HasSubstr("`optimat " + command)) << command;
}

}  // namespace
}  // namespace optimat::testing_program
