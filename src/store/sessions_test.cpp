#include "store/sessions.hpp"

#include "store/store_places_for_tests.hpp"

#include <gmock/gmock.h>
#include <thread>

namespace optimat {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::int64_t start = 1'541'000'000;
constexpr SessionLimits limits{600, 3600};

class Sessions : public StoreTest {
  protected:
    User add(const std::string& name) {
        User user;
        user.sign_in_name = name;
        user.services = {"S1"};
        return add_user(database, user, "hash", "2018-11-05T09:30:00Z");
    }
    bool is_in(const std::string& secret, std::int64_t at) {
        return find_session(database, secret, at, limits).has_value();
    }
    std::int64_t rows(const std::string& table) { return database.number("SELECT count(*) FROM " + table); }
    /// Failures of a name, each from an address of its own.
    void fail(const std::string& name, int times, std::int64_t at) {
        for (int i = 0; i < times; ++i)
            record_failure(database, name, "address " + std::to_string(++m_addresses), at);
    }
    std::int64_t wait_of(const std::string& name, std::int64_t at) {
        return seconds_to_wait(database, name, "an address without failures", at);
    }

    Store store = open();
    Database& database = store.database();
    Store second_store = open();
    Database& second = second_store.database();
    User ann = add("ann");
    int m_addresses = 0;
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, Sessions, every_store, kind_of_store);

TEST_P(Sessions, AreFoundByTheirSecretOnEveryConnection) {
    const std::string secret = begin_session(database, ann.number, start);
    EXPECT_THAT(secret, SizeIs(43));
    EXPECT_EQ(secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              secret.npos);
    EXPECT_NE(secret, begin_session(database, ann.number, start));
    const auto session = find_session(second, secret, start, limits);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->user.number, ann.number);
    EXPECT_THAT(session->user.services, testing::ElementsAre("S1"));
    EXPECT_EQ(session->begun_at, start);
    EXPECT_EQ(session->seen_at, start);
    EXPECT_THAT(session->hash, SizeIs(64));
    EXPECT_EQ(database.number("SELECT count(*) FROM session WHERE hash = '" + secret + "'"), 0)
        << "the hash only";
    EXPECT_FALSE(is_in(secret + "x", start));
    EXPECT_FALSE(is_in(session->hash, start));
    EXPECT_FALSE(is_in("", start));
}

TEST_P(Sessions, EndWhenIdleForLongerThanTheLimit) {
    const std::string secret = begin_session(database, ann.number, start);
    EXPECT_FALSE(is_in(secret, start + 601));
    EXPECT_TRUE(is_in(secret, start + 600));
    EXPECT_TRUE(is_in(secret, start + 1200)) << "counted from when it was last seen";
    EXPECT_FALSE(is_in(secret, start + 1801));
}

TEST_P(Sessions, EndAfterTheAbsoluteLimitHoweverBusy) {
    const std::string secret = begin_session(database, ann.number, start);
    for (std::int64_t at = start; at <= start + 3600; at += 300)
        EXPECT_TRUE(is_in(secret, at));
    EXPECT_FALSE(is_in(secret, start + 3601));
}

TEST_P(Sessions, AreMarkedAsSeenAtMostOnceAMinute) {
    const std::string secret = begin_session(database, ann.number, start);
    EXPECT_EQ(find_session(database, secret, start + 59, limits)->seen_at, start);
    EXPECT_EQ(database.number("SELECT seen_at FROM session"), start);
    EXPECT_EQ(find_session(database, secret, start + 60, limits)->seen_at, start + 60);
    EXPECT_EQ(database.number("SELECT seen_at FROM session"), start + 60);
}

TEST_P(Sessions, AreEndedOneByOneAndByUser) {
    const User bea = add("bea");
    const std::string one = begin_session(database, ann.number, start),
                      two = begin_session(database, ann.number, start),
                      other = begin_session(database, bea.number, start);
    end_session(second, find_session(database, one, start, limits)->hash);
    EXPECT_FALSE(is_in(one, start));
    EXPECT_TRUE(is_in(two, start));
    end_sessions_of(second, ann.number);
    EXPECT_FALSE(is_in(two, start));
    EXPECT_TRUE(is_in(other, start));
}

TEST_P(Sessions, AndAllThatHasRunOutAreRemoved) {
    const std::string old = begin_session(database, ann.number, start);
    begin_session(database, ann.number, start + 1);
    make_setup_secret(database, start);
    record_failure(database, "ann", "peer", start);
    remove_expired(database, start + 600, limits);
    EXPECT_EQ(rows("session"), 2);
    remove_expired(database, start + 601, limits);
    EXPECT_EQ(rows("session"), 1);
    EXPECT_FALSE(is_in(old, start));
    EXPECT_EQ(rows("sign_in_failure"), 1);
    remove_expired(database, start + 899, limits);
    EXPECT_EQ(rows("sign_in_failure"), 1);
    remove_expired(database, start + 900, limits);
    EXPECT_EQ(rows("sign_in_failure"), 0);
    remove_expired(database, start + 86400, limits);
    EXPECT_EQ(rows("setup_link"), 1);
    remove_expired(database, start + 86401, limits);
    EXPECT_EQ(rows("setup_link"), 0);
}

