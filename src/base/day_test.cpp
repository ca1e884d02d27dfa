#include "base/day.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

Day day(int year, int month, int day_of_month) { return day_of(year, month, day_of_month).value(); }

TEST(Day, is_counted_from_1970) {
    EXPECT_EQ(day(1970, 1, 1).number, 0);
    EXPECT_EQ(day(1970, 1, 2).number, 1);
    EXPECT_EQ(day(1969, 12, 31).number, -1);
    EXPECT_EQ(day(2018, 10, 31).number, 17835);
}

TEST(Day, every_readable_day_goes_to_text_and_back) {
    int days_of_month = 0;
    CivilDay before{1899, 12, 31};
    for (Day at = first_readable_day; at <= last_readable_day; at = at + 1) {
        const CivilDay date = civil(at);
        ASSERT_LT(before, date);
        before = date;
        ASSERT_EQ(day_of(date.year, date.month, date.day), at);
        days_of_month = date.day == 1 ? 1 : days_of_month + 1;
        ASSERT_EQ(days_of_month, date.day);
        if (at.number % 37 == 0) {
            ASSERT_EQ(parse_iso_day(to_text(at)), at);
        }
    }
    EXPECT_EQ(to_text(first_readable_day), "1900-01-01");
    EXPECT_EQ(to_text(last_readable_day), "9999-12-31");
}

TEST(Day, the_calendar_has_no_impossible_days) {
    EXPECT_FALSE(day_of(2018, 2, 29));
    EXPECT_FALSE(day_of(2018, 2, 30));
    EXPECT_FALSE(day_of(1900, 2, 29));
    EXPECT_TRUE(day_of(2000, 2, 29));
    EXPECT_TRUE(day_of(2020, 2, 29));
    EXPECT_FALSE(day_of(2018, 4, 31));
    EXPECT_FALSE(day_of(2018, 0, 1));
    EXPECT_FALSE(day_of(2018, 13, 1));
    EXPECT_FALSE(day_of(2018, 1, 0));
    EXPECT_FALSE(day_of(2018, 1, 32));
    EXPECT_FALSE(day_of(2018, -1, -1));
}

TEST(Day, iso_text_is_read_strictly) {
    EXPECT_EQ(parse_iso_day("1900-01-01"), first_readable_day);
    EXPECT_EQ(parse_iso_day("9999-12-31"), last_readable_day);
    EXPECT_EQ(parse_iso_day("2020-02-29"), day(2020, 2, 29));
    for (const char* text :
         {"", "1899-12-31", "2018-02-30", "2019-02-29", "2018-13-01", "2018-00-10", "2018-10-00",
          "31-12-9999", "2018/10/31", "20181031", "2018-1-31", "2018-10-31 ", " 2018-10-31", "2018-10-3a",
          "2o18-10-31", "-018-10-31", "2018-10-31T00:00", "10000-01-01", "2018--1-01"})
        EXPECT_FALSE(parse_iso_day(text)) << text;
}

TEST(Day, months_keep_the_day_or_the_last_of_the_month) {
    EXPECT_EQ(add_months(day(2018, 5, 31), -3), day(2018, 2, 28));
    EXPECT_EQ(add_months(day(2020, 5, 31), -3), day(2020, 2, 29));
    EXPECT_EQ(add_months(day(2018, 2, 28), 3), day(2018, 5, 28));
    EXPECT_EQ(add_months(day(2018, 10, 31), 1), day(2018, 11, 30));
    EXPECT_EQ(add_months(day(2018, 12, 15), 1), day(2019, 1, 15));
    EXPECT_EQ(add_months(day(2018, 1, 15), -1), day(2017, 12, 15));
    EXPECT_EQ(add_months(day(2018, 1, 15), -13), day(2016, 12, 15));
    EXPECT_EQ(add_months(day(2018, 6, 30), 0), day(2018, 6, 30));
    EXPECT_EQ(add_months(day(2020, 2, 29), 12), day(2021, 2, 28));
}

TEST(Day, month_ends) {
    EXPECT_EQ(month_end(day(2018, 2, 1)), day(2018, 2, 28));
    EXPECT_EQ(month_end(day(2020, 2, 29)), day(2020, 2, 29));
    EXPECT_EQ(month_end(day(2018, 12, 31)), day(2018, 12, 31));
    EXPECT_TRUE(is_month_end(day(2018, 10, 31)));
    EXPECT_FALSE(is_month_end(day(2018, 10, 30)));
    EXPECT_FALSE(is_month_end(day(2020, 2, 28)));
}

TEST(Day, words) {
    EXPECT_EQ(month_name(day(2018, 10, 31)), "Oct 2018");
    EXPECT_EQ(month_name(day(2018, 5, 1)), "May 2018");
    EXPECT_EQ(long_date(day(2018, 10, 1)), "1 October 2018");
}

TEST(OptionalDay, missing_is_no_day) {
    const OptionalDay missing;
    EXPECT_FALSE(missing.has_value());
    EXPECT_EQ(missing.value_or(first_readable_day), first_readable_day);
    const OptionalDay first{Day{0}};
    EXPECT_TRUE(first.has_value());
    EXPECT_EQ(*first, Day{0});
    EXPECT_FALSE(first == missing);
    EXPECT_TRUE(missing == OptionalDay{});
}

}  // namespace
}  // namespace optimat
