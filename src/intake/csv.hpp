#pragma once
// CSV as bytes: RFC 4180 with commas, double quotes, doubled quotes inside, LF or CRLF, an optional UTF-8
// byte order mark. The first step of intake; it knows nothing of fields or health.
//
// A file is read in blocks by read() (never mapped: a file that is cut off while we read must not crash us)
// and handed out as segments, runs of whole rows, which threads scan side by side. What a file means never
// depends on where the blocks fall. A row ends at the first line end outside quotes; a quote that does not
// open a cell is an ordinary byte. A row longer than 1 MiB, or whose quote is never closed, is broken: it is
// reported, and reading goes on at the next line, so that one damaged cell does not swallow the rest of a
// file.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

constexpr std::size_t longest_row = 1 << 20;

/// Why a segment that is one broken row is broken.
enum class BrokenRow : std::uint8_t { none, unclosed_quote, too_long };

/// A run of whole rows of a file, or one broken row. The bytes live in the reader's caller-owned buffer.
struct Segment {
    std::string_view bytes;        ///< rows, each ended by LF; empty when broken
    std::uint32_t number = 0;      ///< order within the file, from 0
    std::uint32_t first_line = 0;  ///< of the file, where its first row begins; the header's first line is 1
    std::uint32_t lines = 0;       ///< line ends that it spans
    BrokenRow broken = BrokenRow::none;
    bool has_quotes = false;      ///< a `"` stands somewhere
    bool has_high_bytes = false;  ///< a byte of 0x80 or above stands somewhere
    bool has_controls = false;    ///< a byte below 0x20 other than tab, CR, LF stands somewhere
};

/// A buffer for one segment, reused from segment to segment; one a thread.
struct SegmentBuffer {
    std::vector<char> bytes;
};

/// Reads one file into segments. Not thread-safe: callers take segments one after the other under their own
/// lock.
class CsvReader {
  public:
    /// Opens the file and reads its header. `block_size` is how much is read at a time; it never changes a
    /// result. Throws InputError when the file cannot be opened or read, is empty, or is no CSV text (UTF-16,
    /// a spreadsheet or zip file, control characters in the header, a header longer than 1 MiB or with an
    /// unclosed quote).
    explicit CsvReader(const std::filesystem::path& file, std::size_t block_size = 2 << 20);
    ~CsvReader();
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    /// The header's cells, decoded to UTF-8, without surrounding spaces.
    const std::vector<std::string>& header() const { return m_header; }
    /// Size of the file in bytes when it was opened.
    std::uint64_t file_size() const { return m_file_size; }

    /// The next segment into `buffer`, or nothing at the end of the file.
    std::optional<Segment> next(SegmentBuffer& buffer);

  private:
    void refuse(const std::string& why) const;
    void check_beginning() const;
    void read_header();
    bool fill(SegmentBuffer& buffer, std::size_t& used, std::size_t wanted);
    Segment take(SegmentBuffer& buffer, std::size_t used, std::size_t length);
    std::optional<Segment> take_broken(SegmentBuffer& buffer, std::size_t used);

    std::string m_name;
    int m_descriptor = -1;
    std::size_t m_block_size;
    std::uint64_t m_file_size = 0;
    bool m_at_end = false;
    std::string m_rest;  ///< bytes read and not yet handed out; begins at a row's start
    std::vector<std::string> m_header;
    std::uint32_t m_next_line = 1;
    std::uint32_t m_next_number = 0;
};

/// One cell of a row: where its value is. Quotes are taken off and doubled quotes undone.
struct Cell {
    const char* data = nullptr;
    std::uint32_t size = 0;
    std::string_view view() const { return {data, size}; }
    bool empty() const { return size == 0; }
};

/// What a row's quoting was like.
enum class RowQuoting : std::uint8_t { sound, stray_quote, text_after_quote };

/// Walks the rows of one segment. Cells stay valid until the next call of next_row().
class RowScanner {
  public:
    explicit RowScanner(const Segment& segment);

    /// Moves to the next row and fills cells(); false at the end of the segment.
    bool next_row();
    std::span<const Cell> cells() const { return {m_cells.data(), m_cell_count}; }
    /// The row's first line within the file.
    std::uint32_t line() const { return m_line; }
    RowQuoting quoting() const { return m_quoting; }
    /// Where the next row begins.
    const char* row_after() const { return m_row; }

  private:
    void move_to(const char* at);
    void load_mask();
    std::uint64_t mask_at(const char* block) const;
    void add(Cell cell) {
        if (m_cell_count == m_cells.size()) m_cells.resize(m_cells.size() * 2);
        m_cells[m_cell_count++] = cell;
    }
    bool finish_row(const char* cell);
    const char* scan_quoted(const char* open);

    const char* m_begin;
    const char* m_end;
    const char* m_row;
    const char* m_block;  ///< start of the 64 bytes that m_mask describes
    std::uint64_t m_mask = 0;
    std::vector<Cell> m_cells;  ///< room for cells; the first m_cell_count are the row's
    std::size_t m_cell_count = 0;
    std::vector<std::unique_ptr<std::string>> m_unquoted;  ///< cells whose doubled quotes were undone
    std::size_t m_unquoted_used = 0;
    std::uint32_t m_line = 0;
    std::uint32_t m_next_line = 0;
    RowQuoting m_quoting = RowQuoting::sound;
};

/// Whether the bytes are well-formed UTF-8.
bool is_utf8(std::string_view bytes);

/// The text that Windows-1252 bytes stand for, as UTF-8; the five bytes without a character become U+FFFD.
std::string from_windows_1252(std::string_view bytes);

}  // namespace optimat
