#pragma once
// Mappings: how a foreign export becomes the contract. A TOML file says which column of which file is which
// field, and which code is which value; never code. docs/mappings.md teaches the format,
// definitions/mappings/ ships two.

#include "model/field.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// How dates are written in a file.
enum class DateForm : std::uint8_t { year_month_day, day_month_year_slashes, compact };

/// Which part of a source cell a field takes.
enum class SourcePart : std::uint8_t { whole, year };

/// Where a field's value comes from: a constant, or columns whose cells are joined, with codes translated.
struct FieldSource {
    std::vector<std::string> columns;  ///< empty for a constant
    std::string joined_by = "-";       ///< between the cells of several columns
    SourcePart part = SourcePart::whole;
    std::map<std::string, std::string, std::less<>> codes;  ///< source text to the contract's text
    std::optional<std::string>
        otherwise;  ///< the contract's text for a recorded value that `codes` does not list
    std::optional<std::string> constant;
};

/// Whether a row that stands more than once for this table is worth a warning.
enum class Repeats : std::uint8_t { reported, expected };

/// One table of the contract that a file fills.
struct TableMapping {
    std::string table;        ///< `clients`, `services`, …
    std::string when_column;  ///< rows count for this table only if this cell is recorded; empty: all rows do
    std::vector<std::string> when_values;  ///< if not empty: only if it is one of these
    Repeats repeats = Repeats::reported;
    std::map<std::string, FieldSource, std::less<>> fields;  ///< by the contract's field name
};

struct FileMapping {
    std::string file;
    DateForm date_form = DateForm::year_month_day;
    std::vector<std::string> not_recorded;  ///< texts that mean not recorded, beside the empty cell and NA
    std::vector<std::string> discard;       ///< columns never read, shown or stored
    std::vector<TableMapping> tables;
};

struct Mapping {
    std::string name, version, source;
    std::vector<FileMapping> files;

    /// The mapping of a file, or null when the file is native.
    const FileMapping* of_file(std::string_view file) const;
};

/// Reads a mapping. `origin` names it in messages. Throws DefinitionError with the line for anything it does
/// not know: a misspelt key, a table or field that the contract has not, a code that its list has not.
Mapping parse_mapping(std::string_view toml, const std::string& origin);

}  // namespace optimat
