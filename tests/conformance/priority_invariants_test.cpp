#include "measure/tracker.hpp"
#include "priority/caseload.hpp"
#include "priority_extract.hpp"
#include "random_dice.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <set>

// What must hold of the work lists whatever the data.

namespace optimat::conformance {
namespace {

using PriorityInvariants = PriorityExtract;

/// For 0 to 3: everybody of the list's own blocks, however far the team is, is whom the tracker counts.
TEST_P(PriorityInvariants, ListsCountWhomTheTrackerCounts) {
    const Extract& extract = m_run.read.extract;
    const TrackerTable tracker = make_tracker(extract, m_run.states, {1});
    for (std::size_t date = 0; date < tracker.dates.size(); ++date) {
        const Pictures taken = pictures(tracker.dates[date]);
        for (const Place& place : places_of(extract)) {
            const TrackerCell cell = tracker.at(date, place);
            const std::array expected = {cell.of(TrackerGroup::uncategorised),
                                         cell.of(TrackerGroup::red) + cell.of(TrackerGroup::amber) +
                                             cell.of(TrackerGroup::mat2_unbanded),
                                         cell.of(TrackerGroup::red), cell.of(TrackerGroup::amber)};
            for (std::size_t number = 0; number < expected.size(); ++number) {
                const auto which = static_cast<WorkList>(number);
                const ListCount count = count_list(list(taken, which, place));
                std::int64_t people = 0;
                for (const ListBlock block : tracker_blocks(which))
                    for (const std::int64_t by_status : count.by_block[static_cast<std::size_t>(block)])
                        people += by_status;
                EXPECT_EQ(people, expected[number]) << "seed " << GetParam() << ", list " << number;
            }
        }
    }
}

/// The latest review that counts and is signed, else the latest that counts and waits.
ReviewStatus plain_status(const std::vector<TeamReview>& reviews, WorkList list, Day as_at, OptionalDay to,
                          OptionalDay since) {
    const auto counts = [&](const TeamReview& review) {
        if (std::ranges::find(review.lists, list) == review.lists.end()) return false;
        if (to && review.day > *to) return false;
        if (since && review.day < *since) return false;
        return review.deferred_to ? as_at < *review.deferred_to : review.day > add_months(as_at, -3);
    };
    ReviewStatus status = ReviewStatus::still_to_review;
    for (const TeamReview& review : reviews) {
        if (counts(review) && !review.awaits_co_signature) return ReviewStatus::reviewed;
        if (counts(review)) status = ReviewStatus::awaiting_co_signature;
    }
    return status;
}

/// Reviews about the edges of three months, of the deferral and of the day up to which they count.
TeamRecords random_reviews(const Pictures& taken, std::uint64_t seed) {
    reference::Dice dice(seed);
    TeamRecords records;
    for (const PersonPicture& person : taken.people) {
        const auto several = dice.between(0, 3);
        for (long i = 0; i < several; ++i) {
            TeamReview review;
            review.number = i;
            review.day = dice.one_of<Day>(
                {add_months(taken.as_at, -3) + static_cast<std::int32_t>(dice.between(-1, 1)),
                 taken.as_at + static_cast<std::int32_t>(dice.between(-5, 1)),
                 taken.as_at + static_cast<std::int32_t>(dice.between(28, 32))});
            for (std::size_t list = 0; list < work_list_count; ++list)
                if (dice.chance(50)) review.lists.push_back(static_cast<WorkList>(list));
            if (dice.chance(20))
                review.deferred_to = taken.as_at + static_cast<std::int32_t>(dice.between(-1, 1));
            review.awaits_co_signature = dice.chance(40);
            records[person.place].reviews.push_back(review);
        }
    }
    for (auto& [place, person] : records)
        std::ranges::stable_sort(person.reviews, {}, &TeamReview::day);
    return records;
}

TEST_P(PriorityInvariants, HowFarTheTeamIs) {
    for (const auto& date : m_dates) {
        const Pictures taken = pictures(day_of_date(date));
        const TeamRecords records = random_reviews(taken, GetParam());
        for (std::size_t i = 0; i < work_list_count; ++i)
            for (const OptionalDay to : {OptionalDay{}, OptionalDay{taken.as_at + 30}}) {
                const auto which = static_cast<WorkList>(i);
                for (const ListRow& row :
                     work_list(m_run.read.extract, taken, m_policy, which, everywhere(), records, to)) {
                    const auto found = records.find(row.person->place);
                    ReviewStatus expected = found == records.end()
                                                ? ReviewStatus::still_to_review
                                                : plain_status(found->second.reviews, which, taken.as_at, to,
                                                               row.person->last_overdose_or_release);
                    if (expected == ReviewStatus::still_to_review &&
                        row.block == ListBlock::increasing_to_threshold)
                        expected = ReviewStatus::being_optimised;
                    EXPECT_EQ(text_of(row.standing.status), text_of(expected)) << "seed " << GetParam();
                }
            }
    }
}

/// Nobody stands twice on a list, everybody on one owner's, and the services' lists are the organisation's.
TEST_P(PriorityInvariants, EverybodyIsOnExactlyOneOwnersList) {
    const Extract& extract = m_run.read.extract;
    for (const auto& date : m_dates) {
        const Pictures taken = pictures(day_of_date(date));
        const auto loads = caseloads(extract, taken, m_policy, everywhere(), m_nothing, {}, taken.as_at);
        for (std::size_t i = 0; i < work_list_count; ++i) {
            const auto which = static_cast<WorkList>(i);
            const auto all = list(taken, which, everywhere());
            std::set<ClientPlace> clients;
            for (const ListRow& row : all) {
                EXPECT_TRUE(clients.insert(row.person->place).second) << "seed " << GetParam();
                EXPECT_EQ(std::ranges::count(loads, owner_of(*row.person), &Caseload::owner), 1);
            }
            std::size_t at_services = 0;
            for (const Place& place : places_of(extract))
                if (place.kind == PlaceKind::service) at_services += list(taken, which, place).size();
            EXPECT_EQ(at_services, all.size()) << "seed " << GetParam();
            std::int64_t owned = 0;
            for (const Caseload& one : loads)
                owned += one.still_to_review[i];
            const ListCount count = count_list(all);
            EXPECT_EQ(owned, count.by_status[static_cast<std::size_t>(ReviewStatus::still_to_review)])
                << "seed " << GetParam() << ", list " << text_of(which);
        }
    }
}

/// By the policy's keys, then the age of the evidence, never recorded first.
TEST_P(PriorityInvariants, ListsStandInThePolicysOrder) {
    for (const auto& date : m_dates) {
        const Pictures taken = pictures(day_of_date(date));
        for (std::size_t i = 0; i < work_list_count; ++i) {
            std::vector<std::int64_t> before;
            for (const ListRow& row : list(taken, static_cast<WorkList>(i), everywhere())) {
                std::vector<std::int64_t> key;
                for (const OrderKey one : m_policy.priority.order[i])
                    key.push_back(order_value(one, row));
                const auto& evidence = row.person->last_evidence;
                key.push_back(evidence ? evidence->day.number : std::numeric_limits<std::int64_t>::min());
                EXPECT_LE(before, key) << "seed " << GetParam() << ", list " << i;
                before = key;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, PriorityInvariants, seeds_to(priority_seeds), seed_name);

}  // namespace
}  // namespace optimat::conformance
