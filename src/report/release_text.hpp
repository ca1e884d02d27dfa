#pragma once
// Releases for a terminal, from their tables.

#include "report/data_table.hpp"
#include "report/terminal.hpp"

#include <string>
#include <vector>

namespace optimat {

/// Tables `releases` and `due`.
void write_releases_text(const std::vector<DataTable>& tables, const std::string& due_sentence,
                         const Terminal& terminal, const TextSink& sink);

/// A release: its sentence, what differs, by what, and what it was made from. `tables` as the files have
/// them.
void write_release_text(const std::vector<DataTable>& tables, const std::string& title,
                        const std::string& sentence, const Provenance& provenance, const Terminal& terminal,
                        const TextSink& sink);

}  // namespace optimat
