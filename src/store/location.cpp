#include "store/location.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <string_view>

namespace optimat {

namespace {

bool is_postgresql(std::string_view location) {
    return location.starts_with("postgresql://") || location.starts_with("postgres://");
}

struct FreeOptions {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

/// The address from its parts that tell nothing secret; nothing when it is no address.
std::optional<std::string> without_password(const std::string& address) {
    const std::unique_ptr<PQconninfoOption, FreeOptions> options(PQconninfoParse(address.c_str(), nullptr));
    if (!options) return std::nullopt;
    const auto part = [&](std::string_view keyword) {
        for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option)
            if (option->keyword == keyword && option->val != nullptr) return std::string(option->val);
        return std::string();
    };
    std::string host = part("host");
    // A password with an @ that is not encoded leaks into the host.
    if (const auto at = host.rfind('@'); at != std::string::npos) host.erase(0, at + 1);
    std::string port = part("port");
    // Likewise when the host was forgotten.
    if (port.find_first_not_of("0123456789,") != std::string::npos) port.clear();
    const std::string user = part("user"), database = part("dbname");
    return fmt::format("postgresql://{}{}{}{}{}/{}", user, user.empty() ? "" : "@", host,
                       port.empty() ? "" : ":", port, database);
}

}  // namespace

StoreLocation StoreLocation::parse(const std::string& location) {
    if (is_postgresql(location)) {
        const auto name = without_password(location);
        // PostgreSQL's own words may quote the password.
        if (!name)
            throw StoreError("the address of the store is not one that PostgreSQL understands; write it as "
                             "postgresql://USER@HOST:PORT/DATABASE, with %40 for an @ in a password");
        return {StoreKind::postgresql, location, *name};
    }
    constexpr std::string_view sqlite = "sqlite:";
    if (location.starts_with(sqlite)) return parse(location.substr(sqlite.size()));
    if (const auto scheme = location.find("://"); scheme != std::string::npos)
        throw StoreError(
            fmt::format("this program has no store of the kind '{}'; give the path of a SQLite file "
                        "or postgresql://USER@HOST/DATABASE",
                        location.substr(0, scheme)));
    return {StoreKind::sqlite, location, location};
}

std::string shown_location(const std::string& location) {
    try {
        return StoreLocation::parse(location).name;
    } catch (const StoreError&) {
        return location.substr(0, location.find("://"));
    }
}

}  // namespace optimat
