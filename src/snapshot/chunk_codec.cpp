#include "snapshot/chunk_codec.hpp"

#include "base/check.hpp"
#include "snapshot/chunk_checks.hpp"
#include "snapshot/plane_codec.hpp"
#include "snapshot/text_codec.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>
#include <optional>

namespace optimat {

namespace {

constexpr std::size_t longest_id = 64;

bool has_record_ids(std::span<const Field> fields) {
    return std::ranges::any_of(fields, [](const Field& field) { return field.kind == FieldKind::record; });
}

std::size_t row_width(std::span<const Field> fields) {
    std::size_t width = 0;
    for (const Field& field : fields)
        width += cell_width(field.kind);
    return width;
}

class ChunkWriter {
  public:
    explicit ChunkWriter(const Chunk& chunk) : m_chunk(chunk) {}

    std::string write() {
        const std::size_t items =
            m_chunk.table(TableKind::ascis).columns.size() - fields_of(TableKind::ascis).size();
        m_writer.reserve(likely_size());
        m_writer.number(static_cast<std::uint32_t>(m_chunk.client_count()));
        m_writer.number(static_cast<std::uint32_t>(items));
        write_texts(m_writer, m_chunk.client_ids);
        write_plane(m_writer,
                    {reinterpret_cast<const std::uint8_t*>(m_chunk.listed.data()), m_chunk.listed.size()});
        write_numbers(m_writer, std::vector<std::uint32_t>(m_chunk.refused_records.begin(),
                                                           m_chunk.refused_records.end()));
        m_writer.number(static_cast<std::uint32_t>(m_chunk.texts.size()));
        write_texts(m_writer, m_chunk.texts);
        for (std::size_t i = 0; i < table_count; ++i)
            write_table(static_cast<TableKind>(i), items);
        return m_writer.take();
    }

  private:
    /// Planes that hold one value, and what ids share, take about half.
    std::size_t likely_size() const {
        std::size_t size = 4096;
        for (const Table& table : m_chunk.tables) {
            size += table.record_ids.bytes().size() / 2;
            for (const Column& column : table.columns)
                size += column.raw().size() / 2;
        }
        return size;
    }

    void write_table(TableKind kind, std::size_t items) {
        const Table& table = m_chunk.table(kind);
        const auto fields = stored_fields(kind, items);
        OPTIMAT_CHECK(table.columns.size() == fields.size(), "a table has not the columns of its fields");
        OPTIMAT_CHECK(table.first_row.size() == m_chunk.client_count() + 1,
                      "a table has not a first row for every client");
        m_writer.number(table.row_count);
        std::vector<std::uint32_t> rows(m_chunk.client_count());
        for (std::size_t client = 0; client < rows.size(); ++client)
            rows[client] = table.rows_of(client).size();
        write_numbers(m_writer, rows);
        const OrderField order = order_field(kind);
        const Column* const order_days = order.present ? &table.columns[order.index] : nullptr;
        if (order_days != nullptr) m_columns.write_order_days(m_writer, *order_days);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const Column& column = table.columns[i];
            OPTIMAT_CHECK(column.raw().size() == table.row_count * cell_width(fields[i].kind),
                          "a column has not its table's rows");
            if (&column != order_days) m_columns.write(m_writer, column, order_days);
        }
        if (has_record_ids(fields)) write_texts(m_writer, table.record_ids);
    }

    const Chunk& m_chunk;
    ByteWriter m_writer;
    ColumnCodec m_columns;
};

/// Reads a payload that may be any bytes: counts are believed only within `m_size_left`.
class ChunkReader {
  public:
    ChunkReader(std::string_view payload, std::size_t inventory_items, std::size_t size_limit)
        : m_reader(payload), m_items(inventory_items), m_size_left(size_limit) {}

