#pragma once
// What the team has written down about people (reviews, claims, inventories), and how somebody stands on a
// work list by it: still to review, waiting for a co-signature, reviewed, or being optimised. Pure: the store
// gives the records. Rule review/current.

#include "model/extract.hpp"
#include "model/policy.hpp"
#include "model/work_list.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// A review as work lists need it. Corrected and withdrawn reviews are not here.
struct TeamReview {
    std::int64_t number = 0;            ///< of the entry in the store
    Day day;                            ///< of the review
    std::vector<WorkList> lists;        ///< that it covers
    std::vector<std::string> outcomes;  ///< ids of definitions/reviews.toml
    OptionalDay deferred_to;            ///< it stands until the day before
    bool awaits_co_signature = false;
};

/// Who has taken somebody on, and by when the review is due.
struct TeamClaim {
    std::string assigned_to;  ///< sign-in name
    Day due;
};

/// A supervised-consumption inventory answered here, beside those of ascis.csv.
struct TeamAsci {
    Day day;
    Flag supervised_before = Flag::not_recorded, supervised_after = Flag::not_recorded;
    std::vector<Flag> items;  ///< in the order of Extract::inventory_items
    bool other_item = false;  ///< an item is present that Extract::inventory_items does not have
};

struct PersonRecords {
    std::vector<TeamReview> reviews;  ///< by day, then number
    std::optional<TeamClaim> claim;
    std::vector<TeamAsci> ascis;  ///< by day
};
/// Nobody who has no record.
using TeamRecords = std::map<ClientPlace, PersonRecords>;
/// Of one person; nothing when there is none.
const PersonRecords* records_of(const TeamRecords& records, ClientPlace client);

enum class ReviewStatus : std::uint8_t { still_to_review, awaiting_co_signature, reviewed, being_optimised };
constexpr std::size_t review_status_count = 4;
std::string_view text_of(ReviewStatus status);
std::string_view words_for(ReviewStatus status);

/// Which reviews count on the lists of a reference date: those up to `to`; nothing: the newest lists, on
/// which every later review counts, and what was put off comes back by the calendar's `today` rather than by
/// the data's.
struct ReviewTime {
    OptionalDay to, today;
    ReviewTime() = default;
    ReviewTime(OptionalDay until, OptionalDay calendar = {})
        : to(until), today(calendar) {}  // NOLINT: mostly the former alone
};

/// A review counts whose day is after `as_at` − PriorityPolicy::review_months and within ReviewTime. One that
/// was put off counts until the day before deferred_to: by the reference date, on the newest lists by today
/// when that is later. `since` is the day of the person's latest overdose or release by then (nothing: none):
/// what was decided before it counts no more.
struct ReviewWindow {
    Day as_at, after;
    ReviewTime time;
    ReviewWindow(Day as_at, ReviewTime time, const Policy& policy);
    bool holds(const TeamReview& review, WorkList list, OptionalDay since) const;
};

/// How the person stands, and the review that says so: the latest that counts and needs no co-signature any
/// more, else the latest that waits for one.
struct ReviewStanding {
    ReviewStatus status = ReviewStatus::still_to_review;
    const TeamReview* review = nullptr;
};
ReviewStanding review_standing(const PersonRecords* records, WorkList list, const ReviewWindow& window,
                               OptionalDay since);

}  // namespace optimat
