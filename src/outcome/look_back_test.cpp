#include "outcome/look_back.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

Day day(const char* iso) { return *parse_iso_day(iso); }

OptionalDay first_of(const char* function, const char* date, const Policy& policy = {}) {
    const auto first = looks_back_to(*find_measure_function(function), day(date), policy);
    return first ? OptionalDay(*first) : OptionalDay();
}

TEST(LookBack, begins_on_the_first_day_of_the_window) {
    EXPECT_EQ(first_of("naloxone", "2018-10-31"), day("2016-11-01"));
    EXPECT_EQ(first_of("successful_completion", "2018-10-31"), day("2017-11-01"));
    EXPECT_EQ(first_of("re_presentation", "2018-10-31"), day("2017-10-31"));
    EXPECT_EQ(first_of("harm", "2018-10-31"), day("2017-11-01"));
}

TEST(LookBack, of_people_who_leave_is_that_of_the_months_first_day) {
    EXPECT_EQ(first_of("naloxone_leaving", "2018-10-31"), day("2016-10-02"));
    EXPECT_EQ(first_of("naloxone_leaving", "2018-10-15"), day("2016-10-02"));
}

TEST(LookBack, is_as_long_as_the_policy_says) {
    Policy policy;
    policy.priority.naloxone_months = 6;
    policy.outcome.completion_months = 3;
    policy.outcome.harm_months = 1;
    EXPECT_EQ(first_of("naloxone", "2018-10-31", policy), day("2018-05-01"));
    EXPECT_EQ(first_of("successful_completion", "2018-10-31", policy), day("2018-08-01"));
    EXPECT_EQ(first_of("harm", "2018-10-31", policy), day("2018-10-01"));
}

TEST(LookBack, of_what_rests_on_its_own_month_there_is_none) {
    for (const char* function :
         {"tracker", "induction", "retention", "waiting", "continuity", "re_induction"})
        EXPECT_EQ(first_of(function, "2018-10-31"), OptionalDay()) << function;
}

TEST(LookBack, data_that_begin_on_the_first_day_reach_back_and_a_day_later_do_not) {
    const Policy policy;
    const MeasureFunction& harm = *find_measure_function("harm");
    EXPECT_TRUE(reaches_back(harm, day("2018-10-31"), day("2017-11-01"), policy));
    EXPECT_FALSE(reaches_back(harm, day("2018-10-31"), day("2017-11-02"), policy));
    EXPECT_TRUE(
        reaches_back(*find_measure_function("waiting"), day("2018-10-31"), day("2018-10-31"), policy));
}

}  // namespace
}  // namespace optimat
