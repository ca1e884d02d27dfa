#include "measure/sensitivity.hpp"

#include "measure/extracts_for_tests.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

const std::vector<std::pair<std::string, std::string>> five_people = {
    {"prescriptions.csv", "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date\n"
                          "P1,C1,S1,methadone,60,2018-01-10,2018-12-31\n"
                          "P2,C2,S1,methadone,55,2018-01-10,2018-12-31\n"
                          "P3,C3,S1,methadone,65,2018-01-10,2018-12-31\n"
                          "P4,C4,S1,buprenorphine,12,2018-01-10,2018-12-31\n"
                          "P5,C5,S1,methadone,60,2018-01-10,2018-12-31\n"},
    {"tops.csv", "top_id,client_id,date,stage,opiate_days\n"
                 "T1,C1,2018-06-20,review,0\n"
                 "T2,C2,2018-06-20,review,4\n"
                 "T3,C3,2018-02-20,review,0\n"
                 "T5a,C5,2018-06-01,review,4\n"
                 "T5b,C5,2018-06-20,review,0\n"}};
const Day as_at = *day_of(2018, 6, 30);

SensitivityRow row_of(const CountedExtract& people, const std::string& toml) {
    const auto alternatives = policy_alternatives(toml, "test", people.policy);
    EXPECT_EQ(alternatives.size(), 1u);
    return sensitivity(people.extract, people.policy, alternatives, as_at, {1}).front();
}

TEST(Sensitivity, counts_the_people_whom_another_setting_moves) {
    const CountedExtract people = written_extract(five_people, {as_at});
    using Row = SensitivityRow;
    EXPECT_EQ(row_of(people, "[band]\nother_settings = { comparator = [\"above\"] }"),
              (Row{"band.comparator", "above", 5, 0, 3, 0, 2}))
        << "60, 60 and 12 lie on it; two of them in a cohort";
    EXPECT_EQ(row_of(people, "[family.methadone]\nother_settings = { threshold_mg = [50] }"),
              (Row{"family.methadone.threshold_mg", "50", 5, 0, 1, 0, 1}));
    EXPECT_EQ(row_of(people, "[evidence]\nother_settings = { months = [6] }"),
              (Row{"evidence.months", "6", 5, 1, 0, 0, 1}));
    EXPECT_EQ(row_of(people, "[evidence]\nother_settings = { choice = [\"latest\"] }"),
              (Row{"evidence.choice", "latest", 5, 1, 0, 0, 1}));
    EXPECT_EQ(row_of(people, "[regime]\nother_settings = { comparison_days = [300] }"),
              (Row{"regime.comparison_days", "300", 5, 0, 0, 5, 0}))
        << "nothing to compare so far back";
}

TEST(Sensitivity, the_same_policy_moves_nobody_and_every_shipped_choice_can_be_counted) {
    const CountedExtract random = random_extract(9);
    const Day last = random.states.dates.back();
    auto alternatives = Definitions().policy_alternatives(random.policy);
    alternatives.push_back({"same", "same", random.policy});
    const auto rows = sensitivity(random.extract, random.policy, alternatives, last, {2});
    ASSERT_EQ(rows.size(), alternatives.size());
    const SensitivityRow& same = rows.back();
    EXPECT_EQ(same.stage + same.band + same.regime + same.cohort, 0);
    std::int64_t moved = 0;
    for (const SensitivityRow& row : rows) {
        EXPECT_EQ(row.in_mat, same.in_mat);
        moved += row.stage + row.band + row.regime;
    }
    EXPECT_GT(moved, 0);
    EXPECT_EQ(rows, sensitivity(random.extract, random.policy, alternatives, last, {1}))
        << "whatever the threads";
}

}  // namespace
}  // namespace optimat
