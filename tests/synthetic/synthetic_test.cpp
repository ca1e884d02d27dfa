// The synthetic organisation as the engine sees it: it meets the published figures within the tolerances that
// src/synth/published_figures.hpp states, and its two fixed services meet theirs exactly.

#include "base/temporary_folder.hpp"
#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"
#include "measure/service_data.hpp"
#include "stage/classify.hpp"
#include "synth/published_figures.hpp"
#include "synth/synth.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace optimat {
namespace {

/// The organisation of the issue, written, read and classified once for all tests.
class SyntheticOrganisation : public testing::Test {
  protected:
    struct World {
        TemporaryFolder folder;
        SynthSummary summary;
        Policy policy;
        ReadExtract read;
        States states;
        TrackerTable tracker;
        ServiceDataTable data;
    };

    static void SetUpTestSuite() {
        s_world = new World();
        World& world = *s_world;
        SynthOptions options;
        options.out = world.folder.path();
        world.summary = write_synthetic_extract(options);
        const Definitions definitions;
        ReadOptions reading;
        reading.policy = world.policy = definitions.policy();
        reading.inventory_items = definitions.inventory_items();
        world.read = read_usable_extract(world.folder.path(), reading);
        const auto threads = ThreadCount::of_machine();
        world.states = classify(world.read.extract, world.policy, tracker_dates(last(), 12), threads);
        world.tracker = make_tracker(world.read.extract, world.states, threads);
        world.data = make_service_data(world.read.extract, world.states, 11, world.policy, threads);
    }
    static void TearDownTestSuite() {
        delete s_world;
        s_world = nullptr;
    }

    static Day last() { return *day_of(2018, 10, 31); }
    static const Extract& extract() { return s_world->read.extract; }
    static Place organisation() { return find_place(extract(), PlaceKind::organisation, ""); }
    static Place service(const std::string& id) { return find_place(extract(), PlaceKind::service, id); }

    static std::size_t row(std::string_view id) {
        const auto rows = service_data_rows();
        const auto found = std::ranges::find(rows, id, &ServiceDataRow::id);
        EXPECT_NE(found, rows.end()) << id;
        return static_cast<std::size_t>(found - rows.begin());
    }

    static void expect_near(const published::Figure& figure, double value) {
        EXPECT_NEAR(value, figure.hundredths / 100.0, figure.tolerance_hundredths / 100.0) << figure.name;
    }
    static double hundredths(double value) { return std::floor(value * 100 + 0.5); }

