#pragma once
// How the components put their markup together. Not for pages.

#include "html/nhsuk/parts.hpp"

namespace optimat::nhsuk {

/// `base` and the classes after it, as the attribute has them.
class Classes {
  public:
    explicit Classes(std::string base) : m_text(std::move(base)), m_base(m_text) {}
    /// Adds it; empty adds nothing.
    Classes& add(const std::string& classes);
    /// Adds `base--modifier` unless the caller's own `classes` say so already.
    Classes& modifier(const std::string& modifier, const std::string& classes = {});
    Classes& modifier_if(bool condition, const std::string& modifier, const std::string& classes = {});
    const std::string& text() const { return m_text; }

  private:
    std::string m_text, m_base;
};

/// Attributes that own their text.
class AttributeList {
  public:
    AttributeList& add(std::string name, std::string value);
    AttributeList& add_given(std::string name, const std::string& value);  ///< not when empty
    AttributeList& add_given(std::string name, const std::optional<std::string>& value);
    AttributeList& add_given(std::string name, const std::optional<bool>& value);  ///< "true" or "false"
    AttributeList& flag(std::string name, bool present);
    AttributeList& add(const ExtraAttributes& more);
    AttributeList& add(const AttributeList& more);
    /// Views this list.
    std::vector<Attribute> view() const;

  private:
    ExtraAttributes m_list;
};

/// An element whose name is known only at run time: a heading's level, a link or a button.
Html element(const std::string& name, const AttributeList& attributes, const Html& content);
Html void_element(const std::string& name, const AttributeList& attributes);

Html caption(const Caption& caption);

/// How a component styles its heading.
struct HeadingStyle {
    std::string class_name = {};    ///< empty: none
    std::string class_prefix = {};  ///< before the size; empty: no size
    std::string element = {};       ///< instead of h1 …
    /// The sizes that the component knows.
    std::vector<std::string> sizes = {"xxs", "xs", "s", "m", "l", "xl"};
};
/// Empty without content.
Html heading(const Heading& heading, const HeadingStyle& style);

/// The icon of that name; nothing for an unknown one.
Html icon(const std::string& name);

/// Ids in the order given, without the empty ones.
std::string ids(const std::string& first, const std::string& second, const std::string& third = {});

/// Label, hint and error message over a control, and the ids that describe the control.
struct Described {
    Html above;
    std::string described_by;
};
Described describe(const std::string& id, const std::string& described_by, const std::optional<Hint>& hint,
                   const std::optional<ErrorMessage>& error);
Html control_group(const std::string& id, const Label& label, const Described& described,
                   const FormGroup& group, const std::string& classes, const AttributeList& attributes,
                   const Html& control);

/// The name of the element for something that is a link or a button.
std::string link_or_button(const std::string& element, const std::string& href, const std::string& type);

}  // namespace optimat::nhsuk
