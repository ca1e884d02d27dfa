#include "store/pool.hpp"

#include "base/error.hpp"
#include "store/store_places_for_tests.hpp"

#include <gmock/gmock.h>
#include <thread>

namespace optimat {
namespace {

using testing::HasSubstr;

class Pool : public StoreTest {
  protected:
    StorePool pool{m_place.location(), StoreAccess::create, 3};
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, Pool, every_store, kind_of_store);

TEST_P(Pool, OpensConnectionsAsTheyAreAskedFor) {
    EXPECT_EQ(pool.open(), 1u);
    {
        const auto one = pool.lease(), two = pool.lease();
        EXPECT_NE(&one.database(), &two.database());
        EXPECT_EQ(pool.open(), 2u);
        one.database().run("CREATE TABLE seen (x INTEGER)");
        EXPECT_TRUE(two.database().has_table("seen"));
    }
    { const auto again = pool.lease(); }
    EXPECT_EQ(pool.open(), 2u) << "kept for the next lease";
}

TEST_P(Pool, WaitsWhileAllAreLeased) {
    std::vector<StorePool::Lease> leases;
    for (int i = 0; i < 3; ++i)
        leases.push_back(pool.lease());
    std::atomic<bool> got = false;
    std::jthread waiting([&] {
        const auto fourth = pool.lease();
        got = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_FALSE(got);
    leases.pop_back();
    waiting.join();
    EXPECT_TRUE(got);
    EXPECT_EQ(pool.open(), 3u);
}

TEST_P(Pool, ServesManyThreadsThatWrite) {
    { pool.lease().database().run("CREATE TABLE counted (x INTEGER NOT NULL)"); }
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 20; ++n) {
                    const auto lease = pool.lease();
                    Transaction transaction(lease.database(), Transaction::Kind::write);
                    Statement(lease.database(), "INSERT INTO counted (x) VALUES (?)").run(std::int64_t{n});
                    transaction.commit();
                }
            });
    }
    EXPECT_EQ(pool.lease().database().number("SELECT count(*) FROM counted"), 160);
}

TEST_P(Pool, ReplacesAConnectionThatWasLeftInATransaction) {
    { pool.lease().database().run("BEGIN"); }
    EXPECT_EQ(pool.open(), 0u);
    EXPECT_FALSE(pool.lease().database().in_transaction());
}

TEST(PoolOfAServer, ReplacesAConnectionThatTheServerHasClosed) {
    const StorePlace place(StoreKind::postgresql);
    StorePool pool(place.location(), StoreAccess::create, 3);
    const auto end = [&](std::int64_t process) {
        Database(place.location()).run(fmt::format("SELECT pg_terminate_backend({}, 5000)", process));
    };
    const auto process_of = [](const StorePool::Lease& lease) {
        return lease.database().number("SELECT pg_backend_pid()");
    };
    const std::int64_t before = process_of(pool.lease());
    end(before);
    EXPECT_NE(process_of(pool.lease()), before);
    EXPECT_EQ(pool.open(), 1u);
    {
        const auto lease = pool.lease();
        end(process_of(lease));
        EXPECT_THAT(message_of<StoreError>([&] { lease.database().number("SELECT 1"); }),
                    HasSubstr("connection"));
        EXPECT_TRUE(lease.database().is_broken());
    }
    EXPECT_EQ(pool.open(), 0u);
    EXPECT_EQ(pool.lease().database().number("SELECT 1"), 1);
}

TEST_P(Pool, LetsReadersGoOnWhileSomebodyWrites) {
    const auto writer = pool.lease(), reader = pool.lease();
    Transaction transaction(writer.database(), Transaction::Kind::write);
    writer.database().run("INSERT INTO store_secret (name, bytes) VALUES ('x', 'y')");
    EXPECT_EQ(reader.database().number("SELECT count(*) FROM store_secret"), 0);
    transaction.commit();
    EXPECT_EQ(reader.database().number("SELECT count(*) FROM store_secret"), 1);
}

TEST(PoolOfAFile, LeavesOneFileBehind) {
    const StorePlace place(StoreKind::sqlite);
    const std::string log = place.file().string() + "-wal";
    {
        StorePool pool(place.location(), StoreAccess::create, 2);
        { pool.lease().database().run("INSERT INTO store_secret (name, bytes) VALUES ('x', 'y')"); }
        EXPECT_TRUE(std::filesystem::exists(log));
        Store other(place.location(), StoreAccess::existing);
        EXPECT_EQ(other.database().number("SELECT count(*) FROM store_secret"), 1) << "a command meanwhile";
    }
    EXPECT_FALSE(std::filesystem::exists(log));
    Database database(place.location());
    Statement mode(database, "PRAGMA journal_mode");
    mode.start();
    ASSERT_TRUE(mode.next());
    EXPECT_EQ(mode.text(0), "delete");
}

TEST_P(Pool, OfAStoreThatIsNotThereIsRefused) {
    const StorePlace empty(GetParam());
    EXPECT_THAT(message_of<StoreError>([&] { StorePool(empty.location(), StoreAccess::existing, 1); }),
                HasSubstr("there is no store"));
}

}  // namespace
}  // namespace optimat
