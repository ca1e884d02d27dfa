#pragma once
// What leads on: button, links, breadcrumb, pagination, skip link. See parts.hpp.

#include "html/nhsuk/parts.hpp"

namespace optimat::nhsuk {

struct Button {
    Html content = {};
    std::string variant =
        {};  ///< brand, login, reverse, secondary, secondary-solid or warning; empty: the main one
    std::string href = {};  ///< makes it a link that looks like a button
    std::string type = {};  ///< submit (empty), button or reset
    std::string name = {};
    std::optional<std::string> value = {};
    bool small = false;
    bool disabled = false;
    std::optional<bool> prevent_double_click = {};
    std::string icon = {};
    std::string icon_placement = "start";  ///< or end
    std::string aria_label = {};
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
    std::string element = {};  ///< a, button or input; empty: what fits
};
Html button(const Button& button);

struct BackLink {
    Html content = "Back";
    std::string href = {};
    std::string variant = {};  ///< reverse, on dark
    std::string visually_hidden_text = {};
    std::string type = {};  ///< makes it a button
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
    std::string element = {};
};
Html back_link(const BackLink& link);

struct Breadcrumb {
    struct Item {
        Html content = {};
        std::string href = {};
        ExtraAttributes attributes = {};
    };
    std::vector<Item> items = {};  ///< from the top; not the page itself
    std::string variant = {};      ///< reverse, on dark
    std::string aria_label = "Breadcrumb";
    std::optional<BackLink> back_link = {};  ///< on narrow screens; what it does not give is the last item's
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html breadcrumb(const Breadcrumb& breadcrumb);

struct SkipLink {
    Html content = "Skip to main content";
    std::string href = "#maincontent";
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html skip_link(const SkipLink& link);

struct ActionLink {
    Html content = {};
    std::string href = {};
    std::string variant = {};  ///< reverse, on dark
    std::string type = {};     ///< makes it a button
    bool opens_new_window = false;
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
    std::string element = {};
};
Html action_link(const ActionLink& link);

struct Pagination {
    struct Step {
        std::string href = {};
        Html content = {};  ///< empty: Previous page, Next page
        Html label = {};    ///< what is there; not with numbered items
        ExtraAttributes attributes = {};
    };
    struct Item {
        std::string number = {};
        std::string href = {};
        bool current = false;
        bool ellipsis = false;
        std::string aria_label = {};  ///< empty: Page and the number
        std::string classes = {};
        ExtraAttributes attributes = {};
    };
    std::optional<Step> previous = {};
    std::optional<Step> next = {};
    std::vector<Item> items = {};
    std::string aria_label = "Pagination";
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html pagination(const Pagination& pagination);

}  // namespace optimat::nhsuk
