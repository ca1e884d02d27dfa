#include "report/review_texts.hpp"

#include "report/definition_reading.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

/// False when the key is not there.
bool is_set(const toml::table& table, std::string_view key, const std::string& origin) {
    const toml::node* const node = table.get(key);
    if (node == nullptr) return false;
    if (!node->is_boolean()) refuse(origin, *node, fmt::format("`{}` is true or false", key));
    return node->as_boolean()->get();
}

/// Of an outcome or a reason: `id`, which is a name for the store; and its source and reason are there.
std::string id_of(const toml::table& table, const std::string& origin) {
    const std::string id = text_of_key(table, "id", origin);
    if (!std::ranges::all_of(id, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; }))
        refuse(origin, table, fmt::format("the id '{}' must be small letters and _", id));
    for (const std::string_view key : {"source", "reason"})
        text_of_key(table, key, origin);
    return id;
}

ReviewOutcome outcome_of(const toml::table& table, const std::string& origin) {
    check_keys(table,
               {"id", "words", "hint", "alone", "needs_reason", "needs_day", "needs_co_signature", "source",
                "reason"},
               origin);
    ReviewOutcome outcome{id_of(table, origin), text_of_key(table, "words", origin), ""};
    if (table.contains("hint")) outcome.hint = text_of_key(table, "hint", origin);
    outcome.alone = is_set(table, "alone", origin);
    outcome.needs_reason = is_set(table, "needs_reason", origin);
    outcome.needs_day = is_set(table, "needs_day", origin);
    outcome.needs_co_signature = is_set(table, "needs_co_signature", origin);
    return outcome;
}

ReviewReason reducing_reason_of(const toml::table& table, const std::string& origin) {
    check_keys(table, {"id", "words", "escalates", "asks_advice", "source", "reason"}, origin);
    return {id_of(table, origin), text_of_key(table, "words", origin), is_set(table, "escalates", origin),
            is_set(table, "asks_advice", origin)};
}

ReviewReason not_indicated_reason_of(const toml::table& table, const std::string& origin) {
    check_keys(table, {"id", "words", "source", "reason"}, origin);
    return {id_of(table, origin), text_of_key(table, "words", origin)};
}

/// The tables [[key]], in their order.
template <class Read>
auto read_tables(const toml::table& root, std::string_view key, const std::string& origin, Read read) {
    std::vector<decltype(read(root, origin))> all;
    const toml::array* const tables = root[key].as_array();
    if (tables == nullptr || tables->empty())
        refuse(origin, root, fmt::format("there must be a [[{}]]", key));
    for (const toml::node& node : *tables) {
        const toml::table* const table = node.as_table();
        if (table == nullptr) refuse(origin, node, fmt::format("`{}` must be [[{}]] tables", key, key));
        auto one = read(*table, origin);
        if (std::ranges::any_of(all, [&](const auto& other) { return other.id == one.id; }))
            refuse(origin, *table, fmt::format("'{}' stands twice", one.id));
        all.push_back(std::move(one));
    }
    return all;
}

std::vector<std::string> roles_of(const toml::table& root, const std::string& origin) {
    const toml::array* const roles = root["co_signing_roles"].as_array();
    if (roles == nullptr || roles->empty()) refuse(origin, root, "there must be `co_signing_roles`");
    std::vector<std::string> texts;
    for (const toml::node& node : *roles) {
        const auto text = node.value<std::string>();
        if (!text || text->empty()) refuse(origin, node, "a role of `co_signing_roles` is a text");
        texts.push_back(*text);
    }
    return texts;
}

/// Both kinds of reasons are stored in one field.
void require_reasons_apart(const ReviewTexts& texts, const toml::table& root, const std::string& origin) {
    for (const ReviewReason& reason : texts.not_indicated_reasons)
        if (std::ranges::find(texts.reducing_reasons, reason.id, &ReviewReason::id) !=
            texts.reducing_reasons.end())
            refuse(origin, root, fmt::format("'{}' stands twice", reason.id));
}

std::string with_spaces(std::string_view id) {
    std::string words(id);
    std::ranges::replace(words, '_', ' ');
    return words;
}

}  // namespace

const ReviewOutcome* ReviewTexts::outcome(std::string_view id) const {
    const auto found = std::ranges::find(outcomes, id, &ReviewOutcome::id);
    return found == outcomes.end() ? nullptr : &*found;
}

std::string ReviewTexts::words_of_outcome(std::string_view id) const {
    const ReviewOutcome* const found = outcome(id);
    return found == nullptr ? with_spaces(id) : found->words;
}

std::string ReviewTexts::words_of_reason(std::string_view id) const {
    for (const auto* const reasons : {&reducing_reasons, &not_indicated_reasons})
        if (const auto found = std::ranges::find(*reasons, id, &ReviewReason::id); found != reasons->end())
            return found->words;
    return with_spaces(id);
}

ReviewTexts review_texts(std::string_view toml, const std::string& origin) {
    const toml::table root = parsed(toml, origin);
    check_keys(
        root, {"version", "source", "co_signing_roles", "outcome", "reducing_reason", "not_indicated_reason"},
        origin);
    ReviewTexts texts;
    texts.version = text_of_key(root, "version", origin);
    texts.source = text_of_key(root, "source", origin);
    texts.co_signing_roles = roles_of(root, origin);
    texts.outcomes = read_tables(root, "outcome", origin, outcome_of);
    texts.reducing_reasons = read_tables(root, "reducing_reason", origin, reducing_reason_of);
    texts.not_indicated_reasons = read_tables(root, "not_indicated_reason", origin, not_indicated_reason_of);
    require_reasons_apart(texts, root, origin);
    return texts;
}

}  // namespace optimat
