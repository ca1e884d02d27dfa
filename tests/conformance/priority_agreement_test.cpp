#include "priority_extract.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

// The work lists of the engine against those of the reference, which shares no code with it.

namespace optimat::conformance {
namespace {

class PriorityAgreement : public PriorityExtract {
  protected:
    std::string lists_text(std::chrono::year_month_day date) const;
    std::string people_text(std::chrono::year_month_day date) const;
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

#ifndef __SANITIZE_ADDRESS__
/// The extracts reach every block and every finding, so that the agreement says something.
TEST(PriorityExtracts, ReachesEveryBlockAndFactor) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 1; seed <= priority_seeds; ++seed) {
        const FolderCopy folder;
        write_priority_extract(folder.path(), seed);
        for (const auto& date : RandomExtractOptions{}.as_at) {
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
#endif

INSTANTIATE_TEST_SUITE_P(Seeds, PriorityAgreement, seeds_to(priority_seeds), seed_name);

}  // namespace
}  // namespace optimat::conformance
