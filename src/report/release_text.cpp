#include "report/release_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::size_t longest_title = 30, longest_words = 60;

const DataTable* find_table(const std::vector<DataTable>& tables, std::string_view id) {
    const auto found = std::ranges::find(tables, id, &DataTable::id);
    return found == tables.end() ? nullptr : &*found;
}

bool is_figure(CellKind kind) { return kind >= CellKind::count; }

/// The columns of those ids that the table has, under heads of their own.
std::string text_of_columns(const DataTable& table,
                            const std::vector<std::pair<std::string, std::string>>& wanted,
                            std::size_t longest, const Terminal& terminal) {
    TextTable text(terminal);
    std::vector<std::size_t> columns;
    for (const auto& [id, head] : wanted) {
        const auto found = std::ranges::find(table.columns, id, &DataColumn::id);
        if (found == table.columns.end()) continue;
        columns.push_back(static_cast<std::size_t>(found - table.columns.begin()));
        text.add_column(head, is_figure(found->kind) ? Align::right : Align::left);
    }
    for (const auto& row : table.rows) {
        std::vector<std::string> cells;
        for (const std::size_t column : columns)
            cells.push_back(cut_to(printable(shown_text(row[column])), longest));
        text.add_row(std::move(cells));
    }
    return text.text();
}

std::size_t place_of(const DataTable& table, std::string_view id) {
    return static_cast<std::size_t>(std::ranges::find(table.columns, id, &DataColumn::id) -
                                    table.columns.begin());
}

bool has_changed(const std::vector<DataCell>& row, std::size_t then, std::size_t now) {
    return row[then].numerator != row[now].numerator || row[now].kind == CellKind::none;
}

/// Of the counts, those that differ.
DataTable changed_rows(DataTable why) {
    const std::size_t now = place_of(why, "now");
    if (now == why.columns.size()) return DataTable{};
    std::erase_if(why.rows, [&](const auto& row) { return !has_changed(row, why.row_headings, now); });
    return why;
}

/// Of the figures, those whose counts differ.
DataTable changed_figures(DataTable figures, const DataTable& why) {
    std::erase_if(figures.rows, [&](const auto& row) {
        return std::ranges::none_of(
            why.rows, [&](const auto& count) { return count.front().text == row.front().text; });
    });
    return figures;
}

/// `4.0 points`: a difference with its unit, in one cell.
DataTable with_units(DataTable figures) {
    const std::size_t difference = place_of(figures, "difference"),
                      unit = place_of(figures, "difference_unit");
    if (unit == figures.columns.size()) return figures;
    figures.columns[difference].kind = CellKind::words;
    for (auto& row : figures.rows)
        if (row[difference].kind != CellKind::none)
            row[difference] =
                DataCell::words(fmt::format("{} {}", shown_text(row[difference]), row[unit].text));
    return figures;
}

}  // namespace

void write_releases_text(const std::vector<DataTable>& tables, const std::string& due_sentence,
                         const Terminal& terminal, const TextSink& sink) {
    const DataTable* const releases = find_table(tables, "releases");
    if (releases->rows.empty())
        sink("The store has no releases yet; optimat release make makes one.\n");
    else
        sink(text_of_columns(*releases,
                             {{"release", "No"},
                              {"as_at", "Figures of"},
                              {"people_in_mat", "In MAT"},
                              {"made", "Made"},
                              {"author", "By"},
                              {"state", "State"}},
                             longest_title, terminal));
    sink("\n" + wrapped(due_sentence, terminal.width));
}

void write_release_text(const std::vector<DataTable>& tables, const std::string& title,
                        const std::string& sentence, const Provenance& provenance, const Terminal& terminal,
                        const TextSink& sink) {
    sink(paint(terminal, Ink::strong, printable(title)) + "\n");
    sink(wrapped(sentence, terminal.width) + "\n");
    const DataTable& figures = *find_table(tables, "release_figures");
    const DataTable why = changed_rows(*find_table(tables, "release_why"));
    if (const DataTable changed = changed_figures(figures, why); !changed.rows.empty())
        sink(text_of_columns(
                 with_units(changed),
                 {{"title", "Differs"}, {"then_value", "Then"}, {"now_value", "Now"}, {"difference", "By"}},
                 longest_title, terminal) +
             "\n");
    sink(text_of_columns(figures,
                         {{"title", "Measure"},
                          {"then_value", "Then"},
                          {"then_denominator", "Of"},
                          {"now_value", "Now"},
                          {"now_denominator", "Of"}},
                         longest_title, terminal));
    if (!why.rows.empty()) {
        std::vector<std::pair<std::string, std::string>> columns = {{"measure", "Why"}, {"number", "Count"}};
        for (const DataColumn& column : why.columns)
            if (is_figure(column.kind)) columns.emplace_back(column.id, column.words);
        sink("\n" + text_of_columns(why, columns, longest_title, terminal));
    }
    if (const DataTable* const people = find_table(tables, "release_people"))
        sink("\n" + text_of_columns(*people, {{"cause", "Moved by"}, {"people", "People"}}, longest_title,
                                    terminal));
    sink("\n" + text_of_columns(*find_table(tables, "release_about"), {{"what", "What"}, {"value", "Is"}},
                                longest_words, terminal));
    sink(wrapped(provenance.line(), terminal.width));
}

}  // namespace optimat
