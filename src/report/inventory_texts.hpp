#pragma once
// The inventory of supervised consumption in words: definitions/inventory.toml, or the organisation's own
// copy of it. The form of the dashboard asks its items, and figures name them. Source 000 section 6.4.

#include <string>
#include <string_view>
#include <vector>

namespace optimat {

struct InventoryItemText {
    std::string name;     ///< `diverted_this_episode`: a column of ascis.csv, and in the store
    std::string wording;  ///< the statement that is answered with yes or no
    std::string words;    ///< `diverted this episode`: for charts and columns
    std::string source;
};

struct InventoryTexts {
    std::string name, version;
    std::vector<InventoryItemText> items;  ///< in the order they are asked
    /// `ASCI 1`: what an answer was given to.
    std::string title() const { return name + " " + version; }
    /// Words of an item; of one that the definition does not have, its name with spaces.
    std::string words_of(std::string_view item) const;
};

/// `origin` names the file in messages. Throws DefinitionError, with the line, for what is missing, not known
/// or stands twice, for a name that is no column's, and for more than 200 items.
InventoryTexts inventory_texts(std::string_view toml, const std::string& origin);

}  // namespace optimat
