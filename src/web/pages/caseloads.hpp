#pragma once
// Caseloads by keyworker, and the naloxone coverage of a place beside the organisation.

#include "web/context.hpp"

namespace optimat::pages {

Response caseloads(Context& context);
Response caseloads_csv(Context& context);
Response caseloads_workbook(Context& context);
Response api_caseloads(Context& context);

Response naloxone(Context& context);
Response naloxone_csv(Context& context);  ///< of the table that `table` names; else of `naloxone`
Response naloxone_workbook(Context& context);
Response api_naloxone(Context& context);

}  // namespace optimat::pages
