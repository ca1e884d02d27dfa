#include "outcome/found_for_tests.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

const std::string as_at = "2018-10-31";

Lines waiting(const std::string& row) {
    return WrittenExtract().waits(row).found("waiting", "2018-06-01", "2018-06-30", as_at);
}

TEST(Waiting, from_referral_to_start_is_within_21_days_or_not) {
    EXPECT_EQ(waiting("e1,c,S1,2018-06-10,,2018-06-10,,,,\n"), (Lines{"S1 within_21_days 2018-06-10"}));
    EXPECT_EQ(waiting("e1,c,S1,2018-05-20,,2018-06-10,,,,\n"), (Lines{"S1 within_21_days 2018-06-10 21"}));
    EXPECT_EQ(waiting("e1,c,S1,2018-05-19,,2018-06-10,,,false,\n"), (Lines{"S1 over_21_days 2018-06-10 22"}));
    EXPECT_EQ(waiting("e1,c,S1,,,2018-06-10,,,,\n"), (Lines{"S1 not_recorded 2018-06-10"}));
    EXPECT_EQ(waiting("e1,c,S1,2018-06-11,,2018-06-10,,,,\n"), (Lines{"S1 not_recorded 2018-06-10"}))
        << "a referral after the start is not the one that led to it";
}

TEST(Waiting, an_episode_belongs_to_the_day_it_starts) {
    const std::string rows = "e1,c,S1,2018-06-01,,2018-05-31,,,,\ne2,c,S1,2018-06-01,,2018-06-01,,,,\n"
                             "e3,c,S2,2018-06-01,,2018-06-30,,,,\ne4,c,S2,2018-06-01,,2018-07-01,,,,\n";
    EXPECT_EQ(waiting(rows), (Lines{"S1 within_21_days 2018-06-01", "S2 over_21_days 2018-06-30 29"}));
    EXPECT_EQ(WrittenExtract().waits(rows).found("waiting", "2018-06-01", "2018-06-30", "2018-06-29").size(),
              1u)
        << "what starts after the date is not looked at";
}

/// A presentation on Friday 15 June 2018 and an episode from then on, with prescriptions `id,start,end`.
Lines wait_to(const std::string& start, const std::string& episode_end = "",
              const std::string& presentation = "2018-06-15", const Policy& policy = Definitions().policy()) {
    return WrittenExtract()
        .policy(policy)
        .waits("e1,c,S1,," + presentation + ",2018-06-15," + episode_end + ",,,\n")
        .prescriptions(start.empty() ? "" : "r1,c,S2,methadone,30," + start + ",2018-12-31\n")
        .found("prescription_wait", "2018-06-01", "2018-06-30", as_at);
}

TEST(PrescriptionWait, is_counted_in_working_days_after_the_presentation) {
    const auto line = [](const std::string& end) { return Lines{"S1 " + end}; };
    EXPECT_EQ(wait_to("2018-06-15"), line("same_day 2018-06-15"));
    EXPECT_EQ(wait_to("2018-06-16"), line("day_1 2018-06-15 1")) << "Saturday";
    EXPECT_EQ(wait_to("2018-06-17"), line("day_1 2018-06-15 1")) << "Sunday";
    EXPECT_EQ(wait_to("2018-06-18"), line("day_1 2018-06-15 1")) << "Monday";
    EXPECT_EQ(wait_to("2018-06-19"), line("day_2 2018-06-15 2"));
    EXPECT_EQ(wait_to("2018-06-20"), line("day_3 2018-06-15 3"));
    EXPECT_EQ(wait_to("2018-06-21"), line("day_4_to_5 2018-06-15 4"));
    EXPECT_EQ(wait_to("2018-06-22"), line("day_4_to_5 2018-06-15 5"));
    EXPECT_EQ(wait_to("2018-06-23"), line("day_4_to_5 2018-06-15 5")) << "Saturday after five";
    EXPECT_EQ(wait_to("2018-06-25"), line("over_5 2018-06-15 6"));
    EXPECT_EQ(wait_to("2018-10-31"), line("over_5 2018-06-15 97"));
}

TEST(PrescriptionWait, bank_holidays_are_those_of_the_nation) {
    const auto wait = [](const Policy& policy) {
        return WrittenExtract()
            .policy(policy)
            .waits("e1,c,S1,,2018-03-29,2018-03-29,,,,\n")
            .prescriptions("r1,c,S1,methadone,30,2018-04-03,\n")
            .found("prescription_wait", "2018-03-01", "2018-03-31", as_at);
    };
    const TemporaryFolder folder;
    folder.write("scotland.toml", "[working_days]\nnation = \"scotland\"\n");
    EXPECT_EQ(wait(Definitions().policy()), (Lines{"S1 day_1 2018-03-29 1"}));
    EXPECT_EQ(wait(Definitions().policy(folder.path() / "scotland.toml")), (Lines{"S1 day_2 2018-03-29 2"}));
}

