// The Definitions sheet: rules in words, policy values, data quality and provenance.

#include "report/workbook_sheets.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace optimat::workbook {

namespace {

constexpr std::uint16_t first_column = 1, last_column = 8;
constexpr std::size_t columns = 8;
constexpr double widths[columns] = {40, 28, 11, 11,
                                    11, 11, 44, 46};  ///< characters, of the columns from first_column on

/// About how many lines a wrapped text takes; the library cannot measure, and a row that is too low hides its
/// end.
double row_points(std::string_view text, double characters) {
    const double lines = static_cast<double>(text.size()) / (characters * 1.2);
    return 3.0 + 12.5 * (1.0 + static_cast<double>(static_cast<int>(lines)));
}

class DefinitionsWriter {
  public:
    DefinitionsWriter(const Source& source, Sheet& sheet) : m_request(source.request), m_sheet(sheet) {}

    void write() {
        write_provenance();
        write_files();
        write_issues();
        write_rules();
        write_policy();
    }
    std::uint32_t last_row() const { return m_row; }

  private:
    using Headings = std::array<const char*, columns>;

    Cell at(std::size_t column) const { return {m_row, static_cast<std::uint16_t>(first_column + column)}; }

    void begin_block(std::string_view title) {
        m_row += 2;
        m_sheet.text(at(0), title, {.size = 12, .bold = true});
        m_sheet.row_height(m_row, 20);
    }

    /// Columns [first_number, end_number) hold numbers.
    void headings(const Headings& texts, std::size_t first_number = 0, std::size_t end_number = 0) {
        ++m_row;
        for (std::size_t i = 0; i < columns; ++i) {
            Style style = heading_style(i >= first_number && i < end_number ? Align::right : Align::left);
            if (i == end_number && end_number > 0) style.indent = 1;
            m_sheet.text(at(i), texts[i], style);
        }
    }

    void next_row() {
        ++m_row;
        m_height = 15;
        for (std::size_t i = 0; i < columns; ++i)
            m_sheet.blank(at(i), cell_style());
    }
    void end_row() { m_sheet.row_height(m_row, m_height); }

    static Style cell_style() {
        Style style = body_style();
        style.wrap = style.top = true;
        return style;
    }

    /// Text over the columns from `first` to `last`; the row becomes as high as it needs.
    void put(std::size_t first, std::size_t last, std::string_view text, bool bold = false) {
        Style style = cell_style();
        style.bold = bold;
        style.indent = first == 4 || first == 6 ? 1 : 0;  // it follows a column of numbers
        if (last > first) m_sheet.join(at(first), static_cast<std::uint16_t>(first_column + last), style);
        m_sheet.text(at(first), text, style);
        double width = 0;
        for (std::size_t i = first; i <= last; ++i)
            width += widths[i];
        m_height = std::max(m_height, row_points(text, width));
    }
    void put(std::size_t column, std::uint64_t number) {
        Style style = body_style(formats::count);
        style.top = true;
        m_sheet.number(at(column), static_cast<double>(number), style);
    }

    void write_provenance() {
        const Provenance& about = m_request.provenance;
        const Extract& extract = m_request.extract;
        const std::vector<Day>& dates = m_request.states.dates;
        begin_block("Where these figures come from");
        const auto line = [&](std::string_view name, std::string_view text) {
            next_row();
            put(0, 0, name, true);
            put(1, 7, text);
            end_row();
        };
        line("Program", "Optimat " + about.program_version);
        line("Policy",
             fmt::format("{}, version {} ({})", about.policy_name, about.policy_version, about.policy_hash));
        line("Source", about.source);
        line("Organisation", extract.organisation);
        line("The extract covers",
             fmt::format("{} to {}", long_date(extract.covers_from), long_date(extract.covers_to)));
        line("Reference dates", fmt::format("{}, from {} to {}", dates.size(), long_date(dates.front()),
                                            long_date(dates.back())));
    }

    void write_files() {
        begin_block("Data quality: rows of each file");
        headings({"File", "Fills the table", "Rows read", "Accepted", "Repeated", "Refused",
                  "Why the file was refused", ""},
                 2, 6);
        for (const FileReport& file : m_request.report.files) {
            next_row();
            put(0, 0, file.file);
            put(1, 1, file.table);
            put(2, file.rows.read);
            put(3, file.rows.accepted);
            put(4, file.rows.repeated);
            put(5, file.rows.refused);
            put(6, 7, file.refusal);
            end_row();
        }
        ++m_row;
        m_sheet.text(at(0), "Read = accepted + repeated (counted once) + refused.",
                     {.size = 8, .colour = colours::muted});
    }

    void write_issues() {
        begin_block("Data quality: what was found, by rule");
        headings({"Rule", "Consequence", "Severity", "Times", "What is wrong", "", "", "What to do"}, 3, 4);
        std::array<std::uint64_t, rule_count> times{};
        for (const Issue& issue : m_request.report.issues)
            ++times[static_cast<std::size_t>(issue.rule)];
        for (const Severity severity : {Severity::error, Severity::warning, Severity::note})
            for (std::size_t i = 0; i < rule_count; ++i) {
                const IssueRule& rule = issue_rule(static_cast<Rule>(i));
                if (times[i] > 0 && rule.severity == severity) write_issue(rule, times[i]);
            }
        if (!m_request.report.issues.empty()) return;
        next_row();
        put(0, 7, "Nothing was found.");
    }

    void write_issue(const IssueRule& rule, std::uint64_t times) {
        next_row();
        put(0, 0, rule.id);
        put(1, 1, text_of(rule.consequence));
        put(2, 2, text_of(rule.severity));
        put(3, times);
        put(4, 6, rule.text);
        put(7, 7, rule.advice);
        end_row();
    }

    void write_rules() {
        begin_block("Rules");
        headings({"Rule", "In short", "In words", "", "", "", "", "Source"});
        for (const RuleText& rule : m_request.rules) {
            next_row();
            put(0, 0, rule.id);
            put(1, 1, rule.title, true);
            put(2, 6, with_policy_values(rule, m_request.policy_entries));
            put(7, 7, rule.source);
            end_row();
        }
    }

    void write_policy() {
        begin_block("Policy: the values that decide");
        headings({"Value of the policy", "Set to", "Reason", "", "", "", "", "Source"});
        for (const PolicyEntry& entry : m_request.policy_entries) {
            next_row();
            put(0, 0, entry.key);
            put(1, 1, entry.value, true);
            put(2, 6, entry.reason);
            put(7, 7, entry.source);
            end_row();
        }
    }

    const WorkbookRequest& m_request;
    Sheet& m_sheet;
    std::uint32_t m_row = 1;
    double m_height = 15;
};

}  // namespace

void write_definitions(const Source& source, Sheet& sheet) {
    write_title(sheet, "Definitions and data quality", source.heading);
    sheet.column_width(0, 0, 2.3);
    for (std::uint16_t i = 0; i < std::size(widths); ++i)
        sheet.column_width(static_cast<std::uint16_t>(first_column + i),
                           static_cast<std::uint16_t>(first_column + i), widths[i]);
    DefinitionsWriter writer(source, sheet);
    writer.write();
    sheet.freeze({2, 0});
    sheet.hide_grid();
    sheet.for_printing(source.heading, source.request.provenance.line(), 0);
    sheet.print_area({0, 0}, {writer.last_row(), last_column});
    sheet.tab_colour(colours::muted);
}

}  // namespace optimat::workbook
