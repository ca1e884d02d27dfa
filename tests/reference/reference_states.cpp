#include "reference_days.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace optimat {
namespace reference {

using std::chrono::days;

// "Months back or forward keep the day of the month, clamped to the month's last day."
Day plus_months(Day day, int months) {
    const std::chrono::year_month_day date{day};
    const auto month = std::chrono::year_month{date.year(), date.month()} + std::chrono::months{months};
    const std::chrono::year_month_day same_day{month.year(), month.month(), date.day()};
    if (same_day.ok()) return Day{same_day};
    return Day{month / std::chrono::last};
}

namespace {

bool is_injection(const std::string& family) {
    return family == "buprenorphine_weekly" || family == "buprenorphine_monthly" ||
           family == "buprenorphine_sublocade";
}

bool is_sublingual(const std::string& family) {
    return family == "buprenorphine" || family == "buprenorphine_lyophilisate";
}

// The last key is no rule: it settles which of several rows with one id leads, whatever their order in the
// file.
bool leads_over(const Prescription& a, const Prescription& b) {
    return std::tie(a.id, a.service_id, a.regime, a.target_dose_micrograms, a.target_date, a.plan_start) >
           std::tie(b.id, b.service_id, b.regime, b.target_dose_micrograms, b.target_date, b.plan_start);
}

std::vector<const Cover*> active_on(const History& history, Day day) {
    std::vector<const Cover*> active;
    for (const Cover& cover : history.covers)
        if (is_active(cover, day)) active.push_back(&cover);
    return active;
}

// dose/current, first sentence: tablets and lyophilisate beside an active injection are a top-up and do not
// count.
std::vector<const Cover*> without_top_ups(const std::vector<const Cover*>& active,
                                          const ReferencePolicy& policy) {
    bool injected = false;
    for (const Cover* cover : active)
        injected = injected || is_injection(policy.families[cover->family].name);
    std::vector<const Cover*> counting;
    for (const Cover* cover : active)
        if (!injected || !is_sublingual(policy.families[cover->family].name)) counting.push_back(cover);
    return counting;
}

// dose/current, second sentence: what started last replaces what it overlaps.
std::vector<const Cover*> latest_started(const std::vector<const Cover*>& active) {
    Day latest = Day::min();
    for (const Cover* cover : active)
        latest = std::max(latest, cover->prescription.start);
    std::vector<const Cover*> started;
    for (const Cover* cover : active)
        if (cover->prescription.start == latest) started.push_back(cover);
    return started;
}

}  // namespace

// dose/current: of those left, the first family is the medicine; its doses add up, and one that is missing
// leaves the sum unknown. The greatest id among them leads. The day must be one in MAT.
CurrentDose current_dose(const History& history, Day day, const ReferencePolicy& policy) {
    const auto candidates = latest_started(without_top_ups(active_on(history, day), policy));
    CurrentDose current{candidates.front()->family, 0, nullptr};
    for (const Cover* cover : candidates)
        current.family = std::min(current.family, cover->family);
    for (const Cover* cover : candidates) {
        if (cover->family != current.family) continue;
        const auto dose = cover->prescription.dose_micrograms;
        current.micrograms =
            current.micrograms && dose ? std::optional{*current.micrograms + *dose} : std::nullopt;
        if (!current.leading || leads_over(cover->prescription, current.leading->prescription))
            current.leading = cover;
    }
    return current;
}

// dose/band: the dose against the guideline maintenance threshold of its own family.
std::string band_of(const CurrentDose& current, const ReferencePolicy& policy) {
    const auto threshold = policy.families[current.family].threshold_micrograms;
    if (!threshold || !current.micrograms) return "unknown";
    const bool reached = policy.comparator == ReferenceComparator::inclusive
                             ? *current.micrograms >= *threshold
                             : *current.micrograms > *threshold;
    return reached ? "at_or_above" : "below";
}

namespace {

// regime/derived: the dose now against that of 28 days ago, or of the last covered day before it, within the
// spell.
std::string derived_regime(const History& history, const CurrentDose& now, Day as_at, Day spell_start,
                           const ReferencePolicy& policy) {
    Day then = as_at - days{policy.comparison_days};
    if (then < spell_start) return "unknown";
    while (!is_in_mat(history, then))
        then -= days{1};
    const CurrentDose before = current_dose(history, then, policy);
    const auto tolerance = policy.families[now.family].tolerance_micrograms;
    if (before.family != now.family || !tolerance || !before.micrograms || !now.micrograms) return "unknown";
    const long change = *now.micrograms - *before.micrograms;
    if (change >= *tolerance) return "increasing";
    if (-change >= *tolerance) return "reducing";
    return "static";
}

// regime 1: a plan is a target of nothing by a date.
bool carries_plan(const Prescription& prescription) {
    return prescription.target_dose_micrograms == 0 && prescription.target_date;
}

// regime 2: a recorded detox counts as such only without a plan.
bool is_recorded_detox(const Prescription& prescription) {
    return prescription.regime == "detox" && !carries_plan(prescription);
}

// "Start of the run": the first start of a prescription of the kind after the last one, before the leading
// one's start, that is not of it; both looked for among those that start in the spell and not after the
// leading one.
template <typename Kind>
Day run_start(const History& history, const Prescription& leading, Day spell_start, Kind is_of_kind) {
    std::vector<Prescription> in_spell;
    for (const Cover& cover : history.covers)
        if (cover.prescription.start >= spell_start && cover.prescription.start <= leading.start)
            in_spell.push_back(cover.prescription);
    std::optional<Day> last_other;
    for (const Prescription& prescription : in_spell)
        if (!is_of_kind(prescription) && prescription.start < leading.start)
            last_other = last_other ? std::max(*last_other, prescription.start) : prescription.start;
    Day start = leading.start;
    for (const Prescription& prescription : in_spell)
        if (is_of_kind(prescription) && (!last_other || prescription.start > *last_other))
            start = std::min(start, prescription.start);
    return start;
}

}  // namespace

// regime 1 and 2: a plan or a recorded detox counts from the plan's own start, else from that of its run.
std::optional<Day> detox_start_of(const History& history, const CurrentDose& now, Day spell_start) {
    const Prescription& leading = now.leading->prescription;
    if (carries_plan(leading))
        return leading.plan_start.value_or(run_start(history, leading, spell_start, carries_plan));
    if (leading.regime == "detox") return run_start(history, leading, spell_start, is_recorded_detox);
    return std::nullopt;
}

// regime: the plan decides, then what was recorded, then what the doses show.
std::string regime_of(const History& history, const CurrentDose& now, Day as_at, Day spell_start,
                      const ReferencePolicy& policy) {
    const Prescription& leading = now.leading->prescription;
    const auto start = detox_start_of(history, now, spell_start);
    if (carries_plan(leading)) {
        const bool short_enough = *leading.target_date <= plus_months(*start, policy.detox_months);
        return short_enough && as_at <= *leading.target_date ? "detox" : "reducing";
    }
    if (leading.regime == "detox")
        return as_at <= plus_months(*start, policy.detox_months) ? "detox" : "reducing";
    const std::string derived = derived_regime(history, now, as_at, spell_start, policy);
    if (leading.regime == "stable") return derived == "reducing" ? "reducing" : "static";
    if (leading.regime == "increasing" || leading.regime == "reducing") return leading.regime;
    return derived;
}

namespace {

// One finding of use or no use on a day.
struct Evidence {
    Day date;
    bool use;
};

// evidence/on-top, first sentence: what a TOP or a screen proves, if anything.
std::vector<Evidence> all_evidence(const History& history) {
    std::vector<Evidence> evidence;
    for (const Top& top : history.tops)
        if (top.opiate_days && top.stage != "start" && top.setting != "secure")
            evidence.push_back({top.date, *top.opiate_days > 0});
    for (const Screen& screen : history.screens) {
        if (screen.setting == "secure") continue;
        if (screen.illicit_opioid == "positive" || screen.fentanyl_or_nitazene == "positive")
            evidence.push_back({screen.date, true});
        else if (screen.illicit_opioid == "negative")
            evidence.push_back({screen.date, false});
    }
    return evidence;
}

// evidence/on-top: after (as at - 3 months), up to as at, and after the spell's first day unless it is
// censored.
std::vector<Evidence> evidence_in_window(const History& history, Day as_at, const Spell& spell,
                                         const ReferencePolicy& policy) {
    std::vector<Evidence> evidence;
    for (const Evidence& item : all_evidence(history)) {
        const bool recent = item.date > plus_months(as_at, -policy.evidence_months) && item.date <= as_at;
        if (recent && (spell.censored || item.date > spell.start)) evidence.push_back(item);
    }
    return evidence;
}

}  // namespace

// evidence/on-top: true is use, false no use, none no evidence. The choice says how far before the latest
// finding another one still counts.
std::optional<bool> uses_on_top(const History& history, Day as_at, const Spell& spell,
                                const ReferencePolicy& policy) {
    const auto evidence = evidence_in_window(history, as_at, spell, policy);
    if (evidence.empty()) return std::nullopt;
    Day latest = Day::min();
    for (const Evidence& item : evidence)
        latest = std::max(latest, item.date);
    bool use = false;
    for (const Evidence& item : evidence) {
        const bool decides = policy.evidence == ReferenceEvidence::any_use ||
                             (policy.evidence == ReferenceEvidence::latest && item.date == latest) ||
                             (policy.evidence == ReferenceEvidence::recall_28 &&
                              item.date > latest - days{policy.recall_days});
        use = use || (decides && item.use);
    }
    return use;
}

namespace {

// stage: the first that holds.
std::string stage_of(int spell_day, bool censored, const std::string& regime, std::optional<bool> use,
                     const ReferencePolicy& policy) {
    if (spell_day <= policy.induction_days && !censored) return "MAT1";
    if (use == true) return "MAT2";
    if (regime == "detox") return "MAT4";
    if (use == false) return "MAT3";
    return "uncategorised";
}

// cohort: MAT2 and MAT3, each below and at or above the threshold.
std::string cohort_of(const std::string& stage, const std::string& band) {
    if (stage == "MAT2" && band == "below") return "red";
    if (stage == "MAT2" && band == "at_or_above") return "amber";
    if (stage == "MAT3" && band == "at_or_above") return "green";
    if (stage == "MAT3" && band == "below") return "grey";
    return "";
}

}  // namespace

std::optional<ReferenceState> state_of(const std::string& client_id, const History& history, Day as_at,
                                       const Extract& extract, const ReferencePolicy& policy) {
    const auto spell = spell_on(history, as_at, extract, policy);
    if (!spell) return std::nullopt;
    const CurrentDose now = current_dose(history, as_at, policy);
    ReferenceState state;
    state.as_at = reference_date_text(as_at);
    state.client_id = client_id;
    state.service_id = now.leading->prescription.service_id;
    state.medicine = policy.families[now.family].name;
    state.dose_micrograms = now.micrograms;
    state.band = band_of(now, policy);
    state.regime = regime_of(history, now, as_at, spell->start, policy);
    state.spell_day = static_cast<int>((as_at - spell->start).count()) + 1;
    state.spell_censored = spell->censored;
    state.prescription_id = now.leading->prescription.id;
    state.stage = stage_of(state.spell_day, spell->censored, state.regime,
                           uses_on_top(history, as_at, *spell, policy), policy);
    state.cohort = cohort_of(state.stage, state.band);
    return state;
}

namespace {

// 62500 micrograms is 62.5 mg.
std::string milligrams(std::optional<long> micrograms) {
    if (!micrograms) return "";
    std::string text = fmt::format("{}.{:03}", *micrograms / 1000, *micrograms % 1000);
    while (text.ends_with('0'))
        text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    return text;
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

}  // namespace
}  // namespace reference

std::string reference_date_text(std::chrono::year_month_day date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::vector<ReferenceState> reference_states(const std::filesystem::path& extract,
                                             const std::vector<std::chrono::year_month_day>& as_at,
                                             const ReferencePolicy& policy) {
    const reference::Extract records = reference::read_extract(extract);
    const auto histories = reference::histories(records, policy);
    std::vector<ReferenceState> states;
    for (const reference::Day day : std::set<reference::Day>(as_at.begin(), as_at.end()))
        for (const auto& [client_id, history] : histories)
            if (const auto state = reference::state_of(client_id, history, day, records, policy))
                states.push_back(*state);
    return states;
}

std::string states_csv(const std::vector<ReferenceState>& states) {
    std::string csv =
        "as_at,client_id,service_id,stage,cohort,medicine,dose_mg,band,regime,spell_day,spell_censored\n";
    for (const ReferenceState& state : states)
        csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", state.as_at,
                           reference::csv_cell(state.client_id), reference::csv_cell(state.service_id),
                           state.stage, state.cohort, state.medicine,
                           reference::milligrams(state.dose_micrograms), state.band, state.regime,
                           state.spell_day, state.spell_censored ? 1 : 0);
    return csv;
}

}  // namespace optimat
