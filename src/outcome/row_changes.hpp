#pragma once
// What has changed in one client's rows between two extracts, as far as a day is concerned. Pure. Counts
// only: no value of a row leaves here.

#include "model/extract.hpp"

#include <array>
#include <optional>

namespace optimat {

/// Rows of one table. A row counts when it is dated by the day in either extract; a clients row always does.
/// Rows are the same by their id, or, in tables without ids, by what they say. An end that lies after the day
/// is the same as none, for it says nothing about the day.
struct RowChanges {
    std::uint32_t added = 0;      ///< only in the later extract
    std::uint32_t completed = 0;  ///< what was not recorded has been; nothing that was is different
    std::uint32_t changed = 0;    ///< something that was recorded is different or gone
    std::uint32_t removed = 0;    ///< only in the earlier extract
    friend bool operator==(const RowChanges&, const RowChanges&) = default;
};

/// `none`, `late_data`: rows were only added or completed; `correction`: any was changed or removed.
enum class ChangeKind : std::uint8_t { none, late_data, correction };

struct ClientChanges {
    std::array<RowChanges, table_count> tables;
    ChangeKind kind() const;
    friend bool operator==(const ClientChanges&, const ClientChanges&) = default;
};

/// Compares one client; nothing where an extract does not have the client at all.
ClientChanges compare_rows(const Extract& then, std::optional<ClientPlace> client_then, const Extract& now,
                           std::optional<ClientPlace> client_now, Day as_at);

}  // namespace optimat
