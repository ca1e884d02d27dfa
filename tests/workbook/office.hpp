#pragma once
// Headless LibreOffice: opens workbooks, calculates every formula anew and gives each sheet's cells.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace optimat::workbook_tests {

/// Cells of a sheet as LibreOffice writes them to CSV, with every digit.
using CsvRows = std::vector<std::vector<std::string>>;
/// Sheets by name.
using CalculatedBook = std::map<std::string, CsvRows>;

bool office_is_installed();

/// Opens the books in one run, with forced calculation. Sheets must have these names.
std::vector<CalculatedBook> calculate(const std::vector<std::filesystem::path>& books,
                                      const std::vector<std::string>& sheets,
                                      const std::filesystem::path& work_folder);

/// A number as LibreOffice writes it in CSV: `0.25`, `25%`, `2018-03-31` (days since 1899-12-30).
double number_in(const std::string& cell);

CsvRows parse_csv(const std::string& text);

}  // namespace optimat::workbook_tests
