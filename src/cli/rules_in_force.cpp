#include "cli/rules_in_force.hpp"

#include "intake/text_file.hpp"

namespace optimat {

std::vector<RuleText> rules_in_force(const Settings& settings) {
    const auto text = settings.definitions().find("rules.toml");
    return text ? rule_texts(*text, "rules.toml") : std::vector<RuleText>{};
}

std::vector<PolicyEntry> policy_in_force(const Settings& settings) {
    auto entries = policy_entries(settings.definitions().text("policy.toml"), "policy.toml");
    if (!settings.policy_file) return entries;
    return laid_over(std::move(entries),
                     policy_entries(read_text_file(*settings.policy_file), settings.policy_file->string()));
}

}  // namespace optimat
