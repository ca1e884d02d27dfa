#include "web/person_lists.hpp"

#include "web/team_book.hpp"

#include <algorithm>

namespace optimat {

const PersonPicture* find_person(const Pictures& pictures, ClientPlace client) {
    const auto found = std::ranges::lower_bound(pictures.people, client, {}, &PersonPicture::place);
    return found != pictures.people.end() && found->place == client ? &*found : nullptr;
}

PersonLists lists_of_person(Context& context, ClientPlace client, std::size_t date) {
    const Figures& figures = context.figures();
    const auto pictures = figures.pictures(date);
    PersonLists found;
    const PersonPicture* const person = find_person(*pictures, client);
    if (person == nullptr) return found;
    found.one =
        std::make_shared<const Pictures>(Pictures{pictures->as_at, {*person}, pictures->items_in_use});
    found.picture = &found.one->people.front();
    for (std::size_t i = 0; i < work_list_count; ++i) {
        const auto list = static_cast<WorkList>(i);
        const auto rows =
            work_list(figures.extract(), *found.one, figures.policy(), list, figures.places().front(),
                      context.team().records, context.review_time(date));
        if (!rows.empty()) found.lists.push_back({list, rows.front()});
    }
    return found;
}

const TeamClaim* claim_of(Context& context, ClientPlace client) {
    const PersonRecords* const records = records_of(context.team().records, client);
    return records != nullptr && records->claim ? &*records->claim : nullptr;
}

}  // namespace optimat
