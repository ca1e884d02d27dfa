#include "outcome/found_for_tests.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

const std::string as_at = "2018-10-31";
const std::string inside = "r1,c,P,methadone,40,2018-01-01,2018-06-01\n";

/// Released on 1 June 2018, the last day of a prescription in prison.
Lines released(const std::string& prescriptions, const std::string& as_known_on = as_at,
               const std::string& more_events = "") {
    return WrittenExtract()
        .prescriptions(inside + prescriptions)
        .events("c,2018-06-01,prison_release\n" + more_events)
        .found("continuity", "2018-06-01", "2018-06-30", as_known_on);
}
Lines covered_from(const std::string& day) {
    return released("r2,c,S1,methadone,40," + day + ",2018-12-31\n");
}

TEST(Continuity, is_the_first_day_with_a_prescription_from_outside) {
    EXPECT_EQ(covered_from("2018-05-01"), (Lines{"S1 day_1 2018-06-01"})) << "it led already";
    EXPECT_EQ(covered_from("2018-06-02"), (Lines{"P day_1 2018-06-01"}));
    EXPECT_EQ(covered_from("2018-06-03"), (Lines{"P day_3 2018-06-01"}));
    EXPECT_EQ(covered_from("2018-06-04"), (Lines{"P day_3 2018-06-01"}));
    EXPECT_EQ(covered_from("2018-06-05"), (Lines{"P day_7 2018-06-01"}));
    EXPECT_EQ(covered_from("2018-06-08"), (Lines{"P day_7 2018-06-01"}));
    EXPECT_EQ(covered_from("2018-06-09"), (Lines{"P day_21 2018-06-01"}));
    EXPECT_EQ(covered_from("2018-06-22"), (Lines{"P day_21 2018-06-01"}));
    EXPECT_EQ(covered_from("2018-06-23"), (Lines{"P later 2018-06-01"}));
    EXPECT_EQ(released(""), (Lines{"P later 2018-06-01"}));
}

TEST(Continuity, a_prescription_in_prison_or_before_the_release_is_no_cover) {
    EXPECT_EQ(released("r2,c,P,methadone,40,2018-06-02,2018-12-31\n"), (Lines{"P later 2018-06-01"}));
    EXPECT_EQ(released("r2,c,S1,methadone,40,2017-05-01,2018-05-31\n"), (Lines{"P later 2018-06-01"}));
    EXPECT_EQ(released("r2,c,S1,methadone,40,2017-05-01,2018-06-01\n"), (Lines{"P day_1 2018-06-01"}));
}

TEST(Continuity, only_of_people_in_mat_on_the_day_or_the_day_before) {
    const auto with = [](const std::string& prescription) {
        return WrittenExtract()
            .prescriptions("r1,c," + prescription + "\n")
            .events("c,2018-06-01,prison_release\n")
            .found("continuity", "2018-06-01", "2018-06-30", as_at);
    };
    EXPECT_EQ(with("P,methadone,40,2018-01-01,2018-05-30"), Lines{});
    EXPECT_EQ(with("P,methadone,40,2018-01-01,2018-05-31"), (Lines{"P later 2018-06-01"}));
    EXPECT_EQ(with("S1,methadone,40,2018-06-01,2018-06-30"), (Lines{"S1 day_1 2018-06-01"}));
    EXPECT_EQ(with("S1,methadone,40,2018-06-02,2018-06-30"), Lines{});
}

TEST(Continuity, deaths_stand_apart_and_what_is_not_over_is_too_early) {
    EXPECT_EQ(released("", as_at, "c,2018-06-22,death\n"), (Lines{"P died 2018-06-01"}));
    EXPECT_EQ(released("", as_at, "c,2018-06-23,death\n"), (Lines{"P later 2018-06-01"}));
    EXPECT_EQ(released("r2,c,S1,methadone,40,2018-06-09,\n", as_at, "c,2018-06-09,death\n"),
              (Lines{"P day_21 2018-06-01"}));
    EXPECT_EQ(released("r2,c,S1,methadone,40,2018-06-10,\n", as_at, "c,2018-06-09,death\n"),
              (Lines{"P died 2018-06-01"}));
    EXPECT_EQ(released("", "2018-06-21"), (Lines{"P too_early 2018-06-01"}));
    EXPECT_EQ(released("", "2018-06-22"), (Lines{"P later 2018-06-01"}));
    EXPECT_EQ(released("", "2018-06-20", "c,2018-06-21,death\n"), (Lines{"P too_early 2018-06-01"}))
        << "a death after the date is not known";
    EXPECT_EQ(released("r2,c,S1,methadone,40,2018-06-10,\n", "2018-06-22"), (Lines{"P day_21 2018-06-01"}));
    EXPECT_EQ(released("r2,c,S1,methadone,40,2018-06-10,\n", "2018-06-21"), (Lines{"P too_early 2018-06-01"}))
        << "whatever is known by then";
}

TEST(Continuity, one_release_a_day_in_its_own_time) {
    const auto events = [](const std::string& rows) {
        return WrittenExtract()
            .prescriptions("r1,c,S1,methadone,40,2018-01-01,\n")
            .events(rows)
            .found("continuity", "2018-06-01", "2018-06-30", as_at);
    };
    EXPECT_EQ(events("c,2018-05-31,prison_release\nc,2018-07-01,prison_release\n"), Lines{});
    EXPECT_EQ(events("c,2018-06-01,prison_release\nc,2018-06-30,prison_release\n"),
              (Lines{"S1 day_1 2018-06-01", "S1 day_1 2018-06-30"}));
    EXPECT_EQ(events("c,2018-06-01,hospital_discharge\n"), Lines{});
    EXPECT_EQ(
        WrittenExtract()
            .prescriptions("r1,c,S1,methadone,40,2018-01-01,\n")
            .file("events.csv", "client_id,date,kind,detail\n",
                  "c,2018-06-01,prison_release,a\nc,2018-06-01,keywork,\nc,2018-06-01,prison_release,b\n")
            .found("continuity", "2018-06-01", "2018-06-30", as_at),
        (Lines{"S1 day_1 2018-06-01"}));
}

}  // namespace
}  // namespace optimat
