#pragma once
// extract.toml: whose data these are and which days they cover.

#include "base/day.hpp"

#include <filesystem>
#include <string>

namespace optimat {

struct ExtractFile {
    std::string organisation;
    Day covers_from, covers_to;  ///< both inclusive
    std::string mapping;  ///< path relative to the folder, or `built-in:NAME`; empty: all files are native
};

/// Reads extract.toml. Throws InputError naming the line and key that is missing, misspelt or wrong.
ExtractFile read_extract_file(const std::filesystem::path& file);

}  // namespace optimat
