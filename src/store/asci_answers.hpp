#pragma once
// Supervised-consumption inventories answered in the dashboard, beside those of ascis.csv. Append only, as
// reviews are.

#include "store/users.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

struct AsciAnswer {
    std::int64_t number = 0;                          ///< rises; given by the store
    std::string person;                               ///< opaque reference
    std::string at, author, author_role, service;     ///< as in ReviewEntry
    std::string day;                                  ///< of the inventory
    std::string inventory;                            ///< name and version of the definition: `ASCI 1`
    std::string supervised_before, supervised_after;  ///< `true`, `false`, or empty: not recorded
    std::map<std::string, std::string>
        items;  ///< by item name: `true` or `false`; an item that is not answered is not here
    std::string note;
    std::int64_t about = 0;  ///< the number of the answer in whose place this one stands; 0: none
    std::string request;     ///< as in ReviewEntry
    friend bool operator==(const AsciAnswer&, const AsciAnswer&) = default;
};

/// Adds an answer and returns it as stored; `seen`, request and failures as add_review_entry. `about` is of
/// the same person and has not been corrected yet.
AsciAnswer add_asci_answer(Database& database, const AsciAnswer& answer, std::optional<std::int64_t> seen);
std::vector<AsciAnswer> asci_answers_of(Database& database, std::string_view person);  ///< oldest first
std::vector<AsciAnswer> asci_answers_after(Database& database,
                                           std::int64_t after);  ///< of everybody, oldest first
std::int64_t newest_asci_answer(Database& database);             ///< 0: none

}  // namespace optimat
