#pragma once
// The work lists in words: definitions/lists.toml. Titles, what each block means and asks, the rule of order
// in a sentence.

#include "intake/policy_file.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

struct BlockText {
    ListBlock block;
    std::string title;  ///< `Reducing or in detoxification`
    std::string why;    ///< one sentence to a person of the team: why somebody is here
    std::string ask;    ///< what a review asks: a question, never a dose
};

struct ListText {
    WorkList list;
    std::string title;  ///< `Overdose risk`
    std::string words;  ///< who is on the list, a sentence or two; `{…}` stands for a value of the policy
    std::string question;  ///< what the list is for, as a question a team asks
    std::string source;
    std::vector<BlockText> blocks;  ///< in their order; every block of the list
};

struct ListTexts {
    std::vector<ListText> lists;  ///< by WorkList, all of them
    std::array<std::string, order_key_count>
        order;  ///< `those with a recent overdose or release`, by OrderKey
    const ListText& list(WorkList list) const { return lists[static_cast<std::size_t>(list)]; }
    const BlockText& block(ListBlock block) const;
};

/// Throws DefinitionError, with the line, for what is missing, not known or stands twice.
ListTexts list_texts(std::string_view toml, const std::string& origin);

/// The texts with the policy's values in place of the names in braces. Throws DefinitionError when the policy
/// has no value of a name.
ListTexts with_policy_values(ListTexts texts, const std::vector<PolicyEntry>& entries);

/// The policy's order of a list in one sentence, ending with how ties are broken.
std::string order_sentence(const ListTexts& texts, const Policy& policy, WorkList list);

}  // namespace optimat
