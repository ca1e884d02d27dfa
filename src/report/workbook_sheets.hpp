#pragma once
// The sheets of the workbook. Each is written by one function from the figures; where cells lie that other
// sheets point at is said here.

#include "report/workbook_figures.hpp"
#include "report/workbook_file.hpp"

namespace optimat::workbook {

namespace sheet_names {
inline constexpr const char *tracker = "Service Tracker", *service_data = "Service Data", *flows = "Flows",
                            *compare = "Compare", *measures = "Measures", *definitions = "Definitions",
                            *data = "Data";
}

/// Names of cells and ranges that formulas use.
namespace names {
inline constexpr const char *chosen_place = "chosen_place",  ///< the cell with the drop-down list
    *chosen_key =
        "chosen_key",  ///< what the keys of the chosen place begin with; 0 when the text is no place's
        *place_labels = "place_labels", *place_keys = "place_keys";
}

/// What every sheet is written from.
struct Source {
    const WorkbookRequest& request;
    const Figures& figures;
    File& file;
    std::string heading;  ///< `Organisation · to 31 October 2018`
};

// ---- Data
// -----------------------------------------------------------------------------------------------------------

/// Blocks of rows on the Data sheet.
enum class Section : std::uint8_t { tracker = 1, service_data, flows, dose_range };

/// What the keys of a place begin with: chosen_key, when it is chosen.
std::int64_t key_of_place(std::size_t place);
/// The part of a row's key that does not depend on the place: block, month (0 the first) and row of the
/// block. Keys are unique whole numbers, so that one SUMIFS finds a figure and rows may be sorted at will.
std::int64_t key_within_place(Section section, std::size_t month, std::size_t row);

/// The tracker's row with the doses of MAT2 + MAT3 + uncategorised; its people stand in other rows.
constexpr std::size_t average_row = tracker_group_count;

/// Columns of the Data sheet that hold figures; each is a defined name, `data_people` and so on.
enum class DataColumn : std::uint8_t {
    people,
    methadone_people,
    methadone_mg,
    buprenorphine_people,
    buprenorphine_mg,
    lyophilisate,
    injections,
    other_medicine,
    on_threshold,
    high_dose,
    lowest,
    lower_quartile,
    median,
    upper_quartile,
    highest
};

/// A figure of the chosen place, or empty text when no place is chosen.
std::string chosen_sum(DataColumn column, std::int64_t key);
/// The mean of a sum over people of the chosen place; empty text when there are none.
std::string chosen_mean(DataColumn sum, DataColumn people, std::int64_t key);
/// A figure of the chosen place that may be missing: empty text when `people` is 0.
std::string chosen_if_any(DataColumn column, DataColumn people, std::int64_t key);

/// Where the chart reads: one row for each cohort and month, its label and, in the month's column, its share.
Cell chart_label(std::size_t cohort, std::size_t month, std::size_t months);
Cell chart_share(std::size_t cohort, std::size_t month, std::size_t column_month, std::size_t months);

void write_data(const Source& source, Sheet& sheet);

// ---- the sheets for reading
// -----------------------------------------------------------------------------------------

/// Cells of the tracker sheet that others use.
Cell chosen_cell();
Cell month_heading(std::size_t month);
Cell cohort_people(std::size_t cohort, std::size_t month);
Cell cohort_share_cell(std::size_t cohort, std::size_t month);
Cell cohort_mean(std::size_t cohort, std::size_t month);

void write_tracker(const Source& source, Sheet& sheet);
void add_tracker_chart(const Source& source, Sheet& sheet, Cell corner, double width_pixels,
                       double height_pixels);
void write_service_data(const Source& source, Sheet& sheet);
void write_flows(const Source& source, Sheet& sheet);
void write_compare(const Source& source, Sheet& sheet);
void write_measures(const Source& source, Sheet& sheet);
void write_definitions(const Source& source, Sheet& sheet);

// ---- what sheets have in common
// ---------------------------------------------------------------------------------------

/// Title in B1 and, under it, whom and when the sheet is about.
void write_title(Sheet& sheet, std::string_view title, std::string_view subtitle);
/// Under the title, the place chosen on the first sheet, live.
void write_chosen_place(const Source& source, Sheet& sheet, Cell cell);

/// Zeros step back in a table of many.
void mute_zeros(Sheet& sheet, Cell first, Cell last);

Style heading_style(Align align = Align::left);  ///< of a column
Style section_style();                           ///< of a block of rows
Style body_style(
    std::string_view number = "");  ///< of a cell in a table; right-aligned when it has a number format

}  // namespace optimat::workbook
