#include "report/data_table.hpp"

#include "report/number_text.hpp"
#include "report/table_text.hpp"
#include "report/workbook_file.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <set>

namespace optimat {

namespace {

constexpr std::string_view hidden_text = "[c]";
constexpr std::int64_t millionths = 1'000'000;

Day day_in(const DataCell& cell) { return Day{static_cast<std::int32_t>(cell.numerator)}; }

/// A share as a percentage, with the sign.
std::string percentage(const DataCell& cell) {
    return *ratio_text(cell.numerator * 100, cell.denominator, shown_decimals) + " %";
}

nlohmann::ordered_json json_of(const DataCell& cell) {
    switch (cell.kind) {
    case CellKind::none:
        return nullptr;
    case CellKind::count:
        return cell.numerator;
    case CellKind::share:
        return json_ratio(cell.numerator, cell.denominator, 6);
    case CellKind::milligrams:
        return json_ratio(cell.numerator, cell.denominator, 3);
    case CellKind::decimal:
        return json_ratio(cell.numerator, cell.denominator, 6);
    case CellKind::hidden:
    case CellKind::words:
    case CellKind::day:
    case CellKind::month:
        break;
    }
    return cell.kind == CellKind::words ? cell.text : file_text(cell);
}

std::string cell_for_csv(const DataCell& cell) {
    return cell.kind == CellKind::words ? csv_words(cell.text) : file_text(cell);
}

}  // namespace

DataCell DataCell::share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? nothing() : DataCell{CellKind::share, {}, part, whole, {}};
}

DataCell DataCell::mean(const DoseSum& sum) {
    return sum.people == 0 ? nothing()
                           : DataCell{CellKind::milligrams, {}, sum.micrograms, sum.people * 1000, {}};
}

DataCell DataCell::decimal(std::optional<double> figure, CellKind kind) {
    if (!figure) return nothing();
    return {kind,
            {},
            static_cast<std::int64_t>(std::llround(*figure * static_cast<double>(millionths))),
            millionths,
            {}};
}

bool DataTable::hides_cells() const {
    return std::ranges::any_of(rows, [](const auto& row) {
        return std::ranges::any_of(row, [](const DataCell& cell) { return cell.kind == CellKind::hidden; });
    });
}

std::string shown_text(const DataCell& cell) {
    switch (cell.kind) {
    case CellKind::none:
        return std::string(no_figure);
    case CellKind::hidden:
        return std::string(hidden_text);
    case CellKind::words:
        return cell.text;
    case CellKind::day:
        return long_date(day_in(cell));
    case CellKind::month:
        return column_label(day_in(cell));
    case CellKind::count:
        return count_text(cell.numerator);
    case CellKind::share:
        return percentage(cell);
    case CellKind::milligrams:
    case CellKind::decimal:
        return *ratio_text(cell.numerator, cell.denominator, shown_decimals);
    }
    return {};
}

std::string file_text(const DataCell& cell) {
    switch (cell.kind) {
    case CellKind::none:
        return {};
    case CellKind::hidden:
        return std::string(hidden_text);
    case CellKind::words:
        return cell.text;
    case CellKind::day:
    case CellKind::month:
        return to_text(day_in(cell));
    case CellKind::count:
        return fmt::format("{}", cell.numerator);
    case CellKind::milligrams:
        return *ratio_text(cell.numerator, cell.denominator, 3);
    case CellKind::share:
    case CellKind::decimal:
        return *ratio_text(cell.numerator, cell.denominator, 6);
    }
    return {};
}

void write_table_csv(const DataTable& table, const Provenance& provenance, const TextSink& sink) {
    std::string text;
    for (const DataColumn& column : table.columns)
        text += fmt::format("{}{}", text.empty() ? "" : ",", column.id);
    text += fmt::format("{}\n", csv_provenance_head());
    const std::string about = csv_provenance(provenance);
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            text += fmt::format("{}{}", i == 0 ? "" : ",", cell_for_csv(row[i]));
        text += about + "\n";
    }
    sink(text);
}

void write_tables_json(const std::vector<DataTable>& tables,
                       const std::vector<std::pair<std::string, std::string>>& about,
                       const Provenance& provenance, const TextSink& sink) {
    using Json = nlohmann::ordered_json;
    Json result = {
        {"provenance", optimat::json_of(provenance)}, {"about", Json::object()}, {"tables", Json::object()}};
    for (const auto& [name, value] : about)
        result["about"][name] = value;
    for (const DataTable& table : tables) {
        Json columns = Json::array(), rows = Json::array();
        for (const DataColumn& column : table.columns)
            columns.push_back({{"id", column.id}, {"words", column.words}});
        for (const auto& row : table.rows) {
            Json object = Json::object();
            for (std::size_t i = 0; i < row.size(); ++i)
                object[table.columns[i].id] = json_of(row[i]);
            rows.push_back(std::move(object));
        }
        result["tables"][table.id] = {{"title", table.title},
                                      {"note", table.note},
                                      {"columns", std::move(columns)},
                                      {"rows", std::move(rows)}};
    }
    sink(result.dump() + "\n");
}

