#pragma once

// The rows of an extract in memory as texts, whatever chunk they lie in.

#include "model/extract.hpp"
#include "result_table.hpp"

namespace optimat::spec {

/// Every row of a table of the contract, services among them.
ResultTable accepted_rows(const Extract& extract, const std::string& table);

}  // namespace optimat::spec
