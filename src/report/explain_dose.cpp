// What a person takes on a day, against which threshold, and where the dose is going: rules dose/current,
// dose/band, regime and regime/derived.

#include "report/explain_life.hpp"
#include "report/number_text.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

bool is_tablet(Family family) {
    return family == Family::buprenorphine || family == Family::buprenorphine_lyophilisate;
}

/// Why an active prescription is not part of the dose.
std::string why_not_counted(const Cover& cover, const Cover& lead, bool injected) {
    if (injected && is_tablet(cover.family))
        return "tablets and lyophilisate do not count while an injection is active";
    if (cover.start != lead.start)
        return fmt::format("it started earlier, on {}, and the latest start counts", long_date(cover.start));
    return fmt::format("{} goes before {}", words_for(lead.family), words_for(cover.family));
}

void explain_medicine(const Life& life, const Reasoning& reasoning, std::vector<Reason>& reasons) {
    const Cover& lead = life.timeline.covers()[reasoning.current.lead];
    const auto active = life.active();
    bool injected = false;
    for (const Cover* cover : active)
        injected |= is_injection(cover->family);
    Reason counted_ones{"dose/current", {}, {}};
    std::vector<std::string> parts;
    std::vector<Reason> others;
    for (const Cover* cover : active) {
        const std::string who = record_words(life, TableKind::prescriptions, cover->row);
        if (cover->start == lead.start && cover->family == lead.family) {
            parts.push_back(fmt::format("{} ({})", who, dose_words(cover->dose)));
            counted_ones.records.push_back(named(life, TableKind::prescriptions, cover->row));
        } else {
            others.push_back({"dose/current",
                              fmt::format("{} is not part of the dose: {}.", capitalised(who),
                                          why_not_counted(*cover, lead, injected)),
                              {named(life, TableKind::prescriptions, cover->row)}});
        }
    }
    const std::string dose =
        reasoning.current.dose_known
            ? fmt::format("{} of {}", dose_words(reasoning.current.dose()), words_for(lead.family))
            : fmt::format("{}, the dose not known", words_for(lead.family));
    counted_ones.sentence = capitalised(fmt::format("{} {} what the person takes: {}.", listed(parts),
                                                    parts.size() == 1 ? "says" : "say together", dose));
    if (parts.size() > 1)
        counted_ones.sentence += fmt::format(
            " {} leads, having the greatest id: it gives service, prescriber, collection, regime and plan.",
            capitalised(record_words(life, TableKind::prescriptions, lead.row)));
    reasons.push_back(std::move(counted_ones));
    for (Reason& other : others)
        reasons.push_back(std::move(other));
}

void explain_band(const Life& life, const Reasoning& reasoning, std::vector<Reason>& reasons) {
    const Family medicine = reasoning.state.medicine;
    const FamilyPolicy& family = life.policy.family(medicine);
    const auto dose = reasoning.current.dose();
    std::string sentence;
    if (!dose) {
        sentence = "Without a known dose there is no dose band.";
    } else if (!family.threshold) {
        sentence =
            fmt::format("The policy has no threshold for {}, so there is no dose band.", words_for(medicine));
    } else {
        const bool at_least = life.policy.comparator == ThresholdComparator::at_least;
        const std::string reached = reasoning.state.band == Band::below ? "below"
                                    : at_least                          ? "at or above"
                                                                        : "above";
        sentence = fmt::format("{} is {} the threshold of {} for {}.", dose_words(dose), reached,
                               dose_words(family.threshold), words_for(medicine));
        if (reasoning.state.on_threshold)
            sentence += fmt::format(" It lies exactly on it, which the policy counts as {}.",
                                    at_least ? "reached" : "not reached");
    }
    if (dose && family.high_dose && *dose > *family.high_dose)
        sentence +=
            fmt::format(" It is above {}, which is flagged as a high dose.", dose_words(family.high_dose));
    reasons.push_back({"dose/band", std::move(sentence), {}});
}

