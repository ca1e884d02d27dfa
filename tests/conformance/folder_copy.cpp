#include "folder_copy.hpp"

#include "engine_run.hpp"

#include <fmt/format.h>
#include <fstream>
#include <random>
#include <sstream>

namespace optimat::conformance {

FolderCopy::FolderCopy() {
    std::random_device device;
    m_path = std::filesystem::temp_directory_path() /
             fmt::format("optimat-conformance-{:08x}{:08x}", device(), device());
    std::filesystem::create_directory(m_path);
}

FolderCopy::FolderCopy(const std::filesystem::path& folder) : FolderCopy() {
    std::filesystem::copy(folder, m_path, std::filesystem::copy_options::recursive);
}

FolderCopy::~FolderCopy() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

void FolderCopy::shuffle_rows(std::uint64_t seed) {
    std::mt19937_64 dice(seed);
    for (const auto& entry : std::filesystem::directory_iterator(m_path)) {
        if (entry.path().extension() != ".csv") continue;
        std::istringstream text(bytes_of(entry.path()));
        std::vector<std::string> lines;
        for (std::string line; std::getline(text, line);)
            lines.push_back(line);
        for (std::size_t i = lines.size(); i > 2; --i)
            std::swap(lines[i - 1], lines[1 + dice() % (i - 1)]);
        std::ofstream file(entry.path(), std::ios::binary);
        for (const std::string& line : lines)
            file << line << '\n';
    }
}

}  // namespace optimat::conformance
