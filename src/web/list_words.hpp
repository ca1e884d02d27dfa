#pragma once
// The words of work lists, reviews, recommended responses and the inventory, read once from the definitions
// in force.

#include "report/inventory_texts.hpp"
#include "report/list_texts.hpp"
#include "report/response_texts.hpp"
#include "report/review_texts.hpp"

namespace optimat {

class Definitions;

struct ListWords {
    ListTexts lists;
    ReviewTexts reviews;
    ResponseTexts responses;
    InventoryTexts inventory;  ///< that the form asks; an extract may have been imported with another
};
/// `entries` are the values of the policy in force, for the words that name them. Throws DefinitionError for
/// a file that is missing or wrong.
ListWords read_list_words(const Definitions& definitions, const std::vector<PolicyEntry>& entries);

}  // namespace optimat
