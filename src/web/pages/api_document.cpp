// The OpenAPI description, written from the table of routes so that it cannot lag behind it.

#include "base/version.hpp"
#include "web/pages/api.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

using Json = nlohmann::ordered_json;

constexpr ApiParameter place{
    "place",
    "A place: organisation, region:NAME, area:NAME, peer_group:NAME or service:ID; see /api/v1/places",
    "organisation"};
constexpr ApiParameter month{"month", "A month that the data cover; the last one when not given", "2018-10"};
constexpr ApiParameter months{"months", "How many months up to that one: 12, 24 or 36", "12"};
constexpr ApiParameter group{
    "group", "in_mat or a group of the tracker: red, amber, green, grey, mat1, mat4, …", "red"};
constexpr ApiParameter row{"row", "A row of the service data, instead of a group", "mat2_below"};
constexpr ApiParameter by{"by",
                          "What the row is broken down by: prescriber, team, keyworker, medicine, sex, "
                          "age_band, time_in_treatment, collection",
                          "medicine"};
constexpr ApiParameter measure{"measure", "What services are compared by", "red_share"};
constexpr ApiParameter view{"view",
                            "as_was or as_now: services that merged under their own names, or under the "
                            "service that they are part of now; as_was when not given",
                            "as_now"};
constexpr ApiParameter measure_name{"measure", "Name of a measure, from /api/v1/measures",
                                    "induction_completed", true};
constexpr ApiParameter chart{"chart", "Another chart than the measure's own: xmr, p_chart or run_chart",
                             "p_chart"};
constexpr ApiParameter limits{
    "limits", "chance, or widened for services that differ by more than chance; chance when not given",
    "widened"};
constexpr ApiParameter release{"release", "Number of a release; the newest without it", "1"};
constexpr ApiParameter peers{"peers", "Whose services are compared: a place", "organisation"};

std::string_view last_segment(const Route& route) { return route.path().substr(route.path().rfind('/') + 1); }

Json schema_of_tables() {
    const Json text = {{"type", "string"}};
    const Json cell = {
        {"description",
         "a number, a text, null where there is no figure, or \"[c]\" where disclosure control hides it"}};
    const Json table = {
        {"type", "object"},
        {"required", {"title", "note", "columns", "rows"}},
        {"properties",
         {{"title", text},
          {"note", text},
          {"columns",
           {{"type", "array"},
            {"items", {{"type", "object"}, {"properties", {{"id", text}, {"words", text}}}}}}},
          {"rows", {{"type", "array"}, {"items", {{"type", "object"}, {"additionalProperties", cell}}}}}}}};
    return {{"type", "object"},
            {"required", {"provenance", "about", "tables"}},
            {"properties",
             {{"provenance",
               {{"type", "object"}, {"description", "program, policy and data that made the figures"}}},
              {"about", {{"type", "object"}, {"additionalProperties", text}}},
              {"tables", {{"type", "object"}, {"additionalProperties", table}}}}}};
}

Json error_response(const char* words) {
    return {{"description", words},
            {"content", {{"application/json", {{"schema", {{"$ref", "#/components/schemas/Error"}}}}}}}};
}

Json operation_of(const Route& route) {
    Json parameters = Json::array();
    for (const ApiParameter& parameter : api_parameters(route))
        parameters.push_back({{"name", parameter.name},
                              {"in", parameter.required ? "path" : "query"},
                              {"required", parameter.required},
                              {"description", parameter.words},
                              {"schema", {{"type", "string"}}},
                              {"example", parameter.example}});
    Json responses = {
        {"200",
         {{"description", "The figures"},
          {"content", {{"application/json", {{"schema", {{"$ref", "#/components/schemas/Tables"}}}}}}}}},
        {"400", error_response("A parameter names something that is not there")},
        {"401", error_response("No access token, or one that has ended")},
        {"403", error_response("The user's role may not see this")},
        {"404", error_response("There is no data yet")}};
    return {{"summary", route.words},
            {"operationId", last_segment(route)},
            {"description", std::string("Permission: ") + std::string(text_of(route.permission)) +
                                (route.action.empty() ? "." : ". Every call is in the audit log.")},
            {"parameters", std::move(parameters)},
            {"responses", std::move(responses)}};
}

}  // namespace

std::vector<ApiParameter> api_parameters(const Route& route) {
    const std::string_view path = route.path();
    if (path == "/api/v1/tracker") return {place, month, months};
    if (path == "/api/v1/flows") return {place, month};
    if (path == "/api/v1/service-data") return {place, month, row, by};
    if (path == "/api/v1/supervision") return {place, month};
    if (path == "/api/v1/compare") return {measure, month, peers};
    if (path == "/api/v1/published") return {release, place};
    if (path == "/api/v1/measures") return {place, month, view};
    if (path == "/api/v1/measures/{measure}") return {measure_name, place, month, view, chart};
    if (path == "/api/v1/measures/{measure}/services") return {measure_name, month, peers, view, limits};
    if (path == "/api/v1/releases/{number}" || path == "/api/v1/releases/{number}/people")
        return {{"number", "Of a release", "3", true}, place};
    if (path == "/api/v1/people") return {place, month, group, row};
    if (path == "/api/v1/lists") return {place, month};
    if (path == "/api/v1/lists/{list}")
        return {{"list", "0 to 6, review-cohorts, mat4 or slow-reduction", "2", true},
                place,
                month,
                {"block", "Only those who are on the list for this reason", "reducing_or_detox"},
                {"status",
                 "open (still to review or awaiting a co-signature), still_to_review, awaiting_co_signature, "
                 "reviewed, being_optimised or all; open when not given",
                 "all"},
                {"owner", "me, or service: people without a keyworker", "me"},
                {"factor", "A risk factor that is present", "injecting"},
                {"assigned", "me, nobody or anyone has taken the person on", "nobody"},
                {"due", "overdue: the review was due before today", "overdue"},
                {"sort", "evidence, factors or due, before the list's own order", "evidence"}};
    if (path == "/api/v1/people/{reference}")
        return {{"reference", "The opaque reference of a person, from the links of a list", "", true}, month};
    return {};
}

std::string open_api_document(std::span<const Route> table) {
    Json paths = Json::object();
    for (const Route& route : table)
        if (route.is_api() && route.path() != "/api/v1/openapi.json")
            paths[std::string(route.path())]["get"] = operation_of(route);
    const Json error = {
        {"type", "object"},
        {"properties",
         {{"error",
           {{"type", "object"},
            {"properties", {{"status", {{"type", "integer"}}}, {"message", {{"type", "string"}}}}}}}}}};
    const Json document = {
        {"openapi", "3.1.0"},
        {"info",
         {{"title", "Optimat"},
          {"version", program_version()},
          {"description", "The figures of the dashboard, with the permissions of the user whose token asks. "
                          "Shares are 0 to 1; doses "
                          "are milligrams; days are ISO 8601."}}},
        {"security", Json::array({{{"token", Json::array()}}})},
        {"paths", std::move(paths)},
        {"components",
         {{"securitySchemes",
           {{"token",
             {{"type", "http"}, {"scheme", "bearer"}, {"description", "From the page Your account"}}}}},
          {"schemas", {{"Tables", schema_of_tables()}, {"Error", error}}}}}};
    return document.dump(1) + "\n";
}

}  // namespace optimat
