#include "outcome/row_changes.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

namespace optimat {

namespace {

/// How the cells of two rows compare.
enum class RowRelation { same, completed, changed };

/// A cell as bytes or text that mean the same in every extract; empty: not recorded.
using CellText = std::string_view;

/// The rows of one client in one table of one extract.
class ClientRows {
  public:
    ClientRows(const Extract& extract, ClientPlace client, TableKind kind, Day as_at)
        : m_extract(extract),
          m_chunk(extract.chunks[client.chunk]),
          m_kind(kind),
          m_table(m_chunk.table(kind)),
          m_rows(m_table.rows_of(client.client)),
          m_as_at(as_at) {}

    RowRange rows() const { return m_rows; }
    bool has_ids() const { return m_table.record_ids.size() == m_table.row_count && m_table.row_count != 0; }
    std::string_view id(std::uint32_t row) const { return m_table.record_ids[row]; }

    /// Whether the row has anything to say about the day.
    bool counts(std::uint32_t row) const {
        const OrderField order = order_field(m_kind);
        if (!order.present) return true;
        const std::int32_t day = number(order.index, row);
        return day != missing_number && day <= m_as_at.number;
    }
    std::int32_t day(std::uint32_t row) const {
        const OrderField order = order_field(m_kind);
        return order.present ? number(order.index, row) : 0;
    }

    /// A cell of a fixed field.
    CellText cell(std::size_t field, std::uint32_t row) const {
        if (is_end(field) && !has_ended(row)) return {};
        return raw_cell(field, row);
    }
    std::size_t item_count() const { return m_extract.inventory_items.size(); }
    const std::string& item_name(std::size_t item) const { return m_extract.inventory_items[item]; }
    CellText item(std::size_t item, std::uint32_t row) const {
        return raw_cell(fields_of(m_kind).size() + item, row);
    }

  private:
    static constexpr std::int32_t missing_number = std::numeric_limits<std::int32_t>::min();

    template <class Number> Number stored(std::size_t field, std::uint32_t row) const {
        Number value;
        std::memcpy(&value, m_table.columns[field].raw().data() + row * sizeof value, sizeof value);
        return value;
    }
    std::int32_t number(std::size_t field, std::uint32_t row) const {
        return stored<std::int32_t>(field, row);
    }

    bool is_end(std::size_t field) const {
        if (m_kind == TableKind::prescriptions) return field == index_of(PrescriptionField::end_date);
        return m_kind == TableKind::episodes &&
               (field == index_of(EpisodeField::end_date) || field == index_of(EpisodeField::end_reason));
    }
    bool has_ended(std::uint32_t row) const {
        const std::size_t field = m_kind == TableKind::prescriptions ? index_of(PrescriptionField::end_date)
                                                                     : index_of(EpisodeField::end_date);
        const std::int32_t end = number(field, row);
        return end != missing_number && end <= m_as_at.number;
    }

    CellText raw_cell(std::size_t field, std::uint32_t row) const {
        const Column& column = m_table.columns[field];
        const std::size_t width = cell_width(column.kind());
        const auto* const bytes = reinterpret_cast<const char*>(column.raw().data()) + row * width;
        switch (column.kind()) {
        case FieldKind::client:
        case FieldKind::record:
            return {};
        case FieldKind::text: {
            const auto text = stored<TextRef>(field, row);
            return text.has_value() ? m_chunk.texts[*text] : CellText{};
        }
        case FieldKind::service: {
            const auto service = stored<ServiceIndex>(field, row);
            return service.has_value() ? CellText(m_extract.services[*service].service_id) : CellText{};
        }
        case FieldKind::day:
        case FieldKind::dose:
            return number(field, row) == missing_number ? CellText{} : CellText(bytes, width);
        case FieldKind::count:
            return stored<OptionalCount>(field, row).has_value() ? CellText(bytes, width) : CellText{};
        case FieldKind::code:
        case FieldKind::flag:
            return *bytes == 0 ? CellText{} : CellText(bytes, width);
        }
        return {};
    }

    const Extract& m_extract;
    const Chunk& m_chunk;
    TableKind m_kind;
    const Table& m_table;
    RowRange m_rows;
    Day m_as_at;
};

class RelationOfCells {
  public:
    void add(CellText then, CellText now) {
        if (then == now) return;
        m_relation = then.empty() && m_relation != RowRelation::changed ? RowRelation::completed
                                                                        : RowRelation::changed;
    }
    RowRelation relation() const { return m_relation; }

