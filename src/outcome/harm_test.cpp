#include "outcome/found_for_tests.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

const std::string as_at = "2018-10-31";  // the window is 1 November 2017 to 31 October 2018

Lines harm(const std::string& prescriptions, const std::string& events = "",
           const std::string& as_known_on = as_at) {
    return WrittenExtract().prescriptions(prescriptions).events(events).found("harm", as_known_on);
}
/// `days` are first and last, or open: `2018-01-01,`.
std::string methadone(const std::string& days) {
    return "r" + days.substr(0, 10) + ",c,S1,methadone,50," + days + "\n";
}

TEST(Harm, days_in_mat_are_covered_days_of_the_window) {
    EXPECT_EQ(harm(methadone("2017-10-01,2018-12-31")), (Lines{"S1 in_mat 2018-10-31 365"}));
    EXPECT_EQ(harm(methadone("2018-10-31,")), (Lines{"S1 in_mat 2018-10-31 1"}));
    EXPECT_EQ(harm(methadone("2018-11-01,")), Lines{});
    EXPECT_EQ(harm(methadone("2017-10-01,2017-11-01")),
              (Lines{"S1 after_leaving 2018-10-31 27", "S1 in_mat 2018-10-31 1"}))
        << "days 2 to 28: what happens on day 1 counts in MAT";
    EXPECT_EQ(harm(methadone("2018-01-01,2018-01-10") + methadone("2018-01-05,2018-01-12") +
                   "rx,c,S2,methadone,50,2018-01-15,2018-01-15\n"),
              (Lines{"S1 after_leaving 2018-10-31 27", "S1 in_mat 2018-10-31 12", "S2 in_mat 2018-10-31 1"}))
        << "each day once, at the service that leads on it, and no days of a tolerated gap; after leaving, "
           "the "
           "spell is the service's that led on its first day";
}

TEST(Harm, events_in_mat_are_the_services_that_led_the_day_before) {
    const std::string moved = methadone("2018-01-01,2018-01-10") + "rx,c,S2,methadone,50,2018-01-11,\n";
    const auto where = [&](const std::string& day) {
        Lines lines = harm(moved, "c," + day + ",overdose_non_fatal\n");
        std::erase_if(lines, [](const std::string& line) { return line.find(" in_mat ") != line.npos; });
        return lines;
    };
    EXPECT_EQ(where("2018-01-11"), (Lines{"S1 overdose_in_mat 2018-10-31"}));
    EXPECT_EQ(where("2018-01-12"), (Lines{"S2 overdose_in_mat 2018-10-31"}));
}

TEST(Harm, each_spell_is_its_own_services) {
    EXPECT_EQ(harm(methadone("2018-01-01,2018-01-10") + "rx,c,S2,methadone,50,2018-01-21,2018-01-31\n"),
              (Lines{"S1 after_leaving 2018-10-31 9", "S1 in_mat 2018-10-31 10",
                     "S2 after_leaving 2018-10-31 27", "S2 in_mat 2018-10-31 11"}))
        << "the days after leaving stop at the next spell";
}

TEST(Harm, days_after_leaving_begin_when_a_spell_has_ended) {
    EXPECT_EQ(harm(methadone("2018-10-01,2018-10-27")), (Lines{"S1 in_mat 2018-10-31 27"}))
        << "four days are tolerated";
    EXPECT_EQ(harm(methadone("2018-10-01,2018-10-26")),
              (Lines{"S1 after_leaving 2018-10-31 4", "S1 in_mat 2018-10-31 26"}));
    EXPECT_EQ(harm(methadone("2018-09-01,2018-10-03")),
              (Lines{"S1 after_leaving 2018-10-31 27", "S1 in_mat 2018-10-31 33"}));
    EXPECT_EQ(harm(methadone("2017-09-01,2017-10-10")), (Lines{"S1 after_leaving 2018-10-31 7"}))
        << "1 to 7 November";
    EXPECT_EQ(harm(methadone("2017-09-01,2017-10-03")), Lines{});
}

TEST(Harm, a_death_ends_the_days_and_counts_where_the_day_before_was) {
    EXPECT_EQ(harm(methadone("2018-01-01,"), "c,2018-01-10,death\n"),
              (Lines{"S1 death_in_mat 2018-10-31", "S1 in_mat 2018-10-31 10"}));
    EXPECT_EQ(harm(methadone("2018-01-01,2018-01-10"), "c,2018-01-11,death\n"),
              (Lines{"S1 death_in_mat 2018-10-31", "S1 in_mat 2018-10-31 10"}))
        << "no day after leaving: the death counts in MAT";
    EXPECT_EQ(harm(methadone("2018-01-01,2018-01-10"), "c,2018-01-12,death\n"),
              (Lines{"S1 after_leaving 2018-10-31 1", "S1 death_after_leaving 2018-10-31",
                     "S1 in_mat 2018-10-31 10"}));
    EXPECT_EQ(harm(methadone("2018-01-01,2018-01-10"), "c,2018-02-07,death\n")[1],
              "S1 death_after_leaving 2018-10-31");
    EXPECT_EQ(harm(methadone("2018-01-01,2018-01-10"), "c,2018-02-08,death\n")[1], "S1 elsewhere 2018-10-31");
    EXPECT_EQ(harm("", "c,2018-02-08,death\n"), (Lines{"- elsewhere 2018-10-31"}));
}

