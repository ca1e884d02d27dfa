#include "stage/classify.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace optimat {

namespace {

Cohort cohort_of(Stage stage, Band band) {
    if (band == Band::unknown) return Cohort::none;
    if (stage == Stage::mat2) return band == Band::below ? Cohort::red : Cohort::amber;
    if (stage == Stage::mat3) return band == Band::at_or_above ? Cohort::green : Cohort::grey;
    return Cohort::none;
}

}  // namespace

ReferenceDate::ReferenceDate(Day reference, const Policy& policy)
    : day(reference), evidence_after(add_months(reference, -policy.evidence_months)) {}

Band band_of(Family medicine, const std::optional<Micrograms>& dose, const Policy& policy) {
    const auto& threshold = policy.family(medicine).threshold;
    if (!dose || !threshold) return Band::unknown;
    const bool reached =
        policy.comparator == ThresholdComparator::at_least ? *dose >= *threshold : *dose > *threshold;
    return reached ? Band::at_or_above : Band::below;
}

Classifier::Classifier(const Extract& extract, const Chunk& chunk, const Policy& policy)
    : m_policy(policy),
      m_builder(extract, chunk, policy),
      m_evidence_reader(chunk),
      m_target_date(
          chunk.table(TableKind::prescriptions).column<OptionalDay>(PrescriptionField::target_date)),
      m_plan_start(chunk.table(TableKind::prescriptions).column<OptionalDay>(PrescriptionField::plan_start)) {
}

void Classifier::begin(std::uint32_t client) {
    m_timeline = &m_builder.build(client);
    m_evidence.clear();
    if (!m_timeline->covers().empty()) m_evidence_reader.read(client, m_evidence);
}

// evidence/on-top: "With L the latest evidence date, evidence in (L − 28 days, L] decides: any use there is
// use, otherwise no use."
EvidenceVerdict Classifier::evidence_at(const Spell& spell, const ReferenceDate& date,
                                        const Sweep& sweep) const {
    const Day after = spell.censored ? date.evidence_after : std::max(date.evidence_after, spell.first);
    const std::size_t i = sweep.evidence;
    if (i == 0 || m_evidence[i - 1].day <= after) return {};
    const Day latest = m_evidence[i - 1].day;
    Day decides_after = after;
    if (m_policy.evidence_choice == EvidenceChoice::latest) decides_after = latest - 1;
    if (m_policy.evidence_choice == EvidenceChoice::recall_28)
        decides_after = std::max(after, latest - m_policy.recall_days);
    for (std::size_t k = i; k > 0 && m_evidence[k - 1].day > decides_after; --k)
        if (m_evidence[k - 1].use) return {EvidenceVerdict::Says::use, static_cast<std::uint32_t>(k - 1)};
    return {EvidenceVerdict::Says::no_use, static_cast<std::uint32_t>(i - 1)};
}

// regime/derived: "The dose now against the dose 28 days ago, same family, inside the spell"
Regime Classifier::derived_regime(const Spell& spell, const CurrentDose& now, Day day, const Sweep& sweep,
                                  RegimeVerdict& verdict) const {
    verdict.derived_used = true;
    verdict.compared_with = OptionalDay{};
    const auto& tolerance = m_policy.family(now.medicine).tolerance;
    const Day then = day - m_policy.comparison_days;
    if (!tolerance || !now.dose_known || then < spell.first) return Regime::unknown;
    // "if that day is an uncovered day of the spell, the last covered day before it"
    const Day compared = m_timeline->last_covered(sweep.compared, then);
    verdict.compared_with = compared;
    verdict.then = m_timeline->dose_on(sweep.compared, compared);
    if (verdict.then.medicine != now.medicine || !verdict.then.dose_known) return Regime::unknown;
    const Micrograms change = now.sum - verdict.then.sum;
    if (change >= *tolerance) return Regime::increasing;
    if (change.number <= -tolerance->number) return Regime::reducing;
    return Regime::fixed;
}

