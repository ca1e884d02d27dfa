#include "outcome/working_days.hpp"

#include "base/weekday.hpp"
#include "intake/bank_holidays.hpp"
#include "intake/definitions.hpp"
#include "model/nation.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <string_view>

namespace optimat {
namespace {

Day iso(std::string_view text) { return *parse_iso_day(text); }

class WorkingDays : public testing::Test {
  protected:
    static std::vector<Day> holidays(Nation nation) {
        return parse_bank_holidays(Definitions().text("bank_holidays.toml"), "bank_holidays.toml", nation);
    }
    static int between(std::string_view from, std::string_view to,
                       Nation nation = Nation::england_and_wales) {
        return working_days_between(iso(from), iso(to), holidays(nation));
    }
};

TEST_F(WorkingDays, of_a_week_without_holidays) {
    EXPECT_EQ(weekday_of(iso("2018-10-15")), 0);
    EXPECT_EQ(weekday_of(iso("1969-12-31")), 2) << "before the first day counted, a Wednesday";
    EXPECT_EQ(between("2018-10-15", "2018-10-15"), 0) << "the same day";
    EXPECT_EQ(between("2018-10-15", "2018-10-14"), 0) << "an earlier one";
    EXPECT_EQ(between("2018-10-15", "2018-10-16"), 1);
    EXPECT_EQ(between("2018-10-15", "2018-10-19"), 4);
    EXPECT_EQ(between("2018-10-19", "2018-10-20"), 0) << "Friday to Saturday";
    EXPECT_EQ(between("2018-10-19", "2018-10-21"), 0) << "to Sunday";
    EXPECT_EQ(between("2018-10-19", "2018-10-22"), 1) << "to Monday";
    EXPECT_EQ(between("2018-10-19", "2018-10-23"), 2);
    EXPECT_EQ(between("2018-10-20", "2018-10-22"), 1) << "Saturday to Monday";
    EXPECT_EQ(between("2018-10-20", "2018-10-21"), 0);
    EXPECT_EQ(between("2018-10-15", "2018-10-22"), 5);
    EXPECT_EQ(between("2018-10-15", "2018-11-15"), 23);
}

TEST_F(WorkingDays, a_holiday_counts_neither_at_the_start_nor_the_end) {
    EXPECT_EQ(between("2018-03-29", "2018-03-30"), 0) << "to Good Friday";
    EXPECT_EQ(between("2018-03-29", "2018-04-02"), 0) << "to Easter Monday";
    EXPECT_EQ(between("2018-03-29", "2018-04-03"), 1);
    EXPECT_EQ(between("2018-03-30", "2018-04-03"), 1) << "from Good Friday";
    EXPECT_EQ(between("2018-04-02", "2018-04-03"), 1) << "from Easter Monday";
    EXPECT_EQ(between("2018-03-28", "2018-04-03"), 2);
}

TEST_F(WorkingDays, over_christmas) {
    EXPECT_EQ(between("2018-12-24", "2018-12-27"), 1);
    EXPECT_EQ(between("2018-12-24", "2019-01-02"), 4) << "27, 28, 31 December and 2 January";
    EXPECT_EQ(between("2018-12-24", "2019-01-02", Nation::scotland), 3) << "2 January is none there";
    EXPECT_EQ(between("2021-12-24", "2021-12-29"), 1) << "both substitutes lie on 27 and 28 December";
    EXPECT_EQ(between("2022-12-23", "2022-12-28"), 1);
    EXPECT_EQ(between("2016-12-30", "2017-01-04", Nation::scotland), 1) << "2 and 3 January";
    EXPECT_EQ(between("2016-12-30", "2017-01-04"), 2);
}

TEST_F(WorkingDays, differ_between_nations) {
    EXPECT_EQ(between("2018-07-11", "2018-07-12"), 1);
    EXPECT_EQ(between("2018-07-11", "2018-07-12", Nation::northern_ireland), 0);
    EXPECT_EQ(between("2018-08-03", "2018-08-06", Nation::scotland), 0);
    EXPECT_EQ(between("2018-08-03", "2018-08-06", Nation::northern_ireland), 1);
    EXPECT_EQ(between("2018-08-24", "2018-08-27", Nation::scotland), 1);
    EXPECT_EQ(between("2018-08-24", "2018-08-27"), 0);
    EXPECT_EQ(between("2018-11-29", "2018-11-30", Nation::scotland), 0);
    EXPECT_EQ(between("2018-03-30", "2018-04-02", Nation::scotland), 1) << "Easter Monday is a working day";
    EXPECT_EQ(between("2018-03-16", "2018-03-19", Nation::northern_ireland), 0) << "for St Patrick's Day";
}

TEST_F(WorkingDays, are_what_counting_day_by_day_gives) {
    for (const Nation nation : {Nation::england_and_wales, Nation::scotland, Nation::northern_ireland}) {
        const auto list = holidays(nation);
        std::mt19937 random(3);
        for (unsigned i = 0; i < 20'000; ++i) {
            const Day from = iso("1999-06-01") + static_cast<std::int32_t>(random() % 12'000);
            const Day to = from + static_cast<std::int32_t>(random() % (i % 2 == 0 ? 12 : 400));
            int counted = 0;
            for (Day day = from + 1; day <= to; day = day + 1)
                counted += !is_weekend(day) && !std::ranges::binary_search(list, day);
            ASSERT_EQ(working_days_between(from, to, list), counted)
                << text_of(nation) << " " << to_text(from) << " to " << to_text(to);
        }
    }
}

TEST_F(WorkingDays, years_that_are_not_listed_are_not_known) {
    for (const Nation nation : {Nation::england_and_wales, Nation::scotland, Nation::northern_ireland}) {
        EXPECT_FALSE(holidays_known(iso("1999-12-31"), holidays(nation)));
        EXPECT_TRUE(holidays_known(iso("2000-01-01"), holidays(nation)));
        EXPECT_TRUE(holidays_known(iso("2030-12-31"), holidays(nation)));
        EXPECT_FALSE(holidays_known(iso("2031-01-01"), holidays(nation)));
    }
    EXPECT_FALSE(holidays_known(iso("2018-01-01"), {}));
}

}  // namespace
}  // namespace optimat
