#include "outcome/harm_by_state.hpp"

#include "measure/extracts_for_tests.hpp"
#include "outcome/found_for_tests.hpp"
#include "outcome/measure_grid.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

HarmCount sum_of(const HarmByState& harm) {
    HarmCount sum;
    for (const auto& stage : harm)
        for (const HarmCount& count : stage)
            sum += count;
    return sum;
}

/// The measure of harm finds the same days and events without looking at states.
TEST(HarmByState, parts_are_the_whole_at_every_place) {
    const MeasureFunction& harm = *find_measure_function("harm");
    std::int64_t events = 0;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        const CountedExtract counted = random_extract(seed);
        for (const Day day : {counted.states.dates.front(), counted.states.dates.back()}) {
            const MeasureGrid grid = make_measure_grid(counted.extract, counted.policy, {day}, {&harm}, {1});
            for (const Place& place : places_of(counted.extract)) {
                const MeasureCell cell = grid.at(harm, 0, place);
                const HarmCount sum = sum_of(harm_by_state(counted.extract, counted.policy, day, place, {2}));
                EXPECT_EQ(sum.deaths, cell.count[*harm.part("death_in_mat")]);
                EXPECT_EQ(sum.overdoses, cell.count[*harm.part("overdose_in_mat")]);
                EXPECT_EQ(sum.person_days, cell.sum[*harm.part("in_mat")]);
                events += sum.deaths + sum.overdoses;
            }
        }
    }
    EXPECT_GT(events, 0);
}

}  // namespace
}  // namespace optimat
