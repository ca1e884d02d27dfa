#pragma once
// The rules in words: definitions/rules.toml, shown on the Definitions sheet, by `optimat explain` and in the
// handbook.

#include "intake/policy_file.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// One rule for people.
struct RuleText {
    std::string id;      ///< `evidence/on-top`, as in comments of the code and in spec files
    std::string title;   ///< a few words
    std::string words;   ///< sentences; `{evidence.months}` stands for a value of the policy
    std::string source;  ///< where it comes from
};

/// The rules of a definition file, in its order. `origin` names it in messages.
/// Throws DefinitionError for a key that is not known or missing, and for an id that stands twice.
std::vector<RuleText> rule_texts(std::string_view toml, const std::string& origin);

/// The words of a rule with the policy's values in place of the names in braces.
/// Throws DefinitionError when the policy has no value of that name.
std::string with_policy_values(const RuleText& rule, const std::vector<PolicyEntry>& entries);

/// The same of any words; `whose` they are is named in the message.
std::string with_policy_values(std::string_view words, std::string_view whose,
                               const std::vector<PolicyEntry>& entries);

/// The entries of a policy with those of an overriding file over them: an entry of `over` takes the place of
/// the one with its key; a key that is not yet there is added.
std::vector<PolicyEntry> laid_over(std::vector<PolicyEntry> entries, const std::vector<PolicyEntry>& over);

}  // namespace optimat
