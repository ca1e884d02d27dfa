#include "report/explain.hpp"

#include "report/explain_reading.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <unistd.h>

namespace optimat {
namespace {

using testing::HasSubstr;

/// A folder of an extract that lasts as long as the object; files are given as their lines after the header.
class InventedFolder {
  public:
    explicit InventedFolder(const std::map<std::string, std::vector<std::string>>& files)
        : m_path(std::filesystem::temp_directory_path() /
                 ("optimat_explain_" + std::to_string(::getpid()) + "_" + std::to_string(s_count++))) {
        std::filesystem::create_directories(m_path);
        write("extract.toml",
              "organisation = \"Invented\"\ncovers_from = \"2018-01-01\"\ncovers_to = \"2018-12-31\"\n");
        const std::map<std::string, std::string> heads = {
            {"services", "service_id,name,prescribing_from"},
            {"clients", "client_id"},
            {"episodes", "episode_id,client_id,service_id,start_date,end_date,end_reason,on_mat_at_start"},
            {"prescriptions",
             "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date,regime,"
             "target_dose_mg,target_date,plan_start"},
            {"tops", "top_id,client_id,date,stage,setting,opiate_days"},
            {"drug_screens", "screen_id,client_id,date,illicit_opioid,fentanyl_or_nitazene"},
            {"events", "client_id,date,kind"}};
        for (const auto& [table, head] : heads) {
            std::string text = head + "\n";
            if (const auto rows = files.find(table); rows != files.end())
                for (const std::string& row : rows->second)
                    text += row + "\n";
            else if (table == "services")
                text += "S1,North,\nS2,South,2018-06-01\n";
            else if (table == "clients")
                text += "A\n";
            write(table + ".csv", text);
        }
    }
    ~InventedFolder() { std::filesystem::remove_all(m_path); }
    InventedFolder(const InventedFolder&) = delete;
    InventedFolder& operator=(const InventedFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

  private:
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(m_path / name) << text;
    }
    static inline int s_count = 0;
    std::filesystem::path m_path;
};

Explanation explained(const std::map<std::string, std::vector<std::string>>& files,
                      const std::string& as_at) {
    const InventedFolder folder(files);
    const ReadExtract read = read_folder(folder.path());
    return explain(read.extract, Definitions().policy(), *find_client(read.extract, "A"),
                   *parse_iso_day(as_at));
}

struct Case {
    std::string name;
    std::map<std::string, std::vector<std::string>> files;
    std::string as_at;
    std::string_view rule;
    std::string says;
};
std::ostream& operator<<(std::ostream& out, const Case& one) { return out << one.name; }

class ExplainCase : public testing::TestWithParam<Case> {};

TEST_P(ExplainCase, says) {
    const Explanation explanation = explained(GetParam().files, GetParam().as_at);
    EXPECT_THAT(sentences(explanation, GetParam().rule), HasSubstr(GetParam().says));
}

const std::string methadone = "P1,A,S1,methadone,60,2018-02-01,,,,,";

INSTANTIATE_TEST_SUITE_P(
    Rules, ExplainCase,
    testing::Values(
        Case{"open",
             {{"prescriptions", {methadone}}},
             "2018-10-31",
             "cover/active",
             "Prescription P1 at North (S1) covers the day: methadone, 60 mg, from 1 February 2018, with no "
             "end."},
        Case{"open_end",
             {{"prescriptions", {methadone}}},
             "2018-10-31",
             "cover/effective-end",
             "Prescription P1 records no end, and nothing ends it."},
        Case{"ends_with_episode",
             {{"prescriptions", {methadone}}, {"episodes", {"E1,A,S1,2018-01-20,2018-11-30,dropped_out,"}}},
             "2018-10-31",
             "cover/effective-end",
             "it ends on 30 November 2018, when episode E1 at the same service ends."},
        Case{"ends_with_next",
             {{"prescriptions", {methadone, "P2,A,S1,methadone,50,2018-12-01,,,,,"}}},
             "2018-10-31",
             "cover/effective-end",
             "it ends on 30 November 2018, the day before prescription P2 starts at the same service."},
        Case{"spell_day",
             {{"prescriptions", {methadone}}},
             "2018-02-28",
             "cover/spell",
             "The spell in MAT began on 1 February 2018 with prescription P1; 28 February 2018 is its day "
             "28."},
        Case{"spell_before",
             {{"prescriptions",
               {"P1,A,S1,methadone,60,2018-02-01,2018-03-01,,,,", "P2,A,S1,methadone,60,2018-03-07,,,,,"}}},
             "2018-10-31",
             "cover/spell",
             "The spell before this one ended on 1 March 2018. The 5 days without cover that followed are "
             "more than the 4 that are tolerated"},
        Case{"tolerated_gap",
             {{"prescriptions",
               {"P1,A,S1,methadone,60,2018-02-01,2018-03-01,,,,", "P2,A,S1,methadone,60,2018-03-06,,,,,"}}},
             "2018-10-31",
             "cover/spell",
             "This spell has 1 gap without cover, the longest of 4 days"},
        Case{"censored_by_data",
             {{"prescriptions", {"P1,A,S1,methadone,60,2018-01-05,,,,,"}}},
             "2018-01-31",
             "cover/censored",
             "it starts no later than 4 days after the data begin, on 1 January 2018"},
        Case{"censored_by_service",
             {{"prescriptions", {"P1,A,S2,methadone,60,2018-06-05,,,,,"}}},
             "2018-06-30",
             "cover/censored",
             "it starts no later than 4 days after the prescribing data of South (S2) begin, on 1 June 2018"},
        Case{"censored_by_episode",
             {{"prescriptions", {methadone}}, {"episodes", {"E1,A,S1,2018-01-20,,,true"}}},
             "2018-02-15",
             "cover/censored",
             "episode E1 says that the person came already on MAT"},
        Case{"sum",
             {{"prescriptions", {methadone, "P2,A,S1,methadone,20,2018-02-01,,,,,"}}},
             "2018-10-31",
             "dose/current",
             "Prescription P1 (60 mg) and prescription P2 (20 mg) say together what the person takes: 80 mg "
             "of methadone. Prescription P2 leads"},
        Case{"superseded",
             {{"prescriptions", {methadone, "P2,A,S2,methadone,20,2018-06-20,,,,,"}}},
             "2018-10-31",
             "dose/current",
             "Prescription P1 is not part of the dose: it started earlier, on 1 February 2018"},
        Case{"injection",
             {{"prescriptions",
               {"P1,A,S1,buprenorphine_weekly,24,2018-10-28,2018-11-03,,,,",
                "P2,A,S1,buprenorphine,8,2018-10-29,2018-11-03,,,,"}}},
             "2018-10-31",
             "dose/current",
             "Prescription P2 is not part of the dose: tablets and lyophilisate do not count while"},
        Case{"unknown_dose",
             {{"prescriptions", {"P1,A,S1,methadone,,2018-02-01,,,,,"}}},
             "2018-10-31",
             "dose/band",
             "Without a known dose there is no dose band."},
        Case{"on_threshold",
             {{"prescriptions", {methadone}}},
             "2018-10-31",
             "dose/band",
             "60 mg is at or above the threshold of 60 mg for methadone. It lies exactly on it, which the "
             "policy counts as reached."},
        Case{"high_dose",
             {{"prescriptions", {"P1,A,S1,methadone,121,2018-02-01,,,,,"}}},
             "2018-10-31",
             "dose/band",
             "It is above 120 mg, which is flagged as a high dose."},
        Case{"no_threshold",
             {{"prescriptions", {"P1,A,S1,morphine_sr,400,2018-02-01,,,,,"}}},
             "2018-10-31",
             "dose/band",
             "The policy has no threshold for another opioid medicine"},
        Case{"planned_detox",
             {{"prescriptions", {"P1,A,S1,methadone,60,2018-02-01,,,0,2018-11-30,2018-09-01"}}},
             "2018-10-31",
             "regime",
             "Prescription P1 plans to reach 0 mg by 30 November 2018. The plan began on 1 September 2018, "
             "as recorded; its target is within 3 "
             "months of that: detox."},
        Case{"slow_reduction",
             {{"prescriptions", {"P1,A,S1,methadone,60,2018-02-01,,,0,2018-12-02,2018-09-01"}}},
             "2018-10-31",
             "regime",
             "its target is later than 3 months from then, 1 December 2018, so this is a slow reduction: "
             "reducing."},
        Case{"plan_run_out",
             {{"prescriptions", {"P1,A,S1,methadone,60,2018-02-01,,,0,2018-04-30,"}}},
             "2018-10-31",
             "regime",
             "where the run of such prescriptions starts; its target date has passed"},
        Case{"recorded_detox",
             {{"prescriptions", {"P1,A,S1,methadone,60,2018-02-01,,detox,,,"}}},
             "2018-05-01",
             "regime",
             "3 months from then is 1 May 2018, which is not past: detox."},
        Case{"recorded_detox_past",
             {{"prescriptions", {"P1,A,S1,methadone,60,2018-02-01,,detox,,,"}}},
             "2018-05-02",
             "regime",
             "which is past: reducing."},
        Case{"stable_conflict",
             {{"prescriptions",
               {"P1,A,S1,methadone,60,2018-02-01,2018-10-20,,,,",
                "P2,A,S1,methadone,50,2018-10-21,,stable,,,"}}},
             "2018-10-31",
             "regime",
             "a fall of 10 mg, at least 1 mg, so it is reducing. The fall counts against what is recorded: "
             "reducing."},
        Case{"recorded",
             {{"prescriptions", {"P1,A,S1,methadone,60,2018-02-01,,increasing,,,"}}},
             "2018-10-31",
             "regime",
             "Prescription P1 records that the dose is increasing."},
        Case{"derived_rise",
             {{"prescriptions",
               {"P1,A,S1,methadone,60,2018-02-01,2018-10-20,,,,", "P2,A,S1,methadone,65,2018-10-21,,,,,"}}},
             "2018-10-31",
             "regime/derived",
             "the dose was 60 mg on 3 October 2018 and is 65 mg now: a rise of 5 mg, at least 1 mg, so it is "
             "increasing."},
        Case{"derived_small",
             {{"prescriptions",
               {"P1,A,S1,methadone,60,2018-02-01,2018-10-20,,,,", "P2,A,S1,methadone,60.5,2018-10-21,,,,,"}}},
             "2018-10-31",
             "regime/derived",
             "a rise of 0.5 mg, less than 1 mg, so it is static."},
        Case{"derived_gap_day",
             {{"prescriptions",
               {"P1,A,S1,methadone,60,2018-02-01,2018-10-01,,,,", "P2,A,S1,methadone,60,2018-10-05,,,,,"}}},
             "2018-10-31",
             "regime/derived",
             "on 1 October 2018, the last covered day up to 3 October 2018"},
        Case{"derived_other_medicine",
             {{"prescriptions",
               {"P1,A,S1,methadone,60,2018-02-01,2018-10-20,,,,",
                "P2,A,S1,buprenorphine,12,2018-10-21,,,,,"}}},
             "2018-10-31",
             "regime/derived",
             "the medicine was another, methadone, so it is unknown."},
        Case{"derived_too_new",
             {{"prescriptions", {"P1,A,S1,methadone,60,2018-10-10,,,,,"}}},
             "2018-10-31",
             "regime/derived",
             "28 days earlier, on 3 October 2018, the spell had not begun"},
        Case{"use_top",
             {{"prescriptions", {methadone}}, {"tops", {"T1,A,2018-10-01,review,,12"}}},
             "2018-10-31",
             "evidence/on-top",
             "TOP T1 of 1 October 2018 records 12 days of illicit opioid use in the last 28. Evidence must "
             "be dated after 31 July 2018, 3 months before"},
        Case{"use_screen",
             {{"prescriptions", {methadone}}, {"drug_screens", {"U1,A,2018-10-01,negative,positive"}}},
             "2018-10-31",
             "evidence/on-top",
             "Drug screen U1 of 1 October 2018 is positive for fentanyl or a nitazene."},
        Case{"no_use",
             {{"prescriptions", {methadone}},
              {"tops", {"T1,A,2018-09-01,review,,12"}},
              {"drug_screens", {"U1,A,2018-10-01,negative,"}}},
             "2018-10-31",
             "evidence/on-top",
             "Drug screen U1 of 1 October 2018 is negative for illicit opioids."},
        Case{"use_left_aside",
             {{"prescriptions", {methadone}},
              {"tops", {"T1,A,2018-09-01,review,,12"}},
              {"drug_screens", {"U1,A,2018-10-01,negative,"}}},
             "2018-10-31",
             "evidence/on-top",
             "Earlier use no longer counts: TOP T1 of 1 September 2018 records 12 days"},
        Case{"old_evidence",
             {{"prescriptions", {methadone}}, {"tops", {"T1,A,2018-07-31,review,,0"}}},
             "2018-10-31",
             "evidence/on-top",
             "The last before it: TOP T1 of 31 July 2018 records no day of illicit opioid use"},
        Case{"silent_evidence",
             {{"prescriptions", {methadone}},
              {"tops", {"T1,A,2018-10-01,start,,5", "T2,A,2018-10-02,review,secure,5"}}},
             "2018-10-31",
             "evidence/on-top",
             "2 TOPs or screens in that time say nothing about it"},
        Case{"evidence_from_spell",
             {{"prescriptions", {"P1,A,S1,methadone,60,2018-09-15,,,,,"}}},
             "2018-10-31",
             "evidence/on-top",
             "dated after 15 September 2018, the first day of the spell"},
        Case{"mat1",
             {{"prescriptions", {methadone}}},
             "2018-02-28",
             "stage",
             "Day 28 of the spell is within the first 28: MAT1, induction."},
        Case{"uncategorised",
             {{"prescriptions", {methadone}}},
             "2018-03-01",
             "stage",
             "Past induction; no evidence of use or no use, and not in detoxification: uncategorised."},
        Case{"censored_stage",
             {{"prescriptions", {"P1,A,S1,methadone,60,2018-01-05,,,,,"}}},
             "2018-01-31",
             "stage",
             "Not an induction, for the spell is censored;"},
        Case{"red",
             {{"prescriptions", {"P1,A,S1,methadone,59,2018-02-01,,,,,"}},
              {"tops", {"T1,A,2018-10-01,review,,12"}}},
             "2018-10-31",
             "cohort",
             "MAT2 and below the threshold: red."},
        Case{"unbanded",
             {{"prescriptions", {"P1,A,S1,methadone,,2018-02-01,,,,,"}},
              {"tops", {"T1,A,2018-10-01,review,,12"}}},
             "2018-10-31",
             "cohort",
             "MAT2 without a dose band: no cohort; counted as unbanded."},
        Case{"died",
             {{"prescriptions", {methadone, "P2,A,S1,methadone,60,2018-09-01,,,,,"}},
              {"events", {"A,2018-08-01,death"}}},
             "2018-10-31",
             "cover/death",
             "The person died on 1 August 2018. 1 prescription that would start later is not counted."},
        Case{"never",
             {{"prescriptions", {"P1,A,S1,diazepam,10,2018-02-01,,,,,"}}},
             "2018-10-31",
             "cover/active",
             "No prescription of a MAT medicine is recorded; 1 prescription of other medicines is."},
        Case{"not_yet",
             {{"prescriptions", {methadone}}},
             "2018-01-31",
             "cover/active",
             "No prescription of a MAT medicine had started by then; the first, prescription P1, starts on 1 "
             "February 2018."},
        Case{"lapsed",
             {{"prescriptions", {"P1,A,S1,methadone,60,2018-02-01,2018-10-21,,,,"}}},
             "2018-10-31",
             "cover/active",
             "The last cover ended on 21 October 2018, 10 days before: prescription P1 (methadone, 60 mg, "
             "from 1 February 2018 to 21 October 2018)."},
        Case{"in_a_gap",
             {{"prescriptions", {"P1,A,S1,methadone,60,2018-02-01,2018-10-28,,,,"}}},
             "2018-10-31",
             "cover/spell",
             "Up to 4 days without cover do not end the spell, but a day without cover is not a day in MAT."},
        Case{"not_listed",
             {{"clients", {"B"}}, {"prescriptions", {methadone}}},
             "2018-10-31",
             "client/not-listed",
             "The person is not in clients.csv"},
        Case{"refused",
             {{"prescriptions", {methadone, "P2,A,S1,methadone,60,2018-02-30,,,,,"}}},
             "2018-10-31",
             "row/refused",
             "A row of this person could not be read"}),
    [](const auto& one) { return one.param.name; });

TEST(Explain, names_the_records_that_it_rests_on) {
    const Explanation explanation =
        explained({{"prescriptions", {methadone}}, {"tops", {"T1,A,2018-10-01,review,,12"}}}, "2018-10-31");
    const auto evidence = std::ranges::find(explanation.reasons, "evidence/on-top", &Reason::rule);
    ASSERT_NE(evidence, explanation.reasons.end());
    EXPECT_THAT(evidence->records,
                testing::ElementsAre(NamedRecord{TableKind::tops, "T1", *parse_iso_day("2018-10-01")}));
    EXPECT_EQ(explanation.summary, "On 31 October 2018 this person is in MAT2, amber cohort: methadone, 60 "
                                   "mg, at or above the threshold, "
                                   "regime static, at North (S1).");
}

TEST(Explain, a_client_that_is_not_there_is_not_found) {
    const InventedFolder folder({{"prescriptions", {methadone}}});
    const ReadExtract read = read_folder(folder.path());
    EXPECT_TRUE(find_client(read.extract, "A"));
    EXPECT_FALSE(find_client(read.extract, "B"));
    EXPECT_FALSE(find_client(read.extract, ""));
}

}  // namespace
}  // namespace optimat
