#pragma once
// Definitions, what hangs on each choice, and the glossary.

#include "web/context.hpp"

#include <string>
#include <string_view>

namespace optimat {

/// The anchor of a rule on the page of definitions: `rule-cover-spell` of `cover/spell`.
std::string definition_anchor(std::string_view rule);
/// Whether the page has it: a rule of rules.toml as it ships, or a check of the data.
bool has_definition(std::string_view rule);

namespace pages {

Response definitions(Context& context);
Response definitions_csv(Context& context);  ///< the table that `table` names: rules, policy or checks
Response definitions_workbook(Context& context);
Response sensitivity(Context& context);
Response sensitivity_csv(Context& context);
Response sensitivity_workbook(Context& context);
Response glossary(Context& context);

}  // namespace pages

}  // namespace optimat
