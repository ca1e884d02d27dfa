#include "outcome/row_changes.hpp"

#include "measure/extracts_for_tests.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

const std::string prescriptions =
    "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date\n";
const std::string episodes = "episode_id,client_id,service_id,start_date,end_date,end_reason\n";
const std::string events = "client_id,date,kind,detail\n";
const Day as_at = day_of(2018, 10, 31).value();

Extract extract(const std::vector<std::pair<std::string, std::string>>& files) {
    std::vector<std::pair<std::string, std::string>> all = {{"clients.csv", "client_id,sex\nc1,\n"},
                                                            {"prescriptions.csv", prescriptions}};
    all.insert(all.end(), files.begin(), files.end());
    return written_extract(all, {as_at}).extract;
}

std::optional<ClientPlace> place_of(const Extract& in) {
    for (std::size_t chunk = 0; chunk < in.chunks.size(); ++chunk)
        if (in.chunks[chunk].client_count() == 1) return ClientPlace{chunk, 0};
    return std::nullopt;
}

ClientChanges changes(const std::string& file, const std::string& head, const std::string& then,
                      const std::string& now) {
    const Extract earlier = extract({{file, head + then}}), later = extract({{file, head + now}});
    return compare_rows(earlier, place_of(earlier), later, place_of(later), as_at);
}

RowChanges of_prescriptions(const std::string& then, const std::string& now) {
    return changes("prescriptions.csv", prescriptions, then, now).tables[index_of(TableKind::prescriptions)];
}

RowChanges of_events(const std::string& then, const std::string& now) {
    return changes("events.csv", events, then, now).tables[index_of(TableKind::events)];
}

TEST(RowChanges, CountRowsThatAreNewGoneOrOtherwise) {
    const std::string row = "p1,c1,S1,methadone,60,2018-10-01,2018-10-20\n";
    EXPECT_EQ(of_prescriptions(row, row), (RowChanges{0, 0, 0, 0}));
    EXPECT_EQ(of_prescriptions("", row), (RowChanges{1, 0, 0, 0}));
    EXPECT_EQ(of_prescriptions(row, ""), (RowChanges{0, 0, 0, 1}));
    EXPECT_EQ(of_prescriptions(row, "p1,c1,S1,methadone,70,2018-10-01,2018-10-20\n"),
              (RowChanges{0, 0, 1, 0}));
    EXPECT_EQ(of_prescriptions(row, "p1,c1,S2,methadone,60,2018-10-01,2018-10-20\n"),
              (RowChanges{0, 0, 1, 0}));
    EXPECT_EQ(of_prescriptions(row, "p1,c1,S1,methadone,,2018-10-01,2018-10-20\n"), (RowChanges{0, 0, 1, 0}))
        << "what was recorded has gone";
    EXPECT_EQ(of_prescriptions(row, "p2,c1,S1,methadone,60,2018-10-01,2018-10-20\n"),
              (RowChanges{1, 0, 0, 1}));
}

TEST(RowChanges, WhatIsFilledInLaterIsCompletedAndNoCorrection) {
    EXPECT_EQ(of_prescriptions("p1,c1,S1,methadone,,2018-10-01,2018-10-20\n",
                               "p1,c1,S1,methadone,60,2018-10-01,2018-10-20\n"),
              (RowChanges{0, 1, 0, 0}));
    EXPECT_EQ(of_prescriptions("p1,c1,S1,methadone,60,2018-10-01,\n",
                               "p1,c1,S1,methadone,60,2018-10-01,2018-10-20\n"),
              (RowChanges{0, 1, 0, 0}));
    EXPECT_EQ(of_prescriptions("p1,c1,S1,methadone,,2018-10-01,\n", "p1,c1,S2,methadone,60,2018-10-01,\n"),
              (RowChanges{0, 0, 1, 0}))
        << "one cell filled in, another changed";
}

