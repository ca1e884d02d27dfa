#pragma once
// Every rule, policy value and check in words, from the very definitions that the engine uses, and how many
// people stand elsewhere under the other settings of each choice.

#include "measure/sensitivity.hpp"
#include "report/rule_texts.hpp"
#include "web/views.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

class Site;
struct SiteOptions;

/// The values of the policy that ships, with those of the site's policy file over them.
std::vector<PolicyEntry> entries_in_force(const SiteOptions& options);

/// What rules the figures of a site.
struct SiteDefinitions {
    std::vector<RuleText> rules;       ///< their words with the values of the policy in place
    std::vector<PolicyEntry> entries;  ///< in force: those that ship with the site's policy file over them
    std::map<std::string, std::vector<std::string>>
        other_settings;  ///< by key of the policy; of choices only
};
/// Throws DefinitionError for definitions that cannot be read.
SiteDefinitions definitions_of(const Site& site);

/// Tables `rules`, `policy` and `checks`.
PageFigures definition_figures(const Site& site);

/// Table `sensitivity`: a row for each other setting of each choice, at the newest month. Calculated when
/// first asked for.
PageFigures sensitivity_figures(Context& context);

/// What moves most people, in a sentence; `table` is that of sensitivity_figures.
std::string sensitivity_sentence(const DataTable& table);

/// A key of the policy in words: `Methadone: threshold, mg` of `family.methadone.threshold_mg`.
std::string policy_words(std::string_view key);
/// The group that a key stands in, in words: `Methadone`, `Evidence`.
std::string policy_group(std::string_view key);

}  // namespace optimat
