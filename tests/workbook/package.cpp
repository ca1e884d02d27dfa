#include "workbook/package.hpp"

#include <array>
#include <stdexcept>
#include <unzip.h>
#include <zip.h>

namespace optimat::workbook_tests {

namespace {

void must(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(what);
}

std::string read_part(unzFile zip) {
    must(unzOpenCurrentFile(zip) == UNZ_OK, "a part cannot be opened");
    std::string text;
    std::array<char, 1 << 16> block;
    int size = 0;
    while ((size = unzReadCurrentFile(zip, block.data(), block.size())) > 0)
        text.append(block.data(), static_cast<std::size_t>(size));
    must(size == 0, "a part is damaged");
    must(unzCloseCurrentFile(zip) == UNZ_OK, "a part has the wrong check sum");
    return text;
}

}  // namespace

Package read_package(const std::filesystem::path& file) {
    unzFile zip = unzOpen64(file.c_str());
    must(zip != nullptr, "the file is no zip");
    Package package;
    for (int at = unzGoToFirstFile(zip); at == UNZ_OK; at = unzGoToNextFile(zip)) {
        std::array<char, 1024> name{};
        must(unzGetCurrentFileInfo64(zip, nullptr, name.data(), name.size(), nullptr, 0, nullptr, 0) ==
                 UNZ_OK,
             "a part has no name");
        must(package.emplace(name.data(), read_part(zip)).second, "two parts have one name");
    }
    unzClose(zip);
    return package;
}

void write_package(const Package& package, const std::filesystem::path& file) {
    zipFile zip = zipOpen64(file.c_str(), APPEND_STATUS_CREATE);
    must(zip != nullptr, "the zip cannot be made");
    for (const auto& [name, text] : package) {
        const zip_fileinfo info{};
        must(zipOpenNewFileInZip(zip, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, 1) ==
                 ZIP_OK,
             "a part cannot be added");
        must(zipWriteInFileInZip(zip, text.data(), static_cast<unsigned>(text.size())) == ZIP_OK,
             "a part cannot be written");
        must(zipCloseFileInZip(zip) == ZIP_OK, "a part cannot be closed");
    }
    must(zipClose(zip, nullptr) == ZIP_OK, "the zip cannot be closed");
}

}  // namespace optimat::workbook_tests
