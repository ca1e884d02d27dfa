#include "store/reviews.hpp"

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

ReviewEntry review_of(const std::string& person, const std::string& author, const std::string& request) {
    ReviewEntry entry;
    entry.person = person;
    entry.at = "2018-11-05T09:30:00Z";
    entry.author = author;
    entry.author_role = "clinician";
    entry.service = "S1";
    entry.as_at = "2018-10-31";
    entry.day = "2018-11-05";
    entry.lists = {"1", "2"};
    entry.outcomes = {"dose_increased", "naloxone_supplied"};
    entry.request = request;
    return entry;
}

ReviewEntry about(EntryKind kind, const ReviewEntry& review, const std::string& author,
                  const std::string& request) {
    ReviewEntry entry;
    entry.person = review.person;
    entry.kind = kind;
    entry.at = "2018-11-06T09:30:00Z";
    entry.author = author;
    entry.author_role = "clinician";
    entry.about = review.number;
    entry.request = request;
    return entry;
}

class Reviews : public StoreTest {
  protected:
    ReviewEntry add(const ReviewEntry& entry, std::optional<std::int64_t> seen = {}) {
        return add_review_entry(database, entry, seen);
    }
    std::string refusal(const ReviewEntry& entry) {
        return message_of<UsageError>([&] { add(entry); });
    }

    Store store = open();
    Database& database = store.database();
    Store second_store = open();
    Database& second = second_store.database();
};
INSTANTIATE_TEST_SUITE_P(OnEveryStore, Reviews, every_store, kind_of_store);

TEST_P(Reviews, KeepEveryField) {
    ReviewEntry given = review_of("p1", "ann", "r1");
    given.reason = "discharge";
    given.not_indicated_reason = "treatment_suits";
    given.advice = "not_recorded";
    given.deferred_to = "2018-12-01";
    given.assigned_to = "bea";
    given.note = "it's \"?\" é\nnext line";
    given.needs_co_signature = true;
    given.escalated = true;
    const ReviewEntry stored = add(given);
    EXPECT_GT(stored.number, 0);
    given.number = stored.number;
    EXPECT_EQ(stored, given);
    EXPECT_EQ(find_review_entry(second, stored.number), given);
    EXPECT_THAT(review_entries_of(second, "p1"), ElementsAre(given));
    EXPECT_EQ(find_review_entry(second, stored.number + 1), std::nullopt);
}

TEST_P(Reviews, AreReadOfOnePersonAndOfAllFromANumberOn) {
    EXPECT_EQ(newest_review_entry(database), 0);
    EXPECT_THAT(review_entries_after(database, 0), IsEmpty());
    const ReviewEntry first = add(review_of("p1", "ann", "r1"));
    ReviewEntry plain = review_of("p2", "ann", "r2");
    plain.lists.clear();
    plain.outcomes.clear();
    plain.kind = EntryKind::claim;
    plain.assigned_to = "bea";
    const ReviewEntry second_entry = add(plain), third = add(review_of("p1", "bea", "r3"));
    EXPECT_LT(first.number, second_entry.number);
    EXPECT_LT(second_entry.number, third.number);
    EXPECT_THAT(review_entries_of(second, "p1"), ElementsAre(first, third));
    EXPECT_THAT(review_entries_after(second, first.number), ElementsAre(second_entry, third));
    EXPECT_THAT(review_entries_after(second, third.number), IsEmpty());
    EXPECT_EQ(newest_review_entry(second), third.number);
}

TEST_P(Reviews, TheSameFormSentTwiceIsOneEntry) {
    const ReviewEntry first = add(review_of("p1", "ann", "r1"), 0);
    // It was stored although the answer was lost; what came after does not make the second try a conflict.
    add(review_of("p1", "bea", "r2"), first.number);
    EXPECT_EQ(add_review_entry(second, review_of("p1", "ann", "r1"), 0), first);
    EXPECT_EQ(review_entries_of(second, "p1").size(), 2u);
    EXPECT_THAT(refusal(review_of("p2", "ann", "r1")), HasSubstr("sent before"));
    EXPECT_THAT(refusal(review_of("p1", "bea", "r1")), HasSubstr("sent before"));
    for (const std::string& request :
         {std::string(), std::string(65, 'r'), std::string("a\0b", 3), std::string("\xff")})
        EXPECT_THAT(refusal(review_of("p1", "ann", request)), HasSubstr("random text"));
    EXPECT_EQ(add(review_of("p1", "ann", std::string(64, 'r'))).request, std::string(64, 'r'));
}

TEST_P(Reviews, ThatSomebodyElseHasWrittenMeanwhileAreAConflictAndNothingIsWritten) {
    const ReviewEntry theirs = add(review_of("p1", "ann", "r1"), 0);
    EXPECT_THROW(add_review_entry(second, review_of("p1", "bea", "r2"), 0), ConflictError);
    EXPECT_THAT(review_entries_of(database, "p1"), ElementsAre(theirs));
    add(review_of("p2", "ann", "r3"), 0);
    EXPECT_NO_THROW(add_review_entry(second, review_of("p1", "bea", "r2"), theirs.number))
        << "only the person's own entries count";
    EXPECT_NO_THROW(add_review_entry(second, review_of("p1", "bea", "r4"), std::nullopt));
}

