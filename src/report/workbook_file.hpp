#pragma once
// The .xlsx file: libxlsxwriter behind types that own, check and escape. The only files that know the library
// are these and workbook_chart.cpp.

#include "base/day.hpp"
#include "report/workbook_style.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

namespace optimat::workbook {

/// A cell's place; both count from 0.
struct Cell {
    std::uint32_t row = 0;
    std::uint16_t column = 0;
};
/// `$C$3`, and `'Service Data'!$C$3` with a sheet.
std::string address(Cell cell);
std::string address(std::string_view sheet, Cell cell);
/// `'Service Data'!$C$3:$C$9`.
std::string address(std::string_view sheet, Cell first, Cell last);
/// `C3`, for formulas of the same sheet.
std::string relative(Cell cell);

/// What a formula gives: a number, a text, or nothing (shown as an empty cell).
using Value = std::variant<std::monostate, double, std::string>;

/// A formula (without `=`) and what it gives now.
struct Live {
    std::string formula;
    Value value;
};
template <class Number> Value value_of(const std::optional<Number>& number) {
    return number ? Value(static_cast<double>(*number)) : Value();
}

/// A sheet that is being written. Texts are always written as texts, whatever they begin with; a text that a
/// spreadsheet would take for a formula when it is edited also gets the text format.
class Sheet {
  public:
    Sheet(class File& file, lxw_worksheet* sheet, std::string name)
        : m_file(file), m_sheet(sheet), m_name(std::move(name)) {}
    const std::string& name() const { return m_name; }
    lxw_worksheet* handle() const { return m_sheet; }

    void text(Cell cell, std::string_view text, const Style& style = {});
    void number(Cell cell, double number, const Style& style = {});
    void number(Cell cell, const std::optional<double>& number,
                const Style& style = {});  ///< nothing: an empty cell
    void day(Cell cell, Day day, Style style = {});
    void live(Cell cell, const Live& live, const Style& style = {});
    void blank(Cell cell, const Style& style);
    /// Joins cells of one row into one; write its content afterwards, with the same style.
    void join(Cell first, std::uint16_t last_column, const Style& style);

    void column_width(std::uint16_t first, std::uint16_t last, double characters);
    void row_height(std::uint32_t row, double points);
    void freeze(Cell first_moving);
    void filter(Cell first, Cell last);
    void hide_grid();
    /// A4 landscape, as wide as a page and at most so many pages tall (0: any), the provenance under every
    /// page.
    void for_printing(std::string_view heading, std::string_view provenance, int pages_tall);
    void repeat_rows(std::uint32_t first, std::uint32_t last);
    void print_area(Cell first, Cell last);
    void tab_colour(Colour colour);
    /// Only entries of the list (a defined name) may stand in the cell.
    void drop_down(Cell cell, const std::string& list, const std::string& title, const std::string& advice);
    /// Colours the cells where the formula, written for the first of them, is true.
    void highlight(Cell first, Cell last, const std::string& formula, const Style& style);

  private:
    File& m_file;
    lxw_worksheet* m_sheet;
    std::string m_name;
};

struct Properties {
    std::string title, subject, comments;
    Day created;  ///< fixed by the content, so that the same content gives the same bytes
};

/// A workbook that is being written.
class File {
  public:
    File(const std::filesystem::path& path, const Properties& properties);
    ~File();
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    Sheet add_sheet(const std::string& name);
    void define_name(const std::string& name, const std::string& reference);
    lxw_format* format(const Style& style);
    lxw_workbook* handle() const { return m_workbook; }
    /// Writes the file. Throws OutputError.
    void close();

  private:
    std::filesystem::path m_path;
    lxw_workbook* m_workbook;
    std::map<Style, lxw_format*> m_formats;
};

}  // namespace optimat::workbook
