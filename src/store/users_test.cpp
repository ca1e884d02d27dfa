#include "store/users.hpp"

#include "store/sessions.hpp"
#include "store/store_places_for_tests.hpp"

#include <gmock/gmock.h>
#include <set>
#include <thread>

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* now = "2018-11-05T09:30:00Z";

User user_named(const std::string& sign_in_name) {
    User user;
    user.sign_in_name = sign_in_name;
    user.name = "Somebody";
    user.role = Role::service_manager;
    user.services = {"S2", "S1", "S2"};
    user.keyworker_id = "K7";
    return user;
}

class Users : public StoreTest {
  protected:
    User add(const std::string& name) { return add_user(database, user_named(name), "hash of " + name, now); }

    Store store = open();
    Database& database = store.database();
    Store second_store = open();
    Database& second = second_store.database();
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, Users, every_store, kind_of_store);

TEST(RoleText, NamesEveryRoleOnce) {
    std::set<std::string_view> texts, words;
    for (std::size_t i = 0; i < role_count; ++i) {
        const auto role = static_cast<Role>(i);
        EXPECT_EQ(role_of(text_of(role)), role);
        texts.insert(text_of(role));
        words.insert(words_for(role));
    }
    EXPECT_EQ(texts.size(), role_count);
    EXPECT_EQ(words.size(), role_count);
    EXPECT_EQ(text_of(Role::administrator), "administrator");
    EXPECT_EQ(words_for(Role::recovery_worker), "recovery worker");
    EXPECT_EQ(role_of("Administrator"), std::nullopt);
}

TEST_P(Users, AreStoredAsGiven) {
    EXPECT_EQ(count_users(database), 0);
    const User added = add("Ann.Example-1_x@y");
    EXPECT_GT(added.number, 0);
    EXPECT_EQ(added.sign_in_name, "Ann.Example-1_x@y");
    EXPECT_EQ(added.name, "Somebody");
    EXPECT_EQ(added.role, Role::service_manager);
    EXPECT_FALSE(added.whole_organisation);
    EXPECT_THAT(added.services, ElementsAre("S1", "S2"));
    EXPECT_EQ(added.keyworker_id, "K7");
    EXPECT_TRUE(added.active);
    EXPECT_EQ(added.version, 1);
    EXPECT_EQ(added.created_at, now);
    EXPECT_EQ(added.last_sign_in_at, "");
    EXPECT_EQ(count_users(second), 1);
    EXPECT_EQ(find_user(second, added.number)->services, added.services);
    EXPECT_EQ(find_user(second, added.number + 1), std::nullopt);
    EXPECT_EQ(password_hash_of(second, added.number), "hash of Ann.Example-1_x@y");
    EXPECT_THROW(password_hash_of(second, added.number + 1), UsageError);
}

TEST_P(Users, AreListedByNameWhateverItsCase) {
    for (const char* const name : {"bea", "Carl", "ANN"})
        add(name);
    std::vector<std::string> names;
    for (const User& user : list_users(database))
        names.push_back(user.sign_in_name);
    EXPECT_THAT(names, ElementsAre("ANN", "bea", "Carl"));
    EXPECT_THAT(list_users(database)[1].services, ElementsAre("S1", "S2"));
}

TEST_P(Users, HaveNamesUniqueWhateverTheirCase) {
    const User ann = add("Ann"), bea = add("bea");
    EXPECT_EQ(find_user_by_name(database, "aNN")->number, ann.number);
    EXPECT_EQ(find_user_by_name(database, "an"), std::nullopt);
    EXPECT_THAT(message_of<UsageError>([&] { add("ANN"); }), HasSubstr("another user has this"));
    User renamed = bea;
    renamed.sign_in_name = "aNn";
    EXPECT_THROW(change_user(database, renamed), UsageError);
    renamed.sign_in_name = "BEA";
    EXPECT_EQ(change_user(database, renamed).sign_in_name, "BEA") << "one's own name in other letters";
    EXPECT_EQ(count_users(database), 2);
}

TEST_P(Users, HaveNamesOfPlainCharacters) {
    for (const std::string& bad :
         {std::string(), std::string(61, 'x'), std::string("a b"), std::string("a?b"), std::string("é"),
          std::string("a\0b", 3), std::string("a\n"), std::string("a'b")})
        EXPECT_THROW(add(bad), UsageError);
    EXPECT_EQ(count_users(database), 0);
    EXPECT_EQ(add(std::string(60, 'x')).sign_in_name.size(), 60u);
}

TEST_P(Users, OfTheWholeOrganisationHaveNoServices) {
    User user = user_named("ann");
    user.whole_organisation = true;
    const User added = add_user(database, user, "hash", now);
    EXPECT_TRUE(added.whole_organisation);
    EXPECT_THAT(added.services, IsEmpty());
}

