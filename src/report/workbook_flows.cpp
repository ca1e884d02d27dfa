// The Flows sheet: who entered, left and moved between the tracker's groups since the month before.

#include "report/workbook_sentences.hpp"
#include "report/workbook_sheets.hpp"

#include <fmt/format.h>

namespace optimat::workbook {

namespace {

constexpr std::uint16_t words_column = 1, first_column = 2, total_column = first_column + flow_ends;
constexpr std::uint32_t sentence_row = 4, summary_row = 6, matrix_row = 15, first_row = matrix_row + 1;
constexpr std::size_t groups = tracker_group_count;
constexpr const char* short_words[] = {"Red",
                                       "Amber",
                                       "Green",
                                       "Grey",
                                       "MAT 2, band unknown",
                                       "MAT 3, band unknown",
                                       "MAT 1",
                                       "MAT 4",
                                       "Uncategorised",
                                       "MAT at another place",
                                       "Not in MAT"};
static_assert(std::size(short_words) == flow_ends);

std::string row_words(std::size_t end) {
    const std::string_view text = flow_end_words(end);
    return end < cohort_count ? fmt::format("{}: {}", short_words[end], text) : std::string(text);
}

Cell matrix_cell(std::size_t from, std::size_t to) {
    return {first_row + static_cast<std::uint32_t>(from), static_cast<std::uint16_t>(first_column + to)};
}
std::string matrix_range(std::size_t first_from, std::size_t last_from, std::size_t first_to,
                         std::size_t last_to) {
    return fmt::format("{}:{}", relative(matrix_cell(first_from, first_to)),
                       relative(matrix_cell(last_from, last_to)));
}

std::string diagonal_sum() {
    std::string sum;
    for (std::size_t group = 0; group < groups; ++group)
        sum += (group == 0 ? "" : "+") + fmt::format("N({})", relative(matrix_cell(group, group)));
    return sum;
}

struct SummaryLine {
    const char* words;
    std::string formula;
    std::int64_t people;
};

std::vector<SummaryLine> summary(const FlowTable& flows) {
    const std::string among = matrix_range(0, groups - 1, 0, groups - 1);
    return {
        {"Entered MAT here, from outside MAT",
         fmt::format("SUM({})", matrix_range(flow_outside, flow_outside, 0, groups - 1)), flows.entered()},
        {"Came from another place, already in MAT",
         fmt::format("SUM({})", matrix_range(flow_elsewhere, flow_elsewhere, 0, groups - 1)),
         flows.arrived()},
        {"Left MAT", fmt::format("SUM({})", matrix_range(0, groups - 1, flow_outside, flow_outside)),
         flows.left()},
        {"Went to another place, still in MAT",
         fmt::format("SUM({})", matrix_range(0, groups - 1, flow_elsewhere, flow_elsewhere)),
         flows.moved_away()},
        {"Changed group here", fmt::format("SUM({})-({})", among, diagonal_sum()), flows.changed_group()},
        {"Stayed in their group", diagonal_sum(), flows.stayed()},
    };
}

Style matrix_style(std::size_t from, std::size_t to) {
    Style style = body_style(formats::count);
    if (from == to) {
        style.fill = colours::pale;
        style.colour = colours::muted;
    }
    return style;
}

/// People who stand outside the place at both dates are no flow of it.
bool is_flow(std::size_t from, std::size_t to) { return from < groups || to < groups; }

void write_matrix_headings(Sheet& sheet, const FlowTable& flows) {
    Style style = heading_style(Align::right);
    style.wrap = true;
    sheet.text(
        {matrix_row, words_column},
        fmt::format("From, on {} (down) · to, on {} (across)", long_date(flows.before), long_date(flows.now)),
        heading_style());
    for (std::size_t end = 0; end < flow_ends; ++end)
        sheet.text({matrix_row, matrix_cell(0, end).column}, short_words[end], style);
    sheet.text({matrix_row, total_column}, "All", style);
    for (std::size_t end = 0; end < flow_ends; ++end)
        sheet.text({matrix_cell(end, 0).row, words_column}, row_words(end), body_style());
}

void write_matrix(Sheet& sheet, const FlowTable& flows) {
    Style total = body_style(formats::count);
    total.bold = true;
    for (std::size_t from = 0; from < flow_ends; ++from) {
        std::int64_t sum = 0;
        for (std::size_t to = 0; to < flow_ends; ++to) {
            const std::int64_t people = flows.people[from][to];
            sum += people;
            if (!is_flow(from, to)) {
                sheet.blank(matrix_cell(from, to), matrix_style(0, 0));
                continue;
            }
            const std::int64_t key = key_within_place(Section::flows, 0, from * flow_ends + to);
            sheet.live(matrix_cell(from, to),
                       {chosen_sum(DataColumn::people, key), static_cast<double>(people)},
                       matrix_style(from, to));
        }
        sheet.live(
            {matrix_cell(from, 0).row, total_column},
            {fmt::format("SUM({})", matrix_range(from, from, 0, flow_ends - 1)), static_cast<double>(sum)},
            total);
    }
    total.line = Line::above;
    total.line_colour = colours::slate;
    const std::uint32_t row = first_row + flow_ends;
    Style words = total;
    words.number = "";
    words.align = Align::left;
    sheet.text({row, words_column}, "All", words);
    for (std::size_t to = 0; to < flow_ends; ++to) {
        std::int64_t sum = 0;
        for (std::size_t from = 0; from < flow_ends; ++from)
            sum += flows.people[from][to];
        sheet.live({row, matrix_cell(0, to).column},
                   {fmt::format("SUM({})", matrix_range(0, flow_ends - 1, to, to)), static_cast<double>(sum)},
                   total);
    }
}

void write_summary(Sheet& sheet, const FlowTable& flows) {
    sheet.text({summary_row, words_column}, "Since the month before", heading_style());
    sheet.text({summary_row, first_column}, "People", heading_style(Align::right));
    std::uint32_t row = summary_row;
    for (const SummaryLine& line : summary(flows)) {
        ++row;
        sheet.text({row, words_column}, line.words, body_style());
        sheet.live({row, first_column}, {line.formula, static_cast<double>(line.people)},
                   body_style(formats::count));
    }
}

void write_sentence(Sheet& sheet, const FlowTable& flows) {
    const auto line = [](std::uint32_t place) { return relative({summary_row + 1 + place, first_column}); };
    const std::int64_t in = flows.entered() + flows.arrived(), out = flows.left() + flows.moved_away();
    const Phrase phrase =
        words(fmt::format("From {} to {}: ", long_date(flows.before), long_date(flows.now))) +
        count_phrase(fmt::format("{}+{}", line(0), line(1)), in) + words(" came, ") +
        count_phrase(fmt::format("{}+{}", line(2), line(3)), out) + words(" went, ") +
        count_phrase(line(4), flows.changed_group()) + words(" changed group and ") +
        count_phrase(line(5), flows.stayed()) + words(" stayed as they were.");
    sheet.live({sentence_row, words_column}, phrase.live(), {.size = 11});
}

}  // namespace

void write_flows(const Source& source, Sheet& sheet) {
    write_title(sheet, "Flows", source.heading);
    write_chosen_place(source, sheet, {2, words_column});
    sheet.column_width(0, 0, 2.3);
    sheet.column_width(words_column, words_column, 50);
    sheet.column_width(first_column, total_column, 12.5);
    sheet.hide_grid();
    sheet.for_printing(source.heading, source.request.provenance.line(), 1);
    sheet.tab_colour(colours::accent);
    const auto& flows = source.figures.here().flows;
    if (!flows) {
        sheet.text({sentence_row, words_column},
                   "Only one month is shown, so nobody can be followed from the month before.", {.size = 11});
        return;
    }
    write_sentence(sheet, *flows);
    write_summary(sheet, *flows);
    sheet.text({matrix_row - 1, words_column}, "Who stood where, and who stands where now (people)",
               {.size = 12, .bold = true});
    write_matrix_headings(sheet, *flows);
    write_matrix(sheet, *flows);
    sheet.row_height(matrix_row, 40);
    mute_zeros(sheet, matrix_cell(0, 0), matrix_cell(flow_ends - 1, flow_ends - 1));
    sheet.text({first_row + flow_ends + 2, words_column},
               "Rows add up to the people before, columns to the people now. Shaded: no change. A net change "
               "can hide large flows both ways.",
               {.size = 8, .colour = colours::muted});
    sheet.print_area({0, 0}, {first_row + flow_ends + 2, total_column});
    sheet.freeze({4, first_column});
}

}  // namespace optimat::workbook
