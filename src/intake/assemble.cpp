#include "intake/assemble.hpp"

#include "intake/client_checks.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>

namespace optimat {

namespace {

/// Assembles one chunk; holds what its steps share.
class Assembly {
  public:
    Assembly(const Schema& schema, const Reading& reading, std::size_t first, std::size_t last,
             ChunkRows& scratch, Slab& memory, AssemblyFindings& findings)
        : m_schema(schema),
          m_reading(reading),
          m_first(first),
          m_last(last),
          m_memory(memory),
          m_findings(findings),
          m_rows(scratch) {
        m_findings.repeated.resize(reading.reports.size());
        m_texts.resize(reading.threads.size());
        for (std::size_t t = 0; t < reading.threads.size(); ++t)
            m_texts[t].resize(reading.threads[t]->texts.size());
        m_chunk.texts.push_back({});
    }

    Chunk assemble() {
        number_clients();
        for (std::size_t i = 0; i < table_count; ++i)
            order(static_cast<TableKind>(i));
        note_listed();
        check_clients(m_schema, m_reading, m_rows, m_chunk.listed, m_findings.issues);
        for (std::size_t i = 0; i < table_count; ++i)
            fill(static_cast<TableKind>(i));
        return std::move(m_chunk);
    }

  private:
    /// Numbers the chunk's clients in byte order of their ids, over all threads.
    void number_clients() {
        struct Seen {
            std::string_view id;
            std::uint16_t thread;
            std::uint32_t number;
        };
        std::vector<Seen> seen;
        m_places.resize(m_reading.threads.size());
        for (const auto& thread : m_reading.threads) {
            m_places[thread->thread].resize(thread->clients.size());
            for (std::size_t p = m_first; p < m_last; ++p)
                for (const std::uint32_t number : thread->clients_of_partition[p])
                    seen.push_back({thread->clients[number], thread->thread, number});
        }
        std::ranges::sort(seen, {}, [](const Seen& one) { return std::tie(one.id, one.thread); });
        for (std::size_t i = 0; i < seen.size(); ++i) {
            if (i == 0 || seen[i].id != seen[i - 1].id) {
                m_chunk.client_ids.push_back(seen[i].id);
                m_chunk.refused_records.push_back(0);
            }
            const std::size_t place = m_chunk.client_ids.size() - 1;
            m_places[seen[i].thread][seen[i].number] = static_cast<std::uint32_t>(place);
            const std::uint32_t refused =
                m_chunk.refused_records[place] +
                m_reading.threads[seen[i].thread]->refused_of_client[seen[i].number];
            m_chunk.refused_records[place] =
                static_cast<std::uint16_t>(std::min<std::uint32_t>(refused, 0xffff));
        }
    }

    std::string_view id_of(TableKind kind, const RawRow& row) const {
        const ThreadRows& thread = *m_reading.threads[row.head().thread];
        const auto& partition =
            thread.partitions[thread.partition_of_client[row.head().client]][index_of(kind)];
        return std::string_view(partition.ids).substr(row.head().id_at, row.head().id_size);
    }

    std::string_view text_of_cell(const RawRow& row, std::uint16_t offset) const {
        const auto ref = row.get<TextRef>(offset);
        if (!ref.has_value()) return {};
        return m_reading.threads[row.head().thread]->texts[*ref - 1];
    }

    ServiceIndex service_of_cell(const RawRow& row, std::uint16_t offset) const {
        const auto ref = row.get<ServiceIndex>(offset);
        if (!ref.has_value()) return ref;
        return m_reading.service_places[row.head().thread][*ref];
    }

    /// Orders two rows of a client and day by id, then by all they hold: −1, 0 or 1. 0 means the rows are
    /// identical.
    int compare(TableKind kind, const RawRow& a, const RawRow& b) const {
        if (const int by_id = id_of(kind, a).compare(id_of(kind, b)); by_id != 0) return by_id < 0 ? -1 : 1;
        const auto fields = m_schema.fields(kind);
        const RowLayout& layout = m_schema.layout(kind);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const int order = compare_cell(fields[i].kind, layout.offsets[i], a, b);
            if (order != 0) return order;
        }
        return 0;
    }

