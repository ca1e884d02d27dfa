#pragma once
// Inventories answered in the dashboard as the figures take them: corrections put in the place of what they
// correct, and items by the names that the extract has.

#include "priority/standing.hpp"
#include "store/asci_answers.hpp"

#include <span>
#include <vector>

namespace optimat {

/// Of one person's answers, oldest first, those that count: no later one stands in their place, and they say
/// something (a correction without any answer takes back what it corrects). By day, then number.
std::vector<const AsciAnswer*> standing_answers(std::span<const AsciAnswer> answers);

/// The same for the work lists and figures; by day, then number. `items` are Extract::inventory_items.
std::vector<TeamAsci> team_ascis(std::span<const AsciAnswer> answers, const std::vector<std::string>& items);

/// Whether an item is answered or a decision is recorded.
bool says_something(const AsciAnswer& answer);

/// `true`, `false`, or anything else: not recorded.
Flag flag_of(std::string_view text);

}  // namespace optimat
