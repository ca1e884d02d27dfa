#pragma once
// Sentences about change that are formulas: each part is an expression of the spreadsheet and the text that
// it gives now.

#include "report/workbook_file.hpp"

#include <cstdint>

namespace optimat::workbook {

/// A piece of text: an expression (without `=`) and what it gives.
struct Phrase {
    std::string expression, text;
    Phrase& operator+=(const Phrase& next);
    friend Phrase operator+(Phrase left, const Phrase& right) { return left += right; }
    Live live() const { return {expression, text}; }
};
/// Text that never changes.
Phrase words(std::string_view text);
/// The whole number in a cell, with commas between thousands.
Phrase count_phrase(const std::string& cell, std::int64_t count);

/// A share in a cell, empty when `whole` is 0, and what it is of.
struct ShareAt {
    std::string cell;
    std::int64_t part = 0, whole = 0;
};
enum class Better : std::uint8_t { lower, higher };

/// `red is down 4.0 points to 22.0% (better)`, `red is unchanged at 22.0%`, `red cannot be compared, for want
/// of people`. Points are between the rounded figures, as a reader subtracts them.
Phrase share_change(std::string_view name, const ShareAt& then, const ShareAt& now, Better better);

/// `12 more people in MAT`, `1 fewer person in MAT`, `as many people in MAT`.
Phrase people_change(const std::string& then_cell, std::int64_t then, const std::string& now_cell,
                     std::int64_t now);

}  // namespace optimat::workbook
