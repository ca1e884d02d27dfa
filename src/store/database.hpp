#pragma once
// A connection to SQLite or PostgreSQL, a statement, a transaction: the same three classes for both, and the
// SQL given to them is what both understand. Every failure is a StoreError that says what to do. A connection
// and its statements are used by one thread at a time.

#include "store/connection.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// A value bound as bytes, not as text.
struct Bytes {
    std::string_view view;
};

class Database {
  public:
    /// Opens a file that exists (one that may not be written can still be read), or connects to PostgreSQL;
    /// see StoreLocation::parse. Nothing is read yet. Throws StoreError when it cannot be opened.
    explicit Database(const std::string& location);
    explicit Database(const StoreLocation& location);

    /// Runs statements that take no values and whose rows, if any, do not matter.
    void run(const std::string& sql) { m_connection->run(sql); }
    /// The first column of the first row of a query that has one; 0 when there is no row.
    std::int64_t number(const std::string& sql);

    bool has_table(std::string_view table);
    /// Within a write transaction: waits until no other one holds what is named, and holds it to its end.
    /// SQLite has one writer at a time anyhow.
    void lock(std::string_view what);
    bool in_transaction() const { return m_connection->in_transaction(); }
    /// Whether PostgreSQL's end has gone, so that a new connection is needed. Does not wait.
    bool is_broken() { return m_connection->is_broken(); }

    StoreKind kind() const { return m_kind; }
    /// For messages: without password.
    const std::string& name() const { return m_name; }

  private:
    friend class Statement;
    std::unique_ptr<PreparedStatement> take(const std::string& sql);
    void give_back(const std::string& sql, std::unique_ptr<PreparedStatement> prepared);

    StoreKind m_kind;
    std::string m_name;
    std::unique_ptr<Connection> m_connection;
    /// Prepared and not in use, by their SQL. The connection outlives them.
    std::map<std::string, std::vector<std::unique_ptr<PreparedStatement>>, std::less<>> m_idle;
};

/// A statement, used any number of times. What the database has prepared once, it does not prepare again.
class Statement {
  public:
    /// A question mark outside of quoted text stands for a value.
    Statement(Database& database, std::string_view sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Binds the values to the statement's question marks, in order, and begins. Bytes are borrowed until the
    /// last next(). A std::optional without value is NULL.
    template <class... Values> void start(const Values&... values) {
        begin();
        (add(values), ...);
    }
    /// start() for more values than can be written in a row: then add() for each of them, in order.
    void begin() {
        reset();
        m_place = 0;
    }
    template <class Value> void add(const Value& value) { bind(++m_place, value); }
    /// The next row; false when there is none.
    bool next() { return m_prepared->next(); }
    /// start(), then all of it.
    template <class... Values> void run(const Values&... values) {
        start(values...);
        finish();
    }
    /// All that is left.
    void finish() {
        while (next()) {
        }
        reset();
    }

    /// The columns of the row, the first being 0. Borrowed until next().
    std::int64_t integer(int column) const { return m_prepared->integer(column); }
    std::string_view text(int column) const { return m_prepared->text(column); }
    std::string_view bytes(int column) const { return m_prepared->bytes(column); }
    bool is_null(int column) const { return m_prepared->is_null(column); }

    /// Lets go of the row and of what the statement locks.
    void reset() { m_prepared->reset(); }

  private:
    void bind(int place, std::int64_t value) { m_prepared->bind_integer(place, value); }
    void bind(int place, std::string_view value) { m_prepared->bind_text(place, value); }
    void bind(int place, Bytes value) { m_prepared->bind_bytes(place, value.view); }
    void bind(int place, std::optional<std::int64_t> value) {
        if (value)
            m_prepared->bind_integer(place, *value);
        else
            m_prepared->bind_null(place);
    }

    Database& m_database;
    std::string m_sql;
    std::unique_ptr<PreparedStatement> m_prepared;
    int m_place = 0;  ///< of the last value
};

/// All or nothing: undone unless committed. A `read` sees one state throughout. A `write` on SQLite waits for
/// any other writer; on PostgreSQL each of its statements sees what others have committed before it, and what
/// must have one writer at a time calls Database::lock first.
class Transaction {
  public:
    enum class Kind { read, write };
    Transaction(Database& database, Kind kind);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    /// On disk when it returns. Throws StoreError, with nothing changed, when it cannot be.
    void commit();

  private:
    Database& m_database;
};

/// A write transaction of its own, or part of the one that is open: then commit() leaves all to that one.
class WriteScope {
  public:
    explicit WriteScope(Database& database) {
        if (!database.in_transaction()) m_own.emplace(database, Transaction::Kind::write);
    }
    void commit() {
        if (m_own) m_own->commit();
    }

  private:
    std::optional<Transaction> m_own;
};

}  // namespace optimat
