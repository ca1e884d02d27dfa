#pragma once
// What lets a browser or a program in: sessions, access tokens of the API, the one-time link of the first
// start, and the brake on guessing passwords. Secrets are 32 random bytes in base64url; the store keeps only
// their BLAKE2b hash. All processes on one store see the same. Times are seconds since 1970 UTC, and are
// given.

#include "store/users.hpp"

namespace optimat {

struct SessionLimits {
    std::int64_t idle_seconds = 30 * 60;
    std::int64_t absolute_seconds = 12 * 60 * 60;
};

struct Session {
    std::string hash;  ///< names it in the store
    User user;
    std::int64_t begun_at = 0, seen_at = 0;
};

/// Begins a session; the secret goes into the cookie and is kept nowhere.
std::string begin_session(Database& database, std::int64_t user, std::int64_t now);
/// The session of a secret, when it is neither idle nor over for longer than the limits and its user is
/// active. Seen times are written at most once a minute, so most calls only read.
std::optional<Session> find_session(Database& database, std::string_view secret, std::int64_t now,
                                    const SessionLimits& limits);
void end_session(Database& database, std::string_view hash);
void end_sessions_of(Database& database, std::int64_t user);
/// Removes what has run out: sessions, links, failures. Called now and then.
void remove_expired(Database& database, std::int64_t now, const SessionLimits& limits);

/// A program's access to the API, with its user's permissions.
struct AccessToken {
    std::int64_t number = 0, user = 0;
    std::string label;  ///< what the user calls it
    std::int64_t created_at = 0, expires_at = 0,
                 used_at = 0;  ///< used_at 0: never; written at most once a minute
};
std::string add_token(Database& database, std::int64_t user, std::string_view label, std::int64_t now,
                      std::int64_t expires_at);
std::vector<AccessToken> list_tokens(Database& database, std::int64_t user);
std::optional<User> find_token_user(Database& database, std::string_view secret, std::int64_t now);
void remove_token(Database& database, std::int64_t user, std::int64_t number);

/// The one-time link of the first start: makes a new secret and forgets earlier ones.
std::string make_setup_secret(Database& database, std::int64_t now);
/// Whether the secret is the one of the link, which holds for a day and while there is no user.
bool is_setup_secret(Database& database, std::string_view secret, std::int64_t now);
void forget_setup_secret(Database& database);

/// The brake: after `free_failures` failures of a name, or five times as many of an address, within 15
/// minutes, each further one makes the next attempt wait twice as long, from 2 seconds to 15 minutes. Returns
/// how many seconds are left to wait.
std::int64_t seconds_to_wait(Database& database, std::string_view sign_in_name, std::string_view peer,
                             std::int64_t now);
void record_failure(Database& database, std::string_view sign_in_name, std::string_view peer,
                    std::int64_t now);
void forget_failures(Database& database, std::string_view sign_in_name);
constexpr int free_failures = 5;
constexpr std::int64_t failure_window_seconds = 15 * 60;  ///< failures older than this no longer count

/// A secret of the store that all its processes share, made on first use: 32 bytes.
std::string store_secret(Database& database, std::string_view name);

/// Argon2id (libsodium, 19 MiB, 2 passes). At most two are under way at once, so that sign-ins cannot eat the
/// memory.
std::string hash_password(std::string_view password);
bool verify_password(std::string_view hash, std::string_view password);
bool needs_rehash(std::string_view hash);

}  // namespace optimat
