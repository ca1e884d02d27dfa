#pragma once

// What a measure function counted, as texts. Doses are in milligrams, times in days or working days.

#include "case_run.hpp"

namespace optimat::spec {

/// Parts that anything is in; `sum` only of functions whose things have a value.
std::vector<ResultColumn> part_columns();
ResultTable part_rows(const CaseRun& run, int line);

/// Each thing that was counted.
std::vector<ResultColumn> thing_columns();
ResultTable thing_rows(const CaseRun& run, int line);

/// The measures of definitions/measures.toml that divide parts of the function that was counted.
std::vector<ResultColumn> measure_columns();
ResultTable measure_rows(const CaseRun& run, int line);

}  // namespace optimat::spec
