#pragma once

// A random extract of invented people as the outcome measures see it, for tests of them.

#include "engine_run.hpp"
#include "folder_copy.hpp"
#include "outcome/measure_grid.hpp"
#include "reference_outcomes.hpp"
#include "seeds.hpp"

#include <gtest/gtest.h>

namespace optimat::conformance {

/// Among so many every part of every function is reached.
inline constexpr std::uint64_t outcome_seeds = 40;

/// Columns: eight months in a row, one of them up to its middle, and one a year later.
const std::vector<std::chrono::year_month_day>& outcome_dates();
std::vector<Day> outcome_days();

/// Writes the extract of a seed into the folder.
void write_outcome_extract(const std::filesystem::path& folder, std::uint64_t seed);

/// Bank holidays of England and Wales in the years that the extracts cover.
std::vector<std::chrono::year_month_day> holidays_of_england_and_wales();

/// The test's parameter is the seed.
class OutcomeExtract : public testing::TestWithParam<std::uint64_t> {
  protected:
    OutcomeExtract();

    const Extract& extract() const { return m_run.read.extract; }
    std::string service_id(std::size_t service) const;

    FolderCopy m_folder;
    EngineRun m_run;
    Policy m_policy = Settings().policy;
};

}  // namespace optimat::conformance
