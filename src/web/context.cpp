#include "web/context.hpp"

#include "base/check.hpp"
#include "store/secrets.hpp"
#include "web/site.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace optimat {

std::string utc_text(std::int64_t seconds) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(static_cast<std::time_t>(seconds)));
}

const Viewer& Context::user() const {
    OPTIMAT_CHECK(viewer.has_value(), "the route asks for nobody who is signed in");
    return *viewer;
}

const Figures& Context::figures() {
    if (!m_figures) m_figures = site.figures(*store);
    if (!m_figures)
        throw HttpError(404, "There is no data yet. A data manager brings it in on the Data page.");
    return *m_figures;
}

const TeamFold& Context::team() {
    if (!m_team) m_team = site.team_book().read(*database, figures());
    return *m_team;
}

const PublishedFold& Context::published() {
    if (!m_published) m_published = site.published_book().read(*database, site.policy());
    return *m_published;
}

ReviewTime Context::review_time(std::size_t date) { return {figures().reviews_to(date), today()}; }

std::string Context::now_text() const { return utc_text(now); }

std::string Context::field(std::string_view name) const {
    return std::string(find_parameter(form, name).value_or(std::string_view()));
}

bool Context::is_checked(std::string_view name) const { return find_parameter(form, name).has_value(); }

std::vector<std::string> Context::fields(std::string_view name) const {
    std::vector<std::string> values;
    for (const Parameter& parameter : form)
        if (parameter.name == name) values.push_back(parameter.value);
    return values;
}

std::string Context::parameter(std::string_view name) const {
    return std::string(request.parameter(name).value_or(std::string_view()));
}

std::string Context::csrf_token() {
    const std::string bound = viewer ? viewer->session : visit();
    return keyed_text(site.csrf_secret(), "form\n" + bound, 24);
}

const std::string& Context::visit() {
    if (m_visit.empty()) m_visit = request.cookie(visit_cookie_name).value_or("");
    if (m_visit.empty()) m_visit = random_text(16);
    return m_visit;
}

std::string_view session_cookie_name(const Request& request) {
    return request.secure ? "__Host-optimat" : "optimat";
}

Parameter set_cookie(std::string_view name, std::string_view value, const Request& request) {
    return {"Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax{}", name, value,
                                      request.secure ? "; Secure" : "")};
}

Parameter forget_cookie(std::string_view name, const Request& request) {
    Parameter cookie = set_cookie(name, "", request);
    cookie.value += "; Max-Age=0";
    return cookie;
}

Response see_other(std::string location) {
    Response response;
    response.status = 303;
    response.headers.push_back({"Location", std::move(location)});
    return response;
}

Response page_response(std::string html, int status) {
    Response response;
    response.status = status;
    response.body = std::move(html);
    return response;
}

Response download(std::string content, std::string_view content_type, std::string_view file_name) {
    Response response;
    response.content_type = content_type;
    response.headers.push_back(
        {"Content-Disposition", fmt::format("attachment; filename=\"{}\"", file_name)});
    response.body = std::move(content);
    return response;
}

}  // namespace optimat
