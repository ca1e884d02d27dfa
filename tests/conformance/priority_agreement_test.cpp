#include "engine_run.hpp"
#include "folder_copy.hpp"
#include "measure/tracker.hpp"
#include "priority/caseload.hpp"
#include "priority/lists.hpp"
#include "random_dice.hpp"
#include "random_extract.hpp"
#include "reference_lists.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

// The work lists of the engine against those of the reference, which shares no code with it, and what must
// hold of them whatever the data, on random extracts of invented people.

namespace optimat::conformance {
namespace {

constexpr std::uint64_t seeds = 40;

Day day_of_date(std::chrono::year_month_day date) {
    return Day{static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count())};
}

class PriorityAgreement : public testing::TestWithParam<std::uint64_t> {
  protected:
    PriorityAgreement() : m_dates(RandomExtractOptions{}.as_at) {
        RandomExtractOptions options;
        options.layout = RandomLayout::plain;
        options.faults = RandomFaults::none;
        write_random_extract(m_folder.path(), GetParam(), options);
        add_list_records(m_folder.path(), GetParam(), m_dates);
        std::vector<Day> days;
        for (const auto& date : m_dates)
            days.push_back(day_of_date(date));
        Settings settings;
        settings.chunk_count = 4;
        m_run = run_engine(m_folder.path(), days, settings);
    }

    Pictures pictures(Day as_at) const { return make_pictures(m_run.read.extract, m_policy, as_at, {1}); }
    std::string lists_text(std::chrono::year_month_day date) const;
    std::string people_text(std::chrono::year_month_day date) const;
    std::vector<ListRow> list(const Pictures& pictures, WorkList list, const Place& place) const {
        return work_list(m_run.read.extract, pictures, m_policy, list, place, m_nothing, {});
    }
    Place everywhere() const { return find_place(m_run.read.extract, PlaceKind::organisation, ""); }
    std::string client_id(const PersonPicture& person) const {
        return std::string(m_run.read.extract.chunks[person.place.chunk].client_ids[person.place.client]);
    }
    std::string service_id(const PersonPicture& person) const {
        return person.service.has_value() ? m_run.read.extract.services[*person.service].service_id : "";
    }

