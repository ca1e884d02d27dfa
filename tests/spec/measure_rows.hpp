#pragma once

// The numbers of the measures as texts. Percentages and doses have two decimals, rounded half up.

#include "case_run.hpp"

namespace optimat::spec {

std::vector<ResultColumn> tracker_columns();
ResultTable tracker_rows(const CaseRun& run, int line);

std::vector<ResultColumn> service_data_columns();
ResultTable service_data_rows_of(const CaseRun& run, int line);

/// How the share of each row lies among the services that have anybody in MAT.
std::vector<ResultColumn> spread_columns();
ResultTable spread_rows(const CaseRun& run, int line);

/// Parts of a service data row by what it is broken down by.
std::vector<ResultColumn> breakdown_columns();
ResultTable breakdown_rows(const CaseRun& run, int line, const std::string& row, const std::string& by);

/// Doses of a family among the people of a service data row.
std::vector<ResultColumn> dose_range_columns();
ResultTable dose_range_rows(const CaseRun& run, int line, const std::string& row, const std::string& family);

/// Flows that anybody made.
std::vector<ResultColumn> flow_columns();
ResultTable flow_rows(const CaseRun& run, int line);

}  // namespace optimat::spec
