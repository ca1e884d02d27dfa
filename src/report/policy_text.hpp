#pragma once
// The policy in force and the rules in words, for a terminal or as JSON.

#include "report/rule_texts.hpp"
#include "report/states_text.hpp"
#include "report/terminal.hpp"

#include <vector>

namespace optimat {

/// Every value with its source and reason. `overridden_by` names the file whose values lie over those that
/// ship; empty: none.
void write_policy_text(const Policy& policy, const std::vector<PolicyEntry>& entries,
                       std::string_view overridden_by, const Terminal& terminal, const TextSink& sink);
void write_policy_json(const Policy& policy, const std::vector<PolicyEntry>& entries,
                       std::string_view overridden_by, const TextSink& sink);

/// Every rule with its id, its words with the policy's values in them, and its source.
void write_rules_text(const std::vector<RuleText>& rules, const std::vector<PolicyEntry>& entries,
                      const Terminal& terminal, const TextSink& sink);
void write_rules_json(const std::vector<RuleText>& rules, const std::vector<PolicyEntry>& entries,
                      const TextSink& sink);

}  // namespace optimat
