#include "cli/table_options.hpp"

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

void TableOptions::declare(Command& command) {
    declare_source(command, source);
    command.day("--as-at", as_at, OptionNeed::required, "Day to look at, usually a month's last");
    place.declare(command);
    command.choice<TableFormat>(
        "--format", {{"text", TableFormat::text}, {"csv", TableFormat::csv}, {"json", TableFormat::json}},
        format, "Form of the result");
    declare_output(command, output);
}

void declare_source(Command& command, std::string& source) {
    command.argument("SOURCE", source,
                     "Folder of an extract, or a snapshot: latest, its id or the beginning of its id");
}

void declare_output(Command& command, std::optional<std::filesystem::path>& output) {
    command.option("-o,--output", output, "FILE", "Write the result to a file instead of standard output");
}

}  // namespace optimat
