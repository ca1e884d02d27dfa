#include "stage/classify.hpp"

#include "base/check.hpp"

#include <algorithm>

namespace optimat {

namespace {

/// Whether a screen says anything about use, and what: rule evidence/on-top.
std::optional<bool> screen_shows_use(ScreenResult illicit_opioid, ScreenResult strong_opioid) {
    if (illicit_opioid == ScreenResult::positive || strong_opioid == ScreenResult::positive) return true;
    if (illicit_opioid == ScreenResult::negative) return false;
    return std::nullopt;
}

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
    const bool reached = policy.comparator == ThresholdComparator::at_least ? *dose >= *threshold : *dose > *threshold;
    return reached ? Band::at_or_above : Band::below;
}

Classifier::Classifier(const Extract& extract, const Chunk& chunk, const Policy& policy)
    : m_policy(policy), m_chunk(chunk), m_builder(extract, chunk, policy) {
    const Table& prescriptions = chunk.table(TableKind::prescriptions);
    m_target_dose = prescriptions.column<OptionalDose>(PrescriptionField::target_dose_mg);
    m_target_date = prescriptions.column<OptionalDay>(PrescriptionField::target_date);
    m_plan_start = prescriptions.column<OptionalDay>(PrescriptionField::plan_start);
    m_recorded = prescriptions.column<RecordedRegime>(PrescriptionField::regime);
}

void Classifier::begin(std::uint32_t client) {
    m_timeline = &m_builder.build(client);
    m_evidence.clear();
    if (!m_timeline->covers().empty()) take_evidence(client);
}

// evidence/on-top: "a TOP with `opiate_days` recorded, stage not `start`, setting not secure; or a screen, not secure"
void Classifier::take_evidence(std::uint32_t client) {
    const Table& tops = m_chunk.table(TableKind::tops);
    const Table& screens = m_chunk.table(TableKind::drug_screens);
    const auto top_day = tops.column<Day>(TopField::date);
    const auto opiate_days = tops.column<OptionalCount>(TopField::opiate_days);
    const auto top_stage = tops.column<TopStage>(TopField::stage);
    const auto top_setting = tops.column<Setting>(TopField::setting);
    const RowRange top_rows = tops.rows_of(client);
    for (std::uint32_t i = top_rows.begin; i < top_rows.end; ++i) {
        if (!opiate_days[i] || top_stage[i] == TopStage::start || top_setting[i] == Setting::secure) continue;
        m_evidence.push_back({top_day[i], *opiate_days[i] > 0, TableKind::tops, i});
    }
    const auto middle = static_cast<std::ptrdiff_t>(m_evidence.size());
    const auto screen_day = screens.column<Day>(ScreenField::date);
    const auto illicit = screens.column<ScreenResult>(ScreenField::illicit_opioid);
    const auto strong = screens.column<ScreenResult>(ScreenField::fentanyl_or_nitazene);
    const auto screen_setting = screens.column<Setting>(ScreenField::setting);
    const RowRange screen_rows = screens.rows_of(client);
    for (std::uint32_t i = screen_rows.begin; i < screen_rows.end; ++i) {
        if (screen_setting[i] == Setting::secure) continue;
        const auto use = screen_shows_use(illicit[i], strong[i]);
        if (use) m_evidence.push_back({screen_day[i], *use, TableKind::drug_screens, i});
    }
    std::inplace_merge(m_evidence.begin(), m_evidence.begin() + middle, m_evidence.end(),
                       [](const Evidence& a, const Evidence& b) { return a.day < b.day; });
}

// evidence/on-top: "With L the latest evidence date, evidence in (L − 28 days, L] decides: any use there is use,
// otherwise no use."
EvidenceVerdict Classifier::evidence_at(const Spell& spell, const ReferenceDate& date, const Sweep& sweep) const {
    const Day after = spell.censored ? date.evidence_after : std::max(date.evidence_after, spell.first);
    const std::size_t i = sweep.evidence;
    if (i == 0 || m_evidence[i - 1].day <= after) return {};
    const Day latest = m_evidence[i - 1].day;
    Day decides_after = after;
    if (m_policy.evidence_choice == EvidenceChoice::latest) decides_after = latest - 1;
    if (m_policy.evidence_choice == EvidenceChoice::recall_28) decides_after = std::max(after, latest - m_policy.recall_days);
    for (std::size_t k = i; k > 0 && m_evidence[k - 1].day > decides_after; --k)
        if (m_evidence[k - 1].use) return {EvidenceVerdict::Says::use, static_cast<std::uint32_t>(k - 1)};
    return {EvidenceVerdict::Says::no_use, static_cast<std::uint32_t>(i - 1)};
}

// regime/derived: "The dose now against the dose 28 days ago, same family, inside the spell"
Regime Classifier::derived_regime(const Spell& spell, const CurrentDose& now, Day day, const Sweep& sweep,
                                  RegimeVerdict& verdict) const {
    verdict.derived_used = true;
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

bool Classifier::is_planned(std::uint32_t row) const {
    return m_target_dose[row] && (*m_target_dose[row]).number == 0 && m_target_date[row].has_value();
}

// "Start of the run: of the client's MAT prescriptions that start in the spell and no later than the leading one, let N
// be the latest start strictly before the leading one's start of a prescription that is not of that kind; the run starts
// at the least start after N (or in the spell, if there is no N) of one that is."
template <class OfKind>
Day Classifier::start_of_run(const Spell& spell, const Cover& lead, OfKind of_kind) const {
    const auto covers = m_timeline->covers();
    std::optional<Day> run, broken;
    for (std::size_t i = spell.first_cover; i < covers.size() && covers[i].start <= lead.start; ++i) {
        const Cover& cover = covers[i];
        if (of_kind(cover.row)) {
            if (!run && cover.start > broken.value_or(spell.first - 1)) run = cover.start;
        } else if (cover.start < lead.start) {
            broken = cover.start;
            run.reset();
        }
    }
    return run.value_or(lead.start);
}

// regime 1: "planned: the leading prescription has `target_dose_mg` = 0 and a `target_date`"
Regime Classifier::planned_regime(const Spell& spell, const Cover& lead, Day day, RegimeVerdict& verdict) const {
    verdict.clause = RegimeClause::planned;
    const OptionalDay recorded_start = m_plan_start[lead.row];
    verdict.plan_start = recorded_start ? *recorded_start
                                        : start_of_run(spell, lead, [&](std::uint32_t row) { return is_planned(row); });
    const Day target = *m_target_date[lead.row];
    const bool within = target <= add_months(*verdict.plan_start, m_policy.detox_months) && day <= target;
    return within ? Regime::detox : Regime::reducing;
}

RegimeVerdict Classifier::regime_at(const Spell& spell, const CurrentDose& now, Day day, const Sweep& sweep) const {
    RegimeVerdict verdict;
    const Cover& lead = m_timeline->covers()[now.lead];
    const auto derived = [&] { return verdict.derived = derived_regime(spell, now, day, sweep, verdict); };
    if (is_planned(lead.row)) {
        verdict.regime = planned_regime(spell, lead, day, verdict);
        return verdict;
    }
    switch (m_recorded[lead.row]) {
    case RecordedRegime::detox:
        verdict.clause = RegimeClause::recorded_detox;
        verdict.plan_start = start_of_run(spell, lead, [&](std::uint32_t row) {
            return m_recorded[row] == RecordedRegime::detox && !is_planned(row);
        });
        verdict.regime = day <= add_months(*verdict.plan_start, m_policy.detox_months) ? Regime::detox : Regime::reducing;
        return verdict;
    case RecordedRegime::stable:
        verdict.clause = RegimeClause::recorded_stable;
        verdict.regime = derived() == Regime::reducing ? Regime::reducing : Regime::fixed;
        return verdict;
    case RecordedRegime::increasing:
    case RecordedRegime::reducing:
        verdict.clause = RegimeClause::recorded;
        verdict.regime = m_recorded[lead.row] == RecordedRegime::increasing ? Regime::increasing : Regime::reducing;
        return verdict;
    case RecordedRegime::not_recorded: break;
    }
    verdict.clause = RegimeClause::derived;
    verdict.regime = derived();
    return verdict;
}

inline void Classifier::move_to(Day day, Sweep& sweep) const {
    const auto covers = m_timeline->covers();
    while (sweep.started < covers.size() && covers[sweep.started].start <= day) ++sweep.started;
    const Day compared = day - m_policy.comparison_days;
    while (sweep.compared < sweep.started && covers[sweep.compared].start <= compared) ++sweep.compared;
    while (sweep.evidence < m_evidence.size() && m_evidence[sweep.evidence].day <= day) ++sweep.evidence;
}

/// The state of a client who is in MAT at the date.
void Classifier::decide(std::uint32_t client, const ReferenceDate& date, const Sweep& sweep, Reasoning& reasoning) const {
    const Spell& spell = m_timeline->spell_of(sweep.started - 1);
    const CurrentDose& current = reasoning.current = m_timeline->dose_on(sweep.started, date.day);
    reasoning.regime = regime_at(spell, current, date.day, sweep);
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
    state.on_threshold = current.dose_known && threshold && current.sum == *threshold;
    // stage: the first that holds
    using Says = EvidenceVerdict::Says;
    if (state.spell_day <= m_policy.induction_days && !spell.censored) state.stage = Stage::mat1;
    else if (reasoning.evidence.says == Says::use) state.stage = Stage::mat2;
    else if (state.regime == Regime::detox) state.stage = Stage::mat4;
    else if (reasoning.evidence.says == Says::no_use) state.stage = Stage::mat3;
    else state.stage = Stage::uncategorised;
    state.cohort = cohort_of(state.stage, state.band);
}

void Classifier::classify(std::uint32_t client, std::span<const ReferenceDate> dates, ChunkStates& states) {
    begin(client);
    if (m_timeline->covers().empty()) return;
    Sweep sweep;
    Reasoning reasoning;
    for (std::size_t i = 0; i < dates.size(); ++i) {
        move_to(dates[i].day, sweep);
        if (!m_timeline->in_mat(sweep.started, dates[i].day)) continue;
        decide(client, dates[i], sweep, reasoning);
        reasoning.state.date = static_cast<std::uint16_t>(i);
        states.push_back(reasoning.state);
    }
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

States classify(const Extract& extract, const Policy& policy, std::vector<Day> dates, ThreadCount threads) {
    std::ranges::sort(dates);
    dates.erase(std::ranges::unique(dates).begin(), dates.end());
    OPTIMAT_CHECK(dates.size() < 0xffff, "more reference dates than a state can name");
    std::vector<ReferenceDate> references;
    for (const Day day : dates) references.emplace_back(day, policy);
    States states;
    states.dates = std::move(dates);
    states.chunks.resize(extract.chunks.size());
    for_each_piece(extract.chunks.size(), threads, [&](std::size_t i, unsigned) {
        const Chunk& chunk = extract.chunks[i];
        Classifier classifier(extract, chunk, policy);
        // Room for everybody at every date: pages that stay empty are never touched.
        states.chunks[i].reserve(chunk.client_count() * references.size());
        for (std::size_t client = 0; client < chunk.client_count(); ++client)
            classifier.classify(static_cast<std::uint32_t>(client), references, states.chunks[i]);
    });
    return states;
}

}  // namespace optimat
