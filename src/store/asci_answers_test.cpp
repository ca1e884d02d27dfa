#include "store/asci_answers.hpp"

#include "store/store_places_for_tests.hpp"

#include <atomic>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <thread>

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

AsciAnswer answer_of(const std::string& person, const std::string& author, const std::string& request) {
    AsciAnswer answer;
    answer.person = person;
    answer.at = "2018-11-05T09:30:00Z";
    answer.author = author;
    answer.author_role = "clinician";
    answer.service = "S1";
    answer.day = "2018-11-05";
    answer.inventory = "ASCI 1";
    answer.supervised_after = "false";
    answer.items = {{"vulnerable", "true"}, {"diverted", "false"}};
    answer.request = request;
    return answer;
}

class AsciAnswers : public StoreTest {
  protected:
    Store store = open();
    Database& database = store.database();
    Store second_store = open();
    Database& second = second_store.database();
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, AsciAnswers, every_store, kind_of_store);

TEST_P(AsciAnswers, KeepEveryField) {
    AsciAnswer given = answer_of("p1", "ann", "r1");
    given.supervised_before = "true";
    given.note = "it's \"?\" é";
    const AsciAnswer stored = add_asci_answer(database, given, 0);
    given.number = stored.number;
    EXPECT_GT(stored.number, 0);
    EXPECT_EQ(stored, given);
    EXPECT_THAT(asci_answers_of(second, "p1"), ElementsAre(given));
    EXPECT_EQ(newest_asci_answer(second), stored.number);
}

TEST_P(AsciAnswers, AreReadOfOnePersonAndOfAllFromANumberOn) {
    EXPECT_EQ(newest_asci_answer(database), 0);
    AsciAnswer empty = answer_of("p1", "ann", "r1");
    empty.items.clear();
    const AsciAnswer first = add_asci_answer(database, empty, {});
    const AsciAnswer other = add_asci_answer(database, answer_of("p2", "ann", "r2"), 0);
    AsciAnswer correction = answer_of("p1", "bea", "r3");
    correction.about = first.number;
    const AsciAnswer last = add_asci_answer(database, correction, first.number);
    EXPECT_THAT(asci_answers_of(second, "p1"), ElementsAre(first, last));
    EXPECT_THAT(asci_answers_after(second, first.number), ElementsAre(other, last));
    EXPECT_THAT(asci_answers_after(second, last.number), IsEmpty());
}

TEST_P(AsciAnswers, TheSameFormTwiceIsOneAndALaterOneIsAConflict) {
    const AsciAnswer first = add_asci_answer(database, answer_of("p1", "ann", "r1"), 0);
    EXPECT_EQ(add_asci_answer(second, answer_of("p1", "ann", "r1"), 0), first);
    EXPECT_THROW(add_asci_answer(second, answer_of("p1", "bea", "r2"), 0), ConflictError);
    EXPECT_THAT(asci_answers_of(database, "p1"), ElementsAre(first));
    EXPECT_THROW(add_asci_answer(second, answer_of("p2", "ann", "r1"), 0), UsageError);
    EXPECT_THROW(add_asci_answer(second, answer_of("p1", "ann", ""), {}), UsageError);
    EXPECT_THROW(add_asci_answer(database, answer_of("p1", "ann", std::string(65, 'r')), {}), UsageError);
}

TEST_P(AsciAnswers, StandInThePlaceOfOneOfTheSamePersonOnly) {
    const AsciAnswer first = add_asci_answer(database, answer_of("p1", "ann", "r1"), 0);
    AsciAnswer other = answer_of("p2", "ann", "r2");
    other.about = first.number;
    EXPECT_THAT(message_of<UsageError>([&] { add_asci_answer(database, other, {}); }),
                HasSubstr("no inventory"));
    other.about = first.number + 100;
    EXPECT_THROW(add_asci_answer(database, other, {}), UsageError);
}

TEST_P(AsciAnswers, AreCorrectedOnce) {
    const AsciAnswer first = add_asci_answer(database, answer_of("p1", "ann", "r1"), 0);
    AsciAnswer correction = answer_of("p1", "bea", "r2");
    correction.about = first.number;
    const AsciAnswer standing = add_asci_answer(database, correction, first.number);
    correction.request = "r3";
    EXPECT_THAT(message_of<UsageError>([&] { add_asci_answer(second, correction, {}); }),
                HasSubstr("corrected already"));
    correction.about = standing.number;
    EXPECT_NO_THROW(add_asci_answer(second, correction, {}));
}

TEST_P(AsciAnswers, AFormSentAgainWithSomethingElseInItIsAConflict) {
    AsciAnswer given = answer_of("p1", "ann", "r1");
    const AsciAnswer stored = add_asci_answer(database, given, 0);
    given.at = "2018-11-05T09:31:00Z";
    EXPECT_EQ(add_asci_answer(second, given, 0), stored);
    given.items["diverted"] = "true";
    EXPECT_THROW(add_asci_answer(second, given, stored.number), ConflictError);
    given = answer_of("p1", "ann", "r1");
    given.note = "changed";
    EXPECT_THROW(add_asci_answer(second, given, stored.number), ConflictError);
    EXPECT_THAT(asci_answers_of(database, "p1"), ElementsAre(stored));
}

TEST_P(AsciAnswers, CannotBeChangedByAnyStatement) {
    add_asci_answer(database, answer_of("p1", "ann", "r1"), 0);
    for (const char* const sql : {"UPDATE asci_answer SET note = ''", "DELETE FROM asci_answer",
                                  "UPDATE asci_answer_item SET value = ''", "DELETE FROM asci_answer_item"})
        EXPECT_THAT(message_of<StoreError>([&] { database.run(sql); }), HasSubstr("append only")) << sql;
    EXPECT_EQ(asci_answers_of(database, "p1").front().items.size(), 2u);
}

TEST_P(AsciAnswers, OfManyWhoSawTheSameOneIsWritten) {
    std::atomic<int> written = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 5; ++i)
        threads.emplace_back([&, i] {
            const Store own = open();
            try {
                add_asci_answer(own.database(), answer_of("p1", fmt::format("a{}", i), fmt::format("r{}", i)),
                                0);
                ++written;
            } catch (const ConflictError&) {
            }
        });
    threads.clear();
    EXPECT_EQ(written, 1);
    EXPECT_EQ(asci_answers_after(database, 0).size(), 1u);
}

}  // namespace
}  // namespace optimat
