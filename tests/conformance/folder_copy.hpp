#pragma once

// A folder of its own for an extract, gone with the object.

#include <cstdint>
#include <filesystem>

namespace optimat::conformance {

class FolderCopy {
  public:
    FolderCopy();                                              ///< empty
    explicit FolderCopy(const std::filesystem::path& folder);  ///< with the files of `folder`
    ~FolderCopy();
    FolderCopy(const FolderCopy&) = delete;
    FolderCopy& operator=(const FolderCopy&) = delete;

    const std::filesystem::path& path() const { return m_path; }

    /// Puts the lines of every CSV file in another order, the header staying first; the same seed, the same
    /// order. Only for files without line ends inside cells.
    void shuffle_rows(std::uint64_t seed);

  private:
    std::filesystem::path m_path;
};

}  // namespace optimat::conformance
