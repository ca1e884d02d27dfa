#include "report/workbook.hpp"

#include "base/error.hpp"
#include "report/workbook_sheets.hpp"

#include <fmt/format.h>
#include <fstream>
#include <system_error>

namespace optimat {

namespace workbook {

namespace {

std::string heading_of(const WorkbookRequest& request) {
    const Day last = request.states.dates.back();
    const std::string when = is_month_end(last) ? "" : " (the last month is not complete)";
    const std::string who = request.extract.organisation.empty() ? "" : request.extract.organisation + " · ";
    return fmt::format("{}as at {}{}", who, long_date(last), when);
}

void write_file(const WorkbookRequest& request, const std::filesystem::path& path) {
    const Figures figures = make_figures(request);
    const std::string heading = heading_of(request);
    File file(path, {"Service tracker, " + heading, "Improving medication-assisted treatment",
                     request.provenance.line(), request.states.dates.back()});
    const Source source{request, figures, file, heading};
    Sheet tracker = file.add_sheet(sheet_names::tracker),
          service_data = file.add_sheet(sheet_names::service_data),
          flows = file.add_sheet(sheet_names::flows), compare = file.add_sheet(sheet_names::compare);
    std::optional<Sheet> measures;
    if (!request.measures.measures.empty()) measures.emplace(file.add_sheet(sheet_names::measures));
    Sheet definitions = file.add_sheet(sheet_names::definitions), data = file.add_sheet(sheet_names::data);
    write_tracker(source, tracker);
    write_service_data(source, service_data);
    write_flows(source, flows);
    write_compare(source, compare);
    if (measures) write_measures(source, *measures);
    write_definitions(source, definitions);
    write_data(source, data);
    file.close();
}

}  // namespace

void write_title(Sheet& sheet, std::string_view title, std::string_view subtitle) {
    sheet.row_height(0, 28);
    sheet.text({0, 1}, title, {.size = 18, .bold = true});
    sheet.text({1, 1}, subtitle, {.colour = colours::muted});
}

void write_chosen_place(const Source& source, Sheet& sheet, Cell cell) {
    sheet.row_height(cell.row, 22);
    sheet.live(cell, {names::chosen_place, source.figures.here().label},
               {.size = 13, .bold = true, .colour = colours::accent});
    sheet.text({cell.row, static_cast<std::uint16_t>(cell.column + 1)}, "chosen on the sheet Service Tracker",
               {.size = 9, .italic = true, .colour = colours::muted});
}

void mute_zeros(Sheet& sheet, Cell first, Cell last) {
    sheet.highlight(first, last, fmt::format("AND(ISNUMBER({0}),{0}=0)", relative(first)),
                    {.colour = colours::faint});
}

Style heading_style(Align align) {
    return {.size = 9,
            .bold = true,
            .colour = colours::muted,
            .align = align,
            .line = Line::below,
            .line_colour = colours::slate};
}

Style section_style() { return {.size = 9, .bold = true, .colour = colours::muted, .fill = colours::pale}; }

Style body_style(std::string_view number) {
    return {.align = number.empty() ? Align::left : Align::right, .line = Line::below, .number = number};
}

}  // namespace workbook

void write_workbook(const WorkbookRequest& request, const std::filesystem::path& out) {
    std::filesystem::path part = out;
    part += ".part";
    // Tried first, because the library itself would print what is wrong.
    if (!std::ofstream(part))
        throw OutputError(fmt::format(
            "{} cannot be written; check that the folder exists and may be written to", out.string()));
    try {
        workbook::write_file(request, part);
        std::filesystem::rename(part, out);
    } catch (const std::filesystem::filesystem_error& error) {
        throw OutputError(fmt::format("{} cannot be written: {}", out.string(), error.code().message()));
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        throw;
    }
}

}  // namespace optimat
