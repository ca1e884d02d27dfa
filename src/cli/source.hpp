#pragma once
// What SOURCE names: the folder of an extract, or a snapshot in the store.

#include "cli/settings.hpp"
#include "intake/extract_reader.hpp"
#include "report/states_text.hpp"

#include <span>
#include <string>

namespace optimat {

/// An extract ready to be classified, with the policy and where it came from.
struct Source {
    Extract extract;
    CheckReport report;
    Policy policy;
    std::string description;  ///< for the provenance
    bool is_stored = false;   ///< a snapshot of the store, not a folder
    Provenance provenance() const;
};

/// Reads a folder or loads a snapshot. Throws InputError or StoreError when there is none or it cannot be
/// used.
Source open_source(const Settings& settings, const std::string& source);

/// Throws UsageError, without repeating it, when the word cannot be the name of a snapshot.
void check_snapshot_name(const std::string& snapshot);

/// How an extract's folder is read under the settings, without progress.
ReadOptions read_options(const Settings& settings, const Policy& policy);

/// `extract ctn0094 of CTN-0094 sites, 2017-04-01 to 2019-12-31`.
std::string describe_folder(const std::filesystem::path& folder, const Extract& extract);

/// Says on standard error which of the dates the extract does not cover, for their figures may be incomplete.
void warn_of_dates(const Settings& settings, const Extract& extract, std::span<const Day> dates);

}  // namespace optimat
