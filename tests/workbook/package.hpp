#pragma once
// An .xlsx file as a zip of parts: read whole, changed as text, written again.

#include <filesystem>
#include <map>
#include <string>

namespace optimat::workbook_tests {

/// Contents of the parts by name, such as `xl/workbook.xml`.
using Package = std::map<std::string, std::string>;

/// Throws std::runtime_error when the file is no whole zip.
Package read_package(const std::filesystem::path& file);
void write_package(const Package& package, const std::filesystem::path& file);

}  // namespace optimat::workbook_tests
