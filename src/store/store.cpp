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

std::filesystem::path path_of(const std::string& location) {
    constexpr std::string_view sqlite = "sqlite:";
    if (location.starts_with(sqlite)) return location.substr(sqlite.size());
    if (const auto scheme = location.find("://"); scheme != std::string::npos)
        throw StoreError(
            fmt::format("this program has no store of the kind '{}'; give the path of a SQLite file",
                        location.substr(0, scheme)));
    return location;
}

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

/// Whether the database is still empty. Throws StoreError when it is that of another program, which stays as
/// it is.
bool is_empty(Database& database) {
    const std::int64_t found = database.number("PRAGMA application_id");
    if (found == application) return false;
    if (found == 0 && database.number("SELECT count(*) FROM sqlite_master") == 0) return true;
    throw StoreError(
        fmt::format("the store {}: it is a database of another program; give the file that `optimat import` "
                    "made, or a new path",
                    database.name()));
}

void set_up(Database& database, bool empty) {
    // Measured on an import of 290 MB. Large pages take blobs whole. A rollback journal holds only what was
    // there before, so that new content is written once; a write-ahead log would write it twice.
    if (empty) {
        database.run("PRAGMA page_size = 65536");
        database.run(fmt::format("PRAGMA application_id = {}", application));
    }
    database.run("PRAGMA journal_mode = DELETE");
    database.run("PRAGMA synchronous = EXTRA");
    database.run("PRAGMA cache_size = -16384");
    database.run("PRAGMA foreign_keys = ON");
    // Nothing of the store lands in another folder.
    database.run("PRAGMA temp_store = MEMORY");
    // What is erased is overwritten.
    database.run("PRAGMA secure_delete = ON");
}

}  // namespace

Store::Store(const std::string& location, StoreAccess access) {
    const std::filesystem::path file = path_of(location);
    if (access == StoreAccess::create)
        create_file(file);
    else if (!std::filesystem::exists(file))
        throw StoreError(fmt::format("there is no store {}; `optimat import` makes one", file.string()));
    m_database = std::make_unique<Database>(file);
    set_up(*m_database, is_empty(*m_database));
    migrate(*m_database);
}

Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

}  // namespace optimat
