#include "outcome/found_for_tests.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

const std::string as_at = "2018-10-31";

/// Somebody in MAT at S1 whose journey began on 1 March 2018.
WrittenExtract in_mat(const std::string& tops) {
    WrittenExtract extract;
    extract.prescriptions("r1,c,S1,methadone,60,2018-03-01,\n")
        .episodes("e1,c,S1,2018-03-01,,,true\n")
        .tops(tops);
    return extract;
}
std::string part_of(const WrittenExtract& extract) {
    const Lines lines = extract.found("change_in_use", as_at);
    if (lines.size() != 1) return fmt::format("{} lines", lines.size());
    return lines[0].substr(3, lines[0].rfind(' ') - 3);
}
/// Days of use at the start and now.
std::string change(int then, int now, const Policy& policy = Definitions().policy()) {
    return part_of(in_mat(fmt::format("t1,c,2018-03-01,start,community,{}\n"
                                      "t2,c,2018-09-01,review,community,{}\n",
                                      then, now))
                       .policy(policy));
}

TEST(ChangeInUse, compares_the_days_then_and_now) {
    EXPECT_EQ(change(20, 0), "abstinent");
    EXPECT_EQ(change(20, 19), "less");
    EXPECT_EQ(change(20, 20), "same");
    EXPECT_EQ(change(20, 21), "more");
    EXPECT_EQ(change(0, 0), "none_then_or_now");
    EXPECT_EQ(change(0, 1), "started_using");
}

TEST(ChangeInUse, a_difference_below_the_reliable_change_is_the_same) {
    Policy policy = Definitions().policy();
    policy.reliable_change = {{TopField::alcohol_days, 1}, {TopField::opiate_days, 13}};
    EXPECT_EQ(change(20, 8, policy), "same");
    EXPECT_EQ(change(20, 7, policy), "less");
    EXPECT_EQ(change(7, 19, policy), "same");
    EXPECT_EQ(change(7, 20, policy), "more");
    EXPECT_EQ(change(2, 0, policy), "abstinent") << "no use is no use";
    EXPECT_EQ(change(0, 2, policy), "started_using");
}

TEST(ChangeInUse, of_people_in_mat_on_the_date_by_the_service_that_leads) {
    EXPECT_EQ(WrittenExtract().episodes("e1,c,S2,2018-03-01,,,true\n").found("change_in_use", as_at),
              Lines{});
    EXPECT_EQ(WrittenExtract()
                  .prescriptions("r1,c,S2,methadone,60,2018-03-01,2018-10-30\n")
                  .found("change_in_use", as_at),
              Lines{});
    EXPECT_EQ(WrittenExtract()
                  .prescriptions("r1,c,S2,methadone,60,2018-03-01,2018-10-31\n")
                  .tops("t1,c,2018-03-01,start,community,9\nt2,c,2018-09-01,review,community,3\n")
                  .found("change_in_use", as_at),
              (Lines{"S2 not_known 2018-10-31"}))
        << "no journey, no start of it";
}

TEST(ChangeInUse, the_start_is_the_profile_nearest_to_the_journeys_first_day) {
    const auto start = [](const std::string& starts) {
        return part_of(in_mat(starts + "t9,c,2018-09-01,review,community,10\n"));
    };
    EXPECT_EQ(start("t1,c,2018-01-31,start,community,28\n"), "not_known") << "29 days before";
    EXPECT_EQ(start("t1,c,2018-02-01,start,community,28\n"), "less") << "28 days before";
    EXPECT_EQ(start("t1,c,2018-02-27,start,community,28\nt2,c,2018-03-02,start,community,5\n"), "more");
    EXPECT_EQ(start("t1,c,2018-02-28,start,community,28\nt2,c,2018-03-03,start,community,5\n"), "less");
    EXPECT_EQ(start("t1,c,2018-02-27,start,community,28\nt2,c,2018-03-03,start,community,5\n"), "more")
        << "of two as near the later";
    EXPECT_EQ(start("t1,c,2018-03-01,review,community,28\n"), "not_known");
    EXPECT_EQ(start("t1,c,2018-03-01,start,secure,28\n"), "not_known");
    EXPECT_EQ(start("t1,c,2018-03-01,start,community,\n"), "not_known");
    EXPECT_EQ(start("t1,c,2018-03-01,start,,28\n"), "less") << "a setting that is not recorded is not secure";
}

