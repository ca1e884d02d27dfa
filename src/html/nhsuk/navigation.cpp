#include "html/nhsuk/navigation.hpp"

#include "html/nhsuk/markup.hpp"

#include <algorithm>
#include <array>

namespace optimat::nhsuk {
namespace {

std::string button_classes(const Button& button) {
    const std::array<std::string, 6> variants = {"brand",     "login",           "reverse",
                                                 "secondary", "secondary-solid", "warning"};
    const bool has_own = std::ranges::any_of(variants, [&](const std::string& variant) {
        return button.classes.find("nhsuk-button--" + variant) != std::string::npos;
    });
    const bool known = std::ranges::find(variants, button.variant) != variants.end();
    return Classes("nhsuk-button")
        .modifier_if(known && !has_own, button.variant)
        .modifier_if(!button.icon.empty(), "icon", button.classes)
        .modifier_if(button.small, "small", button.classes)
        .add(button.classes)
        .text();
}

Html button_content(const Button& button) {
    const Html picture = icon(button.icon);
    if (picture.empty()) return button.content;
    std::optional<Html> words;
    if (!button.content.empty()) words = tag::span({{"class", "nhsuk-button__content"}}, button.content);
    return button.icon_placement == "end" ? html_of(words, picture) : html_of(picture, words);
}

}  // namespace

Html button(const Button& button) {
    const std::string name = link_or_button(button.element, button.href, button.type);
    const bool link = name == "a";
    AttributeList attributes;
    attributes.add("class", button_classes(button)).add_given("id", button.id);
    if (!link) attributes.add_given("name", button.name);
    attributes.add("data-module", "nhsuk-button")
        .add_given("data-prevent-double-click", button.prevent_double_click);
    if (link) {
        attributes.add("href", button.href.empty() ? "#" : button.href)
            .add("role", "button")
            .add("draggable", "false")
            .add_given("aria-label", button.aria_label);
    } else {
        attributes.add("type", button.type.empty() ? "submit" : button.type)
            .add_given("value", button.value)
            .flag("disabled", button.disabled)
            .add_given("aria-label", button.aria_label);
        if (button.disabled) attributes.add("aria-disabled", "true");
    }
    attributes.add(button.attributes);
    return name == "input" ? void_element("input", attributes)
                           : element(name, attributes, button_content(button));
}

Html back_link(const BackLink& link) {
    const std::string name = link_or_button(link.element, link.href, link.type);
    AttributeList attributes;
    attributes
        .add("class", Classes("nhsuk-back-link")
                          .modifier_if(link.variant == "reverse", "reverse", link.classes)
                          .add(link.classes)
                          .text())
        .add_given("id", link.id);
    if (name == "a")
        attributes.add("href", link.href.empty() ? "#" : link.href);
    else if (name == "button")
        attributes.add("type", link.type.empty() ? "submit" : link.type);
    Html content;
    if (!link.visually_hidden_text.empty())
        tag::span.into(content, {{"class", "nhsuk-u-visually-hidden"}}, link.visually_hidden_text, " ");
    content += link.content;
    return element(name, attributes.add(link.attributes), content);
}

Html breadcrumb(const Breadcrumb& breadcrumb) {
    Html items;
    for (const Breadcrumb::Item& item : breadcrumb.items) {
        if (item.href.empty()) continue;
        tag::li.into(items, {{"class", "nhsuk-breadcrumb__list-item"}},
                     element("a",
                             AttributeList()
                                 .add("class", "nhsuk-breadcrumb__link")
                                 .add("href", item.href)
                                 .add(item.attributes),
                             item.content));
    }
    BackLink back = breadcrumb.back_link.value_or(BackLink{.content = {}});
    if (!breadcrumb.items.empty()) {
        const Breadcrumb::Item& last = breadcrumb.items.back();
        if (back.content.empty()) back.content = last.content;
        if (back.href.empty()) back.href = last.href;
        if (back.attributes.empty()) back.attributes = last.attributes;
    }
    if (back.visually_hidden_text.empty()) back.visually_hidden_text = "Back to";
    if (back.variant.empty()) back.variant = breadcrumb.variant;
    return element(
        "nav",
        AttributeList()
            .add("class", Classes("nhsuk-breadcrumb")
                              .modifier_if(breadcrumb.variant == "reverse", "reverse", breadcrumb.classes)
                              .add(breadcrumb.classes)
                              .text())
            .add_given("id", breadcrumb.id)
            .add("aria-label", breadcrumb.aria_label)
            .add(breadcrumb.attributes),
        html_of(tag::ol({{"class", "nhsuk-breadcrumb__list"}}, items), nhsuk::back_link(back)));
}

Html skip_link(const SkipLink& link) {
    return element("a",
                   AttributeList()
                       .add("class", Classes("nhsuk-skip-link").add(link.classes).text())
                       .add_given("id", link.id)
                       .add("data-module", "nhsuk-skip-link")
                       .add("href", link.href)
                       .add(link.attributes),
                   link.content);
}

Html action_link(const ActionLink& link) {
    const std::string name = link_or_button(link.element, link.href, link.type);
    AttributeList attributes;
    attributes
        .add("class", Classes("nhsuk-action-link")
                          .modifier_if(link.variant == "reverse", "reverse", link.classes)
                          .add(link.classes)
                          .text())
        .add_given("id", link.id);
    if (name == "button") attributes.add("type", link.type.empty() ? "submit" : link.type);
    if (name == "a") attributes.add("href", link.href.empty() ? "#" : link.href);
    if (name == "a" && link.opens_new_window) attributes.add("target", "_blank");
    return element(
        name, attributes.add(link.attributes),
        html_of(icon("arrow-right-circle"), tag::span({{"class", "nhsuk-action-link__text"}}, link.content)));
}

namespace {

Html step_title(const Pagination::Step& step, const char* word) {
    Html words = step.content;
    if (words.empty()) words = html_of(word, tag::span({{"class", "nhsuk-u-visually-hidden"}}, " page"));
    return tag::span({{"class", "nhsuk-pagination__title"}}, words);
}

bool leads_on(const std::optional<Pagination::Step>& step) { return step && !step->href.empty(); }

Html numbered_item(const Pagination::Item& item) {
    Classes classes("nhsuk-pagination__item");
    classes.modifier_if(item.current, "current").modifier_if(item.ellipsis, "ellipsis").add(item.classes);
    if (item.ellipsis) return tag::li({{"class", classes.text()}}, "\u22ef");
    AttributeList attributes;
    attributes.add("class", "nhsuk-pagination__link")
        .add("href", item.href)
        .add("aria-label", item.aria_label.empty() ? "Page " + item.number : item.aria_label);
    if (item.current) attributes.add("aria-current", "page");
    return tag::li({{"class", classes.text()}}, element("a", attributes.add(item.attributes), item.number));
}

Html numbered(const Pagination& pagination) {
    Html out;
    if (leads_on(pagination.previous))
        tag::a.into(
            out,
            {{"href", pagination.previous->href}, {"class", "nhsuk-pagination__previous"}, {"rel", "prev"}},
            icon("arrow-left"), step_title(*pagination.previous, "Previous"));
    tag::ul.into(out, {{"class", "nhsuk-pagination__list"}}, [&](Html& list) {
        for (const Pagination::Item& item : pagination.items)
            list += numbered_item(item);
    });
    if (leads_on(pagination.next))
        tag::a.into(out,
                    {{"href", pagination.next->href}, {"class", "nhsuk-pagination__next"}, {"rel", "next"}},
                    step_title(*pagination.next, "Next"), icon("arrow-right"));
    return out;
}

Html step_item(const Pagination::Step& step, const char* word, const char* rel, const char* kind,
               const char* arrow) {
    Html inner = step_title(step, word);
    if (!step.label.empty()) {
        tag::span.into(inner, {{"class", "nhsuk-u-visually-hidden"}}, ":");
        tag::span.into(inner, {{"class", "nhsuk-pagination__page"}}, step.label);
    }
    inner += icon(arrow);
    const std::string link_class = std::string("nhsuk-pagination__link nhsuk-pagination__link--") + rel;
    return tag::li({{"class", std::string("nhsuk-pagination-item--") + kind}},
                   element("a",
                           AttributeList()
                               .add("class", link_class)
                               .add("href", step.href)
                               .add("rel", rel)
                               .add(step.attributes),
                           inner));
}

Html steps(const Pagination& pagination) {
    Html items;
    if (leads_on(pagination.previous))
        items += step_item(*pagination.previous, "Previous", "prev", "previous", "arrow-left");
    if (leads_on(pagination.next))
        items += step_item(*pagination.next, "Next", "next", "next", "arrow-right");
    return tag::ul({{"class", "nhsuk-list nhsuk-pagination__list"}}, items);
}

}  // namespace

Html pagination(const Pagination& pagination) {
    return element("nav",
                   AttributeList()
                       .add("class", Classes("nhsuk-pagination")
                                         .modifier_if(!pagination.items.empty(), "numbered")
                                         .add(pagination.classes)
                                         .text())
                       .add_given("id", pagination.id)
                       .add("role", "navigation")
                       .add("aria-label", pagination.aria_label)
                       .add(pagination.attributes),
                   pagination.items.empty() ? steps(pagination) : numbered(pagination));
}

}  // namespace optimat::nhsuk
