#include "workbook/office.hpp"

#include "base/day.hpp"

#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace optimat::workbook_tests {

namespace {

/// By itself LibreOffice shows the values that stand in the file; the test wants its own.
constexpr const char* always_calculate =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
)";

/// Comma, quotes, UTF-8, cells as they are rather than as shown, every sheet into a file of its own.
constexpr const char* csv_filter =
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";

std::string text_of_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        throw std::runtime_error(fmt::format("LibreOffice has not written {}", file.filename().string()));
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

}  // namespace

bool office_is_installed() { return std::system("command -v soffice >/dev/null 2>&1") == 0; }

std::vector<CalculatedBook> calculate(const std::vector<std::filesystem::path>& books,
                                      const std::vector<std::string>& sheets,
                                      const std::filesystem::path& work_folder) {
    const std::filesystem::path profile = work_folder / "profile", out = work_folder / "csv";
    std::filesystem::create_directories(profile / "user");
    std::ofstream(profile / "user" / "registrymodifications.xcu") << always_calculate;
    std::string command = fmt::format(
        "timeout 300 soffice -env:UserInstallation=file://{} --headless --convert-to '{}' --outdir '{}'",
        profile.string(), csv_filter, out.string());
    for (const auto& book : books)
        command += fmt::format(" '{}'", book.string());
    if (std::system((command + " >/dev/null 2>&1").c_str()) != 0)
        throw std::runtime_error("LibreOffice has failed");
    std::vector<CalculatedBook> calculated;
    for (const auto& book : books) {
        CalculatedBook& sheets_of_book = calculated.emplace_back();
        for (const std::string& sheet : sheets)
            sheets_of_book[sheet] =
                parse_csv(text_of_file(out / fmt::format("{}-{}.csv", book.stem().string(), sheet)));
    }
    return calculated;
}

double number_in(const std::string& cell) {
    if (const auto day = parse_iso_day(cell)) return day->number + 25569.0;
    std::size_t used = 0;
    const double number = std::stod(cell, &used);
    if (cell.substr(used) == "%") return number / 100;
    if (used != cell.size()) throw std::runtime_error("this is no number");
    return number;
}

CsvRows parse_csv(const std::string& text) {
    CsvRows rows(1, {""});
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string& cell = rows.back().back();
        const char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
            cell += text[i++];
        else if (c == '"')
            quoted = !quoted;
        else if (quoted)
            cell += c;
        else if (c == ',')
            rows.back().emplace_back();
        else if (c == '\n')
            rows.push_back({""});
        else if (c != '\r')
            cell += c;
    }
    return rows;
}

}  // namespace optimat::workbook_tests
