#pragma once
// Where things stand on the Service Tracker sheet; shared by the files that write its parts.

#include "report/workbook_sheets.hpp"

namespace optimat::workbook::tracker_layout {

constexpr std::uint16_t swatch_column = 0, label_column = 1, first_month_column = 2, last_card_column = 13;
constexpr std::uint32_t chooser_row = 2, caption_row = 4, meaning_row = 5, figure_row = 6, detail_row = 7,
                        sentence_row = 9, chart_heading_row = 12, chart_row = 13, chart_rows = 17;

/// Groups whose share of all in MAT is shown.
constexpr TrackerGroup shared_of_all[] = {TrackerGroup::uncategorised, TrackerGroup::mat1,
                                          TrackerGroup::mat4};

// The table: a heading row, then blocks that begin with a row of their own.
constexpr std::uint32_t table_row = chart_row + chart_rows + 1, people_block = table_row + 1,
                        total_row = people_block + 1 + tracker_group_count,
                        cohort_share_block = total_row + 1,
                        all_share_block = cohort_share_block + 1 + cohort_count,
                        dose_block = all_share_block + 1 + std::size(shared_of_all),
                        average_dose_row = dose_block + 1 + cohort_count, note_row = average_dose_row + 2;

constexpr double label_width = 46, month_width = 11;  ///< characters

std::uint16_t month_column(std::size_t month);
Cell people_cell(TrackerGroup group, std::size_t month);
Cell total_cell(std::size_t month);
/// `place` in shared_of_all.
Cell all_share_cell(std::size_t place, std::size_t month);
/// The people of the four cohorts, `C34:C37`.
std::string cohorts_range(std::size_t month);
/// `Red`, …
std::string cohort_name(std::size_t cohort);

}  // namespace optimat::workbook::tracker_layout

namespace optimat::workbook {

// The parts of the sheet.
void write_tracker_cards(const Source& source, Sheet& sheet);
void write_tracker_sentences(const Source& source, Sheet& sheet);
void write_tracker_table(const Source& source, Sheet& sheet);

}  // namespace optimat::workbook