/// What the dose of four weeks ago says, as the end of a sentence.
std::string derived_words(const Life& life, const Reasoning& reasoning) {
    const RegimeVerdict& verdict = reasoning.regime;
    const Family medicine = reasoning.state.medicine;
    const auto& tolerance = life.policy.family(medicine).tolerance;
    const auto now = reasoning.current.dose();
    const Day wanted = life.date.day - life.policy.comparison_days;
    if (!tolerance)
        return fmt::format("doses of {} are never compared, so it is unknown", words_for(medicine));
    if (!now) return "the dose now is not known, so neither is the direction";
    if (!verdict.compared_with)
        return fmt::format("{} days earlier, on {}, the spell had not begun, so there is nothing to compare "
                           "with and it is unknown",
                           life.policy.comparison_days, long_date(wanted));
    const Day day = *verdict.compared_with;
    const std::string when = day == wanted ? fmt::format("on {}", long_date(day))
                                           : fmt::format("on {}, the last covered day up to {}",
                                                         long_date(day), long_date(wanted));
    if (verdict.then.medicine != medicine)
        return fmt::format("{} the medicine was another, {}, so it is unknown", when,
                           words_for(verdict.then.medicine));
    if (!verdict.then.dose_known)
        return fmt::format("the dose {} is not known, so neither is the direction", when);
    const Micrograms change = *now - verdict.then.sum;
    const Micrograms size = change.number < 0 ? Micrograms{-change.number} : change;
    const std::string least = size >= *tolerance ? fmt::format("at least {}", dose_words(tolerance))
                                                 : fmt::format("less than {}", dose_words(tolerance));
    if (change.number == 0)
        return fmt::format("the dose was {} {} and is the same now, so it is static",
                           dose_words(verdict.then.dose()), when);
    return fmt::format("the dose was {} {} and is {} now: a {} of {}, {}, so it is {}",
                       dose_words(verdict.then.dose()), when, dose_words(now),
                       change.number > 0 ? "rise" : "fall", dose_words(size), least,
                       text_of(verdict.derived));
}

std::string planned_words(const Life& life, const Reasoning& reasoning, const std::string& who) {
    const Table& prescriptions = life.table(TableKind::prescriptions);
    const std::uint32_t row = reasoning.state.prescription;
    const Day target = *prescriptions.column<OptionalDay>(PrescriptionField::target_date)[row];
    const bool recorded = prescriptions.column<OptionalDay>(PrescriptionField::plan_start)[row].has_value();
    const Day start = *reasoning.regime.plan_start;
    const Day latest = add_months(start, life.policy.detox_months);
    std::string text = fmt::format(
        "{} plans to reach 0 mg by {}. The plan began on {}{}", who, long_date(target), long_date(start),
        recorded ? ", as recorded" : ", where the run of such prescriptions starts");
    if (target > latest)
        return text + fmt::format("; its target is later than {} months from then, {}, so this is a slow "
                                  "reduction: reducing.",
                                  life.policy.detox_months, long_date(latest));
    if (life.date.day > target)
        return text + "; its target date has passed, so the plan has run out: reducing.";
    return text + fmt::format("; its target is within {} months of that: detox.", life.policy.detox_months);
}

std::string recorded_detox_words(const Life& life, const Reasoning& reasoning, const std::string& who) {
    const Day start = *reasoning.regime.plan_start;
    const Day latest = add_months(start, life.policy.detox_months);
    const bool within = life.date.day <= latest;
    return fmt::format("{} records a detoxification. The run of such prescriptions starts on {}; {} months "
                       "from then is {}, {}.",
                       who, long_date(start), life.policy.detox_months, long_date(latest),
                       within ? "which is not past: detox" : "which is past: reducing");
}

}  // namespace

void explain_dose(const Life& life, const Reasoning& reasoning, std::vector<Reason>& reasons) {
    explain_medicine(life, reasoning, reasons);
    explain_band(life, reasoning, reasons);
}

void explain_regime(const Life& life, const Reasoning& reasoning, std::vector<Reason>& reasons) {
    const std::uint32_t row = reasoning.state.prescription;
    const std::string who = capitalised(record_words(life, TableKind::prescriptions, row));
    Reason reason{"regime", {}, {named(life, TableKind::prescriptions, row)}};
    switch (reasoning.regime.clause) {
    case RegimeClause::planned:
        reason.sentence = planned_words(life, reasoning, who);
        break;
    case RegimeClause::recorded_detox:
        reason.sentence = recorded_detox_words(life, reasoning, who);
        break;
    case RegimeClause::recorded_stable:
        reason.sentence =
            fmt::format("{} records a stable regime. Compared, {}.", who, derived_words(life, reasoning));
        reason.sentence += reasoning.state.regime == Regime::reducing
                               ? " The fall counts against what is recorded: reducing."
                               : " The recorded regime stands: static.";
        break;
    case RegimeClause::recorded:
        reason.sentence =
            fmt::format("{} records that the dose is {}.", who, text_of(reasoning.state.regime));
        break;
    case RegimeClause::derived:
        reason.rule = "regime/derived";
        reason.sentence =
            fmt::format("{} records no regime. Compared, {}.", who, derived_words(life, reasoning));
        break;
    }
    reasons.push_back(std::move(reason));
}

}  // namespace optimat
