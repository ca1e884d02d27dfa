#pragma once
// The program's commands, each declared and carried out in the file of its name.

#include "cli/command_line.hpp"

namespace optimat {

void add_check(CommandLine& line);
void add_import(CommandLine& line);
void add_snapshots(CommandLine& line);
void add_originals(CommandLine& line);
void add_erase(CommandLine& line);
void add_states(CommandLine& line);
void add_explain(CommandLine& line);
void add_list(CommandLine& line);
void add_tracker(CommandLine& line);
void add_service_data(CommandLine& line);
void add_flows(CommandLine& line);
void add_measures(CommandLine& line);
void add_measure(CommandLine& line);
void add_workbook(CommandLine& line);
void add_release(CommandLine& line);
void add_serve(CommandLine& line);
void add_synth(CommandLine& line);
void add_policy(CommandLine& line);
void add_rules(CommandLine& line);

/// All of them, in the order of the work.
void add_commands(CommandLine& line);

}  // namespace optimat
