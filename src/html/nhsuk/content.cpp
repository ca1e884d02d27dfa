#include "html/nhsuk/content.hpp"

#include "html/nhsuk/markup.hpp"

#include <algorithm>
#include <array>

namespace optimat::nhsuk {

Html tag(const Tag& given) {
    const std::array<std::string, 10> colours = {"white",  "grey", "green", "aqua-green", "blue",
                                                 "purple", "pink", "red",   "orange",     "yellow"};
    const bool has_own = std::ranges::any_of(colours, [&](const std::string& colour) {
        return given.classes.find("nhsuk-tag--" + colour) != std::string::npos;
    });
    const bool known = std::ranges::find(colours, given.colour) != colours.end();
    return element("strong",
                   AttributeList()
                       .add("class", Classes("nhsuk-tag")
                                         .modifier_if(known && !has_own, given.colour)
                                         .modifier_if(!given.coloured, "no-colour", given.classes)
                                         .modifier_if(!given.border, "no-border", given.classes)
                                         .add(given.classes)
                                         .text())
                       .add_given("id", given.id)
                       .add(given.attributes),
                   given.content);
}

Html details(const Details& details) {
    const Html summary =
        element("summary",
                AttributeList()
                    .add("class", Classes("nhsuk-details__summary").add(details.summary_classes).text())
                    .add(details.summary_attributes),
                optimat::tag::span({{"class", "nhsuk-details__summary-text"}}, details.summary));
    return element(
        "details",
        AttributeList()
            .add("class", Classes("nhsuk-details")
                              .modifier_if(details.variant == "reverse", "reverse", details.classes)
                              .add(details.classes)
                              .text())
            .add_given("id", details.id)
            .add(details.attributes)
            .flag("open", details.open),
        html_of(summary, optimat::tag::div({{"class", "nhsuk-details__text"}}, details.content)));
}

Html expander(Details details) {
    details.classes = details.classes.empty() ? "nhsuk-expander" : "nhsuk-expander " + details.classes;
    return nhsuk::details(details);
}

Html inset_text(const InsetText& inset) {
    return element(
        "div",
        AttributeList()
            .add("class", Classes("nhsuk-inset-text").add(inset.classes).text())
            .add_given("id", inset.id)
            .add(inset.attributes),
        html_of(optimat::tag::span({{"class", "nhsuk-u-visually-hidden"}}, inset.visually_hidden_text, ": "),
                inset.content));
}

namespace {

Html card_action(const CardAction& action, const Html& card_heading) {
    const std::string name = link_or_button({}, action.href, action.type);
    AttributeList attributes;
    attributes.add("class", Classes("nhsuk-link").add(action.classes).text()).add_given("id", action.id);
    if (name == "a")
        attributes.add("href", action.href);
    else
        attributes.add_given("name", action.name)
            .add("type", action.type.empty() ? "submit" : action.type)
            .add_given("value", action.value);
    Html hidden;
    if (!action.visually_hidden_text.empty()) hidden = html_of(" ", action.visually_hidden_text);
    if (!card_heading.empty()) hidden += html_of(" (", card_heading, ")");
    Html content = action.content;
    if (!hidden.empty()) optimat::tag::span.into(content, {{"class", "nhsuk-u-visually-hidden"}}, hidden);
    return element(name, attributes.add(action.attributes), content);
}

bool is_care_card(const Card& card) {
    const std::array<std::string, 3> kinds = {"non-urgent", "urgent", "emergency"};
    return std::ranges::find(kinds, card.variant) != kinds.end() &&
           !(card.heading.content.empty() && card.heading_markup.empty());
}

std::string card_classes(const Card& card) {
    const std::array<std::string, 4> variants = {"feature", "primary", "secondary", "warning"};
    const bool has_own = std::ranges::any_of(variants, [&](const std::string& variant) {
        return card.classes.find("nhsuk-card--" + variant) != std::string::npos;
    });
    const bool known = std::ranges::find(variants, card.variant) != variants.end();
    Classes classes("nhsuk-card");
    classes.modifier_if(card.clickable, "clickable").modifier_if(known && !has_own, card.variant);
    if (is_care_card(card) && card.classes.find("nhsuk-card--care--") == std::string::npos)
        classes.add("nhsuk-card--care nhsuk-card--care--" + card.variant);
    return classes.add(card.classes).text();
}

std::string care_words(const Card& card) {
    if (!card.heading.visually_hidden_text.empty()) return card.heading.visually_hidden_text;
    if (card.variant == "emergency") return "Immediate action required";
    return card.variant == "urgent" ? "Urgent advice" : "Non-urgent advice";
}

Html card_heading(const Card& card) {
    if (card.heading.content.empty()) return card.heading_markup;
    Heading inner = card.heading;
    const std::string hidden = is_care_card(card) ? care_words(card) : inner.visually_hidden_text;
    const bool feature = card_classes(card).find("nhsuk-card--feature") != std::string::npos;
    if (!card.href.empty() && !feature)
        inner.content =
            optimat::tag::a({{"class", "nhsuk-card__link"}, {"href", card.href}}, card.heading.content);
    else if (!hidden.empty())
        inner.content = optimat::tag::span(
            {{"role", "text"}}, optimat::tag::span({{"class", "nhsuk-u-visually-hidden"}}, hidden, ": "),
            card.heading.content);
    inner.visually_hidden_text.clear();
    return html_of(heading(inner, {.class_name = "nhsuk-card__heading", .class_prefix = "nhsuk-heading-"}),
                   card.heading_markup);
}

Html card_actions(const Card& card) {
    const CardActions& actions = card.actions;
    if (actions.items.empty()) return {};
    const Classes classes = Classes("nhsuk-card__actions").add(actions.classes);
    const Html& words = card.heading_markup.empty() ? card.heading.content : card.heading_markup;
    if (actions.items.size() == 1)
        return optimat::tag::div({{"class", classes.text()}}, card_action(actions.items.front(), words));
    return optimat::tag::ul({{"class", classes.text()}}, [&](Html& list) {
        for (const CardAction& action : actions.items)
            optimat::tag::li.into(list, {{"class", "nhsuk-card__action"}}, card_action(action, words));
    });
}

Html card_image(const Card& card) {
    if (!card.image.empty() || card.image_src.empty()) return card.image;
    return optimat::tag::img(
        {{"class", "nhsuk-card__img"}, {"src", card.image_src}, {"alt", card.image_alt}});
}

}  // namespace

Html card(const Card& card) {
    const bool care = is_care_card(card);
    Html words = card_heading(card);
    if (care) optimat::tag::span.into(words, {{"class", "nhsuk-card--care__arrow"}, {"aria-hidden", "true"}});
    Html out = card_image(card);
    const bool heading_above = care || !card.actions.items.empty();
    if (heading_above)
        optimat::tag::div.into(out, {{"class", "nhsuk-card__heading-container"}}, words, card_actions(card));
    Html inner;
    if (!heading_above) inner += words;
    inner += card.content;
    const std::string classes = card_classes(card);
    if (classes.find("nhsuk-card--primary") != std::string::npos) inner += icon("chevron-right-circle");
    out += element("div",
                   AttributeList()
                       .add("class", Classes("nhsuk-card__content").add(card.content_classes).text())
                       .add(card.content_attributes),
                   inner);
    return element("div", AttributeList().add("class", classes).add_given("id", card.id).add(card.attributes),
                   out);
}

Html card_text(const Html& text) { return optimat::tag::p({{"class", "nhsuk-card__description"}}, text); }

Html warning_callout(const WarningCallout& callout) {
    Heading heading = callout.heading;
    const std::string& words = heading.content.text();
    const bool says_so = words.find("mportant") != std::string::npos;
    if (says_so)
        heading.visually_hidden_text.clear();
    else if (heading.visually_hidden_text.empty())
        heading.visually_hidden_text = "Important";
    return card({.heading = heading,
                 .content = callout.content,
                 .variant = "warning",
                 .id = callout.id,
                 .classes = callout.classes,
                 .attributes = callout.attributes});
}

Html panel(const Panel& panel) {
    Html inner = heading(panel.heading, {.class_name = "nhsuk-panel__heading",
                                         .class_prefix = "nhsuk-panel__heading--",
                                         .sizes = {"m", "l", "xl"}});
    if (!panel.content.empty())
        optimat::tag::div.into(inner, {{"class", "nhsuk-panel__body"}}, panel.content);
    return element(
        "div",
        AttributeList()
            .add("class", Classes("nhsuk-panel")
                              .modifier_if(panel.variant == "interruption", "interruption", panel.classes)
                              .add(panel.classes)
                              .text())
            .add_given("id", panel.id)
            .add(panel.attributes),
        inner);
}

namespace {

Html summary_cell(const char* name, const char* block, const SummaryList::Cell& cell) {
    Classes classes(block);
    const std::string width = "nhsuk-u-width-" + cell.width;
    if (!cell.width.empty() && cell.classes.find(width) == std::string::npos) classes.add(width);
    return element(name,
                   AttributeList()
                       .add("class", classes.add(cell.classes).text())
                       .add_given("id", cell.id)
                       .add(cell.attributes),
                   cell.content);
}

Html row_actions(const CardActions& actions, const Html& card_heading) {
    Html inner;
    if (actions.items.size() == 1)
        inner = card_action(actions.items.front(), card_heading);
    else
        optimat::tag::ul.into(inner, {{"class", "nhsuk-summary-list__actions-list"}}, [&](Html& list) {
            for (const CardAction& action : actions.items)
                optimat::tag::li.into(list, {{"class", "nhsuk-summary-list__actions-list-item"}},
                                      card_action(action, card_heading));
        });
    return summary_cell("dd", "nhsuk-summary-list__actions",
                        {.content = inner,
                         .width = actions.width,
                         .id = actions.id,
                         .classes = actions.classes,
                         .attributes = actions.attributes});
}

bool shows_no_border(const SummaryList& list, const SummaryList::Row& row) {
    const bool list_says_so = list.classes.find("nhsuk-summary-list--no-") != std::string::npos ||
                              (!list.last_row_border && &row == &list.rows.back());
    return !row.border && !list_says_so;
}

}  // namespace

Html summary_list(const SummaryList& list) {
    const bool has_actions =
        std::ranges::any_of(list.rows, [](const auto& row) { return !row.actions.items.empty(); });
    const Html card_heading = list.card ? list.card->heading.content : Html();
    Html rows;
    for (const SummaryList::Row& row : list.rows) {
        Html cells = summary_cell("dt", "nhsuk-summary-list__key", row.key);
        cells += summary_cell("dd", "nhsuk-summary-list__value", row.value);
        if (!row.actions.items.empty()) cells += row_actions(row.actions, card_heading);
        rows +=
            element("div",
                    AttributeList()
                        .add("class", Classes("nhsuk-summary-list__row")
                                          .modifier_if(has_actions && row.actions.items.empty(), "no-actions")
                                          .modifier_if(shows_no_border(list, row), "no-border", row.classes)
                                          .add(row.classes)
                                          .text())
                        .add_given("id", row.id)
                        .add(row.attributes),
                    cells);
    }
    Html out = element("dl",
                       AttributeList()
                           .add("class", Classes("nhsuk-summary-list")
                                             .modifier_if(!list.border, "no-border", list.classes)
                                             .modifier_if(list.border && !list.last_row_border,
                                                          "no-last-row-border", list.classes)
                                             .add(list.classes)
                                             .text())
                           .add_given("id", list.id)
                           .add(list.attributes),
                       rows);
    if (!list.card) return out;
    Card around = *list.card;
    around.content = out;
    return card(around);
}

}  // namespace optimat::nhsuk
