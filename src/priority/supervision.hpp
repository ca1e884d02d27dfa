#pragma once
// Supervised consumption: how many take their medicine under supervision, who has a current inventory,
// whether inventories and decisions agree, and which items and combinations of items go with supervision.
// Pure. Rules supervision/rate, asci/coverage, asci/agreement, asci/items; source 000 section 6.4.

#include "priority/picture.hpp"
#include "priority/standing.hpp"

#include <string>
#include <vector>

namespace optimat {

/// People in MAT by supervision. The rate is supervised ÷ daily(): who has no word on it counts below the
/// line.
struct SupervisionCount {
    std::int64_t supervised = 0, unsupervised = 0, not_recorded = 0;  ///< on a daily medicine
    std::int64_t injections = 0;                                      ///< beside
    std::int64_t daily() const { return supervised + unsupervised + not_recorded; }
    std::int64_t people() const { return daily() + injections; }
    void add(SupervisionState state);
    friend bool operator==(const SupervisionCount&, const SupervisionCount&) = default;
};

/// People in MAT by their latest inventory, where it is current.
struct InventoryCount {
    std::int64_t in_mat = 0, with_current_asci = 0;  ///< coverage is with_current_asci ÷ in_mat
    std::int64_t complete = 0;                       ///< of with_current_asci: AsciPicture::complete
    std::int64_t decided = 0;  ///< complete, and says what was decided: the denominator of agreement
    std::int64_t agreed = 0;   ///< of decided: (any item present) = supervised after
    std::int64_t decided_supervised = 0;       ///< of decided: supervised after
    std::int64_t supervised_without_asci = 0;  ///< supervised now, no current inventory
    std::int64_t supervised_without_item = 0;  ///< supervised now, complete and no item present
    void add(SupervisionState state, const std::optional<AsciPicture>& asci);
    friend bool operator==(const InventoryCount&, const InventoryCount&) = default;
};

/// One line of a table of rates: a service, a pharmacy, a stage.
struct SupervisionLine {
    std::string name;  ///< name of the service, pharmacy_id, text of the stage; empty: not recorded
    SupervisionCount count;
    InventoryCount inventories;
    ServiceIndex service = {};  ///< of a service's line
    friend bool operator==(const SupervisionLine&, const SupervisionLine&) = default;
};

/// One item among the inventories that say what was decided. An item that is not answered is in neither part.
struct InventoryItem {
    std::string item;
    std::int64_t present = 0, present_supervised = 0;  ///< supervised after the inventory
    std::int64_t absent = 0, absent_supervised = 0;
    friend bool operator==(const InventoryItem&, const InventoryItem&) = default;
};

/// People whose inventory has exactly these items present, every item in use answered, and says what was
/// decided.
struct ItemCombination {
    std::vector<bool> items;                  ///< in the order of Extract::inventory_items
    std::int64_t people = 0, supervised = 0;  ///< supervised after the inventory
    friend bool operator==(const ItemCombination&, const ItemCombination&) = default;
};

/// Of everybody in MAT at a place on the day of the pictures: rates, inventories and what goes with
/// supervision.
struct SupervisionFigures : InventoryCount {
    SupervisionCount all;
    std::vector<SupervisionLine> services;  ///< those with somebody in MAT, in the order of Extract::services
    std::vector<SupervisionLine>
        pharmacies;  ///< of the leading prescription, most people first, not recorded last
    std::vector<SupervisionLine> stages;  ///< every stage, in their order

    // Of current inventories that say what was decided.
    std::vector<InventoryItem> items;  ///< in the order of Extract::inventory_items
    std::vector<ItemCombination>
        combinations;  ///< most people first, then fewer items, then in the items' order
};

/// `answers_to`: see current_asci.
SupervisionFigures supervision_at(const Extract& extract, const Pictures& pictures, const Policy& policy,
                                  const Place& place, const TeamRecords& records, OptionalDay answers_to);

/// The current inventory of somebody on the day of the pictures: the latest of ascis.csv and of the team, the
/// team's when both have the same day, dated after as_at − PriorityPolicy::asci_months and no later than
/// as_at; nothing: none.
std::optional<AsciPicture> current_asci(const PersonPicture& person, const PersonRecords* records,
                                        const Pictures& pictures, const Policy& policy);
/// The same, where the team's inventories count up to `answers_to`, which is not before as_at, as reviews do
/// on a list (ReviewWindow): without it, every later one.
std::optional<AsciPicture> current_asci(const PersonPicture& person, const PersonRecords* records,
                                        const Pictures& pictures, const Policy& policy,
                                        OptionalDay answers_to);

/// The team's inventory as those of ascis.csv: `complete` when an item is present or every item is answered.
AsciPicture asci_picture(const TeamAsci& asci);

}  // namespace optimat
