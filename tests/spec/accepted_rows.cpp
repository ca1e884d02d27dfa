#include "accepted_rows.hpp"

#include "intake/contract.hpp"

namespace optimat::spec {

namespace {

std::string flag_text(Flag flag) { return flag == Flag::yes ? "true" : flag == Flag::no ? "false" : ""; }

std::string day_text(OptionalDay day) { return day ? to_text(*day) : ""; }

/// Reads one chunk's table cell by cell.
class TableTexts {
  public:
    TableTexts(const Extract& extract, const Chunk& chunk, TableKind kind)
        : m_extract(extract),
          m_chunk(chunk),
          m_kind(kind),
          m_table(chunk.table(kind)),
          m_fields(fields_of(kind)) {}

    void append(ResultTable& result) const {
        for (std::size_t client = 0; client < m_chunk.client_count(); ++client) {
            const RowRange rows = m_table.rows_of(client);
            for (std::uint32_t row = rows.begin; row < rows.end; ++row)
                result.rows.push_back(row_texts(client, row));
        }
    }

  private:
    std::vector<std::string> row_texts(std::size_t client, std::uint32_t row) const {
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < m_fields.size(); ++i)
            texts.push_back(cell_text(i, client, row));
        for (std::size_t i = m_fields.size(); i < m_table.columns.size(); ++i)
            texts.push_back(flag_text(m_table.columns[i].cells<Flag>()[row]));
        if (m_kind == TableKind::clients) {
            texts.push_back(flag_text(m_chunk.listed[client]));
            texts.push_back(std::to_string(m_chunk.refused_records[client]));
        }
        return texts;
    }

    std::string cell_text(std::size_t field, std::size_t client, std::uint32_t row) const {
        const Column& column = m_table.columns[field];
        switch (m_fields[field].kind) {
        case FieldKind::client:
            return std::string(m_chunk.client_ids[client]);
        case FieldKind::record:
            return std::string(m_table.record_ids[row]);
        case FieldKind::service: {
            const ServiceIndex service = column.cells<ServiceIndex>()[row];
            return service.has_value() ? m_extract.services[*service].service_id : std::string();
        }
        case FieldKind::day:
            return day_text(column.cells<OptionalDay>()[row]);
        case FieldKind::code:
            return std::string(m_fields[field].codes->texts[static_cast<std::size_t>(column.raw()[row])]);
        case FieldKind::flag:
            return flag_text(column.cells<Flag>()[row]);
        case FieldKind::count: {
            const OptionalCount count = column.cells<OptionalCount>()[row];
            return count ? std::to_string(*count) : "";
        }
        case FieldKind::dose: {
            const OptionalDose dose = column.cells<OptionalDose>()[row];
            return dose ? milligram_text(*dose) : "";
        }
        case FieldKind::text: {
            const TextRef text = column.cells<TextRef>()[row];
            return text.has_value() ? std::string(m_chunk.texts[*text]) : "";
        }
        }
        return {};
    }

    const Extract& m_extract;
    const Chunk& m_chunk;
    TableKind m_kind;
    const Table& m_table;
    std::span<const Field> m_fields;
};

ResultTable accepted_services(const Extract& extract) {
    ResultTable result;
    for (const Field& field : service_fields())
        result.columns.push_back(
            {std::string(field.name), field.name == "service_id" ? ColumnUse::key : ColumnUse::value, {}});
    result.columns.push_back({"listed", ColumnUse::value, {"true", "false"}});
    for (const Service& service : extract.services)
        result.rows.push_back({service.service_id, service.name, service.region, service.area,
                               std::string(text_of(codes::service_kind, service.kind)),
                               day_text(service.prescribing_from), day_text(service.opened),
                               day_text(service.closed), service.merged_into, service.peer_group,
                               service.listed ? "true" : "false"});
    return result;
}

}  // namespace

ResultTable accepted_rows(const Extract& extract, const std::string& table) {
    if (table == services_table) return accepted_services(extract);
    const TableKind kind = *table_of_name(table);
    ResultTable result;
    for (const Field& field : fields_of(kind)) {
        const bool key = field.kind == FieldKind::record || field.kind == FieldKind::client;
        result.columns.push_back(
            {std::string(field.name), key ? ColumnUse::implied_key : ColumnUse::value, {}});
    }
    if (kind == TableKind::ascis)
        for (const std::string& item : extract.inventory_items)
            result.columns.push_back({item, ColumnUse::value, {}});
    if (kind == TableKind::clients) {
        result.columns.push_back({"listed", ColumnUse::value, {"true", "false"}});
        result.columns.push_back({"refused_records", ColumnUse::value, {}});
    }
    for (const Chunk& chunk : extract.chunks)
        TableTexts(extract, chunk, kind).append(result);
    return result;
}

}  // namespace optimat::spec
