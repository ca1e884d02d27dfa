#include "rule_ids.hpp"

#include "model/issue.hpp"

#include <algorithm>

namespace optimat::spec {

namespace {

constexpr std::string_view rules[] = {
    "cover/death",
    "cover/effective-end",
    "cover/active",
    "cover/spell",
    "cover/censored",
    "dose/current",
    "dose/band",
    "regime/derived",
    "regime",
    "evidence/on-top",
    "stage",
    "cohort",
    "attribution",
    "tracker",
    "service-data",
    "flows",
    "funnel",
    "disclosure",
    "sensitivity",
    "priority/0",
    "priority/1",
    "priority/2",
    "priority/3",
    "priority/4",
    "priority/5",
    "priority/6",
    "review-cohorts",
    "mat4-review",
    "slow-reduction",
    "review/current",
    "review/effect",
    "supervision/rate",
    "asci/coverage",
    "asci/agreement",
    "asci/items",
    "naloxone",
    "owner",
    "induction",
    "detoxification",
    "journey",
    "outcome/successful-completion",
    "outcome/re-presentation",
    "outcome/waiting",
    "outcome/retention",
    "outcome/change",
    "outcome/continuity",
    "outcome/harm",
};

}  // namespace

std::span<const std::string_view> measure_rules() { return rules; }

bool is_rule(std::string_view id) {
    if (id == "extract" || std::ranges::find(rules, id) != std::end(rules)) return true;
    for (std::size_t i = 0; i < rule_count; ++i)
        if (issue_rule(static_cast<Rule>(i)).id == id) return true;
    return false;
}

}  // namespace optimat::spec
