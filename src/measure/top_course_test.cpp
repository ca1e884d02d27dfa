#include "measure/top_course.hpp"

#include "measure/extracts_for_tests.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace optimat {
namespace {

const TopItem& item(TopField field) { return *std::ranges::find(top_items(), field, &TopItem::field); }
constexpr auto nothing = std::nullopt;

TEST(TopChange, of_one_item) {
    const Policy policy;
    const TopItem& opiates = item(TopField::opiate_days);
    EXPECT_EQ(top_change(opiates, 28, 0, policy), TopChange::abstinent);
    EXPECT_EQ(top_change(opiates, 0, 0, policy), TopChange::same) << "abstinent is of those who used";
    EXPECT_EQ(top_change(opiates, 28, 27, policy), TopChange::less);
    EXPECT_EQ(top_change(opiates, 5, 5, policy), TopChange::same);
    EXPECT_EQ(top_change(opiates, 5, 6, policy), TopChange::more);
    EXPECT_EQ(top_change(opiates, nothing, 0, policy), TopChange::not_comparable);
    EXPECT_EQ(top_change(opiates, 5, nothing, policy), TopChange::not_comparable);
    EXPECT_EQ(top_change(item(TopField::paid_work_days), 5, 0, policy), TopChange::less)
        << "no work is no abstinence";
}

TEST(TopChange, below_a_reliable_change_is_the_same) {
    Policy policy;
    policy.reliable_change = {{TopField::opiate_days, 13}};
    const TopItem& opiates = item(TopField::opiate_days);
    EXPECT_EQ(top_change(opiates, 20, 8, policy), TopChange::same);
    EXPECT_EQ(top_change(opiates, 20, 7, policy), TopChange::less);
    EXPECT_EQ(top_change(opiates, 7, 20, policy), TopChange::more);
    EXPECT_EQ(top_change(opiates, 3, 0, policy), TopChange::abstinent);
    EXPECT_EQ(top_change(item(TopField::crack_days), 3, 2, policy), TopChange::less)
        << "only of its own item";
}

TEST(TopItems, are_every_number_and_flag_of_the_form_once) {
    std::set<TopField> fields;
    for (const TopItem& one : top_items()) {
        EXPECT_TRUE(fields.insert(one.field).second);
        const FieldKind kind = fields_of(TableKind::tops)[index_of(one.field)].kind;
        EXPECT_EQ(kind, one.answer == TopItem::Answer::flag ? FieldKind::flag : FieldKind::count);
    }
    std::size_t answers = 0;
    for (const Field& field : fields_of(TableKind::tops))
        answers += field.kind == FieldKind::flag || field.kind == FieldKind::count;
    EXPECT_EQ(fields.size(), answers);
}

/// One client's profiles in two episodes, in the one chunk that has the client.
class Profiles : public testing::Test {
  protected:
    Profiles()
        : m_people(written_extract(
              {{"prescriptions.csv",
                "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date\n"},
               {"episodes.csv",
                "episode_id,client_id,service_id,start_date,end_date\n"
                "E0,C0,S1,2017-02-01,2017-12-01\nE1,C1,S1,2017-02-01,2017-12-01\nE2,C1,S1,2018-03-01,\n"},
               {"tops.csv", "top_id,client_id,date,stage,setting,opiate_days,sharing,quality_of_life\n"
                            "T0,C0,2018-03-05,start,,9,,\n"
                            "T1,C1,2017-02-01,start,,20,,\n"
                            "T2,C1,2018-02-20,start,,28,true,5\n"
                            "T3,C1,2018-04-20,review,secure,0,false,\n"
                            "T4,C1,2018-05-20,review,,12,false,\n"
                            "T5,C1,2018-08-20,review,,0,,11\n"
                            "T6,C1,2018-11-20,review,,3,,\n"}},
              {*day_of(2018, 6, 30)})) {
        for (const Chunk& chunk : m_people.extract.chunks)
            for (std::size_t client = 0; client < chunk.client_count(); ++client)
                if (chunk.client_ids[client] == "C1") {
                    m_chunk = &chunk;
                    m_rows = chunk.table(TableKind::episodes).rows_of(client);
                }
    }
    TopTracker track(Day as_at, std::optional<std::uint32_t> chosen = nothing) const {
        return top_tracker(*m_chunk, m_rows.end - 1, as_at, chosen, m_people.policy);
    }
    static const TopCourse& course(const TopTracker& tracker, TopField field) {
        return *std::ranges::find(tracker.courses, field,
                                  [](const TopCourse& one) { return one.item.field; });
    }

    CountedExtract m_people;
    const Chunk* m_chunk = nullptr;
    RowRange m_rows{};
};

TEST_F(Profiles, of_the_episode_run_from_its_start_to_the_day) {
    const TopTracker tracker = track(*day_of(2018, 8, 31));
    ASSERT_EQ(tracker.profiles.size(), 3u) << "neither another episode's, nor secure, nor later";
    EXPECT_EQ(tracker.start, 0u);
    EXPECT_EQ(tracker.now, 2u);
    const TopCourse& opiates = course(tracker, TopField::opiate_days);
    EXPECT_EQ(opiates.values, (std::vector<std::optional<int>>{28, 12, 0}));
    EXPECT_EQ(opiates.change, TopChange::abstinent);
    EXPECT_EQ(course(tracker, TopField::sharing).values, (std::vector<std::optional<int>>{1, 0, nothing}));
    EXPECT_EQ(course(tracker, TopField::sharing).change, TopChange::not_comparable);
    EXPECT_EQ(course(tracker, TopField::quality_of_life).change, TopChange::more);
    EXPECT_EQ(course(tracker, TopField::crack_days).values,
              (std::vector<std::optional<int>>{nothing, nothing, nothing}));
}

TEST_F(Profiles, can_be_compared_at_a_chosen_review) {
    const TopTracker all = track(*day_of(2018, 12, 31));
    ASSERT_EQ(all.profiles.size(), 4u);
    EXPECT_EQ(course(all, TopField::opiate_days).change, TopChange::less);
    const TopTracker chosen = track(*day_of(2018, 12, 31), all.profiles[1].row);
    EXPECT_EQ(chosen.now, 1u);
    EXPECT_EQ(course(chosen, TopField::sharing).change, TopChange::abstinent);
}

TEST_F(Profiles, before_any_review_compare_nothing) {
    const TopTracker tracker = track(*day_of(2018, 3, 31));
    ASSERT_EQ(tracker.profiles.size(), 1u);
    EXPECT_FALSE(tracker.now);
    EXPECT_EQ(course(tracker, TopField::opiate_days).change, TopChange::not_comparable);
}

}  // namespace
}  // namespace optimat
