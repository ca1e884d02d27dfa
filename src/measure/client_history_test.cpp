#include "measure/client_history.hpp"

#include "measure/extracts_for_tests.hpp"
#include "timeline/timeline.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

Day at(int year, int month, int day) { return *day_of(year, month, day); }

CountedExtract one_life() {
    return written_extract(
        {{"prescriptions.csv",
          "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date\n"
          "P1,C1,S1,methadone,30,2018-01-10,2018-01-31\n"
          "P2,C1,S1,methadone,30,2018-02-01,2018-02-10\n"
          "P3,C1,S1,methadone,40,2018-02-13,2018-03-31\n"
          "P4,C1,S2,buprenorphine,,2018-05-01,2018-12-31\n"},
         {"episodes.csv",
          "episode_id,client_id,service_id,start_date,end_date,end_reason\n"
          "E1,C1,S1,2018-01-10,2018-04-10,dropped_out\nE2,C1,S2,2018-05-01,2018-07-15,other\n"},
         {"tops.csv",
          "top_id,client_id,date,stage,opiate_days\nT1,C1,2018-01-10,start,28\nT2,C1,2018-07-10,review,3\n"},
         {"drug_screens.csv", "screen_id,client_id,date,illicit_opioid\nD1,C1,2018-03-03,positive\n"},
         {"events.csv",
          "client_id,date,kind\nC1,2018-03-05,naloxone_supplied\nC1,2018-09-05,naloxone_supplied\n"}},
        {at(2018, 2, 28), at(2018, 4, 30), at(2018, 6, 30)});
}

ClientHistory history_of_one(const CountedExtract& life) {
    for (const Chunk& chunk : life.extract.chunks)
        if (chunk.client_count() > 0)
            return client_history(life.extract, chunk, 0, life.policy, life.states.dates);
    throw std::logic_error("nobody");
}

TEST(ClientHistory, doses_cover_and_gaps) {
    const CountedExtract life = one_life();
    const ClientHistory history = history_of_one(life);
    EXPECT_EQ(history.last, at(2018, 6, 30));
    const ServiceIndex first = life.extract.find_service("S1"), second = life.extract.find_service("S2");
    EXPECT_EQ(history.doses,
              (std::vector<DoseStep>{
                  {at(2018, 1, 10), at(2018, 2, 10), Family::methadone, milligrams(30), first},
                  {at(2018, 2, 13), at(2018, 3, 31), Family::methadone, milligrams(40), first},
                  {at(2018, 5, 1), at(2018, 6, 30), Family::buprenorphine, std::nullopt, second}}))
        << "a re-issue of the same dose is no step";
    ASSERT_EQ(history.spells.size(), 2u);
    EXPECT_EQ(history.spells[0].tolerated_gaps, (std::vector<DayRun>{{at(2018, 2, 11), at(2018, 2, 12)}}));
    EXPECT_FALSE(history.spells[0].open);
    EXPECT_TRUE(history.spells[1].open);
    EXPECT_EQ(history.spells[1].last, at(2018, 6, 30));
    EXPECT_EQ(history.uncovered, (std::vector<DayRun>{{at(2018, 4, 1), at(2018, 4, 30)}}));
}

TEST(ClientHistory, records_up_to_its_last_day) {
    const CountedExtract life = one_life();
    const ClientHistory history = history_of_one(life);
    ASSERT_EQ(history.states.size(), 3u);
    EXPECT_TRUE(history.states[0]);
    EXPECT_FALSE(history.states[1]) << "not in MAT";
    EXPECT_EQ(history.states[2]->stage, Stage::uncategorised);
    ASSERT_EQ(history.tops.size(), 1u);
    EXPECT_EQ(*history.tops[0].opiate_days, 28);
    EXPECT_FALSE(history.tops[0].alcohol_days.has_value()) << "not recorded";
    ASSERT_EQ(history.screens.size(), 1u);
    EXPECT_EQ(history.screens[0].illicit_opioid, ScreenResult::positive);
    ASSERT_EQ(history.events.size(), 1u);
    EXPECT_EQ(history.events[0].day, at(2018, 3, 5));
    ASSERT_EQ(history.episodes.size(), 2u);
    EXPECT_EQ(history.episodes[0].reason, EndReason::dropped_out);
    EXPECT_FALSE(history.episodes[1].end.has_value()) << "it ends later: open still";
    EXPECT_EQ(history.episodes[1].reason, EndReason::not_recorded);
    EXPECT_FALSE(history.death);
}

/// The dose and cover of every day, looked up in the steps, are those of the timeline.
TEST(ClientHistory, says_of_every_day_what_the_timeline_says) {
    const CountedExtract random = random_extract(6);
    const Chunk& chunk = random.extract.chunks.front();
    TimelineBuilder builder(random.extract, chunk, random.policy);
    std::size_t compared = 0;
    for (std::uint32_t client = 0; client < chunk.client_count(); ++client) {
        const ClientHistory history =
            client_history(random.extract, chunk, client, random.policy, random.states.dates);
        const Timeline& timeline = builder.build(client);
        for (Day day = random.extract.covers_from; day <= history.last; day = day + 1) {
            const DoseStep* step = nullptr;
            for (const DoseStep& one : history.doses)
                if (one.first <= day && day <= one.last) step = &one;
            const std::size_t started = timeline.started_by(day);
            ASSERT_EQ(step != nullptr, timeline.in_mat(started, day)) << to_text(day);
            if (step == nullptr) continue;
            const CurrentDose current = timeline.dose_on(started, day);
            ASSERT_EQ(step->family, current.medicine);
            ASSERT_EQ(step->dose, current.dose());
            ++compared;
        }
        std::size_t at_dates = 0;
        for (const auto& state : history.states)
            at_dates += state.has_value();
        std::size_t expected = 0;
        for (const State& state : random.states.chunks.front())
            expected += state.client == client;
        EXPECT_EQ(at_dates, expected);
    }
    EXPECT_GT(compared, 1000u);
}

}  // namespace
}  // namespace optimat