TEST(ChangeInUse, the_journey_is_the_latest) {
    const auto with = [](const std::string& second_start) {
        return part_of(
            WrittenExtract()
                .prescriptions("r1,c,S1,methadone,60,2018-04-01,\n")
                .episodes("e1,c,S1,2017-03-01,2018-03-01,dropped_out,true\ne2,c,S1," + second_start + ",,,\n")
                .tops("t1,c,2017-03-01,start,community,28\nt2,c,2018-03-23,start,community,5\n"
                      "t9,c,2018-09-01,review,community,10\n"));
    };
    EXPECT_EQ(with("2018-03-22"), "less") << "one journey from 2017 on";
    EXPECT_EQ(with("2018-03-23"), "more") << "another journey";
}

TEST(ChangeInUse, now_is_the_latest_review_or_exit_after_the_start) {
    const auto now = [](const std::string& later) {
        return part_of(in_mat("t1,c,2018-03-10,start,community,15\n" + later));
    };
    EXPECT_EQ(now(""), "not_known");
    EXPECT_EQ(now("t2,c,2018-05-01,review,community,20\nt3,c,2018-06-01,exit,community,3\n"), "less");
    EXPECT_EQ(now("t2,c,2018-05-01,review,community,20\nt3,c,2018-06-01,post_exit,community,3\n"), "more");
    EXPECT_EQ(now("t2,c,2018-05-01,review,community,20\nt3,c,2018-06-01,review,secure,3\n"), "more");
    EXPECT_EQ(now("t2,c,2018-05-01,review,community,20\nt3,c,2018-06-01,review,community,\n"), "more");
    EXPECT_EQ(now("t2,c,2018-05-01,review,community,20\nt3,c,2018-10-31,review,community,3\n"), "less");
    EXPECT_EQ(now("t2,c,2018-05-01,review,community,20\nt3,c,2018-11-01,review,community,3\n"), "more");
    EXPECT_EQ(now("t0,c,2018-03-05,review,community,20\n"), "not_known");
    const auto start_of_october = [](const std::string& later) {
        return part_of(WrittenExtract()
                           .prescriptions("r1,c,S1,methadone,60,2018-10-01,\n")
                           .episodes("e1,c,S1,2018-10-01,,,true\n")
                           .tops("t1,c,2018-10-01,start,community,15\n" + later));
    };
    EXPECT_EQ(start_of_october("t2,c,2018-10-01,review,community,20\n"), "not_known")
        << "the same day is not after";
    EXPECT_EQ(start_of_october("t2,c,2018-10-02,review,community,20\n"), "more");
}

TEST(ChangeInUse, a_review_of_six_months_ago_does_not_say_how_it_is_now) {
    const auto now = [](const std::string& day, const Policy& policy = Definitions().policy()) {
        return part_of(in_mat("t1,c,2018-03-10,start,community,15\nt2,c," + day + ",review,community,0\n")
                           .policy(policy));
    };
    EXPECT_EQ(now("2018-04-30"), "not_known") << "31 October less six months";
    EXPECT_EQ(now("2018-05-01"), "abstinent");
    Policy policy = Definitions().policy();
    policy.outcome.change_recent_months = 7;
    EXPECT_EQ(now("2018-04-01", policy), "abstinent");
    EXPECT_EQ(now("2018-03-31", policy), "not_known");
}

}  // namespace
}  // namespace optimat
