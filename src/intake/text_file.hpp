#pragma once
// Small files read whole: extract.toml, mappings, policies.

#include <filesystem>
#include <string>

namespace optimat {

/// The bytes of a file of at most 16 MiB. Throws InputError when it is missing, unreadable or larger.
std::string read_text_file(const std::filesystem::path& file);

}  // namespace optimat