    int compare_cell(FieldKind kind, std::uint16_t offset, const RawRow& a, const RawRow& b) const {
        if (kind == FieldKind::text) {
            const int order = text_of_cell(a, offset).compare(text_of_cell(b, offset));
            return order < 0 ? -1 : order > 0;
        }
        if (kind == FieldKind::service) {
            const auto left = service_of_cell(a, offset), right = service_of_cell(b, offset);
            return left < right ? -1 : left > right;
        }
        return std::memcmp(a.cell(offset), b.cell(offset), cell_width(kind));
    }

    /// Brings a table's rows into the order of client, day, id; takes out repeated rows.
    void order(TableKind kind) {
        const std::size_t clients = m_chunk.client_count();
        const std::size_t row_size = m_schema.layout(kind).size();
        const OrderField by_day = order_field(kind);
        const std::uint16_t day_at =
            by_day.present ? m_schema.layout(kind).offsets[by_day.index] : std::uint16_t{0};
        OrderedRows& ordered = m_rows[index_of(kind)];
        std::vector<std::uint32_t>& first = ordered.first_row;
        first.assign(clients + 1, 0);
        count_rows(kind, first);
        for (std::size_t c = 0; c < clients; ++c)
            first[c + 1] += first[c];
        ordered.rows.assign(first.back(), RowRef{0, RawRow(nullptr)});
        std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
        for_each_row(kind, row_size, [&](const RawRow& row) {
            const std::uint32_t client = place_of(row);
            const std::int32_t day = by_day.present ? (*row.get<OptionalDay>(day_at)).number : 0;
            const auto biased = static_cast<std::uint32_t>(day) ^ 0x80000000u;
            ordered.rows[next[client]++] = {std::uint64_t{client} << 32 | biased, row};
        });
        for (std::size_t c = 0; c < clients; ++c)
            sort_rows(kind, ordered.rows.data() + first[c], ordered.rows.data() + first[c + 1]);
        if (may_repeat(kind)) take_out_repeated(kind, ordered);
        m_findings.rows[index_of(kind)] = ordered.rows.size();
    }

    /// How many rows each client has, at the place behind the client's own.
    void count_rows(TableKind kind, std::vector<std::uint32_t>& first) const {
        for (const auto& thread : m_reading.threads)
            for (std::size_t p = m_first; p < m_last; ++p)
                for (const std::uint32_t number : thread->clients_of_partition[p])
                    first[m_places[thread->thread][number] + 1] +=
                        thread->rows_of_client[number][index_of(kind)];
    }

    void sort_rows(TableKind kind, RowRef* begin, RowRef* end) const {
        const auto before = [&](const RowRef& a, const RowRef& b) {
            if (a.key != b.key) return a.key < b.key;
            return compare(kind, a.row, b.row) < 0;
        };
        if (!std::is_sorted(begin, end, before)) std::sort(begin, end, before);
    }

    bool has_ids(TableKind kind) const {
        return std::ranges::any_of(m_schema.fields(kind),
                                   [](const Field& field) { return field.kind == FieldKind::record; });
    }

    bool may_repeat(TableKind kind) const {
        return !has_ids(kind) || !m_reading.suspected_ids[index_of(kind)].empty();
    }

    bool suspected(TableKind kind, std::string_view id) const {
        return m_reading.suspected_ids[index_of(kind)].contains(quick_hash(id) | 1);
    }

    /// Identical rows of a client are neighbours now, having the same day and id.
    void take_out_repeated(TableKind kind, OrderedRows& ordered) {
        const bool ids = has_ids(kind);
        std::size_t kept = 0;
        std::vector<std::uint32_t> first(ordered.first_row.size(), 0);
        for (std::size_t c = 0; c + 1 < ordered.first_row.size(); ++c) {
            const std::size_t begin = kept;
            for (std::uint32_t i = ordered.first_row[c]; i < ordered.first_row[c + 1]; ++i) {
                const RowRef ref = ordered.rows[i];
                const bool suspect = !ids || suspected(kind, id_of(kind, ref.row));
                if (suspect && kept > begin && ordered.rows[kept - 1].key == ref.key &&
                    compare(kind, ordered.rows[kept - 1].row, ref.row) == 0) {
                    count_repeated(kind, ordered.rows[kept - 1], ref);
                    continue;
                }
                ordered.rows[kept++] = ref;
            }
            first[c + 1] = static_cast<std::uint32_t>(kept);
        }
        ordered.rows.erase(ordered.rows.begin() + static_cast<std::ptrdiff_t>(kept), ordered.rows.end());
        ordered.first_row = std::move(first);
        if (ids) note_suspects(kind, ordered);
    }

