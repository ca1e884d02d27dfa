#pragma once
// Writes one CSV file through a buffer of a mebibyte. Appending a cell is inline and allocates nothing: a
// national provider is some hundred megabytes.

#include "base/day.hpp"

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace optimat::synth {

class CsvWriter {
  public:
    /// Opens the file anew and writes its header line. OutputError when it cannot.
    CsvWriter(const std::filesystem::path& path, std::string_view header);
    CsvWriter(CsvWriter&&) = default;
    CsvWriter& operator=(CsvWriter&&) = delete;
    ~CsvWriter() = default;

    /// A cell as it is: for text known to need no quotes.
    void cell(std::string_view text) {
        separate();
        m_buffer.append(text);
    }
    /// Further text of the cell begun last.
    void more(std::string_view text) { m_buffer.append(text); }
    /// A cell of free text, in quotes where RFC 4180 wants them.
    void text_cell(std::string_view text);
    void number_cell(std::int64_t number) {
        separate();
        number_text(number);
    }
    void number_text(std::int64_t number);
    /// Zeros before the number up to `width` digits.
    void padded_text(std::int64_t number, int width);
    void day_cell(Day day);
    void day_cell(OptionalDay day) { day ? day_cell(*day) : empty_cell(); }
    void empty_cell() { separate(); }
    void end_row() {
        m_buffer.push_back('\n');
        m_row_begun = false;
        ++m_rows;
        if (m_buffer.size() > flush_at) flush();
    }

    /// Writes what is left and closes the file. OutputError when the disk is full, say.
    void close();

    std::uint64_t rows() const { return m_rows; }
    std::uint64_t bytes() const { return m_bytes; }

  private:
    static constexpr std::size_t flush_at = std::size_t{1} << 20;

    void separate() {
        if (m_row_begun) m_buffer.push_back(',');
        m_row_begun = true;
    }
    void flush();

    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    std::filesystem::path m_path;
    std::unique_ptr<std::FILE, Close> m_file;
    std::string m_buffer;
    std::uint64_t m_rows = 0, m_bytes = 0;
    bool m_row_begun = false;
};

}  // namespace optimat::synth