TEST_P(Sessions, TokensHoldUntilTheyExpire) {
    const std::string secret = add_token(database, ann.number, "monthly report", start, start + 1000);
    EXPECT_THAT(secret, SizeIs(43));
    EXPECT_EQ(find_token_user(second, secret, start)->number, ann.number);
    EXPECT_TRUE(find_token_user(second, secret, start + 999));
    EXPECT_FALSE(find_token_user(second, secret, start + 1000));
    EXPECT_FALSE(find_token_user(second, "", start));
    EXPECT_EQ(database.number("SELECT count(*) FROM access_token WHERE hash = '" + secret + "'"), 0);
}

TEST_P(Sessions, TokensAreListedWithTheirUse) {
    const std::string secret = add_token(database, ann.number, "one", start, start + 1000);
    add_token(database, ann.number, "two", start + 1, start + 2000);
    auto tokens = list_tokens(database, ann.number);
    ASSERT_THAT(tokens, SizeIs(2));
    EXPECT_EQ(tokens[0].label, "one");
    EXPECT_EQ(tokens[0].user, ann.number);
    EXPECT_EQ(tokens[0].created_at, start);
    EXPECT_EQ(tokens[0].expires_at, start + 1000);
    EXPECT_EQ(tokens[0].used_at, 0);
    EXPECT_EQ(tokens[1].label, "two");
    find_token_user(database, secret, start + 10);
    find_token_user(database, secret, start + 69);
    EXPECT_EQ(list_tokens(second, ann.number)[0].used_at, start + 10);
    find_token_user(database, secret, start + 70);
    EXPECT_EQ(list_tokens(second, ann.number)[0].used_at, start + 70);
    EXPECT_THAT(list_tokens(database, add("bea").number), IsEmpty());
}

TEST_P(Sessions, TokensAreRemovedByTheirOwnerOnly) {
    const std::string secret = add_token(database, ann.number, "one", start, start + 1000);
    const std::int64_t number = list_tokens(database, ann.number)[0].number;
    remove_token(database, add("bea").number, number);
    EXPECT_TRUE(find_token_user(database, secret, start));
    remove_token(database, ann.number, number);
    EXPECT_FALSE(find_token_user(database, secret, start));
    add_token(database, ann.number, "two", start, start + 1000);
    EXPECT_NE(list_tokens(database, ann.number)[0].number, number) << "a number is never given again";
}

class FirstStart : public StoreTest {
  protected:
    Store store = open();
    Database& database = store.database();
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, FirstStart, every_store, kind_of_store);

TEST_P(FirstStart, LinkHoldsForADayAndTheNewestOnly) {
    const std::string first = make_setup_secret(database, start), secret = make_setup_secret(database, start);
    EXPECT_FALSE(is_setup_secret(database, first, start));
    EXPECT_TRUE(is_setup_secret(database, secret, start));
    EXPECT_TRUE(is_setup_secret(database, secret, start + 86400));
    EXPECT_FALSE(is_setup_secret(database, secret, start + 86401));
    EXPECT_FALSE(is_setup_secret(database, "", start));
    forget_setup_secret(database);
    EXPECT_FALSE(is_setup_secret(database, secret, start));
}

TEST_P(FirstStart, LinkMakesOneUserHoweverManyFollowItAtOnce) {
    const std::string secret = make_setup_secret(database, start);
    std::atomic<int> made = 0;
    const auto follow = [&](const std::string& name) {
        Store own = open();
        Transaction transaction(own.database(), Transaction::Kind::write);
        if (!is_setup_secret(own.database(), secret, start)) return;
        User user;
        user.sign_in_name = name;
        add_user(own.database(), user, "hash", "2018-11-05T09:30:00Z");
        forget_setup_secret(own.database());
        transaction.commit();
        ++made;
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back(follow, "user" + std::to_string(i));
    }
    EXPECT_EQ(made, 1);
    EXPECT_EQ(count_users(database), 1);
    EXPECT_FALSE(is_setup_secret(database, secret, start));
}

TEST_P(Sessions, FiveFailuresOfANameAreFreeAndThenTheWaitDoubles) {
    fail("ann", 5, start);
    EXPECT_EQ(wait_of("ann", start), 0);
    std::int64_t expected = 2;
    for (int failure = 6; failure <= 14; ++failure) {
        fail("ann", 1, start);
        EXPECT_EQ(wait_of("ann", start), expected) << failure << " failures";
        expected *= 2;
    }
    fail("ann", 1, start);
    EXPECT_EQ(wait_of("ann", start), 900) << "1,024 seconds would be more than a quarter of an hour";
    fail("ann", 50, start);
    EXPECT_EQ(wait_of("ann", start), 900);
    EXPECT_EQ(wait_of("bea", start), 0);
}

