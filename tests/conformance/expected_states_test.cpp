#include "engine_run.hpp"

#include <gtest/gtest.h>

// The engine's states on the data sets whose states are known, byte for byte.

namespace optimat::conformance {
namespace {

class DataSet : public testing::TestWithParam<std::string> {
  protected:
    std::filesystem::path folder() const {
        return std::filesystem::path(OPTIMAT_SOURCE_DIR) / "tests/data" / GetParam();
    }
};

TEST_P(DataSet, HasTheExpectedStates) {
    const std::string expected = bytes_of(folder() / "expected_states.csv");
    const std::string actual = run_engine(folder(), days_in(expected)).states_csv();
    EXPECT_TRUE(expected == actual) << first_difference(expected, actual);
}

TEST_P(DataSet, HasTheSameStatesForEachDateAlone) {
    const std::string expected = bytes_of(folder() / "expected_states.csv");
    std::string actual;
    for (const Day day : days_in(expected)) {
        const std::string one = run_engine(folder(), {day}).states_csv();
        actual += actual.empty() ? one : one.substr(one.find('\n') + 1);
    }
    EXPECT_TRUE(expected == actual) << first_difference(expected, actual);
}

INSTANTIATE_TEST_SUITE_P(Known, DataSet, testing::Values("adversarial", "ctn0094"),
                         [](const auto& param) { return param.param; });

}  // namespace
}  // namespace optimat::conformance
