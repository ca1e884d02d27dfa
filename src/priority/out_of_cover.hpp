#pragma once
// Somebody who is not in MAT on the day, as list 6 needs it: since when, why, and whose they are. Pure. Rule
// priority/6.

#include "priority/picture.hpp"

namespace optimat {

/// The client's episode that is open on the day, at the service when one is named: the latest start, then the
/// greatest id.
std::optional<std::uint32_t> open_episode(const Chunk& chunk, std::uint32_t client, ServiceIndex service,
                                          Day as_at);

/// Why the client is on list 6, with service, keyworker and team in the picture; false when the client is
/// not. The client is not in MAT on the day; `released` is the latest release or discharge within
/// PriorityPolicy::released_days.
bool read_out_of_cover(const Chunk& chunk, std::uint32_t client, const Timeline& timeline, Day as_at,
                       OptionalDay released, const Policy& policy, PersonPicture& picture);

}  // namespace optimat
