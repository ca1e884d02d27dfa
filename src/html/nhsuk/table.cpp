#include "html/nhsuk/table.hpp"

#include "html/nhsuk/markup.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace optimat::nhsuk {
namespace {

/// What a header and a cell have in common while they are written.
struct CellFrame {
    const Table& table;
    bool header = false;  ///< a th
    std::string scope = {};
    std::string role = {};
};

/// A responsive table is no table to a browser once its rows are lists; roles say that it is.
std::string role_of(const Table& table, const std::string& role) { return table.responsive ? role : ""; }

std::string cell_classes(const char* block, const TableCell& cell) {
    Classes classes(block);
    classes.modifier_if(cell.format == "numeric", "numeric", cell.classes);
    const std::array<std::string, 3> sides = {"left", "centre", "right"};
    const bool known = std::ranges::find(sides, cell.align) != sides.end();
    if (known && cell.classes.find("nhsuk-u-text-align-") == std::string::npos)
        classes.add("nhsuk-u-text-align-" + cell.align);
    if (!cell.width.empty()) classes.add("nhsuk-u-width-" + cell.width);
    return classes.add(cell.classes).text();
}

Html words_of(const Html& content, const std::string& hidden) {
    if (hidden.empty()) return content;
    return html_of(content, optimat::tag::span({{"class", "nhsuk-u-visually-hidden"}},
                                               content.empty() ? "" : " ", hidden));
}

Html cell_words(const TableCell& cell) {
    const Html words = words_of(cell.content, cell.visually_hidden_text);
    return cell.href.empty() ? words : optimat::tag::a({{"class", "nhsuk-link"}, {"href", cell.href}}, words);
}

/// On narrow screens each cell stands beside its column's words.
Html beside_heading(const TableCell& cell, const TableHeader& header) {
    const Html words = words_of(header.content, header.visually_hidden_text);
    return html_of(
        optimat::tag::span({{"class", "nhsuk-table__heading"}, {"aria-hidden", "true"}}, words, " "),
        cell.content_is_markup ? optimat::tag::span({}, cell_words(cell)) : cell_words(cell));
}

Html write_cell(const CellFrame& frame, const TableCell& cell, const AttributeList& sorting,
                const Html& content) {
    const char* block = frame.header ? "nhsuk-table__header" : "nhsuk-table__cell";
    return element(frame.header ? "th" : "td",
                   AttributeList()
                       .add("class", cell_classes(block, cell))
                       .add_given("scope", frame.scope)
                       .add_given("role", role_of(frame.table, frame.role))
                       .add(sorting)
                       .add(cell.attributes),
                   content);
}

bool is_sortable(const Table& table) {
    return std::ranges::any_of(table.head, [](const TableHeader& header) { return !header.sort.empty(); });
}
bool is_sorted_by_server(const Table& table) {
    return is_sortable(table) &&
           std::ranges::any_of(table.head, [](const TableHeader& header) { return !header.href.empty(); });
}

Html header_cell(const Table& table, const TableHeader& header) {
    const TableCell cell{.content = header.content,
                         .visually_hidden_text = header.visually_hidden_text,
                         .format = header.format,
                         .align = header.align,
                         .width = header.width,
                         .href = header.href,
                         .classes = header.classes,
                         .attributes = header.attributes};
    AttributeList sorting;
    sorting.flag("data-sort", !header.sort.empty());
    if (!header.sort.empty() && !is_sorted_by_server(table))
        sorting.add_given("data-sort-next", header.sort_next);
    if (header.sort != "none") sorting.add_given("aria-sort", header.sort);
    return write_cell({.table = table, .header = true, .scope = "col", .role = "columnheader"}, cell, sorting,
                      cell_words(cell));
}

Html body_cell(const Table& table, TableCell cell, std::size_t column) {
    const TableHeader header = column < table.head.size() ? table.head[column] : TableHeader();
    const bool names_row = column == 0 && table.first_cell_is_header;
    if (cell.align.empty())
        cell.align = cell.format == "string" && header.format == "numeric" ? "right" : header.align;
    if (cell.format.empty()) cell.format = header.format;
    const CellFrame frame{.table = table,
                          .header = names_row,
                          .scope = names_row ? "row" : "",
                          .role = names_row ? "rowheader" : "cell"};
    const bool beside = table.responsive && column < table.head.size();
    return write_cell(frame, cell, AttributeList().add_given("data-sort-value", cell.sort_value),
                      beside ? beside_heading(cell, header) : cell_words(cell));
}

Html row_of(const Table& table, const Html& cells) {
    return element("tr",
                   AttributeList().add("class", "nhsuk-table__row").add_given("role", role_of(table, "row")),
                   cells);
}

Html head_of(const Table& table) {
    if (table.head.empty()) return {};
    Html cells;
    for (const TableHeader& header : table.head)
        cells += header_cell(table, header);
    return element(
        "thead",
        AttributeList().add("class", "nhsuk-table__head").add_given("role", role_of(table, "rowgroup")),
        row_of(table, cells));
}

Html body_of(const Table& table) {
    Html rows;
    for (const auto& row : table.rows) {
        Html cells;
        for (std::size_t column = 0; column < row.size(); ++column)
            cells += body_cell(table, row[column], column);
        rows += row_of(table, cells);
    }
    return optimat::tag::tbody({{"class", "nhsuk-table__body"}}, rows);
}

/// What the scrolling region is named by.
std::string caption_id(const Table& table) {
    if (!table.caption.id.empty() || !table.scroll || table.caption.content.empty()) return table.caption.id;
    if (!table.id.empty()) return table.id + "-caption";
    std::string words = table.caption.content.text().substr(0, 40);
    std::ranges::transform(words, words.begin(), [](unsigned char c) {
        return c == ' ' ? '-' : static_cast<char>(std::tolower(c));
    });
    return "table-" + words + "-caption";
}

Html caption_of(const Table& table, bool sortable) {
    Heading caption = table.caption;
    caption.id = caption_id(table);
    if (caption.visually_hidden_text.empty() && sortable)
        caption.visually_hidden_text = "Column headers are sortable";
    if (!caption.visually_hidden_text.empty())
        caption.visually_hidden_text = "(" + caption.visually_hidden_text + ")";
    return heading(caption, {.class_name = "nhsuk-table__caption",
                             .class_prefix = "nhsuk-table__caption--",
                             .element = "caption",
                             .sizes = {"s", "m", "l", "xl"}});
}

std::string table_classes(const Table& table, bool sortable) {
    return Classes("nhsuk-table")
        .modifier_if(table.variant == "reverse", "reverse", table.classes)
        .modifier_if(table.compact, "compact", table.classes)
        .modifier_if(table.responsive, "responsive", table.classes)
        .modifier_if(!table.border, "no-border", table.classes)
        .modifier_if(table.border && !table.last_row_border, "no-last-row-border", table.classes)
        .modifier_if(sortable, "sortable", table.classes)
        .modifier_if(table.striped, "striped", table.classes)
        .add(table.classes)
        .text();
}

}  // namespace

