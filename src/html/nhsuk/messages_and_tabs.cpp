#include "html/nhsuk/content.hpp"

#include "html/nhsuk/markup.hpp"

namespace optimat::nhsuk {
namespace {

Html error_item(const ErrorSummary::Item& item) {
    if (item.href.empty()) return item.content;
    return element("a", AttributeList().add("href", item.href).add(item.attributes), item.content);
}

}  // namespace

Html error_summary(const ErrorSummary& summary) {
    Html body;
    if (!summary.description.empty()) optimat::tag::p.into(body, {}, summary.description);
    if (!summary.errors.empty())
        optimat::tag::ul.into(body, {{"class", "nhsuk-list nhsuk-error-summary__list"}}, [&](Html& list) {
            for (const auto& item : summary.errors)
                optimat::tag::li.into(list, {}, error_item(item));
        });
    return element("div",
                   AttributeList()
                       .add("class", Classes("nhsuk-error-summary").add(summary.classes).text())
                       .add_given("id", summary.id)
                       .add("data-module", "nhsuk-error-summary")
                       .add_given("data-disable-auto-focus", summary.disable_auto_focus)
                       .add(summary.attributes),
                   optimat::tag::div({{"role", "alert"}},
                                     heading(summary.heading, {.class_name = "nhsuk-error-summary__heading"}),
                                     optimat::tag::div({{"class", "nhsuk-error-summary__body"}}, body)));
}

Html notification_banner(const NotificationBanner& banner) {
    const bool success = banner.variant == "success";
    Heading title = banner.title;
    if (title.id.empty()) title.id = "nhsuk-notification-banner-title";
    if (title.content.empty()) title.content = success ? "Success" : "Important";
    const Html words = heading(banner.heading, {.class_name = "nhsuk-notification-banner__heading"});
    return element(
        "div",
        AttributeList()
            .add("class", Classes("nhsuk-notification-banner")
                              .add(banner.classes)
                              .modifier_if(success, "success", banner.classes)
                              .text())
            .add_given("id", banner.id)
            .add("data-module", "nhsuk-notification-banner")
            .add_given("data-disable-auto-focus", banner.disable_auto_focus)
            .add("role", !banner.role.empty() ? banner.role
                         : success            ? "alert"
                                              : "region")
            .add("aria-labelledby", title.id)
            .add(banner.attributes),
        html_of(optimat::tag::div({{"class", "nhsuk-notification-banner__header"}},
                                  heading(title, {.class_name = "nhsuk-notification-banner__title"})),
                optimat::tag::div({{"class", "nhsuk-notification-banner__content"}}, words, banner.content)));
}

Html tabs(const Tabs& tabs) {
    const std::string prefix = tabs.id_prefix.empty() ? tabs.id : tabs.id_prefix;
    Html list;
    Html panels;
    for (std::size_t i = 0; i < tabs.items.size(); ++i) {
        const Tabs::Item& item = tabs.items[i];
        const std::string id = item.id.empty() ? prefix + "-" + std::to_string(i + 1) : item.id;
        optimat::tag::li.into(
            list, {{"class", Classes("nhsuk-tabs__list-item").modifier_if(i == 0, "selected").text()}},
            element(
                "a",
                AttributeList().add("class", "nhsuk-tabs__tab").add("href", "#" + id).add(item.attributes),
                item.label));
        panels += element("div",
                          AttributeList()
                              .add("class", Classes("nhsuk-tabs__panel").modifier_if(i > 0, "hidden").text())
                              .add("id", id)
                              .add(item.panel_attributes),
                          item.panel);
    }
    Html inner =
        heading({.content = tabs.visually_hidden_text, .level = 2}, {.class_name = "nhsuk-tabs__heading"});
    if (!tabs.items.empty()) optimat::tag::ul.into(inner, {{"class", "nhsuk-tabs__list"}}, list);
    return element("div",
                   AttributeList()
                       .add("class", Classes("nhsuk-tabs").add(tabs.classes).text())
                       .add_given("id", tabs.id)
                       .add("data-module", "nhsuk-tabs")
                       .add(tabs.attributes),
                   html_of(inner, panels));
}

}  // namespace optimat::nhsuk
