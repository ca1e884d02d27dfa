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

/// One place. Throws UsageError, naming what there is, when the extract has no such place.
Place find_place(const Extract& extract, PlaceKind kind, const std::string& id);

}  // namespace optimat
