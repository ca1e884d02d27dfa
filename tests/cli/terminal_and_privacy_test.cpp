// What a terminal shows, and what nobody may see.

#include "tests/cli/program.hpp"

#include <algorithm>
#include <cctype>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <sys/stat.h>

namespace optimat::testing_program {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string ctn = data_folder("ctn0094");

TEST(Terminal, has_colour_unless_it_is_refused) {
    const std::vector<std::string> words = {"tracker", ctn, "--as-at", "2018-03-31"};
    EXPECT_THAT(run_on_terminal(words).out, HasSubstr("\x1b["));
    EXPECT_THAT(run_on_terminal(words, {{"NO_COLOR", "1"}}).out, Not(HasSubstr("\x1b[")));
    EXPECT_THAT(run_on_terminal(words, {{"TERM", "dumb"}}).out, Not(HasSubstr("\x1b[")));
    EXPECT_THAT(run_on_terminal({"tracker", ctn, "--as-at", "2018-03-31", "--color", "never"}).out,
                Not(HasSubstr("\x1b[")));
    EXPECT_THAT(run_program(words).out, Not(HasSubstr("\x1b[")));
    EXPECT_THAT(run_program({"tracker", ctn, "--as-at", "2018-03-31", "--color", "always"}).out,
                HasSubstr("\x1b["));
}

std::size_t widest(const std::string& text) {
    std::size_t most = 0;
    for (const std::string& line : lines_of(text)) {
        std::size_t columns = 0;
        for (const char c : line)
            columns += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
        most = std::max(most, columns);
    }
    return most;
}

TEST(Terminal, gives_the_bar_its_width) {
    const std::string wide =
        run_on_terminal({"tracker", ctn, "--as-at", "2018-03-31"}, {{"NO_COLOR", "1"}}).out;
    EXPECT_GT(widest(wide), 80u);
    EXPECT_LE(widest(wide), 100u);
}

TEST(Text, fits_80_columns) {
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"check", ctn},
             {"check", data_folder("adversarial")},
             {"tracker", ctn, "--as-at", "2018-03-15"},
             {"service-data", ctn, "--as-at", "2018-03-31"},
             {"service-data", ctn, "--as-at", "2018-03-31", "--by", "time_in_treatment"},
             {"flows", ctn, "--as-at", "2018-03-31"},
             {"explain", ctn, "C1001", "--as-at", "2018-03-31"},
             {"list", "1", ctn, "--as-at", "2018-03-31"},
             {"list", "4", ctn, "--as-at", "2018-03-31"},
             {"list", "6", ctn, "--as-at", "2018-03-31"},
             {"policy"},
             {"rules"}})
        EXPECT_LE(widest(run_program(words).out), 80u) << words[0];
}

/// The words of a text that are ids of people in the extract.
std::vector<std::string> people_named(const std::string& text, const std::string& data) {
    std::set<std::string> ids;
    for (const std::string& line : lines_of(read_file(data_folder(data) + "/clients.csv")))
        ids.insert(cells_of(line)[0]);
    ids.erase("client_id");
    std::vector<std::string> found;
    std::string word;
    for (const char c : text + " ") {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            word += c;
            continue;
        }
        if (ids.contains(word)) found.push_back(word);
        word.clear();
    }
    return found;
}

TEST(Privacy, nobody_is_named_on_standard_error) {
    ASSERT_EQ(people_named("so C1001 is found", "ctn0094").size(), 1u);
    const Folder work;
    const RunOptions there{work.path(), {}, Out::captured, 0};
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"check", ctn},
             {"import", ctn},
             {"states", ctn, "--as-at", "2018-03-31"},
             {"explain", ctn, "C1001", "--as-at", "2018-03-31"},
             {"explain", "latest", "C1001", "--as-at", "2028-03-31"},
             {"explain", ctn, "C1001", "C1019", "--as-at", "2018-03-31"},
             {"explain", ctn, "C1001", "--as-at", "C1019"},
             {"explain", ctn, "C1001", "--as-at", "2018-03-31", "--C1019"},
             {"explain", ctn, "C1001"},
             {"explain", "C1001", ctn, "--as-at", "2018-03-31"},
             {"C1001"},
             {"tracker", ctn, "--as-at", "2018-03-31", "--format=C1001"},
             {"--quiet=C1001", "policy"},
             {"erase", "C1001", "--yes"},
             {"tracker", ctn, "--as-at", "2018-03-31", "--months", "C1001"}})
        EXPECT_THAT(people_named(run_program(words, there).err, "ctn0094"), testing::IsEmpty()) << words[0];
}

TEST(Privacy, a_new_file_of_states_is_no_more_open_than_the_user_wants) {
    const Folder work;
    const mode_t before = ::umask(027);
    run_program({"states", ctn, "--as-at", "2018-03-31", "-o", "s.csv"}, {work.path(), {}, Out::captured, 0});
    ::umask(before);
    struct stat about {};
    ASSERT_EQ(::stat((work / "s.csv").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0640u);
}

TEST(Progress, is_never_shown_where_it_is_no_terminal) { EXPECT_EQ(run_program({"check", ctn}).err, ""); }

}  // namespace
}  // namespace optimat::testing_program
