#pragma once
// Whom a figure is about: the whole organisation, a region, an area, a peer group or one service.

#include "model/extract.hpp"

#include <string>
#include <vector>

namespace optimat {

enum class PlaceKind : std::uint8_t { organisation, region, area, peer_group, service };
std::string_view text_of(PlaceKind kind);

struct Place {
    PlaceKind kind = PlaceKind::organisation;
    std::string id;    ///< service_id, or the text of region, area or peer group; empty: organisation
    std::string name;  ///< for people
    std::vector<std::size_t> services;  ///< places in Extract::services, rising
};

/// Every place of an extract: the organisation, then regions, areas, peer groups and services, each in byte
/// order of their names. Services without a region, area or peer group belong to none of that kind.
std::vector<Place> places_of(const Extract& extract);

/// How services that have merged are shown.
enum class ServiceView : std::uint8_t {
    as_was,  ///< each under its own name
    as_now   ///< people and history of a service that merged under the one that it is part of now
};
std::string_view text_of(ServiceView view);

/// The service that a service is part of now: where following `merged_into` ends, at a service that names
/// none, or none that the extract knows. A service whose way leads into a circle stands for itself.
std::size_t service_as_now(const Extract& extract, std::size_t service);
/// A place as services are now: of one that merged the service that it is part of, with all that merged into
/// that; of a group all services that are now part of its services. The organisation is the same in both
/// views.
Place place_as_now(const Extract& extract, const Place& place);
/// places_of, as services are now: a service that merged has no place of its own, and every service is in one
/// place of a service, so that they add up to the organisation in both views.
std::vector<Place> places_as_now(const Extract& extract);

/// One place. Throws UsageError, naming what there is, when the extract has no such place.
Place find_place(const Extract& extract, PlaceKind kind, const std::string& id);

}  // namespace optimat
