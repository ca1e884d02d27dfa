// The Service Data sheet: the chosen place's numbers beside the organisation's and the spread of services.

#include "report/workbook_sheets.hpp"

#include <fmt/format.h>

namespace optimat::workbook {

namespace {

constexpr std::uint16_t words_column = 1, people_column = 2, share_column = 3, organisation_share_column = 4,
                        methadone_column = 5, organisation_methadone_column = 6, buprenorphine_column = 7,
                        organisation_buprenorphine_column = 8, spread_column = 9, lyophilisate_column = 14,
                        injections_column = 15, other_column = 16, threshold_column = 17,
                        high_dose_column = 18, last_column = 18;
constexpr std::uint32_t group_row = 4, heading_row = 5, first_row = 6;

struct Heading {
    std::uint16_t first, last;
    const char* text;
};
constexpr Heading groups[] = {
    {people_column, organisation_share_column, "People, and their share of all in MAT"},
    {methadone_column, organisation_methadone_column, "Mean methadone (mg)"},
    {buprenorphine_column, organisation_buprenorphine_column, "Mean buprenorphine (mg)"},
    {spread_column, spread_column + 4, "How services lie: share of all in MAT"},
    {lyophilisate_column, other_column, "Outside the means (people)"},
    {threshold_column, high_dose_column, "Dose (people)"},
};
constexpr const char* headings[] = {"Number",
                                    "% of all in MAT",
                                    "Organisation: % of all in MAT",
                                    "Here",
                                    "Organisation",
                                    "Here",
                                    "Organisation",
                                    "Lowest",
                                    "Lower quartile",
                                    "Median",
                                    "Upper quartile",
                                    "Highest",
                                    "Lyophilisate",
                                    "Injections",
                                    "Other medicine",
                                    "Exactly on threshold",
                                    "High dose"};

std::string row_words(const ServiceDataRow& row) {
    std::string text(row.words);
    if (row.level > 0 && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

Style row_style(const ServiceDataRow& row, std::string_view number = "") {
    Style style = body_style(number);
    style.bold = row.level == 0;
    if (row.level == 0) {
        style.line = Line::above;
        style.fill = colours::pale;
    }
    if (row.level == 2) style.colour = colours::muted;
    return style;
}

/// Beside the chosen place: what never changes with the choice.
Style beside(Style style) {
    style.colour = colours::muted;
    style.bold = false;
    return style;
}

class RowWriter {
  public:
    RowWriter(const Source& source, Sheet& sheet, std::size_t row)
        : m_sheet(sheet),
          m_row(row),
          m_words(service_data_rows()[row]),
          m_here(source.figures.here().service_data),
          m_organisation(source.figures.organisation().service_data),
          m_table(source.figures.service_table) {}

    void write() {
        Style words = row_style(m_words);
        words.indent = m_words.level * 2;
        m_sheet.text(at(words_column), row_words(m_words), words);
        write_shares();
        write_mean(methadone_column, DataColumn::methadone_mg, DataColumn::methadone_people,
                   &ServiceDataCell::methadone);
        write_mean(buprenorphine_column, DataColumn::buprenorphine_mg, DataColumn::buprenorphine_people,
                   &ServiceDataCell::buprenorphine);
        write_spread();
        const ServiceDataCell& cell = m_here[m_row];
        write_count(lyophilisate_column, DataColumn::lyophilisate, cell.lyophilisate);
        write_count(injections_column, DataColumn::injections, cell.injections);
        write_count(other_column, DataColumn::other_medicine, cell.other_medicine);
        write_count(threshold_column, DataColumn::on_threshold, cell.on_threshold);
        write_count(high_dose_column, DataColumn::high_dose, cell.high_dose);
    }

  private:
    Cell at(std::uint16_t column) const { return {static_cast<std::uint32_t>(first_row + m_row), column}; }
    std::int64_t key() const { return key_within_place(Section::service_data, 0, m_row); }

    void write_count(std::uint16_t column, DataColumn figure, std::int64_t count) {
        m_sheet.live(at(column), {chosen_sum(figure, key()), static_cast<double>(count)},
                     row_style(m_words, formats::count));
    }

    void write_shares() {
        write_count(people_column, DataColumn::people, m_here[m_row].people);
        m_sheet.live(at(share_column),
                     {fmt::format("IFERROR({}/{},\"\")", relative(at(people_column)),
                                  address({first_row, people_column})),
                      value_of(share_of_all(m_here, m_row))},
                     row_style(m_words, formats::percent2));
        m_sheet.number(at(organisation_share_column), share_of_all(m_organisation, m_row),
                       beside(row_style(m_words, formats::percent2)));
    }

    void write_mean(std::uint16_t column, DataColumn mg, DataColumn people, DoseSum ServiceDataCell::*doses) {
        const Style style = row_style(m_words, formats::decimal2);
        const Cell organisation = at(static_cast<std::uint16_t>(column + 1));
        if (!m_words.has_means) {
            m_sheet.blank(at(column), style);
            m_sheet.blank(organisation, style);
            return;
        }
        m_sheet.live(at(column), {chosen_mean(mg, people, key()), value_of((m_here[m_row].*doses).mean_mg())},
                     style);
        m_sheet.number(organisation, (m_organisation[m_row].*doses).mean_mg(), beside(style));
    }

    void write_spread() {
        const auto spread = spread_of_services(m_table, m_row);
        const auto write = [&](std::uint16_t place, double Spread::*figure) {
            m_sheet.number(at(static_cast<std::uint16_t>(spread_column + place)),
                           spread ? std::optional((*spread).*figure) : std::nullopt,
                           beside(row_style(m_words, formats::percent1)));
        };
        write(0, &Spread::lowest);
        write(1, &Spread::lower_quartile);
        write(2, &Spread::median);
        write(3, &Spread::upper_quartile);
        write(4, &Spread::highest);
    }

    Sheet& m_sheet;
    std::size_t m_row;
    const ServiceDataRow& m_words;
    const std::vector<ServiceDataCell>&m_here, &m_organisation;
    const ServiceDataTable& m_table;
};

void write_headings(Sheet& sheet) {
    Style group = heading_style(Align::centre);
    group.fill = colours::accent_pale;
    for (const Heading& heading : groups) {
        sheet.join({group_row, heading.first}, heading.last, group);
        sheet.text({group_row, heading.first}, heading.text, group);
    }
    Style style = heading_style(Align::right);
    style.wrap = true;
    sheet.text({heading_row, words_column}, "People in MAT", heading_style());
    for (std::size_t i = 0; i < std::size(headings); ++i)
        sheet.text({heading_row, static_cast<std::uint16_t>(people_column + i)}, headings[i], style);
}

// ---- dose range
// -----------------------------------------------------------------------------------------------------

constexpr DataColumn range_columns[] = {DataColumn::lowest, DataColumn::lower_quartile, DataColumn::median,
                                        DataColumn::upper_quartile, DataColumn::highest};
constexpr double Spread::*range_figures[] = {&Spread::lowest, &Spread::lower_quartile, &Spread::median,
                                             &Spread::upper_quartile, &Spread::highest};

void write_range_headings(Sheet& sheet, std::uint32_t row) {
    constexpr const char* texts[] = {"People with a known dose", "Lowest", "Lower quartile", "Median",
                                     "Upper quartile",           "Highest"};
    sheet.text({row, words_column}, "Dose range (mg)", heading_style());
    Style style = heading_style(Align::right);
    style.wrap = true;
    for (std::size_t i = 0; i < std::size(texts); ++i)
        sheet.text({row, static_cast<std::uint16_t>(people_column + i)}, texts[i], style);
}

void write_range(Sheet& sheet, std::uint32_t row, std::size_t place, const DoseRangeOf& range) {
    const ServiceDataRow& words = service_data_rows()[range.row];
    const std::string_view stage = words.stage == Stage::mat2 ? "MAT 2" : "MAT 3";
    const std::string text = words.band
                                 ? fmt::format("{} {}, {}", stage, words.words, words_for(range.family))
                                 : fmt::format("{}, {}", stage, words_for(range.family));
    const std::int64_t key = key_within_place(Section::dose_range, 0, place);
    Style style = body_style();
    style.indent = words.level * 2;
    sheet.text({row, words_column}, text, style);
    const double people = range.range ? static_cast<double>(range.range->count) : 0;
    sheet.live({row, people_column}, {chosen_sum(DataColumn::people, key), people},
               body_style(formats::count));
    for (std::uint16_t i = 0; i < std::size(range_columns); ++i) {
        const auto figure = range.range ? std::optional((*range.range).*range_figures[i]) : std::nullopt;
        sheet.live({row, static_cast<std::uint16_t>(people_column + 1 + i)},
                   {chosen_if_any(range_columns[i], DataColumn::people, key), value_of(figure)},
                   body_style(formats::decimal1));
    }
}

std::uint32_t write_ranges(const Source& source, Sheet& sheet) {
    std::uint32_t row = first_row + static_cast<std::uint32_t>(service_data_rows().size()) + 1;
    write_range_headings(sheet, row);
    const auto& ranges = source.figures.here().dose_ranges;
    for (std::size_t i = 0; i < ranges.size(); ++i)
        write_range(sheet, ++row, i, ranges[i]);
    return row;
}

void write_notes(Sheet& sheet, std::uint32_t row) {
    const Style note{.size = 8, .colour = colours::muted};
    constexpr const char* notes[] = {
        "Every percentage is of all people in MAT at the place. Means are over people on that medicine whose "
        "dose is known; "
        "buprenorphine means are sublingual tablets only.",
        "How services lie: each service that has anybody in MAT counts once, whatever its size. Quartiles "
        "interpolate between services.",
        "An empty cell means nobody: a mean or share of no people is not 0.",
    };
    for (const char* text : notes)
        sheet.text({row++, words_column}, text, note);
}

void set_up(const Source& source, Sheet& sheet, std::uint32_t last_row) {
    sheet.column_width(0, 0, 2.3);
    sheet.column_width(words_column, words_column, 44);
    sheet.column_width(people_column, last_column, 11);
    sheet.row_height(heading_row, 40);
    sheet.freeze({first_row, people_column});
    sheet.hide_grid();
    sheet.for_printing(source.heading, source.request.provenance.line(), 0);
    mute_zeros(sheet, {first_row, people_column}, {last_row, last_column});
    sheet.repeat_rows(group_row, heading_row);
    sheet.print_area({0, 0}, {last_row, last_column});
    sheet.tab_colour(colours::accent);
}

}  // namespace

void write_service_data(const Source& source, Sheet& sheet) {
    write_title(sheet, "Service data", source.heading);
    write_chosen_place(source, sheet, {2, words_column});
    write_headings(sheet);
    for (std::size_t row = 0; row < service_data_rows().size(); ++row)
        RowWriter(source, sheet, row).write();
    const std::uint32_t last = write_ranges(source, sheet);
    write_notes(sheet, last + 2);
    set_up(source, sheet, last + 4);
}

}  // namespace optimat::workbook
