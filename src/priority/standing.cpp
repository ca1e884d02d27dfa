#include "priority/standing.hpp"

#include <algorithm>
#include <array>

namespace optimat {

namespace {

constexpr std::array<std::string_view, review_status_count> status_texts = {
    "still_to_review", "awaiting_co_signature", "reviewed", "being_optimised"};
constexpr std::array<std::string_view, review_status_count> status_words = {
    "still to review", "awaiting a co-signature", "reviewed", "being optimised"};

}  // namespace

std::string_view text_of(ReviewStatus status) { return status_texts[static_cast<std::size_t>(status)]; }
std::string_view words_for(ReviewStatus status) { return status_words[static_cast<std::size_t>(status)]; }

const PersonRecords* records_of(const TeamRecords& records, ClientPlace client) {
    const auto found = records.find(client);
    return found == records.end() ? nullptr : &found->second;
}

ReviewWindow::ReviewWindow(Day day, ReviewTime within, const Policy& policy)
    : as_at(day), after(add_months(day, -policy.priority.review_months)), time(within) {}

bool ReviewWindow::holds(const TeamReview& review, WorkList list, OptionalDay since) const {
    if (std::ranges::find(review.lists, list) == review.lists.end()) return false;
    if (time.to.has_value() && review.day > *time.to) return false;
    if (since.has_value() && review.day < *since) return false;
    if (!review.deferred_to.has_value()) return review.day > after;
    // What is put off stands until its own day, however long ago that was decided.
    const bool newest = !time.to.has_value();
    return (newest ? std::max(as_at, time.today.value_or(as_at)) : as_at) < *review.deferred_to;
}

ReviewStanding review_standing(const PersonRecords* records, WorkList list, const ReviewWindow& window,
                               OptionalDay since) {
    ReviewStanding standing;
    if (records == nullptr) return standing;
    for (const TeamReview& review : records->reviews) {
        if (!window.holds(review, list, since)) continue;
        if (review.awaits_co_signature && standing.status == ReviewStatus::reviewed) continue;
        standing = {review.awaits_co_signature ? ReviewStatus::awaiting_co_signature : ReviewStatus::reviewed,
                    &review};
    }
    return standing;
}

}  // namespace optimat
