#include "web/asci_record.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace optimat {

bool says_something(const AsciAnswer& answer) {
    return !answer.items.empty() || !answer.supervised_before.empty() || !answer.supervised_after.empty();
}

Flag flag_of(std::string_view text) {
    if (text == "true") return Flag::yes;
    return text == "false" ? Flag::no : Flag::not_recorded;
}

std::vector<const AsciAnswer*> standing_answers(std::span<const AsciAnswer> answers) {
    std::set<std::int64_t> replaced;
    for (const AsciAnswer& answer : answers)
        replaced.insert(answer.about);
    std::vector<const AsciAnswer*> standing;
    for (const AsciAnswer& answer : answers)
        if (!replaced.contains(answer.number) && says_something(answer)) standing.push_back(&answer);
    std::ranges::stable_sort(standing, {},
                             [](const AsciAnswer* answer) { return std::tie(answer->day, answer->number); });
    return standing;
}

std::vector<TeamAsci> team_ascis(std::span<const AsciAnswer> answers, const std::vector<std::string>& items) {
    std::vector<TeamAsci> result;
    for (const AsciAnswer* answer : standing_answers(answers)) {
        const auto day = parse_iso_day(answer->day);
        if (!day) continue;
        TeamAsci asci;
        asci.day = *day;
        asci.supervised_before = flag_of(answer->supervised_before);
        asci.supervised_after = flag_of(answer->supervised_after);
        asci.items.assign(items.size(), Flag::not_recorded);
        for (const auto& [name, value] : answer->items) {
            const auto found = std::ranges::find(items, name);
            if (found != items.end())
                asci.items[static_cast<std::size_t>(found - items.begin())] = flag_of(value);
            else if (flag_of(value) == Flag::yes)
                asci.other_item = true;
        }
        result.push_back(std::move(asci));
    }
    return result;
}

}  // namespace optimat
