#include "outcome_extract.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <set>
#include <sstream>

// The outcome measures of the engine against those of the reference, which shares no code with it.

namespace optimat::conformance {
namespace {

using Dates = std::vector<std::chrono::year_month_day>;

ReferenceOutcomePolicy shipped() {
    ReferenceOutcomePolicy policy;
    policy.bank_holidays = holidays_of_england_and_wales();
    return policy;
}

std::string text_of_item(const ReferenceItem& item) {
    return fmt::format("{} at '{}': {} on {}, {}\n", item.client_id, item.service_id, item.part, item.day,
                       item.value);
}

std::string text_of_items(std::vector<ReferenceItem> items) {
    std::ranges::sort(items);
    std::string text;
    for (const ReferenceItem& item : items)
        text += text_of_item(item);
    return text;
}

/// Lines that only one of two texts has; a line stands as often as it has it more.
std::string only_in_one(const std::string& expected, const std::string& actual) {
    std::map<std::string, int> more;
    std::istringstream expected_lines(expected), actual_lines(actual);
    for (std::string line; std::getline(expected_lines, line);)
        ++more[line];
    for (std::string line; std::getline(actual_lines, line);)
        --more[line];
    std::string text;
    for (const auto& [line, times] : more)
        for (int i = 0; i < std::abs(times); ++i)
            text += fmt::format("{} {}\n", times > 0 ? "expected" : "unexpected", line);
    return text;
}

class OutcomeAgreement : public OutcomeExtract {
  protected:
    ReferenceItem reference_item(const MeasureFunction& function, const ListedItem& listed) const {
        const MeasureItem& item = listed.item;
        return {std::string(extract().chunks[listed.client.chunk].client_ids[listed.client.client]),
                item.service.has_value() ? service_id(*item.service) : "",
                std::string(function.parts[item.part]), to_text(item.day), static_cast<long>(item.value)};
    }
    std::string engine_items(const MeasureFunction& function, const std::vector<Day>& days, std::size_t date,
                             ItemSpan span = ItemSpan::date) const {
        std::vector<ReferenceItem> items;
        for (const ListedItem& listed :
             list_items(extract(), m_policy, days, function, date,
                        find_place(extract(), PlaceKind::organisation, ""), span, {1}))
            items.push_back(reference_item(function, listed));
        return text_of_items(items);
    }
    void expect_same_items(const ReferenceOutcomes& reference, const Dates& dates, std::size_t date,
                           const std::string& what) const {
        const std::vector<Day> all = outcome_days();
        const std::vector<Day> days(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(dates.size()));
        for (const MeasureFunction& function : measure_functions())
            EXPECT_EQ(only_in_one(text_of_items(reference.items(std::string(function.name), dates, date)),
                                  engine_items(function, days, date)),
                      "")
                << "seed " << GetParam() << ", " << function.name << " at "
                << reference_date_text(dates[date]) << " of " << dates.size() << what;
    }
};

TEST_P(OutcomeAgreement, EveryFunctionListsTheSameThings) {
    const ReferenceOutcomes reference(m_folder.path(), shipped());
    for (std::size_t date = 0; date < outcome_dates().size(); ++date)
        expect_same_items(reference, outcome_dates(), date, "");
}

/// With the data's last months not yet known, so that much is too early.
TEST_P(OutcomeAgreement, EveryFunctionListsTheSameThingsEarlier) {
    const ReferenceOutcomes reference(m_folder.path(), shipped());
    const std::size_t known = 3 + GetParam() % 6;
    const Dates dates(outcome_dates().begin(), outcome_dates().begin() + static_cast<std::ptrdiff_t>(known));
    for (std::size_t date = 0; date < dates.size(); ++date)
        expect_same_items(reference, dates, date, "");
}

/// Service and part to count and sum.
using Cells = std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, std::int64_t>>;

std::string text_of_cells(const Cells& cells) {
    std::string text;
    for (const auto& [key, cell] : cells)
        if (cell.first != 0)
            text += fmt::format("'{}' {}: {}, sum {}\n", key.first, key.second, cell.first, cell.second);
    return text;
}

void add_items(Cells& cells, const std::vector<ReferenceItem>& items) {
    for (const ReferenceItem& item : items) {
        auto& cell = cells[{item.service_id, item.part}];
        ++cell.first;
        cell.second += item.value;
    }
}

TEST_P(OutcomeAgreement, CellsOfEveryServiceAndDate) {
    const ReferenceOutcomes reference(m_folder.path(), shipped());
    const MeasureGrid grid = make_measure_grid(extract(), m_policy, outcome_days(), {2});
    for (const MeasureFunction& function : measure_functions())
        for (std::size_t date = 0; date < outcome_dates().size(); ++date) {
            Cells expected, actual;
            add_items(expected, reference.items(std::string(function.name), outcome_dates(), date));
            for (std::size_t service = 0; service <= grid.service_count(); ++service) {
                const MeasureCell& cell = grid.at(function, date, service);
                for (std::size_t part = 0; part < function.parts.size(); ++part)
                    actual[{service_id(service), std::string(function.parts[part])}] = {cell.count[part],
                                                                                        cell.sum[part]};
            }
            EXPECT_EQ(only_in_one(text_of_cells(expected), text_of_cells(actual)), "")
                << "seed " << GetParam() << ", " << function.name << " at "
                << reference_date_text(outcome_dates()[date]);
        }
}

/// Of a cohort the columns of the twelve months up to the date; of everything else the date's own.
std::vector<std::size_t> columns_of_year(const MeasureFunction& function, std::size_t date) {
    if (function.basis != MeasureBasis::cohort) return {date};
    std::vector<std::size_t> columns;
    const auto month = [](const std::chrono::year_month_day& day) { return day.year() / day.month(); };
    for (std::size_t i = 0; i <= date; ++i)
        if (month(outcome_dates()[i]) > month(outcome_dates()[date]) - std::chrono::months{12})
            columns.push_back(i);
    return columns;
}

TEST_P(OutcomeAgreement, CellsOfTheYearOfEveryPlace) {
    const ReferenceOutcomes reference(m_folder.path(), shipped());
    const MeasureGrid grid = make_measure_grid(extract(), m_policy, outcome_days(), {1});
    for (const MeasureFunction& function : measure_functions())
        for (std::size_t date = 0; date < outcome_dates().size(); ++date) {
            std::vector<ReferenceItem> items;
            for (const std::size_t column : columns_of_year(function, date))
                for (const ReferenceItem& item :
                     reference.items(std::string(function.name), outcome_dates(), column))
                    items.push_back(item);
            EXPECT_EQ(only_in_one(text_of_items(items),
                                  engine_items(function, outcome_days(), date, ItemSpan::year)),
                      "")
                << "seed " << GetParam() << ", " << function.name;
            for (const Place& place : places_of(extract())) {
                Cells expected, actual;
                for (ReferenceItem item : items) {
                    const bool here = place.kind == PlaceKind::organisation ||
                                      std::ranges::any_of(place.services, [&](std::size_t service) {
                                          return service_id(service) == item.service_id;
                                      });
                    item.service_id.clear();
                    if (here) add_items(expected, {item});
                }
                const MeasureCell cell = grid.of_year(function, date, place);
                for (std::size_t part = 0; part < function.parts.size(); ++part)
                    actual[{"", std::string(function.parts[part])}] = {cell.count[part], cell.sum[part]};
                EXPECT_EQ(only_in_one(text_of_cells(expected), text_of_cells(actual)), "")
                    << "seed " << GetParam() << ", " << function.name << ", a " << text_of(place.kind);
            }
        }
}

/// One number of the policy in the words of both.
struct MovedNumber {
    std::string name;
    std::int32_t OutcomePolicy::*engine;
    int ReferenceOutcomePolicy::*reference;
};
const std::vector<MovedNumber> numbers = {
    {"return_days", &OutcomePolicy::return_days, &ReferenceOutcomePolicy::return_days},
    {"re_induction_months", &OutcomePolicy::re_induction_months,
     &ReferenceOutcomePolicy::re_induction_months},
    {"end_before_days", &OutcomePolicy::end_before_days, &ReferenceOutcomePolicy::end_before_days},
    {"end_after_days", &OutcomePolicy::end_after_days, &ReferenceOutcomePolicy::end_after_days},
    {"retention_days", &OutcomePolicy::retention_days, &ReferenceOutcomePolicy::retention_days},
    {"after_detox_days", &OutcomePolicy::after_detox_days, &ReferenceOutcomePolicy::after_detox_days},
    {"restart_months", &OutcomePolicy::restart_months, &ReferenceOutcomePolicy::restart_months},
    {"support_months", &OutcomePolicy::support_months, &ReferenceOutcomePolicy::support_months},
    {"journey_gap_days", &OutcomePolicy::journey_gap_days, &ReferenceOutcomePolicy::journey_gap_days},
    {"completion_months", &OutcomePolicy::completion_months, &ReferenceOutcomePolicy::completion_months},
    {"re_presentation_months", &OutcomePolicy::re_presentation_months,
     &ReferenceOutcomePolicy::re_presentation_months},
    {"waiting_days", &OutcomePolicy::waiting_days, &ReferenceOutcomePolicy::waiting_days},
    {"harm_months", &OutcomePolicy::harm_months, &ReferenceOutcomePolicy::harm_months},
    {"leaving_days", &OutcomePolicy::leaving_days, &ReferenceOutcomePolicy::leaving_days},
    {"change_recent_months", &OutcomePolicy::change_recent_months,
     &ReferenceOutcomePolicy::change_recent_months},
};

/// A pair of policies that differ from those that ship by one number.
struct MovedPolicy {
    std::string name;
    Policy engine;
    ReferenceOutcomePolicy reference;
};

std::vector<MovedPolicy> moved_policies() {
    std::vector<MovedPolicy> moved;
    for (const int step : {-1, 1}) {
        const auto add = [&](const std::string& name) -> MovedPolicy& {
            return moved.emplace_back(fmt::format("{} {:+}", name, step), Settings().policy, shipped());
        };
        for (const MovedNumber& number : numbers) {
            MovedPolicy& one = add(number.name);
            one.engine.outcome.*number.engine += step;
            one.reference.*number.reference += step;
        }
        MovedPolicy& methadone = add("exit_methadone");
        methadone.engine.outcome.exit_methadone.number += step;
        methadone.reference.exit_methadone += step;
        MovedPolicy& buprenorphine = add("exit_buprenorphine");
        buprenorphine.engine.outcome.exit_buprenorphine.number += step;
        buprenorphine.reference.exit_buprenorphine += step;
        MovedPolicy& naloxone = add("naloxone_months");
        naloxone.engine.priority.naloxone_months += step;
        naloxone.reference.naloxone_months += step;
        MovedPolicy& induction = add("induction_days");
        induction.engine.induction_days += step;
        induction.reference.states.induction_days += step;
        MovedPolicy& detox = add("detox_months");
        detox.engine.detox_months += step;
        detox.reference.states.detox_months += step;
        MovedPolicy& gap = add("tolerated_gap");
        gap.engine.families[0].tolerated_gap += step;
        gap.reference.states.families[0].tolerated_gap_days += step;
        MovedPolicy& change = add("reliable_change");
        change.engine.reliable_change = {{TopField::opiate_days, 2 + step}};
        change.reference.reliable_opiate_days = 2 + step;
        MovedPolicy& holidays = add("bank_holidays");
        if (step > 0) holidays.engine.bank_holidays.clear(), holidays.reference.bank_holidays.clear();
    }
    return moved;
}

/// A different few of the numbers for each seed, up and down; all seeds together move every number several
/// times.
TEST_P(OutcomeAgreement, WithNumbersOfThePolicyMoved) {
    const auto moved = moved_policies();
    for (std::size_t i = 0; i < moved.size(); ++i) {
        if ((i + GetParam()) % 8 != 0) continue;
        m_policy = moved[i].engine;
        const ReferenceOutcomes reference(m_folder.path(), moved[i].reference);
        for (const std::size_t date : {GetParam() % 9, outcome_dates().size() - 1})
            expect_same_items(reference, outcome_dates(), date, ", " + moved[i].name);
    }
}

#ifndef __SANITIZE_ADDRESS__
/// The extracts reach every part of every function, so that the agreement says something.
TEST(OutcomeExtracts, ReachesEveryPart) {
    // A methadone or tablet dose that is known has a band while the policy has their thresholds.
    const auto never = [](const MeasureFunction& function, std::string_view part) {
        return function.unit == MeasureUnit::micrograms && part.ends_with("_unbanded");
    };
    std::set<std::string> missing;
    for (const MeasureFunction& function : measure_functions())
        for (const std::string_view part : function.parts)
            if (!never(function, part)) missing.insert(fmt::format("{} {}", function.name, part));
    for (std::uint64_t seed = 1; seed <= outcome_seeds && !missing.empty(); ++seed) {
        const FolderCopy folder;
        write_outcome_extract(folder.path(), seed);
        const ReferenceOutcomes reference(folder.path(), shipped());
        for (const std::size_t known : {7U, 10U}) {
            const Dates dates(outcome_dates().begin(),
                              outcome_dates().begin() + static_cast<std::ptrdiff_t>(known));
            for (const std::string& function : ReferenceOutcomes::functions())
                for (std::size_t date = 0; date < dates.size(); ++date)
                    for (const ReferenceItem& item : reference.items(function, dates, date)) {
                        EXPECT_FALSE(never(*find_measure_function(function), item.part))
                            << function << ' ' << item.part;
                        missing.erase(function + ' ' + item.part);
                    }
        }
    }
    EXPECT_EQ(missing, std::set<std::string>{});
}
#endif

INSTANTIATE_TEST_SUITE_P(Seeds, OutcomeAgreement, seeds_to(outcome_seeds), seed_name);

}  // namespace
}  // namespace optimat::conformance
