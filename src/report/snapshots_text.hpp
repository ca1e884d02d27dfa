#pragma once
// The list of a store's snapshots for a terminal or as JSON.

#include "report/states_text.hpp"
#include "report/terminal.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace optimat {

/// One snapshot as the list shows it. Dates are texts, as the store keeps them.
struct StoredSnapshot {
    std::string id, organisation, covers_from, covers_to, imported_at, policy_name, policy_version,
        policy_hash, program_version;
    std::uint64_t clients = 0;
};

/// In the order given, with the first twelve digits of each id.
void write_snapshots_text(const std::vector<StoredSnapshot>& snapshots, const Terminal& terminal,
                          const TextSink& sink);
/// An array, with whole ids.
void write_snapshots_json(const std::vector<StoredSnapshot>& snapshots, const TextSink& sink);

}  // namespace optimat
