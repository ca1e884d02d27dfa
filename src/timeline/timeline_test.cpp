#include "timeline/timeline.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace optimat {
namespace {

Day day(std::string_view iso) { return parse_iso_day(iso).value(); }

struct Prescription {
    std::string id, start, end;  ///< an empty end is open
    Medicine medicine = Medicine::methadone;
    std::optional<Micrograms> dose = milligrams(60);
    std::size_t service = 0;
};
struct Episode {
    std::string start, end;
    EndReason reason = EndReason::not_recorded;
    Flag on_mat = Flag::not_recorded;
    std::size_t service = 0;
};

/// One client's life, written out by hand, and its timeline.
class Life {
  public:
    std::vector<Prescription> prescriptions;
    std::vector<Episode> episodes;
    std::vector<std::string> deaths;
    Policy policy;

    Life() {
        m_extract.covers_from = day("2010-01-01");
        m_extract.covers_to = day("2020-12-31");
        m_extract.services.resize(2);
    }

    Extract& extract() { return m_extract; }

    const Timeline& timeline() {
        m_chunk = Chunk{};
        m_chunk.client_ids.push_back("C1");
        m_chunk.texts.push_back({});
        std::ranges::sort(prescriptions, {},
                          [](const Prescription& one) { return std::pair(one.start, one.id); });
        std::ranges::sort(episodes, {}, &Episode::start);
        std::ranges::sort(deaths);
        fill_prescriptions();
        fill_episodes();
        fill_events();
        m_builder.emplace(m_extract, m_chunk, policy);
        return m_builder->build(0);
    }

  private:
    Table& table(TableKind kind, std::size_t rows) {
        Table& table = m_chunk.table(kind);
        table.row_count = static_cast<std::uint32_t>(rows);
        table.first_row = {0, table.row_count};
        for (const Field& field : fields_of(kind)) {
            Column& column = table.columns.emplace_back(field.kind, rows);
            if (field.kind == FieldKind::day)
                std::ranges::fill(column.cells<OptionalDay>(), OptionalDay{});
            else if (field.kind == FieldKind::dose)
                std::ranges::fill(column.cells<OptionalDose>(), OptionalDose{});
            else if (field.kind == FieldKind::service)
                std::ranges::fill(column.cells<ServiceIndex>(), ServiceIndex{});
            else
                std::ranges::fill(column.raw(), std::byte{0});
        }
        return table;
    }
    template <class Cell, class FieldEnum> static Cell& cell(Table& table, FieldEnum field, std::size_t row) {
        return table.columns[index_of(field)].template cells<Cell>()[row];
    }
    static OptionalDay optional_day(const std::string& iso) {
        return iso.empty() ? OptionalDay{} : OptionalDay{day(iso)};
    }

    void fill_prescriptions() {
        Table& rows = table(TableKind::prescriptions, prescriptions.size());
        for (std::size_t i = 0; i < prescriptions.size(); ++i) {
            const Prescription& one = prescriptions[i];
            rows.record_ids.push_back(one.id);
            cell<OptionalDay>(rows, PrescriptionField::start_date, i) = day(one.start);
            cell<OptionalDay>(rows, PrescriptionField::end_date, i) = optional_day(one.end);
            cell<Medicine>(rows, PrescriptionField::medicine, i) = one.medicine;
            cell<ServiceIndex>(rows, PrescriptionField::service_id, i) = ServiceIndex{one.service};
            if (one.dose)
                cell<OptionalDose>(rows, PrescriptionField::daily_dose_mg, i) = OptionalDose{*one.dose};
        }
    }
    void fill_episodes() {
        Table& rows = table(TableKind::episodes, episodes.size());
        for (std::size_t i = 0; i < episodes.size(); ++i) {
            const Episode& one = episodes[i];
            cell<OptionalDay>(rows, EpisodeField::start_date, i) = day(one.start);
            cell<OptionalDay>(rows, EpisodeField::end_date, i) = optional_day(one.end);
            cell<EndReason>(rows, EpisodeField::end_reason, i) = one.reason;
            cell<Flag>(rows, EpisodeField::on_mat_at_start, i) = one.on_mat;
            cell<ServiceIndex>(rows, EpisodeField::service_id, i) = ServiceIndex{one.service};
        }
    }
    void fill_events() {
        Table& rows = table(TableKind::events, deaths.size());
        for (std::size_t i = 0; i < deaths.size(); ++i) {
            cell<OptionalDay>(rows, EventField::date, i) = day(deaths[i]);
            cell<EventKind>(rows, EventField::kind, i) = EventKind::death;
        }
    }

