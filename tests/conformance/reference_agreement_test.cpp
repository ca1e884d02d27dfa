#include "engine_run.hpp"
#include "folder_copy.hpp"
#include "measure/flows.hpp"
#include "measure/service_data.hpp"
#include "policy_pairs.hpp"
#include "random_extract.hpp"
#include "reference.hpp"
#include "seeds.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>

// The engine against the reference classifier, which shares no code with it, on random extracts of invented
// people.

namespace optimat::conformance {
namespace {

constexpr std::uint64_t seeds = 60;
constexpr std::uint64_t seeds_per_moved_number = 4;

Day day_of_date(std::chrono::year_month_day date) {
    return Day{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())};
}

class Agreement : public testing::TestWithParam<std::uint64_t> {
  protected:
    Agreement() : m_dates(RandomExtractOptions{}.as_at) {
        write_random_extract(m_folder.path(), GetParam());
        for (const auto& date : m_dates)
            m_days.push_back(day_of_date(date));
    }

    EngineRun run(const PolicyPair& pair) const {
        Settings settings;
        settings.policy = pair.engine;
        settings.chunk_count = 4;
        return run_engine(m_folder.path(), m_days, settings);
    }

    void expect_same_states(const PolicyPair& pair) const {
        const std::string expected = states_csv(reference_states(m_folder.path(), m_dates, pair.reference));
        EXPECT_EQ(first_difference(expected, run(pair).states_csv()), "")
            << "seed " << GetParam() << ", " << pair.name;
    }

