#pragma once
// Released figures as they leave the organisation.

#include "web/context.hpp"

namespace optimat::pages {

Response published(Context& context);
Response published_csv(Context& context);
Response published_workbook(Context& context);
Response api_published(Context& context);

}  // namespace optimat::pages
