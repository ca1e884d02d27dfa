#pragma once
// The handlers that the table of routes names. Each answers one request; see Context.

#include "web/context.hpp"

namespace optimat::pages {

Response home(Context& context);

// The service tracker and the flows since the month before.
Response tracker(Context& context);
Response tracker_csv(Context& context);
Response tracker_workbook(Context& context);
Response
tracker_full_workbook(Context& context);  ///< the workbook that services know: every place, six sheets
Response flows(Context& context);
Response flows_csv(Context& context);
Response flows_workbook(Context& context);

// The people behind a number.
Response people(Context& context);
Response people_csv(Context& context);
Response people_workbook(Context& context);

// Signing in, one's own account, users, audit.
Response sign_in_form(Context& context);
Response sign_in(Context& context);
Response sign_out(Context& context);
Response set_up_form(Context& context);
Response set_up(Context& context);
Response account(Context& context);
Response change_own_password(Context& context);
Response add_access_token(Context& context);
Response remove_access_token(Context& context);
Response users(Context& context);
Response user_form(Context& context);
Response save_user(Context& context);
Response audit_log(Context& context);
Response audit_csv(Context& context);

// What programs ask.
Response asset(Context& context);
Response favicon(Context& context);
Response health(Context& context);
Response metrics(Context& context);

}  // namespace optimat::pages
