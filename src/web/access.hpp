#pragma once
// Who may do what: the one table of roles and permissions, and whose records a user may see. spec/access.md
// is the same table in words, and its test asks every route as every role.

#include "store/users.hpp"
#include "web/figures.hpp"

#include <string>
#include <string_view>

namespace optimat {

/// What a route asks of the one who calls it.
enum class Permission : std::uint8_t {
    anyone,        ///< signed in or not
    this_machine,  ///< called from the machine itself, not through the proxy: metrics
    signed_in,     ///< own password, tokens, help
    see_figures,   ///< figures of places; a commissioner sees them disclosure-controlled
    see_details,   ///< figures that may be of very few people: flows, breakdowns, doses. Never a commissioner
    see_people,    ///< lists of people and their records, within the user's services or caseload
    record_reviews,  ///< claims, reviews and inventories of people that the user may see
    manage_groups,   ///< peer groups that all see
    record_marks,    ///< targets, baselines and notes on the time charts of places: see may_mark
    make_releases,   ///< fix a month's figures, and withdraw what was fixed in error
    manage_data,     ///< uploads, check reports, imports
    manage_users,    ///< users and settings
    see_audit,
};
std::string_view text_of(Permission permission);
bool holds(Role role, Permission permission);

/// Who is asking.
struct Viewer {
    User user;
    std::string session;  ///< its hash; empty for an access token
    bool disclosed_only() const { return user.role == Role::commissioner; }
};

/// Whether the user belongs to the service.
bool belongs_to(const User& user, const Extract& extract, ServiceIndex service);
/// Whether the user may open lists of everybody at a place, so that a number there is a link.
bool may_list(const User& user, const Extract& extract, const Place& place);
/// Whether the user may set targets, baselines and notes on the time charts of a place: of services of theirs
/// all of it; of the organisation only those who work for all of it.
bool may_mark(const User& user, const Extract& extract, const Place& place);
/// Whether the user may see the person in this state: of a service of theirs; a recovery worker only when the
/// person is on the own caseload on that day.
bool may_see(const User& user, const Extract& extract, const Chunk& chunk, const State& state, Day day);
/// Whether the user may see somebody who is at the service and on the keyworker's caseload (empty: on none).
bool may_see(const User& user, const Extract& extract, ServiceIndex service, std::string_view keyworker);
/// The same of a client in the newest month: by their state; out of cover, as on list 6; else by the last
/// month that holds a state of them; never in MAT, by their latest episode. False when there is nothing of
/// these.
bool may_see(const User& user, const Figures& figures, ClientPlace client);

}  // namespace optimat
