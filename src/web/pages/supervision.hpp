#pragma once
// Supervised consumption: rates, inventories, and what goes with supervision.

#include "web/context.hpp"

namespace optimat::pages {

Response supervision(Context& context);
Response supervision_csv(Context& context);  ///< of the table that `table` names; else by stage
Response supervision_workbook(Context& context);
Response api_supervision(Context& context);

}  // namespace optimat::pages
