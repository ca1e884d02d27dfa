#pragma once
// Cells as planes of bytes: all first bytes, then all second bytes, and so on. Columns of one meaning hold
// small numbers that repeat, so most planes are one value throughout, which takes two bytes, and the others
// compress fast and well. A plane is a byte that says how it is written (0: one value throughout, 1: byte by
// byte), then the value or bytes.

#include "model/table.hpp"
#include "snapshot/byte_stream.hpp"

#include <span>
#include <vector>

namespace optimat {

/// Writes one plane of bytes; nothing at all for no cells.
void write_plane(ByteWriter& writer, std::span<const std::uint8_t> cells);
/// Reads one plane into all of `cells`.
void read_plane(ByteReader& reader, std::span<std::uint8_t> cells);

/// The same for numbers of four bytes: four planes, the lowest byte first.
void write_numbers(ByteWriter& writer, std::span<const std::uint32_t> numbers);
void read_numbers(ByteReader& reader, std::span<std::uint32_t> numbers);

/// A column's cells. Doses, services and texts are written relative to the row before, days to the order day
/// of their row
/// (`order_days`: the column of the table's order field; nothing when the table has none).
/// What is read may be any cell of the kind's width; chunk_checks.hpp looks at the values.
class ColumnCodec {
  public:
    void write(ByteWriter& writer, const Column& column, const Column* order_days);
    Column read(ByteReader& reader, FieldKind kind, std::size_t rows, const Column* order_days);

    /// The order days themselves, relative to the row before.
    void write_order_days(ByteWriter& writer, const Column& days);
    Column read_order_days(ByteReader& reader, std::size_t rows);

  private:
    std::vector<std::uint32_t> m_numbers;  ///< used again for every column
};

}  // namespace optimat
