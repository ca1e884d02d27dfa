#include "outcome/found_for_tests.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

const std::string as_at = "2018-10-31";

/// The part of the one client, who is an opiate client with one episode.
Lines completion(const std::string& end, const std::string& reason, const std::string& prescriptions = "",
                 const std::string& opiate = "true") {
    return WrittenExtract()
        .episodes("e1,c,S1,2017-02-01," + end + "," + reason + "," + opiate + "\n")
        .prescriptions(prescriptions)
        .found("successful_completion", as_at);
}

TEST(SuccessfulCompletion, everybody_with_a_journey_in_the_year_is_in_one_part) {
    const auto part = [](const std::string& name) { return Lines{"S1 " + name + " 2018-10-31"}; };
    EXPECT_EQ(completion("", ""), part("in_treatment"));
    for (const char* reason : {"completed_drug_free", "completed_alcohol_free", "completed_occasional_user"})
        EXPECT_EQ(completion("2018-06-01", reason), part("completed"));
    for (const char* reason : {"dropped_out", "withdrawn_by_provider", "declined_by_client"})
        EXPECT_EQ(completion("2018-06-01", reason), part("left_unplanned"));
    for (const char* reason : {"transferred_not_in_custody", "transferred_in_custody"})
        EXPECT_EQ(completion("2018-06-01", reason), part("transferred"));
    EXPECT_EQ(completion("2018-06-01", "died"), part("died"));
    for (const char* reason : {"retained_in_custody", "other", ""})
        EXPECT_EQ(completion("2018-06-01", reason), part("other"));
}

TEST(SuccessfulCompletion, the_year_ends_with_the_date_and_does_not_hold_the_day_a_year_before) {
    EXPECT_EQ(completion("2017-10-31", "completed_drug_free"), Lines{});
    EXPECT_EQ(completion("2017-11-01", "completed_drug_free"), (Lines{"S1 completed 2018-10-31"}));
    EXPECT_EQ(completion("2018-10-31", "completed_drug_free"), (Lines{"S1 completed 2018-10-31"}));
    EXPECT_EQ(completion("2018-11-01", "completed_drug_free"), (Lines{"S1 in_treatment 2018-10-31"}));
}

TEST(SuccessfulCompletion, only_opiate_clients_count) {
    EXPECT_EQ(completion("", "", "", "false"), Lines{});
    EXPECT_EQ(completion("", "", "", ""), Lines{});
    EXPECT_EQ(WrittenExtract().found("successful_completion", as_at), Lines{}) << "no episode at all";
    EXPECT_EQ(WrittenExtract()
                  .episodes("e1,c,S1,2017-02-01,2017-04-01,dropped_out,true\ne2,c,S2,2018-02-01,,,false\n")
                  .found("successful_completion", as_at),
              (Lines{"S2 in_treatment 2018-10-31"}))
        << "one that says so is enough, and the latest journey's last episode has them";
    EXPECT_EQ(WrittenExtract()
                  .episodes("e1,c,S1,2017-02-01,2018-04-01,dropped_out,\ne2,c,S2,2018-11-01,,,true\n")
                  .found("successful_completion", as_at),
              Lines{})
        << "what starts after the date says nothing";
}

TEST(SuccessfulCompletion, a_prescription_on_the_day_after_is_no_completion) {
    const auto with = [](const std::string& prescription) {
        return completion("2018-06-01", "completed_drug_free", "r1,c,S2,methadone,50," + prescription + "\n");
    };
    EXPECT_EQ(with("2018-01-01,2018-06-01"), (Lines{"S1 completed 2018-10-31"}));
    EXPECT_EQ(with("2018-01-01,2018-06-02"), (Lines{"S1 completed_with_mat 2018-10-31"}));
    EXPECT_EQ(with("2018-06-02,2018-06-02"), (Lines{"S1 completed_with_mat 2018-10-31"}));
    EXPECT_EQ(with("2018-06-03,2018-06-09"), (Lines{"S1 completed 2018-10-31"}));
    EXPECT_EQ(completion("2018-06-01", "completed_drug_free", "r1,c,S2,diazepam,5,2018-01-01,2018-09-01\n"),
              (Lines{"S1 completed 2018-10-31"}));
}

