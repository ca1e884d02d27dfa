#include "report/response_texts.hpp"

#include "report/definition_reading.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

std::vector<std::string> texts_of_key(const toml::table& table, std::string_view key,
                                      const std::string& origin) {
    const toml::array* const list = table[key].as_array();
    if (list == nullptr || list->empty())
        refuse(origin, table, fmt::format("there must be a list of texts `{}`", key));
    std::vector<std::string> texts;
    for (const toml::node& node : *list) {
        const auto text = node.value<std::string>();
        if (!text || text->empty()) refuse(origin, node, fmt::format("`{}` holds texts", key));
        if (std::ranges::find(texts, *text) != texts.end())
            refuse(origin, node, fmt::format("a text of `{}` stands twice", key));
        texts.push_back(*text);
    }
    return texts;
}

ResponseText response_of(const toml::table& table, const std::string& origin) {
    check_keys(table, {"id", "title", "risks", "options"}, origin);
    ResponseText text{text_of_key(table, "id", origin), text_of_key(table, "title", origin),
                      texts_of_key(table, "risks", origin), texts_of_key(table, "options", origin)};
    if (!std::ranges::all_of(text.id, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; }))
        refuse(origin, table, fmt::format("the id '{}' must be small letters and _", text.id));
    return text;
}

}  // namespace

ResponseTexts response_texts(std::string_view toml, const std::string& origin) {
    const toml::table root = parsed(toml, origin);
    check_keys(root, {"version", "source", "response"}, origin);
    ResponseTexts texts{text_of_key(root, "version", origin), text_of_key(root, "source", origin), {}};
    const toml::array* const tables = root["response"].as_array();
    if (tables == nullptr || tables->empty()) refuse(origin, root, "there must be a [[response]]");
    for (const toml::node& node : *tables) {
        const toml::table* const table = node.as_table();
        if (table == nullptr) refuse(origin, node, "`response` must be [[response]] tables");
        ResponseText text = response_of(*table, origin);
        if (std::ranges::find(texts.responses, text.id, &ResponseText::id) != texts.responses.end())
            refuse(origin, *table, fmt::format("'{}' stands twice", text.id));
        texts.responses.push_back(std::move(text));
    }
    return texts;
}

}  // namespace optimat
