#include "intake/bank_holidays.hpp"

#include "base/error.hpp"
#include "base/weekday.hpp"
#include "model/nation.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <toml++/toml.h>

namespace optimat {

namespace {

[[noreturn]] void complain(const std::string& origin, const toml::node& node, const std::string& what) {
    throw DefinitionError(fmt::format("{}: line {}: {}", origin, node.source().begin.line, what));
}

Day holiday(std::string_view key, const toml::node& name, const std::string& origin) {
    const auto day = parse_iso_day(key);
    if (!day) complain(origin, name, fmt::format("'{}' is no day: write 2026-12-25", key));
    if (name.value_or(std::string{}).empty()) complain(origin, name, fmt::format("{} has no name", key));
    if (is_weekend(*day)) complain(origin, name, fmt::format("{} is on a weekend: name its substitute", key));
    return *day;
}

std::vector<Day> holidays_of(const toml::node& node, const std::string& origin) {
    const toml::table* table = node.as_table();
    if (table == nullptr) complain(origin, node, "a nation must be a table of days and their names");
    std::vector<Day> days;
    for (const auto& [key, name] : *table)
        days.push_back(holiday(key.str(), name, origin));
    std::ranges::sort(days);
    for (std::size_t i = 1; i < days.size(); ++i)
        if (civil(days[i]).year > civil(days[i - 1]).year + 1)
            complain(origin, node, fmt::format("the year {} is not listed", civil(days[i - 1]).year + 1));
    return days;
}

toml::table parsed(std::string_view text, const std::string& origin) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        throw DefinitionError(
            fmt::format("{}: line {}: {}", origin, error.source().begin.line, error.description()));
    }
}

}  // namespace

std::vector<Day> parse_bank_holidays(std::string_view toml, const std::string& origin, Nation nation) {
    std::vector<Day> days;
    for (const auto& [key, node] : parsed(toml, origin)) {
        const auto whose = nation_of(key.str());
        if (!whose) complain(origin, node, fmt::format("there is no nation '{}'", key.str()));
        auto found = holidays_of(node, origin);
        if (*whose == nation) days = std::move(found);
    }
    if (days.empty())
        throw DefinitionError(fmt::format("{}: the holidays of {} are missing", origin, text_of(nation)));
    return days;
}

}  // namespace optimat
