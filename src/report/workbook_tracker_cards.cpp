// What stands at the top of the Service Tracker sheet and stays in view: the latest figures, and what
// changed.

#include "report/workbook_sentences.hpp"
#include "report/workbook_tracker_layout.hpp"

#include <fmt/format.h>

namespace optimat::workbook {

using namespace tracker_layout;

namespace {

/// One of the figures at the top, for the last month.
struct Card {
    std::uint16_t first, last;  ///< columns
    Colour fill, ink;
    std::string caption, meaning;
    Live figure;
    std::string_view number;
    Phrase detail;
};

Phrase part_of(Cell part_cell, std::int64_t part, const std::string& whole, std::int64_t whole_count,
               std::string_view of_what) {
    return count_phrase(relative(part_cell), part) + words(" of ") + count_phrase(whole, whole_count) +
           words(of_what);
}

Card cohort_card(const TrackerCell& now, std::size_t cohort, std::size_t month) {
    constexpr std::string_view meanings[] = {"below threshold, using on top:\nlower is better",
                                             "at or above threshold, using on top:\nlower is better",
                                             "at or above threshold, no use on top:\nhigher is better",
                                             "below threshold, no use on top:\nhigher is better"};
    const auto group = static_cast<TrackerGroup>(cohort);
    const auto first = static_cast<std::uint16_t>(first_month_column + 2 * cohort);
    const std::string whole = fmt::format("SUM({})", cohorts_range(month));
    return {first,
            static_cast<std::uint16_t>(first + 1),
            cohort_fills[cohort],
            cohort_inks[cohort],
            cohort_name(cohort),
            std::string(meanings[cohort]),
            {relative(cohort_share_cell(cohort, month)), value_of(now.cohort_share(group))},
            formats::percent1,
            part_of(cohort_people(cohort, month), now.of(group), whole, now.in_cohorts(), " in a cohort")};
}

std::vector<Card> cards(const Figures& figures) {
    const std::size_t month = figures.last();
    const TrackerCell& now = figures.here().months[month];
    const std::string when = column_label(figures.dates[month]);
    std::vector<Card> list;
    list.push_back({label_column,
                    label_column,
                    colours::slate,
                    colours::white,
                    "People in MAT",
                    "with an active prescription, " + when,
                    {relative(total_cell(month)), static_cast<double>(now.in_mat())},
                    formats::count,
                    count_phrase(fmt::format("SUM({})", cohorts_range(month)), now.in_cohorts()) +
                        words(" in one of the four cohorts")});
    for (std::size_t cohort = 0; cohort < cohort_count; ++cohort)
        list.push_back(cohort_card(now, cohort, month));
    list.push_back(
        {10,
         11,
         colours::accent,
         colours::white,
         "Uncategorised",
         "no recent TOP or drug screen:\nlower is better",
         {relative(all_share_cell(0, month)), value_of(now.share_of_all(TrackerGroup::uncategorised))},
         formats::percent1,
         part_of(people_cell(TrackerGroup::uncategorised, month), now.of(TrackerGroup::uncategorised),
                 relative(total_cell(month)), now.in_mat(), " in MAT")});
    const DoseSum doses = now.average_methadone();
    list.push_back({12,
                    13,
                    colours::slate,
                    colours::white,
                    "Mean methadone",
                    "mg a day, on average:\nMAT 2, MAT 3, uncategorised",
                    {relative({average_dose_row, month_column(month)}), value_of(doses.mean_mg())},
                    formats::decimal1,
                    words("")});
    return list;
}

void write_card_cell(Sheet& sheet, const Card& card, std::uint32_t row, const Style& style) {
    if (card.first != card.last) sheet.join({row, card.first}, card.last, style);
}

void write_card(Sheet& sheet, const Card& card) {
    const Style caption{.bold = true, .colour = card.ink, .fill = card.fill, .align = Align::centre};
    const Style small{
        .size = 8, .wrap = true, .colour = colours::muted, .fill = colours::pale, .align = Align::centre};
    Style figure{
        .size = 20, .bold = true, .fill = colours::pale, .align = Align::centre, .number = card.number};
    for (const std::uint32_t row : {caption_row, meaning_row, figure_row, detail_row})
        write_card_cell(sheet, card, row, row == caption_row ? caption : row == figure_row ? figure : small);
    sheet.text({caption_row, card.first}, card.caption, caption);
    sheet.text({meaning_row, card.first}, card.meaning, small);
    sheet.live({figure_row, card.first}, card.figure, figure);
    if (card.detail.text.empty())
        sheet.blank({detail_row, card.first}, small);
    else
        sheet.live({detail_row, card.first}, card.detail.live(), small);
}

Phrase change_since(const Figures& figures, std::size_t then) {
    const std::size_t now = figures.last();
    const std::vector<TrackerCell>& cells = figures.here().months;
    const auto cohort = [&](std::size_t month) {
        return ShareAt{relative(cohort_share_cell(0, month)), cells[month].of(TrackerGroup::red),
                       cells[month].in_cohorts()};
    };
    const auto uncategorised = [&](std::size_t month) {
        return ShareAt{relative(all_share_cell(0, month)), cells[month].of(TrackerGroup::uncategorised),
                       cells[month].in_mat()};
    };
    return words("Since " + column_label(figures.dates[then]) + ": ") +
           share_change("red", cohort(then), cohort(now), Better::lower) + words("; ") +
           share_change("uncategorised", uncategorised(then), uncategorised(now), Better::lower) +
           words("; ") +
           people_change(relative(total_cell(then)), cells[then].in_mat(), relative(total_cell(now)),
                         cells[now].in_mat()) +
           words(".");
}

Live guarded(const Phrase& phrase, std::string_view otherwise) {
    return {fmt::format("IF({}=0,\"{}\",{})", names::chosen_key, otherwise, phrase.expression), phrase.text};
}

}  // namespace

void write_tracker_sentences(const Source& source, Sheet& sheet) {
    const Style style{.size = 11};
    const std::size_t months = source.figures.dates.size();
    for (std::uint32_t row = sentence_row; row < sentence_row + 2; ++row)
        sheet.join({row, label_column}, last_card_column, style);
    if (months < 2) {
        sheet.text({sentence_row, label_column},
                   "Only one month is shown, so there is nothing to compare it with.", style);
        return;
    }
    sheet.live({sentence_row, label_column},
               guarded(change_since(source.figures, 0),
                       fmt::format("Choose a place from the list in {}.", relative(chosen_cell()))),
               style);
    if (months > 2)
        sheet.live({sentence_row + 1, label_column}, guarded(change_since(source.figures, months - 2), ""),
                   style);
}

void write_tracker_cards(const Source& source, Sheet& sheet) {
    for (const Card& card : cards(source.figures))
        write_card(sheet, card);
}

}  // namespace optimat::workbook
