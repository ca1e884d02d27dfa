#pragma once
// Empty places for stores, so that a test runs on a SQLite file and on PostgreSQL: a schema of its own in the
// server of tests/postgresql, which CTest starts. A test program that finds none running starts one and stops
// it at its end.

#include "base/temporary_folder.hpp"
#include "store/database.hpp"
#include "store/store.hpp"

#include <atomic>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

namespace optimat {

/// The address of the throw-away server.
inline std::string postgresql_for_tests() {
    struct Server {
        Server() : owner(::getpid()) {
            if (!std::ifstream(OPTIMAT_POSTGRESQL)) {
                if (do_job("start") != 0)
                    throw std::runtime_error("no PostgreSQL server for tests could be started");
                started = true;
            }
            std::getline(std::ifstream(OPTIMAT_POSTGRESQL) >> std::ws, address);
        }
        ~Server() {
            if (started && owner == ::getpid()) do_job("stop");
        }
        static int do_job(const std::string& job) {
            return std::system(  // NOLINT: the script takes a lock, so that one of several test programs
                                 // starts it
                fmt::format("'{}/tests/postgresql/server' {} '{}'", OPTIMAT_SOURCE_DIR, job,
                            OPTIMAT_POSTGRESQL)
                    .c_str());
        }
        pid_t owner;
        bool started = false;
        std::string address;
    };
    static const Server server;
    return server.address;
}

class StorePlace {
  public:
    explicit StorePlace(StoreKind kind) : m_kind(kind) {
        static std::atomic<int> places{0};
        m_schema = fmt::format("place_{}_{}", ::getpid(), ++places);
        if (kind == StoreKind::postgresql) run_on_server("CREATE SCHEMA " + m_schema);
    }
    ~StorePlace() {
        if (m_kind == StoreKind::postgresql) run_on_server("DROP SCHEMA " + m_schema + " CASCADE");
    }
    StorePlace(const StorePlace&) = delete;
    StorePlace& operator=(const StorePlace&) = delete;

    std::string location() const {
        if (m_kind == StoreKind::sqlite) return file().string();
        return postgresql_for_tests() + "&options=-csearch_path%3D" + m_schema;
    }
    std::filesystem::path file() const { return m_folder.path() / "store.db"; }
    StoreKind kind() const { return m_kind; }

    /// Empty again. Nobody has it open.
    void clear() const {
        if (m_kind == StoreKind::postgresql)
            run_on_server(fmt::format("DROP SCHEMA {0} CASCADE; CREATE SCHEMA {0}", m_schema));
        for (const char* const end : {"", "-journal", "-wal", "-shm"})
            std::filesystem::remove(file().string() + end);
    }

  private:
    static void run_on_server(const std::string& sql) { Database(postgresql_for_tests()).run(sql); }

    StoreKind m_kind;
    TemporaryFolder m_folder;
    std::string m_schema;
};

/// A test that runs on every kind of store:
/// INSTANTIATE_TEST_SUITE_P(OnEveryStore, Suite, every_store, kind_of_store)
class StoreTest : public testing::TestWithParam<StoreKind> {
  protected:
    Store open() const { return Store(m_place.location(), StoreAccess::create); }
    bool on_sqlite() const { return GetParam() == StoreKind::sqlite; }

    StorePlace m_place{GetParam()};
};

inline void PrintTo(StoreKind kind, std::ostream* out) {  // NOLINT: the name that GoogleTest asks for
    *out << (kind == StoreKind::sqlite ? "sqlite" : "postgresql");
}
inline const auto every_store = testing::Values(StoreKind::sqlite, StoreKind::postgresql);
inline std::string kind_of_store(const testing::TestParamInfo<StoreKind>& info) {
    return testing::PrintToString(info.param);
}

/// The message of what `action` throws; empty when it throws nothing.
template <class Thrown, class Action> std::string message_of(Action action) {
    try {
        action();
    } catch (const Thrown& error) {
        return error.what();
    }
    return {};
}

}  // namespace optimat
