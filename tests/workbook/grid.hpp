#pragma once
// A sheet's cells as a reader that does not calculate sees them: formulas, and the values that stand beside
// them.

#include "workbook/package.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace optimat::workbook_tests {

struct GridCell {
    std::string formula;  ///< without `=`; empty: none
    bool is_text = false;
    bool has_value = false;        ///< an element <v>, or inline text
    std::string text;              ///< of a text cell
    std::optional<double> number;  ///< of a number cell
    std::string number_format;     ///< empty: general
    bool empty() const { return !number && text.empty(); }
};

/// A sheet: rows of cells, from A1 on.
struct Grid {
    std::vector<std::vector<GridCell>> rows;
    /// A cell beyond the sheet is empty.
    const GridCell& at(std::size_t row, std::size_t column) const;
    std::size_t width() const;
};

/// Names of the sheets in their order.
std::vector<std::string> sheet_names_of(const Package& package);
/// The part that holds a sheet.
std::string sheet_part(const Package& package, const std::string& sheet);
Grid read_grid(const Package& package, const std::string& sheet);

/// Row and column, from 0, of a cell's name such as `C3`.
std::pair<std::size_t, std::size_t> position_of(const std::string& cell_name);

/// The package with another place picked: the text of the one cell is changed and nothing else.
Package with_chosen(Package package, const std::string& label);

}  // namespace optimat::workbook_tests
