#pragma once

// A CSV file as rows of cells by column name, after the rules that hold for every file of the contract.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace optimat::reference {

/// Column name to cell; "" is not recorded. Every column of the contract is there, whether or not the file
/// has it.
using Row = std::map<std::string, std::string>;

enum class Presence { required, optional };

/// What a file must look like for its rows to count.
struct FileContract {
    std::string name;
    Presence presence;
    std::vector<std::string> required_columns;
    std::vector<std::string> other_columns;
    std::vector<std::string> date_columns;  // named among the above
};

/// The rows that the contract accepts, identical ones once. Refused: a row without a required cell, with a
/// date cell that is no date from 1900-01-01 to 9999-12-31, or with end_date before start_date. An absent
/// optional file has none.
std::vector<Row> read_rows(const std::filesystem::path& folder, const FileContract& contract);

/// The whole file as text; throws std::runtime_error when it cannot be read.
std::string read_text(const std::filesystem::path& file);

}  // namespace optimat::reference
