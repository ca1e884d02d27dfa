#include "report/workbook_file.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <utility>
#include <xlsxwriter.h>

namespace optimat::workbook {

namespace {

// The library's limits are wider than ours, so an error here means no memory or a name that clashes.
void must(lxw_error error) {
    if (error != LXW_NO_ERROR)
        throw OutputError(fmt::format("the workbook cannot be written: {}", lxw_strerror(error)));
}

std::string absolute(Cell cell) {
    char text[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell_abs(text, cell.row, cell.column, 1, 1);
    return text;
}

std::string quoted(std::string_view sheet) { return fmt::format("'{}'", sheet); }

bool looks_like_a_formula(std::string_view text) {
    return !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
}

/// At most `most` bytes, cut between characters. A page's header holds 255.
std::string cut(std::string text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80)
        --most;
    text.resize(most);
    return text;
}

/// In headers and footers & begins a code.
std::string header_text(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        escaped += c;
        if (c == '&') escaped += c;
    }
    return escaped;
}

/// XML 1.0 has no place for U+FFFE and U+FFFF; a cell holds at most 32,767 characters.
std::string cell_text(std::string_view text) {
    std::string clean(text);
    for (const std::string_view never : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
        for (std::size_t at; (at = clean.find(never)) != std::string::npos;)
            clean.replace(at, 3, "\xEF\xBF\xBD");
    return cut(std::move(clean), 32'000);
}

std::uint8_t library_align(Align align) {
    switch (align) {
    case Align::left:
        return LXW_ALIGN_LEFT;
    case Align::centre:
        return LXW_ALIGN_CENTER;
    case Align::right:
        break;
    }
    return LXW_ALIGN_RIGHT;
}

void set_line(lxw_format* format, const Style& style) {
    switch (style.line) {
    case Line::none:
        return;
    case Line::below:
        format_set_bottom(format, LXW_BORDER_THIN);
        break;
    case Line::above:
        format_set_top(format, LXW_BORDER_THIN);
        break;
    case Line::around:
        format_set_border(format, LXW_BORDER_THIN);
        break;
    }
    format_set_border_color(format, style.line_colour);
}

std::time_t seconds_of(Day day) { return std::time_t{day.number} * 86'400; }

}  // namespace

std::string address(Cell cell) { return absolute(cell); }
std::string address(std::string_view sheet, Cell cell) { return quoted(sheet) + "!" + absolute(cell); }
std::string address(std::string_view sheet, Cell first, Cell last) {
    return address(sheet, first) + ":" + absolute(last);
}
std::string relative(Cell cell) {
    char text[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell(text, cell.row, cell.column);
    return text;
}

void Sheet::text(Cell cell, std::string_view text, const Style& style) {
    Style as_text = style;
    if (looks_like_a_formula(text)) as_text.number = formats::text;
    must(worksheet_write_string(m_sheet, cell.row, cell.column, cell_text(text).c_str(),
                                m_file.format(as_text)));
}

void Sheet::number(Cell cell, double number, const Style& style) {
    must(worksheet_write_number(m_sheet, cell.row, cell.column, number, m_file.format(style)));
}

void Sheet::number(Cell cell, const std::optional<double>& number, const Style& style) {
    if (number)
        this->number(cell, *number, style);
    else
        blank(cell, style);
}

void Sheet::day(Cell cell, Day day, Style style) {
    constexpr std::int32_t first_serial = 25'569;  // 1970-01-01 in the workbook's calendar
    style.number = formats::date;
    number(cell, static_cast<double>(day.number + first_serial), style);
}

void Sheet::live(Cell cell, const Live& live, const Style& style) {
    const std::string formula = "=" + live.formula;
    lxw_format* format = m_file.format(style);
    if (const double* number = std::get_if<double>(&live.value)) {
        must(worksheet_write_formula_num(m_sheet, cell.row, cell.column, formula.c_str(), format, *number));
        return;
    }
    const std::string* text = std::get_if<std::string>(&live.value);
    must(worksheet_write_formula_str(m_sheet, cell.row, cell.column, formula.c_str(), format,
                                     text == nullptr ? "" : cell_text(*text).c_str()));
}

void Sheet::blank(Cell cell, const Style& style) {
    must(worksheet_write_blank(m_sheet, cell.row, cell.column, m_file.format(style)));
}

void Sheet::join(Cell first, std::uint16_t last_column, const Style& style) {
    must(worksheet_merge_range(m_sheet, first.row, first.column, first.row, last_column, "",
                               m_file.format(style)));
}

void Sheet::column_width(std::uint16_t first, std::uint16_t last, double characters) {
    must(worksheet_set_column(m_sheet, first, last, characters, nullptr));
}

void Sheet::row_height(std::uint32_t row, double points) {
    must(worksheet_set_row(m_sheet, row, points, nullptr));
}

void Sheet::freeze(Cell first_moving) {
    worksheet_freeze_panes(m_sheet, first_moving.row, first_moving.column);
}

void Sheet::filter(Cell first, Cell last) {
    must(worksheet_autofilter(m_sheet, first.row, first.column, last.row, last.column));
}

void Sheet::for_printing(std::string_view heading, std::string_view provenance, int pages_tall) {
    worksheet_set_landscape(m_sheet);
    worksheet_set_paper(m_sheet, 9);  // A4
    worksheet_set_margins(m_sheet, 0.4, 0.4, 0.6, 0.6);
    worksheet_fit_to_pages(m_sheet, 1, static_cast<std::uint16_t>(pages_tall));
    must(worksheet_set_header(m_sheet, cut("&L&\"Arial\"&8 " + header_text(heading), 250).c_str()));
    must(worksheet_set_footer(
        m_sheet, (cut("&L&\"Arial\"&8 " + header_text(provenance), 215) + "&R&8Page &P of &N").c_str()));
}

void Sheet::hide_grid() { worksheet_gridlines(m_sheet, LXW_HIDE_ALL_GRIDLINES); }

void Sheet::repeat_rows(std::uint32_t first, std::uint32_t last) {
    must(worksheet_repeat_rows(m_sheet, first, last));
}

void Sheet::print_area(Cell first, Cell last) {
    must(worksheet_print_area(m_sheet, first.row, first.column, last.row, last.column));
}

void Sheet::tab_colour(Colour colour) { worksheet_set_tab_color(m_sheet, colour); }

void Sheet::drop_down(Cell cell, const std::string& list, const std::string& title,
                      const std::string& advice) {
    std::string source = "=" + list, error_title = title, message = advice;
    lxw_data_validation validation{};
    validation.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    validation.value_formula = source.data();
    validation.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
    validation.error_title = error_title.data();
    validation.error_message = message.data();
    validation.ignore_blank = LXW_VALIDATION_OFF;
    must(worksheet_data_validation_cell(m_sheet, cell.row, cell.column, &validation));
}

void Sheet::highlight(Cell first, Cell last, const std::string& formula, const Style& style) {
    std::string rule = "=" + formula;
    lxw_conditional_format condition{};
    condition.type = LXW_CONDITIONAL_TYPE_FORMULA;
    condition.value_string = rule.data();
    condition.format = workbook_add_format(m_file.handle());
    if (style.fill != colours::white) format_set_bg_color(condition.format, style.fill);
    format_set_font_color(condition.format, style.colour);
    if (style.bold) format_set_bold(condition.format);
    must(worksheet_conditional_format_range(m_sheet, first.row, first.column, last.row, last.column,
                                            &condition));
}

File::File(const std::filesystem::path& path, const Properties& properties)
    : m_path(path), m_workbook(workbook_new(path.c_str())) {
    if (m_workbook == nullptr) throw OutputError("the workbook cannot be begun: there is no memory");
    Properties copy = properties;
    std::string author = "Optimat", keywords = "MAT, tracker";
    lxw_doc_properties library{};
    library.title = copy.title.data();
    library.subject = copy.subject.data();
    library.comments = copy.comments.data();
    library.author = author.data();
    library.keywords = keywords.data();
    library.created = seconds_of(properties.created);
    must(workbook_set_properties(m_workbook, &library));
}

File::~File() {
    if (m_workbook != nullptr) lxw_workbook_free(m_workbook);
}

Sheet File::add_sheet(const std::string& name) {
    lxw_worksheet* sheet = workbook_add_worksheet(m_workbook, name.c_str());
    if (sheet == nullptr) throw OutputError("the workbook cannot be written: a sheet cannot be added");
    return {*this, sheet, name};
}

void File::define_name(const std::string& name, const std::string& reference) {
    must(workbook_define_name(m_workbook, name.c_str(), ("=" + reference).c_str()));
}

lxw_format* File::format(const Style& style) {
    lxw_format*& format = m_formats[style];
    if (format != nullptr) return format;
    format = workbook_add_format(m_workbook);
    format_set_font_name(format, font_name);
    format_set_font_size(format, style.size);
    format_set_font_color(format, style.colour);
    if (style.bold) format_set_bold(format);
    if (style.italic) format_set_italic(format);
    if (style.wrap) format_set_text_wrap(format);
    if (style.fill != colours::white) format_set_bg_color(format, style.fill);
    format_set_align(format, library_align(style.align));
    format_set_align(format, style.top ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
    if (style.indent > 0) format_set_indent(format, static_cast<std::uint8_t>(style.indent));
    if (!style.number.empty()) format_set_num_format(format, std::string(style.number).c_str());
    set_line(format, style);
    return format;
}

void File::close() {
    lxw_workbook* workbook = std::exchange(m_workbook, nullptr);
    const lxw_error error = workbook_close(workbook);
    if (error != LXW_NO_ERROR)
        throw OutputError(fmt::format("{} cannot be written: {}; check that the folder exists and has room",
                                      m_path.string(), lxw_strerror(error)));
}

}  // namespace optimat::workbook
