#pragma once
// The course of one client's Treatment Outcomes Profiles over an episode: each item's values by date, and
// what became of it since the start. Rule outcome/change.

#include "model/extract.hpp"
#include "model/policy.hpp"

#include <optional>
#include <span>
#include <vector>

namespace optimat {

/// What became of an item since the start. `less` and `more` are of the number alone; whether that is an
/// improvement says TopItem::better.
enum class TopChange : std::uint8_t {
    not_comparable,  ///< a value is missing, or there are no two profiles
    abstinent,       ///< more than 0 at the start and 0 now, of items that are better when lower
    less,
    same,
    more
};
std::string_view text_of(TopChange change);

/// An item of the profile that has a course.
struct TopItem {
    TopField field;
    enum class Answer : std::uint8_t { count, flag } answer;
    enum class Better : std::uint8_t { lower, higher } better;
};
/// Every item, in the order of the form.
std::span<const TopItem> top_items();

/// A profile of the client.
struct TopDate {
    std::uint32_t row;  ///< in the chunk's tops
    Day day;
    TopStage stage;
};

struct TopCourse {
    TopItem item;
    std::vector<std::optional<int>> values;  ///< by profile; a flag is 0 or 1; nothing: not recorded
    TopChange change = TopChange::not_comparable;
};

struct TopTracker {
    std::vector<TopDate> profiles;  ///< by day, then id
    std::optional<std::size_t> start,
        now;                         ///< the profiles compared, places in `profiles`; nothing: there is none
    std::vector<TopCourse> courses;  ///< by item
};

/// The change from one value to another. With a reliable change of r for the item, a difference below r is
/// `same` (rule outcome/change; Policy::reliable_change, none by default). Abstinent goes before it: 0 days
/// is 0 days.
TopChange top_change(const TopItem& item, std::optional<int> start, std::optional<int> now,
                     const Policy& policy);

/// The profiles of an episode (a row of the chunk's episodes): those dated from 28 days before its start to
/// its end, or to `as_at` when that is earlier, and not in a secure setting. Start is the first whose stage
/// is `start`. `chosen` is the row in tops of the review to compare with; nothing: the latest that is not the
/// start.
TopTracker top_tracker(const Chunk& chunk, std::uint32_t episode, Day as_at,
                       std::optional<std::uint32_t> chosen, const Policy& policy);

}  // namespace optimat
