// What is known of use on top, and the stage and cohort that follow: rules evidence/on-top, stage and cohort.

#include "report/explain_life.hpp"
#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

/// `TOP T1 of 15 March 2018 records 12 days of illicit opioid use in 28`.
std::string finding(const Life& life, const Evidence& evidence) {
    const std::string who =
        fmt::format("{} of {}", record_words(life, evidence.table, evidence.row), long_date(evidence.day));
    if (evidence.table == TableKind::tops) {
        const auto days =
            life.table(TableKind::tops).column<OptionalCount>(TopField::opiate_days)[evidence.row];
        return fmt::format("{} records {} of illicit opioid use in the last 28", who,
                           *days == 0 ? "no day" : counted(*days, "day"));
    }
    if (!evidence.use) return who + " is negative for illicit opioids";
    const Table& screens = life.table(TableKind::drug_screens);
    std::vector<std::string> positive;
    if (screens.column<ScreenResult>(ScreenField::illicit_opioid)[evidence.row] == ScreenResult::positive)
        positive.emplace_back("illicit opioids");
    if (screens.column<ScreenResult>(ScreenField::fentanyl_or_nitazene)[evidence.row] ==
        ScreenResult::positive)
        positive.emplace_back("fentanyl or a nitazene");
    return fmt::format("{} is positive for {}", who, listed(positive));
}

NamedRecord named_evidence(const Life& life, const Evidence& evidence) {
    return named(life, evidence.table, evidence.row);
}

/// The day after which evidence must be dated, and why.
struct Window {
    Day after;
    std::string words;
};
Window window_of(const Life& life) {
    const Day months_ago = life.date.evidence_after;
    const std::string of_months =
        fmt::format("dated after {}, {} months before", long_date(months_ago), life.policy.evidence_months);
    const Spell& spell = life.spell();
    if (spell.censored || spell.first <= months_ago) return {months_ago, of_months};
    return {spell.first, fmt::format("dated after {}, the first day of the spell", long_date(spell.first))};
}

/// TOPs and screens within the window that say nothing about use.
template <class Field>
std::int64_t records_within(const Life& life, TableKind kind, Field date_field, Day after) {
    const Table& table = life.table(kind);
    const auto date = table.column<Day>(date_field);
    const RowRange rows = table.rows_of(life.client);
    std::int64_t count = 0;
    for (std::uint32_t i = rows.begin; i < rows.end; ++i)
        count += date[i] > after && date[i] <= life.date.day;
    return count;
}

std::string silent_words(const Life& life, Day after) {
    const std::int64_t records = records_within(life, TableKind::tops, TopField::date, after) +
                                 records_within(life, TableKind::drug_screens, ScreenField::date, after);
    if (records == 0) return {};
    return fmt::format(" {} in that time {} nothing about it: taken at the start of treatment or in a secure "
                       "setting, or without a "
                       "clear answer on opioids.",
                       records == 1 ? "One TOP or screen"
                                    : fmt::format("{} TOPs or screens", count_text(records)),
                       records == 1 ? "says" : "say");
}

Reason no_evidence(const Life& life, const Window& window) {
    Reason reason{
        "evidence/on-top",
        fmt::format(
            "Nothing says whether the person uses on top: evidence must be {}, and not later than the day.",
            window.words),
        {}};
    reason.sentence += silent_words(life, window.after);
    const auto earlier = std::ranges::find_if(life.evidence.rbegin(), life.evidence.rend(),
                                              [&](const Evidence& one) { return one.day <= window.after; });
    if (earlier == life.evidence.rend()) return reason;
    reason.sentence += fmt::format(" The last before it: {}.", finding(life, *earlier));
    reason.records.push_back(named_evidence(life, *earlier));
    return reason;
}

/// How far back from the latest evidence the policy looks, in words.
std::string choice_words(const Life& life, Day latest) {
    switch (life.policy.evidence_choice) {
    case EvidenceChoice::recall_28:
        return fmt::format("any use in the {} days up to the latest evidence, of {}, counts",
                           life.policy.recall_days, long_date(latest));
    case EvidenceChoice::latest:
        return fmt::format("what was found on the day of the latest evidence, {}, counts", long_date(latest));
    case EvidenceChoice::any_use:
        break;
    }
    return "any use in that time counts";
}

/// The latest use within the window that the policy's choice leaves aside, if there is any.
const Evidence* use_left_aside(const Life& life, const Window& window) {
    const Evidence* latest = nullptr;
    for (const Evidence& one : life.evidence)
        if (one.use && one.day > window.after && one.day <= life.date.day) latest = &one;
    return latest;
}

}  // namespace

void explain_evidence(const Life& life, const Reasoning& reasoning, std::vector<Reason>& reasons) {
    using Says = EvidenceVerdict::Says;
    const Window window = window_of(life);
    if (reasoning.evidence.says == Says::nothing) {
        reasons.push_back(no_evidence(life, window));
        return;
    }
    const Evidence& deciding = life.evidence[reasoning.evidence.deciding];
    Day latest = deciding.day;
    for (const Evidence& one : life.evidence)
        if (one.day <= life.date.day) latest = std::max(latest, one.day);
    Reason reason{"evidence/on-top", {}, {named_evidence(life, deciding)}};
    reason.sentence = fmt::format("{}. Evidence must be {}; {}.", capitalised(finding(life, deciding)),
                                  window.words, choice_words(life, latest));
    if (reasoning.evidence.says == Says::no_use) {
        if (const Evidence* aside = use_left_aside(life, window)) {
            reason.sentence += fmt::format(" Earlier use no longer counts: {}.", finding(life, *aside));
            reason.records.push_back(named_evidence(life, *aside));
        }
    }
    reasons.push_back(std::move(reason));
}

void explain_stage(const Life& life, const Reasoning& reasoning, std::vector<Reason>& reasons) {
    const State& state = reasoning.state;
    const bool evidence = reasoning.evidence.says != EvidenceVerdict::Says::nothing;
    const bool censored_start = state.spell_censored && state.spell_day <= life.policy.induction_days;
    const std::string_view past =
        censored_start ? "Not an induction, for the spell is censored" : "Past induction";
    std::string sentence;
    switch (state.stage) {
    case Stage::mat1:
        sentence = fmt::format("Day {} of the spell is within the first {}: MAT1, induction.",
                               state.spell_day, life.policy.induction_days);
        break;
    case Stage::mat2:
        sentence = fmt::format("{}; using on top: MAT2.", past);
        break;
    case Stage::mat4:
        sentence = fmt::format("{}; {}, and the regime is detox: MAT4, detoxification.", past,
                               evidence ? "not using on top" : "without evidence of use on top");
        break;
    case Stage::mat3:
        sentence = fmt::format("{}; not using on top, and not in detoxification: MAT3.", past);
        break;
    case Stage::uncategorised:
        sentence =
            fmt::format("{}; no evidence of use or no use, and not in detoxification: uncategorised.", past);
        break;
    }
    reasons.push_back({"stage", std::move(sentence), {}});
    const bool maintained = state.stage == Stage::mat2 || state.stage == Stage::mat3;
    if (!maintained) return;
    const std::string_view band =
        state.band == Band::below ? "below the threshold" : "at or above the threshold";
    reasons.push_back(
        {"cohort",
         state.cohort == Cohort::none
             ? fmt::format("{} without a dose band: no cohort; counted as unbanded.", text_of(state.stage))
             : fmt::format("{} and {}: {}.", text_of(state.stage), band, text_of(state.cohort)),
         {}});
}

}  // namespace optimat
