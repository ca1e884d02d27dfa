#pragma once
// Releases: the list, one beside now, who stands elsewhere; making and withdrawing.

#include "web/context.hpp"

namespace optimat::pages {

Response releases(Context& context);
Response releases_csv(Context& context);
Response releases_workbook(Context& context);
Response make_release(Context& context);

Response release(Context& context);
Response release_csv(Context& context);  ///< `table` names which; release_figures when not given
Response release_workbook(Context& context);
Response withdraw_release(Context& context);

Response release_people(Context& context);
Response release_people_csv(Context& context);
Response release_people_workbook(Context& context);

Response api_releases(Context& context);
Response api_release(Context& context);
Response api_release_people(Context& context);

}  // namespace optimat::pages
