#include "report/policy_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

using Json = nlohmann::ordered_json;

/// The table that a key stands in: `family.methadone` of `family.methadone.threshold_mg`.
std::string_view section_of(std::string_view key) {
    const std::size_t dot = key.rfind('.');
    return dot == key.npos ? std::string_view{} : key.substr(0, dot);
}

std::string why_text(const PolicyEntry& entry, const Terminal& terminal) {
    std::string text;
    if (!entry.source.empty()) text += wrapped("  Source: " + printable(entry.source), terminal.width, 4);
    if (!entry.reason.empty()) text += wrapped("  Reason: " + printable(entry.reason), terminal.width, 4);
    return text;
}

}  // namespace

void write_policy_text(const Policy& policy, const std::vector<PolicyEntry>& entries,
                       std::string_view overridden_by, const Terminal& terminal, const TextSink& sink) {
    std::string text =
        paint(terminal, Ink::strong,
              printable(fmt::format("Policy {} {} ({})", policy.name, policy.version, policy.hash))) +
        '\n';
    text +=
        wrapped(overridden_by.empty()
                    ? "The policy that ships with the program."
                    : fmt::format("The policy that ships with the program, with the values of {} over it.",
                                  printable(overridden_by)),
                terminal.width);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string_view section = section_of(entries[i].key);
        if (section.empty()) continue;
        if (i == 0 || section_of(entries[i - 1].key) != section)
            text += '\n' + paint(terminal, Ink::strong, section) + '\n';
        text += wrapped(
            fmt::format("  {} = {}", entries[i].key.substr(section.size() + 1), printable(entries[i].value)),
            terminal.width, 4);
        const bool last = i + 1 == entries.size() || section_of(entries[i + 1].key) != section ||
                          entries[i + 1].source != entries[i].source ||
                          entries[i + 1].reason != entries[i].reason;
        if (last) text += why_text(entries[i], terminal);
    }
    sink(text);
}

void write_policy_json(const Policy& policy, const std::vector<PolicyEntry>& entries,
                       std::string_view overridden_by, const TextSink& sink) {
    Json values = Json::array();
    for (const PolicyEntry& entry : entries)
        values.push_back(
            {{"key", entry.key}, {"value", entry.value}, {"source", entry.source}, {"reason", entry.reason}});
    Json result = {{"name", policy.name},
                   {"version", policy.version},
                   {"hash", policy.hash},
                   {"overridden_by", nullptr},
                   {"values", std::move(values)}};
    if (!overridden_by.empty()) result["overridden_by"] = overridden_by;
    sink(result.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

void write_rules_text(const std::vector<RuleText>& rules, const std::vector<PolicyEntry>& entries,
                      const Terminal& terminal, const TextSink& sink) {
    std::string text;
    for (const RuleText& rule : rules) {
        if (!text.empty()) text += '\n';
        text += fmt::format("{}  {}\n", paint(terminal, Ink::strong, rule.title),
                            paint(terminal, Ink::faint, rule.id));
        text += wrapped("  " + printable(with_policy_values(rule, entries)), terminal.width, 2);
        text += wrapped("  Source: " + printable(rule.source), terminal.width, 4);
    }
    sink(text);
}

void write_rules_json(const std::vector<RuleText>& rules, const std::vector<PolicyEntry>& entries,
                      const TextSink& sink) {
    Json list = Json::array();
    for (const RuleText& rule : rules)
        list.push_back({{"id", rule.id},
                        {"title", rule.title},
                        {"words", with_policy_values(rule, entries)},
                        {"source", rule.source}});
    sink(list.dump(1) + "\n");
}

}  // namespace optimat
