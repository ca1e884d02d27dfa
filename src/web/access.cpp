#include "web/access.hpp"

#include "measure/attribution.hpp"
#include "priority/picture.hpp"
#include "web/person_lists.hpp"

#include <algorithm>
#include <iterator>

namespace optimat {

namespace {

constexpr std::string_view permission_texts[] = {
    "anyone",      "this_machine",   "signed_in",     "see_figures",  "see_details",
    "see_people",  "record_reviews", "manage_groups", "record_marks", "make_releases",
    "manage_data", "manage_users",   "see_audit"};

/// What each role may do beside signed_in.
struct Grants {
    Role role;
    bool figures, details, people, reviews, groups, marks, releases, data, users, audit;
};
constexpr Grants grants[] = {
    {Role::organisation_analyst, true, true, true, false, true, true, true, true, false, false},
    {Role::service_manager, true, true, true, true, true, true, false, false, false, false},
    {Role::clinician, true, true, true, true, true, false, false, false, false, false},
    {Role::data_manager, true, true, true, false, true, true, true, true, false, false},
    {Role::recovery_worker, true, true, true, true, false, false, false, false, false, false},
    {Role::peer_representative, true, true, false, false, false, false, false, false, false, false},
    {Role::commissioner, true, false, false, false, false, false, false, false, false, false},
    {Role::administrator, true, true, false, false, false, false, false, false, true, true},
};
static_assert(std::size(grants) == role_count);

/// Somebody who was never in MAT, by the episode that began last.
bool may_see_by_episode(const User& user, const Extract& extract, const Chunk& chunk, std::uint32_t client) {
    const Table& episodes = chunk.table(TableKind::episodes);
    const RowRange rows = episodes.rows_of(client);
    if (rows.begin == rows.end) return false;
    const std::uint32_t last = rows.end - 1;
    const TextRef keyworker = episodes.column<TextRef>(EpisodeField::keyworker_id)[last];
    return may_see(user, extract, episodes.column<ServiceIndex>(EpisodeField::service_id)[last],
                   keyworker.has_value() ? chunk.texts[*keyworker] : std::string_view{});
}

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
    case Permission::record_marks:
        return grant.marks;
    case Permission::make_releases:
        return grant.releases;
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

bool may_mark(const User& user, const Extract& extract, const Place& place) {
    if (!holds(user.role, Permission::record_marks)) return false;
    if (place.kind == PlaceKind::organisation && user.role == Role::service_manager) return false;
    return !place.services.empty() && std::ranges::all_of(place.services, [&](std::size_t service) {
        return belongs_to(user, extract, ServiceIndex(service));
    });
}

bool may_see(const User& user, const Extract& extract, ServiceIndex service, std::string_view keyworker) {
    if (!holds(user.role, Permission::see_people) || !belongs_to(user, extract, service)) return false;
    if (user.role != Role::recovery_worker) return true;
    return !user.keyworker_id.empty() && keyworker == user.keyworker_id;
}

bool may_see(const User& user, const Extract& extract, const Chunk& chunk, const State& state, Day day) {
    // Whose caseload matters for a recovery worker only.
    const bool by_caseload = user.role == Role::recovery_worker;
    return may_see(user, extract, state.service, by_caseload ? attribute(chunk, state, day).keyworker : "");
}

bool may_see(const User& user, const Figures& figures, ClientPlace client) {
    const Extract& extract = figures.extract();
    const Chunk& chunk = extract.chunks[client.chunk];
    const std::size_t newest = figures.dates().size() - 1;
    if (figures.state_of(client, newest) == nullptr) {
        const auto pictures = figures.pictures(newest);
        if (const PersonPicture* const person = find_person(*pictures, client))
            return may_see(user, extract, person->service, person->keyworker);
    }
    for (std::size_t date = newest + 1; date-- > 0;)
        if (const State* state = figures.state_of(client, date))
            return may_see(user, extract, chunk, *state, figures.dates()[date]);
    return may_see_by_episode(user, extract, chunk, client.client);
}

}  // namespace optimat