    std::uint16_t id_column(TableKind kind, std::uint16_t report) const {
        const auto& columns = m_reading.reports[report].columns;
        return columns[has_ids(kind) ? 0 : index_of(EventField::client_id)];
    }

    /// Of two identical rows the later in the files is the repeated one, whichever came first from the
    /// threads.
    void count_repeated(TableKind kind, RowRef& kept, const RowRef& other) {
        const auto place = [&](const RowRef& ref) {
            return std::pair(ref.row.head().report, ref.row.head().line);
        };
        RowRef repeated = other;
        if (place(other) < place(kept)) {
            repeated = kept;
            kept = other;
        }
        const RowHead& head = repeated.row.head();
        ++m_findings.repeated[head.report];
        if (m_reading.reports[head.report].repeats == Repeats::expected) return;
        m_findings.issues.push_back({Rule::id_repeated_identical, head.report, id_column(kind, head.report),
                                     repeated.row.head().line});
    }

    void note_suspects(TableKind kind, const OrderedRows& ordered) {
        for (const RowRef& ref : ordered.rows) {
            const std::string_view id = id_of(kind, ref.row);
            if (suspected(kind, id))
                m_findings.suspects.push_back(
                    {kind, std::string(id), ref.row.head().report, std::uint64_t{ref.row.head().line}});
        }
    }

    std::uint32_t place_of(const RawRow& row) const { return m_places[row.head().thread][row.head().client]; }

    template <class Visit> void for_each_row(TableKind kind, std::size_t row_size, Visit visit) const {
        for (const auto& thread : m_reading.threads)
            for (std::size_t p = m_first; p < m_last; ++p)
                thread->partitions[p][index_of(kind)].rows.for_each(
                    row_size, [&](const std::byte* at) { visit(RawRow(at)); });
    }

    void note_listed() {
        const OrderedRows& clients = m_rows[index_of(TableKind::clients)];
        for (std::size_t c = 0; c < m_chunk.client_count(); ++c)
            m_chunk.listed.push_back(clients.of(c).empty() ? Flag::no : Flag::yes);
    }

    void fill(TableKind kind) {
        OrderedRows& ordered = m_rows[index_of(kind)];
        if (kind == TableKind::clients) one_row_a_client(ordered);
        Table& table = m_chunk.table(kind);
        table.row_count = static_cast<std::uint32_t>(ordered.rows.size());
        make_columns(kind, table);
        // In batches that stay in the cache while each of their columns is filled.
        constexpr std::size_t batch = 1024;
        for (std::size_t begin = 0; begin < ordered.rows.size(); begin += batch) {
            const auto rows =
                std::span(ordered.rows).subspan(begin, std::min(batch, ordered.rows.size() - begin));
            for (std::size_t i = 0; i < table.columns.size(); ++i)
                fill_column(table.columns[i], m_schema.layout(kind).offsets[i], begin, rows);
        }
        if (has_ids(kind)) fill_ids(kind, table, ordered);
        table.first_row = std::move(ordered.first_row);
        ordered.rows.clear();
    }

    /// The table's columns, one behind the other in one piece of memory.
    void make_columns(TableKind kind, Table& table) const {
        std::size_t bytes = 0;
        for (const Field& field : m_schema.fields(kind))
            bytes += column_bytes(field.kind, table.row_count);
        std::byte* at = bytes == 0 ? nullptr : m_memory.take(bytes);
        for (const Field& field : m_schema.fields(kind)) {
            table.columns.emplace_back(field.kind, table.row_count, at);
            at += column_bytes(field.kind, table.row_count);
        }
    }

    void fill_ids(TableKind kind, Table& table, const OrderedRows& ordered) const {
        std::size_t bytes = 0;
        for (const RowRef& ref : ordered.rows)
            bytes += ref.row.head().id_size;
        table.record_ids.reserve(ordered.rows.size(), bytes);
        for (const RowRef& ref : ordered.rows)
            table.record_ids.push_back(id_of(kind, ref.row));
    }

    void fill_column(Column& column, std::uint16_t offset, std::size_t begin, std::span<const RowRef> rows) {
        if (column.kind() == FieldKind::text) {
            const auto cells = column.cells<TextRef>().subspan(begin);
            for (std::size_t i = 0; i < rows.size(); ++i)
                cells[i] = chunk_text(rows[i].row, offset);
            return;
        }
        if (column.kind() == FieldKind::service) {
            const auto cells = column.cells<ServiceIndex>().subspan(begin);
            for (std::size_t i = 0; i < rows.size(); ++i)
                cells[i] = service_of_cell(rows[i].row, offset);
            return;
        }
        switch (cell_width(column.kind())) {
        case 4:
            return copy_cells<4>(column, offset, begin, rows);
        case 2:
            return copy_cells<2>(column, offset, begin, rows);
        case 1:
            return copy_cells<1>(column, offset, begin, rows);
        default:
            return;
        }
    }

