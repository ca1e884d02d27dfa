#include "cli/commands.hpp"

namespace optimat {

void add_commands(CommandLine& line) {
    add_check(line);
    add_import(line);
    add_snapshots(line);
    add_originals(line);
    add_erase(line);
    add_states(line);
    add_explain(line);
    add_list(line);
    add_tracker(line);
    add_service_data(line);
    add_flows(line);
    add_measures(line);
    add_measure(line);
    add_workbook(line);
    add_release(line);
    add_serve(line);
    add_synth(line);
    add_policy(line);
    add_rules(line);
}

}  // namespace optimat
