#include "store/saved_filters.hpp"

#include "store/store_places_for_tests.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SavedFilters : public StoreTest {
  protected:
    std::int64_t user_named(const std::string& name) {
        User user;
        user.sign_in_name = name;
        return add_user(database, user, "hash", "2018-11-05T09:30:00Z").number;
    }
    SavedFilter filter(const std::string& list, const std::string& name) const {
        return {0, ann, name, list, "block=step_down&status=still_to_review", "2018-11-05T09:30:00Z"};
    }
    std::vector<std::string> names(std::int64_t user) {
        std::vector<std::string> found;
        for (const SavedFilter& saved : list_saved_filters(database, user))
            found.push_back(saved.list + " " + saved.name);
        return found;
    }

    Store store = open();
    Database& database = store.database();
    std::int64_t ann = user_named("ann"), bea = user_named("bea");
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, SavedFilters, every_store, kind_of_store);

TEST_P(SavedFilters, AreTheUsersOwnByListThenName) {
    const SavedFilter saved = save_filter(database, filter("slow-reduction", "a"));
    EXPECT_GT(saved.number, 0);
    EXPECT_EQ(saved.query, "block=step_down&status=still_to_review");
    EXPECT_EQ(saved.saved_at, "2018-11-05T09:30:00Z");
    save_filter(database, filter("mat4", "b"));
    save_filter(database, filter("review-cohorts", "c"));
    save_filter(database, filter("2", "z"));
    save_filter(database, filter("2", "it's mine"));
    EXPECT_THAT(names(ann),
                ElementsAre("2 it's mine", "2 z", "review-cohorts c", "mat4 b", "slow-reduction a"));
    EXPECT_THAT(names(bea), IsEmpty());
}

TEST_P(SavedFilters, OfOneNameTakeEachOthersPlace) {
    const SavedFilter first = save_filter(database, filter("2", "mine"));
    SavedFilter again = filter("3", "mine");
    again.query = "block=at_or_above_threshold";
    EXPECT_EQ(save_filter(database, again).number, first.number);
    const auto list = list_saved_filters(database, ann);
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0].list, "3");
    EXPECT_EQ(list[0].query, "block=at_or_above_threshold");
    SavedFilter theirs = filter("2", "mine");
    theirs.user = bea;
    EXPECT_NE(save_filter(database, theirs).number, first.number);
    EXPECT_THAT(names(ann), ElementsAre("3 mine"));
}

TEST_P(SavedFilters, AreRemovedByTheirOwnerOnly) {
    const SavedFilter saved = save_filter(database, filter("2", "mine"));
    remove_saved_filter(database, bea, saved.number);
    remove_saved_filter(database, ann, saved.number + 100);
    EXPECT_THAT(names(ann), ElementsAre("2 mine"));
    remove_saved_filter(database, ann, saved.number);
    EXPECT_THAT(names(ann), IsEmpty());
}

TEST_P(SavedFilters, AreFiftyOfAUserAtMost) {
    for (int i = 0; i < 50; ++i)
        save_filter(database, filter("2", fmt::format("name {}", i)));
    EXPECT_THAT(message_of<UsageError>([&] { save_filter(database, filter("2", "one more")); }),
                HasSubstr("remove one"));
    EXPECT_NO_THROW(save_filter(database, filter("3", "name 7"))) << "in the place of one";
    SavedFilter theirs = filter("2", "one more");
    theirs.user = bea;
    EXPECT_NO_THROW(save_filter(database, theirs));
    EXPECT_EQ(list_saved_filters(database, ann).size(), 50u);
}

TEST_P(SavedFilters, NeedANameAndAList) {
    EXPECT_THAT(message_of<UsageError>([&] { save_filter(database, filter("2", "")); }),
                HasSubstr("needs a name"));
    EXPECT_THROW(save_filter(database, filter("2", std::string(61, 'x'))), UsageError);
    EXPECT_NO_THROW(save_filter(database, filter("2", std::string(60, 'x'))));
    EXPECT_THROW(save_filter(database, filter("9", "mine")), UsageError);
}

}  // namespace
}  // namespace optimat
