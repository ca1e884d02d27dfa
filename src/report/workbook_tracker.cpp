// The Service Tracker sheet: where the place stands now, what changed, the chart, and the table beneath it.

#include "report/number_text.hpp"
#include "report/workbook_sentences.hpp"
#include "report/workbook_sheets.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat::workbook {

namespace {

constexpr std::uint16_t swatch_column = 0, label_column = 1, first_month_column = 2, last_card_column = 13;
constexpr std::uint32_t chooser_row = 2, caption_row = 4, meaning_row = 5, figure_row = 6, detail_row = 7, sentence_row = 9,
                        chart_heading_row = 12, chart_row = 13, chart_rows = 17;

// The table: a heading row, then blocks that begin with a row of their own.
constexpr std::uint32_t table_row = chart_row + chart_rows + 1, people_block = table_row + 1,
                        total_row = people_block + 1 + tracker_group_count, cohort_share_block = total_row + 1,
                        all_share_block = cohort_share_block + 1 + cohort_count, dose_block = all_share_block + 4,
                        average_dose_row = dose_block + 1 + cohort_count, note_row = average_dose_row + 2;

constexpr Colour cohort_fills[] = {colours::red, colours::amber, colours::green, colours::grey};
constexpr Colour cohort_inks[] = {colours::white, colours::ink, colours::white, colours::ink};
constexpr TrackerGroup shared_of_all[] = {TrackerGroup::uncategorised, TrackerGroup::mat1, TrackerGroup::mat4};
constexpr double label_width = 46, month_width = 10;

std::uint16_t month_column(std::size_t month) { return static_cast<std::uint16_t>(first_month_column + month); }
Cell people_cell(TrackerGroup group, std::size_t month) {
    return {people_block + 1 + static_cast<std::uint32_t>(group), month_column(month)};
}
Cell total_cell(std::size_t month) { return {total_row, month_column(month)}; }
Cell all_share_cell(std::size_t place, std::size_t month) {
    return {all_share_block + 1 + static_cast<std::uint32_t>(place), month_column(month)};
}
std::string cohorts_range(std::size_t month) {
    return fmt::format("{}:{}", relative(cohort_people(0, month)), relative(cohort_people(cohort_count - 1, month)));
}

std::string capital(std::string_view text) {
    std::string word(text);
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
}

// ---- table ----------------------------------------------------------------------------------------------------------

/// Writes the table, month by month, with the engine's figures as the formulas' values.
class TableWriter {
  public:
    TableWriter(const Source& source, Sheet& sheet)
        : m_source(source), m_sheet(sheet), m_months(source.figures.dates.size()), m_cells(source.figures.here().months) {}

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
            m_sheet.text(month_heading(month), column_label(m_source.figures.dates[month]), heading_style(Align::right));
    }

    void write_block(std::uint32_t row, std::string_view text) {
        m_sheet.text({row, label_column}, text, section_style());
        for (std::size_t month = 0; month < m_months; ++month) m_sheet.blank({row, month_column(month)}, section_style());
    }

    void write_label(std::uint32_t row, std::string_view text, const Style& style) {
        m_sheet.text({row, label_column}, text, style);
    }

    void write_swatch(std::uint32_t row, std::size_t cohort) {
        m_sheet.blank({row, swatch_column}, {.fill = cohort_fills[cohort]});
    }

    std::string cohort_words(std::size_t cohort) const {
        const auto group = static_cast<TrackerGroup>(cohort);
        return fmt::format("{}: {}", capital(text_of(group)), words_for(group));
    }

