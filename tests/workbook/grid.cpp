#include "workbook/grid.hpp"

#include "workbook/xml.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace optimat::workbook_tests {

namespace {

std::string text_inside(const Element& element) {
    std::string text;
    for (const Element* part : element.all("t"))
        text += part->text;
    return text;
}

std::vector<std::string> shared_strings(const Package& package) {
    std::vector<std::string> strings;
    const Element part = parse_xml(package.at("xl/sharedStrings.xml"));
    for (const Element* item : part.all("si"))
        strings.push_back(text_inside(*item));
    return strings;
}

/// Number formats by style number.
std::vector<std::string> number_formats(const Package& package) {
    const Element styles = parse_xml(package.at("xl/styles.xml"));
    std::map<std::string, std::string> by_id = {{"49", "@"}, {"3", "#,##0"}, {"2", "0.00"}, {"10", "0.00%"}};
    for (const Element* format : styles.all("numFmt"))
        by_id[(*format)["numFmtId"]] = (*format)["formatCode"];
    std::vector<std::string> formats;
    for (const Element* style : styles.child("cellXfs")->all("xf"))
        formats.push_back(by_id[(*style)["numFmtId"]]);
    return formats;
}

GridCell cell_of(const Element& element, const std::vector<std::string>& strings) {
    GridCell cell;
    const std::string type = element["t"];
    cell.is_text = type == "s" || type == "str" || type == "inlineStr";
    if (const Element* formula = element.child("f")) cell.formula = formula->text;
    const Element* value = element.child("v");
    cell.has_value = value != nullptr || type == "inlineStr";
    if (type == "inlineStr")
        cell.text = text_inside(element);
    else if (value != nullptr && type == "s")
        cell.text = strings.at(std::stoul(value->text));
    else if (value != nullptr && type == "str")
        cell.text = value->text;
    else if (value != nullptr)
        cell.number = std::stod(value->text);
    return cell;
}

}  // namespace

const GridCell& Grid::at(std::size_t row, std::size_t column) const {
    static const GridCell none;
    return row < rows.size() && column < rows[row].size() ? rows[row][column] : none;
}

std::size_t Grid::width() const {
    std::size_t width = 0;
    for (const auto& row : rows)
        width = std::max(width, row.size());
    return width;
}

std::pair<std::size_t, std::size_t> position_of(const std::string& name) {
    std::size_t column = 0, at = 0;
    for (; at < name.size() && name[at] >= 'A' && name[at] <= 'Z'; ++at)
        column = column * 26 + static_cast<std::size_t>(name[at] - 'A' + 1);
    if (at == 0 || at == name.size()) throw std::runtime_error("this is no name of a cell");
    return {std::stoul(name.substr(at)) - 1, column - 1};
}

std::vector<std::string> sheet_names_of(const Package& package) {
    std::vector<std::string> names;
    const Element workbook = parse_xml(package.at("xl/workbook.xml"));
    for (const Element* sheet : workbook.all("sheet"))
        names.push_back((*sheet)["name"]);
    return names;
}

std::string sheet_part(const Package& package, const std::string& wanted) {
    const Element workbook = parse_xml(package.at("xl/workbook.xml"));
    const Element relations = parse_xml(package.at("xl/_rels/workbook.xml.rels"));
    for (const Element* sheet : workbook.all("sheet"))
        for (const Element* relation : relations.all("Relationship"))
            if ((*sheet)["name"] == wanted && (*relation)["Id"] == (*sheet)["r:id"])
                return "xl/" + (*relation)["Target"];
    throw std::runtime_error("there is no such sheet");
}

Grid read_grid(const Package& package, const std::string& sheet) {
    const auto strings = shared_strings(package);
    const auto formats = number_formats(package);
    Grid grid;
    const Element xml = parse_xml(package.at(sheet_part(package, sheet)));
    for (const Element* element : xml.all("c")) {
        const auto [row, column] = position_of((*element)["r"]);
        if (grid.rows.size() <= row) grid.rows.resize(row + 1);
        if (grid.rows[row].size() <= column) grid.rows[row].resize(column + 1);
        GridCell& cell = grid.rows[row][column];
        cell = cell_of(*element, strings);
        if (const std::string style = (*element)["s"]; !style.empty())
            cell.number_format = formats.at(std::stoul(style));
    }
    return grid;
}

Package with_chosen(Package package, const std::string& label) {
    std::string escaped;
    for (const char c : label)
        escaped += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    std::string& sheet = package.at(sheet_part(package, "Service Tracker"));
    const std::size_t begin = sheet.find("<c r=\"C3\" "), end = sheet.find("</c>", begin);
    const std::size_t style = sheet.find("s=\"", begin), after_style = sheet.find('"', style + 3);
    if (begin == std::string::npos || end < style ||
        !std::string_view(sheet).substr(after_style).starts_with("\" t=\"s\"><v>"))
        throw std::runtime_error("the cell with the list is not where it was");
    const std::string cell = "<c r=\"C3\" " + sheet.substr(style, after_style - style) +
                             "\" t=\"inlineStr\"><is><t>" + escaped + "</t></is>";
    sheet.replace(begin, end - begin, cell);
    return package;
}

}  // namespace optimat::workbook_tests
