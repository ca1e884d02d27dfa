#pragma once

// What the engine made of a case, as a table of texts, and its comparison with the table that a Then step
// gives.

#include "spec_file.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat::spec {

/// How a column takes part in a comparison.
enum class ColumnUse {
    key,          ///< finds the row; must stand in the expected table
    implied_key,  ///< finds the row; may be left out while all rows have the same text in it
    value,
};

struct ResultColumn {
    std::string name;
    ColumnUse use = ColumnUse::value;
    std::vector<std::string> texts;  ///< all that it can hold, beside nothing; none: anything
};

struct ResultTable {
    std::vector<ResultColumn> columns;
    std::vector<std::vector<std::string>> rows;
};

/// Whether actual rows that the expected table does not name are wrong.
enum class Extent { exactly, named_rows };

/// Told of each difference: the line of the spec and what is wrong.
using Complain = std::function<void(int line, const std::string& what)>;

/// Compares; the order of rows does not matter. Throws SpecError when the expected table names an unknown
/// column or a text that the column can never hold.
void compare(const SpecStep& step, const SpecTable& expected, const ResultTable& actual, Extent extent,
             const Complain& complain);

/// The columns in words for the list of steps: key columns first.
std::string column_words(const std::vector<ResultColumn>& columns);

}  // namespace optimat::spec
