#pragma once

// A folder of its own, gone with the object.

#include <filesystem>
#include <fmt/format.h>
#include <random>

namespace optimat::spec {

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::random_device device;
        m_path =
            std::filesystem::temp_directory_path() / fmt::format("optimat-{:08x}{:08x}", device(), device());
        std::filesystem::create_directory(m_path);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return m_path; }

  private:
    std::filesystem::path m_path;
};

}  // namespace optimat::spec
