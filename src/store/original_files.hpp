#pragma once
// The files of an extract as they were given, in pieces that are read, compressed and stored one by one.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace optimat {

/// A piece is at most so long before compression: far below every limit on a value, and enough for good
/// compression.
constexpr std::size_t original_piece_size = std::size_t{2} << 20;

/// One file, open for reading.
class OriginalFile {
  public:
    /// Throws InputError when the file cannot be read.
    OriginalFile(const std::filesystem::path& folder, const std::filesystem::path& file);
    ~OriginalFile();
    OriginalFile(OriginalFile&& other) noexcept;
    OriginalFile& operator=(OriginalFile&&) = delete;

    /// Within the folder, with forward slashes; `outside/NAME` for a file that lies elsewhere.
    const std::string& name() const { return m_name; }
    std::uint64_t size() const { return m_size; }
    /// At least one: an empty file has an empty piece.
    std::size_t piece_count() const;
    /// Reads a piece into `bytes`, whose memory is used again. Safe to call from several threads. Throws
    /// InputError when the file has become shorter.
    void read_piece(std::size_t piece, std::string& bytes) const;

  private:
    std::string m_name;
    int m_descriptor;
    std::uint64_t m_size = 0;
};

/// Writes one file of a snapshot under the folder, never over an existing one. Throws OutputError when it
/// cannot be written, StoreError when the name would leave the folder.
class OriginalWriter {
  public:
    OriginalWriter(const std::filesystem::path& folder, const std::string& name);
    ~OriginalWriter();
    OriginalWriter(const OriginalWriter&) = delete;
    OriginalWriter& operator=(const OriginalWriter&) = delete;
    void append(std::string_view piece);
    /// On disk when it returns.
    void finish();

  private:
    [[noreturn]] void fail() const;
    std::filesystem::path m_file;
    int m_descriptor;
};

}  // namespace optimat
