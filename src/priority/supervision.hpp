#pragma once
// Supervised consumption: how many take their medicine under supervision, who has a current inventory, whether
// inventories and decisions agree, and which items and combinations of items go with supervision. Pure. Rules
// supervision/rate, asci/coverage, asci/agreement, asci/items; source 000 section 6.4.

#include "priority/lists.hpp"

#include <map>
#include <string>
#include <vector>

namespace optimat {

/// People in MAT by supervision. The rate is supervised ÷ daily().
struct SupervisionCount {
    std::int64_t supervised = 0, unsupervised = 0, not_recorded = 0;  ///< on a daily medicine
    std::int64_t injections = 0;                                      ///< beside
    std::int64_t daily() const { return supervised + unsupervised + not_recorded; }
};

/// One line of a table of rates: a service, a pharmacy, a stage.
struct SupervisionLine {
    std::string name;  ///< for people; empty: not recorded
    SupervisionCount count;
};

/// Inventories whose day is in (as_at − asci_months, as_at], the latest of each person in MAT.
struct InventoryItem {
    std::string item;
    std::int64_t present = 0, present_supervised = 0;  ///< supervised after the inventory
    std::int64_t absent = 0, absent_supervised = 0;
};

/// People whose inventory has exactly these items present.
struct ItemCombination {
    std::vector<bool> items;  ///< in the order of Extract::inventory_items
    std::int64_t people = 0, supervised = 0;
};

struct Supervision {
    SupervisionCount all;
    std::vector<SupervisionLine> services, pharmacies, stages;  ///< services and stages in their order; pharmacies by people, most first
    std::int64_t in_mat = 0, with_current_asci = 0, complete = 0;  ///< coverage is with_current_asci ÷ in_mat
    std::int64_t decided = 0, agreed = 0;  ///< inventories that say what was decided; (any item present) = supervised after
    std::vector<InventoryItem> items;      ///< only those that say what was decided
    std::vector<ItemCombination> combinations;  ///< of complete inventories, most people first
};

Supervision supervision_at(const Extract& extract, const Pictures& pictures, const Policy& policy, const Place& place,
                           const TeamRecords& records);

/// The current inventory of somebody on the day: the latest of ascis.csv and of the team, within its time; nothing: none.
std::optional<AsciPicture> current_asci(const PersonPicture& person, const PersonRecords* records, const Pictures& pictures,
                                        const Policy& policy);

}  // namespace optimat
