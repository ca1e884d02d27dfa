#pragma once
// What to do with each cell of a file: made once from its header, the contract and the mapping, then followed
// for every row. A file has one table plan when it is native, and one a table that it feeds when a mapping
// covers it.

#include "intake/cell.hpp"
#include "intake/mapping.hpp"
#include "model/issue.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

constexpr std::uint16_t no_column = Issue::no_column;

/// Where each field of a table lies in a raw row, and what a row looks like with nothing recorded.
/// A raw row: RowHead, then the cells of four, two and one bytes. Texts and services are places in a thread's
/// dictionary.
struct RowLayout {
    explicit RowLayout(std::span<const Field> fields);
    std::vector<std::uint16_t> offsets;  ///< by field; of client and record fields unused
    std::vector<std::byte> nothing;      ///< the bytes of a row without values
    std::size_t size() const { return nothing.size(); }
};

struct RowHead {
    std::uint32_t client;  ///< place in the thread's client dictionary
    std::uint32_t line;    ///< of the file, where the row begins
    std::uint32_t id_at;   ///< where the record id starts in the partition's id bytes
    std::uint8_t id_size;
    std::uint8_t report;   ///< place in CheckReport::files
    std::uint16_t thread;  ///< whose dictionaries and id bytes the row refers to
};

/// One field of one table of one file.
struct FieldPlan {
    std::uint8_t field;
    FieldKind kind;
    Required required;
    std::uint16_t offset;
    std::uint16_t column;  ///< of the file; no_column for a constant. With several columns, the first
    std::int16_t minimum, maximum;
    std::uint16_t memory = 0;  ///< a number of its own among the fields of all the file's tables
    std::uint8_t width = 0;    ///< bytes of the cell
    bool remembers = false;    ///< whether equal cells of this kind are likely to follow each other
    const CodeReader* codes = nullptr;
    const CodeList* code_list = nullptr;
    const FieldSource* source = nullptr;  ///< set when the value needs more than the cell as it stands
    std::vector<std::uint16_t> columns;   ///< of a source with several columns
};

struct TablePlan {
    std::string table;
    std::optional<TableKind> kind;  ///< none: services
    std::uint8_t report = 0;        ///< place in CheckReport::files
    Repeats repeats = Repeats::reported;
    std::uint16_t when_column = no_column;
    std::vector<std::string> when_values;
    FieldPlan client;  ///< tables of clients only
    std::optional<FieldPlan> record;
    std::vector<FieldPlan> fields;                                     ///< all others that the file has
    std::uint16_t ml_column = no_column, strength_column = no_column;  ///< of prescriptions
    const RowLayout* layout = nullptr;
};

struct FilePlan {
    std::string file;
    std::size_t column_count = 0;
    DateForm date_form = DateForm::year_month_day;
    std::vector<std::string> not_recorded;
    std::vector<TablePlan> tables;
    std::vector<std::string> unknown_columns;
    std::size_t discarded_columns = 0;
    std::size_t memories = 0;  ///< how many FieldPlan::memory there are
};

/// The schema that an extract is read with: the contract's tables, with the inventory's items behind the
/// fields of ascis.
class Schema {
  public:
    explicit Schema(std::vector<std::string> inventory_items);
    std::span<const Field> fields(TableKind kind) const { return m_fields[index_of(kind)]; }
    const RowLayout& layout(TableKind kind) const { return m_layouts[index_of(kind)]; }
    const CodeReader& codes(const CodeList& list) const { return *m_codes.at(&list); }
    const std::vector<std::string>& inventory_items() const { return m_items; }

  private:
    std::vector<std::string> m_items;
    std::array<std::vector<Field>, table_count> m_fields;
    std::vector<RowLayout> m_layouts;
    std::map<const CodeList*, std::unique_ptr<CodeReader>> m_codes;
};

/// Plans a file. Throws InputError, naming file and column, when a required column is missing, a column
/// stands twice, or a column would identify people and the mapping does not discard it.
FilePlan plan_file(const Schema& schema, const std::string& file, const std::vector<std::string>& header,
                   const FileMapping* mapping);

}  // namespace optimat
