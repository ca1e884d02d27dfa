#pragma once
// The program's commands, each declared and carried out in the file of its name.

#include "cli/command_line.hpp"

namespace optimat {

void add_check(CommandLine& line);
void add_states(CommandLine& line);
void add_explain(CommandLine& line);
void add_tracker(CommandLine& line);

}  // namespace optimat
