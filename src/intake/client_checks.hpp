#pragma once
// Checks that need all rows of a client at once: overlapping prescriptions, deaths known from one source
// only, records after death, clients and services that are not listed.

#include "intake/assemble.hpp"

namespace optimat {

/// Appends the issues of every client of the chunk, in no particular order.
void check_clients(const Schema& schema, const Reading& reading, const ChunkRows& rows,
                   const std::vector<Flag>& listed, std::vector<Issue>& issues);

}  // namespace optimat
