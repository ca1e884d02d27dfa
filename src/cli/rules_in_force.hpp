#pragma once
// The rules in words and the policy's values in force, from the definitions.

#include "cli/settings.hpp"
#include "report/rule_texts.hpp"

namespace optimat {

/// The rules of rules.toml; none when the definitions have no such file.
std::vector<RuleText> rules_in_force(const Settings& settings);

/// Every value of the policy in force, with source and reason: the one that ships with --policy over it.
std::vector<PolicyEntry> policy_in_force(const Settings& settings);

}  // namespace optimat
