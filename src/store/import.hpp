#pragma once
// An extract in memory and the files it was read from → a snapshot in the store.

#include "base/parallel.hpp"
#include "model/extract.hpp"
#include "model/issue.hpp"
#include "model/policy.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace optimat {

struct ImportRequest {
    const Extract& extract;
    const CheckReport& report;                 ///< of the same reading; without refused files
    const Policy& policy;                      ///< that the extract was read under
    std::filesystem::path folder;              ///< the extract's folder
    std::vector<std::filesystem::path> files;  ///< what was read; kept as they are
    std::string program_version;
    std::string imported_at;  ///< now, UTC: `2018-11-05T09:30:00Z`
    ThreadCount threads = ThreadCount::of_machine();
    /// Told after every part, a chunk or a piece of a file, how many of all are done. Called from any thread,
    /// one at a time. Optional.
    std::function<void(std::uint64_t done, std::uint64_t all)> progress;
};

struct ImportResult {
    std::string snapshot_id;                       ///< 64 hexadecimal digits that follow from the content
    bool already_there = false;                    ///< the store has this very snapshot; nothing was changed
    std::size_t chunks_new = 0, chunks_known = 0;  ///< known: another snapshot has the same chunk
    std::size_t pieces_new = 0, pieces_known = 0;  ///< of the original files
    std::uint64_t bytes_written = 0;               ///< of new chunks and pieces, compressed
};

/// Imports in one transaction: killed at any moment, the store holds the snapshot whole or not at all. A
/// chunk or piece that the store has already is not stored again. While another program writes the store, it
/// waits. Throws InputError when a file is gone or has changed its size since it was read, StoreError when
/// the store cannot be written; nothing is changed then.
ImportResult import_snapshot(Store& store, const ImportRequest& request);

}  // namespace optimat