  private:
    RowRelation m_relation = RowRelation::same;
};

RowRelation relation_of(TableKind kind, const ClientRows& then, std::uint32_t row_then, const ClientRows& now,
                        std::uint32_t row_now) {
    RelationOfCells cells;
    for (std::size_t field = 0; field < fields_of(kind).size(); ++field)
        cells.add(then.cell(field, row_then), now.cell(field, row_now));
    if (kind != TableKind::ascis) return cells.relation();
    // An item that only one of the extracts has comes from another inventory, not from this row.
    for (std::size_t item = 0; item < then.item_count(); ++item)
        for (std::size_t other = 0; other < now.item_count(); ++other)
            if (then.item_name(item) == now.item_name(other))
                cells.add(then.item(item, row_then), now.item(other, row_now));
    return cells.relation();
}

void count(RowRelation relation, RowChanges& changes) {
    changes.completed += relation == RowRelation::completed;
    changes.changed += relation == RowRelation::changed;
}

/// Rows with ids: each is compared with the one of its id, whenever that is dated.
RowChanges compare_by_id(TableKind kind, const ClientRows& then, const ClientRows& now) {
    const auto by_id = [](const ClientRows& rows) {
        std::vector<std::uint32_t> order;
        for (std::uint32_t row = rows.rows().begin; row < rows.rows().end; ++row)
            order.push_back(row);
        std::ranges::sort(order, {}, [&](std::uint32_t row) { return rows.id(row); });
        return order;
    };
    const auto rows_then = by_id(then), rows_now = by_id(now);
    RowChanges changes;
    auto old = rows_then.begin();
    auto young = rows_now.begin();
    while (old != rows_then.end() || young != rows_now.end()) {
        if (young == rows_now.end() || (old != rows_then.end() && then.id(*old) < now.id(*young))) {
            changes.removed += then.counts(*old++);
        } else if (old == rows_then.end() || now.id(*young) < then.id(*old)) {
            changes.added += now.counts(*young++);
        } else {
            if (then.counts(*old) || now.counts(*young))
                count(relation_of(kind, then, *old, now, *young), changes);
            ++old;
            ++young;
        }
    }
    return changes;
}

/// Rows that say the same are the same; of the others, those of one day with each other are one that was
/// completed or changed. A clients row is the client's only one.
RowChanges compare_by_content(TableKind kind, const ClientRows& then, const ClientRows& now) {
    const auto counted = [](const ClientRows& rows) {
        std::vector<std::uint32_t> list;
        for (std::uint32_t row = rows.rows().begin; row < rows.rows().end; ++row)
            if (rows.counts(row)) list.push_back(row);
        return list;
    };
    std::vector<std::uint32_t> rows_then = counted(then), rows_now = counted(now);
    RowChanges changes;
    for (const RowRelation wanted : {RowRelation::same, RowRelation::completed, RowRelation::changed})
        std::erase_if(rows_then, [&](std::uint32_t old) {
            const auto found = std::ranges::find_if(rows_now, [&](std::uint32_t young) {
                return then.day(old) == now.day(young) && relation_of(kind, then, old, now, young) == wanted;
            });
            if (found == rows_now.end()) return false;
            rows_now.erase(found);
            count(wanted, changes);
            return true;
        });
    changes.removed = static_cast<std::uint32_t>(rows_then.size());
    changes.added = static_cast<std::uint32_t>(rows_now.size());
    return changes;
}

RowChanges compare_table(TableKind kind, const ClientRows& then, const ClientRows& now) {
    if (then.rows().empty() && now.rows().empty()) return {};
    const bool ids = (then.rows().empty() || then.has_ids()) && (now.rows().empty() || now.has_ids());
    return ids ? compare_by_id(kind, then, now) : compare_by_content(kind, then, now);
}

std::uint32_t rows_that_count(const ClientRows& rows) {
    std::uint32_t number = 0;
    for (std::uint32_t row = rows.rows().begin; row < rows.rows().end; ++row)
        number += rows.counts(row);
    return number;
}

}  // namespace

ChangeKind ClientChanges::kind() const {
    ChangeKind kind = ChangeKind::none;
    for (const RowChanges& table : tables) {
        if (table.changed != 0 || table.removed != 0) return ChangeKind::correction;
        if (table.added != 0 || table.completed != 0) kind = ChangeKind::late_data;
    }
    return kind;
}

ClientChanges compare_rows(const Extract& then, std::optional<ClientPlace> client_then, const Extract& now,
                           std::optional<ClientPlace> client_now, Day as_at) {
    ClientChanges changes;
    for (std::size_t i = 0; i < table_count; ++i) {
        const auto kind = static_cast<TableKind>(i);
        if (client_then && client_now)
            changes.tables[i] = compare_table(kind, ClientRows(then, *client_then, kind, as_at),
                                              ClientRows(now, *client_now, kind, as_at));
        else if (client_then)
            changes.tables[i].removed = rows_that_count(ClientRows(then, *client_then, kind, as_at));
        else if (client_now)
            changes.tables[i].added = rows_that_count(ClientRows(now, *client_now, kind, as_at));
    }
    return changes;
}

}  // namespace optimat
