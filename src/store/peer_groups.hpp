#pragma once
// Peer groups that a user has put together: services that are compared with one another. Those of the extract
// itself (services.csv, peer_group) are not here.

#include "store/users.hpp"

namespace optimat {

struct SavedPeerGroup {
    std::int64_t number = 0;
    std::string name;                   ///< unique
    std::vector<std::string> services;  ///< service_ids, rising, at least two
    std::string author, changed_at;     ///< sign-in name; UTC
    std::int64_t version = 1;
};
std::vector<SavedPeerGroup> list_peer_groups(Database& database);  ///< by name
std::optional<SavedPeerGroup> find_peer_group(Database& database, std::int64_t number);
/// number 0 adds; else changes. Throws ConflictError when the version is not the stored one, UsageError when
/// the name is taken or empty or there are fewer than two services.
SavedPeerGroup save_peer_group(Database& database, const SavedPeerGroup& group);
void remove_peer_group(Database& database, std::int64_t number, std::int64_t version);

}  // namespace optimat
