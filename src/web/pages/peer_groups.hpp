#pragma once
// Peer groups that users put together, to compare services with.

#include "web/context.hpp"

namespace optimat::pages {

Response peer_groups(Context& context);
Response peer_group_form(Context& context);  ///< of a group, or a new one
Response save_peer_group(Context& context);
Response remove_peer_group(Context& context);

}  // namespace optimat::pages
