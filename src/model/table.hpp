#pragma once
// Columns of typed cells: what a chunk of clients is made of. A table's rows lie together by client and,
// within a client, in the order of their day and then their id (byte order), so that a client's life is one
// forward sweep.

#include "base/check.hpp"
#include "base/day.hpp"
#include "base/dose.hpp"
#include "model/field.hpp"

#include <cstddef>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// A whole number of a count field or "not recorded", in two bytes.
class OptionalCount {
  public:
    constexpr OptionalCount() = default;
    constexpr explicit OptionalCount(std::int16_t value) : m_value(value) {}
    constexpr bool has_value() const { return m_value != missing; }
    constexpr explicit operator bool() const { return has_value(); }
    constexpr std::int16_t operator*() const { return m_value; }
    friend constexpr bool operator==(OptionalCount, OptionalCount) = default;

  private:
    static constexpr std::int16_t missing = std::numeric_limits<std::int16_t>::min();
    std::int16_t m_value = missing;
};

/// A service's place in Extract::services, or "not recorded".
class ServiceIndex {
  public:
    constexpr ServiceIndex() = default;
    constexpr explicit ServiceIndex(std::size_t index) : m_index(static_cast<std::uint16_t>(index)) {}
    constexpr bool has_value() const { return m_index != missing; }
    constexpr std::size_t operator*() const { return m_index; }
    friend constexpr auto operator<=>(ServiceIndex, ServiceIndex) = default;
    static constexpr std::size_t limit = 0xffff;  ///< an extract has fewer services than this

  private:
    static constexpr std::uint16_t missing = 0xffff;
    std::uint16_t m_index = missing;
};

/// A text's place in Chunk::texts, or "not recorded".
class TextRef {
  public:
    constexpr TextRef() = default;
    constexpr explicit TextRef(std::size_t index) : m_index(static_cast<std::uint32_t>(index)) {}
    constexpr bool has_value() const { return m_index != 0; }
    constexpr std::size_t operator*() const { return m_index; }
    friend constexpr bool operator==(TextRef, TextRef) = default;

  private:
    std::uint32_t m_index = 0;
};

/// Texts one after the other: compact, immutable once filled.
class TextColumn {
  public:
    std::size_t size() const { return m_ends.size(); }
    std::string_view operator[](std::size_t i) const {
        const std::uint32_t begin = i == 0 ? 0 : m_ends[i - 1];
        return std::string_view(m_bytes).substr(begin, m_ends[i] - begin);
    }
    void push_back(std::string_view text) {
        m_bytes.append(text);
        m_ends.push_back(static_cast<std::uint32_t>(m_bytes.size()));
    }
    void reserve(std::size_t texts, std::size_t bytes) {
        m_ends.reserve(texts);
        m_bytes.reserve(bytes);
    }
    const std::vector<std::uint32_t>& ends() const { return m_ends; }
    const std::string& bytes() const { return m_bytes; }
    /// Takes ends that rise and end at bytes.size().
    static TextColumn from_parts(std::vector<std::uint32_t> ends, std::string bytes) {
        TextColumn column;
        column.m_ends = std::move(ends);
        column.m_bytes = std::move(bytes);
        return column;
    }
    friend bool operator==(const TextColumn&, const TextColumn&) = default;

  private:
    std::vector<std::uint32_t> m_ends;
    std::string m_bytes;
};

/// Bytes of one cell of a kind; 0 for kinds that are not cells (client: the row's range says it; record: a
/// text).
constexpr std::size_t cell_width(FieldKind kind) {
    switch (kind) {
    case FieldKind::day:
    case FieldKind::dose:
    case FieldKind::text:
        return 4;
    case FieldKind::service:
    case FieldKind::count:
        return 2;
    case FieldKind::code:
    case FieldKind::flag:
        return 1;
    case FieldKind::client:
    case FieldKind::record:
        return 0;
    }
    return 0;
}

namespace detail {
template <class Cell> constexpr FieldKind kind_of_cell() {
    if constexpr (std::is_same_v<Cell, Day> || std::is_same_v<Cell, OptionalDay>)
        return FieldKind::day;
    else if constexpr (std::is_same_v<Cell, OptionalDose>)
        return FieldKind::dose;
    else if constexpr (std::is_same_v<Cell, OptionalCount>)
        return FieldKind::count;
    else if constexpr (std::is_same_v<Cell, ServiceIndex>)
        return FieldKind::service;
    else if constexpr (std::is_same_v<Cell, TextRef>)
        return FieldKind::text;
    else if constexpr (std::is_same_v<Cell, Flag>)
        return FieldKind::flag;
    else
        return FieldKind::code;
}
}  // namespace detail

/// Bytes that a column of so many rows takes, rounded up so that the next one is aligned for any cell.
constexpr std::size_t column_bytes(FieldKind kind, std::size_t rows) {
    return (rows * cell_width(kind) + 15) / 16 * 16;
}

/// One field's cells of one table of one chunk.
class Column {
  public:
    Column() = default;
    Column(FieldKind kind, std::size_t rows)
        : m_kind(kind),
          m_bytes(rows * cell_width(kind)),
          m_own(m_bytes == 0 ? nullptr : std::make_unique_for_overwrite<std::byte[]>(m_bytes)),
          m_cells(m_own.get()) {}
    /// The same in memory of somebody who outlives the column: column_bytes(kind, rows) of it.
    Column(FieldKind kind, std::size_t rows, std::byte* memory)
        : m_kind(kind), m_bytes(rows * cell_width(kind)), m_cells(memory) {}

    FieldKind kind() const { return m_kind; }
    std::span<const std::byte> raw() const { return {m_cells, m_bytes}; }
    std::span<std::byte> raw() { return {m_cells, m_bytes}; }

    /// The cells as their type: Day or OptionalDay, OptionalDose, OptionalCount, ServiceIndex, TextRef, Flag,
    /// or the enum of the field's code list. Asking a column for another kind is a bug.
    template <class Cell> std::span<const Cell> cells() const {
        OPTIMAT_CHECK(detail::kind_of_cell<Cell>() == m_kind, "a column was read as another kind");
        static_assert(std::is_trivially_copyable_v<Cell>);
        return {reinterpret_cast<const Cell*>(m_cells), m_bytes / sizeof(Cell)};
    }
    template <class Cell> std::span<Cell> cells() {
        OPTIMAT_CHECK(detail::kind_of_cell<Cell>() == m_kind, "a column was written as another kind");
        return {reinterpret_cast<Cell*>(m_cells), m_bytes / sizeof(Cell)};
    }

  private:
    FieldKind m_kind = FieldKind::client;
    std::size_t m_bytes = 0;
    std::unique_ptr<std::byte[]> m_own;  ///< none when the memory is somebody else's
    std::byte* m_cells = nullptr;
};

/// Rows [begin, end) of a table.
struct RowRange {
    std::uint32_t begin, end;
    std::uint32_t size() const { return end - begin; }
    bool empty() const { return begin == end; }
};

/// One file's rows of one chunk of clients.
struct Table {
    std::uint32_t row_count = 0;
    std::vector<Column> columns;           ///< by field number; for ascis the inventory's items follow
    TextColumn record_ids;                 ///< by row; empty when the table has no record ids
    std::vector<std::uint32_t> first_row;  ///< by client, and one more: rows of client c are [c, c + 1)

    RowRange rows_of(std::size_t client) const { return {first_row[client], first_row[client + 1]}; }

    template <class Cell, class FieldEnum> std::span<const Cell> column(FieldEnum field) const {
        return columns[index_of(field)].template cells<Cell>();
    }
};

}  // namespace optimat
