#pragma once
// The one table of everything that the server answers: method, path, permission, audit action, handler. The
// access spec, the OpenAPI document and the metrics walk it.

#include "web/context.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

using Handler = Response (*)(Context&);
using SinkMaker = std::unique_ptr<BodySink> (*)(Context&);

/// Whether a POST or an audited request is answered within one transaction, or the handler begins its own
/// because it has slow work to do outside of any (a password to verify); it then writes its audit entry
/// itself.
enum class Transactions : std::uint8_t { one, of_handler };

/// Whether an answer takes seconds, so that only two are made at a time.
enum class Effort : std::uint8_t { light, heavy };

struct Route {
    Method method;
    RouteName name;  ///< its path, `/people/{reference}`: a brace stands for one segment
    Permission permission;
    std::string_view action;  ///< of the audit log; empty: not audited
    Handler handler;
    std::string_view words;  ///< what it is, for the OpenAPI document and the handbook
    Transactions transactions = Transactions::one;
    SinkMaker sink = nullptr;  ///< takes a long body as it comes in
    std::uint64_t body_limit = 64 * 1024;
    Effort effort = Effort::light;
    std::string_view path() const { return name.text(); }
    bool is_api() const { return path().starts_with("/api/"); }
};

std::span<const Route> routes();

struct RouteMatch {
    const Route* route = nullptr;  ///< nothing: no such path
    std::vector<std::string> path_values;
    std::vector<Method> allowed;  ///< of the path, when only the method is wrong
};
/// HEAD is answered as GET.
RouteMatch find_route(Method method, std::string_view path);

/// Whether every path is well-formed and no two routes answer the same; for the test that walks the table.
std::vector<std::string> problems_of(std::span<const Route> table);

}  // namespace optimat
