// The table of routes.

#include "web/pages/api.hpp"
#include "web/pages/asci.hpp"
#include "web/pages/caseloads.hpp"
#include "web/pages/compare.hpp"
#include "web/pages/data.hpp"
#include "web/pages/definitions.hpp"
#include "web/pages/effect.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/peer_groups.hpp"
#include "web/pages/person.hpp"
#include "web/pages/reviews.hpp"
#include "web/pages/service_data.hpp"
#include "web/pages/supervision.hpp"
#include "web/route.hpp"
#include "web/upload_sink.hpp"

namespace optimat {

namespace {

using enum Method;
using enum Permission;

constexpr Route table[] = {
    {get, "/", signed_in, "", pages::home, "Home: the page that the role needs most"},
    {get, "/tracker", see_figures, "", pages::tracker, "Service tracker of a place"},
    {get, "/tracker.csv", see_figures, "export_tracker", pages::tracker_csv, "Service tracker as CSV"},
    {get, "/tracker.xlsx", see_figures, "export_tracker", pages::tracker_workbook,
     "Service tracker as a workbook"},
    {get, "/tracker/workbook.xlsx", see_details, "export_workbook", pages::tracker_full_workbook,
     "The tracker workbook of all services", Transactions::one, nullptr, 64 * 1024, Effort::heavy},
    {get, "/flows", see_details, "", pages::flows, "Flows since the month before"},
    {get, "/flows.csv", see_details, "export_flows", pages::flows_csv, "Flows as CSV"},
    {get, "/flows.xlsx", see_details, "export_flows", pages::flows_workbook, "Flows as a workbook"},
    {get, "/service-data", see_details, "", pages::service_data,
     "Service data of a place, and a closer look at a row"},
    {get, "/service-data.csv", see_details, "export_service_data", pages::service_data_csv,
     "Service data as CSV"},
    {get, "/service-data.xlsx", see_details, "export_service_data", pages::service_data_workbook,
     "Service data as a workbook"},
    {get, "/supervision", see_details, "", pages::supervision,
     "Supervised consumption: rates, inventories and what goes with supervision"},
    {get, "/supervision.csv", see_details, "export_supervision", pages::supervision_csv,
     "Supervised consumption as CSV"},
    {get, "/supervision.xlsx", see_details, "export_supervision", pages::supervision_workbook,
     "Supervised consumption as a workbook"},
    {get, "/compare", see_figures, "", pages::compare, "Services beside each other"},
    {get, "/compare.csv", see_figures, "export_compare", pages::compare_csv,
     "Services beside each other as CSV"},
    {get, "/compare.xlsx", see_figures, "export_compare", pages::compare_workbook,
     "Services beside each other as a workbook"},
    {get, "/peer-groups", manage_groups, "", pages::peer_groups, "Saved peer groups"},
    {get, "/peer-groups/{number}", manage_groups, "", pages::peer_group_form, "A peer group, or a new one"},
    {post, "/peer-groups/{number}", manage_groups, "save_peer_group", pages::save_peer_group,
     "Add or change a peer group"},
    {post, "/peer-groups/{number}/remove", manage_groups, "remove_peer_group", pages::remove_peer_group,
     "Remove a peer group"},
    {get, "/people", see_people, "view_list", pages::people, "The people behind a number"},
    {get, "/people.csv", see_people, "export_list", pages::people_csv, "The people behind a number as CSV"},
    {get, "/people/{reference}", see_people, "view_person", pages::person, "One person's history"},
    {get, "/people/{reference}/asci", record_reviews, "view_person", pages::asci_form,
     "The form of an inventory of supervised consumption"},
    {post, "/people/{reference}/asci", record_reviews, "record_inventory", pages::save_asci,
     "Add or correct an inventory of supervised consumption"},
    {get, "/people/{reference}/review", record_reviews, "view_person", pages::review_form,
     "The form of a review, or of the correction of one"},
    {post, "/people/{reference}/review", record_reviews, "record_review", pages::record_review,
     "Record what a review decided"},
    {get, "/people/{reference}/claim", record_reviews, "view_person", pages::claim_form,
     "Who takes a person on, and by when"},
    {post, "/people/{reference}/claim", record_reviews, "claim_person", pages::claim_person,
     "Take a person on, or give them to somebody"},
    {post, "/people/{reference}/release", record_reviews, "release_person", pages::release_person,
     "Give a person back"},
    {post, "/people/{reference}/withdraw", record_reviews, "withdraw_review", pages::withdraw_review,
     "Withdraw a review that was entered in error"},
    {post, "/people/{reference}/co-sign", record_reviews, "co_sign_review", pages::co_sign_review,
     "Sign a review of somebody else too"},
    {post, "/people/{reference}/acknowledge", record_reviews, "acknowledge_review", pages::acknowledge_review,
     "Say that what was escalated has been seen"},
    {get, "/people/{reference}/history.csv", see_people, "export_person", pages::person_csv,
     "A table of one person's history as CSV"},
    {get, "/people/{reference}/history.xlsx", see_people, "export_person", pages::person_workbook,
     "One person's history as a workbook"},
    {get, "/people.xlsx", see_people, "export_list", pages::people_workbook,
     "The people behind a number as a workbook"},
    {get, "/definitions", see_figures, "", pages::definitions, "Every rule, value and check in words"},
    {get, "/definitions.csv", see_figures, "export_definitions", pages::definitions_csv,
     "Rules, policy or checks as CSV"},
    {get, "/definitions.xlsx", see_figures, "export_definitions", pages::definitions_workbook,
     "Definitions as a workbook"},
    {get, "/definitions/sensitivity", see_details, "", pages::sensitivity,
     "How many people each choice moves"},
    {get, "/definitions/sensitivity.csv", see_details, "export_sensitivity", pages::sensitivity_csv,
     "How many people each choice moves, as CSV"},
    {get, "/definitions/sensitivity.xlsx", see_details, "export_sensitivity", pages::sensitivity_workbook,
     "How many people each choice moves, as a workbook"},
    {get, "/glossary", see_figures, "", pages::glossary, "The words that pages and files use"},

    {get, "/caseloads", see_people, "view_caseloads", pages::caseloads, "Caseloads by keyworker"},
    {get, "/caseloads.csv", see_people, "export_caseloads", pages::caseloads_csv, "Caseloads as CSV"},
    {get, "/caseloads.xlsx", see_people, "export_caseloads", pages::caseloads_workbook,
     "Caseloads as a workbook"},
    {get, "/naloxone", see_details, "", pages::naloxone, "Naloxone coverage beside the organisation"},
    {get, "/naloxone.csv", see_details, "export_naloxone", pages::naloxone_csv, "Naloxone coverage as CSV"},
    {get, "/naloxone.xlsx", see_details, "export_naloxone", pages::naloxone_workbook,
     "Naloxone coverage as a workbook"},
    {get, "/effect", see_details, "", pages::effect, "Whether reviewing helped"},
    {get, "/effect.csv", see_details, "export_effect", pages::effect_csv, "Whether reviewing helped, as CSV"},
    {get, "/effect.xlsx", see_details, "export_effect", pages::effect_workbook,
     "Whether reviewing helped, as a workbook"},

    {get, "/data", manage_data, "", pages::data, "Data: what comes in, and the snapshots"},
    {post, "/data/uploads", manage_data, "upload_extract", pages::upload_without_files,
     "Send an extract, as a form with files", Transactions::of_handler, upload_sink, most_upload_bytes},
    {post, "/data/folder", manage_data, "upload_extract", pages::take_folder,
     "Check an extract in a folder of the server", Transactions::of_handler},
    {get, "/data/uploads/{reference}", manage_data, "", pages::upload,
     "An extract on its way in, with its check report"},
    {get, "/data/uploads/{reference}/progress", manage_data, "", pages::upload_progress,
     "How far an extract on its way in is (JSON)"},
    {get, "/data/uploads/{reference}/issues.csv", manage_data, "", pages::upload_issues_csv,
     "Where every issue of an extract stands"},
    {get, "/data/uploads/{reference}/rows", see_people, "view_rows", pages::upload_rows,
     "The rows of an extract that have an issue"},
    {get, "/data/uploads/{reference}/rows.csv", see_people, "export_rows", pages::upload_rows_csv,
     "The rows of an extract that have an issue as CSV"},
    {post, "/data/uploads/{reference}/import", manage_data, "import_extract", pages::import_upload,
     "Import a checked extract", Transactions::of_handler},
    {post, "/data/uploads/{reference}/give-up", manage_data, "give_up_extract", pages::give_up_upload,
     "Give a checked extract up", Transactions::of_handler},
    {get, "/data/snapshots/{id}", manage_data, "", pages::snapshot_report, "The check report of a snapshot"},
    {get, "/data/quality", manage_data, "", pages::data_quality, "Data quality over time"},
    {get, "/data/quality.csv", manage_data, "export_quality", pages::data_quality_csv,
     "Data quality over time as CSV"},
    {get, "/data/quality.xlsx", manage_data, "export_quality", pages::data_quality_workbook,
     "Data quality over time as a workbook"},

    {get, "/sign-in", anyone, "", pages::sign_in_form, "Sign in"},
    {post, "/sign-in", anyone, "sign_in", pages::sign_in, "Sign in", Transactions::of_handler},
    {post, "/sign-out", signed_in, "sign_out", pages::sign_out, "Sign out"},
    {get, "/set-up/{secret}", anyone, "", pages::set_up_form, "The one-time link of the first start"},
    {post, "/set-up/{secret}", anyone, "set_up", pages::set_up, "Make the first account"},
    {get, "/account", signed_in, "", pages::account, "Your account"},
    {post, "/account/password", signed_in, "change_own_password", pages::change_own_password,
     "Change your password", Transactions::of_handler},
    {post, "/account/tokens", signed_in, "add_access_token", pages::add_access_token, "Make an access token"},
    {post, "/account/tokens/remove", signed_in, "remove_access_token", pages::remove_access_token,
     "Remove an access token"},
    {get, "/users", manage_users, "", pages::users, "Users"},
    {get, "/users/{number}", manage_users, "", pages::user_form, "A user, or a new one"},
    {post, "/users/{number}", manage_users, "save_user", pages::save_user, "Add or change a user"},
    {get, "/audit", see_audit, "", pages::audit_log, "Audit log"},
    {get, "/audit.csv", see_audit, "export_audit", pages::audit_csv, "Audit log as CSV"},

    {get, "/api/v1/openapi.json", anyone, "", pages::api_description, "The description of the API"},
    {get, "/api/v1/places", see_figures, "", pages::api_places, "Places and months that there are"},
    {get, "/api/v1/tracker", see_figures, "", pages::api_tracker, "Service tracker of a place"},
    {get, "/api/v1/flows", see_details, "", pages::api_flows, "Flows since the month before"},
    {get, "/api/v1/service-data", see_details, "", pages::api_service_data,
     "Service data of a place, one row broken down"},
    {get, "/api/v1/supervision", see_details, "", pages::api_supervision,
     "Supervised consumption of a place, by stage, service and item"},
    {get, "/api/v1/compare", see_figures, "", pages::api_compare,
     "Services beside each other by one measure"},
    {get, "/api/v1/people", see_people, "view_list", pages::api_people, "The people behind a number"},
    {get, "/api/v1/people/{reference}", see_people, "view_person", pages::api_person, "One person's history"},
    {get, "/api/v1/caseloads", see_people, "view_caseloads", pages::api_caseloads, "Caseloads by keyworker"},
    {get, "/api/v1/naloxone", see_details, "", pages::api_naloxone,
     "Naloxone coverage beside the organisation"},
    {get, "/api/v1/effect", see_details, "", pages::api_effect, "Whether reviewing helped"},
    {get, "/api/v1/definitions", see_figures, "", pages::api_definitions, "Rules, policy and checks"},

    {get, "/assets/{name}", anyone, "", pages::asset, "Styles, scripts and pictures"},
    {get, "/favicon.ico", anyone, "", pages::favicon, "The icon of the site"},
    {get, "/healthz", anyone, "", pages::health, "Whether the server and its store are in order"},
    {get, "/metrics", this_machine, "", pages::metrics,
     "Counts for those who watch over the server (Prometheus)"},
};

}  // namespace

std::span<const Route> routes() { return table; }

}  // namespace optimat