TEST(SuccessfulCompletion, on_the_date_itself_only_what_has_started_can_go_on) {
    const auto with = [](const std::string& prescription) {
        return completion("2018-10-31", "completed_drug_free", "r1,c,S2,methadone,50," + prescription + "\n");
    };
    EXPECT_EQ(with("2018-11-01,2018-11-30"), (Lines{"S1 completed 2018-10-31"}));
    EXPECT_EQ(with("2018-10-31,2018-11-30"), (Lines{"S1 completed_with_mat 2018-10-31"}));
}

Lines re_presentation(const std::string& end, const std::string& next_start, const std::string& events = "") {
    std::string rows = "e1,c,S1,2017-01-10," + end + ",completed_drug_free,true\n";
    if (!next_start.empty()) rows += "e2,c,S2," + next_start + ",,,\n";
    return WrittenExtract().episodes(rows).events(events).found("re_presentation", as_at);
}

TEST(RePresentation, completions_of_12_to_6_months_ago) {
    const Lines stayed_away = {"S1 not_re_presented 2018-10-31"};
    EXPECT_EQ(re_presentation("2017-10-30", ""), Lines{});
    EXPECT_EQ(re_presentation("2017-10-31", ""), stayed_away);
    EXPECT_EQ(re_presentation("2018-04-29", ""), stayed_away);
    EXPECT_EQ(re_presentation("2018-04-30", ""), Lines{}) << "31 October less six months";
}

TEST(RePresentation, within_six_months) {
    EXPECT_EQ(re_presentation("2018-01-15", "2018-07-15"), (Lines{"S1 re_presented 2018-10-31"}));
    EXPECT_EQ(re_presentation("2018-01-15", "2018-07-16"), (Lines{"S1 not_re_presented 2018-10-31"}));
    EXPECT_EQ(re_presentation("2018-01-15", "2018-02-06"), (Lines{"S1 re_presented 2018-10-31"}));
    EXPECT_EQ(re_presentation("2018-01-15", "2018-02-05"), Lines{})
        << "21 days apart: the same journey goes on";
}

TEST(RePresentation, deaths_without_a_return_stand_apart) {
    EXPECT_EQ(re_presentation("2018-01-15", "", "c,2018-07-15,death\n"), (Lines{"S1 died 2018-10-31"}));
    EXPECT_EQ(re_presentation("2018-01-15", "", "c,2018-07-16,death\n"),
              (Lines{"S1 not_re_presented 2018-10-31"}));
    EXPECT_EQ(re_presentation("2018-01-15", "2018-05-01", "c,2018-06-01,death\n"),
              (Lines{"S1 re_presented 2018-10-31"}));
}

TEST(RePresentation, each_completion_counts) {
    EXPECT_EQ(WrittenExtract()
                  .episodes("e1,c,S1,2017-01-10,2017-11-30,completed_drug_free,true\n"
                            "e2,c,S2,2018-01-10,2018-03-10,completed_occasional_user,\n"
                            "e3,c,S1,2018-04-20,2018-04-25,dropped_out,\n")
                  .found("re_presentation", as_at),
              (Lines{"S1 re_presented 2018-10-31", "S2 re_presented 2018-10-31"}));
}

TEST(Exits, stand_on_the_day_of_the_completion_with_the_days_to_the_return) {
    const auto exits = [](const std::string& as_known_on) {
        return WrittenExtract()
            .episodes("e1,c,S1,2017-01-10,2018-03-01,completed_drug_free,true\n"
                      "e2,c,S2,2018-06-01,2018-06-30,completed_drug_free,\n"
                      "e3,c,S2,2018-09-01,2018-09-30,dropped_out,\n")
            .found("exits", "2018-03-01", "2018-06-30", as_known_on);
    };
    EXPECT_EQ(exits("2018-12-30"), (Lines{"S1 re_presented 2018-03-01 92", "S2 re_presented 2018-06-30 63"}));
    EXPECT_EQ(exits("2018-09-01"), (Lines{"S1 re_presented 2018-03-01 92", "S2 too_early 2018-06-30 63"}));
    EXPECT_EQ(exits("2018-08-31"), (Lines{"S1 too_early 2018-03-01 92", "S2 too_early 2018-06-30"}));
    EXPECT_EQ(WrittenExtract()
                  .episodes("e1,c,S1,2017-01-10,2018-03-01,completed_drug_free,true\n")
                  .found("exits", "2018-03-02", "2018-06-30", as_at),
              Lines{});
    EXPECT_EQ(WrittenExtract()
                  .episodes("e1,c,S1,2017-01-10,2018-03-01,completed_drug_free,false\n")
                  .found("exits", "2018-03-01", "2018-03-31", as_at),
              Lines{});
}

