// Measures on the command line: how many months are shown alters no figure, and charts have the store's
// marks.

#include "store/chart_marks.hpp"
#include "store/store.hpp"
#include "tests/cli/program.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat::testing_program {
namespace {

using testing::HasSubstr;
using testing::Not;

class Measures : public testing::Test {
  protected:
    Measures() {
        EXPECT_EQ(
            run({"synth", "--clients", "600", "--services", "2", "--months", "36", "-o", "data"}).exit_code,
            0);
        EXPECT_EQ(run({"import", "data"}).exit_code, 0);
    }
    Outcome run(std::vector<std::string> words) const {
        return run_program(words, {work.path(), {}, Out::captured, 0});
    }
    Outcome measure(const std::string& name, std::vector<std::string> more = {},
                    const std::string& source = "latest") const {
        std::vector<std::string> words = {"measure", name, source, "--as-at", "2018-10-31"};
        words.insert(words.end(), more.begin(), more.end());
        return run(std::move(words));
    }
    /// Sets a target of 85 % for the organisation from May 2018 on.
    void set_target(const std::string& name) const {
        ChartMarkEntry entry;
        entry.kind = ChartMarkKind::target;
        entry.measure = name;
        entry.place = "organisation";
        entry.from = "2018-05";
        entry.millionths = 850'000;
        entry.reason = "agreed by the board";
        entry.at = "2018-11-05T09:30:00Z";
        entry.author = "ann";
        entry.author_role = "service_manager";
        entry.request = "1";
        const Store store(work / "optimat.sqlite", StoreAccess::existing);
        add_chart_mark(store.database(), entry);
    }
    Folder work;
};

/// The figure and the table of parts: all above the months.
std::string headline_of(const std::string& text) { return text.substr(0, text.find("\nMonth")); }

TEST_F(Measures, have_the_same_figure_and_limits_however_many_months_are_shown) {
    for (const char* name : {"induction_completed", "red_share", "naloxone_leaving"}) {
        const auto all = lines_of(measure(name, {"--months", "36", "--format", "csv"}).out);
        const std::string headline = headline_of(measure(name, {"--months", "36"}).out);
        EXPECT_THAT(headline, Not(HasSubstr("Month "))) << name;
        for (const std::size_t months : {1u, 3u, 12u}) {
            const std::string number = fmt::format("{}", months);
            const auto lines = lines_of(measure(name, {"--months", number, "--format", "csv"}).out);
            ASSERT_EQ(lines.size() + 36 - months, all.size()) << name;
            for (std::size_t i = 0; i < months; ++i)
                EXPECT_EQ(lines[lines.size() - 1 - i], all[all.size() - 1 - i]) << name << " " << months;
            EXPECT_EQ(headline_of(measure(name, {"--months", number}).out), headline)
                << name << " " << months;
        }
    }
}

TEST_F(Measures, say_how_many_months_the_data_hold) {
    EXPECT_THAT(run({"measures", "--of", "latest", "--as-at", "2016-01-31", "--format", "csv"}).out,
                HasSubstr("3 months to 31 January 2016"));
}

TEST_F(Measures, show_no_verdict_on_months_that_the_data_do_not_reach_back_for) {
    const auto lines = lines_of(measure("naloxone_in_mat", {"--format", "csv"}).out);
    std::size_t unknown = 0;
    for (const std::string& line : lines)
        unknown += line.find("data do not reach back") != line.npos;
    EXPECT_EQ(unknown, 23u);
    EXPECT_THAT(lines.back(), Not(HasSubstr("data do not reach back")));
}

TEST_F(Measures, of_a_snapshot_have_the_marks_of_the_store_and_of_a_folder_say_that_they_have_none) {
    EXPECT_THAT(measure("induction_completed").out, HasSubstr("no target"));
    set_target("induction_completed");
    EXPECT_THAT(measure("induction_completed").out, Not(HasSubstr("no target")));
    EXPECT_THAT(lines_of(measure("induction_completed", {"--format", "csv"}).out).back(),
                HasSubstr(",0.850000,"));
    EXPECT_THAT(measure("induction_completed", {"--service", "S0001"}).out, HasSubstr("no target"));
    EXPECT_THAT(run({"measures", "--of", "latest", "--as-at", "2018-10-31", "--format", "json"}).out,
                HasSubstr("0.85"));
    const std::string of_folder = measure("induction_completed", {}, "data").out;
    EXPECT_THAT(of_folder, HasSubstr("no target"));
    EXPECT_THAT(of_folder, HasSubstr("The data are a folder's"));
}

TEST_F(Measures, are_charted_as_asked_for_where_that_suits) {
    EXPECT_THAT(measure("red_share", {"--chart", "run"}).out, HasSubstr("Run chart"));
    EXPECT_THAT(measure("red_share", {"--chart", "p"}).out, HasSubstr("Laney"));
    EXPECT_THAT(measure("red_share").out, HasSubstr("XmR"));
    EXPECT_EQ(measure("waiting_days", {"--chart", "p"}).exit_code, 2);
    EXPECT_EQ(measure("deaths_in_mat", {"--chart", "xmr"}).exit_code, 2);
}

}  // namespace
}  // namespace optimat::testing_program