    static World* s_world;
};
SyntheticOrganisation::World* SyntheticOrganisation::s_world = nullptr;

TEST_F(SyntheticOrganisation, has_exactly_the_published_number_of_people_in_mat) {
    EXPECT_EQ(s_world->tracker.at(11, organisation()).in_mat(), published::people_in_mat);
}

TEST_F(SyntheticOrganisation, has_no_issue_above_a_note) {
    EXPECT_EQ(s_world->read.report.count(Severity::error), 0u);
    EXPECT_EQ(s_world->read.report.count(Severity::warning), 0u);
}

TEST_F(SyntheticOrganisation, meets_the_published_shares_of_all_in_mat) {
    const auto cells = s_world->data.at(organisation());
    const auto percent = [&](std::string_view id) { return 100 * *share_of_all(cells, row(id)); };
    expect_near(published::mat1, percent("mat1"));
    expect_near(published::mat2, percent("mat2"));
    expect_near(published::mat2_below, percent("mat2_below"));
    expect_near(published::mat2_at_or_above, percent("mat2_at_or_above"));
    expect_near(published::mat2_reducing, percent("mat2_reducing"));
    expect_near(published::mat2_static, percent("mat2_static"));
    expect_near(published::mat2_increasing, percent("mat2_increasing"));
    expect_near(published::mat2_detox, percent("mat2_detox"));
    expect_near(published::uncategorised, percent("uncategorised"));
}

TEST_F(SyntheticOrganisation, meets_the_published_mean_doses) {
    const auto cells = s_world->data.at(organisation());
    const auto methadone = [&](std::string_view id) { return *cells[row(id)].methadone.mean_mg(); };
    const auto buprenorphine = [&](std::string_view id) { return *cells[row(id)].buprenorphine.mean_mg(); };
    expect_near(published::mat2_methadone, methadone("mat2"));
    expect_near(published::mat2_buprenorphine, buprenorphine("mat2"));
    expect_near(published::mat2_below_methadone, methadone("mat2_below"));
    expect_near(published::mat2_below_buprenorphine, buprenorphine("mat2_below"));
    expect_near(published::mat2_at_or_above_methadone, methadone("mat2_at_or_above"));
    expect_near(published::mat2_at_or_above_buprenorphine, buprenorphine("mat2_at_or_above"));
    expect_near(published::mat3_methadone, methadone("mat3"));
    expect_near(published::mat3_buprenorphine, buprenorphine("mat3"));
}

TEST_F(SyntheticOrganisation, improves_its_red_share_as_published) {
    const double now = 100 * *s_world->tracker.at(11, organisation()).cohort_share(TrackerGroup::red);
    const double then = 100 * *s_world->tracker.at(0, organisation()).cohort_share(TrackerGroup::red);
    expect_near(published::red_share, now);
    expect_near(published::red_share_change, now - then);
}

TEST_F(SyntheticOrganisation, supervises_as_many_as_published) {
    std::int64_t supervised = 0, daily = 0;
    for (std::size_t i = 0; i < s_world->states.chunks.size(); ++i) {
        const Table& prescriptions = extract().chunks[i].table(TableKind::prescriptions);
        const auto collection = prescriptions.column<Collection>(PrescriptionField::collection);
        const auto supervision = prescriptions.column<Supervision>(PrescriptionField::supervision);
        for (const State& state : s_world->states.chunks[i]) {
            if (state.date != 11 || is_injection(state.medicine)) continue;
            ++daily;
            const Supervision recorded = supervision[state.prescription];
            const bool implied = recorded == Supervision::not_recorded &&
                                 collection[state.prescription] == Collection::supervised_daily;
            supervised += recorded == Supervision::all || recorded == Supervision::some || implied;
        }
    }
    expect_near(published::supervision_rate,
                100.0 * static_cast<double>(supervised) / static_cast<double>(daily));
}

TEST_F(SyntheticOrganisation, reproduces_figure_8_exactly) {
    const auto& figure = published::figure_8;
    ASSERT_TRUE(s_world->summary.figure_8_service);
    const auto cells = s_world->data.at(service(*s_world->summary.figure_8_service));
    const auto people = [&](std::string_view id) { return cells[row(id)].people; };
    EXPECT_EQ(people("total"), figure.in_mat);
    EXPECT_EQ(people("mat1"), figure.mat1);
    EXPECT_EQ(people("mat2"), figure.mat2);
    EXPECT_EQ(people("mat2_below"), figure.below);
    EXPECT_EQ(people("mat2_at_or_above"), figure.at_or_above);
    EXPECT_EQ(people("mat2_reducing"), figure.reducing);
    EXPECT_EQ(people("mat2_static"), figure.stable);
    EXPECT_EQ(people("mat2_increasing"), figure.increasing);
    EXPECT_EQ(people("mat2_detox"), figure.detox);
    EXPECT_EQ(hundredths(*cells[row("mat2")].methadone.mean_mg()), figure.methadone);
    EXPECT_EQ(hundredths(*cells[row("mat2")].buprenorphine.mean_mg()), figure.buprenorphine);
    EXPECT_EQ(hundredths(*cells[row("mat2_below")].methadone.mean_mg()), figure.below_methadone);
    EXPECT_EQ(hundredths(*cells[row("mat2_at_or_above")].methadone.mean_mg()), figure.at_or_above_methadone);
    EXPECT_EQ(hundredths(*cells[row("mat2_at_or_above")].buprenorphine.mean_mg()),
              figure.at_or_above_buprenorphine);
}

TEST_F(SyntheticOrganisation, reproduces_figure_4_exactly) {
    const auto& figure = published::figure_4;
    ASSERT_TRUE(s_world->summary.figure_4_service);
    const TrackerCell cell = s_world->tracker.at(0, service(*s_world->summary.figure_4_service));
    EXPECT_EQ(cell.of(TrackerGroup::grey), figure.grey);
    EXPECT_EQ(cell.of(TrackerGroup::green), figure.green);
    EXPECT_EQ(cell.of(TrackerGroup::amber), figure.amber);
    EXPECT_EQ(cell.of(TrackerGroup::red), figure.red);
    EXPECT_EQ(cell.of(TrackerGroup::uncategorised), figure.uncategorised);
    EXPECT_EQ(std::floor(*cell.average_methadone().mean_mg() * 10 + 0.5), figure.methadone_tenths);
}

TEST_F(SyntheticOrganisation, parts_sum_to_wholes_at_every_service_and_month) {
    const auto& tracker = s_world->tracker;
    std::int64_t all = 0;
    for (std::size_t date = 0; date < tracker.dates.size(); ++date) {
        TrackerCell sum;
        for (const TrackerCell& cell : tracker.cells[date])
            sum += cell;
        EXPECT_EQ(sum, tracker.at(date, organisation()));
        all += sum.in_mat();
    }
    EXPECT_EQ(all, static_cast<std::int64_t>(s_world->states.count()));
    const auto rows = service_data_rows();
    for (const auto& cells : s_world->data.cells) {
        std::int64_t stages = 0;
        for (std::size_t i = 1; i < rows.size(); ++i)
            if (rows[i].level == 0) stages += cells[i].people;
        EXPECT_EQ(stages, cells[0].people);
        for (const std::string stage : {"mat2", "mat3"}) {
            const std::int64_t whole = cells[row(stage)].people;
            EXPECT_EQ(cells[row(stage + "_below")].people + cells[row(stage + "_at_or_above")].people +
                          cells[row(stage + "_unbanded")].people,
                      whole);
            std::int64_t regimes = 0;
            for (const std::string regime : {"_reducing", "_static", "_increasing", "_detox", "_unknown"})
                regimes += cells[row(stage + regime)].people;
            EXPECT_EQ(regimes, whole);
        }
    }
}

TEST_F(SyntheticOrganisation, breakdowns_sum_to_their_row) {
    const auto rows = service_data_rows();
    for (std::size_t i = 0; i < breakdown_count; ++i) {
        const auto parts = break_down(extract(), s_world->states, 11, s_world->policy, organisation(),
                                      rows[row("mat2")], static_cast<Breakdown>(i));
        ServiceDataCell sum;
        for (const BreakdownPart& part : parts)
            sum += part.cell;
        EXPECT_EQ(sum, s_world->data.at(organisation())[row("mat2")]) << text_of(static_cast<Breakdown>(i));
    }
}

}  // namespace
}  // namespace optimat
