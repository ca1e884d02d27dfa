#include "html/nhsuk/choices.hpp"

#include "html/nhsuk/markup.hpp"

#include <algorithm>

namespace optimat::nhsuk {
namespace {

enum class Kind : std::uint8_t { radio, checkbox };

/// One group while it is written.
struct Group {
    const Choices& choices;
    Kind kind;
    std::string block;         ///< nhsuk-radios or nhsuk-checkboxes
    std::string described_by;  ///< of the group

    bool is_checked(const Choice& item) const {
        if (item.checked) return *item.checked;
        return std::ranges::find(choices.values, item.value) != choices.values.end();
    }
    std::string prefix() const { return choices.id_prefix.empty() ? choices.name : choices.id_prefix; }
    /// Only scripts can offer a choice that ticks all the others.
    std::string needs_script(const Choice& item) const {
        return kind == Kind::checkbox && item.behaviour == "inclusive"
                   ? "nhsuk-u-frontend-not-supported-hidden"
                   : "";
    }
    std::string element(const char* name) const { return block + "__" + name; }
};

std::string id_of(const Group& group, const Choice& item, std::size_t index) {
    if (!item.id.empty()) return item.id;
    return index == 0 ? group.prefix() : group.prefix() + "-" + std::to_string(index + 1);
}

Html control(const Group& group, const Choice& item, const std::string& id, const std::string& hint_id) {
    const bool checkbox = group.kind == Kind::checkbox;
    const std::string& name = checkbox && !item.name.empty() ? item.name : group.choices.name;
    // The legend of a fieldset brings its hint and error along.
    const std::string inherited = checkbox && !group.choices.fieldset ? group.described_by : "";
    AttributeList attributes;
    attributes.add("class", Classes(group.element("input")).add(item.classes).text())
        .add("id", id)
        .add("name", name)
        .add("type", checkbox ? "checkbox" : "radio")
        .add("value", item.value)
        .flag("checked", group.is_checked(item))
        .flag("disabled", item.disabled.value_or(group.choices.disabled))
        .add_given("data-behaviour", item.behaviour)
        .add_given("data-behaviour-group", item.behaviour_group);
    if (!item.conditional.empty()) attributes.add("data-aria-controls", "conditional-" + id);
    return void_element(
        "input", attributes.add_given("aria-describedby", ids(inherited, hint_id)).add(item.attributes));
}

Html choice(const Group& group, const Choice& item, std::size_t index) {
    if (!item.divider.empty())
        return tag::div({{"class", Classes(group.element("divider")).add(group.needs_script(item)).text()}},
                        item.divider);
    const std::string id = id_of(group, item, index);
    Label label = item.label;
    label.for_id = id;
    label.classes = Classes(group.element("label")).add(item.label.classes).text();
    Html below;
    std::string hint_id;
    if (item.hint && !item.hint->content.empty()) {
        Hint hint = *item.hint;
        if (hint.id.empty()) hint.id = id + "-item-hint";
        hint.classes = Classes(group.element("hint")).add(item.hint->classes).text();
        hint_id = hint.id;
        below = nhsuk::hint(hint);
    }
    Html out = tag::div({{"class", Classes(group.element("item")).add(group.needs_script(item)).text()}},
                        control(group, item, id, hint_id), nhsuk::label(label), below);
    if (item.conditional.empty()) return out;
    const Classes classes =
        Classes(group.element("conditional")).modifier_if(!group.is_checked(item), "hidden");
    tag::div.into(out, {{"class", classes.text()}, {"id", "conditional-" + id}}, item.conditional);
    return out;
}

Html choices(Group group) {
    const Choices& all = group.choices;
    const bool error = (all.error_message && !all.error_message->content.empty()) || all.marked_as_error;
    std::string described_by = group.kind == Kind::checkbox ? all.described_by : "";
    if (all.fieldset && !all.fieldset->described_by.empty()) described_by = all.fieldset->described_by;
    const Described described = describe(group.prefix(), described_by, all.hint, all.error_message);
    group.described_by = described.described_by;
    Html items = all.form_group.before;
    for (std::size_t i = 0; i < all.items.size(); ++i)
        items += choice(group, all.items[i], i);
    items += all.form_group.after;
    Html inner = described.above;
    inner += element("div",
                     AttributeList()
                         .add("class", Classes(group.block)
                                           .modifier_if(all.small, "small", all.classes)
                                           .modifier_if(all.inline_items, "inline", all.classes)
                                           .add(all.classes)
                                           .text())
                         .add_given("id", all.id)
                         .add("data-module", group.block)
                         .add(all.attributes),
                     items);
    if (all.fieldset) {
        Fieldset around = *all.fieldset;
        around.described_by = described.described_by;
        around.content = inner;
        inner = fieldset(around);
    }
    return element(
        "div",
        AttributeList()
            .add("class",
                 Classes("nhsuk-form-group").modifier_if(error, "error").add(all.form_group.classes).text())
            .add(all.form_group.attributes),
        inner);
}

}  // namespace

Html radios(const Choices& radios) { return choices({radios, Kind::radio, "nhsuk-radios", {}}); }
Html checkboxes(const Choices& checkboxes) {
    return choices({checkboxes, Kind::checkbox, "nhsuk-checkboxes", {}});
}

}  // namespace optimat::nhsuk
