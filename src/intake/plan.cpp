#include "intake/plan.hpp"

#include "base/error.hpp"
#include "intake/contract.hpp"
#include "model/table.hpp"

#include <algorithm>
#include <cstring>
#include <fmt/format.h>

namespace optimat {

namespace {

/// The bytes of a cell that holds nothing.
void write_nothing(FieldKind kind, std::byte* at) {
    const auto put = [&](auto cell) { std::memcpy(at, &cell, sizeof cell); };
    switch (kind) {
    case FieldKind::day:
        return put(OptionalDay{});
    case FieldKind::dose:
        return put(OptionalDose{});
    case FieldKind::text:
        return put(TextRef{});
    case FieldKind::service:
        return put(ServiceIndex{});
    case FieldKind::count:
        return put(OptionalCount{});
    case FieldKind::code:
    case FieldKind::flag:
        return put(std::uint8_t{0});
    case FieldKind::client:
    case FieldKind::record:
        return;
    }
}

/// Plans the tables of one file.
class Planner {
  public:
    Planner(const Schema& schema, const std::string& file, const std::vector<std::string>& header,
            const FileMapping* mapping)
        : m_schema(schema),
          m_file(file),
          m_header(header),
          m_mapping(mapping),
          m_used(header.size(), false) {}

    FilePlan plan() {
        FilePlan plan;
        plan.file = m_file;
        plan.column_count = m_header.size();
        if (m_mapping != nullptr) {
            plan.date_form = m_mapping->date_form;
            plan.not_recorded = m_mapping->not_recorded;
        }
        plan.discarded_columns = set_aside_discarded();
        refuse_identifying();
        if (m_mapping == nullptr) {
            plan.tables.push_back(native_table(m_file.substr(0, m_file.size() - 4)));
        } else {
            for (const TableMapping& table : m_mapping->tables)
                plan.tables.push_back(mapped_table(table));
        }
        for (std::size_t i = 0; i < m_header.size(); ++i)
            if (!m_used[i]) plan.unknown_columns.push_back(m_header[i]);
        for (TablePlan& table : plan.tables)
            for (FieldPlan& field : table.fields)
                field.memory = static_cast<std::uint16_t>(plan.memories++);
        return plan;
    }

  private:
    [[noreturn]] void refuse(const std::string& why) const {
        throw InputError(fmt::format("{}: {}", m_file, why));
    }

    std::size_t set_aside_discarded() {
        if (m_mapping == nullptr) return 0;
        std::size_t count = 0;
        for (std::size_t i = 0; i < m_header.size(); ++i) {
            if (std::ranges::find(m_mapping->discard, m_header[i]) == m_mapping->discard.end()) continue;
            m_used[i] = true;
            ++count;
        }
        return count;
    }

    /// A birth date that the mapping reduces to its year while reading is allowed; nothing else that
    /// identifies is.
    bool reduced_to_year(const std::string& column) const {
        if (m_mapping == nullptr) return false;
        bool reduced = false;
        for (const TableMapping& table : m_mapping->tables) {
            for (const auto& [field, source] : table.fields) {
                if (std::ranges::find(source.columns, column) == source.columns.end()) continue;
                if (source.part != SourcePart::year) return false;
                reduced = true;
            }
        }
        return reduced;
    }

    void refuse_identifying() const {
        for (std::size_t i = 0; i < m_header.size(); ++i) {
            if (m_used[i] || !identifies_a_person(m_header[i]) || reduced_to_year(m_header[i])) continue;
            refuse(fmt::format(
                "line 1: the column '{}' looks like something that identifies a person (a name, number, "
                "birth date or postcode). Optimat does not read such data. Export without the column, "
                "or use a mapping that lists it under discard",
                m_header[i]));
        }
    }

    std::uint16_t find_column(std::string_view name) {
        std::uint16_t found = no_column;
        for (std::size_t i = 0; i < m_header.size(); ++i) {
            if (m_header[i] != name) continue;
            if (found != no_column) refuse(fmt::format("line 1: the column '{}' stands twice", name));
            found = static_cast<std::uint16_t>(i);
            m_used[i] = true;
        }
        return found;
    }

    TablePlan empty_table(const std::string& table) const {
        TablePlan plan;
        plan.table = table;
        plan.kind = table_of_name(table);
        if (plan.kind) plan.layout = &m_schema.layout(*plan.kind);
        return plan;
    }

    std::span<const Field> fields_of_plan(const TablePlan& plan) const {
        return plan.kind ? m_schema.fields(*plan.kind) : service_fields();
    }

    FieldPlan field_plan(const TablePlan& table, std::size_t index) const {
        const Field& field = fields_of_plan(table)[index];
        FieldPlan plan{};
        plan.field = static_cast<std::uint8_t>(index);
        plan.kind = field.kind;
        plan.required = field.required;
        plan.offset = table.layout == nullptr ? std::uint16_t{0} : table.layout->offsets[index];
        plan.width = static_cast<std::uint8_t>(cell_width(field.kind));
        plan.remembers = field.kind == FieldKind::code || field.kind == FieldKind::service ||
                         field.kind == FieldKind::text || field.kind == FieldKind::dose;
        plan.column = no_column;
        plan.minimum = field.minimum;
        plan.maximum = field.maximum;
        plan.code_list = field.codes;
        if (field.codes != nullptr) plan.codes = &m_schema.codes(*field.codes);
        return plan;
    }

