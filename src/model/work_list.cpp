#include "model/work_list.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace optimat {

namespace {

constexpr std::array<std::string_view, work_list_count> list_texts = {
    "0", "1", "2", "3", "4", "5", "6", "review-cohorts", "mat4", "slow-reduction"};

constexpr std::array<std::string_view, work_list_count> list_rules = {
    "priority/0", "priority/1", "priority/2",     "priority/3",  "priority/4",
    "priority/5", "priority/6", "review-cohorts", "mat4-review", "slow-reduction"};

struct NamedBlock {
    std::string_view text;
    WorkList list;
};
constexpr std::array<NamedBlock, list_block_count> blocks = {{
    {"uncategorised", WorkList::priority_0},
    {"mat4_without_evidence", WorkList::priority_0},
    {"using_on_top", WorkList::priority_1},
    {"other_with_factor", WorkList::priority_1},
    {"reducing_or_detox", WorkList::priority_2},
    {"static_or_unknown", WorkList::priority_2},
    {"increasing_below", WorkList::priority_2},
    {"increasing_to_threshold", WorkList::priority_2},
    {"at_or_above_threshold", WorkList::priority_3},
    {"use_above_regular", WorkList::priority_4},
    {"no_current_asci", WorkList::priority_4},
    {"step_down", WorkList::priority_4},
    {"supervised_with_items", WorkList::priority_4},
    {"unsupervised_with_items", WorkList::priority_4},
    {"reducing_to_review", WorkList::priority_5},
    {"no_recent_top", WorkList::priority_5},
    {"shared_care_candidate", WorkList::priority_5},
    {"building_recovery", WorkList::priority_5},
    {"released_without_cover", WorkList::priority_6},
    {"cover_lapsed", WorkList::priority_6},
    {"left_unplanned", WorkList::priority_6},
    {"within_tolerated_gap", WorkList::priority_6},
    {"detox_options", WorkList::review_cohorts},
    {"next_cohort", WorkList::review_cohorts},
    {"dose_review", WorkList::review_cohorts},
    {"return_to_maintenance", WorkList::mat4},
    {"in_detoxification", WorkList::mat4},
    {"slow_reduction", WorkList::slow_reduction},
}};

constexpr std::array<std::string_view, order_key_count> key_texts = {
    "block",           "overdose_or_release", "never_recorded",      "reducing_and_below",
    "factors_present", "factors_unknown",     "no_naloxone",         "most_days_used",
    "injecting",       "supervised",          "newest_out_of_cover", "longest_in_treatment"};

template <class Enum>
std::optional<Enum> find(std::span<const std::string_view> texts, std::string_view text) {
    const auto found = std::ranges::find(texts, text);
    if (found == texts.end()) return std::nullopt;
    return static_cast<Enum>(found - texts.begin());
}

}  // namespace

std::string_view text_of(WorkList list) { return list_texts[static_cast<std::size_t>(list)]; }
std::optional<WorkList> work_list_of(std::string_view text) { return find<WorkList>(list_texts, text); }
std::string_view rule_of(WorkList list) { return list_rules[static_cast<std::size_t>(list)]; }

std::string_view text_of(ListBlock block) { return blocks[static_cast<std::size_t>(block)].text; }
std::optional<ListBlock> list_block_of(std::string_view text) {
    const auto found = std::ranges::find(blocks, text, &NamedBlock::text);
    if (found == blocks.end()) return std::nullopt;
    return static_cast<ListBlock>(found - blocks.begin());
}
WorkList list_of(ListBlock block) { return blocks[static_cast<std::size_t>(block)].list; }

std::string_view text_of(OrderKey key) { return key_texts[static_cast<std::size_t>(key)]; }
std::optional<OrderKey> order_key_of(std::string_view text) { return find<OrderKey>(key_texts, text); }

}  // namespace optimat