    FolderCopy m_folder;
    std::vector<std::chrono::year_month_day> m_dates;
    EngineRun m_run;
    Policy m_policy = Settings().policy;
    TeamRecords m_nothing;
};

std::string text_of_rows(std::vector<ReferenceListRow> rows) {
    std::ranges::sort(rows);
    std::string text;
    for (const ReferenceListRow& row : rows)
        text += fmt::format("{} {}: {} at {}\n", row.list, row.client_id, row.block, row.service_id);
    return text;
}

std::string PriorityAgreement::lists_text(std::chrono::year_month_day date) const {
    const Pictures taken = pictures(day_of_date(date));
    std::vector<ReferenceListRow> rows;
    for (std::size_t i = 0; i < work_list_count; ++i)
        for (const ListRow& row : list(taken, static_cast<WorkList>(i), everywhere()))
            rows.push_back({std::string(text_of(static_cast<WorkList>(i))), client_id(*row.person),
                            std::string(text_of(row.block)), service_id(*row.person)});
    return text_of_rows(rows);
}

TEST_P(PriorityAgreement, WhoIsOnWhichListInWhichBlock) {
    for (const auto& date : m_dates)
        EXPECT_EQ(
            first_difference(text_of_rows(reference_lists(m_folder.path(), date).rows), lists_text(date)), "")
            << "seed " << GetParam() << ", " << reference_date_text(date);
}

std::string text_of_people(std::vector<ReferencePerson> people) {
    std::ranges::sort(people, {}, &ReferencePerson::client_id);
    std::string text;
    for (const ReferencePerson& one : people) {
        text += one.client_id + ':';
        for (const auto& [factor, presence] : one.factors)
            text += fmt::format(" {} {},", factor, presence);
        text += fmt::format(
            " used '{}' {}, lower tolerance {}, naloxone {}, overdose or release {}, reducing and below "
            "{}, stable {}, reducing long {}, {}, concern '{}', evidence '{}'\n",
            one.days_used, one.frequency, one.tolerance_lower, one.naloxone_current, one.overdose_or_release,
            one.reducing_and_below, one.stable, one.reducing_long, one.supervision, one.last_concern,
            one.last_evidence);
    }
    return text;
}

std::string PriorityAgreement::people_text(std::chrono::year_month_day date) const {
    std::vector<ReferencePerson> people;
    for (const PersonPicture& person : pictures(day_of_date(date)).people) {
        ReferencePerson& one = people.emplace_back();
        one.client_id = client_id(person);
        for (std::size_t i = 0; i < risk_factor_count; ++i)
            one.factors[std::string(text_of(static_cast<RiskFactor>(i)))] = text_of(person.risk[i].presence);
        one.days_used = person.days_used ? std::to_string(*person.days_used) : "";
        one.frequency = text_of(person.frequency);
        one.tolerance_lower = person.tolerance_lower;
        one.naloxone_current = person.naloxone_current;
        one.overdose_or_release = person.recent_overdose_or_release;
        one.reducing_and_below = person.reducing_and_below;
        one.stable = person.stable;
        one.reducing_long = person.reducing_long;
        one.supervision = person.state ? text_of(person.supervision) : "";
        one.last_concern = person.last_concern ? to_text(*person.last_concern) : "";
        one.last_evidence = person.last_evidence ? to_text(person.last_evidence->day) : "";
    }
    return text_of_people(people);
}

TEST_P(PriorityAgreement, WhatIsKnownOfEverybody) {
    for (const auto& date : m_dates)
        EXPECT_EQ(first_difference(text_of_people(reference_lists(m_folder.path(), date).people),
                                   people_text(date)),
                  "")
            << "seed " << GetParam() << ", " << reference_date_text(date);
}

/// One number of the policy in the words of both.
struct MovedNumber {
    std::string name;
    std::int32_t PriorityPolicy::*engine;
    int ReferenceListPolicy::*reference;
};
const std::vector<MovedNumber> numbers = {
    {"profile_months", &PriorityPolicy::profile_months, &ReferenceListPolicy::profile_months},
    {"absence_months", &PriorityPolicy::absence_months, &ReferenceListPolicy::absence_months},
    {"top_months", &PriorityPolicy::top_months, &ReferenceListPolicy::top_months},
    {"screen_months", &PriorityPolicy::screen_months, &ReferenceListPolicy::screen_months},
    {"overdose_months", &PriorityPolicy::overdose_months, &ReferenceListPolicy::overdose_months},
    {"release_days", &PriorityPolicy::release_days, &ReferenceListPolicy::release_days},
    {"uncovered_days", &PriorityPolicy::uncovered_days, &ReferenceListPolicy::uncovered_days},
    {"uncovered_within_days", &PriorityPolicy::uncovered_within_days,
     &ReferenceListPolicy::uncovered_within_days},
    {"alcohol_days", &PriorityPolicy::alcohol_days, &ReferenceListPolicy::alcohol_days},
    {"benzodiazepine_days", &PriorityPolicy::benzodiazepine_days, &ReferenceListPolicy::benzodiazepine_days},
    {"physical_health", &PriorityPolicy::physical_health, &ReferenceListPolicy::physical_health},
    {"naloxone_months", &PriorityPolicy::naloxone_months, &ReferenceListPolicy::naloxone_months},
    {"occasional_days", &PriorityPolicy::occasional_days, &ReferenceListPolicy::occasional_days},
    {"regular_days", &PriorityPolicy::regular_days, &ReferenceListPolicy::regular_days},
    {"asci_months", &PriorityPolicy::asci_months, &ReferenceListPolicy::asci_months},
    {"stable_months", &PriorityPolicy::stable_months, &ReferenceListPolicy::stable_months},
    {"recovery_top_months", &PriorityPolicy::recovery_top_months, &ReferenceListPolicy::recovery_top_months},
    {"lapsed_days", &PriorityPolicy::lapsed_days, &ReferenceListPolicy::lapsed_days},
    {"unplanned_days", &PriorityPolicy::unplanned_days, &ReferenceListPolicy::unplanned_days},
    {"released_days", &PriorityPolicy::released_days, &ReferenceListPolicy::released_days},
    {"slow_reduction_months", &PriorityPolicy::slow_reduction_months,
     &ReferenceListPolicy::slow_reduction_months},
};

/// A different few of the numbers for each seed, up and down; all seeds together move every number several
/// times.
TEST_P(PriorityAgreement, WithNumbersOfThePolicyMoved) {
    const auto date = m_dates[GetParam() % m_dates.size()];
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if ((i + GetParam()) % 5 != 0) continue;
        for (const int step : {-1, 1}) {
            ReferenceListPolicy reference;
            m_policy = Settings().policy;
            m_policy.priority.*numbers[i].engine += step;
            reference.*numbers[i].reference += step;
            const ReferenceLists expected = reference_lists(m_folder.path(), date, reference);
            EXPECT_EQ(first_difference(text_of_rows(expected.rows), lists_text(date)), "")
                << "seed " << GetParam() << ", " << numbers[i].name;
            EXPECT_EQ(first_difference(text_of_people(expected.people), people_text(date)), "")
                << "seed " << GetParam() << ", " << numbers[i].name;
        }
    }
}

