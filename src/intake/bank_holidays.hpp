#pragma once
// Bank holidays (TOML) → days. The file that ships is definitions/bank_holidays.toml.

#include "model/policy.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// The bank holidays of a nation, rising. `origin` names the text in messages. Throws DefinitionError with
/// the line for a nation or day that is not known or has no name, for one on a weekend, and when a nation
/// lacks a year between its first and its last: a year without holidays would count as known.
std::vector<Day> parse_bank_holidays(std::string_view toml, const std::string& origin, Nation nation);

}  // namespace optimat
