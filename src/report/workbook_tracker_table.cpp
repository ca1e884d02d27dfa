// The table of the Service Tracker sheet: people, shares and mean doses, month by month.

#include "report/workbook_tracker_layout.hpp"

#include <fmt/format.h>

namespace optimat::workbook {

using namespace tracker_layout;

namespace {

/// Writes the table, month by month, with the engine's figures as the formulas' values.
class TableWriter {
  public:
    TableWriter(const Source& source, Sheet& sheet)
        : m_source(source),
          m_sheet(sheet),
          m_months(source.figures.dates.size()),
          m_cells(source.figures.here().months) {}

    void write() {
        write_heading();
        write_people();
        write_cohort_shares();
        write_shares_of_all();
        write_doses();
        write_notes();
    }

  private:
    void write_heading() {
        m_sheet.text({table_row, label_column}, "In figures", heading_style());
        for (std::size_t month = 0; month < m_months; ++month)
            m_sheet.text(month_heading(month), column_label(m_source.figures.dates[month]),
                         heading_style(Align::right));
    }

    void write_block(std::uint32_t row, std::string_view text) {
        m_sheet.text({row, label_column}, text, section_style());
        for (std::size_t month = 0; month < m_months; ++month)
            m_sheet.blank({row, month_column(month)}, section_style());
    }

    void write_label(std::uint32_t row, std::string_view text, Style style) {
        style.indent = 1;
        m_sheet.text({row, label_column}, text, style);
    }

    void write_swatch(std::uint32_t row, std::size_t cohort) {
        m_sheet.blank({row, swatch_column}, {.fill = cohort_fills[cohort]});
    }

    std::string cohort_words(std::size_t cohort) const {
        const auto group = static_cast<TrackerGroup>(cohort);
        return fmt::format("{}: {}", cohort_name(cohort), words_for(group));
    }

    void write_people() {
        write_block(people_block, "People on the reference date (number)");
        for (std::size_t i = 0; i < tracker_group_count; ++i) {
            const auto group = static_cast<TrackerGroup>(i);
            const Style style = group == TrackerGroup::uncategorised ? important(body_style(formats::count))
                                                                     : body_style(formats::count);
            const std::uint32_t row = people_cell(group, 0).row;
            write_label(row, i < cohort_count ? cohort_words(i) : std::string(words_for(group)),
                        text_like(style));
            if (i < cohort_count) write_swatch(row, i);
            for (std::size_t month = 0; month < m_months; ++month)
                m_sheet.live(people_cell(group, month),
                             {chosen_sum(DataColumn::people, key_within_place(Section::tracker, month, i)),
                              static_cast<double>(m_cells[month].people[i])},
                             style);
        }
        Style total = body_style(formats::count);
        total.bold = true;
        total.line = Line::above;
        total.line_colour = colours::slate;
        write_label(total_row, "People in MAT (all of the above)", text_like(total));
        for (std::size_t month = 0; month < m_months; ++month)
            m_sheet.live(total_cell(month),
                         {fmt::format("IF({}=0,\"\",SUM({}:{}))", names::chosen_key,
                                      relative(people_cell(TrackerGroup::red, month)),
                                      relative(people_cell(TrackerGroup::uncategorised, month))),
                          static_cast<double>(m_cells[month].in_mat())},
                         total);
    }

    void write_cohort_shares() {
        write_block(cohort_share_block, "Share of red + amber + green + grey (what the chart shows)");
        for (std::size_t cohort = 0; cohort < cohort_count; ++cohort) {
            const std::uint32_t row = cohort_share_cell(cohort, 0).row;
            write_swatch(row, cohort);
            write_label(row, cohort_words(cohort), body_style());
            for (std::size_t month = 0; month < m_months; ++month)
                m_sheet.live(cohort_share_cell(cohort, month),
                             {fmt::format("IFERROR({}/SUM({}),\"\")", relative(cohort_people(cohort, month)),
                                          cohorts_range(month)),
                              value_of(m_cells[month].cohort_share(static_cast<TrackerGroup>(cohort)))},
                             body_style(formats::percent1));
        }
    }

    void write_shares_of_all() {
        write_block(all_share_block, "Share of all people in MAT");
        for (std::size_t i = 0; i < std::size(shared_of_all); ++i) {
            const TrackerGroup group = shared_of_all[i];
            const Style style =
                i == 0 ? important(body_style(formats::percent1)) : body_style(formats::percent1);
            write_label(all_share_cell(i, 0).row, words_for(group), text_like(style));
            for (std::size_t month = 0; month < m_months; ++month)
                m_sheet.live(all_share_cell(i, month),
                             {fmt::format("IFERROR({}/{},\"\")", relative(people_cell(group, month)),
                                          relative(total_cell(month))),
                              value_of(m_cells[month].share_of_all(group))},
                             style);
        }
    }

    void write_doses() {
        write_block(dose_block, "Mean methadone dose (mg) of people on methadone with a known dose");
        for (std::size_t cohort = 0; cohort < cohort_count; ++cohort) {
            const std::uint32_t row = cohort_mean(cohort, 0).row;
            write_swatch(row, cohort);
            write_label(row, cohort_words(cohort), body_style());
            write_means(row, cohort, body_style(formats::decimal1));
        }
        Style total = body_style(formats::decimal1);
        total.bold = true;
        write_label(average_dose_row, "Average methadone dose: MAT 2, MAT 3 and uncategorised",
                    text_like(total));
        write_means(average_dose_row, average_row, total);
    }

    void write_means(std::uint32_t row, std::size_t data_row, const Style& style) {
        for (std::size_t month = 0; month < m_months; ++month) {
            const DoseSum doses = data_row == average_row ? m_cells[month].average_methadone()
                                                          : m_cells[month].methadone[data_row];
            m_sheet.live({row, month_column(month)},
                         {chosen_mean(DataColumn::methadone_mg, DataColumn::methadone_people,
                                      key_within_place(Section::tracker, month, data_row)),
                          value_of(doses.mean_mg())},
                         style);
        }
    }

    void write_notes() {
        const Style note{.size = 8, .colour = colours::muted};
        m_sheet.text({note_row, label_column},
                     "Unknown dose band: the dose is not recorded, or the medicine has no threshold. An "
                     "empty cell means nobody: "
                     "a mean or share of no people is not 0.",
                     note);
        m_sheet.text({note_row + 1, label_column}, m_source.request.provenance.line(), note);
    }

    static Style text_like(Style style) {
        style.number = "";
        style.align = Align::left;
        return style;
    }
    static Style important(Style style) {
        style.bold = true;
        style.fill = colours::accent_pale;
        return style;
    }

    const Source& m_source;
    Sheet& m_sheet;
    std::size_t m_months;
    const std::vector<TrackerCell>& m_cells;
};

}  // namespace

void write_tracker_table(const Source& source, Sheet& sheet) { TableWriter(source, sheet).write(); }

}  // namespace optimat::workbook