// "Start of the run: of the client's MAT prescriptions that start in the spell and no later than the leading
// one, let N be the latest start strictly before the leading one's start of a prescription that is not of
// that kind; the run starts at the least start after N (or in the spell, if there is no N) of one that is."
Day Classifier::start_of_run(const Spell& spell, const Cover& lead) const {
    const auto covers = m_timeline->covers();
    std::optional<Day> run, broken;
    for (std::size_t i = spell.first_cover; i < covers.size() && covers[i].start <= lead.start; ++i) {
        const Cover& cover = covers[i];
        if (cover.course == lead.course) {
            if (!run && cover.start > broken.value_or(spell.first - 1)) run = cover.start;
        } else if (cover.start < lead.start) {
            broken = cover.start;
            run.reset();
        }
    }
    return run.value_or(lead.start);
}

// regime 1: "Plan start is its `plan_start`, else the start of the run. `detox` when target_date ≤ plan start
// + 3 months and the reference date ≤ target_date, else `reducing`"
Regime Classifier::planned_regime(const Spell& spell, const Cover& lead, Day day,
                                  RegimeVerdict& verdict) const {
    const OptionalDay recorded_start = m_plan_start[lead.row];
    const Day plan_start = recorded_start ? *recorded_start : start_of_run(spell, lead);
    verdict.plan_start = plan_start;
    const Day target = *m_target_date[lead.row];
    const bool within = target <= add_months(plan_start, m_policy.detox_months) && day <= target;
    return within ? Regime::detox : Regime::reducing;
}

// regime: the first that holds
void Classifier::find_regime(const Spell& spell, const CurrentDose& now, Day day, const Sweep& sweep,
                             RegimeVerdict& verdict) const {
    const Cover& lead = m_timeline->covers()[now.lead];
    verdict.derived_used = false;
    switch (lead.course) {
    case Course::planned:
        verdict.clause = RegimeClause::planned;
        verdict.regime = planned_regime(spell, lead, day, verdict);
        return;
    case Course::detox: {
        const Day run = start_of_run(spell, lead);
        verdict.clause = RegimeClause::recorded_detox;
        verdict.plan_start = run;
        verdict.regime = day <= add_months(run, m_policy.detox_months) ? Regime::detox : Regime::reducing;
        return;
    }
    case Course::stable:
        verdict.clause = RegimeClause::recorded_stable;
        verdict.derived = derived_regime(spell, now, day, sweep, verdict);
        verdict.regime = verdict.derived == Regime::reducing ? Regime::reducing : Regime::fixed;
        return;
    case Course::increasing:
    case Course::reducing:
        verdict.clause = RegimeClause::recorded;
        verdict.regime = lead.course == Course::increasing ? Regime::increasing : Regime::reducing;
        return;
    case Course::not_recorded:
        break;
    }
    verdict.clause = RegimeClause::derived;
    verdict.regime = verdict.derived = derived_regime(spell, now, day, sweep, verdict);
}

inline void Classifier::move_to(Day day, Sweep& sweep) const {
    const auto covers = m_timeline->covers();
    while (sweep.started < covers.size() && covers[sweep.started].start <= day)
        ++sweep.started;
    const Day compared = day - m_policy.comparison_days;
    while (sweep.compared < sweep.started && covers[sweep.compared].start <= compared)
        ++sweep.compared;
    while (sweep.evidence < m_evidence.size() && m_evidence[sweep.evidence].day <= day)
        ++sweep.evidence;
}

