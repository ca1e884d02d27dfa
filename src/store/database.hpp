#pragma once
// The one place that calls SQLite: a connection, a statement, a transaction. Every failure is a StoreError
// that says what to do. A connection and its statements are used by one thread at a time. PostgreSQL comes
// behind the same three classes; the SQL given to them, migrations aside, is what both understand.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace optimat {

/// A value bound as bytes, not as text.
struct Bytes {
    std::string_view view;
};

class Database {
  public:
    /// Opens a file that exists; one that may not be written can still be read. Nothing is read from it yet.
    /// Throws StoreError when it cannot be opened.
    explicit Database(const std::filesystem::path& file);

    /// Runs statements that take no values and whose rows, if any, do not matter.
    void run(const std::string& sql);
    /// The first column of the first row of a query that has one.
    std::int64_t number(const std::string& sql);

    bool has_table(std::string_view table);
    /// Within a write transaction: waits until no other one holds what is named, and holds it to its end. SQLite has
    /// one writer at a time anyhow.
    void lock(std::string_view what);
    bool in_transaction() const;
    const std::string& name() const { return m_name; }
    sqlite3* handle() const { return m_handle.get(); }

    /// Throws the StoreError of SQLite's last failure.
    [[noreturn]] void fail(int code) const;

  private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    std::string m_name;
    std::unique_ptr<sqlite3, Close> m_handle;
};

/// A prepared statement, used any number of times.
class Statement {
  public:
    Statement(Database& database, std::string_view sql);

    /// Binds the values to the statement's question marks, in order, and begins. Bytes are borrowed until the
    /// last next(). A std::optional without value is NULL.
    template <class... Values> void start(const Values&... values) {
        reset();
        int place = 0;
        (bind(++place, values), ...);
    }
    /// The next row; false when there is none.
    bool next();
    /// start(), then all of it.
    template <class... Values> void run(const Values&... values) {
        start(values...);
        while (next()) {
        }
        reset();
    }

    /// The columns of the row, the first being 0. Borrowed until next().
    std::int64_t integer(int column) const;
    std::string_view text(int column) const;
    std::string_view bytes(int column) const;
    bool is_null(int column) const;

    /// Lets go of the row and of what the statement locks.
    void reset();

  private:
    void bind(int place, std::int64_t value);
    void bind(int place, std::string_view value);
    void bind(int place, Bytes value);
    void bind(int place, std::optional<std::int64_t> value);
    void check(int code) const;

    struct Finish {
        void operator()(sqlite3_stmt* handle) const;
    };
    Database& m_database;
    std::unique_ptr<sqlite3_stmt, Finish> m_handle;
};

/// All or nothing: undone unless committed. A `write` waits for another writer; a `read` sees one state
/// throughout.
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
