#pragma once
// Text for a terminal of some width, with or without colour. Colour only repeats what letters and words
// already say.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

enum class Colour { never, always };

/// What the text is written for.
struct Terminal {
    Colour colour = Colour::never;
    std::size_t width = 80;  ///< columns; nothing that is not a single long name is wider
};

enum class Ink { plain, strong, faint, red, amber, green, grey };

/// The text in a colour that reads on dark and light backgrounds; as it is when the terminal has none.
std::string paint(const Terminal& terminal, Ink ink, std::string_view text);
/// Dark letters on a background of the cohort's colour, for bars.
std::string paint_block(const Terminal& terminal, Ink ink, std::string_view text);

/// Columns that a UTF-8 text takes: characters, colour not counted.
std::size_t columns_of(std::string_view text);

/// The text cut to a number of columns, with … where it was cut. For text without colour.
std::string cut_to(std::string_view text, std::size_t columns);

std::string pad_right(std::string_view text, std::size_t columns);  ///< spaces after it
std::string pad_left(std::string_view text, std::size_t columns);   ///< spaces before it

/// Text from a file with its control characters as `?`, so that no file can steer a terminal.
std::string printable(std::string_view text);

/// Words broken into lines of at most `columns`; the first keeps its leading spaces, the others
/// begin with `indent` spaces. Ends with LF. A % stays
/// with its number.
std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent = 0);

enum class Align { left, right };

/// A table of cells, each column as wide as its widest cell, two spaces between, or one where two do not fit.
class TextTable {
  public:
    explicit TextTable(Terminal terminal) : m_terminal(terminal) {}
    void add_column(std::string head, Align align) { m_columns.push_back({std::move(head), align}); }
    /// As many cells as columns; cells may hold colour.
    void add_row(std::vector<std::string> cells);
    /// Heads, a line and the rows, each line ending with LF and without trailing spaces.
    std::string text() const;

  private:
    struct Column {
        std::string head;
        Align align;
    };
    std::string line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                     std::size_t gap) const;

    Terminal m_terminal;
    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

}  // namespace optimat
