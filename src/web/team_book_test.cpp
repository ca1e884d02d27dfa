#include "web/team_book.hpp"

#include "web/site_for_tests.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// Entries in the order in which they are written.
class Written {
  public:
    ReviewEntry& add(const std::string& person, EntryKind kind, std::int64_t about = 0) {
        ReviewEntry entry;
        entry.number = static_cast<std::int64_t>(m_entries.size()) + 1;
        entry.person = person;
        entry.kind = kind;
        entry.at = "2018-11-05T09:30:00Z";
        entry.author = "ann";
        entry.service = "S1";
        entry.about = about;
        if (kind == EntryKind::review) {
            entry.day = "2018-11-05";
            entry.lists = {"1", "2"};
            entry.outcomes = {"naloxone_supplied"};
        }
        if (kind == EntryKind::claim) {
            entry.day = "2018-11-19";
            entry.assigned_to = "bea";
        }
        m_entries.push_back(entry);
        return m_entries.back();
    }
    const std::vector<ReviewEntry>& entries() const { return m_entries; }
    std::vector<EntryFate> fates() const { return fates_of(m_entries); }
    /// The claim that stands, by number; 0: none.
    std::int64_t claim() const {
        const auto all = fates();
        const ReviewEntry* const claim = standing_claim(all);
        return claim == nullptr ? 0 : claim->number;
    }
    /// `p0`, `p1`, … are clients of the first chunk; others are not in the data.
    TeamFold fold(const std::vector<AsciAnswer>& answers = {}) const {
        return fold_team(m_entries, answers, {"diverted", "vulnerable"}, [](std::string_view reference) {
            if (!reference.starts_with("p")) return std::optional<ClientPlace>();
            return std::optional(ClientPlace{0, static_cast<std::uint32_t>(reference[1] - '0')});
        });
    }

  private:
    std::vector<ReviewEntry> m_entries;
};

std::vector<std::int64_t> numbers(const std::vector<TeamReview>& reviews) {
    std::vector<std::int64_t> found;
    for (const TeamReview& review : reviews)
        found.push_back(review.number);
    return found;
}
std::vector<std::int64_t> numbers(const std::vector<TeamTask>& tasks) {
    std::vector<std::int64_t> found;
    for (const TeamTask& task : tasks)
        found.push_back(task.number);
    return found;
}

TEST(TeamFold, GivesReviewsByPersonAndDay) {
    Written written;
    written.add("p0", EntryKind::review).day = "2018-11-06";
    ReviewEntry& deferred = written.add("p0", EntryKind::review);
    deferred.deferred_to = "2018-12-01";
    deferred.lists = {"2", "a list of a newer program"};
    written.add("p1", EntryKind::review);
    written.add("nobody", EntryKind::review).escalated = true;
    const TeamFold fold = written.fold();
    EXPECT_THAT(fold.records, SizeIs(2));
    const PersonRecords& first = fold.records.at({0, 0});
    EXPECT_THAT(numbers(first.reviews), ElementsAre(2, 1));
    EXPECT_EQ(to_text(first.reviews[0].day), "2018-11-05");
    EXPECT_EQ(to_text(*first.reviews[0].deferred_to), "2018-12-01");
    EXPECT_THAT(first.reviews[0].lists, ElementsAre(WorkList::priority_2));
    EXPECT_THAT(first.reviews[1].lists, ElementsAre(WorkList::priority_1, WorkList::priority_2));
    EXPECT_FALSE(first.reviews[1].deferred_to.has_value());
    EXPECT_THAT(first.reviews[1].outcomes, ElementsAre("naloxone_supplied"));
    EXPECT_THAT(fold.escalations, IsEmpty()) << "nobody can open who is not in the data";
}

TEST(TeamFold, LeavesOutWhatWasCorrectedOrWithdrawn) {
    Written written;
    written.add("p0", EntryKind::review);
    written.add("p0", EntryKind::review, 1);
    written.add("p0", EntryKind::review);
    written.add("p0", EntryKind::withdrawal, 3);
    EXPECT_THAT(numbers(written.fold().records.at({0, 0}).reviews), ElementsAre(2));
    written.add("p0", EntryKind::withdrawal, 2);
    EXPECT_THAT(written.fold().records.at({0, 0}).reviews, IsEmpty())
        << "what was corrected does not come back";
}

TEST(TeamFold, KeepsBothCorrectionsOfTwoWhoWroteAtOnce) {
    Written written;
    written.add("p0", EntryKind::review);
    written.add("p0", EntryKind::review, 1);
    written.add("p0", EntryKind::review, 1).author = "bea";
    EXPECT_THAT(numbers(written.fold().records.at({0, 0}).reviews), ElementsAre(2, 3));
}

TEST(TeamFold, WaitsForTheSecondSignature) {
    Written written;
    written.add("p0", EntryKind::review).needs_co_signature = true;
    TeamFold fold = written.fold();
    EXPECT_TRUE(fold.records.at({0, 0}).reviews[0].awaits_co_signature);
    EXPECT_THAT(fold.awaiting_co_signature, ElementsAre(TeamTask{1, "p0", "S1", "2018-11-05", "ann"}));
    written.add("p0", EntryKind::co_signature, 1);
    fold = written.fold();
    EXPECT_FALSE(fold.records.at({0, 0}).reviews[0].awaits_co_signature);
    EXPECT_THAT(fold.awaiting_co_signature, IsEmpty());
    written.add("p0", EntryKind::review, 1).needs_co_signature = true;
    EXPECT_THAT(numbers(written.fold().awaiting_co_signature), ElementsAre(3))
        << "a correction is signed anew";
    written.add("p0", EntryKind::withdrawal, 3);
    EXPECT_THAT(written.fold().awaiting_co_signature, IsEmpty());
}

