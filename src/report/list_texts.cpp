#include "report/list_texts.hpp"

#include "report/definition_reading.hpp"
#include "report/rule_texts.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

/// Calls `read` with each of the tables [[key]].
template <class Read>
void for_each_table(const toml::table& in, std::string_view key, const std::string& origin, Read read) {
    const toml::array* const tables = in[key].as_array();
    if (tables == nullptr || tables->empty()) refuse(origin, in, fmt::format("there must be a [[{}]]", key));
    for (const toml::node& node : *tables) {
        const toml::table* const table = node.as_table();
        if (table == nullptr) refuse(origin, node, fmt::format("`{}` must be [[{}]] tables", key, key));
        read(*table);
    }
}

BlockText block_of(const toml::table& table, const std::string& origin) {
    check_keys(table, {"id", "title", "why", "ask"}, origin);
    const std::string id = text_of_key(table, "id", origin);
    const auto block = list_block_of(id);
    if (!block) refuse(origin, table, fmt::format("there is no block '{}'", id));
    BlockText text{*block, text_of_key(table, "title", origin), text_of_key(table, "why", origin),
                   text_of_key(table, "ask", origin)};
    if (!text.ask.ends_with('?')) refuse(origin, table, "`ask` must be a question");
    return text;
}

/// The blocks that the list is made of, in their order.
std::vector<ListBlock> blocks_of(WorkList list) {
    std::vector<ListBlock> blocks;
    for (std::size_t i = 0; i < list_block_count; ++i)
        if (list_of(static_cast<ListBlock>(i)) == list) blocks.push_back(static_cast<ListBlock>(i));
    return blocks;
}

ListText list_of_table(const toml::table& table, const std::string& origin) {
    check_keys(table, {"id", "title", "words", "question", "source", "block"}, origin);
    const std::string id = text_of_key(table, "id", origin);
    const auto list = work_list_of(id);
    if (!list) refuse(origin, table, fmt::format("there is no list '{}'", id));
    ListText text{*list,
                  text_of_key(table, "title", origin),
                  text_of_key(table, "words", origin),
                  text_of_key(table, "question", origin),
                  text_of_key(table, "source", origin),
                  {}};
    for_each_table(table, "block", origin,
                   [&](const toml::table& block) { text.blocks.push_back(block_of(block, origin)); });
    std::vector<ListBlock> found;
    for (const BlockText& block : text.blocks)
        found.push_back(block.block);
    if (found != blocks_of(*list))
        refuse(origin, table, fmt::format("list '{}' must have each of its blocks once, in their order", id));
    return text;
}

void read_order(const toml::table& table, const std::string& origin, ListTexts& texts) {
    check_keys(table, {"id", "words"}, origin);
    const std::string id = text_of_key(table, "id", origin);
    const auto key = order_key_of(id);
    if (!key) refuse(origin, table, fmt::format("there is no order '{}'", id));
    std::string& words = texts.order[static_cast<std::size_t>(*key)];
    if (!words.empty()) refuse(origin, table, fmt::format("order '{}' stands twice", id));
    words = text_of_key(table, "words", origin);
}

void require_all(const ListTexts& texts, const toml::table& root, const std::string& origin) {
    for (std::size_t i = 0; i < work_list_count; ++i)
        if (i >= texts.lists.size() || texts.lists[i].list != static_cast<WorkList>(i))
            refuse(origin, root,
                   fmt::format("each list must be there once, in their order: '{}' is not in its place",
                               text_of(static_cast<WorkList>(i))));
    for (std::size_t i = 0; i < order_key_count; ++i)
        if (texts.order[i].empty())
            refuse(origin, root, fmt::format("order '{}' is missing", text_of(static_cast<OrderKey>(i))));
}

}  // namespace

const BlockText& ListTexts::block(ListBlock block) const {
    return *std::ranges::find(list(list_of(block)).blocks, block, &BlockText::block);
}

ListTexts list_texts(std::string_view toml, const std::string& origin) {
    const toml::table root = parsed(toml, origin);
    check_keys(root, {"version", "list", "order"}, origin);
    text_of_key(root, "version", origin);
    ListTexts texts;
    for_each_table(root, "list", origin, [&](const toml::table& table) {
        texts.lists.push_back(list_of_table(table, origin));
        if (texts.lists.size() > work_list_count) refuse(origin, table, "a list stands twice");
    });
    for_each_table(root, "order", origin,
                   [&](const toml::table& table) { read_order(table, origin, texts); });
    require_all(texts, root, origin);
    return texts;
}

ListTexts with_policy_values(ListTexts texts, const std::vector<PolicyEntry>& entries) {
    for (ListText& list : texts.lists) {
        const std::string whose = fmt::format("list {}", text_of(list.list));
        for (std::string* words : {&list.words, &list.question})
            *words = with_policy_values(*words, whose, entries);
        for (BlockText& block : list.blocks)
            for (std::string* words : {&block.title, &block.why, &block.ask})
                *words = with_policy_values(*words, whose, entries);
    }
    for (std::string& words : texts.order)
        words = with_policy_values(words, "the order of a list", entries);
    return texts;
}

std::string order_sentence(const ListTexts& texts, const Policy& policy, WorkList list) {
    std::string sentence;
    for (const OrderKey key : policy.priority.order[static_cast<std::size_t>(list)])
        sentence += (sentence.empty() ? "First " : ", then ") + texts.order[static_cast<std::size_t>(key)];
    if (sentence.empty())
        return "By their evidence: those of whom none was ever recorded, then those with the oldest.";
    return sentence + ". Equal in all of this: never recorded first, then the oldest evidence.";
}

}  // namespace optimat
