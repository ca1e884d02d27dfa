// The Compare sheet: every service for the last month, by name. Not a league table: small numbers differ by
// chance.

#include "report/workbook_sheets.hpp"

#include <fmt/format.h>

namespace optimat::workbook {

namespace {

constexpr std::uint16_t label_column = 1, region_column = 2, area_column = 3, peer_column = 4,
                        in_mat_column = 5, people_column = 6, share_column = 10, uncategorised_column = 14,
                        uncategorised_share_column = 15, mat1_column = 16, mat4_column = 17,
                        unbanded_column = 18, mean_column = 19, last_column = 19;
constexpr std::uint32_t group_row = 4, heading_row = 5, organisation_row = 6, filter_row = 7, first_row = 8;

constexpr const char* headings[] = {"Service",
                                    "Region",
                                    "Area",
                                    "Peer group",
                                    "In MAT",
                                    "Red",
                                    "Amber",
                                    "Green",
                                    "Grey",
                                    "Red",
                                    "Amber",
                                    "Green",
                                    "Grey",
                                    "People",
                                    "% of all in MAT",
                                    "MAT 1",
                                    "MAT 4",
                                    "Dose band unknown",
                                    "Mean methadone (mg)"};

void write_headings(Sheet& sheet) {
    const auto group = [&](std::uint16_t first, std::uint16_t last, const char* text) {
        Style style = heading_style(Align::centre);
        style.fill = colours::accent_pale;
        sheet.join({group_row, first}, last, style);
        sheet.text({group_row, first}, text, style);
    };
    group(people_column, people_column + 3, "People in each cohort");
    group(share_column, share_column + 3, "% of red + amber + green + grey");
    group(uncategorised_column, uncategorised_share_column, "Uncategorised");
    group(mat1_column, unbanded_column, "Other groups (people)");
    for (std::uint16_t i = 0; i < std::size(headings); ++i) {
        const auto column = static_cast<std::uint16_t>(label_column + i);
        Style style = heading_style(column < in_mat_column ? Align::left : Align::right);
        style.wrap = true;
        if (column >= people_column && column < uncategorised_column) {
            const auto cohort = static_cast<std::size_t>(column - people_column) % cohort_count;
            style.fill = cohort_fills[cohort];
            style.colour = cohort_inks[cohort];
        }
        sheet.text({heading_row, column}, headings[i], style);
    }
}

void write_figures(Sheet& sheet, std::uint32_t row, const TrackerCell& now, bool bold) {
    const auto put = [&](std::uint16_t column, std::optional<double> figure, std::string_view format) {
        Style style = body_style(format);
        style.bold = bold;
        sheet.number({row, column}, figure, style);
    };
    const auto count = [&](std::uint16_t column, std::int64_t people) {
        put(column, static_cast<double>(people), formats::count);
    };
    count(in_mat_column, now.in_mat());
    for (std::uint16_t cohort = 0; cohort < cohort_count; ++cohort) {
        const auto group = static_cast<TrackerGroup>(cohort);
        count(static_cast<std::uint16_t>(people_column + cohort), now.of(group));
        put(static_cast<std::uint16_t>(share_column + cohort), now.cohort_share(group), formats::percent1);
    }
    count(uncategorised_column, now.of(TrackerGroup::uncategorised));
    put(uncategorised_share_column, now.share_of_all(TrackerGroup::uncategorised), formats::percent1);
    count(mat1_column, now.of(TrackerGroup::mat1));
    count(mat4_column, now.of(TrackerGroup::mat4));
    count(unbanded_column, now.of(TrackerGroup::mat2_unbanded) + now.of(TrackerGroup::mat3_unbanded));
    put(mean_column, now.average_methadone().mean_mg(), formats::decimal1);
}

void write_organisation(const Source& source, Sheet& sheet) {
    const PlaceFigures& all = source.figures.organisation();
    Style style = body_style();
    style.bold = true;
    sheet.text({organisation_row, label_column}, all.label, style);
    for (std::uint16_t column = region_column; column < in_mat_column; ++column)
        sheet.blank({organisation_row, column}, style);
    write_figures(sheet, organisation_row, all.months.back(), true);
}

/// The last row written.
std::uint32_t write_services(const Source& source, Sheet& sheet) {
    std::uint32_t row = filter_row;
    for (const PlaceFigures& at : source.figures.places) {
        if (at.place.kind != PlaceKind::service) continue;
        const Service& service = source.request.extract.services[at.place.services.front()];
        ++row;
        sheet.text({row, label_column}, at.label, body_style());
        sheet.text({row, region_column}, service.region, body_style());
        sheet.text({row, area_column}, service.area, body_style());
        sheet.text({row, peer_column}, service.peer_group, body_style());
        write_figures(sheet, row, at.months.back(), false);
    }
    return row;
}

/// The chosen service, or all services of the chosen region, area or peer group.
std::string is_chosen() {
    const std::string chosen = address({2, label_column});
    const auto column = [](std::uint16_t place) {
        std::string cell = relative({first_row, place});
        return "$" + cell;
    };
    return fmt::format("OR(EXACT({0},{1}),EXACT(\"Region: \"&{2},{1}),EXACT(\"Area: \"&{3},{1}),EXACT(\"Peer "
                       "group: \"&{4},{1}))",
                       column(label_column), chosen, column(region_column), column(area_column),
                       column(peer_column));
}

void set_up(const Source& source, Sheet& sheet, std::uint32_t last_row) {
    sheet.column_width(0, 0, 2.3);
    sheet.column_width(label_column, label_column, 40);
    sheet.column_width(region_column, peer_column, 14);
    sheet.column_width(in_mat_column, last_column, 9.5);
    sheet.column_width(uncategorised_share_column, uncategorised_share_column, 12);
    sheet.column_width(unbanded_column, last_column, 11);
    sheet.row_height(heading_row, 40);
    sheet.row_height(filter_row, 13);
    sheet.freeze({first_row, region_column});
    sheet.hide_grid();
    sheet.for_printing(source.heading, source.request.provenance.line(), 0);
    sheet.repeat_rows(group_row, filter_row);
    sheet.print_area({0, 0}, {last_row + 2, last_column});
    sheet.tab_colour(colours::slate);
}

}  // namespace

void write_compare(const Source& source, Sheet& sheet) {
    write_title(sheet, "Compare services", source.heading);
    write_chosen_place(source, sheet, {2, label_column});
    write_headings(sheet);
    write_organisation(source, sheet);
    for (std::uint16_t column = label_column; column <= last_column; ++column)
        sheet.blank({filter_row, column}, {.size = 8, .line = Line::below, .line_colour = colours::slate});
    const std::uint32_t last = write_services(source, sheet);
    if (last >= first_row) {
        sheet.filter({filter_row, label_column}, {last, last_column});
        sheet.highlight({first_row, label_column}, {last, last_column}, is_chosen(),
                        {.bold = true, .colour = colours::accent, .fill = colours::accent_pale});
    }
    sheet.text({last + 2, label_column},
               "Services stand in order of name. Small services differ by chance, so this is no ranking. "
               "Mean methadone: MAT 2, MAT 3 and uncategorised. "
               "Highlighted: the place chosen on the first sheet.",
               {.size = 8, .colour = colours::muted});
    set_up(source, sheet, last);
}

}  // namespace optimat::workbook
