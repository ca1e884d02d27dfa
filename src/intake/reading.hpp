#pragma once
// All rows of an extract as read, before they are put in order: every thread's rows, and what is needed to
// make sense of them together. Read-only while chunks are assembled.

#include "intake/plan.hpp"
#include "intake/row_store.hpp"

#include <memory>
#include <span>
#include <unordered_set>
#include <vector>

namespace optimat {

/// One report's (file's table's) place: its physical file and its columns by field.
struct ReportPlace {
    std::size_t file = 0;  ///< which physical file
    Repeats repeats = Repeats::reported;
    std::optional<TableKind> kind;
    std::vector<std::uint16_t> columns;  ///< by field number of its table; no_column when the file has none
};

struct Reading {
    std::vector<std::unique_ptr<ThreadRows>> threads;
    std::vector<ReportPlace> reports;
    std::vector<Service> services;                          ///< merged, in byte order of their ids
    std::vector<std::vector<ServiceIndex>> service_places;  ///< by thread and the thread's number
    bool unlisted_services = false;
    /// Hashes of record ids that may stand on more than one row, by table.
    std::array<std::unordered_set<std::uint64_t>, table_count> suspected_ids;
};

/// A raw row, with reading accessors.
class RawRow {
  public:
    explicit RawRow(const std::byte* at) : m_at(at) {}
    const RowHead& head() const { return *reinterpret_cast<const RowHead*>(m_at); }
    const std::byte* cell(std::uint16_t offset) const { return m_at + offset; }
    template <class Value> Value get(std::uint16_t offset) const {
        Value value;
        std::memcpy(&value, m_at + offset, sizeof value);
        return value;
    }
    const std::byte* bytes() const { return m_at; }

  private:
    const std::byte* m_at;
};

/// Merges the services that services.csv lists with those that rows name, and numbers them. Appends issues
/// for rows of one service that differ; counts repeated rows. Throws InputError when there are more than an
/// extract may have.
void merge_services(Reading& reading, std::vector<Issue>& issues, std::vector<RowCounts>& counts);

/// Finds record ids that may be repeated: none when every file's ids rise from row to row.
void find_suspected_ids(Reading& reading, const Schema& schema);

}  // namespace optimat
