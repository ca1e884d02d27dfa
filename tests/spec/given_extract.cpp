#include "given_extract.hpp"

#include "base/dose.hpp"
#include "intake/contract.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <fstream>
#include <set>

namespace optimat::spec {

namespace {

constexpr std::string_view people_column = "people";

bool for_people_only(std::string_view column) { return column == "why" || column == "note"; }

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == text.npos) return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& cell : cells)
        line += csv_cell(cell) + ',';
    line.back() = '\n';
    return line;
}

/// What a record id of a table begins with when a case does not give ids.
std::string_view id_letter(std::string_view column) {
    if (column == "prescription_id") return "P";
    if (column == "episode_id") return "E";
    if (column == "top_id") return "T";
    if (column == "screen_id") return "D";
    return "A";
}

std::optional<std::string> usual_cell(std::string_view column, std::size_t row) {
    if (column == "service_id") return "S1";
    if (column == "medicine") return "methadone";
    if (column.ends_with("_id") && column != "client_id")
        return fmt::format("{}{:04}", id_letter(column), row + 1);
    return std::nullopt;
}

bool allowed_by(const Field& field, const std::string& cell) {
    switch (field.kind) {
    case FieldKind::day:
        return parse_iso_day(cell).has_value();
    case FieldKind::code:
        return std::ranges::find(field.codes->texts, cell) != field.codes->texts.end() &&
               cell != "unlisted_kind";
    case FieldKind::flag:
        return cell == "true" || cell == "false";
    case FieldKind::count: {
        const auto number = whole_number(cell);
        return number && *number >= field.minimum && *number <= field.maximum;
    }
    case FieldKind::dose: {
        const auto dose = parse_milligrams(cell);
        return dose && dose->number >= 0;
    }
    default:
        return true;
    }
}

}  // namespace

void GivenExtract::set_period(std::string covers_from, std::string covers_to) {
    m_covers_from = std::move(covers_from);
    m_covers_to = std::move(covers_to);
}

void GivenExtract::set_table(const std::string& table, const SpecTable& rows) {
    check_columns(table, rows);
    for (const SpecRow& row : rows.rows)
        for (std::size_t i = 0; i < rows.columns.size(); ++i)
            check_cell(table, rows.columns[i], row, row.cells[i]);
    Table expanded_rows = expanded(rows);
    add_missing_columns(table, expanded_rows);
    m_tables[table] = std::move(expanded_rows);
    m_files.erase(table + ".csv");
}

void GivenExtract::set_file(const std::string& name, std::string bytes) { m_files[name] = std::move(bytes); }
void GivenExtract::leave_out_file(const std::string& name) { m_files[name] = std::nullopt; }
void GivenExtract::set_mapping(std::string toml) { m_mapping = std::move(toml); }

void GivenExtract::check_columns(const std::string& table, const SpecTable& rows) const {
    for (const std::string& column : rows.columns) {
        const bool item = table == "ascis" && std::ranges::find(m_items, column) != m_items.end();
        if (item || for_people_only(column) || column == people_column ||
            contract_field(table, column) != nullptr)
            continue;
        throw SpecError(rows.line, fmt::format("the contract's {} have no column '{}'", table, column));
    }
    const auto fields = table == services_table ? service_fields() : fields_of(*table_of_name(table));
    for (const Field& field : fields) {
        if (field.required == Required::no || rows.find(field.name) || usual_cell(field.name, 0)) continue;
        if (table == services_table) continue;
        throw SpecError(rows.line, fmt::format("the column '{}' is missing", field.name));
    }
}

void GivenExtract::check_cell(const std::string& table, const std::string& column, const SpecRow& row,
                              const std::string& cell) const {
    if (cell.empty() || for_people_only(column)) return;
    if (column == people_column) {
        if (whole_number(cell).value_or(0) < 1) throw SpecError(row.line, "people is a whole number from 1");
        return;
    }
    const Field* field = contract_field(table, column);
    if (field == nullptr ? cell == "true" || cell == "false" : allowed_by(*field, cell)) return;
    throw SpecError(
        row.line,
        fmt::format("column {}: '{}' is not what the contract allows; broken cells are given as a file",
                    column, cell));
}

/// The rows without the columns for people, each repeated for as many people as its column `people` says.
GivenExtract::Table GivenExtract::expanded(const SpecTable& rows) {
    Table result;
    const auto people = rows.find(people_column);
    const auto kept = [&](std::size_t i) { return !for_people_only(rows.columns[i]) && i != people; };
    for (std::size_t i = 0; i < rows.columns.size(); ++i)
        if (kept(i)) result.columns.push_back(rows.columns[i]);
    for (const SpecRow& row : rows.rows) {
        const bool many = people && !row.cells[*people].empty();
        const int count = many ? *whole_number(row.cells[*people]) : 1;
        for (int number = 1; number <= count; ++number) {
            auto& cells = result.rows.emplace_back();
            for (std::size_t i = 0; i < rows.columns.size(); ++i) {
                if (!kept(i)) continue;
                const bool own =
                    many && (rows.columns[i] == "client_id" ||
                             (rows.columns[i].ends_with("_id") && rows.columns[i] != "service_id"));
                cells.push_back(own ? fmt::format("{}-{}", row.cells[i], number) : row.cells[i]);
            }
        }
    }
    return result;
}

