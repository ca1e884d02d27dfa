#include "report/list_data.hpp"

#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

/// Whether two findings are of one record, or of one source on one day: said together.
bool together(const FactorLine& line, const RiskFinding& finding) {
    return line.finding && line.finding->source == finding.source && line.finding->day == finding.day;
}

}  // namespace

std::string short_date(Day day) { return fmt::format("{} {}", civil(day).day, month_name(day)); }

std::string words_for(std::span<const RiskFactor> factors) {
    std::string words;
    for (const RiskFactor factor : factors)
        words += fmt::format("{}{}", words.empty() ? "" : ", ", words_for(factor));
    return words;
}

std::vector<FactorLine> factor_lines(const RiskPicture& risk, Presence presence, Day as_at) {
    std::vector<FactorLine> lines;
    for (std::size_t i = 0; i < risk_factor_count; ++i) {
        if (risk[i].presence != presence) continue;
        const auto factor = static_cast<RiskFactor>(i);
        const auto& finding = risk[i].deciding;
        const auto same = std::ranges::find_if(lines, [&](const FactorLine& line) {
            return finding ? together(line, *finding) : !line.finding;
        });
        if (same != lines.end())
            same->factors.push_back(factor);
        else
            lines.push_back(
                {{factor}, finding, finding ? std::optional(as_at - finding->day) : std::nullopt});
    }
    return lines;
}

std::string finding_words(const RiskFinding& finding) {
    if (finding.source == RiskSource::cover)
        return fmt::format("{} without medicine to {}", counted(finding.row, "day"), short_date(finding.day));
    return fmt::format("{}, {}", words_for(finding.source), short_date(finding.day));
}

namespace {

std::string conflict_line(RiskFactor factor, const RiskFinding& other) {
    return fmt::format("{}: {} of {} says {}", words_for(factor), words_for(other.source),
                       short_date(other.day), other.present ? "yes" : "no");
}

}  // namespace

std::vector<std::string> conflict_lines(const RiskPicture& risk, Presence presence) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < risk_factor_count; ++i)
        if (risk[i].conflict && risk[i].presence == presence)
            lines.push_back(conflict_line(static_cast<RiskFactor>(i), *risk[i].conflict));
    return lines;
}

std::vector<std::string> conflict_lines(const RiskPicture& risk) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < risk_factor_count; ++i)
        if (risk[i].conflict) lines.push_back(conflict_line(static_cast<RiskFactor>(i), *risk[i].conflict));
    return lines;
}

}  // namespace optimat
