#pragma once
// --service, --region, --area and --peer-group: whom a table is about.

#include "cli/command_line.hpp"
#include "measure/place.hpp"

namespace optimat {

struct PlaceOptions {
    std::optional<std::string> service, region, area, peer_group;

    /// Declares the four; at most one may be given, none is the whole organisation.
    void declare(Command& command);
    /// Throws UsageError, naming what there is, when the extract has no such place.
    Place find(const Extract& extract) const;
};

}  // namespace optimat
