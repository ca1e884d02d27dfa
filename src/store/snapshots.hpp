#pragma once
// The snapshots of a store: listing, loading, taking out their files, erasing. A snapshot is named by its id,
// by the first digits of it when no other begins with them, or by `latest`: the one imported last. Everything
// here throws StoreError when there is no such snapshot or several, and when what is stored is damaged.

#include "base/day.hpp"
#include "base/parallel.hpp"
#include "model/extract.hpp"
#include "model/issue.hpp"
#include "snapshot/about.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace optimat {

struct SnapshotInfo {
    std::string id;
    std::string organisation;
    std::string covers_from, covers_to;  ///< YYYY-MM-DD, both inclusive
    std::string imported_at;             ///< UTC, as import was told
    PolicyName policy;
    std::string program_version;  ///< that imported it
    std::uint64_t clients = 0;
    std::uint16_t format_version = 0;
};

/// In the order of import.
std::vector<SnapshotInfo> list_snapshots(Store& store);

/// Of one snapshot.
SnapshotInfo find_snapshot(Store& store, const std::string& name);

/// The extract as it was imported, cell by cell.
Extract load_snapshot(Store& store, const std::string& name, ThreadCount threads);

/// What reading the extract found.
CheckReport load_report(Store& store, const std::string& name);

/// Writes the files that the snapshot was made from, byte by byte as they were, into the folder, which is
/// made when it is not there. Throws OutputError when a file exists already or cannot be written.
void write_originals(Store& store, const std::string& name, const std::filesystem::path& folder);

struct Erased {
    std::string snapshot_id;
    std::size_t chunks = 0, pieces = 0;  ///< that no other snapshot used
};

/// Removes the snapshot, all that no other snapshot uses, and the states of persons that releases made from
/// it keep (their figures stay); and overwrites what it took in the file with zeros; PostgreSQL lets go of it
/// at its next VACUUM. Traces that the file system, PostgreSQL's log or backups keep are beyond it: keep
/// stores on encrypted disks.
Erased erase_snapshot(Store& store, const std::string& name);

}  // namespace optimat
