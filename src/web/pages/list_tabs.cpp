#include "web/pages/list_tabs.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

struct Tab {
    ListPage page;
    std::string_view words, path;
    Permission permission;
};
constexpr Tab tabs[] = {
    {ListPage::lists, "Work lists", "/lists", Permission::see_people},
    {ListPage::caseloads, "Caseloads", "/caseloads", Permission::see_people},
    {ListPage::naloxone, "Naloxone", "/naloxone", Permission::see_details},
    {ListPage::effect, "Did it work?", "/effect", Permission::see_details},
    {ListPage::supervision, "Supervised consumption", "/supervision", Permission::see_details},
    {ListPage::responses, "Recommended responses", "/responses", Permission::see_details},
};

}  // namespace

Html list_tabs(Context& context, const PageChoice& choice, ListPage current) {
    Html items;
    for (const Tab& tab : tabs) {
        if (!holds(context.user().user.role, tab.permission)) continue;
        const bool is_current = tab.page == current;
        // Nobody can have been followed from the newest month: whether it worked has a month of its own then.
        const bool newest = choice.date + 1 == context.figures().dates().size();
        const std::string query = tab.page == ListPage::effect && newest
                                      ? "place=" + url_encode(choice.place_key)
                                      : choice.query(context.figures());
        items += tag::li({}, tag::a({{"href", fmt::format("{}?{}", tab.path, query)},
                                     {"aria-current",
                                      is_current ? std::optional<std::string_view>("page") : std::nullopt}},
                                    tab.words));
    }
    return tag::nav({{"aria-label", "Around the lists"}}, tag::ul({{"class", "app-tabs"}}, items));
}

}  // namespace optimat
