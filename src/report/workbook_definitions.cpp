// The Definitions sheet: rules in words, policy values, data quality and provenance.

#include "report/workbook_sheets.hpp"

#include <array>
#include <fmt/format.h>

namespace optimat::workbook {

namespace {

constexpr std::uint16_t first_column = 1, last_column = 6;
constexpr double widths[] = {30, 26, 14, 14, 62, 40};  ///< characters, of the columns from first_column on

/// About how many lines a wrapped text takes; the library cannot measure, and a row that is too low hides its end.
double row_points(std::string_view text, double characters) {
    const double lines = static_cast<double>(text.size()) / (characters * 1.02);
    return 14.0 * (1.0 + static_cast<double>(static_cast<int>(lines)));
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
    Cell at(std::size_t column) const { return {m_row, static_cast<std::uint16_t>(first_column + column)}; }

    void begin_block(std::string_view title) {
        m_row += 2;
        m_sheet.text(at(0), title, {.size = 12, .bold = true});
        m_sheet.row_height(m_row, 20);
    }

    void headings(const std::array<const char*, 6>& texts) {
        ++m_row;
        for (std::size_t i = 0; i < texts.size(); ++i) m_sheet.text(at(i), texts[i], heading_style(i == 2 || i == 3 ? Align::right : Align::left));
    }

    void put(std::size_t column, std::string_view text, bool bold = false) {
        Style style = body_style();
        style.wrap = true;
        style.bold = bold;
        m_sheet.text(at(column), text, style);
    }
    void put(std::size_t column, std::uint64_t number) { m_sheet.number(at(column), static_cast<double>(number), body_style(formats::count)); }

    /// Text over several columns, in a row as high as it needs.
    void put_wide(std::size_t first, std::size_t last, std::string_view text) {
        Style style = body_style();
        style.wrap = true;
        if (last > first) m_sheet.join(at(first), static_cast<std::uint16_t>(first_column + last), style);
        m_sheet.text(at(first), text, style);
    }
    void fit_row(std::string_view text, std::size_t first, std::size_t last) {
        double width = 0;
        for (std::size_t i = first; i <= last; ++i) width += widths[i];
        m_height = std::max(m_height, row_points(text, width));
    }
    void next_row() {
        ++m_row;
        m_height = 15;
    }
    void end_row() { m_sheet.row_height(m_row, m_height); }

    void write_provenance() {
        const Provenance& about = m_request.provenance;
        const Extract& extract = m_request.extract;
        begin_block("Where these figures come from");
        const auto line = [&](std::string_view name, std::string_view text) {
            next_row();
            put(0, name, true);
            put_wide(1, 5, text);
        };
        line("Program", "Optimat " + about.program_version);
        line("Policy", fmt::format("{}, version {}, {}", about.policy_name, about.policy_version, about.policy_hash));
        line("Source", about.source);
        line("Organisation", extract.organisation);
        line("The extract covers", fmt::format("{} to {}", long_date(extract.covers_from), long_date(extract.covers_to)));
        line("Reference dates", fmt::format("{} to {}", long_date(m_request.states.dates.front()), long_date(m_request.states.dates.back())));
    }

    void write_files() {
        begin_block("Data quality: rows of each file");
        headings({"File", "Fills the table", "Rows read", "Accepted", "", ""});
        m_sheet.text(at(4), "Repeated (counted once) and refused rows; why a file was refused", heading_style());
        for (const FileReport& file : m_request.report.files) {
            next_row();
            put(0, file.file);
            put(1, file.table);
            put(2, file.rows.read);
            put(3, file.rows.accepted);
            put(4, fmt::format("{} repeated, {} refused{}{}", file.rows.repeated, file.rows.refused, file.refusal.empty() ? "" : ": ", file.refusal));
        }
    }

    void write_issues() {
        begin_block("Data quality: what was found, by rule");
        headings({"Rule", "Consequence", "Severity", "Times", "What is wrong", "What to do"});
        std::array<std::uint64_t, rule_count> times{};
        for (const Issue& issue : m_request.report.issues) ++times[static_cast<std::size_t>(issue.rule)];
        bool any = false;
        for (const Severity severity : {Severity::error, Severity::warning, Severity::note})
            for (std::size_t i = 0; i < rule_count; ++i) {
                const IssueRule& rule = issue_rule(static_cast<Rule>(i));
                if (times[i] == 0 || rule.severity != severity) continue;
                any = true;
                write_issue(rule, times[i]);
            }
        if (any) return;
        next_row();
        put_wide(0, 5, "Nothing was found.");
    }

    void write_issue(const IssueRule& rule, std::uint64_t times) {
        next_row();
        put(0, rule.id);
        put(1, text_of(rule.consequence));
        Style severity = body_style();
        severity.align = Align::right;
        m_sheet.text(at(2), text_of(rule.severity), severity);
        put(3, times);
        put(4, rule.text);
        put(5, rule.advice);
        fit_row(rule.text, 4, 4);
        fit_row(rule.advice, 5, 5);
        end_row();
    }

    void write_rules() {
        begin_block("Rules");
        headings({"Rule", "In short", "In words", "", "", "Source"});
        m_sheet.text(at(2), "In words", heading_style());
        for (const RuleText& rule : m_request.rules) {
            next_row();
            const std::string words = with_policy_values(rule, m_request.policy_entries);
            put(0, rule.id);
            put(1, rule.title);
            put_wide(2, 4, words);
            put(5, rule.source);
            fit_row(rule.title, 1, 1);
            fit_row(words, 2, 4);
            fit_row(rule.source, 5, 5);
            end_row();
        }
    }

    void write_policy() {
        begin_block("Policy: the values that decide");
        headings({"Value of the policy", "Set to", "Reason", "", "", "Source"});
        m_sheet.text(at(2), "Reason", heading_style());
        for (const PolicyEntry& entry : m_request.policy_entries) {
            next_row();
            put(0, entry.key);
            put(1, entry.value);
            put_wide(2, 4, entry.reason);
            put(5, entry.source);
            fit_row(entry.key, 0, 0);
            fit_row(entry.reason, 2, 4);
            fit_row(entry.source, 5, 5);
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
        sheet.column_width(static_cast<std::uint16_t>(first_column + i), static_cast<std::uint16_t>(first_column + i), widths[i]);
    DefinitionsWriter writer(source, sheet);
    writer.write();
    sheet.freeze({2, 0});
    sheet.for_reading(source.heading, source.request.provenance.line(), 0);
    sheet.print_area({0, 0}, {writer.last_row(), last_column});
    sheet.tab_colour(colours::muted);
}

}  // namespace optimat::workbook
