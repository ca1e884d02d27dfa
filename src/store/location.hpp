#pragma once
// Where a store is: a SQLite file or a PostgreSQL database.

#include <cstdint>
#include <string>

namespace optimat {

enum class StoreKind : std::uint8_t { sqlite, postgresql };

struct StoreLocation {
    StoreKind kind;
    std::string target;  ///< path of the file; for PostgreSQL the address, which may hold a password
    std::string name;    ///< for messages: without password

    /// `PATH`, `sqlite:PATH`, `postgresql://…` or `postgres://…`. Throws StoreError when it is another kind
    /// of address, or one that PostgreSQL cannot read.
    static StoreLocation parse(const std::string& location);
};

/// The location as it may be shown: without password. Never throws.
std::string shown_location(const std::string& location);

}  // namespace optimat