    Chunk read() {
        Chunk chunk;
        const std::size_t clients = m_reader.number<std::uint32_t>();
        if (m_reader.number<std::uint32_t>() != m_items)
            throw_damaged("its inventories have not the items that the snapshot says");
        // An id, its end, listed, refused and a first row in every table.
        take_memory(clients, longest_id + 8 + 8 * table_count);
        chunk.client_ids = read_texts(m_reader, clients, longest_id, m_size_left);
        chunk.listed.resize(clients);
        read_plane(m_reader, {reinterpret_cast<std::uint8_t*>(chunk.listed.data()), clients});
        read_refused(chunk.refused_records, clients);
        const std::size_t texts = m_reader.number<std::uint32_t>();
        take_memory(texts, 16);
        chunk.texts = read_texts(m_reader, texts, m_size_left, m_size_left);
        take_memory(chunk.texts.bytes().size(), 1);
        for (std::size_t i = 0; i < table_count; ++i)
            read_table(static_cast<TableKind>(i), clients, chunk.tables[i]);
        m_reader.expect_end();
        return chunk;
    }

  private:
    void take_memory(std::size_t count, std::size_t bytes_each) {
        if (count > m_size_left / std::max<std::size_t>(1, bytes_each))
            throw_damaged("it says an impossible size");
        m_size_left -= count * bytes_each;
    }

    void read_refused(std::vector<std::uint16_t>& refused, std::size_t clients) {
        std::vector<std::uint32_t> numbers(clients);
        read_numbers(m_reader, numbers);
        refused.reserve(clients);
        for (const std::uint32_t number : numbers) {
            if (number > 0xffff) throw_damaged("a number of refused rows is too large");
            refused.push_back(static_cast<std::uint16_t>(number));
        }
    }

    void read_table(TableKind kind, std::size_t clients, Table& table) {
        const auto fields = stored_fields(kind, m_items);
        const bool ids = has_record_ids(fields);
        table.row_count = m_reader.number<std::uint32_t>();
        take_memory(table.row_count, row_width(fields) + (ids ? longest_id + 4 : 0));
        read_first_rows(table, clients, kind);
        const OrderField order = order_field(kind);
        std::optional<Column> order_days;
        if (order.present) order_days = m_columns.read_order_days(m_reader, table.row_count);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (order.present && i == order.index)
                table.columns.emplace_back();
            else
                table.columns.push_back(m_columns.read(m_reader, fields[i].kind, table.row_count,
                                                       order_days ? &*order_days : nullptr));
        }
        if (order_days) table.columns[order.index] = std::move(*order_days);
        if (ids) table.record_ids = read_texts(m_reader, table.row_count, longest_id, largest_payload);
    }

    void read_first_rows(Table& table, std::size_t clients, TableKind kind) {
        std::vector<std::uint32_t> rows(clients);
        read_numbers(m_reader, rows);
        table.first_row.reserve(clients + 1);
        std::uint64_t first = 0;
        table.first_row.push_back(0);
        for (const std::uint32_t count : rows) {
            first += count;
            if (first > table.row_count) break;
            table.first_row.push_back(static_cast<std::uint32_t>(first));
        }
        if (first != table.row_count)
            throw_damaged(fmt::format("the rows of {} do not belong to its clients", table_name(kind)));
    }

    ByteReader m_reader;
    std::size_t m_items, m_size_left;
    ColumnCodec m_columns;
};

}  // namespace

std::string chunk_payload(const Chunk& chunk) { return ChunkWriter(chunk).write(); }

Chunk read_chunk_payload(std::string_view payload, std::size_t inventory_items, std::size_t service_count,
                         std::size_t size_limit) {
    Chunk chunk = ChunkReader(payload, inventory_items, size_limit).read();
    check_chunk(chunk, inventory_items, service_count);
    return chunk;
}

std::string encode_chunk(const Chunk& chunk) { return seal(BlobKind::chunk, chunk_payload(chunk)); }

Chunk decode_chunk(std::string_view blob, std::size_t inventory_items, std::size_t service_count) {
    return read_chunk_payload(unseal(BlobKind::chunk, blob), inventory_items, service_count);
}

}  // namespace optimat