/// For 0 to 3: everybody of the list's own blocks, however far the team is, is whom the tracker counts.
TEST_P(PriorityAgreement, ListsCountWhomTheTrackerCounts) {
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
ReviewStatus plain_status(const std::vector<TeamReview>& reviews, WorkList list, Day as_at, OptionalDay to) {
    const auto counts = [&](const TeamReview& review) {
        if (std::ranges::find(review.lists, list) == review.lists.end()) return false;
        if (to && review.day > *to) return false;
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

TEST_P(PriorityAgreement, HowFarTheTeamIs) {
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
                                                : plain_status(found->second.reviews, which, taken.as_at, to);
                    if (expected == ReviewStatus::still_to_review &&
                        row.block == ListBlock::increasing_to_threshold)
                        expected = ReviewStatus::being_optimised;
                    EXPECT_EQ(text_of(row.standing.status), text_of(expected)) << "seed " << GetParam();
                }
            }
    }
}

/// Nobody stands twice on a list, everybody on one owner's, and the services' lists are the organisation's.
TEST_P(PriorityAgreement, EverybodyIsOnExactlyOneOwnersList) {
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
TEST_P(PriorityAgreement, ListsStandInThePolicysOrder) {
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

/// The extracts reach every block and every finding, so that the agreement says something.
TEST(PriorityExtracts, ReachesEveryBlockAndFactor) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const FolderCopy folder;
        RandomExtractOptions options;
        options.layout = RandomLayout::plain;
        options.faults = RandomFaults::none;
        write_random_extract(folder.path(), seed, options);
        add_list_records(folder.path(), seed, options.as_at);
        for (const auto& date : options.as_at) {
            const ReferenceLists lists = reference_lists(folder.path(), date);
            for (const ReferenceListRow& row : lists.rows)
                seen.insert(row.block);
            for (const ReferencePerson& one : lists.people)
                for (const auto& [factor, presence] : one.factors)
                    seen.insert(factor + ' ' + presence);
        }
    }
    for (std::size_t i = 0; i < list_block_count; ++i)
        EXPECT_TRUE(seen.contains(std::string(text_of(static_cast<ListBlock>(i)))))
            << text_of(static_cast<ListBlock>(i));
    for (std::size_t i = 0; i < risk_factor_count; ++i)
        for (const char* presence : {"present", "absent", "unknown"})
            EXPECT_TRUE(seen.contains(fmt::format("{} {}", text_of(static_cast<RiskFactor>(i)), presence)))
                << text_of(static_cast<RiskFactor>(i)) << ' ' << presence;
}

INSTANTIATE_TEST_SUITE_P(Seeds, PriorityAgreement, testing::Range<std::uint64_t>(1, seeds + 1),
                         [](const auto& param) { return fmt::format("seed_{}", param.param); });

}  // namespace
}  // namespace optimat::conformance
