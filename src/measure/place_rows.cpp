// Places as the rows of what leaves the organisation.

#include "measure/disclosure.hpp"

#include <algorithm>

namespace optimat {

namespace {

constexpr std::size_t nowhere = PlaceRows::nowhere;

/// For each service, the place of that kind that it belongs to; nowhere when none.
std::vector<std::size_t> places_by_service(std::span<const Place> places, PlaceKind kind,
                                           std::size_t services) {
    std::vector<std::size_t> found(services, nowhere);
    for (std::size_t place = 0; place < places.size(); ++place)
        if (places[place].kind == kind)
            for (const std::size_t service : places[place].services)
                found[service] = place;
    return found;
}

std::size_t service_count(std::span<const Place> places) {
    std::size_t count = 0;
    for (const Place& place : places)
        for (const std::size_t service : place.services)
            count = std::max(count, service + 1);
    return count;
}

}  // namespace

std::vector<bool> places_that_leave(std::span<const Place> places) {
    const auto regions = places_by_service(places, PlaceKind::region, service_count(places));
    bool areas_nest = true;
    for (const Place& place : places)
        if (place.kind == PlaceKind::area)
            for (const std::size_t service : place.services)
                areas_nest = areas_nest && regions[service] == regions[place.services.front()];
    std::vector<bool> leaves;
    for (const Place& place : places)
        leaves.push_back(place.kind != PlaceKind::peer_group &&
                         (place.kind != PlaceKind::area || areas_nest));
    return leaves;
}

PlaceRows place_rows(std::span<const Place> places, std::size_t services) {
    PlaceRows rows{{},
                   std::vector<std::size_t>(places.size(), PlaceRows::nowhere),
                   std::vector<std::size_t>(services, 0)};
    const auto leaves = places_that_leave(places);
    for (const PlaceKind kind : {PlaceKind::organisation, PlaceKind::region, PlaceKind::area})
        for (std::size_t place = 0; place < places.size(); ++place) {
            const auto& inside = places[place].services;
            if (places[place].kind != kind || !leaves[place] || inside.empty()) continue;
            rows.by_place[place] =
                kind == PlaceKind::organisation ? 0 : rows.nesting.add(rows.by_service[inside.front()]);
            for (const std::size_t service : inside)
                rows.by_service[service] = rows.by_place[place];
        }
    for (std::size_t& row : rows.by_service)
        row = rows.nesting.add(row);
    for (std::size_t place = 0; place < places.size(); ++place)
        if (places[place].kind == PlaceKind::service && leaves[place])
            rows.by_place[place] = rows.by_service[places[place].services.front()];
    return rows;
}

}  // namespace optimat
