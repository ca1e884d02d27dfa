#pragma once
// A table of figures in one form for every way out: a page, CSV, a workbook and JSON take the same cells, so
// that they cannot differ. Numbers stay whole until they are written, and are rounded half up there.

#include "base/day.hpp"
#include "measure/tracker.hpp"
#include "report/states_text.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

/// What a cell holds.
enum class CellKind : std::uint8_t {
    none,        ///< no figure can be: shown as –, empty in files, null in JSON
    hidden,      ///< disclosure control hides it: `[c]` everywhere. Hidden is not zero
    words,       ///< text
    day,         ///< a date
    month,       ///< a reference date: shown as its month, `Oct 2018`; in files the date
    count,       ///< a whole number
    share,       ///< numerator ÷ denominator, 0 to 1: shown as a percentage
    milligrams,  ///< numerator ÷ denominator
    decimal,     ///< numerator ÷ denominator
};

/// How many decimals shares and doses have on pages; files carry more.
constexpr int shown_decimals = 1;

struct DataCell {
    CellKind kind = CellKind::none;
    std::string text;            ///< words
    std::int64_t numerator = 0;  ///< count and day: the number itself
    std::int64_t denominator = 1;
    std::string link;  ///< where a page leads from here; empty: nowhere. Not in files

    static DataCell nothing() { return {}; }
    static DataCell hide() { return {CellKind::hidden, {}, 0, 1, {}}; }
    static DataCell words(std::string text) { return {CellKind::words, std::move(text), 0, 1, {}}; }
    static DataCell of_day(Day day) { return {CellKind::day, {}, day.number, 1, {}}; }
    static DataCell of_month(Day day) { return {CellKind::month, {}, day.number, 1, {}}; }
    static DataCell count(std::int64_t number) { return {CellKind::count, {}, number, 1, {}}; }
    /// Nothing when the denominator is 0.
    static DataCell share(std::int64_t part, std::int64_t whole);
    static DataCell mean(const DoseSum& sum);
    /// A figure that is a fraction by nature (a median, a limit), kept to six decimals.
    static DataCell decimal(std::optional<double> figure, CellKind kind = CellKind::decimal);
    DataCell linked(std::string to) && {
        link = std::move(to);
        return std::move(*this);
    }
    friend bool operator==(const DataCell&, const DataCell&) = default;
};

struct DataColumn {
    std::string id;     ///< `share_of_cohorts`, in CSV and JSON
    std::string words;  ///< for people
    CellKind kind = CellKind::words;
    std::string group;  ///< a heading over neighbouring columns with the same one; empty: none
};

struct DataTable {
    std::string id;     ///< `cohorts`
    std::string title;  ///< for people; says what the figures are of
    std::string note;   ///< under the table: denominators, what is hidden; may be empty
    std::vector<DataColumn> columns;
    std::vector<std::vector<DataCell>> rows;
    std::size_t row_headings = 1;  ///< how many columns at the left name the row
    /// Whether any cell is hidden.
    bool hides_cells() const;
};

/// As a person reads it: `1,234`, `17.8 %`, `72.4`, `31 October 2018`, `–`, `[c]`.
std::string shown_text(const DataCell& cell);
/// As files carry it: `1234`, `0.177606`, `72.412`, `2018-10-31`, empty, `[c]`.
std::string file_text(const DataCell& cell);

/// One table as CSV: the ids of its columns, then its rows, each with the provenance.
void write_table_csv(const DataTable& table, const Provenance& provenance, const TextSink& sink);

/// Tables as JSON: `{"provenance": …, "about": {…}, "tables": {id: {"title", "note", "columns", "rows":
/// [{column: value}]}}}`. Shares are 0 to 1; what cannot be is null; a hidden figure is the text "[c]".
void write_tables_json(const std::vector<DataTable>& tables,
                       const std::vector<std::pair<std::string, std::string>>& about,
                       const Provenance& provenance, const TextSink& sink);

/// Tables as a workbook, a sheet each. Throws OutputError.
void write_tables_workbook(const std::vector<DataTable>& tables, const std::string& title,
                           const Provenance& provenance, Day created, const std::filesystem::path& out);

}  // namespace optimat
