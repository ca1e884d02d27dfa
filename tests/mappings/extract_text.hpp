#pragma once
// An extract as lines of text, one a cell that is recorded: what two extracts are compared by, and what is
// searched for values that must not be in memory.

#include "model/extract.hpp"

#include <string>
#include <vector>

namespace optimat {

inline std::string cell_text(const Extract& extract, const Chunk& chunk, const Field& field,
                             const Column& column, std::size_t row) {
    switch (field.kind) {
    case FieldKind::day: {
        const OptionalDay day = column.cells<OptionalDay>()[row];
        return day ? to_text(*day) : "";
    }
    case FieldKind::dose: {
        const OptionalDose dose = column.cells<OptionalDose>()[row];
        return dose ? milligram_text(*dose) : "";
    }
    case FieldKind::text:
        return std::string(chunk.texts[*column.cells<TextRef>()[row]]);
    case FieldKind::service: {
        const ServiceIndex service = column.cells<ServiceIndex>()[row];
        return service.has_value() ? extract.services.at(*service).service_id : "";
    }
    case FieldKind::count: {
        const OptionalCount count = column.cells<OptionalCount>()[row];
        return count ? std::to_string(*count) : "";
    }
    case FieldKind::code:
        return std::string(field.codes->texts[static_cast<std::size_t>(column.raw()[row])]);
    case FieldKind::flag: {
        const Flag flag = column.cells<Flag>()[row];
        return flag == Flag::yes ? "true" : flag == Flag::no ? "false" : "";
    }
    case FieldKind::client:
    case FieldKind::record:
        return "";
    }
    return "";
}

inline std::vector<Field> fields_with_items(const Extract& extract, TableKind kind) {
    std::vector<Field> fields(fields_of(kind).begin(), fields_of(kind).end());
    if (kind == TableKind::ascis)
        for (const std::string& item : extract.inventory_items)
            fields.push_back({item, FieldKind::flag});
    return fields;
}

inline void append_rows(const Extract& extract, const Chunk& chunk, std::size_t client, TableKind kind,
                        std::vector<std::string>& lines) {
    const Table& table = chunk.table(kind);
    const auto fields = fields_with_items(extract, kind);
    const RowRange rows = table.rows_of(client);
    for (std::uint32_t row = rows.begin; row < rows.end; ++row) {
        std::string place = std::string(chunk.client_ids[client]) + " " + std::string(table_name(kind));
        if (table.record_ids.size() != 0) place += " " + std::string(table.record_ids[row]);
        lines.push_back(place);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const std::string text = cell_text(extract, chunk, fields[i], table.columns[i], row);
            if (!text.empty()) lines.push_back(place + " " + std::string(fields[i].name) + " = " + text);
        }
    }
}

inline void append_service(const Service& service, std::vector<std::string>& lines) {
    const auto add = [&](std::string_view field, const std::string& text) {
        if (!text.empty())
            lines.push_back("service " + service.service_id + " " + std::string(field) + " = " + text);
    };
    const auto day = [](OptionalDay value) { return value ? to_text(*value) : std::string{}; };
    lines.push_back("service " + service.service_id + (service.listed ? "" : " (not listed)"));
    add("name", service.name);
    add("region", service.region);
    add("area", service.area);
    add("kind", std::string(codes::service_kind.texts[static_cast<std::size_t>(service.kind)]));
    add("prescribing_from", day(service.prescribing_from));
    add("opened", day(service.opened));
    add("closed", day(service.closed));
    add("merged_into", service.merged_into);
    add("peer_group", service.peer_group);
}

/// Every recorded cell of the extract, services first, then clients chunk by chunk.
inline std::vector<std::string> lines_of(const Extract& extract) {
    std::vector<std::string> lines = {extract.organisation + " " + to_text(extract.covers_from) + " " +
                                      to_text(extract.covers_to)};
    for (const Service& service : extract.services)
        append_service(service, lines);
    for (const Chunk& chunk : extract.chunks) {
        for (std::size_t client = 0; client < chunk.client_count(); ++client) {
            lines.push_back(std::string(chunk.client_ids[client]) +
                            (chunk.listed[client] == Flag::yes ? " listed" : " not listed") +
                            ", refused records: " + std::to_string(chunk.refused_records[client]));
            for (std::size_t i = 0; i < table_count; ++i)
                append_rows(extract, chunk, client, static_cast<TableKind>(i), lines);
        }
    }
    return lines;
}

/// The texts of all chunks, whether a cell refers to them or not.
inline std::string all_bytes(const Extract& extract) {
    std::string bytes;
    for (const Chunk& chunk : extract.chunks) {
        bytes += chunk.texts.bytes() + chunk.client_ids.bytes();
        for (const Table& table : chunk.tables)
            bytes += table.record_ids.bytes();
    }
    return bytes;
}

}  // namespace optimat
