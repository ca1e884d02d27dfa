#pragma once
// What a handler gets to answer one request with: the request taken apart, who asks, the store within one
// transaction, the figures, and the audit entry that will be written with it.

#include "http/message.hpp"
#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/store.hpp"
#include "web/access.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

class Site;
struct ReviewTime;
struct PublishedFold;
struct TeamFold;
struct Route;

/// Ends a request with the error page of a status; the words are shown.
struct HttpError : Error {
    HttpError(int status, const std::string& message) : Error(ExitCode::unexpected, status, message) {}
};

class Context {
  public:
    Context(Site& of_site, const Route& of_route, const Request& of_request, std::vector<std::string> values,
            std::int64_t at)
        : site(of_site), route(of_route), request(of_request), path_values(std::move(values)), now(at) {}

    Site& site;
    const Route& route;
    const Request& request;
    std::vector<std::string> path_values;  ///< of the braces in the route's path
    std::int64_t now;                      ///< seconds since 1970, UTC
    Store* store = nullptr;
    Database* database = nullptr;  ///< of the store
    std::optional<Viewer> viewer;
    Parameters form;  ///< of a POST
    /// Filled in by the handler (place, subject, detail, outcome); written when the route has an action.
    AuditEntry audit;

    /// Of the signed-in user; a bug on routes that anyone may call.
    const Viewer& user() const;
    /// Of the newest snapshot. Throws HttpError 404, saying what to do, when the store has none.
    const Figures& figures();
    /// What the team has recorded about the people of figures(), as it stood when it was first asked for.
    const TeamFold& team();
    /// What may leave of all releases.
    const PublishedFold& published();
    /// Which reviews count on the lists of a month, a place in dates(): see Figures::reviews_to.
    ReviewTime review_time(std::size_t date);
    /// The calendar day of the clock, UTC: what is due and overdue goes by it.
    Day today() const { return Day{static_cast<std::int32_t>(now / 86'400)}; }
    std::string now_text() const;  ///< `2018-11-05T09:30:00Z`

    /// A field of the form; empty when it is not there.
    std::string field(std::string_view name) const;
    bool is_checked(std::string_view name) const;
    std::vector<std::string> fields(std::string_view name) const;
    std::string parameter(std::string_view name) const;  ///< of the query; empty when it is not there

    /// The token that every form carries: of the session, or, before there is one, of the visit.
    std::string csrf_token();
    /// A random text that a cookie keeps until somebody signs in; made when the request has none.
    const std::string& visit();

  private:
    std::string m_visit;
    std::shared_ptr<const Figures> m_figures;
    std::shared_ptr<const TeamFold> m_team;
    std::shared_ptr<const PublishedFold> m_published;
};

/// 303: go and see.
Response see_other(std::string location);
Response page_response(std::string html, int status = 200);
/// A file that the browser saves.
Response download(std::string content, std::string_view content_type, std::string_view file_name);

/// `__Host-optimat` over TLS, else `optimat`.
std::string_view session_cookie_name(const Request& request);
/// A cookie that no script reads and no other site sends; it ends with the browser.
Parameter set_cookie(std::string_view name, std::string_view value, const Request& request);
Parameter forget_cookie(std::string_view name, const Request& request);
inline constexpr std::string_view visit_cookie_name = "optimat-visit";

std::string utc_text(std::int64_t seconds);

}  // namespace optimat
