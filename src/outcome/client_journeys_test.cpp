#include "outcome/found_for_tests.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

const std::string as_at = "2018-10-31";

Lines journeys(const std::string& episodes) { return WrittenExtract().episodes(episodes).journeys(as_at); }

TEST(Journeys, episodes_up_to_21_days_apart_are_one) {
    const std::string first = "e1,c,S1,2018-01-01,2018-03-01,dropped_out,true\n";
    EXPECT_EQ(journeys(first + "e2,c,S2,2018-03-22,2018-05-01,other,\n"),
              (Lines{"2018-01-01 to 2018-05-01 other, e2, opiate"}));
    EXPECT_EQ(
        journeys(first + "e2,c,S2,2018-03-23,2018-05-01,other,\n"),
        (Lines{"2018-01-01 to 2018-03-01 dropped_out, e1, opiate", "2018-03-23 to 2018-05-01 other, e2"}));
    Policy policy = Definitions().policy();
    policy.outcome.journey_gap_days = 22;
    EXPECT_EQ(WrittenExtract()
                  .episodes(first + "e2,c,S2,2018-03-23,2018-05-01,other,\n")
                  .policy(policy)
                  .journeys(as_at)
                  .size(),
              1u);
}

TEST(Journeys, the_gap_is_counted_from_the_latest_end_so_far) {
    EXPECT_EQ(journeys("e1,c,S1,2018-01-01,2018-06-01,completed_drug_free,\n"
                       "e2,c,S2,2018-02-01,2018-02-10,dropped_out,true\n"
                       "e3,c,S2,2018-06-20,2018-07-01,other,false\n"),
              (Lines{"2018-01-01 to 2018-07-01 other, e3, opiate"}));
    EXPECT_EQ(journeys("e1,c,S1,2018-01-01,2018-06-01,completed_drug_free,\n"
                       "e2,c,S2,2018-02-01,2018-02-10,dropped_out,\n"),
              (Lines{"2018-01-01 to 2018-06-01 completed_drug_free, e1"}));
}

TEST(Journeys, of_equal_ends_the_later_start_and_then_the_greater_id_says_how_it_ended) {
    EXPECT_EQ(journeys("e9,c,S1,2018-01-01,2018-06-01,dropped_out,\n"
                       "e1,c,S2,2018-02-01,2018-06-01,completed_drug_free,\n"),
              (Lines{"2018-01-01 to 2018-06-01 completed_drug_free, e1"}));
    EXPECT_EQ(journeys("e9,c,S1,2018-01-01,2018-06-01,dropped_out,\n"
                       "e1,c,S2,2018-01-01,2018-06-01,completed_drug_free,\n"),
              (Lines{"2018-01-01 to 2018-06-01 dropped_out, e9"}));
}

TEST(Journeys, are_open_while_an_episode_is) {
    EXPECT_EQ(journeys("e1,c,S1,2018-01-01,,,\n"
                       "e2,c,S2,2018-02-01,2018-03-01,dropped_out,\n"
                       "e3,c,S2,2018-09-01,2018-09-30,dropped_out,\n"),
              (Lines{"2018-01-01 to open, e1"}));
    EXPECT_EQ(journeys("e1,c,S1,2018-01-01,,,\ne2,c,S2,2018-02-01,,,\n"), (Lines{"2018-01-01 to open, e2"}));
}

TEST(Journeys, an_end_after_the_date_is_not_known_and_a_start_after_it_never_was) {
    EXPECT_EQ(journeys("e1,c,S1,2018-01-01,2018-10-31,dropped_out,\ne2,c,S1,2018-11-01,,,true\n"),
              (Lines{"2018-01-01 to 2018-10-31 dropped_out, e1"}));
    EXPECT_EQ(journeys("e1,c,S1,2018-01-01,2018-11-01,dropped_out,\n"), (Lines{"2018-01-01 to open, e1"}));
    EXPECT_EQ(journeys("e1,c,S1,2018-11-01,,,\n"), Lines{});
    EXPECT_EQ(journeys(""), Lines{});
}

TEST(Journeys, are_found_anew_for_another_date) {
    const CountedExtract counted = written_extract(
        {{"prescriptions.csv", "prescription_id,client_id,service_id,medicine,start_date\n"},
         {"clients.csv", "client_id\nc\n"},
         {"episodes.csv", "episode_id,client_id,service_id,start_date,end_date,opiate_client\n"
                          "e1,c,S1,2018-01-01,2018-02-01,false\ne2,c,S1,2018-05-01,2018-06-01,true\n"}},
        {});
    for (std::size_t chunk = 0; chunk < counted.extract.chunks.size(); ++chunk) {
        if (counted.extract.chunks[chunk].client_count() == 0) continue;
        ClientCourse client(counted.extract, chunk, counted.policy, {});
        client.read(0);
        EXPECT_EQ(client.journeys(iso("2018-04-30")).size(), 1u);
        EXPECT_FALSE(client.is_opiate_client(iso("2018-04-30")));
        EXPECT_EQ(client.journeys(iso("2018-05-01")).size(), 2u);
        EXPECT_TRUE(client.is_opiate_client(iso("2018-05-01")));
        EXPECT_FALSE(client.journeys(iso("2018-05-01"))[1].end);
        EXPECT_EQ(client.journeys(iso("2018-04-30")).size(), 1u);
        client.read(0);
        EXPECT_EQ(client.journeys(iso("2017-12-31")).size(), 0u);
    }
}

}  // namespace
}  // namespace optimat
