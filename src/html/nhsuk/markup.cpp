#include "html/nhsuk/markup.hpp"

#include <algorithm>
#include <array>

namespace optimat::nhsuk {

Classes& Classes::add(const std::string& classes) {
    if (!classes.empty()) m_text.append(" ").append(classes);
    return *this;
}
Classes& Classes::modifier(const std::string& modifier, const std::string& classes) {
    const std::string name = m_base + "--" + modifier;
    return classes.find(name) == std::string::npos ? add(name) : *this;
}
Classes& Classes::modifier_if(bool condition, const std::string& modifier, const std::string& classes) {
    return condition ? this->modifier(modifier, classes) : *this;
}

AttributeList& AttributeList::add(std::string name, std::string value) {
    m_list.emplace_back(std::move(name), std::move(value));
    return *this;
}
AttributeList& AttributeList::add_given(std::string name, const std::string& value) {
    return value.empty() ? *this : add(std::move(name), value);
}
AttributeList& AttributeList::add_given(std::string name, const std::optional<std::string>& value) {
    return value ? add(std::move(name), *value) : *this;
}
AttributeList& AttributeList::add_given(std::string name, const std::optional<bool>& value) {
    return value ? add(std::move(name), *value ? "true" : "false") : *this;
}
AttributeList& AttributeList::flag(std::string name, bool present) {
    if (present) m_list.emplace_back(std::move(name), std::nullopt);
    return *this;
}
AttributeList& AttributeList::add(const ExtraAttributes& more) {
    m_list.insert(m_list.end(), more.begin(), more.end());
    return *this;
}
AttributeList& AttributeList::add(const AttributeList& more) { return add(more.m_list); }
std::vector<Attribute> AttributeList::view() const {
    std::vector<Attribute> list;
    list.reserve(m_list.size());
    for (const auto& [name, value] : m_list) {
        if (value)
            list.emplace_back(AttributeName::of(name), *value);
        else
            list.emplace_back(AttributeName::of(name), true);
    }
    return list;
}

Html element(const std::string& name, const AttributeList& attributes, const Html& content) {
    Html out = void_element(name, attributes);
    out += content;
    ElementWriter::close(out, name);
    return out;
}
Html void_element(const std::string& name, const AttributeList& attributes) {
    Html out;
    ElementWriter::open(out, name, attributes.view());
    return out;
}

Html caption(const Caption& caption) {
    const std::array<std::string, 4> sizes = {"m", "l", "xl", "xxl"};
    const bool sized = std::ranges::find(sizes, caption.size) != sizes.end();
    Classes classes(sized ? "nhsuk-caption-" + caption.size : "nhsuk-caption");
    if (caption.placement == "after" || caption.placement == "end") classes.add("nhsuk-caption--bottom");
    classes.add(caption.classes);
    return element(
        caption.element,
        AttributeList().add("class", classes.text()).add_given("id", caption.id).add(caption.attributes),
        caption.content);
}

namespace {

bool names_a_size(const std::string& classes, const std::string& prefix) {
    const std::array<std::string, 6> sizes = {"xxs", "xs", "s", "m", "l", "xl"};
    return std::ranges::any_of(
        sizes, [&](const std::string& size) { return classes.find(prefix + size) != std::string::npos; });
}

std::string heading_classes(const Heading& heading, const HeadingStyle& style, bool sized) {
    std::string classes = style.class_name;
    const std::string sized_class = style.class_prefix + heading.size;
    if (sized && style.class_prefix == style.class_name + "-")
        classes = sized_class;
    else if (sized)
        classes += (classes.empty() ? "" : " ") + sized_class;
    if (!heading.classes.empty()) classes += (classes.empty() ? "" : " ") + heading.classes;
    return classes;
}

}  // namespace

Html heading(const Heading& heading, const HeadingStyle& style) {
    if (heading.content.empty()) return {};
    const bool sized = !style.class_prefix.empty() && std::ranges::count(style.sizes, heading.size) > 0 &&
                       !names_a_size(heading.classes, style.class_prefix);
    Caption small = heading.caption.value_or(Caption());
    if (small.size.empty() && sized) small.size = heading.size;
    const bool has_caption = !small.content.empty();
    Html inner;
    if (has_caption && (small.placement.empty() || small.placement == "start")) inner += caption(small);
    if (heading.href.empty())
        inner += heading.content;
    else
        tag::a.into(inner, {{"class", "nhsuk-link"}, {"href", heading.href}}, heading.content);
    if (!heading.visually_hidden_text.empty())
        tag::span.into(inner, {{"class", "nhsuk-u-visually-hidden"}}, " ", heading.visually_hidden_text);
    if (has_caption && small.placement == "end") inner += caption(small);
    const auto attributes = AttributeList()
                                .add_given("class", heading_classes(heading, style, sized))
                                .add_given("id", heading.id)
                                .add(heading.attributes);
    const std::string name = !style.element.empty()     ? style.element
                             : !heading.element.empty() ? heading.element
                                                        : "h" + std::to_string(heading.level);
    Html out;
    if (has_caption && small.placement == "before") out += caption(small);
    out += element(name, attributes, inner);
    if (has_caption && small.placement == "after") out += caption(small);
    return out;
}

std::string ids(const std::string& first, const std::string& second, const std::string& third) {
    std::string all;
    for (const std::string* id : {&first, &second, &third})
        if (!id->empty()) all.append(all.empty() ? "" : " ").append(*id);
    return all;
}

Described describe(const std::string& id, const std::string& described_by, const std::optional<Hint>& hint,
                   const std::optional<ErrorMessage>& error) {
    Described described{{}, described_by};
    if (hint && !hint->content.empty()) {
        Hint with_id = *hint;
        if (with_id.id.empty()) with_id.id = id + "-hint";
        described.above += nhsuk::hint(with_id);
        described.described_by = ids(described.described_by, with_id.id);
    }
    if (error && !error->content.empty()) {
        ErrorMessage with_id = *error;
        if (with_id.id.empty()) with_id.id = id + "-error";
        described.above += error_message(with_id);
        described.described_by = ids(described.described_by, with_id.id);
    }
    return described;
}

Html control_group(const std::string& id, const Label& label, const Described& described,
                   const FormGroup& group, const std::string& classes, const AttributeList& attributes,
                   const Html& control) {
    Label with_id = label;
    if (with_id.for_id.empty()) with_id.for_id = id;
    AttributeList list;
    list.add("class", Classes(classes).add(group.classes).text());
    list.add(attributes).add(group.attributes);
    return element("div", list, html_of(nhsuk::label(with_id), described.above, control));
}

std::string link_or_button(const std::string& element, const std::string& href, const std::string& type) {
    if (!element.empty()) return element;
    return !href.empty() && type.empty() ? "a" : "button";
}

}  // namespace optimat::nhsuk
