#include "html/nhsuk/parts.hpp"

#include "html/nhsuk/markup.hpp"

namespace optimat::nhsuk {
namespace {

bool stands_beside(const std::optional<Caption>& caption, std::string_view placement) {
    return caption && !caption->content.empty() && caption->placement == placement;
}

/// The caption that goes into the label itself, with the label's size.
std::optional<Caption> inner_caption(const Label& label) {
    if (!label.caption || label.caption->placement == "before" || label.caption->placement == "after")
        return {};
    Caption inner = *label.caption;
    if (inner.size.empty()) inner.size = label.size;
    return inner;
}

Caption outer_caption(const Label& label) {
    Caption outer = *label.caption;
    if (outer.size.empty()) outer.size = label.size;
    return outer;
}

}  // namespace

Html label(const Label& label) {
    if (label.content.empty()) return {};
    Heading inner{.content = label.content,
                  .size = label.size,
                  .id = label.id,
                  .classes = label.classes,
                  .visually_hidden_text = label.visually_hidden_text,
                  .caption = inner_caption(label)};
    if (!label.for_id.empty()) inner.attributes.emplace_back("for", label.for_id);
    inner.attributes.insert(inner.attributes.end(), label.attributes.begin(), label.attributes.end());
    Html written = heading(inner, {.class_name = "nhsuk-label",
                                   .class_prefix = "nhsuk-label--",
                                   .element = "label",
                                   .sizes = {"s", "m", "l", "xl"}});
    if (label.heading)
        written = element("h" + std::to_string(label.heading->level),
                          AttributeList()
                              .add("class", "nhsuk-label-wrapper")
                              .add_given("id", label.heading->id)
                              .add(label.heading->attributes),
                          written);
    Html out;
    if (stands_beside(label.caption, "before")) out += caption(outer_caption(label));
    out += written;
    if (stands_beside(label.caption, "after")) out += caption(outer_caption(label));
    return out;
}

Html legend(const Legend& legend) {
    if (legend.content.empty()) return {};
    // A caption cannot stand before a legend, which is the first thing in its fieldset.
    Legend placed = legend;
    if (stands_beside(legend.caption, "before")) placed.caption->placement = "start";
    Classes classes("nhsuk-fieldset__legend");
    for (const char* size : {"s", "m", "l", "xl"})
        classes.modifier_if(legend.size == size &&
                                legend.classes.find("nhsuk-fieldset__legend--") == std::string::npos,
                            size, legend.classes);
    classes.add(legend.classes);
    Heading inner{.content = legend.content,
                  .visually_hidden_text = legend.visually_hidden_text,
                  .caption = inner_caption(placed)};
    Html out;
    if (legend.heading) {
        inner.level = legend.heading->level;
        inner.id = legend.heading->id;
        inner.attributes = legend.heading->attributes;
        out = element(
            "legend",
            AttributeList().add("class", classes.text()).add_given("id", legend.id).add(legend.attributes),
            heading(inner, {.class_name = "nhsuk-fieldset__heading"}));
    } else {
        inner.id = legend.id;
        inner.attributes = legend.attributes;
        out = heading(inner, {.class_name = classes.text(), .element = "legend"});
    }
    if (stands_beside(placed.caption, "after")) out += caption(outer_caption(placed));
    return out;
}

Html hint(const Hint& hint) {
    return element("div",
                   AttributeList()
                       .add("class", Classes("nhsuk-hint").add(hint.classes).text())
                       .add_given("id", hint.id)
                       .add(hint.attributes),
                   hint.content);
}

Html error_message(const ErrorMessage& message) {
    Html inner;
    if (!message.visually_hidden_text.empty())
        tag::span.into(inner, {{"class", "nhsuk-u-visually-hidden"}}, message.visually_hidden_text, ": ");
    inner += message.content;
    return element("span",
                   AttributeList()
                       .add("class", Classes("nhsuk-error-message").add(message.classes).text())
                       .add_given("id", message.id)
                       .add(message.attributes),
                   inner);
}

Html fieldset(const Fieldset& fieldset) {
    return element("fieldset",
                   AttributeList()
                       .add("class", Classes("nhsuk-fieldset").add(fieldset.classes).text())
                       .add_given("id", fieldset.id)
                       .add_given("role", fieldset.role)
                       .add_given("aria-describedby", fieldset.described_by)
                       .add(fieldset.attributes),
                   html_of(legend(fieldset.legend), fieldset.content));
}

}  // namespace optimat::nhsuk
