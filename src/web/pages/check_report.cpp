#include "web/pages/check_report.hpp"

#include "base/day.hpp"
#include "report/number_text.hpp"
#include "web/pages/page.hpp"
#include "web/views_data.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

Html key(std::string_view words, const std::string& number, const std::string& beneath) {
    return tag::div({{"class", "app-key"}}, tag::dt({}, words),
                    tag::dd({}, tag::span({{"class", "app-key__number"}}, number),
                            tag::span({{"class", "app-key__beneath"}}, beneath)));
}

std::string count_words(std::uint64_t count) { return count_text(static_cast<std::int64_t>(count)); }

Html keys_of(const CheckSummary& summary) {
    std::uint64_t refused = 0, in_mat = 0;
    for (const FileSummary& file : summary.files)
        refused += file.rows.refused;
    for (const std::uint64_t people : summary.stages)
        in_mat += people;
    Html keys;
    if (!summary.covers_to.empty())
        keys += key("People", count_words(summary.people),
                    fmt::format("{} in MAT on the last day", count_words(in_mat)));
    keys += key("Rows", count_words(summary.rows()), fmt::format("{} refused", count_words(refused)));
    keys += key("Errors", count_words(summary.issues(Severity::error)), "a row or a cell is not used");
    keys += key("Warnings", count_words(summary.issues(Severity::warning)), "used, but look at them");
    return tag::dl({{"class", "app-keys"}}, keys);
}

}  // namespace

Html check_report_html(const CheckSummary& summary, const std::string& rows_path) {
    const PageFigures page = check_figures(summary, rows_path);
    return html_of(keys_of(summary), summary.rules.empty() ? Html() : table_html(page.tables[0]),
                   table_html(page.tables[1]));
}

std::string covers_words(const CheckSummary& summary) {
    const auto from = parse_iso_day(summary.covers_from), to = parse_iso_day(summary.covers_to);
    if (!from || !to) return summary.organisation;
    return fmt::format("{}, {} to {}", summary.organisation, long_date(*from), long_date(*to));
}

}  // namespace optimat