namespace {

using namespace workbook;

/// The cell's place in a sheet. A sheet has fewer rows and columns than these types hold: tables here are
/// small.
Cell at(std::size_t row, std::size_t column) {
    return {static_cast<std::uint32_t>(row), static_cast<std::uint16_t>(column)};
}

std::string_view format_of(CellKind kind) {
    switch (kind) {
    case CellKind::count:
        return formats::count;
    case CellKind::share:
        return formats::percent1;
    case CellKind::milligrams:
    case CellKind::decimal:
        return formats::decimal1;
    default:
        return "";
    }
}

void write_cell(Sheet& sheet, Cell place, const DataCell& cell) {
    const Style figure{.align = Align::right, .number = format_of(cell.kind)};
    switch (cell.kind) {
    case CellKind::none:
        return;
    case CellKind::words:
        return sheet.text(place, cell.text);
    case CellKind::hidden:
        return sheet.text(place, hidden_text, {.align = Align::right});
    case CellKind::day:
    case CellKind::month:
        return sheet.day(place, day_in(cell), {.number = formats::date});
    default:
        sheet.number(place, static_cast<double>(cell.numerator) / static_cast<double>(cell.denominator),
                     figure);
    }
}

bool is_figure(CellKind kind) { return kind >= CellKind::count; }

double width_of(const DataTable& table, std::size_t column) {
    std::size_t width = 9;
    const auto widen = [&](const std::string& text) {
        width = std::max(width, std::min<std::size_t>(text.size() + 2, 48));
    };
    for (const auto& row : table.rows)
        widen(shown_text(row[column]));
    return static_cast<double>(
        std::max(width, std::min<std::size_t>(table.columns[column].words.size() / 2 + 4, 24)));
}

std::string small_letters(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// A name for each table's sheet: the beginning of its title, or its id where another sheet is called so.
/// Whatever the case of letters, no two may be the same.
std::vector<std::string> sheet_names_of(const std::vector<DataTable>& tables) {
    std::vector<std::string> names;
    std::set<std::string> taken;
    for (const DataTable& table : tables) {
        // A sheet's name holds at most 31 characters and none of these.
        std::string name =
            table.title.substr(0, std::min<std::size_t>(table.title.find_first_of("[]:*?/\\,"), 31));
        if (name.size() < 3 || taken.contains(small_letters(name))) name = table.id.substr(0, 31);
        for (int next = 2; !taken.insert(small_letters(name)).second; ++next)
            name = fmt::format("{} {}", table.id.substr(0, 27), next);
        names.push_back(std::move(name));
    }
    return names;
}

void write_sheet(File& file, const std::string& name, const DataTable& table, const std::string& title,
                 const Provenance& provenance) {
    Sheet sheet = file.add_sheet(name);
    sheet.text(at(0, 0), title, {.size = 14, .bold = true});
    sheet.text(at(1, 0), table.title, {.colour = colours::muted});
    const std::size_t head = 3;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const DataColumn& column = table.columns[i];
        const bool words = !is_figure(column.kind);
        sheet.text(at(head, i),
                   column.group.empty() ? column.words : fmt::format("{}: {}", column.group, column.words),
                   {.bold = true,
                    .wrap = true,
                    .fill = colours::pale,
                    .align = words ? Align::left : Align::right,
                    .line = Line::below});
        const auto place = static_cast<std::uint16_t>(i);
        sheet.column_width(place, place, width_of(table, i));
    }
    for (std::size_t row = 0; row < table.rows.size(); ++row)
        for (std::size_t i = 0; i < table.rows[row].size(); ++i)
            write_cell(sheet, at(head + 1 + row, i), table.rows[row][i]);
    const std::size_t foot = head + table.rows.size() + 2;
    if (!table.note.empty()) sheet.text(at(foot, 0), table.note, {.colour = colours::muted});
    sheet.text(at(foot + 1, 0), provenance.line(), {.size = 8, .colour = colours::muted});
    sheet.freeze(at(head + 1, table.row_headings));
    sheet.for_printing(title, provenance.line(), 0);
    sheet.repeat_rows(static_cast<std::uint32_t>(head), static_cast<std::uint32_t>(head));
    sheet.hide_grid();
}

}  // namespace

void write_tables_workbook(const std::vector<DataTable>& tables, const std::string& title,
                           const Provenance& provenance, Day created, const std::filesystem::path& out) {
    File file(out, {.title = title, .subject = "Optimat", .comments = provenance.line(), .created = created});
    const std::vector<std::string> names = sheet_names_of(tables);
    for (std::size_t i = 0; i < tables.size(); ++i)
        write_sheet(file, names[i], tables[i], title, provenance);
    file.close();
}

}  // namespace optimat
