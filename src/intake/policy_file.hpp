#pragma once
// Policy files (TOML) → Policy. The one that ships is definitions/policy.toml; another may override some of
// its keys.

#include "model/policy.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// Reads a policy over `base`: keys that the text leaves out keep their value there. `origin` names it in
/// messages. Throws DefinitionError with the line for a key, table or value that is not known or out of
/// range, among the other settings too.
Policy parse_policy(std::string_view toml, const std::string& origin, const Policy& base);

/// Names the values, the bank holidays among them: equal values have equal digests, whatever file they come
/// from, and whatever the policy is called.
std::string policy_digest(const Policy& policy);

/// The other settings of each choice that a policy text names under `other_settings`, in its order, each as
/// the policy that it makes of the one in force (rule sensitivity). A choice's own value in the text is one
/// of them where another is in force; a setting that is in force is left out. Throws DefinitionError as
/// parse_policy does.
std::vector<PolicyAlternative> policy_alternatives(std::string_view toml, const std::string& origin,
                                                   const Policy& in_force);

/// One value of a policy in words, with where it comes from, for the Definitions sheet and page.
struct PolicyEntry {
    std::string key;    ///< `family.methadone.threshold_mg`
    std::string value;  ///< as in the file
    std::string source;
    std::string reason;
};

/// Every value of a policy text, in its order, with the source and reason of its table.
std::vector<PolicyEntry> policy_entries(std::string_view toml, const std::string& origin);

}  // namespace optimat
