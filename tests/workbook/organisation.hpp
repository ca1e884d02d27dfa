#pragma once
// A small organisation with regions, areas, peer groups and difficult names: the public trial extract, its
// services put into groups and renamed in memory.

#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"
#include "report/workbook.hpp"
#include "stage/state.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace optimat::workbook_tests {

/// A folder of its own under the temporary folder, removed at the end.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

  private:
    std::filesystem::path m_path;
};

struct Organisation {
    Policy policy;
    ReadExtract read;
    States states;
    std::vector<PolicyEntry> policy_entries;
    std::vector<RuleText> rules;

    const Extract& extract() const { return read.extract; }
    WorkbookRequest request(const Place& chosen = {}) const;
    std::size_t last() const { return states.dates.size() - 1; }
};

/// The trial extract as it is, at `months` month ends up to 31 March 2018.
Organisation plain_organisation(int months = 12);
/// The same in two regions, three areas and two peer groups, with names that try the workbook: two services
/// of one name, names that begin like formulas, that hold quotes, wildcards and markup, and one in other
/// case.
Organisation difficult_organisation(int months = 12);

/// Writes the workbook with `chosen` picked.
std::filesystem::path write(const Organisation& organisation, const Place& chosen,
                            const std::filesystem::path& file);

}  // namespace optimat::workbook_tests
