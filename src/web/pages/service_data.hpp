#pragma once
// Service data: how a place stands beside the organisation and all services, and a closer look at any of its
// rows.

#include "web/context.hpp"

namespace optimat::pages {

Response service_data(Context& context);
Response service_data_csv(Context& context);  ///< of the table that `table` names; else of the sheet
Response service_data_workbook(Context& context);

}  // namespace optimat::pages
