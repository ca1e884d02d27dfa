#include "store/database.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

std::unique_ptr<Connection> connect(const StoreLocation& location) {
    return location.kind == StoreKind::sqlite ? connect_sqlite(location) : connect_postgresql(location);
}

const char* begin_text(StoreKind store, Transaction::Kind kind) {
    if (store == StoreKind::sqlite) return kind == Transaction::Kind::write ? "BEGIN IMMEDIATE" : "BEGIN";
    return kind == Transaction::Kind::write ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
                                            : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
}

}  // namespace

Database::Database(const std::string& location) : Database(StoreLocation::parse(location)) {}

Database::Database(const StoreLocation& location)
    : m_kind(location.kind), m_name(location.name), m_connection(connect(location)) {}

std::int64_t Database::number(const std::string& sql) {
    Statement statement(*this, sql);
    statement.start();
    return statement.next() ? statement.integer(0) : 0;
}

bool Database::has_table(std::string_view table) {
    Statement find(*this,
                   m_kind == StoreKind::sqlite
                       ? "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
                       : "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?");
    find.start(table);
    return find.next();
}

void Database::lock(std::string_view what) {
    if (m_kind == StoreKind::sqlite) return;
    // Several stores can lie in schemas of one database.
    Statement(*this,
              "SELECT pg_advisory_xact_lock(hashtextextended(current_schema()::text || '.' || ?::text, 0))")
        .run(what);
}

std::unique_ptr<PreparedStatement> Database::take(const std::string& sql) {
    const auto idle = m_idle.find(sql);
    if (idle == m_idle.end() || idle->second.empty()) return m_connection->prepare(sql);
    std::unique_ptr<PreparedStatement> prepared = std::move(idle->second.back());
    idle->second.pop_back();
    return prepared;
}

void Database::give_back(const std::string& sql, std::unique_ptr<PreparedStatement> prepared) {
    prepared->reset();
    m_idle[sql].push_back(std::move(prepared));
}

Statement::Statement(Database& database, std::string_view sql)
    : m_database(database), m_sql(sql), m_prepared(database.take(m_sql)) {}

Statement::~Statement() { m_database.give_back(m_sql, std::move(m_prepared)); }

Transaction::Transaction(Database& database, Kind kind) : m_database(database) {
    m_database.run(begin_text(database.kind(), kind));
}

Transaction::~Transaction() {
    if (!m_database.in_transaction()) return;
    try {
        m_database.run("ROLLBACK");
    } catch (const StoreError&) {
        // The connection undoes what is open when it closes; whoever opens the store next finds the old
        // state.
    }
}

void Transaction::commit() { m_database.run("COMMIT"); }

}  // namespace optimat