TEST_P(Reviews, AConflictLeavesTheTransactionThatItIsPartOf) {
    add(review_of("p1", "ann", "r1"), 0);
    Transaction transaction(second, Transaction::Kind::write);
    EXPECT_THROW(add_review_entry(second, review_of("p1", "bea", "r2"), 0), ConflictError);
    add_review_entry(second, review_of("p2", "bea", "r3"), 0);
    transaction.commit();
    EXPECT_EQ(review_entries_after(database, 0).size(), 2u);
}

TEST_P(Reviews, AreSignedByAnotherOnce) {
    const ReviewEntry plain = add(review_of("p1", "ann", "r1"));
    EXPECT_THAT(refusal(about(EntryKind::co_signature, plain, "bea", "r2")),
                HasSubstr("no second signature"));
    ReviewEntry waiting = review_of("p1", "ann", "r3");
    waiting.needs_co_signature = true;
    waiting = add(waiting);
    EXPECT_THAT(refusal(about(EntryKind::co_signature, waiting, "ann", "r4")), HasSubstr("yourself"));
    const ReviewEntry signature = add(about(EntryKind::co_signature, waiting, "bea", "r5"));
    EXPECT_EQ(signature.about, waiting.number);
    EXPECT_THAT(refusal(about(EntryKind::co_signature, waiting, "cas", "r6")), HasSubstr("already"));
    EXPECT_EQ(add(about(EntryKind::co_signature, waiting, "bea", "r5")), signature);
}

TEST_P(Reviews, AreWithdrawnAndAcknowledgedOnce) {
    ReviewEntry review = review_of("p1", "ann", "r1");
    EXPECT_THAT(refusal(about(EntryKind::acknowledgement, add(review), "bea", "r2")),
                HasSubstr("not been escalated"));
    review.request = "r3";
    review.escalated = true;
    review = add(review);
    EXPECT_THAT(refusal(about(EntryKind::acknowledgement, review, "ann", "r3a")), HasSubstr("yourself"));
    add(about(EntryKind::acknowledgement, review, "bea", "r4"));
    EXPECT_THAT(refusal(about(EntryKind::acknowledgement, review, "bea", "r5")), HasSubstr("already"));
    add(about(EntryKind::withdrawal, review, "ann", "r6"));
    EXPECT_THAT(refusal(about(EntryKind::withdrawal, review, "ann", "r7")), HasSubstr("already"));
}

// Else two corrections of one review would both count.
TEST_P(Reviews, AreCorrectedSignedAndWithdrawnWhileTheyStand) {
    ReviewEntry first = review_of("p1", "ann", "r1");
    first.needs_co_signature = first.escalated = true;
    first = add(first);
    ReviewEntry correction = review_of("p1", "bea", "r2");
    correction.about = first.number;
    correction.needs_co_signature = true;
    const ReviewEntry standing = add(correction);
    correction.request = "r3";
    const std::string corrected = fmt::format("corrected by No. {}", standing.number);
    EXPECT_THAT(refusal(correction), HasSubstr(corrected));
    EXPECT_THAT(refusal(about(EntryKind::co_signature, first, "cas", "r4")), HasSubstr(corrected));
    EXPECT_THAT(refusal(about(EntryKind::withdrawal, first, "ann", "r5")), HasSubstr(corrected));
    EXPECT_EQ(add(about(EntryKind::acknowledgement, first, "cas", "r6")).about, first.number)
        << "what was escalated is to be seen even when it was corrected";
    add(about(EntryKind::withdrawal, standing, "bea", "r7"));
    correction.about = standing.number;
    EXPECT_THAT(refusal(correction), HasSubstr("withdrawn already"));
    EXPECT_THAT(refusal(about(EntryKind::co_signature, standing, "cas", "r8")),
                HasSubstr("withdrawn already"));
    EXPECT_EQ(review_entries_of(second, "p1").size(), 4u);
}

TEST_P(Reviews, AFormSentAgainWithSomethingElseInItIsAConflict) {
    ReviewEntry given = review_of("p1", "ann", "r1");
    const ReviewEntry stored = add(given, 0);
    const auto conflicts = [&](auto change) {
        ReviewEntry changed = given;
        change(changed);
        EXPECT_THAT(message_of<ConflictError>([&] { add_review_entry(second, changed, stored.number); }),
                    HasSubstr("something else in it"));
    };
    conflicts([](ReviewEntry& entry) { entry.outcomes = {"referred"}; });
    conflicts([](ReviewEntry& entry) { entry.lists = {"1"}; });
    conflicts([](ReviewEntry& entry) { entry.note = "more"; });
    conflicts([](ReviewEntry& entry) { entry.day = "2018-11-04"; });
    conflicts([](ReviewEntry& entry) { entry.kind = EntryKind::release; });
    conflicts([](ReviewEntry& entry) { entry.assigned_to = "bea"; });
    conflicts([&](ReviewEntry& entry) { entry.about = stored.number; });
    given.at = "2018-11-05T09:31:00Z";
    given.service = "S2";
    EXPECT_EQ(add(given, 0), stored) << "sent later, it still says the same";
    EXPECT_THAT(review_entries_of(database, "p1"), ElementsAre(stored));
}

