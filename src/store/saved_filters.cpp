#include "store/saved_filters.hpp"

#include "model/work_list.hpp"
#include "store/database.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace optimat {

namespace {

constexpr std::size_t longest_name = 60;
constexpr std::int64_t most_filters = 50;  ///< of a user

SavedFilter filter_of(const Statement& row) {
    return {row.integer(0),           row.integer(1),           std::string(row.text(2)),
            std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5))};
}

void require_room(Database& database, const SavedFilter& filter) {
    Statement row(database, "SELECT count(*) FROM saved_filter WHERE user_number = ? AND name <> ?");
    row.start(filter.user, filter.name);
    row.next();
    if (row.integer(0) >= most_filters)
        throw UsageError(fmt::format("{} filters are saved already; remove one first", most_filters));
}

}  // namespace

std::vector<SavedFilter> list_saved_filters(Database& database, std::int64_t user) {
    std::vector<SavedFilter> filters;
    Statement row(
        database,
        "SELECT number, user_number, name, list, query, saved_at FROM saved_filter WHERE user_number = ?");
    for (row.start(user); row.next();)
        filters.push_back(filter_of(row));
    // By WorkList, which texts do not stand in order of.
    std::ranges::sort(filters, {}, [](const SavedFilter& filter) {
        return std::tuple(work_list_of(filter.list), std::string_view(filter.name));
    });
    return filters;
}

SavedFilter save_filter(Database& database, const SavedFilter& filter) {
    if (filter.name.empty()) throw UsageError("a filter needs a name to be saved under");
    if (filter.name.size() > longest_name)
        throw UsageError(fmt::format("the name of a filter has at most {} characters", longest_name));
    if (!work_list_of(filter.list)) throw UsageError("there is no such list");
    require_room(database, filter);
    Statement row(
        database,
        "INSERT INTO saved_filter (user_number, name, list, query, saved_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (user_number, name) DO UPDATE SET list = excluded.list, query = excluded.query, "
        "saved_at = excluded.saved_at RETURNING number, user_number, name, list, query, saved_at");
    row.start(filter.user, filter.name, filter.list, filter.query, filter.saved_at);
    row.next();
    SavedFilter saved = filter_of(row);
    row.finish();
    return saved;
}

void remove_saved_filter(Database& database, std::int64_t user, std::int64_t number) {
    Statement(database, "DELETE FROM saved_filter WHERE user_number = ? AND number = ?").run(user, number);
}

}  // namespace optimat
