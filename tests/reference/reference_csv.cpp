#include "reference_csv.hpp"

#include "reference.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace optimat::reference {
namespace {

constexpr std::size_t longest_identifier = 64;

using Cells = std::vector<std::string>;

// RFC 4180, one character at a time.
std::vector<Cells> parse_csv(const std::string& text) {
    std::vector<Cells> records;
    Cells record;
    std::string cell;
    bool quoted = false;
    const auto end_cell = [&] {
        record.push_back(cell);
        cell.clear();
    };
    const auto end_record = [&] {
        end_cell();
        if (record.size() > 1 || !record.front().empty()) records.push_back(record);
        record.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool quote_follows = i + 1 < text.size() && text[i + 1] == '"';
        const bool newline_follows = i + 1 < text.size() && text[i + 1] == '\n';
        if (quoted && c == '"' && quote_follows) {
            cell += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (quoted) {
            cell += c;
        } else if (c == ',') {
            end_cell();
        } else if (c == '\n') {
            end_record();
        } else if (!(c == '\r' && newline_follows)) {
            cell += c;
        }
    }
    if (!cell.empty() || !record.empty()) end_record();
    return records;
}

std::vector<std::string> all_columns(const FileContract& contract) {
    std::vector<std::string> columns = contract.required_columns;
    columns.insert(columns.end(), contract.other_columns.begin(), contract.other_columns.end());
    return columns;
}

bool is_identifier(const std::string& column) { return column.ends_with("_id"); }

// "Empty cell = not recorded"; so is NA, and so is an identifier too long to be one.
std::string recorded_cell(const std::string& column, const std::string& cell) {
    if (cell == "NA") return "";
    if (is_identifier(column) && cell.size() > longest_identifier) return "";
    return cell;
}

Row named_row(const FileContract& contract, const Cells& header, const Cells& cells) {
    Row row;
    for (const std::string& column : all_columns(contract)) {
        row[column] = "";
        for (std::size_t i = 0; i < header.size() && i < cells.size(); ++i)
            if (header[i] == column) row[column] = recorded_cell(column, cells[i]);
    }
    return row;
}

void require_columns(const FileContract& contract, const Cells& header) {
    for (const std::string& column : contract.required_columns) {
        bool found = false;
        for (const std::string& name : header)
            found = found || name == column;
        if (!found) throw std::runtime_error(contract.name + " has no column " + column);
    }
}

bool is_accepted(const FileContract& contract, const Row& row) {
    for (const std::string& column : contract.required_columns)
        if (row.at(column).empty()) return false;
    for (const std::string& column : contract.date_columns)
        if (!row.at(column).empty() && !reference_date(row.at(column))) return false;
    const auto start = row.find("start_date");
    const auto end = row.find("end_date");
    if (start == row.end() || end == row.end() || end->second.empty()) return true;
    return std::chrono::sys_days{*reference_date(end->second)} >=
           std::chrono::sys_days{*reference_date(start->second)};
}

}  // namespace

std::string read_text(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + file.filename().string());
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

std::vector<Row> read_rows(const std::filesystem::path& folder, const FileContract& contract) {
    const std::filesystem::path file = folder / contract.name;
    if (contract.presence == Presence::optional && !std::filesystem::exists(file)) return {};
    std::string text = read_text(file);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    const std::vector<Cells> records = parse_csv(text);
    if (records.empty()) throw std::runtime_error(contract.name + " has no header");
    require_columns(contract, records.front());
    std::vector<Row> rows;
    std::set<Row> seen;
    for (std::size_t i = 1; i < records.size(); ++i) {
        const Row row = named_row(contract, records.front(), records[i]);
        if (is_accepted(contract, row) && seen.insert(row).second) rows.push_back(row);
    }
    return rows;
}

}  // namespace optimat::reference
