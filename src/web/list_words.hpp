#pragma once
// The words of work lists, reviews and recommended responses, read once from the definitions in force.

#include "report/list_texts.hpp"
#include "report/response_texts.hpp"
#include "report/review_texts.hpp"

namespace optimat {

class Definitions;

struct ListWords {
    ListTexts lists;
    ReviewTexts reviews;
    ResponseTexts responses;
};
/// Throws DefinitionError for a file that is missing or wrong.
ListWords read_list_words(const Definitions& definitions);

}  // namespace optimat
