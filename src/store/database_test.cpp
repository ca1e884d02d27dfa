#include "store/database.hpp"

#include "base/error.hpp"
#include "store/migrations.hpp"
#include "store/store_places_for_tests.hpp"

#include <gmock/gmock.h>
#include <limits>
#include <sys/wait.h>
#include <thread>

namespace optimat {
namespace {

using testing::HasSubstr;
using testing::Not;

class Connecting : public StoreTest {
  protected:
    Store store = open();
    Database& database = store.database();
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, Connecting, every_store, kind_of_store);

TEST_P(Connecting, ValuesComeBackAsTheyWentIn) {
    const bool sqlite = on_sqlite();
    database.run(sqlite ? "CREATE TABLE t (n INTEGER, w TEXT, b BLOB)"
                        : "CREATE TABLE t (n BIGINT, w TEXT, b BYTEA)");
    std::string every_byte;
    for (int i = 0; i < 256 * 3; ++i)
        every_byte += static_cast<char>(i);
    const std::string large(20'000'000, '\xff');
    const std::int64_t numbers[] = {
        0, -1, 255, -256, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()};
    Statement insert(database, "INSERT INTO t (n, w, b) VALUES (?, ?, ?)");
    for (const std::int64_t number : numbers)
        insert.run(number, std::string_view("it's $1 é \\"), Bytes{every_byte});
    insert.run(std::int64_t{7}, std::string_view(), Bytes{std::string_view()});
    insert.run(std::optional<std::int64_t>(), std::string_view("large"), Bytes{large});
    Statement row(database, "SELECT n, w, b FROM t WHERE n = ?");
    for (const std::int64_t number : numbers) {
        row.start(number);
        ASSERT_TRUE(row.next());
        EXPECT_EQ(row.integer(0), number);
        EXPECT_EQ(row.text(1), "it's $1 é \\");
        EXPECT_EQ(row.bytes(2), every_byte);
        EXPECT_FALSE(row.is_null(0));
        EXPECT_FALSE(row.next());
    }
    row.start(std::int64_t{7});
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.text(1), "");
    EXPECT_FALSE(row.is_null(1)) << "an empty text is a text";
    EXPECT_FALSE(row.is_null(2)) << "no bytes are bytes";
    Statement null(database, "SELECT n, b FROM t WHERE n IS NULL");
    null.start();
    ASSERT_TRUE(null.next());
    EXPECT_TRUE(null.is_null(0));
    EXPECT_EQ(null.integer(0), 0);
    EXPECT_TRUE(null.bytes(1) == large);
}

TEST_P(Connecting, QuestionMarksInQuotedTextAreText) {
    Statement row(database, "SELECT '?', 'it''s ?', count(*) AS \"?\" FROM migration WHERE number = ? -- ?");
    row.start(std::int64_t{1});
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.text(0), "?");
    EXPECT_EQ(row.text(1), "it's ?");
    EXPECT_EQ(row.integer(2), 1);
}

TEST_P(Connecting, TheSameStatementCanBeUsedTwiceAtOnce) {
    const char* const sql = "SELECT number FROM migration ORDER BY number";
    Statement outer(database, sql);
    int pairs = 0;
    for (outer.start(); outer.next();) {
        Statement inner(database, sql);
        for (inner.start(); inner.next();)
            ++pairs;
    }
    EXPECT_EQ(pairs, newest_schema() * newest_schema());
}

TEST_P(Connecting, WhatFailsInATransactionLeavesNothing) {
    {
        Transaction transaction(database, Transaction::Kind::write);
        database.run("INSERT INTO migration (number, name) VALUES (1000, 'x')");
        EXPECT_THROW(database.run("INSERT INTO migration (number, name) VALUES (1000, 'secret')"),
                     StoreError);
        if (!on_sqlite()) {
            EXPECT_THROW(transaction.commit(), StoreError) << "PostgreSQL has given it up";
        }
    }
    EXPECT_FALSE(database.in_transaction());
    EXPECT_EQ(schema_of(database), newest_schema());
}

TEST_P(Connecting, ErrorsQuoteNoValue) {
    database.run("CREATE TABLE people (name TEXT PRIMARY KEY, age INTEGER)");
    Statement insert(database, "INSERT INTO people (name) VALUES (?)");
    insert.run(std::string_view("Secretperson"));
    EXPECT_THAT(message_of<StoreError>([&] { insert.run(std::string_view("Secretperson")); }),
                testing::AllOf(HasSubstr("the store"), Not(HasSubstr("Secretperson"))));
    if (on_sqlite()) return;
    EXPECT_THAT(message_of<StoreError>([&] { database.run("SELECT 'Secretperson'::bigint"); }),
                testing::AllOf(HasSubstr("22P02"), Not(HasSubstr("Secretperson"))));
}

TEST_P(Connecting, AReadTransactionSeesOneState) {
    Store other = open();
    const Transaction transaction(database, Transaction::Kind::read);
    const auto count = [&] { return database.number("SELECT count(*) FROM store_secret"); };
    EXPECT_EQ(count(), 0);
    if (on_sqlite()) return;  // there the writer waits
    other.database().run("INSERT INTO store_secret (name, bytes) VALUES ('x', 'y')");
    EXPECT_EQ(count(), 0);
}

TEST_P(Connecting, ALockIsHeldByOneTransactionAtATime) {
    std::atomic<int> inside = 0, most = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            Store own = open();
            for (int n = 0; n < 5; ++n) {
                Transaction transaction(own.database(), Transaction::Kind::write);
                own.database().lock("this");
                most = std::max(most.load(), ++inside);
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
                --inside;
                transaction.commit();
            }
        });
    threads.clear();
    EXPECT_EQ(most, 1);
}

TEST_P(Connecting, ManyProcessesThatStartAtOnceMakeOneStore) {
    for (int run = 0; run < 5; ++run) {
        const StorePlace place(GetParam());
        std::vector<pid_t> children;
        for (int i = 0; i < 6; ++i) {
            const pid_t child = ::fork();
            if (child == 0) {
                const std::string message =
                    message_of<StoreError>([&] { Store(place.location(), StoreAccess::create); });
                std::fputs(message.c_str(), stderr);
                ::_exit(message.empty() ? 0 : 1);
            }
            children.push_back(child);
        }
        for (const pid_t child : children) {
            int status = 0;
            ::waitpid(child, &status, 0);
            EXPECT_EQ(status, 0);
        }
        Store made(place.location(), StoreAccess::existing);
        EXPECT_EQ(schema_of(made.database()), newest_schema());
    }
}

}  // namespace
}  // namespace optimat
