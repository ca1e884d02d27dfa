#pragma once
// The people who sign in: what they are called, what they may do (role) and for which services. No person in
// treatment is here. Every function works on SQLite and PostgreSQL alike, inside the caller's transaction
// when there is one. Times are UTC, `2018-11-05T09:30:00Z`, and are given: nothing here reads a clock.

#include "base/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

class Database;

/// What a user may do: one role each. Stored by its text.
enum class Role : std::uint8_t {
    organisation_analyst,
    service_manager,
    clinician,
    data_manager,
    recovery_worker,
    peer_representative,
    commissioner,
    administrator
};
constexpr std::size_t role_count = 8;
std::string_view text_of(Role role);    ///< `organisation_analyst`
std::string_view words_for(Role role);  ///< `organisation analyst`
std::optional<Role> role_of(std::string_view text);

struct User {
    std::int64_t number = 0;   ///< 0: not yet in the store
    std::string sign_in_name;  ///< unique, whatever the case of its letters
    std::string name;          ///< shown
    Role role = Role::peer_representative;
    bool whole_organisation = false;          ///< belongs to every service
    std::vector<std::string> services;        ///< service_ids, rising; unused when whole_organisation
    std::string keyworker_id;                 ///< whose caseload a recovery worker sees; empty: none
    bool active = true;                       ///< an inactive user cannot sign in and has no session
    std::int64_t version = 1;                 ///< rises with every change
    std::string created_at, last_sign_in_at;  ///< the latter empty: never
};

/// Somebody else has changed the same thing since it was shown.
struct ConflictError : Error {
    explicit ConflictError(const std::string& message) : Error(ExitCode::store, 409, message) {}
};

std::vector<User> list_users(Database& database);  ///< by sign-in name
std::int64_t count_users(Database& database);
std::optional<User> find_user(Database& database, std::int64_t number);
std::optional<User> find_user_by_name(Database& database, std::string_view sign_in_name);

/// Returns the user as stored. Throws UsageError when the sign-in name is taken, empty, longer than 60 bytes,
/// or holds anything but letters, digits and .-_@.
User add_user(Database& database, const User& user, std::string_view password_hash, std::string_view now);

/// Writes everything but the password. Throws ConflictError when user.version is not the stored one; sessions
/// and tokens of a user who becomes inactive end.
User change_user(Database& database, const User& user);

std::string password_hash_of(Database& database, std::int64_t user);
/// Ends the user's access tokens, and sessions but `kept_session` (a hash; empty: none).
void change_password(Database& database, std::int64_t user, std::string_view password_hash,
                     std::string_view kept_session);
void record_sign_in(Database& database, std::int64_t user, std::string_view now);

}  // namespace optimat