/// The state of a client who is in MAT at the date.
void Classifier::decide(std::uint32_t client, const ReferenceDate& date, const Sweep& sweep,
                        Reasoning& reasoning) const {
    const Spell& spell = m_timeline->spell_of(sweep.started - 1);
    const CurrentDose& current = reasoning.current = m_timeline->dose_on(sweep.started, date.day);
    find_regime(spell, current, date.day, sweep, reasoning.regime);
    reasoning.evidence = evidence_at(spell, date, sweep);
    const Cover& lead = m_timeline->covers()[current.lead];
    const auto& threshold = m_policy.family(current.medicine).threshold;
    State& state = reasoning.state;
    state.dose = current.dose_known ? current.sum : Micrograms{0};
    state.client = client;
    state.prescription = lead.row;
    state.spell_day = date.day - spell.first + 1;
    state.date = 0;
    state.service = lead.service;
    state.medicine = current.medicine;
    state.band = band_of(current.medicine, current.dose(), m_policy);
    state.regime = reasoning.regime.regime;
    state.dose_known = current.dose_known;
    state.spell_censored = spell.censored;
    state.regime_conflict =
        reasoning.regime.clause == RegimeClause::recorded_stable && state.regime == Regime::reducing;
    state.on_threshold = current.dose_known && threshold && current.sum == *threshold;
    // stage: the first that holds
    using Says = EvidenceVerdict::Says;
    if (state.spell_day <= m_policy.induction_days && !spell.censored)
        state.stage = Stage::mat1;
    else if (reasoning.evidence.says == Says::use)
        state.stage = Stage::mat2;
    else if (state.regime == Regime::detox)
        state.stage = Stage::mat4;
    else if (reasoning.evidence.says == Says::no_use)
        state.stage = Stage::mat3;
    else
        state.stage = Stage::uncategorised;
    state.cohort = cohort_of(state.stage, state.band);
}

State* Classifier::classify(std::uint32_t client, std::span<const ReferenceDate> dates, State* out) {
    begin(client);
    if (m_timeline->covers().empty()) return out;
    Sweep sweep;
    Reasoning reasoning;
    for (std::size_t i = 0; i < dates.size(); ++i) {
        move_to(dates[i].day, sweep);
        if (!m_timeline->in_mat(sweep.started, dates[i].day)) continue;
        decide(client, dates[i], sweep, reasoning);
        reasoning.state.date = static_cast<std::uint16_t>(i);
        *out++ = reasoning.state;
    }
    return out;
}

std::optional<Reasoning> Classifier::reason(std::uint32_t client, const ReferenceDate& date) {
    begin(client);
    Sweep sweep;
    move_to(date.day, sweep);
    if (!m_timeline->in_mat(sweep.started, date.day)) return std::nullopt;
    Reasoning reasoning;
    decide(client, date, sweep, reasoning);
    return reasoning;
}

void Classifier::reason(std::uint32_t client, std::span<const ReferenceDate> dates,
                        std::vector<Reasoning>& out) {
    begin(client);
    out.clear();
    Sweep sweep;
    for (std::size_t i = 0; i < dates.size(); ++i) {
        move_to(dates[i].day, sweep);
        if (!m_timeline->in_mat(sweep.started, dates[i].day)) continue;
        decide(client, dates[i], sweep, out.emplace_back());
        out.back().state.date = static_cast<std::uint16_t>(i);
    }
}

States classify(const Extract& extract, const Policy& policy, std::vector<Day> dates, ThreadCount threads) {
    std::ranges::sort(dates);
    dates.erase(std::ranges::unique(dates).begin(), dates.end());
    OPTIMAT_CHECK(dates.size() < 0xffff, "more reference dates than a state can name");
    std::vector<ReferenceDate> references;
    for (const Day day : dates)
        references.emplace_back(day, policy);
    States states;
    states.dates = std::move(dates);
    states.chunks.resize(extract.chunks.size());
    // Room for everybody at every date, side by side.
    states.memory = std::make_shared<Slab>();
    const std::size_t room = extract.client_count() * references.size();
    State* const all = static_cast<State*>(static_cast<void*>(states.memory->take(room * sizeof(State))));
    std::vector<std::size_t> first(1, 0);
    for (const Chunk& chunk : extract.chunks)
        first.push_back(first.back() + chunk.client_count() * references.size());
    for_each_piece(extract.chunks.size(), threads, [&](std::size_t i, unsigned) {
        const Chunk& chunk = extract.chunks[i];
        Classifier classifier(extract, chunk, policy);
        State* const begin = all + first[i];
        State* end = begin;
        for (std::size_t client = 0; client < chunk.client_count(); ++client)
            end = classifier.classify(static_cast<std::uint32_t>(client), references, end);
        states.chunks[i] = {begin, end};
    });
    return states;
}

}  // namespace optimat
