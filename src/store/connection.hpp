#pragma once
// What the classes of database.hpp ask of a database: sqlite.cpp and postgresql.cpp are the only files that
// call SQLite and PostgreSQL. Everything here throws StoreError, which names the store and says what to do,
// and holds neither a password nor a value of a row.

#include "store/location.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace optimat {

/// A statement that a connection has prepared, with its values and its rows. Places begin with 1, columns
/// with 0.
class PreparedStatement {
  public:
    virtual ~PreparedStatement() = default;
    virtual void bind_integer(int place, std::int64_t value) = 0;
    virtual void bind_text(int place, std::string_view value) = 0;   ///< copied
    virtual void bind_bytes(int place, std::string_view value) = 0;  ///< borrowed until reset()
    virtual void bind_null(int place) = 0;

    /// Carries it out when it is not yet; the next row, false when there is none.
    virtual bool next() = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual std::string_view bytes(int column) const = 0;
    virtual bool is_null(int column) const = 0;

    /// Lets go of rows and of the values.
    virtual void reset() = 0;
};

class Connection {
  public:
    virtual ~Connection() = default;
    virtual void run(const std::string& sql) = 0;
    virtual std::unique_ptr<PreparedStatement> prepare(std::string_view sql) = 0;
    virtual bool in_transaction() const = 0;
    /// Whether the other end has gone; does not wait.
    virtual bool is_broken() = 0;
};

std::unique_ptr<Connection> connect_sqlite(const StoreLocation& location);
std::unique_ptr<Connection> connect_postgresql(const StoreLocation& location);

}  // namespace optimat
