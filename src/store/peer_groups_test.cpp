#include "store/peer_groups.hpp"

#include "store/store_places_for_tests.hpp"

#include <gmock/gmock.h>

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SavedPeerGroup group_named(const std::string& name) {
    SavedPeerGroup group;
    group.name = name;
    group.services = {"S2", "S1", "S2"};
    group.author = "ann";
    group.changed_at = "2018-11-05T09:30:00Z";
    return group;
}

class PeerGroups : public StoreTest {
  protected:
    Store store = open();
    Database& database = store.database();
    Store second_store = open();
    Database& second = second_store.database();
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, PeerGroups, every_store, kind_of_store);

TEST_P(PeerGroups, AreSavedAndListedByName) {
    save_peer_group(database, group_named("rural"));
    const SavedPeerGroup saved = save_peer_group(database, group_named("Cities"));
    EXPECT_EQ(saved.version, 1);
    EXPECT_THAT(saved.services, ElementsAre("S1", "S2"));
    EXPECT_EQ(saved.author, "ann");
    EXPECT_EQ(saved.changed_at, "2018-11-05T09:30:00Z");
    const auto list = list_peer_groups(second);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0].name, "Cities");
    EXPECT_THAT(list[1].services, ElementsAre("S1", "S2"));
    EXPECT_EQ(find_peer_group(second, saved.number)->name, "Cities");
    EXPECT_EQ(find_peer_group(second, 999), std::nullopt);
}

TEST_P(PeerGroups, NeedANameOfTheirOwnAndTwoServices) {
    save_peer_group(database, group_named("rural"));
    EXPECT_THAT(message_of<UsageError>([&] { save_peer_group(database, group_named("rural")); }),
                HasSubstr("has this name"));
    EXPECT_THROW(save_peer_group(database, group_named("")), UsageError);
    SavedPeerGroup small = group_named("small");
    small.services = {"S1", "S1"};
    EXPECT_THROW(save_peer_group(database, small), UsageError);
    SavedPeerGroup other = save_peer_group(database, group_named("other"));
    other.name = "rural";
    EXPECT_THROW(save_peer_group(database, other), UsageError);
    EXPECT_EQ(list_peer_groups(database).size(), 2u);
}

TEST_P(PeerGroups, ThatSomebodyElseHasChangedAreNotOverwritten) {
    const SavedPeerGroup shown = save_peer_group(database, group_named("rural"));
    SavedPeerGroup mine = shown, theirs = shown;
    theirs.services = {"S7", "S8"};
    EXPECT_EQ(save_peer_group(second, theirs).version, 2);
    EXPECT_THROW(save_peer_group(database, mine), ConflictError);
    EXPECT_THROW(remove_peer_group(database, shown.number, shown.version), ConflictError);
    EXPECT_THAT(find_peer_group(database, shown.number)->services, ElementsAre("S7", "S8"));
    remove_peer_group(database, shown.number, 2);
    EXPECT_THAT(list_peer_groups(second), IsEmpty());
    EXPECT_THROW(save_peer_group(database, mine), ConflictError) << "it is gone";
    EXPECT_THROW(remove_peer_group(database, shown.number, 2), ConflictError);
    EXPECT_NE(save_peer_group(database, group_named("rural")).number, shown.number)
        << "a number is never given again";
}

}  // namespace
}  // namespace optimat
