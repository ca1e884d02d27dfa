#pragma once
// A folder → an extract in memory and a report of all that was found. The front door of intake.

#include "base/parallel.hpp"
#include "model/extract.hpp"
#include "model/issue.hpp"
#include "model/policy.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

struct ReadOptions {
    Policy policy;
    std::vector<std::string> inventory_items;  ///< item columns of ascis.csv
    ThreadCount threads = ThreadCount::of_machine();
    std::optional<std::size_t> chunk_count;  ///< for tests: a power of two up to 256; never changes a result
    std::size_t block_size = 2 << 20;        ///< for tests: never changes a result
    /// Finds a mapping that ships with the program (`built-in:NAME` in extract.toml); nothing when there is
    /// none.
    std::function<std::optional<std::string>(const std::string& name)> built_in_mapping;
    /// Told now and then how many bytes of all are read. Called from any thread, one at a time.
    std::function<void(std::uint64_t done, std::uint64_t all)> progress;
};

struct ReadExtract {
    Extract extract;  ///< not to be used when report.refused()
    CheckReport report;
    /// What was read and may be kept as it is, extract.toml and the mapping among it. A file with columns
    /// that the mapping discards or reduces to a year is not: discarded values are never stored.
    std::vector<std::filesystem::path> files;
};

/// Reads the folder. Files that cannot be used stand in the report with the reason, and the extract is then
/// not usable. Throws InputError when the folder or extract.toml cannot be read or a required file is
/// missing, and DefinitionError for a wrong mapping.
ReadExtract read_extract(const std::filesystem::path& folder, const ReadOptions& options);

/// The same for those who need the data: throws InputError with every refusal when a file was refused.
ReadExtract read_usable_extract(const std::filesystem::path& folder, const ReadOptions& options);

}  // namespace optimat
