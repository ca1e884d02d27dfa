#pragma once
// Services beside each other: funnel, intervals and a table by name. No league table.

#include "web/context.hpp"

namespace optimat::pages {

Response compare(Context& context);
Response compare_csv(Context& context);
Response compare_workbook(Context& context);

}  // namespace optimat::pages
