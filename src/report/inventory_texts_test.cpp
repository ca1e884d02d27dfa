// An organisation fills the inventory in by hand: what it wrote is shown, and what it got wrong is named with
// its line.

#include "report/inventory_texts.hpp"

#include "base/error.hpp"
#include "intake/definitions.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace optimat {
namespace {

using testing::HasSubstr;

std::string item(const std::string& name) {
    return fmt::format("[[item]]\nname = \"{}\"\nwording = \"Statement {}.\"\nsource = \"test\"\n", name,
                       name);
}

std::string inventory(int items) {
    std::string text = "name = \"ASCI\"\nversion = \"7\"\n";
    for (int i = 0; i < items; ++i)
        text += item(fmt::format("own_item_{}", i));
    return text;
}

void expect_refused(const std::string& text, const std::string& why) {
    try {
        inventory_texts(text, "inventory.toml");
        ADD_FAILURE() << "taken: " << why;
    } catch (const DefinitionError& error) {
        EXPECT_THAT(error.what(), HasSubstr(why));
    }
}

TEST(InventoryTexts, the_three_published_items_have_their_words_and_source) {
    const Definitions definitions;
    const InventoryTexts texts = inventory_texts(definitions.text("inventory.toml"), "inventory.toml");
    ASSERT_EQ(texts.items.size(), 3);
    EXPECT_EQ(texts.title(), "ASCI 1");
    std::vector<std::string> names;
    for (const InventoryItemText& one : texts.items) {
        names.push_back(one.name);
        EXPECT_FALSE(one.wording.empty());
        EXPECT_THAT(one.source, HasSubstr("000"));
    }
    EXPECT_EQ(names, definitions.inventory_items());
}

TEST(InventoryTexts, twelve_own_items_are_taken_in_their_order) {
    const InventoryTexts texts = inventory_texts(inventory(12), "inventory.toml");
    ASSERT_EQ(texts.items.size(), 12);
    EXPECT_EQ(texts.title(), "ASCI 7");
    EXPECT_EQ(texts.items[11].name, "own_item_11");
    EXPECT_EQ(texts.items[11].wording, "Statement own_item_11.");
    EXPECT_EQ(texts.words_of("own_item_11"), "own item 11") << "without short words, the name";
    EXPECT_EQ(texts.words_of("an_older_item"), "an older item");
}

TEST(InventoryTexts, what_is_wrong_is_named_with_its_line) {
    expect_refused("name = \"ASCI\"\nversion = \"1\"\n", "[[item]]");
    expect_refused(inventory(2) + item("own_item_1"), "line 11: item 'own_item_1' stands twice");
    expect_refused(inventory(1) + item("Own item"), "'Own item'");
    expect_refused(inventory(1) + item("supervised_after"), "already");
    expect_refused(inventory(1) + item("other") + "colour = \"red\"\n", "line 11: there is no `colour` here");
    expect_refused(inventory(1) + "[[item]]\nname = \"other\"\nsource = \"test\"\n", "`wording`");
    expect_refused(inventory(1) + "[[item\n", "line 7");
    expect_refused(inventory(201), "at most 200");
}

}  // namespace
}  // namespace optimat
