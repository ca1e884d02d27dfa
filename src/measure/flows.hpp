#pragma once
// Flows: who entered MAT, left, and moved between the tracker's groups since the reference date before. Net
// change hides churn; flows show it. Rule "Service tracker", flows.

#include "measure/tracker.hpp"

namespace optimat {

/// Where a person stood at a date as seen from a place: in one of the tracker's groups, in MAT but elsewhere,
/// or not in MAT at all.
constexpr std::size_t flow_elsewhere = tracker_group_count;    ///< in MAT at another place
constexpr std::size_t flow_outside = tracker_group_count + 1;  ///< not in MAT
constexpr std::size_t flow_ends = tracker_group_count + 2;
std::string_view flow_end_text(std::size_t end);  ///< `red` … `uncategorised`, `elsewhere`, `outside`
std::string_view flow_end_words(std::size_t end);
/// The end at which a person's state stands as seen from the services that are `here`; null: not in MAT.
std::size_t flow_end_of(const State* state, const std::vector<bool>& here);

/// People by where they stood before and where they stand now: people[from][to]. From and to are never both
/// outside the place. Column sums over a group are its people now; row sums its people before.
struct FlowTable {
    Day before, now;
    std::array<std::array<std::int64_t, flow_ends>, flow_ends> people{};
    std::int64_t entered() const;     ///< into MAT at the place from outside MAT
    std::int64_t arrived() const;     ///< from another place
    std::int64_t left() const;        ///< out of MAT
    std::int64_t moved_away() const;  ///< to another place
    std::int64_t changed_group() const;
    std::int64_t stayed() const;
    FlowTable& operator+=(const FlowTable& other);
    friend bool operator==(const FlowTable&, const FlowTable&) = default;
};

/// Flows of each place between two dates (places in states.dates): result[place].
std::vector<FlowTable> make_flows(const Extract& extract, const States& states, std::size_t before,
                                  std::size_t now, const std::vector<Place>& places);

}  // namespace optimat
