#pragma once
// An extract in memory: services, and the clients' lives in chunks. Built by intake from files or by snapshot
// from a store; immutable from then on. Everything downstream reads this.

#include "base/identifier.hpp"
#include "base/slab.hpp"
#include "model/table.hpp"

#include <array>
#include <compare>
#include <memory>
#include <string>
#include <vector>

namespace optimat {

/// A row of services.csv. Empty text is not recorded.
struct Service {
    std::string service_id, name, region, area;
    ServiceKind kind = ServiceKind::not_recorded;
    OptionalDay prescribing_from, opened, closed;
    std::string merged_into, peer_group;
    bool listed = true;  ///< false: rows name it but services.csv does not; its name is its id then
    friend bool operator==(const Service&, const Service&) = default;
};

/// Some hundred clients with all their rows: small enough to stay in a core's cache while it is worked on.
/// Clients are in byte order of their ids.
struct Chunk {
    TextColumn client_ids;
    std::vector<Flag> listed;  ///< by client: yes when clients.csv has the client
    std::vector<std::uint16_t>
        refused_records;  ///< by client: rows refused that name the client (at most 65,535)
    std::array<Table, table_count> tables;
    TextColumn texts;  ///< texts[0] is empty: not recorded

    std::size_t client_count() const { return client_ids.size(); }
    ClientId client_id(std::size_t client) const { return ClientId{client_ids[client]}; }
    const Table& table(TableKind kind) const { return tables[index_of(kind)]; }
    Table& table(TableKind kind) { return tables[index_of(kind)]; }
};

struct Extract {
    std::string organisation;
    Day covers_from, covers_to;     ///< both inclusive
    std::vector<Service> services;  ///< byte order of service_id
    std::vector<std::string>
        inventory_items;           ///< names of the item columns of ascis.csv, in definition order
    std::vector<Chunk> chunks;     ///< a client's chunk follows from the hash of the id
    std::shared_ptr<Slab> memory;  ///< of the chunks' columns, when intake built them

    std::size_t client_count() const;
    /// The place of a service, by its id.
    ServiceIndex find_service(std::string_view service_id) const;
};

/// Where a client is in an extract: by chunk and client, an order that says nothing of them.
struct ClientPlace {
    std::size_t chunk;     ///< place in Extract::chunks
    std::uint32_t client;  ///< in its chunk
    friend auto operator<=>(const ClientPlace&, const ClientPlace&) = default;
};

/// Chunks for a number of clients: a power of two of some 128 to 256 clients each, at most 256 chunks.
std::size_t chunk_count_for(std::size_t clients);

/// The finest division of clients, fixed for ever: one of 256 by the top bits of the id's hash. A chunk is a
/// run of neighbouring partitions.
constexpr std::size_t partition_count = 256;
std::size_t partition_of(std::string_view client_id);

}  // namespace optimat
