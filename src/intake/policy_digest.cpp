#include "base/hash.hpp"
#include "intake/policy_file.hpp"
#include "intake/policy_numbers.hpp"
#include "model/nation.hpp"

#include <fmt/format.h>
#include <span>

namespace optimat {

namespace {

std::string digested(const std::optional<Micrograms>& dose) {
    return dose ? std::to_string(dose->number) : std::string("none");
}

std::string digested(const FamilyPolicy& family) {
    std::string text = fmt::format("|{},{},{},{}", digested(family.threshold), digested(family.tolerance),
                                   digested(family.high_dose), family.tolerated_gap);
    if (family.plausible)
        text += fmt::format(",{},{}", family.plausible->lowest.number, family.plausible->highest.number);
    return text;
}

std::string digested(const PriorityPolicy& priority) {
    std::string text;
    for (const PriorityNumber& number : priority_numbers)
        text += fmt::format("|{}", priority.*number.value);
    for (const CohortDose& cohort : cohort_doses)
        text += fmt::format("|{}", (priority.*cohort.value).number);
    for (const auto& order : priority.order) {
        text += '|';
        for (const OrderKey key : order)
            text += fmt::format("{},", text_of(key));
    }
    return text;
}

std::string digested(const OutcomePolicy& outcome) {
    std::string text;
    for (const std::span<const OutcomeNumber> numbers :
         {std::span<const OutcomeNumber>(outcome_numbers), std::span<const OutcomeNumber>(induction_numbers),
          std::span<const OutcomeNumber>(detoxification_numbers)})
        for (const OutcomeNumber& number : numbers)
            text += fmt::format("|{}", outcome.*number.value);
    text += fmt::format("|{}|{}", outcome.exit_methadone.number, outcome.exit_buprenorphine.number);
    return text;
}

}  // namespace

std::string policy_digest(const Policy& policy) {
    std::string text = fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}", static_cast<int>(policy.comparator),
                                   static_cast<int>(policy.evidence_choice), policy.induction_days,
                                   policy.comparison_days, policy.evidence_months, policy.recall_days,
                                   policy.detox_months, policy.censoring_days, policy.on_mat_episode_days);
    for (const FamilyPolicy& family : policy.families)
        text += digested(family);
    text += fmt::format("|{}", policy.hidden_below);
    for (const ReliableChange& change : policy.reliable_change)
        text += fmt::format("|{}:{}", index_of(change.item), change.least);
    text += digested(policy.priority);
    text += digested(policy.outcome);
    text += fmt::format("|{}", text_of(policy.nation));
    for (const Day day : policy.bank_holidays)
        text += fmt::format(",{}", day.number);
    return content_hash(text).text().substr(0, 16);
}

}  // namespace optimat
