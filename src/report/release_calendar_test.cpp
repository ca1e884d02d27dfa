#include "report/release_calendar.hpp"

#include "base/error.hpp"
#include "intake/definitions.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

Day day(const std::string& text) { return parse_iso_day(text).value(); }

ReleaseCalendar every_two_months() { return {"1", {2, 4, 6, 8, 10, 12}, 21}; }

TEST(ReleaseCalendar, ThatShipsIsEveryTwoMonths) {
    const ReleaseCalendar calendar = release_calendar(Definitions().text("releases.toml"), "releases.toml");
    EXPECT_EQ(calendar.months, every_two_months().months);
    EXPECT_EQ(calendar.due_days, 21);
}

TEST(ReleaseCalendar, RefusesWhatCannotBe) {
    for (const char* const text :
         {"", "version = \"1\"\nmonths = []\ndue_days = 1", "version = \"1\"\nmonths = [13]\ndue_days = 1",
          "version = \"1\"\nmonths = [2, 2]\ndue_days = 1", "version = \"1\"\nmonths = [2]\ndue_days = -1",
          "version = \"1\"\nmonths = [2]\ndue_days = 1\nother = 2", "months = [2]\ndue_days = 1"})
        EXPECT_THROW(release_calendar(text, "releases.toml"), DefinitionError) << text;
}

TEST(ReleaseCalendar, SaysWhatComesAfterTheLastRelease) {
    const auto due =
        due_releases(every_two_months(), day("2018-10-31"), day("2018-10-31"), day("2018-11-05"), 6);
    ASSERT_EQ(due.size(), 1u);
    EXPECT_EQ(due[0].as_at, day("2018-12-31"));
    EXPECT_EQ(due[0].due, day("2019-01-21"));
    EXPECT_FALSE(due[0].is_overdue);
    EXPECT_FALSE(due[0].has_data);
    EXPECT_EQ(due_sentence(due),
              "The next release is of 31 December 2018, due by 21 January 2019. The data do "
              "not reach it yet.");
}

TEST(ReleaseCalendar, BeginsWithTheNewestMonthOfTheData) {
    const auto due = due_releases(every_two_months(), {}, day("2018-11-15"), day("2018-11-21"), 6);
    ASSERT_EQ(due.size(), 1u);
    EXPECT_EQ(due[0].as_at, day("2018-10-31"));
    EXPECT_FALSE(due[0].is_overdue) << "the last day is in time";
    EXPECT_TRUE(due[0].has_data);
    EXPECT_EQ(due_releases(every_two_months(), {}, day("2018-11-30"), day("2018-11-22"), 6)[0].is_overdue,
              true);
    EXPECT_EQ(due_releases(every_two_months(), {}, {}, day("2018-02-28"), 6)[0].as_at, day("2018-02-28"));
}

TEST(ReleaseCalendar, ListsAllThatIsOverdueAndTheNextThatIsNot) {
    const auto due =
        due_releases(every_two_months(), day("2018-05-31"), day("2018-09-30"), day("2018-11-05"), 6);
    ASSERT_EQ(due.size(), 3u);
    EXPECT_EQ(due[0].as_at, day("2018-06-30"));
    EXPECT_TRUE(due[0].is_overdue);
    EXPECT_EQ(due[1].as_at, day("2018-08-31"));
    EXPECT_TRUE(due[1].has_data);
    EXPECT_EQ(due[2].as_at, day("2018-10-31"));
    EXPECT_FALSE(due[2].is_overdue);
    EXPECT_EQ(
        due_releases(every_two_months(), day("2010-05-31"), day("2018-11-05"), day("2018-11-05"), 6).size(),
        6u);
    EXPECT_EQ(due_releases(every_two_months(), day("2010-05-31"), {}, day("2018-11-05"), 6).size(), 1u)
        << "without data nothing can be released";
}

}  // namespace
}  // namespace optimat
