#include "web/access.hpp"

#include "measure/attribution.hpp"

#include <algorithm>
#include <iterator>

namespace optimat {

namespace {

constexpr std::string_view permission_texts[] = {
    "anyone",         "this_machine",  "signed_in",   "see_figures",  "see_details", "see_people",
    "record_reviews", "manage_groups", "manage_data", "manage_users", "see_audit"};

/// What each role may do beside signed_in.
struct Grants {
    Role role;
    bool figures, details, people, reviews, groups, data, users, audit;
};
constexpr Grants grants[] = {
    {Role::organisation_analyst, true, true, true, false, true, true, false, false},
    {Role::service_manager, true, true, true, true, true, false, false, false},
    {Role::clinician, true, true, true, true, true, false, false, false},
    {Role::data_manager, true, true, true, false, true, true, false, false},
    {Role::recovery_worker, true, true, true, true, false, false, false, false},
    {Role::peer_representative, true, true, false, false, false, false, false, false},
    {Role::commissioner, true, false, false, false, false, false, false, false},
    {Role::administrator, true, true, false, false, false, false, true, true},
};
static_assert(std::size(grants) == role_count);

}  // namespace

std::string_view text_of(Permission permission) {
    return permission_texts[static_cast<std::size_t>(permission)];
}

bool holds(Role role, Permission permission) {
    const Grants& grant = grants[static_cast<std::size_t>(role)];
    switch (permission) {
    case Permission::anyone:
    case Permission::signed_in:
        return true;
    case Permission::this_machine:
        return false;
    case Permission::see_figures:
        return grant.figures;
    case Permission::see_details:
        return grant.details;
    case Permission::see_people:
        return grant.people;
    case Permission::record_reviews:
        return grant.reviews;
    case Permission::manage_groups:
        return grant.groups;
    case Permission::manage_data:
        return grant.data;
    case Permission::manage_users:
        return grant.users;
    case Permission::see_audit:
        return grant.audit;
    }
    return false;
}

bool belongs_to(const User& user, const Extract& extract, ServiceIndex service) {
    if (user.whole_organisation) return true;
    return service.has_value() &&
           std::ranges::binary_search(user.services, extract.services[*service].service_id);
}

bool may_list(const User& user, const Extract& extract, const Place& place) {
    if (!holds(user.role, Permission::see_people) || user.role == Role::recovery_worker) return false;
    return std::ranges::all_of(place.services, [&](std::size_t service) {
        return belongs_to(user, extract, ServiceIndex(service));
    });
}

bool may_see(const User& user, const Extract& extract, const Chunk& chunk, const State& state, Day day) {
    if (!holds(user.role, Permission::see_people) || !belongs_to(user, extract, state.service)) return false;
    if (user.role != Role::recovery_worker) return true;
    return !user.keyworker_id.empty() && attribute(chunk, state, day).keyworker == user.keyworker_id;
}

bool may_see(const User& user, const Figures& figures, ClientPlace client) {
    for (std::size_t date = figures.dates().size(); date-- > 0;)
        if (const State* state = figures.state_of(client, date))
            return may_see(user, figures.extract(), figures.extract().chunks[client.chunk], *state,
                           figures.dates()[date]);
    return false;
}

}  // namespace optimat
