#include "state_rows.hpp"

#include "measure/attribution.hpp"

namespace optimat::spec {

namespace {

template <class Enum> std::vector<std::string> texts_up_to(Enum last) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i)
        texts.emplace_back(text_of(static_cast<Enum>(i)));
    return texts;
}

std::vector<std::string> cohort_texts() { return texts_up_to(Cohort::grey); }

template <class MaybeDay> std::string day_text(const MaybeDay& day) { return day ? to_text(*day) : ""; }

std::string truth(bool value) { return value ? "true" : "false"; }

/// Calls `visit(chunk, state)` for each state of a case.
template <class Visit> void for_each_state(const CaseRun& run, int line, Visit visit) {
    const States& states = run.states(line);
    for (std::size_t i = 0; i < states.chunks.size(); ++i)
        for (const State& state : states.chunks[i])
            visit(run.extract(line).chunks[i], state);
}

std::string evidence_id(const Chunk& chunk, Classifier& classifier, const Reasoning& reasoning) {
    if (reasoning.evidence.says == EvidenceVerdict::Says::nothing) return {};
    const Evidence& evidence = classifier.evidence()[reasoning.evidence.deciding];
    return std::string(chunk.table(evidence.table).record_ids[evidence.row]);
}

}  // namespace

std::vector<ResultColumn> state_columns() {
    const std::vector<std::string> truths = {"true", "false"};
    return {{"as_at", ColumnUse::implied_key, {}},
            {"client_id", ColumnUse::key, {}},
            {"service_id", ColumnUse::value, {}},
            {"stage", ColumnUse::value, texts_up_to(Stage::uncategorised)},
            {"cohort", ColumnUse::value, cohort_texts()},
            {"medicine", ColumnUse::value, texts_up_to(Family::other)},
            {"dose_mg", ColumnUse::value, {}},
            {"band", ColumnUse::value, texts_up_to(Band::unknown)},
            {"regime", ColumnUse::value, texts_up_to(Regime::unknown)},
            {"spell_day", ColumnUse::value, {}},
            {"spell_censored", ColumnUse::value, truths},
            {"on_threshold", ColumnUse::value, truths},
            {"prescription_id", ColumnUse::value, {}},
            {"evidence_id", ColumnUse::value, {}},
            {"plan_start", ColumnUse::value, {}},
            {"compared_with", ColumnUse::value, {}}};
}

ResultTable state_rows(const CaseRun& run, int line) {
    ResultTable table{state_columns(), {}};
    for_each_state(run, line, [&](const Chunk& chunk, const State& state) {
        const Day day = run.states(line).dates[state.date];
        Classifier classifier(run.extract(line), chunk, run.policy());
        const auto reasoning = classifier.reason(state.client, ReferenceDate(day, run.policy()));
        if (!reasoning) throw CaseFailed(line, "a state has no reasons");
        table.rows.push_back(
            {to_text(day), std::string(chunk.client_ids[state.client]),
             run.extract(line).services[*state.service].service_id, std::string(text_of(state.stage)),
             std::string(text_of(state.cohort)), std::string(text_of(state.medicine)),
             state.dose_known ? milligram_text(state.dose) : "", std::string(text_of(state.band)),
             std::string(text_of(state.regime)), std::to_string(state.spell_day), truth(state.spell_censored),
             truth(state.on_threshold),
             std::string(chunk.table(TableKind::prescriptions).record_ids[state.prescription]),
             evidence_id(chunk, classifier, *reasoning), day_text(reasoning->regime.plan_start),
             day_text(reasoning->regime.compared_with)});
    });
    return table;
}

std::vector<ResultColumn> attribution_columns() {
    return {
        {"as_at", ColumnUse::implied_key, {}},
        {"client_id", ColumnUse::key, {}},
        {"service_id", ColumnUse::value, {}},
        {"keyworker_id", ColumnUse::value, {}},
        {"team", ColumnUse::value, {}},
        {"prescriber_id", ColumnUse::value, {}},
        {"collection", ColumnUse::value, {codes::collection.texts.begin(), codes::collection.texts.end()}},
        {"sex", ColumnUse::value, {codes::sex.texts.begin(), codes::sex.texts.end()}},
        {"age", ColumnUse::value, {}},
        {"age_band", ColumnUse::value, {}},
        {"days_in_treatment", ColumnUse::value, {}},
        {"time_band", ColumnUse::value, {}}};
}

ResultTable attribution_rows(const CaseRun& run, int line) {
    ResultTable table{attribution_columns(), {}};
    for_each_state(run, line, [&](const Chunk& chunk, const State& state) {
        const Day day = run.states(line).dates[state.date];
        const Attribution to = attribute(chunk, state, day);
        table.rows.push_back({to_text(day), std::string(chunk.client_ids[state.client]),
                              run.extract(line).services[*state.service].service_id,
                              std::string(to.keyworker), std::string(to.team), std::string(to.prescriber),
                              std::string(text_of(codes::collection, to.collection)),
                              std::string(text_of(codes::sex, to.sex)), to.age ? std::to_string(*to.age) : "",
                              std::string(age_band(to.age)),
                              to.days_in_treatment ? std::to_string(*to.days_in_treatment) : "",
                              std::string(time_band(to.days_in_treatment))});
    });
    return table;
}

}  // namespace optimat::spec
