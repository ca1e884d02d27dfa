#include "store/users.hpp"

#include "store/database.hpp"
#include "store/sessions.hpp"
#include "store/stored_texts.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::array<std::string_view, role_count> role_texts = {
    "organisation_analyst", "service_manager",     "clinician",    "data_manager",
    "recovery_worker",      "peer_representative", "commissioner", "administrator"};
constexpr std::array<std::string_view, role_count> role_words = {
    "organisation analyst", "service manager",     "clinician",    "data manager",
    "recovery worker",      "peer representative", "commissioner", "administrator"};

constexpr std::size_t longest_sign_in_name = 60;
constexpr std::string_view columns =
    "number, sign_in_name, name, role, whole_organisation, keyworker_id, active, "
    "version, created_at, last_sign_in_at";

std::vector<std::string> services_of(Database& database, std::int64_t user) {
    std::vector<std::string> services;
    Statement row(database, "SELECT service FROM user_service WHERE user_number = ? ORDER BY service");
    for (row.start(user); row.next();)
        services.emplace_back(row.text(0));
    return services;
}

/// All of the row but the services.
User user_of(const Statement& row) {
    const std::optional<Role> role = role_of(row.text(3));
    if (!role)
        throw StoreError("the store is damaged: a user's role is none of this program's; restore a backup");
    User user;
    user.number = row.integer(0);
    user.sign_in_name = row.text(1);
    user.name = row.text(2);
    user.role = *role;
    user.whole_organisation = row.integer(4) != 0;
    user.keyworker_id = row.text(5);
    user.active = row.integer(6) != 0;
    user.version = row.integer(7);
    user.created_at = row.text(8);
    user.last_sign_in_at = row.text(9);
    return user;
}

template <class Value>
std::optional<User> find_where(Database& database, std::string_view condition, const Value& value) {
    Statement row(database, fmt::format("SELECT {} FROM user_account WHERE {}", columns, condition));
    row.start(value);
    if (!row.next()) return std::nullopt;
    User user = user_of(row);
    row.reset();
    user.services = services_of(database, user.number);
    return user;
}

bool may_stand_in_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_@").find(c) != std::string_view::npos;
}

void require_good_name(const std::string& name) {
    if (name.empty()) throw UsageError("a user needs a sign-in name");
    if (name.size() > longest_sign_in_name)
        throw UsageError(fmt::format("a sign-in name has at most {} characters", longest_sign_in_name));
    if (!std::ranges::all_of(name, may_stand_in_name))
        throw UsageError(
            "a sign-in name consists of letters without accents, digits and the characters . - _ @");
}

/// Under the lock, so that it stays free.
void require_free_name(Database& database, const User& user) {
    const std::optional<User> other = find_user_by_name(database, user.sign_in_name);
    if (other && other->number != user.number)
        throw UsageError("another user has this sign-in name; choose another one");
}

void write_services(Database& database, std::int64_t user, const User& given) {
    Statement(database, "DELETE FROM user_service WHERE user_number = ?").run(user);
    if (given.whole_organisation) return;
    Statement insert(database,
                     "INSERT INTO user_service (user_number, service) VALUES (?, ?) ON CONFLICT DO NOTHING");
    for (const std::string& service : given.services)
        insert.run(user, service);
}

}  // namespace

std::string_view text_of(Role role) { return role_texts[static_cast<std::size_t>(role)]; }
std::string_view words_for(Role role) { return role_words[static_cast<std::size_t>(role)]; }
std::optional<Role> role_of(std::string_view text) { return value_of<Role>(role_texts, text); }

std::vector<User> list_users(Database& database) {
    std::vector<User> users;
    Statement row(database, fmt::format("SELECT {} FROM user_account ORDER BY lower(sign_in_name)", columns));
    for (row.start(); row.next();)
        users.push_back(user_of(row));
    for (User& user : users)
        user.services = services_of(database, user.number);
    return users;
}

std::int64_t count_users(Database& database) { return database.number("SELECT count(*) FROM user_account"); }

std::optional<User> find_user(Database& database, std::int64_t number) {
    return find_where(database, "number = ?", number);
}

std::optional<User> find_user_by_name(Database& database, std::string_view sign_in_name) {
    return find_where(database, "lower(sign_in_name) = lower(?)", sign_in_name);
}

User add_user(Database& database, const User& user, std::string_view password_hash, std::string_view now) {
    require_good_name(user.sign_in_name);
    WriteScope scope(database);
    database.lock("users");
    User added = user;
    added.number = 0;
    require_free_name(database, added);
    Statement insert(
        database,
        "INSERT INTO user_account (sign_in_name, name, role, whole_organisation, keyworker_id, active, "
        "version, created_at, last_sign_in_at, password_hash) VALUES (?, ?, ?, ?, ?, ?, 1, ?, '', ?) "
        "RETURNING number");
    insert.start(user.sign_in_name, user.name, text_of(user.role), std::int64_t{user.whole_organisation},
                 user.keyworker_id, std::int64_t{user.active}, now, password_hash);
    insert.next();
    const std::int64_t number = insert.integer(0);
    insert.reset();
    write_services(database, number, user);
    added = find_user(database, number).value();
    scope.commit();
    return added;
}

User change_user(Database& database, const User& user) {
    require_good_name(user.sign_in_name);
    WriteScope scope(database);
    database.lock("users");
    require_free_name(database, user);
    Statement update(database,
                     "UPDATE user_account SET sign_in_name = ?, name = ?, role = ?, whole_organisation = ?, "
                     "keyworker_id = ?, active = ?, version = version + 1 WHERE number = ? AND version = ? "
                     "RETURNING version");
    update.start(user.sign_in_name, user.name, text_of(user.role), std::int64_t{user.whole_organisation},
                 user.keyworker_id, std::int64_t{user.active}, user.number, user.version);
    if (!update.next())
        throw ConflictError(
            "somebody else has changed this user meanwhile; look at it again before you change it");
    update.reset();
    write_services(database, user.number, user);
    if (!user.active) {
        end_sessions_of(database, user.number);
        Statement(database, "DELETE FROM access_token WHERE user_number = ?").run(user.number);
    }
    User changed = find_user(database, user.number).value();
    scope.commit();
    return changed;
}

std::string password_hash_of(Database& database, std::int64_t user) {
    Statement row(database, "SELECT password_hash FROM user_account WHERE number = ?");
    row.start(user);
    if (!row.next()) throw UsageError("there is no such user");
    return std::string(row.text(0));
}

void change_password(Database& database, std::int64_t user, std::string_view password_hash,
                     std::string_view kept_session) {
    WriteScope scope(database);
    Statement(database, "UPDATE user_account SET password_hash = ? WHERE number = ?")
        .run(password_hash, user);
    Statement(database, "DELETE FROM session WHERE user_number = ? AND hash <> ?").run(user, kept_session);
    Statement(database, "DELETE FROM access_token WHERE user_number = ?").run(user);
    scope.commit();
}

void record_sign_in(Database& database, std::int64_t user, std::string_view now) {
    Statement(database, "UPDATE user_account SET last_sign_in_at = ? WHERE number = ?").run(now, user);
}

}  // namespace optimat
