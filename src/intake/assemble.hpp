#pragma once
// A chunk's raw rows → its tables: clients numbered, rows in order, repeated rows counted once, cells in
// columns. Pure; chunks are assembled side by side.

#include "intake/reading.hpp"

namespace optimat {

/// A raw row and what it is ordered by: client, then day.
struct RowRef {
    std::uint64_t key;
    RawRow row;
    std::uint32_t client() const { return static_cast<std::uint32_t>(key >> 32); }
};

/// One table's rows of a chunk, in order, before they become columns.
struct OrderedRows {
    std::vector<RowRef> rows;
    std::vector<std::uint32_t> first_row;  ///< by client, and one more
    std::span<const RowRef> of(std::size_t client) const {
        return std::span(rows).subspan(first_row[client], first_row[client + 1] - first_row[client]);
    }
};

/// All of a chunk's rows in order, by table.
using ChunkRows = std::array<OrderedRows, table_count>;

/// A record id that stands on rows which differ, kept until all chunks are known.
struct KeptSuspect {
    TableKind kind;
    std::string id;
    std::uint16_t report;
    std::uint64_t line;
};

/// What assembling a chunk found beside its tables.
struct AssemblyFindings {
    std::vector<Issue> issues;
    std::vector<std::uint64_t> repeated;  ///< by report: rows that stood there before
    std::vector<KeptSuspect> suspects;
    std::array<std::uint64_t, table_count> rows{};  ///< by table: rows that are kept
};

class ChunkAssembler {
  public:
    ChunkAssembler(const Schema& schema, const Reading& reading) : m_schema(schema), m_reading(reading) {}

    /// The chunk of the partitions [first, last). `scratch` is a worker's own, kept from chunk to chunk; the
    /// columns lie in `memory`.
    Chunk assemble(std::size_t first_partition, std::size_t last_partition, ChunkRows& scratch, Slab& memory,
                   AssemblyFindings& findings) const;

  private:
    const Schema& m_schema;
    const Reading& m_reading;
};

}  // namespace optimat
