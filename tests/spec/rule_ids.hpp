#pragma once

// The ids that a spec may name as the rule it proves.

#include <span>
#include <string_view>

namespace optimat::spec {

/// The rules that decide states, the tracker, service data and flows. Each needs at least one spec.
std::span<const std::string_view> measure_rules();

/// Whether a spec may name the rule: one of measure_rules(), an issue rule such as `cell/dose`, or `extract`,
/// the input contract as a whole.
bool is_rule(std::string_view id);

}  // namespace optimat::spec
