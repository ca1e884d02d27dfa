#include "web/extract_rows.hpp"

#include "intake/contract.hpp"
#include "intake/csv.hpp"
#include "intake/extract_file.hpp"
#include "intake/text_file.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view built_in = "built-in:";

std::string text_of_cell(std::string_view bytes) {
    const std::size_t first = bytes.find_first_not_of(" \t");
    if (first == bytes.npos) return {};
    bytes = bytes.substr(first, bytes.find_last_not_of(" \t") - first + 1);
    return is_utf8(bytes) ? std::string(bytes) : from_windows_1252(bytes);
}

/// Places of the named columns in a header; nothing when one is not there.
std::vector<std::size_t> places_of_columns(const std::vector<std::string>& header,
                                           const std::vector<std::string>& names) {
    std::vector<std::size_t> places;
    for (const std::string& name : names) {
        const auto found = std::ranges::find(header, name);
        if (found == header.end()) return {};
        places.push_back(static_cast<std::size_t>(found - header.begin()));
    }
    return places;
}

/// Where a row's client id and the cells to show stand.
struct RowPlaces {
    std::vector<std::size_t> client;
    std::string joined_by;
    std::vector<std::size_t> shown;
    std::size_t columns = 0;
};

ExtractRow row_of(std::span<const Cell> cells, std::uint64_t line, const RowPlaces& places) {
    ExtractRow row;
    row.line = line;
    if (cells.size() != places.columns) return row;  // nobody can say which cell is which
    for (const std::size_t place : places.client) {
        const std::string part = text_of_cell(cells[place].view());
        if (part.empty() || part == "NA") {
            row.client_id.clear();
            break;
        }
        row.client_id += (row.client_id.empty() ? "" : places.joined_by) + part;
    }
    for (const std::size_t place : places.shown)
        row.cells.push_back(text_of_cell(cells[place].view()));
    return row;
}

}  // namespace

Mapping mapping_of_extract(const std::filesystem::path& folder, const Definitions& definitions) {
    const ExtractFile about = read_extract_file(folder / "extract.toml");
    if (about.mapping.empty()) return {};
    if (about.mapping.starts_with(built_in)) {
        const std::string name = about.mapping.substr(built_in.size());
        const auto text = definitions.mapping(name);
        if (!text) throw InputError("extract.toml names a built-in mapping that there is not");
        return parse_mapping(*text, about.mapping);
    }
    if (std::filesystem::path(about.mapping).filename() != about.mapping || about.mapping == "..")
        throw InputError("extract.toml names a mapping elsewhere; put the mapping beside extract.toml and "
                         "write its name alone");
    return parse_mapping(read_text_file(folder / about.mapping), about.mapping);
}

ExtractRows::ExtractRows(std::filesystem::path folder, const Definitions& definitions)
    : m_folder(std::move(folder)), m_mapping(mapping_of_extract(m_folder, definitions)) {}

const TableMapping* ExtractRows::mapping_of(const FileReport& file) const {
    const FileMapping* mapping = m_mapping.of_file(file.file);
    if (mapping == nullptr) return nullptr;
    const auto found = std::ranges::find(mapping->tables, file.table, &TableMapping::table);
    return found == mapping->tables.end() ? nullptr : &*found;
}

bool ExtractRows::may_show(const FileReport& file, const std::string& column) const {
    const TableMapping* table = mapping_of(file);
    if (table == nullptr)
        return m_mapping.of_file(file.file) == nullptr && contract_field(file.table, column) != nullptr;
    if (table->when_column == column) return true;
    bool used = false;
    for (const auto& [field, source] : table->fields) {
        if (std::ranges::find(source.columns, column) == source.columns.end()) continue;
        if (source.part != SourcePart::whole)
            return false;  // a date of birth is taken as a year and never shown
        used = true;
    }
    return used;
}

std::vector<std::string> ExtractRows::columns(const FileReport& file) const {
    std::vector<std::string> shown;
    for (const std::string& column : file.columns)
        if (may_show(file, column)) shown.push_back(column);
    return shown;
}

void ExtractRows::read(const FileReport& file, std::span<const std::uint64_t> lines, RowCells cells,
                       const std::function<void(const ExtractRow&)>& take) const {
    if (lines.empty()) return;
    CsvReader reader(m_folder / file.file);
    RowPlaces places{{}, "-", {}, reader.header().size()};
    const TableMapping* table = mapping_of(file);
    if (table == nullptr) {
        places.client = places_of_columns(reader.header(), {"client_id"});
    } else if (const auto source = table->fields.find("client_id"); source != table->fields.end()) {
        places.client = places_of_columns(reader.header(), source->second.columns);
        places.joined_by = source->second.joined_by;
    }
    if (cells == RowCells::shown) places.shown = places_of_columns(reader.header(), columns(file));
    SegmentBuffer buffer;
    std::size_t at = 0;
    while (const auto segment = reader.next(buffer)) {
        if (segment->broken != BrokenRow::none) {
            while (at < lines.size() && lines[at] < segment->first_line)
                ++at;
            if (at < lines.size() && lines[at] == segment->first_line) take({lines[at++], {}, {}});
            continue;
        }
        for (RowScanner rows(*segment); at < lines.size() && rows.next_row();) {
            while (at < lines.size() && lines[at] < rows.line())
                ++at;
            if (at == lines.size() || lines[at] != rows.line()) continue;
            take(row_of(rows.cells(), rows.line(), places));
            ++at;
        }
        if (at == lines.size()) return;
    }
}

}  // namespace optimat
