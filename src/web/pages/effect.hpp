#pragma once
// Whether reviewing helped: people reviewed beside people not yet reviewed, by list.

#include "web/context.hpp"

namespace optimat::pages {

Response effect(Context& context);
Response effect_csv(Context& context);  ///< of the table that `table` names; else of `effect`
Response effect_workbook(Context& context);
Response api_effect(Context& context);

}  // namespace optimat::pages
