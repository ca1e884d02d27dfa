// The Data sheet: tidy rows, one a place, month and group, that every other sheet reads; right of them the
// places of the drop-down list and what the chart reads.

#include "report/number_text.hpp"
#include "report/workbook_sheets.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat::workbook {

namespace {

constexpr std::int64_t place_step = 10'000'000, section_step = 1'000'000, month_step = 1'000;

constexpr std::uint16_t key_column = 0, sheet_column = 1, place_column = 2, date_column = 3, row_column = 4,
                        detail_column = 5, first_figure_column = 6;

struct ColumnText {
    const char* name;
    const char* heading;
};
constexpr ColumnText figure_columns[] = {
    {"data_people", "people"},
    {"data_methadone_people", "methadone: people with a known dose"},
    {"data_methadone_mg", "methadone: sum of doses (mg)"},
    {"data_buprenorphine_people", "buprenorphine tablets: people with a known dose"},
    {"data_buprenorphine_mg", "buprenorphine tablets: sum of doses (mg)"},
    {"data_lyophilisate", "lyophilisate: people"},
    {"data_injections", "injections: people"},
    {"data_other_medicine", "other MAT medicine: people"},
    {"data_on_threshold", "dose exactly on the threshold: people"},
    {"data_high_dose", "above the high dose: people"},
    {"data_lowest", "lowest dose (mg)"},
    {"data_lower_quartile", "lower quartile (mg)"},
    {"data_median", "median dose (mg)"},
    {"data_upper_quartile", "upper quartile (mg)"},
    {"data_highest", "highest dose (mg)"},
};
constexpr auto figure_count = static_cast<std::uint16_t>(std::size(figure_columns));
constexpr const char* row_headings[] = {"key", "sheet", "place", "as at", "row", "detail"};

constexpr std::uint16_t place_list_column = first_figure_column + figure_count + 1;
constexpr const char* place_headings[] = {"place", "kind", "id", "name", "key begins with", "chosen"};
constexpr std::uint16_t place_key_column = place_list_column + 4, chosen_column = place_list_column + 5;
constexpr std::uint16_t chart_column = chosen_column + 2;

const char* name_of(DataColumn column) { return figure_columns[static_cast<std::size_t>(column)].name; }

std::string sum_of(DataColumn column, std::int64_t key) {
    return fmt::format("SUMIFS({},data_key,{}+{})", name_of(column), names::chosen_key, key);
}

/// Writes the tidy rows from the second row of the sheet on.
class RowWriter {
  public:
    RowWriter(Sheet& sheet, const PlaceFigures& at, std::size_t place, std::uint32_t& row)
        : m_sheet(sheet), m_label(at.label), m_place_key(key_of_place(place)), m_row(row) {}

    void begin(Section section, std::size_t month, Day day, std::size_t row, std::string_view row_id,
               std::string_view detail) {
        constexpr const char* section_texts[] = {"", "tracker", "service data", "flows", "dose range"};
        ++m_row;
        m_sheet.number({m_row, key_column},
                       static_cast<double>(m_place_key + key_within_place(section, month, row)), m_plain);
        m_sheet.text({m_row, sheet_column}, section_texts[static_cast<std::size_t>(section)], m_plain);
        m_sheet.text({m_row, place_column}, m_label, m_plain);
        m_sheet.day({m_row, date_column}, day, m_plain);
        m_sheet.text({m_row, row_column}, row_id, m_plain);
        if (!detail.empty()) m_sheet.text({m_row, detail_column}, detail, m_plain);
    }
    void figure(DataColumn column, double number) {
        m_sheet.number(
            {m_row, static_cast<std::uint16_t>(first_figure_column + static_cast<std::uint16_t>(column))},
            number, m_plain);
    }
    void count(DataColumn column, std::int64_t number) {
        if (number != 0) figure(column, static_cast<double>(number));
    }
    void doses(DataColumn people, DataColumn mg, const DoseSum& sum) {
        if (sum.people == 0) return;
        count(people, sum.people);
        figure(mg, static_cast<double>(sum.micrograms) / 1000.0);
    }

