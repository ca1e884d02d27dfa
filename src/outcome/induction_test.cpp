#include "outcome/found_for_tests.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

/// Somebody prescribed by S1 from 1 May 2018, day 28 of whose spell is 28 May: what the function says of the
/// spell.
Lines of_may(std::string_view function, const std::string& last, const std::string& as_known_on,
             const std::string& medicine = "methadone") {
    return WrittenExtract()
        .prescriptions("r1,c,S1," + medicine + ",50,2018-05-01," + last + "\n")
        .found(function, "2018-05-01", "2018-05-31", as_known_on);
}

TEST(Induction, is_too_early_until_who_lapsed_by_day_28_is_known_to_have_ended) {
    const Lines too_early = {"S1 too_early 2018-05-01"};
    for (const char* last : {"2018-05-02", "2018-05-27", "2018-05-28", ""})
        EXPECT_EQ(of_may("induction", last, "2018-05-31"), too_early)
            << "four days are tolerated after day 28, whatever is known by then";
    EXPECT_EQ(of_may("induction", "2018-05-27", "2018-06-01"), (Lines{"S1 dropped_out 2018-05-01"}));
    EXPECT_EQ(of_may("induction", "2018-05-28", "2018-06-01"), (Lines{"S1 completed 2018-05-01"}));
    EXPECT_EQ(of_may("induction", "", "2018-06-01"), (Lines{"S1 completed 2018-05-01"}));
}

TEST(Induction, waits_as_long_as_the_medicine_tolerates) {
    const auto sublocade = [](const std::string& as_known_on) {
        return of_may("induction", "2018-05-27", as_known_on, "buprenorphine_sublocade");
    };
    EXPECT_EQ(sublocade("2018-06-10"), (Lines{"S1 too_early 2018-05-01"}));
    EXPECT_EQ(sublocade("2018-06-11"), (Lines{"S1 dropped_out 2018-05-01"}));
}

TEST(Induction, dose_and_band_are_of_completed_ones_alone) {
    EXPECT_EQ(of_may("induction_band", "", "2018-05-31"), Lines{});
    EXPECT_EQ(of_may("induction_band", "", "2018-06-01"), (Lines{"S1 below 2018-05-01"}));
    EXPECT_EQ(of_may("induction_dose", "", "2018-05-31"), Lines{});
    EXPECT_EQ(of_may("induction_dose", "", "2018-06-01"), (Lines{"S1 methadone 2018-05-01 50000"}));
}

TEST(Retention, is_too_early_until_who_lapsed_by_day_183_is_known_to_have_ended) {
    // 183 days after 1 May are 31 October.
    const Lines too_early = {"S1 too_early 2018-05-01"};
    for (const char* last : {"2018-05-02", "2018-10-30", "2018-10-31", ""})
        EXPECT_EQ(of_may("retention", last, "2018-11-03"), too_early);
    EXPECT_EQ(of_may("retention", "2018-10-30", "2018-11-04"), (Lines{"S1 dropped_out 2018-05-01"}));
    EXPECT_EQ(of_may("retention", "2018-10-31", "2018-11-04"), (Lines{"S1 retained 2018-05-01"}));
    EXPECT_EQ(of_may("retention", "", "2018-11-04"), (Lines{"S1 retained 2018-05-01"}));
}

/// The data begin on 1 January 2017.
Lines re_induction(const std::string& before, const std::string& first) {
    return WrittenExtract()
        .prescriptions("r1,c,S1,methadone,50," + before + "\nr2,c,S2,methadone,50," + first + ",\n")
        .found("re_induction", first, first, "2018-12-31");
}

TEST(ReInduction, is_one_when_a_spell_ended_in_the_12_months_before) {
    EXPECT_EQ(re_induction("2017-02-01,2017-05-01", "2018-05-01"), (Lines{"S2 first_known 2018-05-01"}));
    EXPECT_EQ(re_induction("2017-02-01,2017-05-02", "2018-05-01"), (Lines{"S2 re_induction 2018-05-01"}));
}

TEST(ReInduction, nobody_counts_whose_12_months_before_are_not_known_though_they_are_seen_to_come_back) {
    EXPECT_EQ(re_induction("2017-02-01,2017-05-01", "2017-12-31"),
              (Lines{"S2 too_little_history 2017-12-31"}));
    EXPECT_EQ(re_induction("2017-02-01,2017-05-01", "2018-01-01"), (Lines{"S2 re_induction 2018-01-01"}));
}

}  // namespace
}  // namespace optimat
