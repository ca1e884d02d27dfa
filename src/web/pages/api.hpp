#pragma once
// The API: the figures of the pages as JSON, with the permissions of the pages, for programs that carry an
// access token.

#include "web/context.hpp"
#include "web/route.hpp"

namespace optimat {

/// A parameter of an API route, for its description.
struct ApiParameter {
    std::string_view name, words, example;
    bool required = false;
};
/// What a route takes; none for a route that takes nothing.
std::vector<ApiParameter> api_parameters(const Route& route);

/// The OpenAPI 3.1 description of every API route of the table.
std::string open_api_document(std::span<const Route> table);

namespace pages {

Response api_description(Context& context);
Response api_places(Context& context);
Response api_tracker(Context& context);
Response api_flows(Context& context);
Response api_service_data(Context& context);
Response api_compare(Context& context);
Response api_people(Context& context);
Response api_person(Context& context);
Response api_definitions(Context& context);

}  // namespace pages

}  // namespace optimat
