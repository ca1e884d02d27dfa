#include "web/list_words.hpp"

#include "intake/definitions.hpp"

namespace optimat {

ListWords read_list_words(const Definitions& definitions, const std::vector<PolicyEntry>& entries) {
    return {with_policy_values(list_texts(definitions.text("lists.toml"), "lists.toml"), entries),
            review_texts(definitions.text("reviews.toml"), "reviews.toml"),
            response_texts(definitions.text("responses.toml"), "responses.toml"),
            inventory_texts(definitions.text("inventory.toml"), "inventory.toml")};
}

}  // namespace optimat
