#include "report/terminal.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view letters[] = {"", "1", "2", "38;5;160", "38;5;172", "38;5;71", "38;5;244"};
// 256-colour backgrounds of like brightness, with black letters: red 203, amber 214, green 71, grey 248.
constexpr std::string_view blocks[] = {
    "", "1", "2", "38;5;16;48;5;203", "38;5;16;48;5;214", "38;5;16;48;5;71", "38;5;16;48;5;248"};

std::string painted(const Terminal& terminal, std::string_view code, std::string_view text) {
    if (terminal.colour == Colour::never || code.empty() || text.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string paint(const Terminal& terminal, Ink ink, std::string_view text) {
    return painted(terminal, letters[static_cast<std::size_t>(ink)], text);
}

std::string paint_block(const Terminal& terminal, Ink ink, std::string_view text) {
    return painted(terminal, blocks[static_cast<std::size_t>(ink)], text);
}

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1b') {
            while (i < text.size() && text[i] != 'm')
                ++i;
        } else if (!is_continuation(text[i])) {
            ++columns;
        }
    }
    return columns;
}

std::string cut_to(std::string_view text, std::size_t columns) {
    if (columns_of(text) <= columns) return std::string(text);
    std::size_t end = 0, taken = 0;
    while (end < text.size() && taken + 1 < columns) {
        ++end;
        while (end < text.size() && is_continuation(text[end]))
            ++end;
        ++taken;
    }
    return std::string(text.substr(0, end)) + (columns == 0 ? "" : "…");
}

std::string pad_right(std::string_view text, std::size_t columns) {
    const std::size_t taken = columns_of(text);
    return std::string(text) + std::string(columns > taken ? columns - taken : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t columns) {
    const std::size_t taken = columns_of(text);
    return std::string(columns > taken ? columns - taken : 0, ' ') + std::string(text);
}

std::string printable(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        // U+0080 to U+009F, which some terminals obey, are C2 80 to C2 9F.
        const bool c1 = byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
        if (c1) ++i;
        result += c1 || byte < 0x20 || byte == 0x7F ? '?' : text[i];
    }
    return result;
}

std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent) {
    std::size_t used = std::min(text.find_first_not_of(' '), text.size());
    std::string result(used, ' ');
    text.remove_prefix(used);
    bool begins = true;
    while (!text.empty()) {
        std::size_t space = std::min(text.find(' '), text.size());
        // A per cent sign stays with its number.
        if (text.substr(space).starts_with(" %")) space = std::min(text.find(' ', space + 1), text.size());
        const std::string_view word = text.substr(0, space);
        text.remove_prefix(std::min(space + 1, text.size()));
        const std::size_t size = columns_of(word);
        if (!begins && used + 1 + size > columns) {
            result += '\n' + std::string(indent, ' ');
            used = indent;
        } else if (!begins) {
            result += ' ';
            ++used;
        }
        begins = false;
        result += word;
        used += size;
    }
    return result + '\n';
}

void TextTable::add_row(std::vector<std::string> cells) {
    OPTIMAT_CHECK(cells.size() == m_columns.size(),
                  "a row of a text table has another number of cells than its heads");
    m_rows.push_back(std::move(cells));
}

std::string TextTable::line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                            std::size_t gap) const {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i != 0) text += std::string(gap, ' ');
        text += m_columns[i].align == Align::left ? pad_right(cells[i], widths[i])
                                                  : pad_left(cells[i], widths[i]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

std::string TextTable::text() const {
    std::vector<std::string> heads;
    std::vector<std::size_t> widths;
    std::size_t whole = 0;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        heads.push_back(m_columns[i].head);
        std::size_t width = columns_of(m_columns[i].head);
        for (const auto& row : m_rows)
            width = std::max(width, columns_of(row[i]));
        widths.push_back(width);
        whole += width;
    }
    const std::size_t gaps = m_columns.empty() ? 0 : m_columns.size() - 1;
    const std::size_t gap = whole + 2 * gaps <= m_terminal.width ? 2 : 1;
    whole += gap * gaps;
    std::string rule;
    for (std::size_t i = 0; i < whole; ++i)
        rule += "─";
    std::string result = paint(m_terminal, Ink::strong, line(heads, widths, gap)) + '\n' +
                         paint(m_terminal, Ink::faint, rule) + '\n';
    for (const auto& row : m_rows)
        result += line(row, widths, gap) + '\n';
    return result;
}

}  // namespace optimat
