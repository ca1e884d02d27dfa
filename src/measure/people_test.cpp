#include "measure/people.hpp"

#include "measure/extracts_for_tests.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace optimat {
namespace {

/// One extract's every place and date: lists are as long as their numbers, in order, and name nobody twice.
class PeopleOf {
  public:
    explicit PeopleOf(const CountedExtract& counted) : m_counted(counted) {}

    void expect_all() const {
        for (const Place& place : places_of(m_counted.extract))
            for (std::size_t date = 0; date < m_counted.states.dates.size(); ++date) {
                expect_tracker(place, date);
                expect_service_data(place, date);
                if (date > 0) expect_flows(place, date);
            }
    }

  private:
    std::int64_t listed(const Place& place, std::size_t date, const Selection& selection) const {
        const auto people = people_of(m_counted.extract, m_counted.states, date, place, selection);
        const auto order = [](const Person& person) { return std::pair(person.chunk, person.client); };
        EXPECT_TRUE(std::ranges::is_sorted(people, {}, order));
        EXPECT_EQ(std::ranges::adjacent_find(people, {}, order), people.end()) << "somebody twice";
        for (const Person& person : people)
            EXPECT_EQ(person.state->client, person.client);
        return static_cast<std::int64_t>(people.size());
    }
    void expect_tracker(const Place& place, std::size_t date) const {
        const TrackerCell cell = make_tracker(m_counted.extract, m_counted.states, {1}).at(date, place);
        EXPECT_EQ(listed(place, date, InMat{}), cell.in_mat());
        for (std::size_t group = 0; group < tracker_group_count; ++group)
            EXPECT_EQ(listed(place, date, InGroup{static_cast<TrackerGroup>(group)}), cell.people[group]);
    }
    void expect_service_data(const Place& place, std::size_t date) const {
        const auto rows = service_data_rows();
        const auto cells =
            make_service_data(m_counted.extract, m_counted.states, date, m_counted.policy, {1}).at(place);
        for (std::size_t row = 0; row < rows.size(); ++row)
            EXPECT_EQ(listed(place, date, InRow{&rows[row]}), cells[row].people) << rows[row].id;
        for (std::size_t by = 0; by < breakdown_count; ++by) {
            const auto breakdown = static_cast<Breakdown>(by);
            for (const BreakdownPart& part : break_down(m_counted.extract, m_counted.states, date,
                                                        m_counted.policy, place, rows[2], breakdown))
                EXPECT_EQ(listed(place, date, InPart{&rows[2], breakdown, part.part}), part.cell.people);
        }
    }
    void expect_flows(const Place& place, std::size_t date) const {
        const FlowTable flows =
            make_flows(m_counted.extract, m_counted.states, date - 1, date, {place}).front();
        for (std::size_t from = 0; from < flow_ends; ++from)
            for (std::size_t to = 0; to < flow_ends; ++to)
                EXPECT_EQ(listed(place, date, OnWay{from, to, date - 1}), flows.people[from][to]);
    }

    const CountedExtract& m_counted;
};

TEST(People, of_the_sample_are_as_many_as_its_numbers) {
    const CountedExtract sample = sample_extract();
    ASSERT_GT(sample.states.count(), 0u);
    PeopleOf(sample).expect_all();
}

TEST(People, of_random_extracts_are_as_many_as_their_numbers) {
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
        const CountedExtract random = random_extract(seed);
        ASSERT_GT(random.states.count(), 0u);
        PeopleOf(random).expect_all();
    }
}

}  // namespace
}  // namespace optimat
