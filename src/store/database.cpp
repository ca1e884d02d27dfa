#include "store/database.hpp"

#include "base/error.hpp"

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

}  // namespace

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void Statement::Finish::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

Database::Database(const std::filesystem::path& file) : m_name(file.string()) {
    sqlite3* handle = nullptr;
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(m_name.c_str(), &handle, flags, nullptr);
    m_handle.reset(handle);
    if (code != SQLITE_OK) fail(code);
    sqlite3_busy_timeout(handle, wait_for_others_milliseconds);
}

void Database::fail(int code) const {
    const int system_error = m_handle ? sqlite3_system_errno(m_handle.get()) : 0;
    std::string detail = sqlite3_errstr(code);
    if (m_handle && sqlite3_errcode(m_handle.get()) == code) detail = sqlite3_errmsg(m_handle.get());
    if ((code & 0xff) == SQLITE_IOERR && system_error != 0) detail = std::strerror(system_error);
    throw StoreError(fmt::format("the store {}: {}", m_name, advice_for(code, detail)));
}

void Database::run(const std::string& sql) {
    const int code = sqlite3_exec(m_handle.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::number(const std::string& sql) {
    Statement statement(*this, sql);
    statement.start();
    return statement.next() ? statement.integer(0) : 0;
}

bool Database::has_table(std::string_view table) {
    Statement find(*this, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?");
    find.start(table);
    return find.next();
}

void Database::lock(std::string_view) {}

bool Database::in_transaction() const { return sqlite3_get_autocommit(m_handle.get()) == 0; }

Statement::Statement(Database& database, std::string_view sql) : m_database(database) {
    sqlite3_stmt* handle = nullptr;
    const int code =
        sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &handle, nullptr);
    m_handle.reset(handle);
    if (code != SQLITE_OK) database.fail(code);
}

void Statement::check(int code) const {
    if (code != SQLITE_OK) m_database.fail(code);
}

void Statement::bind(int place, std::int64_t value) {
    check(sqlite3_bind_int64(m_handle.get(), place, value));
}

void Statement::bind(int place, std::string_view value) {
    check(sqlite3_bind_text64(m_handle.get(), place, value.empty() ? "" : value.data(), value.size(),
                              SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int place, Bytes value) {
    const std::string_view bytes = value.view;
    check(sqlite3_bind_blob64(m_handle.get(), place, bytes.empty() ? "" : bytes.data(), bytes.size(),
                              SQLITE_STATIC));
}

void Statement::bind(int place, std::optional<std::int64_t> value) {
    if (value)
        bind(place, *value);
    else
        check(sqlite3_bind_null(m_handle.get(), place));
}

bool Statement::next() {
    const int code = sqlite3_step(m_handle.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) m_database.fail(code);
    return false;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(m_handle.get(), column); }

std::string_view Statement::text(int column) const {
    const unsigned char* const text = sqlite3_column_text(m_handle.get(), column);
    if (text == nullptr) return {};
    return {reinterpret_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(m_handle.get(), column))};
}

std::string_view Statement::bytes(int column) const {
    const void* const bytes = sqlite3_column_blob(m_handle.get(), column);
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(m_handle.get(), column))};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(m_handle.get(), column) == SQLITE_NULL;
}

void Statement::reset() { sqlite3_reset(m_handle.get()); }

Transaction::Transaction(Database& database, Kind kind) : m_database(database) {
    m_database.run(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
    if (!m_database.in_transaction()) return;
    try {
        m_database.run("ROLLBACK");
    } catch (const StoreError&) {
        // The connection undoes what is open when it closes; whoever opens the file next finds the old state.
    }
}

void Transaction::commit() { m_database.run("COMMIT"); }

}  // namespace optimat