TEST(Harm, events_of_the_window) {
    const std::string cover = methadone("2017-06-01,");
    const auto events = [&](const std::string& rows) {
        Lines lines = harm(cover, rows);
        std::erase(lines, "S1 in_mat 2018-10-31 365");
        return lines;
    };
    EXPECT_EQ(events("c,2017-10-31,overdose_non_fatal\n"), Lines{});
    EXPECT_EQ(events("c,2017-11-01,overdose_non_fatal\n"), (Lines{"S1 overdose_in_mat 2018-10-31"}));
    EXPECT_EQ(events("c,2018-10-31,overdose_non_fatal\n"), (Lines{"S1 overdose_in_mat 2018-10-31"}));
    EXPECT_EQ(events("c,2018-11-01,overdose_non_fatal\nc,2018-11-02,death\n"), Lines{});
    EXPECT_EQ(events("c,2018-03-01,overdose_non_fatal\nc,2018-03-02,overdose_non_fatal\n").size(), 2u);
    EXPECT_EQ(events("c,2018-03-01,naloxone_supplied\n"), Lines{});
}

TEST(Harm, an_overdose_belongs_to_where_the_client_stood_the_day_before) {
    const std::string two =
        methadone("2018-01-01,2018-01-10") + "rx,c,S2,methadone,50,2018-01-21,2018-01-31\n";
    const auto where = [&](const std::string& day) {
        Lines lines = harm(two, "c," + day + ",overdose_non_fatal\n");
        std::erase_if(lines, [](const std::string& line) { return line.find("-31 ") != line.npos; });
        return lines;
    };
    EXPECT_EQ(where("2018-01-01"), (Lines{"- elsewhere 2018-10-31"})) << "not in MAT the day before";
    EXPECT_EQ(where("2018-01-02"), (Lines{"S1 overdose_in_mat 2018-10-31"}));
    EXPECT_EQ(where("2018-01-11"), (Lines{"S1 overdose_in_mat 2018-10-31"}));
    EXPECT_EQ(where("2018-01-12"), (Lines{"S1 overdose_after_leaving 2018-10-31"}));
    EXPECT_EQ(where("2018-01-20"), (Lines{"S1 overdose_after_leaving 2018-10-31"}));
    EXPECT_EQ(where("2018-01-21"), (Lines{"S1 elsewhere 2018-10-31"})) << "the first day of the next spell";
    EXPECT_EQ(where("2018-01-22"), (Lines{"S2 overdose_in_mat 2018-10-31"}));
    EXPECT_EQ(where("2018-02-28"), (Lines{"S2 overdose_after_leaving 2018-10-31"}));
    EXPECT_EQ(where("2018-03-01"), (Lines{"S2 elsewhere 2018-10-31"}));
}

TEST(Harm, an_overdose_in_a_tolerated_gap_is_elsewhere) {
    Lines lines = harm(methadone("2018-01-01,2018-01-10") + methadone("2018-01-14,2018-01-31"),
                       "c,2018-01-13,overdose_non_fatal\n");
    EXPECT_EQ(lines[1], "S1 elsewhere 2018-10-31");
}

TEST(NaloxoneLeaving, is_supplied_in_the_24_months_up_to_the_last_covered_day) {
    const auto leaving = [](const std::string& events, const std::string& last = "2018-06-15") {
        return WrittenExtract()
            .prescriptions("r1,c,S1,methadone,50,2017-02-01," + last + "\n")
            .events(events)
            .found("naloxone_leaving", "2018-06-01", "2018-06-30", as_at);
    };
    EXPECT_EQ(leaving(""), (Lines{"S1 not_supplied 2018-06-15"}));
    EXPECT_EQ(leaving("c,2016-06-15,naloxone_supplied\n"), (Lines{"S1 not_supplied 2018-06-15"}));
    EXPECT_EQ(leaving("c,2016-06-16,naloxone_supplied\n"), (Lines{"S1 supplied 2018-06-15"}));
    EXPECT_EQ(leaving("c,2018-06-15,naloxone_supplied\n"), (Lines{"S1 supplied 2018-06-15"}));
    EXPECT_EQ(leaving("c,2018-06-16,naloxone_supplied\n"), (Lines{"S1 not_supplied 2018-06-15"}));
    EXPECT_EQ(leaving("c,2018-06-19,death\n"), (Lines{"S1 died 2018-06-15"}));
    EXPECT_EQ(leaving("c,2018-06-20,death\n"), (Lines{"S1 not_supplied 2018-06-15"}));
    EXPECT_EQ(leaving("", "2018-05-31"), Lines{});
    EXPECT_EQ(leaving("", "2018-07-01"), Lines{});
    EXPECT_EQ(leaving("", "2018-06-30"), (Lines{"S1 not_supplied 2018-06-30"}));
}

TEST(NaloxoneLeaving, a_spell_that_may_go_on_has_not_ended) {
    const auto known_on = [](const std::string& day) {
        return WrittenExtract()
            .prescriptions("r1,c,S1,methadone,50,2017-02-01,2018-06-15\n")
            .found("naloxone_leaving", "2018-06-01", day, day);
    };
    EXPECT_EQ(known_on("2018-06-19"), Lines{});
    EXPECT_EQ(known_on("2018-06-20"), (Lines{"S1 not_supplied 2018-06-15"}));
}

}  // namespace
}  // namespace optimat
