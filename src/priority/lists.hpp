#pragma once
// The work lists: who is on each, in which block, in which order, and how far the team is with it. Every list
// is a choice from the pictures of a day. Pure. Rules priority/0 to priority/6, review-cohorts, mat4-review,
// slow-reduction.

#include "measure/tracker.hpp"
#include "priority/picture.hpp"
#include "priority/standing.hpp"

#include <string>
#include <vector>

namespace optimat {

/// Somebody on a list.
struct ListRow {
    const PersonPicture* person;  ///< lives as long as the pictures
    ListBlock block;
    ReviewStanding standing;
    const TeamReview* last_review =
        nullptr;  ///< of any list, whether it counts or not; lives as long as the records
    const TeamClaim* claim = nullptr;  ///< lives as long as the team's records
    std::optional<AsciPicture> asci;   ///< the current inventory, the team's own included; lists 4 and 5 only
};

/// The list at a place, in the policy's order, with everybody on it: still to review, reviewed and being
/// optimised. The order is by OrderKey, then oldest evidence (never recorded first), then client.
std::vector<ListRow> work_list(const Extract& extract, const Pictures& pictures, const Policy& policy,
                               WorkList list, const Place& place, const TeamRecords& records,
                               ReviewTime time);

/// How many are how far, by ReviewStatus, and by block.
struct ListCount {
    std::array<std::int64_t, review_status_count> by_status{};
    std::array<std::array<std::int64_t, review_status_count>, list_block_count> by_block{};
    std::int64_t people() const;
};
ListCount count_list(std::span<const ListRow> rows);

/// The blocks of a list whose people, all of them, are those that the tracker counts: 0 uncategorised, 1
/// using on top, 2 all (red), 3 all (amber). Empty for other lists.
std::span<const ListBlock> tracker_blocks(WorkList list);

/// Who owns somebody on a list: the keyworker, else the service. Exactly one.
struct ListOwner {
    ServiceIndex service;
    std::string_view keyworker;  ///< empty: the service itself
    friend bool operator==(const ListOwner&, const ListOwner&) = default;
};
ListOwner owner_of(const PersonPicture& person);

/// The value of an order key for a row: less stands first. For tests and for the page's words on why somebody
/// stands here.
std::int64_t order_value(OrderKey key, const ListRow& row);

}  // namespace optimat