Html table(const Table& table) {
    const bool sortable = is_sortable(table);
    AttributeList attributes;
    attributes.add("class", table_classes(table, sortable)).add_given("id", table.id);
    if (sortable && !is_sorted_by_server(table)) attributes.add("data-module", "nhsuk-table");
    if (table.responsive) attributes.add("role", "table");
    Html out = element("table", attributes.add(table.attributes),
                       html_of(caption_of(table, sortable), head_of(table), body_of(table)));
    if (table.scroll)
        out = nhsuk::scroll({.content = out, .labelled_by = caption_id(table), .variant = table.variant});
    if (!table.card) return out;
    Card around = *table.card;
    around.content = out;
    return card(around);
}

Html scroll(const Scroll& scroll) {
    return element("div",
                   AttributeList()
                       .add("class", Classes("nhsuk-scroll")
                                         .modifier_if(scroll.variant == "reverse", "reverse", scroll.classes)
                                         .add(scroll.classes)
                                         .text())
                       .add_given("id", scroll.id)
                       .add("data-module", "nhsuk-scroll")
                       .add(scroll.attributes),
                   element("div",
                           AttributeList()
                               .add("class", "nhsuk-scroll__content")
                               .add("role", "region")
                               .add_given("aria-labelledby", scroll.labelled_by),
                           scroll.content));
}

}  // namespace optimat::nhsuk
