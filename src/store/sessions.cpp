#include "store/sessions.hpp"

#include "store/database.hpp"
#include "store/secrets.hpp"

#include <limits>

namespace optimat {

namespace {

constexpr std::size_t secret_size = 32;
constexpr std::int64_t seconds_between_marks = 60;
constexpr std::int64_t setup_seconds = 24 * 60 * 60;

/// The user when there is one who may come in.
std::optional<User> active_user(Database& database, std::int64_t number) {
    std::optional<User> user = find_user(database, number);
    if (user && !user->active) user.reset();
    return user;
}

}  // namespace

std::string begin_session(Database& database, std::int64_t user, std::int64_t now) {
    const std::string secret = random_text(secret_size);
    Statement(database, "INSERT INTO session (hash, user_number, begun_at, seen_at) VALUES (?, ?, ?, ?)")
        .run(hash_of_secret(secret), user, now, now);
    return secret;
}

std::optional<Session> find_session(Database& database, std::string_view secret, std::int64_t now,
                                    const SessionLimits& limits) {
    Statement row(database, "SELECT hash, user_number, begun_at, seen_at FROM session WHERE hash = ?");
    row.start(hash_of_secret(secret));
    if (!row.next()) return std::nullopt;
    Session session{std::string(row.text(0)), {}, row.integer(2), row.integer(3)};
    const std::int64_t number = row.integer(1);
    row.reset();
    if (now - session.seen_at > limits.idle_seconds || now - session.begun_at > limits.absolute_seconds)
        return std::nullopt;
    std::optional<User> user = active_user(database, number);
    if (!user) return std::nullopt;
    session.user = std::move(*user);
    if (now - session.seen_at >= seconds_between_marks) {
        Statement(database, "UPDATE session SET seen_at = ? WHERE hash = ? AND seen_at < ?")
            .run(now, session.hash, now);
        session.seen_at = now;
    }
    return session;
}

void end_session(Database& database, std::string_view hash) {
    Statement(database, "DELETE FROM session WHERE hash = ?").run(hash);
}

void end_sessions_of(Database& database, std::int64_t user) {
    Statement(database, "DELETE FROM session WHERE user_number = ?").run(user);
}

void remove_expired(Database& database, std::int64_t now, const SessionLimits& limits) {
    WriteScope scope(database);
    Statement(database, "DELETE FROM session WHERE seen_at < ? OR begun_at < ?")
        .run(now - limits.idle_seconds, now - limits.absolute_seconds);
    Statement(database, "DELETE FROM setup_link WHERE made_at < ?").run(now - setup_seconds);
    Statement(database, "DELETE FROM sign_in_failure WHERE failed_at <= ?").run(now - failure_window_seconds);
    scope.commit();
}

std::string add_token(Database& database, std::int64_t user, std::string_view label, std::int64_t now,
                      std::int64_t expires_at) {
    const std::string secret = random_text(secret_size);
    Statement(database,
              "INSERT INTO access_token (hash, user_number, label, created_at, expires_at, used_at) "
              "VALUES (?, ?, ?, ?, ?, 0)")
        .run(hash_of_secret(secret), user, label, now, expires_at);
    return secret;
}

std::vector<AccessToken> list_tokens(Database& database, std::int64_t user) {
    std::vector<AccessToken> tokens;
    Statement row(database,
                  "SELECT number, user_number, label, created_at, expires_at, used_at FROM access_token "
                  "WHERE user_number = ? ORDER BY number");
    for (row.start(user); row.next();)
        tokens.push_back({row.integer(0), row.integer(1), std::string(row.text(2)), row.integer(3),
                          row.integer(4), row.integer(5)});
    return tokens;
}

std::optional<User> find_token_user(Database& database, std::string_view secret, std::int64_t now) {
    Statement row(database,
                  "SELECT number, user_number, expires_at, used_at FROM access_token WHERE hash = ?");
    row.start(hash_of_secret(secret));
    if (!row.next() || now >= row.integer(2)) return std::nullopt;
    const std::int64_t number = row.integer(0), owner = row.integer(1), used_at = row.integer(3);
    row.reset();
    std::optional<User> user = active_user(database, owner);
    if (user && now - used_at >= seconds_between_marks)
        Statement(database, "UPDATE access_token SET used_at = ? WHERE number = ? AND used_at < ?")
            .run(now, number, now);
    return user;
}

void remove_token(Database& database, std::int64_t user, std::int64_t number) {
    Statement(database, "DELETE FROM access_token WHERE user_number = ? AND number = ?").run(user, number);
}

std::string make_setup_secret(Database& database, std::int64_t now) {
    const std::string secret = random_text(secret_size);
    WriteScope scope(database);
    database.lock("users");
    forget_setup_secret(database);
    Statement(database, "INSERT INTO setup_link (hash, made_at) VALUES (?, ?)")
        .run(hash_of_secret(secret), now);
    scope.commit();
    return secret;
}

bool is_setup_secret(Database& database, std::string_view secret, std::int64_t now) {
    // Two who follow the link at once: the second sees the first one's user.
    if (database.in_transaction()) database.lock("users");
    if (count_users(database) != 0) return false;
    Statement row(database, "SELECT made_at FROM setup_link WHERE hash = ?");
    row.start(hash_of_secret(secret));
    return row.next() && now - row.integer(0) <= setup_seconds;
}

void forget_setup_secret(Database& database) { Statement(database, "DELETE FROM setup_link").run(); }

std::string store_secret(Database& database, std::string_view name) {
    Statement find(database, "SELECT bytes FROM store_secret WHERE name = ?");
    find.start(name);
    if (find.next()) return std::string(find.bytes(0));
    find.reset();
    const std::string made = random_bytes(secret_size);
    Statement(database, "INSERT INTO store_secret (name, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .run(name, Bytes{made});
    // Another process may have been first.
    find.start(name);
    find.next();
    return std::string(find.bytes(0));
}

}  // namespace optimat
