#include "store/peer_groups.hpp"

#include "store/database.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view columns = "number, name, author, changed_at, version";

[[noreturn]] void throw_conflict() {
    throw ConflictError(
        "somebody else has changed this peer group meanwhile; look at it again before you change it");
}

SavedPeerGroup group_of(const Statement& row) {
    return {row.integer(0),           std::string(row.text(1)), {},
            std::string(row.text(2)), std::string(row.text(3)), row.integer(4)};
}

std::vector<std::string> services_of(Database& database, std::int64_t group) {
    std::vector<std::string> services;
    Statement row(database, "SELECT service FROM peer_group_service WHERE peer_group = ? ORDER BY service");
    for (row.start(group); row.next();)
        services.emplace_back(row.text(0));
    return services;
}

std::vector<std::string> distinct(std::vector<std::string> services) {
    std::ranges::sort(services);
    const auto repeated = std::ranges::unique(services);
    services.erase(repeated.begin(), repeated.end());
    return services;
}

/// Under the lock, so that it stays free.
void require_free_name(Database& database, const SavedPeerGroup& group) {
    Statement find(database, "SELECT number FROM peer_group WHERE name = ?");
    find.start(group.name);
    if (find.next() && find.integer(0) != group.number)
        throw UsageError("another peer group has this name; choose another one");
}

std::int64_t insert(Database& database, const SavedPeerGroup& group) {
    Statement row(database, "INSERT INTO peer_group (name, author, changed_at, version) VALUES (?, ?, ?, 1) "
                            "RETURNING number");
    row.start(group.name, group.author, group.changed_at);
    row.next();
    return row.integer(0);
}

void update(Database& database, const SavedPeerGroup& group) {
    Statement row(database,
                  "UPDATE peer_group SET name = ?, author = ?, changed_at = ?, version = version + 1 "
                  "WHERE number = ? AND version = ? RETURNING version");
    row.start(group.name, group.author, group.changed_at, group.number, group.version);
    if (!row.next()) throw_conflict();
}

void remove_services(Database& database, std::int64_t group) {
    Statement(database, "DELETE FROM peer_group_service WHERE peer_group = ?").run(group);
}

}  // namespace

std::vector<SavedPeerGroup> list_peer_groups(Database& database) {
    std::vector<SavedPeerGroup> groups;
    Statement row(database, fmt::format("SELECT {} FROM peer_group ORDER BY name", columns));
    for (row.start(); row.next();)
        groups.push_back(group_of(row));
    for (SavedPeerGroup& group : groups)
        group.services = services_of(database, group.number);
    return groups;
}

std::optional<SavedPeerGroup> find_peer_group(Database& database, std::int64_t number) {
    Statement row(database, fmt::format("SELECT {} FROM peer_group WHERE number = ?", columns));
    row.start(number);
    if (!row.next()) return std::nullopt;
    SavedPeerGroup group = group_of(row);
    row.reset();
    group.services = services_of(database, number);
    return group;
}

SavedPeerGroup save_peer_group(Database& database, const SavedPeerGroup& group) {
    const std::vector<std::string> services = distinct(group.services);
    if (group.name.empty()) throw UsageError("a peer group needs a name");
    if (services.size() < 2) throw UsageError("a peer group needs at least two services");
    WriteScope scope(database);
    database.lock("peer groups");
    require_free_name(database, group);
    std::int64_t number = group.number;
    if (number == 0)
        number = insert(database, group);
    else
        update(database, group);
    remove_services(database, number);
    Statement add(database, "INSERT INTO peer_group_service (peer_group, service) VALUES (?, ?)");
    for (const std::string& service : services)
        add.run(number, service);
    SavedPeerGroup saved = find_peer_group(database, number).value();
    scope.commit();
    return saved;
}

void remove_peer_group(Database& database, std::int64_t number, std::int64_t version) {
    WriteScope scope(database);
    database.lock("peer groups");
    const std::optional<SavedPeerGroup> stored = find_peer_group(database, number);
    if (!stored || stored->version != version) throw_conflict();
    remove_services(database, number);
    Statement(database, "DELETE FROM peer_group WHERE number = ?").run(number);
    scope.commit();
}

}  // namespace optimat