TEST(Exits, come_back_within_six_months_or_later_or_are_too_early) {
    const auto exit = [](const std::string& next_start, const std::string& as_known_on) {
        std::string rows = "e1,c,S1,2017-01-10,2018-03-01,completed_drug_free,true\n";
        if (!next_start.empty()) rows += "e2,c,S2," + next_start + ",,,\n";
        return WrittenExtract().episodes(rows).found("exits", "2018-03-01", "2018-03-31", as_known_on);
    };
    EXPECT_EQ(exit("2018-09-01", "2018-09-01"), (Lines{"S1 re_presented 2018-03-01 184"}));
    EXPECT_EQ(exit("2018-09-02", "2018-09-02"), (Lines{"S1 returned_later 2018-03-01 185"}));
    EXPECT_EQ(exit("2018-09-02", "2018-09-01"), (Lines{"S1 not_re_presented 2018-03-01"}));
    EXPECT_EQ(exit("", "2018-09-01"), (Lines{"S1 not_re_presented 2018-03-01"}));
    EXPECT_EQ(exit("2018-05-01", "2018-08-31"), (Lines{"S1 too_early 2018-03-01 61"}))
        << "whoever came back already counts no earlier than who did not";
    EXPECT_EQ(exit("", "2018-08-31"), (Lines{"S1 too_early 2018-03-01"}));
}

TEST(Discharges, are_episodes_that_ended_in_the_time) {
    EXPECT_EQ(WrittenExtract()
                  .episodes("e1,c,S1,2018-01-01,2018-01-31,completed_drug_free,\n"
                            "e2,c,S1,2018-01-01,2018-02-01,completed_alcohol_free,\n"
                            "e3,c,S1,2018-01-01,2018-02-28,declined_by_client,\n"
                            "e4,c,S2,2018-01-01,2018-03-01,other,\n"
                            "e5,c,S2,2018-01-01,2018-02-02,transferred_in_custody,\n"
                            "e6,c,S2,2018-01-01,2018-02-03,retained_in_custody,\n"
                            "e7,c,S2,2018-01-01,2018-02-04,other,\n"
                            "e8,c,S2,2018-01-01,2018-02-05,,\n"
                            "e9,c,S2,2018-01-01,,,\n"
                            "f1,c,S1,2018-01-01,2018-02-28,died,\n")
                  .found("discharges", "2018-02-01", "2018-02-28", as_at),
              (Lines{"S1 died 2018-02-28", "S1 planned 2018-02-01", "S1 unplanned 2018-02-28",
                     "S2 in_custody 2018-02-03", "S2 not_recorded 2018-02-04", "S2 not_recorded 2018-02-05",
                     "S2 transferred 2018-02-02"}));
}

TEST(Discharges, of_people_who_are_said_to_be_no_opiate_clients_do_not_count) {
    const auto discharges = [](const std::string& other_episode) {
        return WrittenExtract()
            .episodes("e1,c,S1,2018-01-01,2018-02-01,dropped_out,false\n" + other_episode)
            .found("discharges", "2018-02-01", "2018-02-28", as_at)
            .size();
    };
    EXPECT_EQ(discharges(""), 0u);
    EXPECT_EQ(discharges("e2,c,S1,2017-01-01,2017-02-01,dropped_out,true\n"), 1u);
    EXPECT_EQ(discharges("e2,c,S1,2018-11-01,,,true\n"), 0u) << "that is not known yet";
}

}  // namespace
}  // namespace optimat
