#pragma once
// The work lists: whom a team looks at first. Names of the lists, of the blocks that each is made of, and of
// the keys that put people in order. What each means to people is in definitions/lists.toml; who is on them,
// in src/priority. Names of lists are stored with reviews: append only, never rename.

#include <cstdint>
#include <optional>
#include <string_view>

namespace optimat {

enum class WorkList : std::uint8_t {
    priority_0,
    priority_1,
    priority_2,
    priority_3,
    priority_4,
    priority_5,
    priority_6,
    review_cohorts,
    mat4,
    slow_reduction
};
constexpr std::size_t work_list_count = 10;
/// `0` … `6`, `review-cohorts`, `mat4`, `slow-reduction`: on the command line, in URLs and in the store.
std::string_view text_of(WorkList list);
std::optional<WorkList> work_list_of(std::string_view text);
/// The rule that says who is on it: `priority/0`, `review-cohorts`, …
std::string_view rule_of(WorkList list);

/// A block of a list: why somebody is on it. Within a list they stand in this order.
enum class ListBlock : std::uint8_t {
    uncategorised,
    mat4_without_evidence,  // 0
    using_on_top,
    other_with_factor,  // 1
    reducing_or_detox,
    static_or_unknown,
    increasing_below,
    increasing_to_threshold,  // 2
    at_or_above_threshold,    // 3
    use_above_regular,
    no_current_asci,
    step_down,
    supervised_with_items,
    unsupervised_with_items,  // 4
    reducing_to_review,
    no_recent_top,
    shared_care_candidate,
    building_recovery,  // 5
    released_without_cover,
    cover_lapsed,
    left_unplanned,
    within_tolerated_gap,  // 6
    detox_options,
    next_cohort,
    dose_review,  // review cohorts
    return_to_maintenance,
    in_detoxification,  // MAT 4
    slow_reduction
};
constexpr std::size_t list_block_count = 28;
std::string_view text_of(ListBlock block);
std::optional<ListBlock> list_block_of(std::string_view text);
WorkList list_of(ListBlock block);

/// What people are put in order by. A policy names some for each list, the first first; those equal in all of
/// them stand by oldest evidence, never recorded before any, and then by client.
enum class OrderKey : std::uint8_t {
    block,                 ///< in the order of the list's blocks
    overdose_or_release,   ///< a recent overdose, or a release in the last weeks, before others
    never_recorded,        ///< nobody ever recorded evidence, before others
    reducing_and_below,    ///< reducing or in detoxification, and below the threshold, before others
    factors_present,       ///< more risk factors present first
    factors_unknown,       ///< more risk factors unknown first
    no_naloxone,           ///< no naloxone on record within its time, before others
    most_days_used,        ///< more days of use on top first; unknown counts as most
    injecting,             ///< injecting, then unknown, then not
    supervised,            ///< supervised before others
    newest_out_of_cover,   ///< fewest days without cover first
    longest_in_treatment,  ///< most time in treatment first; unknown before any
};
constexpr std::size_t order_key_count = 12;
std::string_view text_of(OrderKey key);
std::optional<OrderKey> order_key_of(std::string_view text);

}  // namespace optimat