TEST(TeamFold, EscalatesUntilSomebodyHasSeenIt) {
    Written written;
    written.add("p0", EntryKind::review).escalated = true;
    written.add("p1", EntryKind::review).escalated = true;
    EXPECT_THAT(numbers(written.fold().escalations), ElementsAre(1, 2));
    written.add("p0", EntryKind::review, 1);
    EXPECT_THAT(numbers(written.fold().escalations), ElementsAre(1, 2))
        << "correcting it away does not hide it";
    written.add("p0", EntryKind::review, 3).escalated = true;
    EXPECT_THAT(numbers(written.fold().escalations), ElementsAre(2, 4)) << "one task, of the newest";
    written.add("p0", EntryKind::acknowledgement, 4);
    EXPECT_THAT(numbers(written.fold().escalations), ElementsAre(2));
    written.add("p0", EntryKind::review, 4).escalated = true;
    EXPECT_THAT(numbers(written.fold().escalations), ElementsAre(2, 6)) << "written after it was seen";
    written.add("p0", EntryKind::withdrawal, 6);
    EXPECT_THAT(numbers(written.fold().escalations), ElementsAre(2));
}

TEST(StandingClaim, IsTheLatestUnlessGivenBackOrReviewed) {
    Written written;
    EXPECT_EQ(written.claim(), 0);
    written.add("p0", EntryKind::claim);
    written.add("p0", EntryKind::claim).assigned_to = "cas";
    EXPECT_EQ(written.claim(), 2);
    EXPECT_EQ(written.fold().records.at({0, 0}).claim->assigned_to, "cas");
    EXPECT_EQ(to_text(written.fold().records.at({0, 0}).claim->due), "2018-11-19");
    written.add("p0", EntryKind::release);
    EXPECT_EQ(written.claim(), 0);
    written.add("p0", EntryKind::claim);
    EXPECT_EQ(written.claim(), 4);
    written.add("p0", EntryKind::review).author = "somebody else";
    EXPECT_EQ(written.claim(), 0);
    EXPECT_FALSE(written.fold().records.at({0, 0}).claim.has_value());
}

TEST(StandingClaim, OutlastsCorrectionsOfEarlierReviewsAndReviewsThatWereWithdrawn) {
    Written written;
    written.add("p0", EntryKind::review);
    written.add("p0", EntryKind::claim);
    written.add("p0", EntryKind::review, 1);
    EXPECT_EQ(written.claim(), 2);
    written.add("p0", EntryKind::review, 3);
    EXPECT_EQ(written.claim(), 2) << "a correction of a correction";
    written.add("p0", EntryKind::review);
    EXPECT_EQ(written.claim(), 0);
    written.add("p0", EntryKind::withdrawal, 5);
    EXPECT_EQ(written.claim(), 2);
}

TEST(TeamFold, TakesInventoriesToo) {
    AsciAnswer answer;
    answer.number = 1;
    answer.person = "p3";
    answer.day = "2018-11-05";
    answer.items = {{"vulnerable", "true"}};
    const TeamFold fold = Written().fold({answer});
    const auto& ascis = fold.records.at({0, 3}).ascis;
    ASSERT_EQ(ascis.size(), 1u);
    EXPECT_THAT(ascis[0].items, ElementsAre(Flag::not_recorded, Flag::yes));
}

TEST(TeamBook, IsRightAgainAfterAnErrorInTheMiddleOfARead) {
    TestSite site;
    const auto figures = site.figures();
    const auto lease = site.site().stores().lease();
    Database& database = lease.database();
    TeamBook book;
    EXPECT_EQ(book.read(database, *figures)->newest_review, 0);
    ReviewEntry entry;
    entry.person = figures->reference_of({0, 0});
    entry.author = "ann";
    entry.day = "2018-11-05";
    entry.at = "2018-11-05T09:30:00Z";
    entry.request = "r1";
    const std::int64_t number = add_review_entry(database, entry, {}).number;
    // Reviews are read, inventories cannot be.
    database.run("ALTER TABLE asci_answer RENAME COLUMN note TO note_elsewhere");
    EXPECT_THROW(book.read(database, *figures), StoreError);
    database.run("ALTER TABLE asci_answer RENAME COLUMN note_elsewhere TO note");
    const auto fold = book.read(database, *figures);
    EXPECT_EQ(fold->newest_review, number);
    EXPECT_THAT(fold->records, SizeIs(1));
}

TEST(TeamBook, ReadsOnceUntilSomethingIsWritten) {
    TestSite site;
    const auto figures = site.figures();
    const auto lease = site.site().stores().lease();
    TeamBook book;
    const auto empty = book.read(lease.database(), *figures);
    EXPECT_THAT(empty->records, IsEmpty());
    EXPECT_EQ(book.read(lease.database(), *figures), empty);
    for (int i = 0; i < 3; ++i) {
        ReviewEntry entry;
        entry.person = figures->reference_of({0, static_cast<std::uint32_t>(i % 2)});
        entry.author = "ann";
        entry.day = "2018-11-05";
        entry.at = "2018-11-05T09:30:00Z";
        entry.request = fmt::format("r{}", i);
        add_review_entry(lease.database(), entry, {});
        const auto fold = book.read(lease.database(), *figures);
        EXPECT_THAT(fold->records, SizeIs(std::min(i + 1, 2)));
        EXPECT_EQ(book.read(lease.database(), *figures), fold);
        EXPECT_EQ(records_in(fold).get(), &fold->records);
    }
    EXPECT_THAT(empty->records, IsEmpty()) << "whoever reads it still has it";
    EXPECT_THAT(book.read(lease.database(), *figures)->records.at({0, 0}).reviews, SizeIs(2));
}

}  // namespace
}  // namespace optimat
