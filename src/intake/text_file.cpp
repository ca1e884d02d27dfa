#include "intake/text_file.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace optimat {

std::string read_text_file(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error)
        throw InputError(
            fmt::format("{}: the file is missing or cannot be read ({})", file.string(), error.message()));
    if (size > 16u << 20)
        throw InputError(
            fmt::format("{}: the file is larger than 16 MiB; it should be a small text file", file.string()));
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) throw InputError(fmt::format("{}: the file cannot be read", file.string()));
    return std::move(text).str();
}

}  // namespace optimat