TEST_P(Sessions, TheWaitRunsOutFromTheLastFailure) {
    fail("ann", 7, start);
    EXPECT_EQ(wait_of("ann", start + 1), 3);
    EXPECT_EQ(wait_of("ann", start + 3), 1);
    EXPECT_EQ(wait_of("ann", start + 4), 0);
    fail("ann", 1, start + 100);
    EXPECT_EQ(wait_of("ann", start + 100), 8);
}

TEST_P(Sessions, FailuresCountForAQuarterOfAnHour) {
    fail("ann", 5, start);
    fail("ann", 1, start + 899);
    EXPECT_EQ(wait_of("ann", start + 899), 2);
    EXPECT_EQ(wait_of("ann", start + 900), 0) << "one failure is left in the window";
    fail("ann", 1, start + 900);
    EXPECT_EQ(wait_of("ann", start + 900), 0);
}

TEST_P(Sessions, AnAddressMayFailFiveTimesAsOften) {
    for (int i = 0; i < 25; ++i)
        record_failure(database, "user" + std::to_string(i), "10.0.0.1", start);
    EXPECT_EQ(seconds_to_wait(database, "ann", "10.0.0.1", start), 0);
    record_failure(database, "another", "10.0.0.1", start);
    EXPECT_EQ(seconds_to_wait(second, "ann", "10.0.0.1", start), 2);
    EXPECT_EQ(seconds_to_wait(second, "ann", "10.0.0.2", start), 0);
}

TEST_P(Sessions, AnAddressOfTheNewKindCountsAsItsNetwork) {
    for (int i = 0; i <= 25; ++i)
        record_failure(database, "user" + std::to_string(i), "2001:db8:1:2::" + std::to_string(i + 1), start);
    EXPECT_EQ(seconds_to_wait(database, "ann", "2001:db8:1:2:ffff::9", start), 2);
    EXPECT_EQ(seconds_to_wait(database, "ann", "2001:db8:1:3::1", start), 0);
}

TEST_P(Sessions, FailuresOfANameCountWhateverItsCaseAndAreForgotten) {
    fail("Ann", 3, start);
    fail("aNN", 3, start);
    EXPECT_EQ(wait_of("ann", start), 2);
    fail("bea", 6, start);
    forget_failures(database, "ANN");
    EXPECT_EQ(wait_of("ann", start), 0);
    EXPECT_EQ(wait_of("bea", start), 2);
}

TEST_P(Sessions, WhatWasTypedAsANameIsNotStored) {
    record_failure(database, "my password", "10.0.0.1", start);
    Statement row(database, "SELECT name_hash, peer_hash FROM sign_in_failure");
    row.start();
    ASSERT_TRUE(row.next());
    EXPECT_THAT(std::string(row.text(0)), Not(HasSubstr("password")));
    EXPECT_THAT(std::string(row.text(1)), Not(HasSubstr("10.0")));
}

TEST_P(Sessions, SecretsOfTheStoreAreSharedByItsProcesses) {
    std::array<std::string, 4> secrets;
    {
        std::vector<std::jthread> threads;
        for (std::string& secret : secrets)
            threads.emplace_back([&] { secret = store_secret(open().database(), "references"); });
    }
    EXPECT_THAT(secrets[0], SizeIs(32));
    for (const std::string& secret : secrets)
        EXPECT_EQ(secret, secrets[0]);
    EXPECT_EQ(store_secret(database, "references"), secrets[0]);
    EXPECT_NE(store_secret(database, "another"), secrets[0]);
}

TEST(Passwords, AreKeptAsArgon2idOfNineteenMegabytes) {
    const std::string hash = hash_password("correct horse");
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
    EXPECT_NE(hash, hash_password("correct horse")) << "salted";
    EXPECT_TRUE(verify_password(hash, "correct horse"));
    EXPECT_FALSE(verify_password(hash, "correct horsf"));
    EXPECT_FALSE(verify_password(hash, ""));
    EXPECT_FALSE(verify_password("", "correct horse"));
    EXPECT_FALSE(verify_password(std::string(500, 'x'), "correct horse"));
    EXPECT_FALSE(needs_rehash(hash));
    EXPECT_TRUE(needs_rehash("$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    EXPECT_TRUE(verify_password(hash_password(std::string("a\0b", 3)), std::string("a\0b", 3)));
    EXPECT_FALSE(verify_password(hash_password(std::string("a\0b", 3)), "a"));
}

}  // namespace
}  // namespace optimat