  private:
    Sheet& m_sheet;
    const std::string& m_label;
    std::int64_t m_place_key;
    std::uint32_t& m_row;
    Style m_plain = {.size = 9};
};

void write_tracker_rows(RowWriter& rows, const PlaceFigures& at, const std::vector<Day>& dates) {
    for (std::size_t month = 0; month < dates.size(); ++month) {
        const TrackerCell& cell = at.months[month];
        for (std::size_t group = 0; group < tracker_group_count; ++group) {
            if (cell.people[group] == 0) continue;
            rows.begin(Section::tracker, month, dates[month], group,
                       text_of(static_cast<TrackerGroup>(group)), "");
            rows.count(DataColumn::people, cell.people[group]);
            rows.doses(DataColumn::methadone_people, DataColumn::methadone_mg, cell.methadone[group]);
        }
        const DoseSum average = cell.average_methadone();
        if (average.people == 0) continue;
        rows.begin(Section::tracker, month, dates[month], average_row, "mat2_mat3_uncategorised",
                   "doses only");
        rows.doses(DataColumn::methadone_people, DataColumn::methadone_mg, average);
    }
}

void write_service_data_rows(RowWriter& rows, const PlaceFigures& at, Day day) {
    const auto sheet_rows = service_data_rows();
    for (std::size_t i = 0; i < sheet_rows.size(); ++i) {
        const ServiceDataCell& cell = at.service_data[i];
        if (cell.people == 0) continue;
        rows.begin(Section::service_data, 0, day, i, sheet_rows[i].id, "");
        rows.count(DataColumn::people, cell.people);
        rows.doses(DataColumn::methadone_people, DataColumn::methadone_mg, cell.methadone);
        rows.doses(DataColumn::buprenorphine_people, DataColumn::buprenorphine_mg, cell.buprenorphine);
        rows.count(DataColumn::lyophilisate, cell.lyophilisate);
        rows.count(DataColumn::injections, cell.injections);
        rows.count(DataColumn::other_medicine, cell.other_medicine);
        rows.count(DataColumn::on_threshold, cell.on_threshold);
        rows.count(DataColumn::high_dose, cell.high_dose);
    }
}

void write_dose_range_rows(RowWriter& rows, const PlaceFigures& at, Day day) {
    for (std::size_t i = 0; i < at.dose_ranges.size(); ++i) {
        const DoseRangeOf& range = at.dose_ranges[i];
        if (!range.range) continue;
        rows.begin(Section::dose_range, 0, day, i, service_data_rows()[range.row].id, text_of(range.family));
        rows.count(DataColumn::people, static_cast<std::int64_t>(range.range->count));
        rows.figure(DataColumn::lowest, range.range->lowest);
        rows.figure(DataColumn::lower_quartile, range.range->lower_quartile);
        rows.figure(DataColumn::median, range.range->median);
        rows.figure(DataColumn::upper_quartile, range.range->upper_quartile);
        rows.figure(DataColumn::highest, range.range->highest);
    }
}

void write_flow_rows(RowWriter& rows, const PlaceFigures& at) {
    if (!at.flows) return;
    for (std::size_t from = 0; from < flow_ends; ++from)
        for (std::size_t to = 0; to < flow_ends; ++to) {
            const std::int64_t people = at.flows->people[from][to];
            if (people == 0) continue;
            rows.begin(Section::flows, 0, at.flows->now, from * flow_ends + to, flow_end_text(to),
                       fmt::format("from {}", flow_end_text(from)));
            rows.count(DataColumn::people, people);
        }
}

void write_headings(Sheet& sheet, const std::vector<Day>& dates) {
    Style style = heading_style();
    style.size = 9;
    style.wrap = true;
    const auto heading = [&](std::uint16_t column, std::string_view text) {
        sheet.text({0, column}, text, style);
    };
    for (std::uint16_t i = 0; i < first_figure_column; ++i)
        heading(i, row_headings[i]);
    for (std::uint16_t i = 0; i < figure_count; ++i)
        heading(static_cast<std::uint16_t>(first_figure_column + i), figure_columns[i].heading);
    for (std::uint16_t i = 0; i < std::size(place_headings); ++i)
        heading(static_cast<std::uint16_t>(place_list_column + i), place_headings[i]);
    heading(chart_column, "chart: mean dose");
    for (std::size_t month = 0; month < dates.size(); ++month)
        heading(static_cast<std::uint16_t>(chart_column + 1 + month),
                "chart: share, " + column_label(dates[month]));
}

void write_places(const Figures& figures, Sheet& sheet) {
    const Style plain{.size = 9};
    for (std::size_t i = 0; i < figures.places.size(); ++i) {
        const PlaceFigures& at = figures.places[i];
        const auto cell = [&](std::uint16_t column) {
            return Cell{static_cast<std::uint32_t>(i + 1),
                        static_cast<std::uint16_t>(place_list_column + column)};
        };
        sheet.text(cell(0), at.label, plain);
        sheet.text(cell(1), text_of(at.place.kind), plain);
        sheet.text(cell(2), at.place.id, plain);
        sheet.text(cell(3), at.place.name, plain);
        sheet.number(cell(4), static_cast<double>(key_of_place(i)), plain);
    }
    // EXACT, because searching would take * and ? in a name for wildcards.
    sheet.live({1, chosen_column},
               {fmt::format("SUMPRODUCT(EXACT({},{})*{})", names::place_labels, names::chosen_place,
                            names::place_keys),
                static_cast<double>(key_of_place(figures.chosen))},
               plain);
}

/// A bar's part shows its series' name as its label, the one kind of label that every spreadsheet keeps live;
/// so each part of each bar is a series of its own, with its share in its month's column and nothing in the
/// others.
void write_chart_source(const Figures& figures, Sheet& sheet) {
    const Style plain{.size = 9};
    const std::size_t months = figures.dates.size();
    for (std::size_t cohort = 0; cohort < cohort_count; ++cohort)
        for (std::size_t month = 0; month < months; ++month) {
            const auto group = static_cast<TrackerGroup>(cohort);
            const TrackerCell& cell = figures.here().months[month];
            const std::string people = address(sheet_names::tracker, cohort_people(cohort, month));
            const std::string mean = address(sheet_names::tracker, cohort_mean(cohort, month));
            const std::string share = address(sheet_names::tracker, cohort_share_cell(cohort, month));
            const std::string text =
                cell.of(group) == 0
                    ? " "
                    : mean_mg_text(cell.methadone_of(group), 1).value_or(std::string(no_figure));
            sheet.live(chart_label(cohort, month, months),
                       {fmt::format("IF(N({})=0,\" \",IF({}=\"\",\"{}\",FIXED({},1,TRUE)))", people, mean,
                                    no_figure, mean),
                        text},
                       plain);
            sheet.live(chart_share(cohort, month, month, months),
                       {fmt::format("N({})", share), cell.cohort_share(group).value_or(0)},
                       {.size = 9, .number = formats::percent1});
        }
}

void define_names(const Source& source, const Sheet& sheet, std::uint32_t last_row) {
    const auto name = [&](const char* text, std::uint16_t column, std::uint32_t last) {
        source.file.define_name(text, address(sheet.name(), {1, column}, {last, column}));
    };
    const auto last_place = static_cast<std::uint32_t>(source.figures.places.size());
    name("data_key", key_column, last_row);
    for (std::uint16_t i = 0; i < figure_count; ++i)
        name(figure_columns[i].name, static_cast<std::uint16_t>(first_figure_column + i), last_row);
    name(names::place_labels, place_list_column, last_place);
    name(names::place_keys, place_key_column, last_place);
    source.file.define_name(names::chosen_key, address(sheet.name(), {1, chosen_column}));
    source.file.define_name(names::chosen_place, address(sheet_names::tracker, chosen_cell()));
}

void set_up(const Source& source, Sheet& sheet, std::uint32_t last_row) {
    sheet.row_height(0, 44);
    sheet.column_width(key_column, key_column, 14);
    sheet.column_width(sheet_column, sheet_column, 13);
    sheet.column_width(place_column, place_column, 34);
    sheet.column_width(date_column, date_column, 11);
    sheet.column_width(row_column, row_column, 26);
    sheet.column_width(detail_column, detail_column, 20);
    sheet.column_width(first_figure_column, first_figure_column + figure_count - 1, 15);
    sheet.column_width(place_list_column - 1, place_list_column - 1, 3);
    sheet.column_width(place_list_column, place_list_column, 34);
    sheet.column_width(place_list_column + 1, chosen_column, 16);
    sheet.column_width(chart_column, chart_column, 12);
    sheet.freeze({1, 0});
    sheet.filter({0, key_column}, {last_row, first_figure_column + figure_count - 1});
    sheet.for_printing(source.heading, source.request.provenance.line(), 0);
    sheet.print_area({0, 0}, {last_row, first_figure_column + figure_count - 1});
    sheet.repeat_rows(0, 0);
    sheet.tab_colour(colours::muted);
}

}  // namespace

