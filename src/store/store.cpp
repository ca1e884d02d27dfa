#include "store/store.hpp"

#include "base/error.hpp"
#include "store/database.hpp"
#include "store/migrations.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

namespace optimat {

namespace {

// "OPTM": tells a store from the SQLite file of another program.
constexpr std::int64_t application = 0x4f50544d;

/// An empty file is an empty store. Made here, so that nobody else can read it from the first moment on.
void create_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        ::close(descriptor);
    else if (errno != EEXIST)
        throw StoreError(fmt::format(
            "the store {} cannot be made: {}; check that the folder exists and that you may write it",
            file.string(), std::strerror(errno)));
}

[[noreturn]] void throw_missing(const std::string& name) {
    throw StoreError(fmt::format("there is no store {}; `optimat import` makes one", name));
}

/// Whether the file is still empty. Throws StoreError when it is that of another program, which stays as it
/// is.
bool is_empty_file(Database& database) {
    // In this order: another process that is making the store marks it before it makes a table.
    const std::int64_t tables = database.number("SELECT count(*) FROM sqlite_master");
    const std::int64_t found = database.number("PRAGMA application_id");
    if (found == application) return false;
    if (found == 0 && tables == 0) return true;
    throw StoreError(
        fmt::format("the store {}: it is a database of another program; give the file that `optimat import` "
                    "made, or a new path",
                    database.name()));
}

/// Measured on an import of 290 MB. Large pages take blobs whole. A rollback journal, which a new file has,
/// holds only what was there before, so that new content is written once; a write-ahead log writes it twice.
void begin_file(Database& database) {
    database.run("PRAGMA page_size = 65536");
    database.run(fmt::format("PRAGMA application_id = {}", application));
}

void set_up_file(Database& database) {
    database.run("PRAGMA synchronous = EXTRA");
    database.run("PRAGMA cache_size = -16384");
    database.run("PRAGMA foreign_keys = ON");
    // Nothing of the store lands in another folder.
    database.run("PRAGMA temp_store = MEMORY");
    // What is erased is overwritten.
    database.run("PRAGMA secure_delete = ON");
}

std::unique_ptr<Database> open_file(const StoreLocation& place, StoreAccess access) {
    if (access == StoreAccess::create)
        create_file(place.target);
    else if (!std::filesystem::exists(place.target))
        throw_missing(place.name);
    auto database = std::make_unique<Database>(place);
    if (is_empty_file(*database)) begin_file(*database);
    set_up_file(*database);
    return database;
}

/// Throws StoreError when there is no store, or only tables of another program.
std::unique_ptr<Database> open_postgresql(const StoreLocation& place, StoreAccess access) {
    auto database = std::make_unique<Database>(place);
    // Asked at once, for another process may be making the store; both of its tables come to be in one
    // transaction.
    Statement tables(*database,
                     "SELECT count(*), count(*) FILTER (WHERE tablename IN ('migration', 'snapshot_chunk')) "
                     "FROM pg_tables WHERE schemaname = current_schema()");
    tables.start();
    tables.next();
    const std::int64_t all = tables.integer(0), ours = tables.integer(1);
    tables.reset();
    if (ours == 2) return database;
    if (all != 0)
        throw StoreError(
            fmt::format("the store {}: it is a database of another program; make a new database for "
                        "Optimat alone",
                        place.name));
    if (access == StoreAccess::existing) throw_missing(place.name);
    return database;
}

}  // namespace

Store::Store(const std::string& location, StoreAccess access) {
    const StoreLocation place = StoreLocation::parse(location);
    m_database = place.kind == StoreKind::sqlite ? open_file(place, access) : open_postgresql(place, access);
    migrate(*m_database);
}

Store Store::again(const std::string& location) {
    Store store;
    store.m_database = std::make_unique<Database>(location);
    if (store.m_database->kind() == StoreKind::sqlite) set_up_file(*store.m_database);
    return store;
}

Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

}  // namespace optimat
