#include "report/rule_texts.hpp"

#include "report/definition_reading.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

std::string rule_key(const toml::table& table, std::string_view key, const std::string& origin) {
    const auto text = table[key].value<std::string>();
    if (!text || text->empty())
        throw DefinitionError(
            fmt::format("{}: line {}: a rule needs a text `{}`", origin, table.source().begin.line, key));
    return *text;
}

RuleText rule_text(const toml::table& table, const std::string& origin) {
    for (const auto& [key, value] : table)
        if (key != "id" && key != "title" && key != "words" && key != "source")
            throw DefinitionError(
                fmt::format("{}: line {}: a rule has no `{}`", origin, value.source().begin.line, key.str()));
    return {rule_key(table, "id", origin), rule_key(table, "title", origin), rule_key(table, "words", origin),
            rule_key(table, "source", origin)};
}

}  // namespace

std::vector<RuleText> rule_texts(std::string_view toml, const std::string& origin) {
    const toml::table root = parsed(toml, origin);
    const toml::array* tables = root["rule"].as_array();
    if (tables == nullptr || root.size() != 1)
        throw DefinitionError(origin + ": it must hold [[rule]] tables and nothing else");
    std::vector<RuleText> rules;
    for (const toml::node& node : *tables) {
        const toml::table* table = node.as_table();
        if (table == nullptr)
            throw DefinitionError(origin + ": it must hold [[rule]] tables and nothing else");
        rules.push_back(rule_text(*table, origin));
        if (std::ranges::count(rules, rules.back().id, &RuleText::id) > 1)
            throw DefinitionError(fmt::format("{}: rule {} stands twice", origin, rules.back().id));
    }
    return rules;
}

std::string with_policy_values(std::string_view words, std::string_view whose,
                               const std::vector<PolicyEntry>& entries) {
    std::string text;
    std::size_t at = 0;
    for (std::size_t open = words.find('{'); open != words.npos; open = words.find('{', at)) {
        const std::size_t close = words.find('}', open);
        const std::string_view key = words.substr(open + 1, close == words.npos ? close : close - open - 1);
        const auto entry = std::ranges::find(entries, key, &PolicyEntry::key);
        if (entry == entries.end())
            throw DefinitionError(
                fmt::format("{} names the policy value {{{}}}, which the policy has not", whose, key));
        text += words.substr(at, open - at);
        text += entry->value;
        at = close + 1;
    }
    text += words.substr(at);
    return text;
}

std::string with_policy_values(const RuleText& rule, const std::vector<PolicyEntry>& entries) {
    return with_policy_values(rule.words, "rule " + rule.id, entries);
}

std::vector<PolicyEntry> laid_over(std::vector<PolicyEntry> entries, const std::vector<PolicyEntry>& over) {
    for (const PolicyEntry& entry : over) {
        const auto same = std::ranges::find(entries, entry.key, &PolicyEntry::key);
        if (same == entries.end())
            entries.push_back(entry);
        else
            *same = entry;
    }
    return entries;
}

}  // namespace optimat
