#pragma once

// States as texts, with the records that decided them.

#include "case_run.hpp"

namespace optimat::spec {

/// The columns of state_rows().
std::vector<ResultColumn> state_columns();

/// Every state of a case.
ResultTable state_rows(const CaseRun& run, int line);

/// To whom every state is attributed.
std::vector<ResultColumn> attribution_columns();
ResultTable attribution_rows(const CaseRun& run, int line);

}  // namespace optimat::spec
