#pragma once
// The work lists that one person is on.

#include "priority/lists.hpp"
#include "web/context.hpp"

#include <memory>
#include <vector>

namespace optimat {

/// Of somebody in the pictures; null: neither in MAT nor on list 6 that day. Lives as long as the pictures.
const PersonPicture* find_person(const Pictures& pictures, ClientPlace client);

struct PersonOnList {
    WorkList list;
    ListRow row;
};

/// Lives no longer than the context that it was made with.
struct PersonLists {
    std::shared_ptr<const Pictures> one;     ///< of this person alone
    const PersonPicture* picture = nullptr;  ///< null: neither in MAT nor on list 6 that day
    std::vector<PersonOnList> lists;         ///< in the order of WorkList
};

/// The lists of a month (a place in Figures::dates), as work_list has them. Does not ask whether the viewer
/// may see the person.
PersonLists lists_of_person(Context& context, ClientPlace client, std::size_t date);

/// Who has taken the person on, whether or not on any list; null: nobody. Lives as long as the context.
const TeamClaim* claim_of(Context& context, ClientPlace client);

}  // namespace optimat
