#include "report/inventory_texts.hpp"

#include "model/field.hpp"
#include "report/definition_reading.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::size_t most_items = 200;

std::string with_spaces(std::string_view name) {
    std::string words(name);
    std::ranges::replace(words, '_', ' ');
    return words;
}

bool is_column_name(std::string_view name) {
    const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
    return small(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return small(c) || (c >= '0' && c <= '9') || c == '_'; });
}

void check_name(const InventoryItemText& item, const InventoryTexts& texts, const toml::table& table,
                const std::string& origin) {
    if (!is_column_name(item.name) || item.name.size() > 60)
        refuse(origin, table,
               fmt::format("the name '{}' must be small letters, digits and _, a letter first, at most 60",
                           item.name));
    if (std::ranges::find(fields_of(TableKind::ascis), item.name, &Field::name) !=
        fields_of(TableKind::ascis).end())
        refuse(origin, table, fmt::format("'{}' is a column of ascis.csv already", item.name));
    if (std::ranges::find(texts.items, item.name, &InventoryItemText::name) != texts.items.end())
        refuse(origin, table, fmt::format("item '{}' stands twice", item.name));
}

InventoryItemText item_text(const toml::table& table, const std::string& origin) {
    check_keys(table, {"name", "wording", "short", "source"}, origin);
    InventoryItemText item{text_of_key(table, "name", origin), text_of_key(table, "wording", origin), "",
                           text_of_key(table, "source", origin)};
    item.words = table.contains("short") ? text_of_key(table, "short", origin) : with_spaces(item.name);
    return item;
}

}  // namespace

std::string InventoryTexts::words_of(std::string_view item) const {
    const auto found = std::ranges::find(items, item, &InventoryItemText::name);
    return found == items.end() ? with_spaces(item) : found->words;
}

InventoryTexts inventory_texts(std::string_view toml, const std::string& origin) {
    const toml::table root = parsed(toml, origin);
    check_keys(root, {"name", "version", "item"}, origin);
    InventoryTexts texts{text_of_key(root, "name", origin), text_of_key(root, "version", origin), {}};
    const toml::array* items = root["item"].as_array();
    if (items == nullptr || items->empty()) refuse(origin, root, "there must be an [[item]]");
    for (const toml::node& node : *items) {
        const toml::table* table = node.as_table();
        if (table == nullptr) refuse(origin, node, "an item must be an [[item]]");
        InventoryItemText item = item_text(*table, origin);
        check_name(item, texts, *table, origin);
        texts.items.push_back(std::move(item));
    }
    if (texts.items.size() > most_items)
        refuse(origin, root, fmt::format("an inventory has at most {} items", most_items));
    return texts;
}

}  // namespace optimat