std::int64_t key_of_place(std::size_t place) { return static_cast<std::int64_t>(place + 1) * place_step; }

std::int64_t key_within_place(Section section, std::size_t month, std::size_t row) {
    return static_cast<std::int64_t>(section) * section_step + static_cast<std::int64_t>(month) * month_step +
           static_cast<std::int64_t>(row);
}

std::string chosen_sum(DataColumn column, std::int64_t key) {
    return fmt::format("IF({}=0,\"\",{})", names::chosen_key, sum_of(column, key));
}

std::string chosen_mean(DataColumn sum, DataColumn people, std::int64_t key) {
    return fmt::format("IFERROR({}/{},\"\")", sum_of(sum, key), sum_of(people, key));
}

std::string chosen_if_any(DataColumn column, DataColumn people, std::int64_t key) {
    return fmt::format("IF({}=0,\"\",{})", sum_of(people, key), sum_of(column, key));
}

Cell chart_label(std::size_t cohort, std::size_t month, std::size_t months) {
    return {static_cast<std::uint32_t>(1 + cohort * months + month), chart_column};
}

Cell chart_share(std::size_t cohort, std::size_t month, std::size_t column_month, std::size_t months) {
    return {chart_label(cohort, month, months).row,
            static_cast<std::uint16_t>(chart_column + 1 + column_month)};
}

void write_data(const Source& source, Sheet& sheet) {
    const Figures& figures = source.figures;
    write_headings(sheet, figures.dates);
    std::uint32_t row = 0;
    for (std::size_t i = 0; i < figures.places.size(); ++i) {
        const PlaceFigures& at = figures.places[i];
        RowWriter rows(sheet, at, i, row);
        write_tracker_rows(rows, at, figures.dates);
        write_service_data_rows(rows, at, figures.dates.back());
        write_dose_range_rows(rows, at, figures.dates.back());
        write_flow_rows(rows, at);
    }
    const std::uint32_t last_row = std::max(row, 1u);  // a name needs a cell, even when nobody is in MAT
    write_places(figures, sheet);
    write_chart_source(figures, sheet);
    define_names(source, sheet, last_row);
    set_up(source, sheet, last_row);
}

}  // namespace optimat::workbook
