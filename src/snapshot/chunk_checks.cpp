#include "snapshot/chunk_checks.hpp"

#include "snapshot/byte_stream.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

/// Where the cells stand, for messages.
struct Place {
    TableKind table;
    const Field& field;
};

[[noreturn]] void throw_wrong_cell(const Place& place) {
    throw_damaged(
        fmt::format("{}.{} holds a cell that cannot be", table_name(place.table), place.field.name));
}

/// Every cell is looked at without a way out on the first wrong one, so that the loop runs at the speed of
/// memory.
template <class Cell, class IsRight>
void check_cells(const Column& column, const Place& place, IsRight is_right) {
    bool right = true;
    for (const Cell cell : column.cells<Cell>())
        right &= is_right(cell);
    if (!right) throw_wrong_cell(place);
}

void check_days(const Column& column, const Place& place) {
    const bool optional = place.field.required == Required::no;
    check_cells<OptionalDay>(column, place, [optional](OptionalDay day) {
        if (!day) return optional;
        return *day >= first_readable_day && *day <= last_readable_day;
    });
}

void check_codes(const Column& column, const Place& place) {
    const std::size_t first = place.field.required == Required::yes ? 1 : 0;
    const std::size_t count = place.field.codes->texts.size();
    bool right = true;
    for (const std::byte cell : column.raw()) {
        const auto value = std::to_integer<std::size_t>(cell);
        right &= value >= first && value < count;
    }
    if (!right) throw_wrong_cell(place);
}

void check_counts(const Column& column, const Place& place) {
    const Field& field = place.field;
    check_cells<OptionalCount>(column, place, [&field](OptionalCount count) {
        return !count || (*count >= field.minimum && *count <= field.maximum);
    });
}

void check_column(const Column& column, const Place& place, std::size_t texts, std::size_t services) {
    switch (place.field.kind) {
    case FieldKind::client:
    case FieldKind::record:
        return;
    case FieldKind::day:
        return check_days(column, place);
    case FieldKind::code:
        return check_codes(column, place);
    case FieldKind::count:
        return check_counts(column, place);
    case FieldKind::flag:
        return check_cells<Flag>(column, place, [](Flag flag) { return flag <= Flag::yes; });
    case FieldKind::dose:
        return check_cells<OptionalDose>(column, place, [](OptionalDose dose) {
            return !dose || (*dose >= Micrograms{0} && *dose <= largest_dose);
        });
    case FieldKind::text:
        return check_cells<TextRef>(column, place, [texts](TextRef text) { return *text < texts; });
    case FieldKind::service: {
        const bool optional = place.field.required == Required::no;
        return check_cells<ServiceIndex>(column, place, [=](ServiceIndex service) {
            return service.has_value() ? *service < services : optional;
        });
    }
    }
}

void check_first_rows(const Table& table, TableKind kind) {
    const auto& first = table.first_row;
    if (first.front() != 0 || first.back() != table.row_count || !std::ranges::is_sorted(first))
        throw_damaged(fmt::format("the rows of {} do not belong to its clients", table_name(kind)));
    if (kind != TableKind::clients) return;
    for (std::size_t client = 0; client < first.size(); ++client)
        if (first[client] != client) throw_damaged("a client has not one row of clients");
}

/// Rows of a client: by day, those of a day by record id.
void check_row_order(const Table& table, TableKind kind) {
    const OrderField order = order_field(kind);
    if (!order.present) return;
    const auto days = table.columns[order.index].cells<Day>();
    const bool ids = table.record_ids.size() != 0;
    for (std::size_t client = 0; client + 1 < table.first_row.size(); ++client) {
        const RowRange rows = table.rows_of(client);
        for (std::size_t row = std::size_t{rows.begin} + 1; row < rows.end; ++row) {
            const bool same_day = days[row] == days[row - 1];
            if (days[row] < days[row - 1] ||
                (same_day && ids && table.record_ids[row] < table.record_ids[row - 1]))
                throw_damaged(fmt::format("the rows of {} are not in order", table_name(kind)));
        }
    }
}

void check_clients(const Chunk& chunk) {
    for (std::size_t client = 1; client < chunk.client_count(); ++client)
        if (chunk.client_id(client - 1) >= chunk.client_id(client))
            throw_damaged("its clients are not in order");
    for (const Flag listed : chunk.listed)
        if (listed != Flag::yes && listed != Flag::no) throw_damaged("a client is neither listed nor not");
}

}  // namespace

std::vector<Field> stored_fields(TableKind kind, std::size_t inventory_items) {
    const auto fixed = fields_of(kind);
    std::vector<Field> fields(fixed.begin(), fixed.end());
    if (kind == TableKind::ascis)
        fields.resize(fields.size() + inventory_items, Field{"an item", FieldKind::flag});
    return fields;
}

void check_chunk(const Chunk& chunk, std::size_t inventory_items, std::size_t service_count) {
    if (chunk.texts.size() == 0 || !chunk.texts[0].empty())
        throw_damaged("its texts do not begin with the empty one");
    check_clients(chunk);
    for (std::size_t i = 0; i < table_count; ++i) {
        const auto kind = static_cast<TableKind>(i);
        const Table& table = chunk.table(kind);
        const auto fields = stored_fields(kind, inventory_items);
        check_first_rows(table, kind);
        for (std::size_t field = 0; field < fields.size(); ++field)
            check_column(table.columns[field], {kind, fields[field]}, chunk.texts.size(), service_count);
        check_row_order(table, kind);
    }
}

}  // namespace optimat