    static void place(TablePlan& table, FieldPlan plan) {
        if (plan.kind == FieldKind::client)
            table.client = std::move(plan);
        else if (plan.kind == FieldKind::record && table.kind)
            table.record = std::move(plan);
        else
            table.fields.push_back(std::move(plan));
    }

    TablePlan native_table(const std::string& name) {
        TablePlan table = empty_table(name);
        const auto fields = fields_of_plan(table);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            FieldPlan plan = field_plan(table, i);
            plan.column = find_column(fields[i].name);
            if (plan.column != no_column) {
                place(table, std::move(plan));
            } else if (fields[i].required == Required::yes) {
                refuse(fmt::format("line 1: the required column '{}' is missing; {}", fields[i].name,
                                   found_columns()));
            }
        }
        if (table.kind == TableKind::prescriptions) {
            table.ml_column = find_column("daily_dose_ml");
            table.strength_column = find_column("strength_mg_per_ml");
        }
        return table;
    }

    /// What the header has, for a message: only names that the contract or the mapping knows. In a file
    /// without a header line the rest would be a person's cells.
    std::string found_columns() const {
        std::vector<std::string> known;
        for (const std::string& column : m_header)
            if (is_known(column)) known.push_back(column);
        const std::string count =
            fmt::format("the header has {} column{}", m_header.size(), m_header.size() == 1 ? "" : "s");
        if (known.empty())
            return count + ", none of them known; check that the first line holds the columns' names";
        return fmt::format("{}, of which known: {}", count, fmt::join(known, ", "));
    }

    bool is_known(const std::string& column) const {
        if (m_mapping == nullptr)
            return contract_field(m_file.substr(0, m_file.size() - 4), column) != nullptr;
        return std::ranges::any_of(m_mapping->tables, [&](const TableMapping& table) {
            return table.when_column == column || std::ranges::any_of(table.fields, [&](const auto& field) {
                       return std::ranges::find(field.second.columns, column) != field.second.columns.end();
                   });
        });
    }

    TablePlan mapped_table(const TableMapping& mapping) {
        TablePlan table = empty_table(mapping.table);
        table.repeats = mapping.repeats;
        table.when_values = mapping.when_values;
        if (!mapping.when_column.empty()) table.when_column = mapped_column(mapping.when_column);
        const auto fields = fields_of_plan(table);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const auto source = mapping.fields.find(fields[i].name);
            if (source != mapping.fields.end()) {
                place(table, mapped_field(field_plan(table, i), source->second));
            } else if (fields[i].required == Required::yes) {
                refuse(fmt::format("the mapping gives no column for '{}', which {} requires", fields[i].name,
                                   mapping.table));
            }
        }
        for (const auto& [name, source] : mapping.fields) {
            if (name == "daily_dose_ml") table.ml_column = mapped_column(source.columns.at(0));
            if (name == "strength_mg_per_ml") table.strength_column = mapped_column(source.columns.at(0));
        }
        return table;
    }

    std::uint16_t mapped_column(const std::string& name) {
        const std::uint16_t column = find_column(name);
        if (column == no_column)
            refuse(fmt::format("line 1: the mapping wants the column '{}', which is missing; {}", name,
                               found_columns()));
        return column;
    }

    FieldPlan mapped_field(FieldPlan plan, const FieldSource& source) {
        for (const std::string& name : source.columns)
            plan.columns.push_back(mapped_column(name));
        if (!plan.columns.empty()) plan.column = plan.columns.front();
        const bool plain = plan.columns.size() == 1 && source.codes.empty() &&
                           source.part == SourcePart::whole && !source.otherwise;
        if (!plain) plan.source = &source;
        return plan;
    }

    const Schema& m_schema;
    const std::string& m_file;
    const std::vector<std::string>& m_header;
    const FileMapping* m_mapping;
    std::vector<bool> m_used;
};

}  // namespace

RowLayout::RowLayout(std::span<const Field> fields) : offsets(fields.size(), 0) {
    std::size_t at = sizeof(RowHead);
    for (const std::size_t width : {std::size_t{4}, std::size_t{2}, std::size_t{1}}) {
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (cell_width(fields[i].kind) != width) continue;
            offsets[i] = static_cast<std::uint16_t>(at);
            at += width;
        }
    }
    nothing.resize((at + 3) / 4 * 4);
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (cell_width(fields[i].kind) != 0) write_nothing(fields[i].kind, nothing.data() + offsets[i]);
}

Schema::Schema(std::vector<std::string> inventory_items) : m_items(std::move(inventory_items)) {
    for (std::size_t i = 0; i < table_count; ++i) {
        const auto kind = static_cast<TableKind>(i);
        const auto fixed = fields_of(kind);
        m_fields[i].assign(fixed.begin(), fixed.end());
        if (kind == TableKind::ascis)
            for (const std::string& item : m_items)
                m_fields[i].push_back({item, FieldKind::flag});
        m_layouts.emplace_back(m_fields[i]);
        for (const Field& field : m_fields[i])
            if (field.codes != nullptr && !m_codes.contains(field.codes))
                m_codes.emplace(field.codes, std::make_unique<CodeReader>(*field.codes));
    }
    m_codes.emplace(&codes::service_kind, std::make_unique<CodeReader>(codes::service_kind));
}

FilePlan plan_file(const Schema& schema, const std::string& file, const std::vector<std::string>& header,
                   const FileMapping* mapping) {
    if (header.size() >= no_column)
        throw InputError(fmt::format(
            "{}: line 1: the header has {} columns; this does not look like an export", file, header.size()));
    return Planner(schema, file, header, mapping).plan();
}

}  // namespace optimat
