#pragma once
// An uploaded zip, read with distrust: nothing of it is inflated before its list of entries has been judged,
// and nothing is written but where the caller says.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

struct ZipLimits {
    std::size_t most_entries = 64;
    std::uint64_t most_bytes = std::uint64_t{4} << 30;           ///< inflated, all entries together
    std::uint64_t most_ratio = 200;                              ///< inflated to packed, of one entry …
    std::uint64_t ratio_counts_above = std::uint64_t{10} << 20;  ///< … that inflates to more bytes than this
};

struct ZipEntry {
    std::string name;         ///< with its folders, separated by /; relative and without ..
    std::uint64_t bytes = 0;  ///< inflated, as the zip says: extract() writes exactly as many or throws
};

class ZipReader {
  public:
    /// Reads the list of entries. Throws InputError, saying what is wrong but no entry's name, when the file
    /// is no zip or holds anything that an honest export does not: absolute paths, backslashes, .., control
    /// characters, two entries of one name, links or devices, encrypted entries, other methods than stored
    /// and deflated, or more than the limits allow.
    ZipReader(const std::filesystem::path& file, const ZipLimits& limits = {});
    ~ZipReader();
    ZipReader(const ZipReader&) = delete;
    ZipReader& operator=(const ZipReader&) = delete;

    /// Files only, in the order of the zip.
    const std::vector<ZipEntry>& entries() const { return m_entries; }

    /// Writes an entry, piece by piece, into that folder under the last component of its name; returns its
    /// path. Throws UsageError when there is no such entry, InputError when its bytes are not what the list
    /// says (the file is removed then) and OutputError when it cannot be written or is there already.
    std::filesystem::path extract(std::string_view name, const std::filesystem::path& folder);

  private:
    void list(const ZipLimits& limits);
    void copy_entry(const ZipEntry& entry, const std::filesystem::path& target);

    void* m_zip = nullptr;
    std::vector<ZipEntry> m_entries;
};

}  // namespace optimat