    template <std::size_t width>
    static void copy_cells(Column& column, std::uint16_t offset, std::size_t begin,
                           std::span<const RowRef> rows) {
        std::byte* to = column.raw().data() + begin * width;
        for (const RowRef& ref : rows) {
            std::memcpy(to, ref.row.cell(offset), width);
            to += width;
        }
    }

    TextRef chunk_text(const RawRow& row, std::uint16_t offset) {
        const auto ref = row.get<TextRef>(offset);
        if (!ref.has_value()) return ref;
        const std::uint16_t thread = row.head().thread;
        TextRef& known = m_texts[thread][*ref - 1];
        if (!known.has_value()) {
            const std::string_view text = m_reading.threads[thread]->texts[*ref - 1];
            known = TextRef{m_chunk_texts.number_of(text) + std::size_t{1}};
            if (*known == m_chunk.texts.size()) m_chunk.texts.push_back(text);
        }
        return known;
    }

    /// clients.csv: exactly one row for every client. Rows that differ keep what they agree on.
    void one_row_a_client(OrderedRows& ordered) {
        const RowLayout& layout = m_schema.layout(TableKind::clients);
        OrderedRows result;
        m_client_rows.reserve(m_chunk.client_count());
        for (std::size_t c = 0; c < m_chunk.client_count(); ++c) {
            const auto rows = ordered.of(c);
            result.first_row.push_back(static_cast<std::uint32_t>(c));
            if (rows.size() == 1) {
                result.rows.push_back(rows.front());
                continue;
            }
            auto& bytes = m_client_rows.emplace_back(layout.nothing);
            if (!rows.empty()) agree(rows, bytes);
            result.rows.push_back({std::uint64_t{c} << 32, RawRow(bytes.data())});
        }
        result.first_row.push_back(static_cast<std::uint32_t>(m_chunk.client_count()));
        ordered = std::move(result);
    }

    void agree(std::span<const RowRef> rows, std::vector<std::byte>& bytes) {
        const RowLayout& layout = m_schema.layout(TableKind::clients);
        const auto fields = m_schema.fields(TableKind::clients);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const std::size_t width = cell_width(fields[i].kind);
            const std::byte* const nothing = layout.nothing.data() + layout.offsets[i];
            const std::byte* value = nothing;
            bool differ = false;
            for (const RowRef& ref : rows) {
                const std::byte* const cell = ref.row.cell(layout.offsets[i]);
                if (std::memcmp(cell, nothing, width) == 0) continue;
                differ |= value != nothing && std::memcmp(cell, value, width) != 0;
                value = cell;
            }
            if (!differ) std::memcpy(bytes.data() + layout.offsets[i], value, width);
        }
        std::vector<std::pair<std::uint8_t, std::uint32_t>> places;
        for (const RowRef& ref : rows)
            places.emplace_back(ref.row.head().report, ref.row.head().line);
        std::ranges::sort(places);
        for (std::size_t i = 1; i < places.size(); ++i)
            m_findings.issues.push_back({Rule::client_conflicting, places[i].first,
                                         m_reading.reports[places[i].first].columns[0], places[i].second});
    }

    const Schema& m_schema;
    const Reading& m_reading;
    std::size_t m_first, m_last;
    Slab& m_memory;
    AssemblyFindings& m_findings;
    Chunk m_chunk;
    ChunkRows& m_rows;
    std::vector<std::vector<std::uint32_t>>
        m_places;                               ///< by thread and its client number: the client of the chunk
    std::vector<std::vector<TextRef>> m_texts;  ///< by thread and its text number: the text of the chunk
    Dictionary m_chunk_texts;
    std::vector<std::vector<std::byte>> m_client_rows;
};

}  // namespace

Chunk ChunkAssembler::assemble(std::size_t first_partition, std::size_t last_partition, ChunkRows& scratch,
                               Slab& memory, AssemblyFindings& findings) const {
    return Assembly(m_schema, m_reading, first_partition, last_partition, scratch, memory, findings)
        .assemble();
}

}  // namespace optimat
