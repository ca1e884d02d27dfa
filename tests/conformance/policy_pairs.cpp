#include "policy_pairs.hpp"

#include "intake/definitions.hpp"

#include <fmt/format.h>

namespace optimat::conformance {

namespace {

const PolicyPair& shipped() {
    static const PolicyPair pair{"shipped", Definitions().policy(), {}};
    return pair;
}

struct Number {
    const char* name;
    std::int32_t Policy::*engine;
    int ReferencePolicy::*reference;
};
constexpr Number numbers[] = {
    {"induction_days", &Policy::induction_days, &ReferencePolicy::induction_days},
    {"comparison_days", &Policy::comparison_days, &ReferencePolicy::comparison_days},
    {"evidence_months", &Policy::evidence_months, &ReferencePolicy::evidence_months},
    {"recall_days", &Policy::recall_days, &ReferencePolicy::recall_days},
    {"detox_months", &Policy::detox_months, &ReferencePolicy::detox_months},
    {"censoring_days", &Policy::censoring_days, &ReferencePolicy::censoring_days},
    {"on_mat_episode_days", &Policy::on_mat_episode_days, &ReferencePolicy::on_mat_at_start_days},
};

void move(std::optional<Micrograms>& engine, std::optional<long>& reference, int step) {
    if (!engine || !reference) return;
    engine->number += step;
    *reference += step;
}

void add_family(std::vector<PolicyPair>& pairs, std::size_t family, int step) {
    const std::string name =
        fmt::format("{}_{}", text_of(static_cast<Family>(family)), step > 0 ? "more" : "less");
    PolicyPair gap = shipped(), threshold = shipped(), tolerance = shipped();
    gap.name = name + "_gap";
    gap.engine.families[family].tolerated_gap += step;
    gap.reference.families[family].tolerated_gap_days += step;
    pairs.push_back(gap);
    threshold.name = name + "_threshold";
    move(threshold.engine.families[family].threshold,
         threshold.reference.families[family].threshold_micrograms, step);
    pairs.push_back(threshold);
    tolerance.name = name + "_tolerance";
    move(tolerance.engine.families[family].tolerance,
         tolerance.reference.families[family].tolerance_micrograms, step);
    pairs.push_back(tolerance);
}

}  // namespace

std::vector<PolicyPair> choices() {
    constexpr std::pair<ThresholdComparator, ReferenceComparator> comparators[] = {
        {ThresholdComparator::at_least, ReferenceComparator::inclusive},
        {ThresholdComparator::above, ReferenceComparator::exclusive}};
    constexpr std::pair<EvidenceChoice, ReferenceEvidence> evidence[] = {
        {EvidenceChoice::recall_28, ReferenceEvidence::recall_28},
        {EvidenceChoice::latest, ReferenceEvidence::latest},
        {EvidenceChoice::any_use, ReferenceEvidence::any_use}};
    std::vector<PolicyPair> pairs;
    for (const auto& [engine_comparator, reference_comparator] : comparators) {
        for (const auto& [engine_evidence, reference_evidence] : evidence) {
            PolicyPair pair = shipped();
            pair.name = fmt::format("comparator {}, evidence {}", static_cast<int>(engine_comparator),
                                    static_cast<int>(engine_evidence));
            pair.engine.comparator = engine_comparator;
            pair.engine.evidence_choice = engine_evidence;
            pair.reference.comparator = reference_comparator;
            pair.reference.evidence = reference_evidence;
            pairs.push_back(pair);
        }
    }
    return pairs;
}

std::vector<PolicyPair> moved_numbers() {
    std::vector<PolicyPair> pairs;
    for (const int step : {1, -1}) {
        for (const Number& number : numbers) {
            PolicyPair pair = shipped();
            pair.name = fmt::format("{} {:+}", number.name, step);
            pair.engine.*number.engine += step;
            pair.reference.*number.reference += step;
            pairs.push_back(pair);
        }
        for (std::size_t family = 0; family < family_count; ++family)
            add_family(pairs, family, step);
    }
    return pairs;
}

}  // namespace optimat::conformance
