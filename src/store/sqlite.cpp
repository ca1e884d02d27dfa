#include "base/error.hpp"
#include "store/connection.hpp"

#include <cstring>
#include <fmt/format.h>
#include <sqlite3.h>

namespace optimat {

namespace {

// Another writer holds a store for as long as its import takes: seconds, on a slow disk minutes.
constexpr int wait_for_others_milliseconds = 120'000;

std::string advice_for(int code, const std::string& detail) {
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another program has been using it for two minutes; try again when that is done";
    case SQLITE_FULL:
        return "the disk is full; nothing was changed. Make room and try again";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return "it may not be written; check the permissions of the file and its folder";
    case SQLITE_NOTADB:
        return "it is not a store of Optimat; give the file that `optimat import` made";
    case SQLITE_CORRUPT:
        return "it is damaged; restore it from a backup";
    case SQLITE_CANTOPEN:
        return "it cannot be opened; check that the folder exists and that you may read and write it";
    case SQLITE_IOERR:
        return fmt::format(
            "it cannot be read or written ({}); nothing was changed. Check the disk and its free space",
            detail);
    default:
        return detail;
    }
}

struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
struct Finish {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
};

class SqliteConnection final : public Connection {
  public:
    explicit SqliteConnection(const StoreLocation& location) : m_name(location.name) {
        sqlite3* handle = nullptr;
        constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
        const int code = sqlite3_open_v2(location.target.c_str(), &handle, flags, nullptr);
        m_handle.reset(handle);
        check(code);
        sqlite3_busy_timeout(handle, wait_for_others_milliseconds);
    }

    void run(const std::string& sql) override {
        check(sqlite3_exec(m_handle.get(), sql.c_str(), nullptr, nullptr, nullptr));
    }
    std::unique_ptr<PreparedStatement> prepare(std::string_view sql) override;
    bool in_transaction() const override { return sqlite3_get_autocommit(m_handle.get()) == 0; }
    bool is_broken() override { return false; }

    void check(int code) const {
        if (code != SQLITE_OK) fail(code);
    }
    /// Throws the StoreError of SQLite's last failure.
    [[noreturn]] void fail(int code) const {
        const int system_error = m_handle ? sqlite3_system_errno(m_handle.get()) : 0;
        std::string detail = sqlite3_errstr(code);
        if (m_handle && sqlite3_extended_errcode(m_handle.get()) == code)
            detail = sqlite3_errmsg(m_handle.get());
        if ((code & 0xff) == SQLITE_IOERR && system_error != 0) detail = std::strerror(system_error);
        throw StoreError(fmt::format("the store {}: {}", m_name, advice_for(code, detail)));
    }

  private:
    std::string m_name;
    std::unique_ptr<sqlite3, Close> m_handle;
};

class SqliteStatement final : public PreparedStatement {
  public:
    SqliteStatement(const SqliteConnection& connection, sqlite3_stmt* handle)
        : m_connection(connection), m_handle(handle) {}

    void bind_integer(int place, std::int64_t value) override {
        m_connection.check(sqlite3_bind_int64(m_handle.get(), place, value));
    }
    void bind_text(int place, std::string_view value) override {
        m_connection.check(sqlite3_bind_text64(m_handle.get(), place, value.empty() ? "" : value.data(),
                                               value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    }
    void bind_bytes(int place, std::string_view value) override {
        m_connection.check(sqlite3_bind_blob64(m_handle.get(), place, value.empty() ? "" : value.data(),
                                               value.size(), SQLITE_STATIC));
    }
    void bind_null(int place) override { m_connection.check(sqlite3_bind_null(m_handle.get(), place)); }

    bool next() override {
        const int code = sqlite3_step(m_handle.get());
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) m_connection.fail(code);
        return false;
    }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(m_handle.get(), column); }
    std::string_view text(int column) const override {
        const unsigned char* const text = sqlite3_column_text(m_handle.get(), column);
        return text == nullptr ? std::string_view{} : view(reinterpret_cast<const char*>(text), column);
    }
    std::string_view bytes(int column) const override {
        const void* const bytes = sqlite3_column_blob(m_handle.get(), column);
        return bytes == nullptr ? std::string_view{} : view(static_cast<const char*>(bytes), column);
    }
    bool is_null(int column) const override {
        return sqlite3_column_type(m_handle.get(), column) == SQLITE_NULL;
    }
    void reset() override {
        sqlite3_reset(m_handle.get());
        sqlite3_clear_bindings(m_handle.get());
    }

  private:
    std::string_view view(const char* begin, int column) const {
        return {begin, static_cast<std::size_t>(sqlite3_column_bytes(m_handle.get(), column))};
    }

    const SqliteConnection& m_connection;
    std::unique_ptr<sqlite3_stmt, Finish> m_handle;
};

std::unique_ptr<PreparedStatement> SqliteConnection::prepare(std::string_view sql) {
    sqlite3_stmt* handle = nullptr;
    check(sqlite3_prepare_v2(m_handle.get(), sql.data(), static_cast<int>(sql.size()), &handle, nullptr));
    return std::make_unique<SqliteStatement>(*this, handle);
}

}  // namespace

std::unique_ptr<Connection> connect_sqlite(const StoreLocation& location) {
    return std::make_unique<SqliteConnection>(location);
}

}  // namespace optimat
