#pragma once
// An explanation for a clinician's eyes, or as JSON.

#include "report/explain.hpp"
#include "report/rule_texts.hpp"
#include "report/states_text.hpp"
#include "report/terminal.hpp"

namespace optimat {

/// The summary, then each rule with its title (from `rules`, where it is there) and its sentences.
void write_explanation_text(const Explanation& explanation, const std::vector<RuleText>& rules,
                            const Provenance& provenance, const Terminal& terminal, const TextSink& sink);

/// An object: provenance, client_id, as_at, in_mat, summary, state (null when not in MAT), reasons with their
/// rule, title, sentence and records.
void write_explanation_json(const Extract& extract, const Explanation& explanation,
                            const std::vector<RuleText>& rules, const Provenance& provenance,
                            const TextSink& sink);

}  // namespace optimat
