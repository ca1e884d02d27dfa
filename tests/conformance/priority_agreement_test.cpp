#include "engine_run.hpp"
#include "folder_copy.hpp"
#include "measure/tracker.hpp"
#include "priority/caseload.hpp"
#include "priority/lists.hpp"
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

TEST_P(PriorityAgreement, WhoIsOnWhichListInWhichBlock) {
    for (const auto& date : m_dates) {
        const Pictures taken = pictures(day_of_date(date));
        std::vector<ReferenceListRow> rows;
        for (std::size_t i = 0; i < work_list_count; ++i)
            for (const ListRow& row : list(taken, static_cast<WorkList>(i), everywhere()))
                rows.push_back({std::string(text_of(static_cast<WorkList>(i))), client_id(*row.person),
                                std::string(text_of(row.block)), service_id(*row.person)});
        EXPECT_EQ(
            first_difference(text_of_rows(reference_lists(m_folder.path(), date).rows), text_of_rows(rows)),
            "")
            << "seed " << GetParam() << ", " << reference_date_text(date);
    }
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

TEST_P(PriorityAgreement, WhatIsKnownOfEverybody) {
    for (const auto& date : m_dates) {
        std::vector<ReferencePerson> people;
        for (const PersonPicture& person : pictures(day_of_date(date)).people) {
            ReferencePerson& one = people.emplace_back();
            one.client_id = client_id(person);
            for (std::size_t i = 0; i < risk_factor_count; ++i)
                one.factors[std::string(text_of(static_cast<RiskFactor>(i)))] =
                    text_of(person.risk[i].presence);
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
        EXPECT_EQ(first_difference(text_of_people(reference_lists(m_folder.path(), date).people),
                                   text_of_people(people)),
                  "")
            << "seed " << GetParam() << ", " << reference_date_text(date);
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