    void write_people() {
        write_block(people_block, "People at the end of the month (number)");
        for (std::size_t i = 0; i < tracker_group_count; ++i) {
            const auto group = static_cast<TrackerGroup>(i);
            const Style style = group == TrackerGroup::uncategorised ? important(body_style(formats::count)) : body_style(formats::count);
            const std::uint32_t row = people_cell(group, 0).row;
            write_label(row, i < cohort_count ? cohort_words(i) : std::string(words_for(group)), text_like(style));
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
                         {fmt::format("IF({}=0,\"\",SUM({}:{}))", names::chosen_key, relative(people_cell(TrackerGroup::red, month)),
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
                             {fmt::format("IFERROR({}/SUM({}),\"\")", relative(cohort_people(cohort, month)), cohorts_range(month)),
                              value_of(m_cells[month].cohort_share(static_cast<TrackerGroup>(cohort)))},
                             body_style(formats::percent1));
        }
    }

    void write_shares_of_all() {
        write_block(all_share_block, "Share of all people in MAT");
        for (std::size_t i = 0; i < std::size(shared_of_all); ++i) {
            const TrackerGroup group = shared_of_all[i];
            const Style style = i == 0 ? important(body_style(formats::percent1)) : body_style(formats::percent1);
            write_label(all_share_cell(i, 0).row, words_for(group), text_like(style));
            for (std::size_t month = 0; month < m_months; ++month)
                m_sheet.live(all_share_cell(i, month),
                             {fmt::format("IFERROR({}/{},\"\")", relative(people_cell(group, month)), relative(total_cell(month))),
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
        write_label(average_dose_row, "Average methadone dose: MAT 2, MAT 3 and uncategorised", text_like(total));
        write_means(average_dose_row, average_row, total);
    }

    void write_means(std::uint32_t row, std::size_t data_row, const Style& style) {
        for (std::size_t month = 0; month < m_months; ++month) {
            const DoseSum doses = data_row == average_row ? m_cells[month].average_methadone() : m_cells[month].methadone[data_row];
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
                     "Unknown dose band: the dose is not recorded, or the medicine has no threshold. An empty cell means nobody: "
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

// ---- cards ----------------------------------------------------------------------------------------------------------

/// One of the figures at the top, for the last month.
struct Card {
    std::uint16_t first, last;  ///< columns
    Colour fill, ink;
    std::string caption, meaning;
    Live figure;
    std::string_view number;
    Phrase detail;
};

Phrase part_of(Cell part_cell, std::int64_t part, const std::string& whole, std::int64_t whole_count, std::string_view of_what) {
    return count_phrase(relative(part_cell), part) + words(" of ") + count_phrase(whole, whole_count) + words(of_what);
}

Card cohort_card(const TrackerCell& now, std::size_t cohort, std::size_t month) {
    constexpr std::string_view meanings[] = {
        "dose below threshold, using on top: lower is better", "dose at or above threshold, using on top: lower is better",
        "dose at or above threshold, no use on top: higher is better", "dose below threshold, no use on top: higher is better"};
    const auto group = static_cast<TrackerGroup>(cohort);
    const auto first = static_cast<std::uint16_t>(first_month_column + 2 * cohort);
    const std::string whole = fmt::format("SUM({})", cohorts_range(month));
    return {first, static_cast<std::uint16_t>(first + 1), cohort_fills[cohort], cohort_inks[cohort], capital(text_of(group)),
            std::string(meanings[cohort]),
            {relative(cohort_share_cell(cohort, month)), value_of(now.cohort_share(group))}, formats::percent1,
            part_of(cohort_people(cohort, month), now.of(group), whole, now.in_cohorts(), " in a cohort")};
}

std::vector<Card> cards(const Figures& figures) {
    const std::size_t month = figures.last();
    const TrackerCell& now = figures.here().months[month];
    const std::string when = column_label(figures.dates[month]);
    std::vector<Card> list;
    list.push_back({label_column, label_column, colours::slate, colours::white, "People in MAT", "with an active prescription, " + when,
                    {relative(total_cell(month)), static_cast<double>(now.in_mat())}, formats::count,
                    count_phrase(fmt::format("SUM({})", cohorts_range(month)), now.in_cohorts()) + words(" in one of the four cohorts")});
    for (std::size_t cohort = 0; cohort < cohort_count; ++cohort) list.push_back(cohort_card(now, cohort, month));
    list.push_back({10, 11, colours::accent, colours::white, "Uncategorised", "no TOP or drug screen that is recent enough",
                    {relative(all_share_cell(0, month)), value_of(now.share_of_all(TrackerGroup::uncategorised))}, formats::percent1,
                    part_of(people_cell(TrackerGroup::uncategorised, month), now.of(TrackerGroup::uncategorised),
                            relative(total_cell(month)), now.in_mat(), " in MAT")});
    const DoseSum doses = now.average_methadone();
    list.push_back({12, 13, colours::slate, colours::white, "Mean methadone", "mg a day: MAT 2, MAT 3 and uncategorised",
                    {relative({average_dose_row, month_column(month)}), value_of(doses.mean_mg())}, formats::decimal1, words("")});
    return list;
}

void write_card_cell(Sheet& sheet, const Card& card, std::uint32_t row, const Style& style) {
    if (card.first != card.last) sheet.join({row, card.first}, card.last, style);
}

void write_card(Sheet& sheet, const Card& card) {
    const Style caption{.bold = true, .colour = card.ink, .fill = card.fill, .align = Align::centre};
    const Style small{.size = 8, .wrap = true, .colour = colours::muted, .fill = colours::pale, .align = Align::centre};
    Style figure{.size = 20, .bold = true, .fill = colours::pale, .align = Align::centre, .number = card.number};
    for (const std::uint32_t row : {caption_row, meaning_row, figure_row, detail_row})
        write_card_cell(sheet, card, row, row == caption_row ? caption : row == figure_row ? figure : small);
    sheet.text({caption_row, card.first}, card.caption, caption);
    sheet.text({meaning_row, card.first}, card.meaning, small);
    sheet.live({figure_row, card.first}, card.figure, figure);
    if (card.detail.text.empty()) sheet.blank({detail_row, card.first}, small);
    else sheet.live({detail_row, card.first}, card.detail.live(), small);
}

// ---- sentences ------------------------------------------------------------------------------------------------------

Phrase change_since(const Figures& figures, std::size_t then) {
    const std::size_t now = figures.last();
    const std::vector<TrackerCell>& cells = figures.here().months;
    const auto cohort = [&](std::size_t month) {
        return ShareAt{relative(cohort_share_cell(0, month)), cells[month].of(TrackerGroup::red), cells[month].in_cohorts()};
    };
    const auto uncategorised = [&](std::size_t month) {
        return ShareAt{relative(all_share_cell(0, month)), cells[month].of(TrackerGroup::uncategorised), cells[month].in_mat()};
    };
    return words("Since " + column_label(figures.dates[then]) + ": ") + share_change("red", cohort(then), cohort(now), Better::lower) +
           words("; ") + share_change("uncategorised", uncategorised(then), uncategorised(now), Better::lower) + words("; ") +
           people_change(relative(total_cell(then)), cells[then].in_mat(), relative(total_cell(now)), cells[now].in_mat()) + words(".");
}

Live guarded(const Phrase& phrase, std::string_view otherwise) {
    return {fmt::format("IF({}=0,\"{}\",{})", names::chosen_key, otherwise, phrase.expression), phrase.text};
}

void write_sentences(const Source& source, Sheet& sheet) {
    const Style style{.size = 11};
    const std::size_t months = source.figures.dates.size();
    for (std::uint32_t row = sentence_row; row < sentence_row + 2; ++row) sheet.join({row, label_column}, last_card_column, style);
    if (months < 2) {
        sheet.text({sentence_row, label_column}, "Only one month is shown, so there is nothing to compare it with.", style);
        return;
    }
    sheet.live({sentence_row, label_column},
               guarded(change_since(source.figures, 0), fmt::format("Choose a place from the list in {}.", relative(chosen_cell()))), style);
    if (months > 2) sheet.live({sentence_row + 1, label_column}, guarded(change_since(source.figures, months - 2), ""), style);
}

void write_chooser(const Source& source, Sheet& sheet) {
    sheet.text({chooser_row, label_column}, "Choose a service, region or the whole organisation:",
               {.size = 11, .bold = true, .colour = colours::accent, .align = Align::right});
    const Style style{.size = 12, .bold = true, .fill = colours::accent_pale, .line = Line::around, .line_colour = colours::accent, .number = formats::text};
    sheet.join(chosen_cell(), 8, style);
    sheet.text(chosen_cell(), source.figures.here().label, style);
    sheet.drop_down(chosen_cell(), names::place_labels, "Not in the list", "Pick a place from the list of the cell.");
    sheet.text({chooser_row, 9}, "◂ click, then the arrow; every sheet follows", {.size = 9, .italic = true, .colour = colours::muted});
}

void write_chart_part(const Source& source, Sheet& sheet) {
    sheet.text({chart_heading_row, label_column}, "The four cohorts, month by month", {.size = 12, .bold = true});
    const auto& threshold = source.request.policy.family(Family::methadone).threshold;
    const std::string dose = threshold ? fmt::format("; {} mg is the threshold", milligram_text(*threshold)) : "";
    sheet.text({chart_heading_row, first_month_column},
               fmt::format("Height: share of red + amber + green + grey, red at the bottom. Figure inside: mean methadone dose in mg{}.", dose),
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
    sheet.for_reading(source.heading, source.request.provenance.line(), 1);
    sheet.print_area({0, 0}, {note_row + 1, last_column});
    sheet.tab_colour(colours::accent);
}

}  // namespace

Cell chosen_cell() { return {chooser_row, first_month_column}; }
Cell month_heading(std::size_t month) { return {table_row, month_column(month)}; }
Cell cohort_people(std::size_t cohort, std::size_t month) { return people_cell(static_cast<TrackerGroup>(cohort), month); }
Cell cohort_share_cell(std::size_t cohort, std::size_t month) {
    return {cohort_share_block + 1 + static_cast<std::uint32_t>(cohort), month_column(month)};
}
Cell cohort_mean(std::size_t cohort, std::size_t month) {
    return {dose_block + 1 + static_cast<std::uint32_t>(cohort), month_column(month)};
}

void write_tracker(const Source& source, Sheet& sheet) {
    write_title(sheet, "Service tracker", source.heading);
    write_chooser(source, sheet);
    for (const Card& card : cards(source.figures)) write_card(sheet, card);
    write_sentences(source, sheet);
    write_chart_part(source, sheet);
    TableWriter(source, sheet).write();
    set_up(source, sheet);
}

}  // namespace optimat::workbook
