#include "store/database.hpp"
#include "store/secrets.hpp"
#include "store/sessions.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>

namespace optimat {

namespace {

constexpr std::int64_t first_wait_seconds = 2, longest_wait_seconds = 15 * 60;

/// What was typed as a name may be a password: only its hash is kept.
std::string hash_of_name(std::string_view sign_in_name) {
    std::string name(sign_in_name);
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return hash_of_secret(name);
}

/// An address as it is counted: of IPv6 its network of 64 bits, for one customer has all of its addresses.
std::string network_of(std::string_view peer) {
    in6_addr address{};
    const std::string text(peer);
    if (::inet_pton(AF_INET6, text.c_str(), &address) != 1 || IN6_IS_ADDR_V4MAPPED(&address)) return text;
    return {reinterpret_cast<const char*>(address.s6_addr), 8};
}

/// Seconds that the next attempt waits after the last of so many failures, `free` of which cost nothing.
std::int64_t wait_after(std::int64_t failures, std::int64_t free) {
    if (failures <= free) return 0;
    std::int64_t wait = first_wait_seconds;
    for (std::int64_t i = free + 1; i < failures && wait < longest_wait_seconds; ++i)
        wait *= 2;
    return std::min(wait, longest_wait_seconds);
}

std::int64_t left_to_wait(Statement& failures, const std::string& hash, std::int64_t now, std::int64_t free) {
    failures.start(hash, now - failure_window_seconds);
    if (!failures.next()) return 0;
    const std::int64_t wait = wait_after(failures.integer(0), free);
    return wait == 0 ? 0 : std::max<std::int64_t>(0, failures.integer(1) + wait - now);
}

}  // namespace

std::int64_t seconds_to_wait(Database& database, std::string_view sign_in_name, std::string_view peer,
                             std::int64_t now) {
    Statement of_name(database, "SELECT count(*), coalesce(max(failed_at), 0) FROM sign_in_failure "
                                "WHERE name_hash = ? AND failed_at > ?");
    Statement of_peer(database, "SELECT count(*), coalesce(max(failed_at), 0) FROM sign_in_failure "
                                "WHERE peer_hash = ? AND failed_at > ?");
    return std::max(left_to_wait(of_name, hash_of_name(sign_in_name), now, free_failures),
                    left_to_wait(of_peer, hash_of_secret(network_of(peer)), now, 5 * free_failures));
}

void record_failure(Database& database, std::string_view sign_in_name, std::string_view peer,
                    std::int64_t now) {
    Statement(database, "INSERT INTO sign_in_failure (name_hash, peer_hash, failed_at) VALUES (?, ?, ?)")
        .run(hash_of_name(sign_in_name), hash_of_secret(network_of(peer)), now);
}

void forget_failures(Database& database, std::string_view sign_in_name) {
    Statement(database, "DELETE FROM sign_in_failure WHERE name_hash = ?").run(hash_of_name(sign_in_name));
}

}  // namespace optimat