TEST(PrescriptionWait, those_who_did_not_start_stand_apart) {
    EXPECT_EQ(wait_to(""), (Lines{"S1 not_yet 2018-06-15"}));
    EXPECT_EQ(wait_to("", "2018-10-31"), (Lines{"S1 never_started 2018-06-15"}));
    EXPECT_EQ(wait_to("", "2018-11-01"), (Lines{"S1 not_yet 2018-06-15"})) << "the end is not known yet";
    EXPECT_EQ(wait_to("2018-11-01"), (Lines{"S1 not_yet 2018-06-15"})) << "nor is that prescription";
    EXPECT_EQ(wait_to("2018-06-29", "2018-06-29"), (Lines{"S1 over_5 2018-06-15 10"}));
    EXPECT_EQ(wait_to("2018-06-30", "2018-06-29"), (Lines{"S1 never_started 2018-06-15"}));
}

TEST(PrescriptionWait, is_too_early_for_21_days_whatever_is_known) {
    // Nobody waits, leaves or starts on 15 June without being too early until 5 July.
    const auto wait = [](const std::string& prescription, const std::string& episode_end,
                         const std::string& as_known_on, const std::string& on_mat = "") {
        return WrittenExtract()
            .waits("e1,c,S1,,2018-06-15,2018-06-15," + episode_end + ",,," + on_mat + "\n")
            .prescriptions(prescription.empty() ? "" : "r1,c,S2,methadone,30," + prescription + ",\n")
            .found("prescription_wait", "2018-06-01", "2018-06-30", as_known_on);
    };
    const Lines too_early = {"S1 too_early 2018-06-15"};
    EXPECT_EQ(wait("2018-06-15", "", "2018-07-05"), too_early);
    EXPECT_EQ(wait("2018-06-15", "", "2018-07-06"), (Lines{"S1 same_day 2018-06-15"}));
    EXPECT_EQ(wait("", "", "2018-07-05"), too_early);
    EXPECT_EQ(wait("", "", "2018-07-06"), (Lines{"S1 not_yet 2018-06-15"}));
    EXPECT_EQ(wait("", "2018-06-20", "2018-07-05"), too_early);
    EXPECT_EQ(wait("", "2018-06-20", "2018-07-06"), (Lines{"S1 never_started 2018-06-15"}));
    EXPECT_EQ(wait("", "", "2018-06-20", "true"), (Lines{"S1 already_in_mat 2018-06-15"}));
}

TEST(PrescriptionWait, those_in_mat_before_stand_apart) {
    const auto with = [](const std::string& days) {
        return WrittenExtract()
            .waits("e1,c,S1,,2018-06-15,2018-06-15,,,,\n")
            .prescriptions("r1,c,S2,methadone,30," + days + "\nr2,c,S1,methadone,30,2018-06-18,\n")
            .found("prescription_wait", "2018-06-01", "2018-06-30", as_at);
    };
    EXPECT_EQ(with("2018-05-01,2018-06-14"), (Lines{"S1 already_in_mat 2018-06-15"}));
    EXPECT_EQ(with("2018-05-01,2018-06-13"), (Lines{"S1 day_1 2018-06-15 1"}));
    EXPECT_EQ(WrittenExtract()
                  .waits("e1,c,S1,,2018-06-15,2018-06-15,,,,true\n")
                  .prescriptions("r2,c,S1,methadone,30,2018-06-15,\n")
                  .found("prescription_wait", "2018-06-01", "2018-06-30", as_at),
              (Lines{"S1 already_in_mat 2018-06-15"}));
}

TEST(PrescriptionWait, a_presentation_counts_in_its_own_month) {
    EXPECT_EQ(wait_to("2018-06-18", "", "2018-05-31"), Lines{});
    EXPECT_EQ(wait_to("2018-06-18", "", "2018-06-01"), (Lines{"S1 over_5 2018-06-01 11"}));
    EXPECT_EQ(wait_to("2018-06-30", "", "2018-06-30"), (Lines{"S1 same_day 2018-06-30"}));
    EXPECT_EQ(wait_to("2018-07-01", "", "2018-07-01"), Lines{});
    EXPECT_EQ(wait_to("2018-06-18", "", ""), Lines{}) << "no presentation is recorded";
}

TEST(PrescriptionWait, not_of_people_who_are_said_to_be_no_opiate_clients) {
    const auto with = [](const std::string& flag) {
        return WrittenExtract()
            .waits("e1,c,S1,,2018-06-15,2018-06-15,,," + flag + ",\n")
            .found("prescription_wait", "2018-06-01", "2018-06-30", as_at)
            .size();
    };
    EXPECT_EQ(with("false"), 0u);
    EXPECT_EQ(with(""), 1u);
    EXPECT_EQ(with("true"), 1u);
}

}  // namespace
}  // namespace optimat