    FolderCopy m_folder;
    std::vector<std::chrono::year_month_day> m_dates;
    std::vector<Day> m_days;
};

TEST_P(Agreement, StatesUnderEveryChoice) {
    for (const PolicyPair& pair : choices())
        expect_same_states(pair);
}

/// A different few of the numbers for each seed; all seeds together move every number several times.
TEST_P(Agreement, StatesWithNumbersOfThePolicyMoved) {
    const auto pairs = moved_numbers();
    for (std::size_t i = 0; i < pairs.size(); ++i)
        if ((i + GetParam()) % (seeds / seeds_per_moved_number) == 0) expect_same_states(pairs[i]);
}

std::string doses_text(long people, long micrograms) {
    return people == 0 ? "none" : fmt::format("{} µg over {}", micrograms, people);
}

std::string reference_doses(const std::map<std::string, ReferenceDoses>& doses, const std::string& stack) {
    const auto found = doses.find(stack);
    return found == doses.end() ? "none" : doses_text(found->second.people, found->second.micrograms);
}

std::string text_of_row(const ReferenceTrackerRow& row) {
    std::string text = fmt::format(
        "{} {} '{}': red {}, amber {}, green {}, grey {}, mat2_unbanded {}, mat3_unbanded {}, mat1 {}, "
        "mat4 {}, uncategorised {}, in_mat {}",
        row.as_at, row.scope, row.name, row.red, row.amber, row.green, row.grey, row.mat2_unbanded,
        row.mat3_unbanded, row.mat1, row.mat4, row.uncategorised, row.in_mat);
    for (const char* stack : {"red", "amber", "green", "grey", "maintained"})
        text += fmt::format(", {} methadone {}", stack, reference_doses(row.methadone, stack));
    for (const char* stack : {"red", "amber", "green", "grey"})
        text += fmt::format(", {} buprenorphine {}", stack, reference_doses(row.buprenorphine, stack));
    return text + '\n';
}

std::string text_of_doses(const DoseSum& sum) { return doses_text(sum.people, sum.micrograms); }

const ServiceDataCell& cell_of(const std::vector<ServiceDataCell>& cells, std::string_view row) {
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (service_data_rows()[i].id == row) return cells[i];
    throw std::logic_error("service data has no such row");
}

std::string text_of_place(Day day, const Place& place, const TrackerCell& cell,
                          const std::vector<ServiceDataCell>& data) {
    std::string text = fmt::format("{} {} '{}': ", to_text(day), text_of(place.kind), place.id);
    for (std::size_t i = 0; i < tracker_group_count; ++i)
        text += fmt::format("{} {}, ", text_of(static_cast<TrackerGroup>(i)), cell.people[i]);
    text += fmt::format("in_mat {}", cell.in_mat());
    for (const TrackerGroup stack :
         {TrackerGroup::red, TrackerGroup::amber, TrackerGroup::green, TrackerGroup::grey})
        text += fmt::format(", {} methadone {}", text_of(stack), text_of_doses(cell.methadone_of(stack)));
    text += fmt::format(", maintained methadone {}", text_of_doses(cell.average_methadone()));
    constexpr std::pair<const char*, const char*> stacks[] = {{"red", "mat2_below"},
                                                              {"amber", "mat2_at_or_above"},
                                                              {"green", "mat3_at_or_above"},
                                                              {"grey", "mat3_below"}};
    for (const auto& [stack, row] : stacks)
        text += fmt::format(", {} buprenorphine {}", stack, text_of_doses(cell_of(data, row).buprenorphine));
    return text + '\n';
}

/// Every place in the reference's order: dates, then scopes, then names in byte order.
std::string tracker_text(const EngineRun& run) {
    const Extract& extract = run.read.extract;
    const TrackerTable table = make_tracker(extract, run.states, {3});
    constexpr PlaceKind scopes[] = {PlaceKind::service, PlaceKind::region, PlaceKind::area,
                                    PlaceKind::peer_group, PlaceKind::organisation};
    auto places = places_of(extract);
    std::ranges::sort(places, {}, [](const Place& place) { return place.id; });
    std::string text;
    for (std::size_t date = 0; date < table.dates.size(); ++date) {
        const auto data = make_service_data(extract, run.states, date, Settings().policy, {2});
        for (const PlaceKind scope : scopes) {
            for (const Place& place : places) {
                if (place.kind != scope) continue;
                const TrackerCell cell = table.at(date, place);
                if (cell.in_mat() == 0 && scope != PlaceKind::organisation) continue;
                text += text_of_place(table.dates[date], place, cell, data.at(place));
            }
        }
    }
    return text;
}

TEST_P(Agreement, TrackerAndMeanDoses) {
    for (const PolicyPair& pair : choices()) {
        std::string expected;
        for (const ReferenceTrackerRow& row : reference_tracker(m_folder.path(), m_dates, pair.reference))
            expected += text_of_row(row);
        EXPECT_EQ(first_difference(expected, tracker_text(run(pair))), "")
            << "seed " << GetParam() << ", " << pair.name;
    }
}

/// Who came and went, summed, is who was there and who is there.
TEST_P(Agreement, FlowsSumToTheTracker) {
    const EngineRun engine = run(choices().front());
    const Extract& extract = engine.read.extract;
    const auto places = places_of(extract);
    const TrackerTable table = make_tracker(extract, engine.states, {1});
    for (std::size_t now = 1; now < table.dates.size(); ++now) {
        const auto flows = make_flows(extract, engine.states, now - 1, now, places);
        for (std::size_t place = 0; place < places.size(); ++place) {
            const auto &before_cell = table.at(now - 1, places[place]),
                       &now_cell = table.at(now, places[place]);
            for (std::size_t group = 0; group < tracker_group_count; ++group) {
                std::int64_t before = 0, after = 0;
                for (std::size_t end = 0; end < flow_ends; ++end) {
                    before += flows[place].people[group][end];
                    after += flows[place].people[end][group];
                }
                EXPECT_EQ(before, before_cell.people[group]) << "seed " << GetParam();
                EXPECT_EQ(after, now_cell.people[group]) << "seed " << GetParam();
            }
            const FlowTable& flow = flows[place];
            EXPECT_EQ(now_cell.in_mat() - before_cell.in_mat(),
                      flow.entered() + flow.arrived() - flow.left() - flow.moved_away());
            EXPECT_EQ(before_cell.in_mat(),
                      flow.stayed() + flow.changed_group() + flow.left() + flow.moved_away());
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Agreement, seeds_to(seeds), seed_name);

}  // namespace
}  // namespace optimat::conformance