TEST_P(Reviews, AreOnlyAboutAReviewOfTheSamePerson) {
    const ReviewEntry review = add(review_of("p1", "ann", "r1"));
    ReviewEntry other = about(EntryKind::withdrawal, review, "ann", "r2");
    other.person = "p2";
    EXPECT_THAT(refusal(other), HasSubstr("no review of this person"));
    other = about(EntryKind::withdrawal, review, "ann", "r3");
    other.about = review.number + 100;
    EXPECT_THAT(refusal(other), HasSubstr("no review of this person"));
    other.about = 0;
    EXPECT_THAT(refusal(other), HasSubstr("which review"));
    ReviewEntry claim = about(EntryKind::claim, review, "ann", "r4");
    EXPECT_THAT(refusal(claim), HasSubstr("not about"));
    claim.about = 0;
    claim = add(claim);
    EXPECT_THAT(refusal(about(EntryKind::withdrawal, claim, "ann", "r5")), HasSubstr("no review"));
    ReviewEntry correction = review_of("p1", "bea", "r6");
    correction.about = review.number;
    EXPECT_EQ(add(correction).about, review.number);
}

TEST_P(Reviews, CannotBeChangedByAnyStatement) {
    add(review_of("p1", "ann", "r1"));
    for (const char* const table : {"review_entry", "review_entry_list", "review_entry_outcome"}) {
        const std::string column = table == std::string("review_entry") ? "number" : "entry";
        for (const std::string& sql :
             {fmt::format("UPDATE {} SET {} = 7", table, column), fmt::format("DELETE FROM {}", table)})
            EXPECT_THAT(message_of<StoreError>([&] { database.run(sql); }), HasSubstr("append only")) << sql;
        if (!on_sqlite()) {
            EXPECT_THAT(
                message_of<StoreError>([&] { database.run(fmt::format("TRUNCATE {} CASCADE", table)); }),
                HasSubstr("append only"));
        }
    }
    EXPECT_EQ(review_entries_of(database, "p1").size(), 1u);
}

// All of them have seen the same: one is first, and the others are told.
TEST_P(Reviews, OfManyWhoSawTheSameOneIsWrittenAndTheOthersAreConflicts) {
    constexpr int writers = 6;
    std::atomic<int> written = 0, conflicts = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < writers; ++i)
        threads.emplace_back([&, i] {
            const Store own = open();
            for (int person = 0; person < 5; ++person) {
                try {
                    add_review_entry(own.database(),
                                     review_of(fmt::format("p{}", person), fmt::format("a{}", i),
                                               fmt::format("r{}-{}", i, person)),
                                     0);
                    ++written;
                } catch (const ConflictError&) {
                    ++conflicts;
                }
            }
        });
    threads.clear();
    EXPECT_EQ(written, 5);
    EXPECT_EQ(conflicts, 5 * (writers - 1));
    EXPECT_EQ(review_entries_after(database, 0).size(), 5u);
}

// Whoever keeps what it has read by the newest number misses nothing: no lower number comes to light later.
TEST_P(Reviews, AreReadInTheOrderOfTheirNumbersWhileManyWrite) {
    constexpr int writers = 4, each = 25;
    std::atomic<bool> done = false;
    std::vector<std::int64_t> read;
    std::jthread reader([&] {
        const Store own = open();
        for (bool last = false; !last;) {
            last = done;
            for (const ReviewEntry& entry :
                 review_entries_after(own.database(), read.empty() ? 0 : read.back())) {
                EXPECT_EQ(entry.lists.size(), 2u);
                EXPECT_EQ(entry.outcomes.size(), 2u);
                read.push_back(entry.number);
            }
        }
    });
    std::vector<std::jthread> threads;
    for (int i = 0; i < writers; ++i)
        threads.emplace_back([&, i] {
            const Store own = open();
            for (int n = 0; n < each; ++n) {
                Transaction transaction(own.database(), Transaction::Kind::write);
                add_review_entry(own.database(),
                                 review_of("p1", fmt::format("a{}", i), fmt::format("r{}-{}", i, n)), {});
                std::this_thread::sleep_for(std::chrono::microseconds(200 * (i + 1)));
                transaction.commit();
            }
        });
    threads.clear();
    done = true;
    reader.join();
    EXPECT_EQ(read.size(), std::size_t{writers * each});
}

}  // namespace
}  // namespace optimat
