#pragma once
// The rows of an extract's files once more, by their lines: whose they are, so that it can be counted how
// many people an issue touches, and their cells, for those who may see them. Columns that a mapping discards,
// reduces to a year or does not know are never among them.

#include "base/error.hpp"
#include "intake/definitions.hpp"
#include "intake/mapping.hpp"
#include "model/issue.hpp"

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace optimat {

/// One row of a file.
struct ExtractRow {
    std::uint64_t line = 0;          ///< its first line; the header is line 1
    std::string client_id;           ///< empty: the row names no client, or cannot be read
    std::vector<std::string> cells;  ///< of ExtractRows::columns(); none when the row cannot be read
};

/// Which cells of a row are wanted.
enum class RowCells : std::uint8_t { client_only, shown };

class ExtractRows {
  public:
    /// Reads extract.toml and its mapping. Throws InputError, DefinitionError.
    ExtractRows(std::filesystem::path folder, const Definitions& definitions);

    /// Names of the columns of the file that may be shown, in its order.
    std::vector<std::string> columns(const FileReport& file) const;

    /// Tells `take` of the rows that begin at these lines, which rise; a line at which no row begins is left
    /// out. Throws InputError when the file cannot be read.
    void read(const FileReport& file, std::span<const std::uint64_t> lines, RowCells cells,
              const std::function<void(const ExtractRow&)>& take) const;

  private:
    const TableMapping* mapping_of(const FileReport& file) const;
    bool may_show(const FileReport& file, const std::string& column) const;

    std::filesystem::path m_folder;
    Mapping m_mapping;
};

/// The mapping of the extract in the folder; without files when all of them are native. Throws InputError
/// when it is not beside extract.toml, DefinitionError when it is wrong.
Mapping mapping_of_extract(const std::filesystem::path& folder, const Definitions& definitions);

}  // namespace optimat
