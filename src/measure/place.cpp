#include "measure/place.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace optimat {

namespace {

constexpr std::string_view kind_texts[] = {"organisation", "region", "area", "peer_group", "service"};
constexpr std::string_view view_texts[] = {"as_was", "as_now"};

void add_groups(const Extract& extract, PlaceKind kind, std::string Service::*group,
                std::vector<Place>& places) {
    std::map<std::string, Place> groups;
    for (std::size_t i = 0; i < extract.services.size(); ++i) {
        const std::string& name = extract.services[i].*group;
        if (name.empty()) continue;
        Place& place = groups[name];
        place.kind = kind;
        place.id = place.name = name;
        place.services.push_back(i);
    }
    for (auto& [name, place] : groups)
        places.push_back(std::move(place));
}

}  // namespace

std::string_view text_of(ServiceView view) { return view_texts[static_cast<std::size_t>(view)]; }

std::string_view text_of(PlaceKind kind) { return kind_texts[static_cast<std::size_t>(kind)]; }

std::vector<Place> places_of(const Extract& extract) {
    std::vector<Place> places(1);
    places[0].name = extract.organisation;
    std::vector<Place> services;
    for (std::size_t i = 0; i < extract.services.size(); ++i) {
        places[0].services.push_back(i);
        services.push_back(
            {PlaceKind::service, extract.services[i].service_id, extract.services[i].name, {i}});
    }
    add_groups(extract, PlaceKind::region, &Service::region, places);
    add_groups(extract, PlaceKind::area, &Service::area, places);
    add_groups(extract, PlaceKind::peer_group, &Service::peer_group, places);
    std::ranges::sort(services, {}, [](const Place& place) { return std::tie(place.name, place.id); });
    std::ranges::move(services, std::back_inserter(places));
    return places;
}

std::size_t service_as_now(const Extract& extract, std::size_t service) {
    std::size_t now = service;
    for (std::size_t step = 0; step < extract.services.size(); ++step) {
        const std::string& next = extract.services[now].merged_into;
        const ServiceIndex found = next.empty() ? ServiceIndex{} : extract.find_service(next);
        if (!found.has_value()) return now;
        now = *found;
    }
    return service;
}

Place place_as_now(const Extract& extract, const Place& place) {
    if (place.kind == PlaceKind::organisation) return place;
    Place now = place;
    if (place.kind == PlaceKind::service) {
        const std::size_t service = service_as_now(extract, place.services.front());
        now = {place.kind, extract.services[service].service_id, extract.services[service].name, {service}};
    }
    const std::vector<std::size_t> theirs = std::exchange(now.services, {});
    for (std::size_t i = 0; i < extract.services.size(); ++i)
        if (std::ranges::binary_search(theirs, service_as_now(extract, i))) now.services.push_back(i);
    return now;
}

std::vector<Place> places_as_now(const Extract& extract) {
    std::vector<Place> places;
    for (const Place& place : places_of(extract)) {
        const bool merged = place.kind == PlaceKind::service &&
                            service_as_now(extract, place.services.front()) != place.services.front();
        if (!merged) places.push_back(place_as_now(extract, place));
    }
    return places;
}

Place find_place(const Extract& extract, PlaceKind kind, const std::string& id) {
    std::string known;
    for (Place& place : places_of(extract)) {
        if (place.kind != kind) continue;
        if (kind == PlaceKind::organisation || place.id == id) return std::move(place);
        if (known.size() < 300) known += fmt::format("{}{}", known.empty() ? "" : ", ", place.id);
    }
    throw UsageError(fmt::format("there is no {} '{}' in this extract; there are: {}", text_of(kind), id,
                                 known.empty() ? "none" : known));
}

}  // namespace optimat