TEST_P(Users, ChangeEverythingButThePassword) {
    User user = add("ann");
    user.name = "Ann Again";
    user.role = Role::commissioner;
    user.services = {"S9"};
    user.keyworker_id = "";
    const User changed = change_user(database, user);
    EXPECT_EQ(changed.version, 2);
    const User stored = find_user(second, user.number).value();
    EXPECT_EQ(stored.name, "Ann Again");
    EXPECT_EQ(stored.role, Role::commissioner);
    EXPECT_THAT(stored.services, ElementsAre("S9"));
    EXPECT_EQ(stored.keyworker_id, "");
    EXPECT_EQ(stored.version, 2);
    EXPECT_EQ(stored.created_at, now);
    EXPECT_EQ(password_hash_of(second, user.number), "hash of ann");
}

TEST_P(Users, ThatSomebodyElseHasChangedAreNotOverwritten) {
    const User shown = add("ann");
    User mine = shown, theirs = shown;
    theirs.name = "Theirs";
    change_user(second, theirs);
    mine.name = "Mine";
    mine.services = {"S5"};
    EXPECT_THROW(change_user(database, mine), ConflictError);
    EXPECT_EQ(find_user(database, shown.number)->name, "Theirs");
    EXPECT_THAT(find_user(database, shown.number)->services, ElementsAre("S1", "S2"));
    EXPECT_FALSE(database.in_transaction());
    mine.number = 999;
    mine.sign_in_name = "other";
    EXPECT_THROW(change_user(database, mine), ConflictError) << "a user who is not there";
}

TEST_P(Users, OfTwoChangesAtOnceOneWins) {
    const User shown = add("ann");
    std::atomic<int> won = 0, lost = 0;
    const auto change = [&](Database& own, const char* name) {
        User mine = shown;
        mine.name = name;
        try {
            change_user(own, mine);
            ++won;
        } catch (const ConflictError&) {
            ++lost;
        }
    };
    {
        const std::jthread one([&] { change(database, "One"); }), two([&] { change(second, "Two"); });
    }
    EXPECT_EQ(won, 1);
    EXPECT_EQ(lost, 1);
    EXPECT_EQ(find_user(database, shown.number)->version, 2);
}

TEST_P(Users, OfTwoOfOneNameAtOnceOneIsAdded) {
    std::atomic<int> added = 0, refused = 0;
    const auto add_to = [&](Database& own, const char* name) {
        try {
            add_user(own, user_named(name), "hash", now);
            ++added;
        } catch (const UsageError&) {
            ++refused;
        }
    };
    for (int run = 0; run < 10; ++run) {
        const std::string name = "user" + std::to_string(run), loud = "USER" + std::to_string(run);
        const std::jthread one([&] { add_to(database, name.c_str()); }),
            two([&] { add_to(second, loud.c_str()); });
    }
    EXPECT_EQ(added, 10);
    EXPECT_EQ(refused, 10);
}

TEST_P(Users, WhoBecomeInactiveLoseSessionsAndTokens) {
    User ann = add("ann");
    const User bea = add("bea");
    const std::string session = begin_session(database, ann.number, 1000);
    const std::string other = begin_session(database, bea.number, 1000);
    const std::string token = add_token(database, ann.number, "script", 1000, 5000);
    ann.active = false;
    change_user(database, ann);
    EXPECT_EQ(find_session(database, session, 1000, {}), std::nullopt);
    EXPECT_NE(find_session(database, other, 1000, {}), std::nullopt);
    EXPECT_THAT(list_tokens(database, ann.number), IsEmpty());
    ann = find_user(database, ann.number).value();
    ann.active = true;
    change_user(database, ann);
    EXPECT_EQ(find_session(database, session, 1000, {}), std::nullopt) << "ended, not suspended";
    EXPECT_EQ(find_token_user(database, token, 1000), std::nullopt);
}

TEST_P(Users, KeepTheSessionInWhichTheyChangeTheirPassword) {
    const User ann = add("ann"), bea = add("bea");
    const std::string here = begin_session(database, ann.number, 1000),
                      there = begin_session(database, ann.number, 1000),
                      others = begin_session(database, bea.number, 1000);
    change_password(database, ann.number, "new hash", find_session(database, here, 1000, {})->hash);
    EXPECT_EQ(password_hash_of(database, ann.number), "new hash");
    EXPECT_NE(find_session(database, here, 1000, {}), std::nullopt);
    EXPECT_EQ(find_session(database, there, 1000, {}), std::nullopt);
    EXPECT_NE(find_session(database, others, 1000, {}), std::nullopt);
    change_password(database, ann.number, "newer hash", "");
    EXPECT_EQ(find_session(database, here, 1000, {}), std::nullopt);
}

TEST_P(Users, RememberTheirLastSignInWithoutANewVersion) {
    const User ann = add("ann");
    record_sign_in(database, ann.number, "2018-11-06T08:00:00Z");
    const User found = find_user(database, ann.number).value();
    EXPECT_EQ(found.last_sign_in_at, "2018-11-06T08:00:00Z");
    EXPECT_EQ(found.version, 1);
}

TEST_P(Users, JoinTheTransactionOfTheirCaller) {
    User ann = add("ann");
    {
        Transaction transaction(database, Transaction::Kind::write);
        add("bea");
        ann.name = "Undone";
        change_user(database, ann);
        EXPECT_TRUE(database.in_transaction());
    }
    EXPECT_EQ(count_users(second), 1);
    EXPECT_EQ(find_user(second, ann.number)->name, "Somebody");
}

}  // namespace
}  // namespace optimat