TEST(RowChanges, AnEndAfterTheDaySaysNothingAboutIt) {
    const std::string open = "p1,c1,S1,methadone,60,2018-10-01,\n",
                      later = "p1,c1,S1,methadone,60,2018-10-01,2018-11-05\n",
                      latest = "p1,c1,S1,methadone,60,2018-10-01,2018-11-20\n",
                      within = "p1,c1,S1,methadone,60,2018-10-01,2018-10-31\n";
    EXPECT_EQ(of_prescriptions(open, later), RowChanges{});
    EXPECT_EQ(of_prescriptions(later, latest), RowChanges{});
    EXPECT_EQ(of_prescriptions(later, open), RowChanges{});
    EXPECT_EQ(of_prescriptions(later, within), (RowChanges{0, 1, 0, 0}));
    EXPECT_EQ(of_prescriptions(within, later), (RowChanges{0, 0, 1, 0}));
    EXPECT_EQ(changes("episodes.csv", episodes, "e1,c1,S1,2018-01-01,,\n",
                      "e1,c1,S1,2018-01-01,2018-11-03,dropped_out\n"),
              ClientChanges{});
}

TEST(RowChanges, RowsAfterTheDayDoNotCountUnlessTheyWereDatedByIt) {
    const std::string after = "p1,c1,S1,methadone,60,2018-11-01,\n",
                      by = "p1,c1,S1,methadone,60,2018-10-31,\n";
    EXPECT_EQ(of_prescriptions("", after), RowChanges{});
    EXPECT_EQ(of_prescriptions(after, ""), RowChanges{});
    EXPECT_EQ(of_prescriptions(after, by), (RowChanges{0, 0, 1, 0}));
    EXPECT_EQ(of_prescriptions(by, after), (RowChanges{0, 0, 1, 0}));
}

TEST(RowChanges, OfTablesWithoutIdsGoByWhatTheySay) {
    const std::string one = "c1,2018-10-05,naloxone_supplied,\n", other = "c1,2018-10-05,overdose,\n";
    EXPECT_EQ(of_events(one + other, other + one), RowChanges{});
    EXPECT_EQ(of_events(one, one + other), (RowChanges{1, 0, 0, 0}));
    EXPECT_EQ(of_events(one + other, one), (RowChanges{0, 0, 0, 1}));
    EXPECT_EQ(of_events(one, "c1,2018-10-05,naloxone_supplied,two kits\n"), (RowChanges{0, 1, 0, 0}));
    EXPECT_EQ(of_events(one, other), (RowChanges{0, 0, 1, 0}));
    EXPECT_EQ(of_events(one, "c1,2018-10-06,naloxone_supplied,\n"), (RowChanges{1, 0, 0, 1}));
    EXPECT_EQ(of_events(one, one + "c1,2018-11-05,overdose,\n"), RowChanges{});
}

TEST(RowChanges, SayWhetherAnythingWasPutRight) {
    const std::string row = "p1,c1,S1,methadone,60,2018-10-01,\n";
    const auto kind = [&](const std::string& then, const std::string& now) {
        return changes("prescriptions.csv", prescriptions, then, now).kind();
    };
    EXPECT_EQ(kind(row, row), ChangeKind::none);
    EXPECT_EQ(kind("", row), ChangeKind::late_data);
    EXPECT_EQ(kind(row, "p2,c1,S1,methadone,60,2018-10-01,\n"), ChangeKind::correction);
    EXPECT_EQ(changes("clients.csv", "client_id,sex\n", "c1,\n", "c1,female\n").kind(),
              ChangeKind::late_data);
    EXPECT_EQ(changes("clients.csv", "client_id,sex\n", "c1,male\n", "c1,female\n").kind(),
              ChangeKind::correction);
}

TEST(RowChanges, OfSomebodyWhoIsInOneExtractOnly) {
    const Extract with =
        extract({{"prescriptions.csv", prescriptions + "p1,c1,S1,methadone,60,2018-10-01,\n"}});
    const Extract& other = with;
    const auto place = place_of(with);
    EXPECT_EQ(compare_rows(with, std::nullopt, other, place, as_at).kind(), ChangeKind::late_data);
    EXPECT_EQ(compare_rows(with, place, other, std::nullopt, as_at).kind(), ChangeKind::correction);
    EXPECT_EQ(compare_rows(with, std::nullopt, other, std::nullopt, as_at).kind(), ChangeKind::none);
}

}  // namespace
}  // namespace optimat
