#include "cli/place_options.hpp"

namespace optimat {

void PlaceOptions::declare(Command& command) {
    command.option("--service", service, "ID",
                   "One service, by its service_id; the whole organisation when no place is given");
    command.option("--region", region, "NAME", "One region");
    command.option("--area", area, "NAME", "One area (local authority or partnership)");
    command.option("--peer-group", peer_group, "NAME", "One peer group of services");
    command.at_most_one_of({"--service", "--region", "--area", "--peer-group"});
}

Place PlaceOptions::find(const Extract& extract) const {
    if (service) return find_place(extract, PlaceKind::service, *service);
    if (region) return find_place(extract, PlaceKind::region, *region);
    if (area) return find_place(extract, PlaceKind::area, *area);
    if (peer_group) return find_place(extract, PlaceKind::peer_group, *peer_group);
    return find_place(extract, PlaceKind::organisation, "");
}

}  // namespace optimat
