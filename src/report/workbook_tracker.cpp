// The Service Tracker sheet: the list to choose from, where the place stands now, what changed, the chart,
// and the table beneath it.

#include "report/workbook_tracker_layout.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat::workbook {

namespace tracker_layout {

std::uint16_t month_column(std::size_t month) {
    return static_cast<std::uint16_t>(first_month_column + month);
}
Cell people_cell(TrackerGroup group, std::size_t month) {
    return {people_block + 1 + static_cast<std::uint32_t>(group), month_column(month)};
}
Cell total_cell(std::size_t month) { return {total_row, month_column(month)}; }
Cell all_share_cell(std::size_t place, std::size_t month) {
    return {all_share_block + 1 + static_cast<std::uint32_t>(place), month_column(month)};
}
std::string cohorts_range(std::size_t month) {
    return fmt::format("{}:{}", relative(cohort_people(0, month)),
                       relative(cohort_people(cohort_count - 1, month)));
}

std::string cohort_name(std::size_t cohort) {
    std::string word(text_of(static_cast<TrackerGroup>(cohort)));
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
}

}  // namespace tracker_layout

using namespace tracker_layout;

namespace {

void write_chooser(const Source& source, Sheet& sheet) {
    sheet.text({chooser_row, label_column}, "Choose a service, region or the whole organisation  ▸",
               {.size = 11, .bold = true, .colour = colours::accent, .align = Align::right});
    const Style style{.size = 12,
                      .bold = true,
                      .fill = colours::accent_pale,
                      .line = Line::around,
                      .line_colour = colours::accent,
                      .indent = 1,
                      .number = formats::text};
    sheet.join(chosen_cell(), 8, style);
    sheet.text(chosen_cell(), source.figures.here().label, style);
    sheet.drop_down(chosen_cell(), names::place_labels, "Not in the list",
                    "Pick a place from the list of the cell.");
    sheet.text({chooser_row, 9}, "Click the cell, then its arrow. Every sheet follows.",
               {.size = 9, .italic = true, .colour = colours::muted});
}

void write_chart_part(const Source& source, Sheet& sheet) {
    sheet.text({chart_heading_row, label_column}, "The four cohorts, month by month",
               {.size = 12, .bold = true});
    const auto& threshold = source.request.policy.family(Family::methadone).threshold;
    const std::string dose =
        threshold ? fmt::format("; {} mg is the threshold", milligram_text(*threshold)) : "";
    sheet.text({chart_heading_row, first_month_column},
               fmt::format("Height: share of red + amber + green + grey, red at the bottom. Figure inside: "
                           "mean methadone dose in mg{}.",
                           dose),
               {.size = 9, .colour = colours::muted});
    const auto columns = static_cast<double>(std::max<std::size_t>(source.figures.dates.size(), 12));
    const double width = (label_width * 7 + 5) + columns * (month_width * 7 + 5);
    add_tracker_chart(source, sheet, {chart_row, label_column}, width, chart_rows * 20.0 - 4);
}

void set_up(const Source& source, Sheet& sheet) {
    const auto last_column = std::max<std::uint16_t>(last_card_column, month_column(source.figures.last()));
    sheet.column_width(swatch_column, swatch_column, 2.3);
    sheet.column_width(label_column, label_column, label_width);
    sheet.column_width(first_month_column, last_column, month_width);
    sheet.row_height(chooser_row, 24);
    sheet.row_height(chooser_row + 1, 6);
    sheet.row_height(caption_row, 17);
    sheet.row_height(meaning_row, 34);
    sheet.row_height(figure_row, 30);
    sheet.row_height(detail_row, 14);
    sheet.row_height(detail_row + 1, 6);
    sheet.freeze({detail_row + 1, first_month_column});
    sheet.hide_grid();
    sheet.for_printing(source.heading, source.request.provenance.line(), 1);
    sheet.print_area({0, 0}, {note_row + 1, last_column});
    sheet.tab_colour(colours::accent);
}

}  // namespace

Cell chosen_cell() { return {chooser_row, first_month_column}; }
Cell month_heading(std::size_t month) { return {table_row, month_column(month)}; }
Cell cohort_people(std::size_t cohort, std::size_t month) {
    return people_cell(static_cast<TrackerGroup>(cohort), month);
}
Cell cohort_share_cell(std::size_t cohort, std::size_t month) {
    return {cohort_share_block + 1 + static_cast<std::uint32_t>(cohort), month_column(month)};
}
Cell cohort_mean(std::size_t cohort, std::size_t month) {
    return {dose_block + 1 + static_cast<std::uint32_t>(cohort), month_column(month)};
}

void write_tracker(const Source& source, Sheet& sheet) {
    write_title(sheet, "Service tracker", source.heading);
    write_chooser(source, sheet);
    write_tracker_cards(source, sheet);
    write_tracker_sentences(source, sheet);
    write_chart_part(source, sheet);
    write_tracker_table(source, sheet);
    set_up(source, sheet);
}

}  // namespace optimat::workbook
