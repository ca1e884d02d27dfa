#pragma once
// One client's episodes as the outcomes read them, and what their end reasons mean. Pure.

#include "outcome/client_course.hpp"

namespace optimat {

/// What an end reason says of how an episode ended (rule outcome/retention).
enum class EndKind : std::uint8_t {
    planned,      ///< completed_*
    unplanned,    ///< dropped_out, withdrawn_by_provider, declined_by_client
    transferred,  ///< transferred_*
    died,
    in_custody,  ///< retained_in_custody
    not_said     ///< other, not recorded
};
EndKind end_kind(EndReason reason);

/// The columns of the episodes of the client that `client` is at.
struct EpisodeRows {
    explicit EpisodeRows(const ClientCourse& client);
    RowRange rows;  ///< in order of start, then id
    std::span<const Day> start;
    std::span<const OptionalDay> end, referral, presentation;
    std::span<const EndReason> reason;
    std::span<const ServiceIndex> service;
    std::span<const Flag> opiate_client, on_mat_at_start;

    /// Whether an episode that has started by as_at says that the client is no opiate client, and none says
    /// the contrary.
    bool say_no_opiate_client(Day as_at) const;
};

}  // namespace optimat
