#include "web/pages/error.hpp"

#include "web/pages/page.hpp"
#include "web/route.hpp"

#include <nlohmann/json.hpp>

namespace optimat {

namespace {

std::string_view heading_of(int status) {
    switch (status) {
    case 401:
        return "Sign in first";
    case 403:
        return "You cannot open this";
    case 404:
        return "Not found";
    case 405:
        return "Not possible here";
    case 409:
        return "Somebody else was faster";
    case 413:
        return "Too much at once";
    case 503:
        return "The store cannot be reached";
    default:
        return status < 500 ? "That did not work" : "Something went wrong";
    }
}

Response error_json(int status, const std::string& words) {
    Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = nlohmann::json{{"error", {{"status", status}, {"message", words}}}}.dump() + "\n";
    return response;
}

PageFrame plain_frame(Context* context) {
    // When the store itself fails, the frame does without what it would have to ask it.
    try {
        return context == nullptr ? PageFrame{} : frame_for(*context, Section::none);
    } catch (const Error&) {
        return {};
    }
}

}  // namespace

Response error_response(Context* context, const Request& request, int status, const std::string& words) {
    if (request.path.starts_with("/api/")) return error_json(status, words);
    PageFrame frame = plain_frame(context);
    frame.heading = heading_of(status);
    frame.title = frame.heading;
    frame.width = PageWidth::reading;
    frame.main = html_of(tag::p({{"class", "app-lede"}}, words),
                         tag::p({}, tag::a({{"href", status == 401 ? "/sign-in" : "/"}},
                                           status == 401 ? "Sign in" : "Go to the home page")));
    return respond(frame, status);
}

}  // namespace optimat