    Extract m_extract;
    Chunk m_chunk;
    std::optional<TimelineBuilder> m_builder;
};

bool in_mat(const Timeline& timeline, std::string_view iso) {
    return timeline.in_mat(timeline.started_by(day(iso)), day(iso));
}
CurrentDose dose_on(const Timeline& timeline, std::string_view iso) {
    return timeline.dose_on(timeline.started_by(day(iso)), day(iso));
}

TEST(Timeline, of_a_life_without_prescriptions_is_empty) {
    Life life;
    const Timeline& timeline = life.timeline();
    EXPECT_TRUE(timeline.covers().empty());
    EXPECT_TRUE(timeline.spells().empty());
    EXPECT_FALSE(timeline.death());
    EXPECT_FALSE(in_mat(timeline, "2018-01-01"));
}

TEST(Timeline, a_prescription_covers_from_its_first_to_its_last_day) {
    Life life;
    life.prescriptions = {{"P1", "2018-01-10", "2018-01-20"}};
    const Timeline& timeline = life.timeline();
    EXPECT_FALSE(in_mat(timeline, "2018-01-09"));
    EXPECT_TRUE(in_mat(timeline, "2018-01-10"));
    EXPECT_TRUE(in_mat(timeline, "2018-01-20"));
    EXPECT_FALSE(in_mat(timeline, "2018-01-21"));
}

TEST(Timeline, what_is_no_mat_medicine_covers_nothing) {
    Life life;
    life.prescriptions = {{"P1", "2018-01-10", "2018-01-20", Medicine::diazepam},
                          {"P2", "2018-01-10", "", Medicine::other_medicine}};
    EXPECT_TRUE(life.timeline().covers().empty());
}

TEST(Timeline, an_open_prescription_ends_before_the_next_of_its_service) {
    Life life;
    life.prescriptions = {
        {"P1", "2018-01-10", ""}, {"P2", "2018-01-10", ""}, {"P3", "2018-02-01", "2018-02-10"}};
    const Timeline& timeline = life.timeline();
    EXPECT_EQ(timeline.covers()[0].end, day("2018-01-31"));
    EXPECT_EQ(timeline.covers()[1].end, day("2018-01-31")) << "one that starts the same day ends nothing";
    life.prescriptions[2].service = 1;
    EXPECT_EQ(life.timeline().covers()[0].end, last_readable_day) << "another service ends nothing";
    life.prescriptions[2] = {"P3", "2018-02-01", "", Medicine::diazepam};
    EXPECT_EQ(life.timeline().covers()[0].end, last_readable_day) << "nor does another medicine";
}

TEST(Timeline, an_open_prescription_ends_with_an_episode_of_its_service) {
    Life life;
    life.prescriptions = {{"P1", "2018-01-10", ""}};
    life.episodes = {
        {"2017-01-01", "2018-01-09"}, {"2018-01-01", "2018-05-01"}, {"2018-01-01", "2018-03-01"}};
    EXPECT_EQ(life.timeline().covers()[0].end, day("2018-03-01")) << "the earliest end on or after its start";
    life.episodes = {{"2018-01-01", "2018-01-10"}};
    EXPECT_EQ(life.timeline().covers()[0].end, day("2018-01-10")) << "on its first day";
    life.episodes = {{"2018-01-01", "2018-03-01", EndReason::dropped_out, Flag::not_recorded, 1}};
    EXPECT_EQ(life.timeline().covers()[0].end, last_readable_day);
    life.prescriptions[0].end = "2018-06-01";
    life.episodes = {{"2018-01-01", "2018-03-01"}};
    EXPECT_EQ(life.timeline().covers()[0].end, day("2018-06-01")) << "a recorded end stands";
}

TEST(Timeline, death_ends_covers_and_forbids_later_ones) {
    Life life;
    life.prescriptions = {{"P1", "2018-01-10", "2018-06-01"},
                          {"P2", "2018-03-01", "2018-06-01"},
                          {"P3", "2018-03-02", "2018-06-01"}};
    life.deaths = {"2018-03-01", "2018-04-01"};
    const Timeline& timeline = life.timeline();
    EXPECT_EQ(timeline.death(), day("2018-03-01")) << "the earliest";
    ASSERT_EQ(timeline.covers().size(), 2u);
    EXPECT_EQ(timeline.covers()[0].end, day("2018-03-01"));
    EXPECT_FALSE(in_mat(timeline, "2018-03-02"));
    life.episodes = {{"2018-01-01", "2018-02-01", EndReason::died},
                     {"2018-01-02", "2018-01-15", EndReason::dropped_out}};
    EXPECT_EQ(life.timeline().death(), day("2018-02-01"));
}

TEST(Timeline, a_gap_is_tolerated_up_to_the_policys_days) {
    Life life;
    life.policy.families[static_cast<std::size_t>(Family::methadone)].tolerated_gap = 4;
    life.prescriptions = {{"P1", "2018-01-01", "2018-01-10"}, {"P2", "2018-01-15", "2018-01-20"}};
    EXPECT_EQ(life.timeline().spells().size(), 1u) << "four days without cover";
    EXPECT_EQ(life.timeline().spells()[0].last, day("2018-01-20"));
    EXPECT_FALSE(in_mat(life.timeline(), "2018-01-12")) << "tolerated, not covered";
    life.prescriptions[1].start = "2018-01-16";
    EXPECT_EQ(life.timeline().spells().size(), 2u) << "five days";
    EXPECT_EQ(life.timeline().spells()[1].first, day("2018-01-16"));
    EXPECT_EQ(life.timeline().spells()[1].first_cover, 1u);
}

TEST(Timeline, a_gaps_tolerance_is_of_the_cover_that_ended_last) {
    Life life;
    life.policy.families[static_cast<std::size_t>(Family::buprenorphine_sublocade)].tolerated_gap = 14;
    life.prescriptions = {
        {"P1", "2018-01-01", "2018-01-28", Medicine::buprenorphine_sublocade, milligrams(300)},
        {"P2", "2018-01-02", "2018-01-05"},
        {"P3", "2018-02-12", "2018-02-20"}};
    EXPECT_EQ(life.timeline().spells().size(), 1u) << "14 days after the injection's cover";
    life.prescriptions[1].end = "2018-01-29";
    EXPECT_EQ(life.timeline().spells().size(), 2u) << "methadone ended last";
    life.prescriptions[1].end = "2018-01-28";
    EXPECT_EQ(life.timeline().spells().size(), 1u) << "of those that end together the longest counts";
}

TEST(Timeline, a_spell_near_the_beginning_of_the_data_is_censored) {
    Life life;
    life.policy.censoring_days = 4;
    life.prescriptions = {{"P1", "2010-01-05", "2010-03-01"}};
    EXPECT_TRUE(life.timeline().spells()[0].censored);
    life.prescriptions[0].start = "2010-01-06";
    EXPECT_FALSE(life.timeline().spells()[0].censored);
    life.extract().services[0].prescribing_from = day("2010-01-02");
    EXPECT_TRUE(life.timeline().spells()[0].censored);
    life.extract().services[0].prescribing_from = {};
    life.extract().services[1].prescribing_from = day("2010-01-02");
    EXPECT_FALSE(life.timeline().spells()[0].censored) << "another service";
}

TEST(Timeline, an_episode_that_began_on_mat_censors_for_28_days) {
    Life life;
    life.policy.on_mat_episode_days = 28;
    life.prescriptions = {{"P1", "2018-01-29", "2018-03-01"}};
    life.episodes = {{"2018-01-01", "", EndReason::not_recorded, Flag::yes}};
    EXPECT_TRUE(life.timeline().spells()[0].censored) << "28 days before";
    life.episodes[0].start = "2017-12-31";
    EXPECT_FALSE(life.timeline().spells()[0].censored) << "29 days before";
    life.episodes[0].start = "2018-01-29";
    EXPECT_TRUE(life.timeline().spells()[0].censored);
    life.episodes[0].start = "2018-01-30";
    EXPECT_FALSE(life.timeline().spells()[0].censored) << "it began after";
    life.episodes[0] = {"2018-01-10", "2018-01-28", EndReason::dropped_out, Flag::yes};
    EXPECT_FALSE(life.timeline().spells()[0].censored) << "it had ended";
    life.episodes[0].end = "2018-01-29";
    EXPECT_TRUE(life.timeline().spells()[0].censored);
    life.episodes[0].on_mat = Flag::no;
    EXPECT_FALSE(life.timeline().spells()[0].censored);
    life.episodes[0].on_mat = Flag::not_recorded;
    EXPECT_FALSE(life.timeline().spells()[0].censored);
}

TEST(Timeline, the_dose_is_the_sum_of_one_medicine_with_the_latest_start) {
    Life life;
    life.prescriptions = {{"P1", "2018-01-01", "2018-03-01", Medicine::methadone, milligrams(30)},
                          {"P2", "2018-02-01", "2018-03-01", Medicine::methadone, milligrams(40)},
                          {"P3", "2018-02-01", "2018-02-10", Medicine::methadone, milligrams(5)},
                          {"P4", "2018-02-01", "2018-03-01", Medicine::buprenorphine, milligrams(8)}};
    const Timeline& timeline = life.timeline();
    EXPECT_EQ(dose_on(timeline, "2018-01-31").dose(), milligrams(30));
    EXPECT_EQ(dose_on(timeline, "2018-02-10").dose(), milligrams(45));
    EXPECT_EQ(dose_on(timeline, "2018-02-11").dose(), milligrams(40)) << "P3 has ended";
    EXPECT_EQ(dose_on(timeline, "2018-02-11").medicine, Family::methadone);
    EXPECT_EQ(dose_on(timeline, "2018-02-10").lead, 2u) << "the greatest id of the medicine leads";
}

TEST(Timeline, an_older_prescription_counts_when_the_latest_has_ended) {
    Life life;
    life.prescriptions = {{"P1", "2018-01-01", "2018-03-01", Medicine::methadone, milligrams(30)},
                          {"P2", "2018-02-01", "2018-02-10", Medicine::methadone, milligrams(40)}};
    const Timeline& timeline = life.timeline();
    EXPECT_EQ(dose_on(timeline, "2018-02-10").dose(), milligrams(40));
    EXPECT_EQ(dose_on(timeline, "2018-02-11").dose(), milligrams(30));
}

TEST(Timeline, one_missing_dose_makes_the_sum_unknown) {
    Life life;
    life.prescriptions = {{"P1", "2018-02-01", "2018-03-01"},
                          {"P2", "2018-02-01", "2018-02-10", Medicine::methadone, std::nullopt},
                          {"P3", "2018-02-01", "2018-03-01", Medicine::buprenorphine, std::nullopt}};
    const Timeline& timeline = life.timeline();
    EXPECT_EQ(dose_on(timeline, "2018-02-10").dose(), std::nullopt);
    EXPECT_EQ(dose_on(timeline, "2018-02-11").dose(), milligrams(60))
        << "another medicine's missing dose does not matter";
    life.prescriptions = {{"P1", "2018-02-01", "2018-03-01", Medicine::methadone, std::nullopt}};
    EXPECT_EQ(dose_on(life.timeline(), "2018-02-11").dose(), std::nullopt) << "alone, too";
}

TEST(Timeline, tablets_do_not_count_while_an_injection_is_active) {
    Life life;
    life.prescriptions = {
        {"P1", "2018-01-01", "2018-01-28", Medicine::buprenorphine_monthly, milligrams(96)},
        {"P2", "2018-01-10", "2018-02-10", Medicine::buprenorphine, milligrams(2)},
        {"P3", "2018-01-11", "2018-01-12", Medicine::buprenorphine_lyophilisate, milligrams(2)}};
    const Timeline& timeline = life.timeline();
    EXPECT_EQ(dose_on(timeline, "2018-01-11").medicine, Family::buprenorphine_monthly);
    EXPECT_EQ(dose_on(timeline, "2018-01-28").dose(), milligrams(96));
    EXPECT_EQ(dose_on(timeline, "2018-01-29").medicine, Family::buprenorphine);
    life.prescriptions.push_back({"P4", "2018-01-12", "2018-01-12", Medicine::methadone, milligrams(10)});
    EXPECT_EQ(dose_on(life.timeline(), "2018-01-12").medicine, Family::methadone)
        << "methadone counts beside an injection";
}

}  // namespace
}  // namespace optimat
