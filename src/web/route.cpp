#include "web/route.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace optimat {

namespace {

/// The next segment of a path that begins with /, which it takes away.
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

bool is_brace(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

/// The values of the braces when the path is the pattern's.
std::optional<std::vector<std::string>> match(std::string_view pattern, std::string_view path) {
    std::vector<std::string> values;
    while (!pattern.empty() && !path.empty()) {
        const std::string_view wanted = take_segment(pattern), found = take_segment(path);
        if (is_brace(wanted)) {
            if (found.empty()) return std::nullopt;
            values.emplace_back(found);
        } else if (wanted != found) {
            return std::nullopt;
        }
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return values;
}

/// A path with every brace the same.
std::string shape_of(std::string_view path) {
    std::string shape;
    while (!path.empty()) {
        const std::string_view segment = take_segment(path);
        shape += is_brace(segment) ? "/{}" : fmt::format("/{}", segment);
    }
    return shape;
}

}  // namespace

RouteMatch find_route(Method method, std::string_view path) {
    if (method == Method::head) method = Method::get;
    RouteMatch result;
    if (!path.starts_with('/')) return result;
    for (const Route& route : routes()) {
        auto values = match(route.path(), path);
        if (!values) continue;
        result.allowed.push_back(route.method);
        if (route.method != method) continue;
        result.route = &route;
        result.path_values = std::move(*values);
        return result;
    }
    return result;
}

std::vector<std::string> problems_of(std::span<const Route> table) {
    std::vector<std::string> problems;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const Route& route = table[i];
        const auto complain = [&](std::string_view what) {
            problems.push_back(fmt::format("{} {}: {}", text_of(route.method), route.path(), what));
        };
        if (!route.path().starts_with('/')) complain("does not begin with /");
        if (route.method == Method::head) complain("HEAD is answered as GET");
        if (route.handler == nullptr && route.sink == nullptr) complain("nobody answers");
        if (route.words.empty()) complain("has no words");
        if (route.permission == Permission::see_people && route.action.empty())
            complain("is of persons and not audited");
        for (std::size_t k = 0; k < i; ++k)
            if (table[k].method == route.method && shape_of(table[k].path()) == shape_of(route.path()))
                complain("is answered twice");
    }
    return problems;
}

}  // namespace optimat
