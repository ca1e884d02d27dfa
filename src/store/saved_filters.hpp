#pragma once
// Filters of work lists that a user has put a name to. A user's own; nobody else sees them.

#include "store/users.hpp"

namespace optimat {

struct SavedFilter {
    std::int64_t number = 0;
    std::int64_t user = 0;
    std::string name;   ///< unique among the user's, 60 bytes at most
    std::string list;   ///< text of a WorkList
    std::string query;  ///< of the address, without place and month:
                        ///< `block=reducing_or_detox&status=still_to_review`; holds no person and no
                        ///< keyworker in clear
    std::string saved_at;
};
std::vector<SavedFilter> list_saved_filters(Database& database, std::int64_t user);  ///< by list, then name
/// Adds, or takes the place of the user's filter of that name. Throws UsageError for an empty or too long
/// name, and when the user has 50 others.
SavedFilter save_filter(Database& database, const SavedFilter& filter);
/// Nothing happens when it is not the user's or not there.
void remove_saved_filter(Database& database, std::int64_t user, std::int64_t number);

}  // namespace optimat
