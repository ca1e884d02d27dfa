#pragma once

// A random extract of invented people as the work lists see it, for tests of them.

#include "engine_run.hpp"
#include "folder_copy.hpp"
#include "priority/lists.hpp"
#include "random_extract.hpp"
#include "reference_lists.hpp"
#include "seeds.hpp"

#include <gtest/gtest.h>

namespace optimat::conformance {

inline constexpr std::uint64_t priority_seeds = 40;

/// The test's parameter is the seed.
class PriorityExtract : public testing::TestWithParam<std::uint64_t> {
  protected:
    PriorityExtract();

    Pictures pictures(Day as_at) const;
    std::vector<ListRow> list(const Pictures& pictures, WorkList list, const Place& place) const;
    Place everywhere() const;
    std::string client_id(const PersonPicture& person) const;
    std::string service_id(const PersonPicture& person) const;

    FolderCopy m_folder;
    std::vector<std::chrono::year_month_day> m_dates;
    EngineRun m_run;
    Policy m_policy = Settings().policy;
    TeamRecords m_nothing;
};

/// Writes the extract of a seed into the folder.
void write_priority_extract(const std::filesystem::path& folder, std::uint64_t seed);
Day day_of_date(std::chrono::year_month_day date);

}  // namespace optimat::conformance
