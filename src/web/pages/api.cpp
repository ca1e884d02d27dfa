#include "web/pages/api.hpp"

#include "web/pages/page.hpp"
#include "web/pages/released.hpp"
#include "web/views_compare.hpp"
#include "web/views_definitions.hpp"
#include "web/views_person.hpp"
#include "web/views_service_data.hpp"

namespace optimat::pages {

namespace {

/// Places and months that the other routes take.
PageFigures place_figures(Context& context) {
    const Figures& figures = context.figures();
    DataTable places{"places", "Places", "", {}, {}, 1};
    places.columns = {{"place", "Place", CellKind::words, ""},
                      {"kind", "Kind", CellKind::words, ""},
                      {"name", "Name", CellKind::words, ""},
                      {"services", "Services", CellKind::count, ""}};
    for (const Place& place : figures.places())
        places.rows.push_back(
            {DataCell::words(place_key(place)), DataCell::words(std::string(text_of(place.kind))),
             DataCell::words(place.kind == PlaceKind::organisation ? figures.extract().organisation
                                                                   : place.name),
             DataCell::count(static_cast<std::int64_t>(place.services.size()))});
    DataTable months{
        "months", "Months",
        "",       {{"month", "Month", CellKind::words, ""}, {"as_at", "Last day", CellKind::month, ""}},
        {},       1};
    for (const Day day : figures.dates())
        months.rows.push_back({DataCell::words(month_key(day)), DataCell::of_month(day)});
    return {"Places and months", {}, {std::move(places), std::move(months)}, ""};
}

}  // namespace

Response api_description(Context& context) {
    static_cast<void>(context);
    Response response;
    response.content_type = "application/json";
    response.body = open_api_document(routes());
    return response;
}

Response api_places(Context& context) { return json_response(place_figures(context), context.figures()); }

Response api_tracker(Context& context) {
    if (context.user().disclosed_only()) return released_json(released_tracker(context));
    return json_response(tracker_figures(context, read_page_choice(context)), context.figures());
}

Response api_flows(Context& context) {
    return json_response(flow_figures(context, read_page_choice(context)), context.figures());
}

Response api_service_data(Context& context) {
    const PageChoice choice = read_page_choice(context);
    return json_response(service_data_figures(context, choice, read_service_data_detail(context)),
                         context.figures());
}

Response api_compare(Context& context) {
    if (context.user().disclosed_only()) return released_json(released_comparison(context));
    return json_response(compare_figures(context, read_compare_choice(context)), context.figures());
}

Response api_people(Context& context) {
    const PageChoice choice = read_page_choice(context);
    return json_response(people_figures(context, choice, read_selection(context, choice)), context.figures());
}

Response api_person(Context& context) {
    return json_response(person_figures(context, read_person_choice(context)), context.figures());
}

Response api_definitions(Context& context) {
    return json_response(definition_figures(context.site), context.figures());
}

}  // namespace optimat::pages
