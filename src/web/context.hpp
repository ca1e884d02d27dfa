#pragma once
// What a handler gets to answer one request with: the request taken apart, who asks, the store within one transaction,
// the figures, and the audit entry that will be written with it.

#include "http/message.hpp"
#include "store/audit.hpp"
#include "store/database.hpp"
#include "web/access.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

class Site;
struct Route;

/// Ends a request with the error page of a status; the words are shown.
struct PageError : Error {
    PageError(int status, const std::string& message) : Error(ExitCode::unexpected, status, message) {}
};

class Context {
  public:
    Context(Site& site, const Route& route, const Request& request, std::vector<std::string> path_values, std::int64_t now)
        : site(site), route(route), request(request), path_values(std::move(path_values)), now(now) {}

    Site& site;
    const Route& route;
    const Request& request;
    std::vector<std::string> path_values;  ///< of the braces in the route's path
    std::int64_t now;                      ///< seconds since 1970, UTC
    Database* database = nullptr;
    std::optional<Viewer> viewer;
    Parameters form;  ///< of a POST
    /// Filled in by the handler (place, subject, detail, outcome); written when the route has an action.
    AuditEntry audit;

    /// Of the signed-in user; a bug on routes that anyone may call.
    const Viewer& user() const;
    /// Of the newest snapshot. Throws PageError 404, saying what to do, when the store has none.
    const Figures& figures();
    std::string now_text() const;  ///< `2018-11-05T09:30:00Z`

    /// A field of the form; empty when it is not there.
    std::string field(std::string_view name) const;
    bool is_checked(std::string_view name) const;
    std::vector<std::string> fields(std::string_view name) const;
    std::string parameter(std::string_view name) const;  ///< of the query; empty when it is not there

    /// The token that every form carries.
    std::string csrf_token() const;

  private:
    std::shared_ptr<const Figures> m_figures;
};

/// 303: go and see.
Response see_other(std::string location);
Response page_response(std::string html, int status = 200);
/// A file that the browser saves.
Response download(std::string content, std::string_view content_type, std::string_view file_name);

std::string utc_text(std::int64_t seconds);

}  // namespace optimat
