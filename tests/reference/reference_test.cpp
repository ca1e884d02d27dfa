#include "extract_folder.hpp"
#include "reference.hpp"
#include "reference_extract.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace optimat {
namespace {

using reference::ExtractFolder;

const std::filesystem::path data = OPTIMAT_SOURCE_DIR "/tests/data";

std::string content(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

std::vector<std::chrono::year_month_day> dates_in(const std::string& csv) {
    std::set<std::string> texts;
    std::istringstream lines(csv);
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line))
        texts.insert(line.substr(0, 10));
    std::vector<std::chrono::year_month_day> dates;
    for (const std::string& text : texts)
        dates.push_back(reference_date(text).value());
    return dates;
}

class DataSet : public testing::TestWithParam<std::string> {};

TEST_P(DataSet, HasTheExpectedStates) {
    const std::string expected = content(data / GetParam() / "expected_states.csv");
    ASSERT_EQ(dates_in(expected).size(), 3U);
    EXPECT_EQ(states_csv(reference_states(data / GetParam(), dates_in(expected))), expected);
}

TEST_P(DataSet, HasTrackerColumnsThatSum) {
    const auto dates = dates_in(content(data / GetParam() / "expected_states.csv"));
    long by_service = 0;
    long by_organisation = 0;
    for (const ReferenceTrackerRow& row : reference_tracker(data / GetParam(), dates)) {
        EXPECT_EQ(row.in_mat, row.mat1 + row.mat4 + row.red + row.amber + row.green + row.grey +
                                  row.mat2_unbanded + row.mat3_unbanded + row.uncategorised);
        if (row.scope == "service") by_service += row.in_mat;
        if (row.scope == "organisation") by_organisation += row.in_mat;
    }
    EXPECT_EQ(by_service, by_organisation);
    EXPECT_EQ(by_organisation, static_cast<long>(reference_states(data / GetParam(), dates).size()));
}

INSTANTIATE_TEST_SUITE_P(Published, DataSet, testing::Values("adversarial", "ctn0094"));

// The one state of the one client on a day; nothing when not in MAT.
std::optional<ReferenceState> state(const ExtractFolder& folder, const std::string& date,
                                    const ReferencePolicy& policy = {}) {
    const auto states = reference_states(folder.path(), {reference_date(date).value()}, policy);
    if (states.empty()) return std::nullopt;
    EXPECT_EQ(states.size(), 1U);
    return states.front();
}

