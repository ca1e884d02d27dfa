#include "intake/csv.hpp"

#include "base/check.hpp"
#include "base/error.hpp"
#include "intake/csv_scan.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace optimat {

namespace {

using detail::scan_padding;

/// The end of the row that begins at `row` (just behind its line feed), or null when the bytes, or the
/// longest row, end first. `open_quote` tells whether they ended inside a quoted cell.
const char* row_end(const char* row, const char* end, bool& open_quote) {
    open_quote = false;
    end = std::min(end, row + std::min(end - row, static_cast<std::ptrdiff_t>(longest_row)));
    const char* at = row;
    while (at != end) {
        if (*at == '"') {
            const char* close = at + 1;
            while (true) {
                close =
                    static_cast<const char*>(std::memchr(close, '"', static_cast<std::size_t>(end - close)));
                if (close == nullptr) {
                    open_quote = true;
                    return nullptr;
                }
                if (close + 1 == end || close[1] != '"') break;
                close += 2;
            }
            at = close + 1;
        }
        while (at != end && *at != ',' && *at != '\n')
            ++at;
        if (at == end) return nullptr;
        if (*at++ == '\n') return at;
    }
    return nullptr;
}

/// The length of the longest run of whole rows at the start of `bytes`.
std::size_t whole_rows(std::string_view bytes) {
    const char* const end = bytes.data() + bytes.size();
    const char* done = bytes.data();
    const char* first_quote = static_cast<const char*>(std::memchr(done, '"', bytes.size()));
    while (first_quote != nullptr) {
        // Rows before the one with the quote end at plain line feeds.
        const auto before = static_cast<std::size_t>(first_quote - done);
        if (const void* line = memrchr(done, '\n', before)) done = static_cast<const char*>(line) + 1;
        bool open_quote;
        const char* next = row_end(done, end, open_quote);
        if (next == nullptr) return static_cast<std::size_t>(done - bytes.data());
        done = next;
        first_quote = static_cast<const char*>(std::memchr(done, '"', static_cast<std::size_t>(end - done)));
    }
    if (const void* line = memrchr(done, '\n', static_cast<std::size_t>(end - done)))
        done = static_cast<const char*>(line) + 1;
    return static_cast<std::size_t>(done - bytes.data());
}

std::string_view without_spaces(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

}  // namespace

CsvReader::CsvReader(const std::filesystem::path& file, std::size_t block_size)
    : m_name(file.filename().string()), m_block_size(std::max<std::size_t>(block_size, 1)) {
    // Non-blocking: a pipe in the place of a file is refused below instead of waited for.
    m_descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (m_descriptor < 0) refuse(fmt::format("it cannot be opened ({})", std::strerror(errno)));
    struct stat status {};
    if (::fstat(m_descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(m_descriptor);
        refuse("it is not a file");
    }
    m_file_size = static_cast<std::uint64_t>(status.st_size);
    try {
        read_header();
    } catch (...) {
        ::close(m_descriptor);
        throw;
    }
}

CsvReader::~CsvReader() { ::close(m_descriptor); }

void CsvReader::refuse(const std::string& why) const { throw InputError(fmt::format("{}: {}", m_name, why)); }

void CsvReader::check_beginning() const {
    const std::string_view text = m_rest;
    if (text.empty()) refuse("the file is empty; it needs a header line at least");
    if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
        refuse("the file is UTF-16; save it as CSV UTF-8");
    if (text.starts_with("PK\x03\x04") || text.starts_with("\xd0\xcf\x11\xe0"))
        refuse("the file is a spreadsheet or zip file, not CSV; open it and save the sheet as CSV UTF-8");
}

void CsvReader::read_header() {
    SegmentBuffer buffer;
    std::size_t used = 0;
    bool open_quote = false, more = true;
    const char* begin = nullptr;
    const char* end = nullptr;
    while (more && end == nullptr && used <= longest_row) {
        more = fill(buffer, used, used + std::max<std::size_t>(m_block_size, 4096));
        const std::string_view read{buffer.bytes.data(), used};
        begin = read.data() + (read.starts_with("\xef\xbb\xbf") ? 3 : 0);
        end = row_end(begin, read.data() + used, open_quote);
    }
    m_rest.assign(buffer.bytes.data(), used);
    check_beginning();
    m_rest.erase(0, static_cast<std::size_t>(begin - buffer.bytes.data()));
    const std::size_t length = end == nullptr ? m_rest.size() : static_cast<std::size_t>(end - begin);
    if (length > longest_row)
        refuse("the header line is longer than 1 MiB; this does not look like an export");
    if (end == nullptr && open_quote) refuse("line 1: the header has a quote that is never closed");
    std::string row = m_rest.substr(0, length);
    const auto content = detail::content_of(row);
    if (content.controls) refuse("line 1: the header holds control characters; this is not a CSV text file");
    m_rest.erase(0, length);
    if (end == nullptr) row += '\n';
    m_next_line = 1 + std::max<std::uint32_t>(1, content.lines);
    row.append(scan_padding, '\0');
    Segment segment;
    segment.bytes = std::string_view(row).substr(0, row.size() - scan_padding);
    RowScanner scanner(segment);
    scanner.next_row();
    if (scanner.quoting() == RowQuoting::text_after_quote)
        refuse("line 1: text follows a closing quote in the header");
    for (const Cell& cell : scanner.cells()) {
        const std::string_view text = without_spaces(cell.view());
        if (text.find('\r') != text.npos)
            refuse("line 1: lines end with CR alone; save the file with LF or CRLF line ends");
        m_header.push_back(is_utf8(text) ? std::string(text) : from_windows_1252(text));
    }
}

/// Reads until `buffer` holds `wanted` bytes or the file ends; false at the end.
bool CsvReader::fill(SegmentBuffer& buffer, std::size_t& used, std::size_t wanted) {
    if (buffer.bytes.size() < wanted + scan_padding + 1) buffer.bytes.resize(wanted + scan_padding + 1);
    while (!m_at_end && used < wanted) {
        const ssize_t got = ::read(m_descriptor, buffer.bytes.data() + used, wanted - used);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) refuse(fmt::format("it cannot be read ({})", std::strerror(errno)));
        m_at_end = got == 0;
        used += static_cast<std::size_t>(got);
    }
    return !m_at_end;
}

Segment CsvReader::take(SegmentBuffer& buffer, std::size_t used, std::size_t length) {
    m_rest.assign(buffer.bytes.data() + length, used - length);
    std::memset(buffer.bytes.data() + length, 0, scan_padding);
    Segment segment;
    segment.bytes = {buffer.bytes.data(), length};
    segment.number = m_next_number++;
    const auto content = detail::content_of(segment.bytes);
    segment.first_line = m_next_line;
    segment.lines = content.lines;
    m_next_line += segment.lines;
    segment.has_quotes = content.quotes;
    segment.has_high_bytes = content.high_bytes;
    segment.has_controls = content.controls;
    return segment;
}

/// The bytes begin with a row that does not end within the longest row, or within the file: hands out its
/// first line as a broken row. Reads on and throws away when that line is itself too long.
std::optional<Segment> CsvReader::take_broken(SegmentBuffer& buffer, std::size_t used) {
    bool open_quote = false;
    row_end(buffer.bytes.data(), buffer.bytes.data() + used, open_quote);
    const void* line = std::memchr(buffer.bytes.data(), '\n', used);
    bool more = true;
    while (line == nullptr && more) {
        used = 0;
        more = fill(buffer, used, std::max<std::size_t>(m_block_size, 4096));
        line = std::memchr(buffer.bytes.data(), '\n', used);
    }
    const std::size_t length =
        line == nullptr ? used
                        : static_cast<std::size_t>(static_cast<const char*>(line) - buffer.bytes.data()) + 1;
    m_rest.assign(buffer.bytes.data() + length, used - length);
    Segment segment;
    segment.number = m_next_number++;
    segment.first_line = m_next_line++;
    segment.lines = 1;
    segment.broken = open_quote ? BrokenRow::unclosed_quote : BrokenRow::too_long;
    return segment;
}

std::optional<Segment> CsvReader::next(SegmentBuffer& buffer) {
    std::size_t used = m_rest.size();
    if (buffer.bytes.size() < used + scan_padding + 1) buffer.bytes.resize(used + scan_padding + 1);
    std::memcpy(buffer.bytes.data(), m_rest.data(), used);
    std::size_t length = 0;
    bool more = true;
    while (true) {
        more = fill(buffer, used, std::max(used, m_rest.size()) + m_block_size);
        if (used == 0) return std::nullopt;
        length = whole_rows({buffer.bytes.data(), used});
        if (length != 0 || !more || used > longest_row) break;
    }
    if (length == 0 && used > longest_row) return take_broken(buffer, used);
    if (!more && length < used) {
        // The file ends without a line feed: what is left is its last row, unless a quote is open in it.
        bool open_quote;
        row_end(buffer.bytes.data() + length, buffer.bytes.data() + used, open_quote);
        const bool broken = open_quote || used - length > longest_row;
        if (broken && length == 0) return take_broken(buffer, used);
        if (!broken) {
            buffer.bytes[used++] = '\n';
            length = used;
        }
    }
    return take(buffer, used, length);
}

RowScanner::RowScanner(const Segment& segment)
    : m_begin(segment.bytes.data()),
      m_end(m_begin + segment.bytes.size()),
      m_row(m_begin),
      m_block(m_begin),
      m_cells(64),
      m_next_line(segment.first_line) {
    load_mask();
}

/// Which of the 64 bytes from `block` are special; those behind the segment's end are not.
inline std::uint64_t RowScanner::mask_at(const char* block) const {
    const std::uint64_t mask = detail::special_mask(block);
    const auto left = m_end - block;
    if (left >= 64) [[likely]]
        return mask;
    return left <= 0 ? 0 : mask & ((std::uint64_t{1} << left) - 1);
}

void RowScanner::load_mask() { m_mask = mask_at(m_block); }

void RowScanner::move_to(const char* at) {
    m_block = at;
    if (m_block >= m_end) {
        m_mask = 0;
        return;
    }
    load_mask();
}

/// Adds the quoted cell that opens at `open`; returns the delimiter behind it, or null when the quote is not
/// closed.
const char* RowScanner::scan_quoted(const char* open) {
    const char* const from = open + 1;
    const char* close = from;
    bool doubled = false;
    while (true) {
        close = static_cast<const char*>(std::memchr(close, '"', static_cast<std::size_t>(m_end - close)));
        if (close == nullptr) return nullptr;
        if (close + 1 == m_end || close[1] != '"') break;
        doubled = true;
        close += 2;
    }
    Cell cell{from, static_cast<std::uint32_t>(close - from)};
    if (doubled) {
        if (m_unquoted_used == m_unquoted.size()) m_unquoted.push_back(std::make_unique<std::string>());
        std::string& text = *m_unquoted[m_unquoted_used++];
        text.clear();
        for (const char* at = from; at != close; ++at) {
            text += *at;
            if (*at == '"') ++at;
        }
        cell = {text.data(), static_cast<std::uint32_t>(text.size())};
    }
    m_next_line += static_cast<std::uint32_t>(std::count(from, close, '\n'));
    add(cell);
    const char* at = close + 1;
    if (at != m_end && *at == '\r' && at + 1 != m_end && at[1] == '\n') ++at;
    if (at != m_end && *at != ',' && *at != '\n') {
        m_quoting = RowQuoting::text_after_quote;
        while (at != m_end && *at != ',' && *at != '\n')
            ++at;
    }
    return at;
}

bool RowScanner::next_row() {
    if (m_row >= m_end) return false;
    m_cell_count = 0;
    m_unquoted_used = 0;
    m_quoting = RowQuoting::sound;
    m_line = m_next_line;
    // The usual row, without a quote, in registers; the first quote hands over to finish_row().
    const char* cell = m_row;
    const char* block = m_block;
    std::uint64_t mask = m_mask;
    Cell* out = m_cells.data();
    const Cell* const limit = out + m_cells.size();
    while (true) {
        while (mask == 0) {
            block += 64;
            OPTIMAT_CHECK(block < m_end, "a segment ends in the middle of a row");
            mask = mask_at(block);
        }
        const char* const at = block + std::countr_zero(mask);
        if (*at == '"' || out == limit) [[unlikely]]
            break;
        mask &= mask - 1;
        out->data = cell;
        out->size = static_cast<std::uint32_t>(at - cell);
        ++out;
        cell = at + 1;
        if (*at == ',') [[likely]]
            continue;
        Cell& last = out[-1];
        if (last.size != 0 && last.data[last.size - 1] == '\r') --last.size;
        m_cell_count = static_cast<std::size_t>(out - m_cells.data());
        m_block = block;
        m_mask = mask;
        m_row = cell;
        ++m_next_line;
        return true;
    }
    m_cell_count = static_cast<std::size_t>(out - m_cells.data());
    m_block = block;
    m_mask = mask;
    return finish_row(cell);
}

/// Goes on with a row that has a quote, or more cells than there was room for, from the cell that begins at
/// `cell`.
bool RowScanner::finish_row(const char* cell) {
    while (true) {
        while (m_mask == 0) {
            m_block += 64;
            OPTIMAT_CHECK(m_block < m_end, "a segment ends in the middle of a row");
            load_mask();
        }
        const char* at = m_block + std::countr_zero(m_mask);
        m_mask &= m_mask - 1;
        if (*at == ',') {
            add({cell, static_cast<std::uint32_t>(at - cell)});
            cell = at + 1;
            continue;
        }
        if (*at == '"') {
            if (at != cell) {
                if (m_quoting == RowQuoting::sound) m_quoting = RowQuoting::stray_quote;
                continue;
            }
            at = scan_quoted(at);
            OPTIMAT_CHECK(at != nullptr && at != m_end, "a segment ends inside a quoted cell");
            move_to(at + 1);
            cell = at + 1;
            if (*at == ',') continue;
        } else {
            const char* end = at;
            if (end != cell && end[-1] == '\r') --end;
            add({cell, static_cast<std::uint32_t>(end - cell)});
        }
        m_row = at + 1;
        ++m_next_line;
        return true;
    }
}

bool is_utf8(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const auto byte = [&](std::size_t at) -> unsigned { return static_cast<unsigned char>(bytes[at]); };
        const unsigned lead = byte(i);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (lead < 0xc2 || lead > 0xf4 || i + length > bytes.size()) return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((byte(i + k) & 0xc0) != 0x80) return false;
        const unsigned second = byte(i + 1);
        if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ||
            (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f))
            return false;
        i += length;
    }
    return true;
}

std::string from_windows_1252(std::string_view bytes) {
    // Characters of 0x80–0x9f; the rest of the upper half equals Latin-1. 0xfffd marks bytes without a
    // character.
    static constexpr std::array<char16_t, 32> upper = {
        0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
    std::string text;
    for (const char c : bytes) {
        unsigned point = static_cast<unsigned char>(c);
        if (point >= 0x80 && point < 0xa0) point = upper[point - 0x80];
        if (point < 0x80) {
            text += static_cast<char>(point);
        } else if (point < 0x800) {
            text += static_cast<char>(0xc0 | (point >> 6));
            text += static_cast<char>(0x80 | (point & 0x3f));
        } else {
            text += static_cast<char>(0xe0 | (point >> 12));
            text += static_cast<char>(0x80 | ((point >> 6) & 0x3f));
            text += static_cast<char>(0x80 | (point & 0x3f));
        }
    }
    return text;
}

}  // namespace optimat