void GivenExtract::add_missing_columns(const std::string& table, Table& rows) {
    const auto fields = table == services_table ? service_fields() : fields_of(*table_of_name(table));
    for (const Field& field : fields) {
        if (field.required == Required::no ||
            std::ranges::find(rows.columns, field.name) != rows.columns.end())
            continue;
        rows.columns.emplace_back(field.name);
        for (std::size_t i = 0; i < rows.rows.size(); ++i) {
            const auto id = std::ranges::find(rows.columns, "service_id") - rows.columns.begin();
            rows.rows[i].push_back(field.name == "name" ? rows.rows[i][static_cast<std::size_t>(id)]
                                                        : usual_cell(field.name, i).value_or(""));
        }
    }
}

/// All texts of a column over all tables, without empty ones, in byte order.
std::vector<std::string> GivenExtract::named(const std::string& column) const {
    std::set<std::string> texts;
    for (const auto& [name, table] : m_tables) {
        const auto found = std::ranges::find(table.columns, column);
        if (found == table.columns.end()) continue;
        for (const auto& row : table.rows)
            texts.insert(row[static_cast<std::size_t>(found - table.columns.begin())]);
    }
    texts.erase("");
    return {texts.begin(), texts.end()};
}

std::map<std::string, GivenExtract::Table> GivenExtract::all_tables() const {
    std::map<std::string, Table> tables = m_tables;
    if (!tables.contains("clients")) {
        tables["clients"].columns = {"client_id"};
        for (const std::string& id : named("client_id"))
            tables["clients"].rows.push_back({id});
    }
    if (!tables.contains("services")) {
        std::vector<std::string> ids = named("service_id");
        if (std::ranges::find(ids, "S1") == ids.end()) ids.insert(ids.begin(), "S1");
        tables["services"].columns = {"service_id", "name"};
        for (const std::string& id : ids)
            tables["services"].rows.push_back({id, id});
    }
    if (!tables.contains("prescriptions"))
        tables["prescriptions"].columns = {"prescription_id", "client_id", "service_id", "medicine",
                                           "start_date"};
    return tables;
}

void GivenExtract::write(const std::filesystem::path& folder) const {
    std::map<std::string, std::optional<std::string>> files = m_files;
    // A mapping says itself what fills the tables that the case does not give.
    for (const auto& [name, table] : m_mapping.empty() ? all_tables() : m_tables) {
        std::string text = csv_line(table.columns);
        for (const auto& row : table.rows)
            text += csv_line(row);
        files.try_emplace(name + ".csv", std::move(text));
    }
    std::string about =
        fmt::format("organisation = \"Organisation\"\ncovers_from = \"{}\"\ncovers_to = \"{}\"\n",
                    m_covers_from, m_covers_to);
    if (!m_mapping.empty()) {
        about += "mapping = \"mapping.toml\"\n";
        files.try_emplace("mapping.toml", m_mapping);
    }
    files.try_emplace("extract.toml", std::move(about));
    for (const auto& [name, bytes] : files)
        if (bytes) std::ofstream(folder / name, std::ios::binary) << *bytes;
}

std::optional<std::string> table_for_words(std::string_view words) {
    std::string name(words);
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    std::ranges::replace(name, ' ', '_');
    return contract_has(name) ? std::optional(name) : std::nullopt;
}

std::string unescaped(const SpecBlock& block) {
    if (!block.escapes) return block.text;
    const std::string_view text = block.text;
    std::string result;
    int line = block.line + 1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') ++line;
        if (text[i] != '\\') {
            result += text[i];
            continue;
        }
        const char kind = text[++i];
        unsigned value = 0;
        if (kind == 'n') {
            result += '\n';
        } else if (kind == 'r') {
            result += '\r';
        } else if (kind == 't') {
            result += '\t';
        } else if (kind == '\\') {
            result += '\\';
        } else if (kind == '\n') {
            ++line;
        } else if (kind == 'x' && i + 2 < text.size() &&
                   std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16).ptr ==
                       text.data() + i + 3) {
            result += static_cast<char>(value);
            i += 2;
        } else if (const std::size_t close = text.find('}', i); kind == '{' && close != text.npos) {
            const std::string_view inside = text.substr(i + 1, close - i - 1);
            const std::size_t space = inside.find(' ');
            const auto count = space == inside.npos ? std::nullopt : whole_number(inside.substr(0, space));
            if (!count) throw SpecError(line, "a repetition is written \\{COUNT TEXT}");
            for (int k = 0; k < *count; ++k)
                result += inside.substr(space + 1);
            i = close;
        } else {
            throw SpecError(line, "this escape is not known; known are \\n \\r \\t \\\\ \\xE9 \\{COUNT TEXT} "
                                  "and \\ at a line's end");
        }
    }
    return result;
}

}  // namespace optimat::spec
