#pragma once
// Flows of one place between two dates as a terminal table, CSV or JSON. Source: rule "Service tracker",
// flows.

#include "measure/flows.hpp"
#include "report/states_text.hpp"
#include "report/terminal.hpp"

#include <string>

namespace optimat {

/// Who entered, left, moved and stayed, in one sentence.
std::string flows_sentence(const FlowTable& flows);

/// Rows are where people stood before, columns where they stand now.
void write_flows_text(const Place& place, const FlowTable& flows, const Provenance& provenance,
                      const Terminal& terminal, const TextSink& sink);

/// One row a pair of groups: place_kind, place_id, place, before, now, from, to, people, then the provenance;
/// pairs with nobody stand there with 0. The row from a group sums to its people before, the column to a
/// group to its people now.
void write_flows_csv(const Place& place, const FlowTable& flows, const Provenance& provenance,
                     const TextSink& sink);
void write_flows_json(const Place& place, const FlowTable& flows, const Provenance& provenance,
                      const TextSink& sink);

}  // namespace optimat