TEST(ReferenceReading, DosesRoundHalfUpToMicrograms) {
    using reference::micrograms;
    EXPECT_EQ(micrograms("60"), 60'000);
    EXPECT_EQ(micrograms("059.9995000"), 60'000);
    EXPECT_EQ(micrograms("59.99949999"), 59'999);
    EXPECT_EQ(micrograms("2.5", "10"), 25'000);
    EXPECT_EQ(micrograms("0.00005", "10"), 1);
    EXPECT_EQ(micrograms("1000000"), 1'000'000'000);
    for (const std::string unreadable :
         {"", "-1", "1e308", "1000000.001", "sixty", "1,5", ".", "5.", "99999999999999999999"})
        EXPECT_EQ(micrograms(unreadable), std::nullopt) << unreadable;
}

TEST(ReferenceReading, DatesAreCalendarDaysFrom1900) {
    EXPECT_TRUE(reference_date("2020-02-29"));
    EXPECT_TRUE(reference_date("1900-01-01"));
    EXPECT_TRUE(reference_date("9999-12-31"));
    for (const std::string impossible :
         {"2019-02-29", "1900-02-29", "1899-12-31", "31-12-9999", "2020-2-01", "10000-01-01", ""})
        EXPECT_FALSE(reference_date(impossible)) << impossible;
}

TEST(ReferenceReading, RefusesRowsAndForgetsCellsAsTheContractSays) {
    ExtractFolder folder;
    folder.prescriptions("A,C1,S1,methadone,30,2020-01-01,2020-03-31,,,,\n"
                         "A,C1,S1,methadone,30,2020-01-01,2020-03-31,,,,\n"   // repeated: once
                         "A,C1,S1,methadone,40,2020-01-01,2020-03-31,,,,\n"   // differs: kept
                         "B,C1,S1,methadone,5,2020-01-01,2020-02-30,,,,\n"    // impossible date
                         "C,C1,S1,methadone,5,2020-01-01,2019-12-31,,,,\n"    // end before start
                         "D,C1,,methadone,5,2020-01-01,2020-03-31,,,,\n"      // no service
                         "E,C1,S1,Methadone,5,2020-01-01,2020-03-31,,,,\n");  // not a MAT medicine
    EXPECT_EQ(state(folder, "2020-02-29")->dose_micrograms, 70'000);
    folder.prescriptions("A,C1,S1,methadone,0,2020-01-01,2020-03-31,Detox,,,\n");
    EXPECT_EQ(state(folder, "2020-02-29")->dose_micrograms, std::nullopt);
    EXPECT_EQ(state(folder, "2020-02-29")->regime, "unknown");
}

TEST(ReferenceCover, AnOpenPrescriptionEndsWithTheEpisodeOrTheNextPrescriptionThere) {
    ExtractFolder folder;
    folder.prescriptions("A,C1,S1,methadone,30,2020-01-01,,,,,\n");
    folder.episodes("1,C1,S2,2019-01-01,2020-01-05,other,\n2,C1,S1,2019-01-01,2019-12-31,other,\n"
                    "3,C1,S1,2019-01-01,2020-02-10,other,\n");
    EXPECT_TRUE(state(folder, "2020-02-10"));
    EXPECT_FALSE(state(folder, "2020-02-11"));
    folder.prescriptions(
        "A,C1,S1,methadone,30,2020-01-01,,,,,\nB,C1,S1,diazepam,5,2020-01-10,2020-01-11,,,,\n"
        "C,C1,S2,methadone,5,2020-01-20,2020-01-21,,,,\nD,C1,S1,methadone,5,2020-02-01,2020-02-02,,,,\n");
    EXPECT_TRUE(state(folder, "2020-01-31"));
    EXPECT_FALSE(state(folder, "2020-02-03"));
}

TEST(ReferenceCover, DeathEndsIt) {
    ExtractFolder folder;
    folder.prescriptions(
        "A,C1,S1,methadone,30,2020-01-01,2020-03-31,,,,\nB,C1,S1,methadone,30,2020-02-06,2020-03-31,,,,\n");
    folder.events("C1,2020-02-05,death\n");
    EXPECT_TRUE(state(folder, "2020-02-05"));
    EXPECT_FALSE(state(folder, "2020-02-06"));
    folder.episodes("1,C1,S2,2019-01-01,2020-02-03,died,\n");
    EXPECT_FALSE(state(folder, "2020-02-04"));
}

TEST(ReferenceSpell, GoesOnOverTheLongestToleratedGap) {
    ExtractFolder folder;
    const std::string methadone = "A,C1,S1,methadone,30,2020-01-01,2020-01-10,,,,\n";
    folder.prescriptions(methadone + "B,C1,S2,methadone,30,2020-01-15,2020-01-31,,,,\n");
    EXPECT_EQ(state(folder, "2020-01-31")->spell_day, 31);
    folder.prescriptions(methadone + "B,C1,S2,methadone,30,2020-01-16,2020-01-31,,,,\n");
    EXPECT_EQ(state(folder, "2020-01-31")->spell_day, 16);
    folder.prescriptions(methadone + "M,C1,S1,buprenorphine_monthly,96,2020-01-01,2020-01-10,,,,\n" +
                         "B,C1,S2,methadone,30,2020-01-18,2020-01-31,,,,\n");
    EXPECT_EQ(state(folder, "2020-01-31")->spell_day, 31);
}

TEST(ReferenceSpell, IsCensoredWhereTheDataBegin) {
    ExtractFolder folder;
    folder.prescriptions("A,C1,S1,methadone,30,2019-01-05,2019-03-31,,,,\n");
    EXPECT_TRUE(state(folder, "2019-01-31")->spell_censored);
    EXPECT_EQ(state(folder, "2019-01-31")->stage, "uncategorised");
    folder.prescriptions("A,C1,S1,methadone,30,2019-01-06,2019-03-31,,,,\n");
    EXPECT_FALSE(state(folder, "2019-01-31")->spell_censored);
    EXPECT_EQ(state(folder, "2019-01-31")->stage, "MAT1");
    folder.episodes("1,C1,S1,2018-12-09,2019-01-06,other,true\n");
    EXPECT_TRUE(state(folder, "2019-01-31")->spell_censored);
    folder.episodes("1,C1,S1,2018-12-08,2019-01-06,other,true\n");
    EXPECT_FALSE(state(folder, "2019-01-31")->spell_censored);
}

TEST(ReferenceDose, InjectionsSilenceTabletsAndTheLatestStartCounts) {
    ExtractFolder folder;
    const std::string weekly = "W,C1,S1,buprenorphine_weekly,24,2020-01-01,2020-01-07,,,,\n";
    folder.prescriptions(weekly + "T,C1,S1,buprenorphine,8,2020-01-03,2020-01-20,,,,\n");
    EXPECT_EQ(state(folder, "2020-01-07")->medicine, "buprenorphine_weekly");
    EXPECT_EQ(state(folder, "2020-01-07")->band, "at_or_above");
    EXPECT_EQ(state(folder, "2020-01-08")->medicine, "buprenorphine");
    folder.prescriptions(
        weekly +
        "T,C1,S2,methadone,30,2020-01-03,2020-01-20,,,,\nZ,C1,S2,morphine_sr,60,2020-01-03,2020-01-20,,,,\n"
        "U,C1,S1,methadone,29.999,2020-01-03,2020-01-20,,,,\n");
    EXPECT_EQ(state(folder, "2020-01-07")->medicine, "methadone");
    EXPECT_EQ(state(folder, "2020-01-07")->dose_micrograms, 59'999);
    EXPECT_EQ(state(folder, "2020-01-07")->band, "below");
    EXPECT_EQ(state(folder, "2020-01-07")->service_id, "S1");
}

TEST(ReferenceRegime, FollowsTheDoseOf28DaysAgo) {
    ExtractFolder folder;
    const auto second_dose = [&](const std::string& dose) {
        folder.prescriptions("A,C1,S1,buprenorphine,8,2019-12-01,2020-01-03,,,,\nB,C1,S1,buprenorphine," +
                             dose + ",2020-01-05,2020-03-31,stable,,,\n");
        return state(folder, "2020-02-01")->regime;  // 4 January is uncovered, so 3 January is compared
    };
    EXPECT_EQ(second_dose("7.6"), "reducing");
    EXPECT_EQ(second_dose("7.601"), "static");
    EXPECT_EQ(second_dose("16"), "static");
}

TEST(ReferenceRegime, APlanOfThreeMonthsIsADetoxUntilItsDate) {
    ExtractFolder folder;
    const auto planned_for = [&](const std::string& target) {
        folder.prescriptions("A,C1,S1,methadone,30,2019-11-30,2019-12-31,,0," + target + ",\n" +
                             "B,C1,S1,methadone,30,2020-01-01,2020-03-31,,0," + target + ",\n");
    };
    planned_for("2020-02-29");  // 30 November + 3 months
    EXPECT_EQ(state(folder, "2020-02-29")->regime, "detox");
    EXPECT_EQ(state(folder, "2020-03-01")->regime, "reducing");
    planned_for("2020-03-01");
    EXPECT_EQ(state(folder, "2020-02-29")->regime, "reducing");
}

TEST(ReferenceRegime, ARecordedDetoxCountsFromTheStartOfItsRun) {
    ExtractFolder folder;
    const std::string first = "A,C1,S1,methadone,30,2020-01-01,2020-01-31,detox,,,\n";
    const std::string last = "C,C1,S1,methadone,30,2020-03-01,2020-06-30,detox,,,\n";
    folder.prescriptions(first + "B,C1,S1,methadone,30,2020-02-01,2020-02-29,detox,,,\n" + last);
    EXPECT_EQ(state(folder, "2020-04-01")->regime, "detox");
    EXPECT_EQ(state(folder, "2020-04-02")->regime, "reducing");
    folder.prescriptions(first + "B,C1,S1,methadone,30,2020-02-01,2020-02-29,stable,,,\n" + last);
    EXPECT_EQ(state(folder, "2020-06-01")->regime, "detox");
    EXPECT_EQ(state(folder, "2020-06-02")->regime, "reducing");
}

TEST(ReferenceEvidence, CountsForLessThanThreeMonths) {
    ExtractFolder folder;
    folder.prescriptions("A,C1,S1,methadone,60,2020-02-01,2020-06-30,,,,\n");
    folder.tops("1,C1,2020-02-29,review,community,3\n");
    EXPECT_EQ(state(folder, "2020-05-31")->stage, "uncategorised");
    EXPECT_EQ(state(folder, "2020-05-28")->stage, "MAT2");
    folder.tops("1,C1,2020-03-01,review,community,0\n2,C1,2020-04-01,start,,9\n3,C1,2020-04-01,,secure,9\n4,"
                "C1,2020-04-01,,,29\n");
    EXPECT_EQ(state(folder, "2020-05-31")->stage, "MAT3");
    EXPECT_EQ(state(folder, "2020-05-31")->cohort, "green");
    ReferencePolicy exclusive;
    exclusive.comparator = ReferenceComparator::exclusive;
    EXPECT_EQ(state(folder, "2020-05-31", exclusive)->cohort, "grey");
}

TEST(ReferenceEvidence, AnyUseInThe28DaysToTheLatestDecides) {
    ExtractFolder folder;
    folder.prescriptions("A,C1,S1,methadone,30,2020-02-01,2020-06-30,,,,\n");
    const std::string clean = "1,C1,2020-05-30,community,negative,inconclusive\n";
    ReferencePolicy latest, any_use;
    latest.evidence = ReferenceEvidence::latest;
    any_use.evidence = ReferenceEvidence::any_use;
    folder.screens(clean + "2,C1,2020-05-03,,inconclusive,positive\n");
    EXPECT_EQ(state(folder, "2020-05-31")->stage, "MAT2");
    EXPECT_EQ(state(folder, "2020-05-31", latest)->stage, "MAT3");
    folder.screens(clean + "2,C1,2020-05-02,,negative,positive\n");
    EXPECT_EQ(state(folder, "2020-05-31")->stage, "MAT3");
    EXPECT_EQ(state(folder, "2020-05-31", any_use)->stage, "MAT2");
}

TEST(ReferenceEvidence, StartsAfterTheFirstDayOfASpellThatIsNotCensored) {
    ExtractFolder folder;
    folder.prescriptions("A,C1,S1,methadone,30,2020-04-01,2020-06-30,,,,\n");
    folder.screens("1,C1,2020-04-01,,positive,\n");
    EXPECT_EQ(state(folder, "2020-04-29")->stage, "uncategorised");
    folder.episodes("1,C1,S1,2020-04-01,,,true\n");
    EXPECT_EQ(state(folder, "2020-04-28")->stage, "MAT2");
}

TEST(ReferenceTracker, CountsPeopleAndAddsUpTheirDoses) {
    ExtractFolder folder;
    folder.prescriptions(
        "A,C1,S1,methadone,30,2020-01-01,2020-06-30,,,,\nB,C2,S1,methadone,45.5,2020-01-01,2020-06-30,,,,\n"
        "C,C3,S1,methadone,,2020-01-01,2020-06-30,,,,\nD,C4,S2,buprenorphine,16,2020-01-01,2020-06-30,,,,\n");
    folder.screens("1,C1,2020-05-01,,positive,\n2,C2,2020-05-01,,positive,\n3,C3,2020-05-01,,positive,\n");
    const auto rows = reference_tracker(folder.path(), {reference_date("2020-05-31").value()});
    ASSERT_EQ(rows.size(), 4U);  // S1, S2, North, the organisation
    const ReferenceTrackerRow& first = rows[0];
    EXPECT_EQ(first.name, "S1");
    EXPECT_EQ(first.in_mat, 3);
    EXPECT_EQ(first.red, 2);
    EXPECT_EQ(first.mat2_unbanded, 1);
    EXPECT_EQ(first.methadone.at("red"), (ReferenceDoses{2, 75'500}));
    EXPECT_EQ(first.methadone.at("maintained"), (ReferenceDoses{2, 75'500}));
    EXPECT_EQ(rows[2].scope, "region");
    EXPECT_EQ(rows[2].in_mat, 3);
    EXPECT_EQ(rows[3].scope, "organisation");
    EXPECT_EQ(rows[3].uncategorised, 1);
    EXPECT_EQ(rows[3].buprenorphine.at("maintained"), (ReferenceDoses{1, 16'000}));
}

TEST(ReferenceCsv, WritesShortDosesAndQuotesWhereNeeded) {
    ReferenceState state{"2020-05-31", "C\"1,2",      "S1",     "MAT3", "green", "methadone",
                         60'050,       "at_or_above", "static", 40,     true};
    ReferenceState unknown = state;
    unknown.dose_micrograms.reset();
    EXPECT_EQ(
        states_csv({state, unknown}),
        "as_at,client_id,service_id,stage,cohort,medicine,dose_mg,band,regime,spell_day,spell_censored\n"
        "2020-05-31,\"C\"\"1,2\",S1,MAT3,green,methadone,60.05,at_or_above,static,40,1\n"
        "2020-05-31,\"C\"\"1,2\",S1,MAT3,green,methadone,,at_or_above,static,40,1\n");
}

}  // namespace
}  // namespace optimat
