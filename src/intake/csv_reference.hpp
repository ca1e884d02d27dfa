#pragma once
// For tests and fuzzers: CSV read one character after the other, written for clarity, as the reference that
// the real reader must equal whatever its block size.

#include "base/error.hpp"
#include "intake/csv.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace optimat::csv_reference {

enum class RowFate : std::uint8_t { sound, stray_quote, text_after_quote, unclosed_quote, too_long };

struct Row {
    std::uint64_t line = 0;  ///< of its first byte; the header begins at line 1
    RowFate fate = RowFate::sound;
    std::vector<std::string> cells;  ///< none when unclosed_quote or too_long
    friend bool operator==(const Row&, const Row&) = default;
};

struct File {
    bool refused = false;
    std::vector<std::string> header;
    std::vector<Row> rows;
    friend bool operator==(const File&, const File&) = default;
};

/// Takes one row off a text, character by character.
class RowParser {
  public:
    /// The row that begins at `at`.
    RowParser(std::string_view text, std::size_t at) {
        const std::size_t end = std::min(text.size(), at + longest_row);
        std::size_t i = at;
        for (; i < end && !m_ended; ++i)
            take(text[i], i + 1 < text.size() ? text[i + 1] : '\n');
        if (!m_ended && i == text.size() && !open_quote()) take('\n', '\n');
        m_after = i;
        const bool has_feed = i != at && text[i - 1] == '\n';
        m_length = i - at + (m_ended && !has_feed ? 1 : 0);
    }
    bool ended() const { return m_ended; }
    bool open_quote() const { return m_state == State::quoted; }
    std::size_t after() const { return m_after; }
    /// Its bytes, a line feed among them even when the file ends without one.
    std::size_t length() const { return m_length; }
    RowFate fate() const { return m_fate; }
    std::vector<std::string>& cells() { return m_cells; }

  private:
    enum class State : std::uint8_t { cell_start, plain, quoted, quote_in_quoted, behind_quoted };

    void take(char c, char next) {
        switch (m_state) {
        case State::cell_start:
            if (c == '"')
                m_state = State::quoted;
            else
                take_plain(c);
            return;
        case State::plain:
            return take_plain(c);
        case State::quoted:
            if (c == '"')
                m_state = State::quote_in_quoted;
            else
                m_cell += c;
            return;
        case State::quote_in_quoted:
            if (c == '"') {
                m_cell += c;
                m_state = State::quoted;
                return;
            }
            if (c == '\r' && next == '\n') return;
            m_state = State::behind_quoted;
            if (c != ',' && c != '\n') m_fate = RowFate::text_after_quote;
            [[fallthrough]];
        case State::behind_quoted:
            if (c == ',' || c == '\n') end_cell(c);
            return;
        }
    }

    void take_plain(char c) {
        if (c == '\n' && m_cell.ends_with('\r')) m_cell.pop_back();
        if (c == ',' || c == '\n') return end_cell(c);
        if (c == '"' && m_fate == RowFate::sound) m_fate = RowFate::stray_quote;
        m_cell += c;
        m_state = State::plain;
    }

    void end_cell(char c) {
        m_cells.push_back(std::move(m_cell));
        m_cell.clear();
        m_state = State::cell_start;
        m_ended = c == '\n';
    }

    State m_state = State::cell_start;
    RowFate m_fate = RowFate::sound;
    bool m_ended = false;
    std::size_t m_after = 0, m_length = 0;
    std::string m_cell;
    std::vector<std::string> m_cells;
};

inline bool is_refused_header(std::string_view text, RowParser& row) {
    const std::string_view bytes = text.substr(0, row.after());
    const bool control = std::ranges::any_of(bytes, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
    });
    const bool carriage = std::ranges::any_of(
        row.cells(), [](const std::string& cell) { return cell.find('\r') != cell.npos; });
    return !row.ended() || control || carriage || row.fate() == RowFate::text_after_quote;
}

inline std::string header_cell(std::string_view text) {
    const auto padding = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && padding(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && padding(text.back()))
        text.remove_suffix(1);
    return is_utf8(text) ? std::string(text) : from_windows_1252(text);
}

/// The whole file, naively.
inline File read_naively(std::string_view text) {
    File file;
    for (const std::string_view other : {"\xff\xfe", "\xfe\xff", "PK\x03\x04", "\xd0\xcf\x11\xe0"})
        file.refused |= text.starts_with(other);
    file.refused |= text.empty();
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    RowParser header(text, 0);
    file.refused = file.refused || is_refused_header(text, header);
    if (file.refused) return file;
    for (const std::string& cell : header.cells())
        file.header.push_back(header_cell(cell));
    std::size_t at = 0;
    std::uint64_t line = 1;
    const auto move_to = [&](std::size_t next) {
        line += static_cast<std::uint64_t>(std::ranges::count(text.substr(at, next - at), '\n'));
        at = next;
    };
    move_to(header.after());
    while (at < text.size()) {
        RowParser row(text, at);
        if (row.ended()) {
            if (row.length() > longest_row)
                file.rows.push_back({line, RowFate::too_long, {}});
            else
                file.rows.push_back({line, row.fate(), std::move(row.cells())});
            move_to(row.after());
        } else {
            file.rows.push_back({line, row.open_quote() ? RowFate::unclosed_quote : RowFate::too_long, {}});
            const std::size_t feed = text.find('\n', at);
            move_to(feed == text.npos ? text.size() : feed + 1);
        }
    }
    return file;
}

/// The same through the reader that the program uses.
inline File read_in_blocks(const std::filesystem::path& path, std::size_t block_size) {
    File file;
    try {
        CsvReader reader(path, block_size);
        file.header = reader.header();
        SegmentBuffer buffer;
        while (const auto segment = reader.next(buffer)) {
            if (segment->broken != BrokenRow::none) {
                const bool quote = segment->broken == BrokenRow::unclosed_quote;
                file.rows.push_back(
                    {segment->first_line, quote ? RowFate::unclosed_quote : RowFate::too_long, {}});
            } else {
                RowScanner scanner(*segment);
                const char* begin = segment->bytes.data();
                while (scanner.next_row()) {
                    Row row{scanner.line(), static_cast<RowFate>(scanner.quoting()), {}};
                    if (scanner.row_after() - begin > static_cast<std::ptrdiff_t>(longest_row))
                        row.fate = RowFate::too_long;
                    else
                        for (const Cell& cell : scanner.cells())
                            row.cells.emplace_back(cell.view());
                    begin = scanner.row_after();
                    file.rows.push_back(std::move(row));
                }
            }
        }
    } catch (const InputError&) {
        file = {};
        file.refused = true;
    }
    return file;
}

}  // namespace optimat::csv_reference
