#pragma once
// Forms that keep what was typed and say what to put right.

#include "html/nhsuk/choices.hpp"
#include "html/nhsuk/content.hpp"
#include "html/nhsuk/forms.hpp"
#include "html/nhsuk/navigation.hpp"
#include "web/pages/page.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace optimat {

/// What is wrong with the fields of a form, by the name of the field: the first thing of each. Added in the
/// order of the form.
class FieldErrors {
  public:
    void add(const std::string& field, std::string words) {
        if (find(field) == m_errors.end()) m_errors.emplace_back(field, std::move(words));
    }
    bool empty() const { return m_errors.empty(); }
    std::optional<nhsuk::ErrorMessage> of(const std::string& field) const {
        const auto found = find(field);
        if (found == m_errors.end()) return std::nullopt;
        return nhsuk::ErrorMessage{.content = found->second};
    }
    /// For the summary at the top of the page, in the order of the form.
    std::vector<PageError> summary() const {
        std::vector<PageError> all;
        for (const auto& [field, words] : m_errors)
            all.push_back({words, "#" + field});
        return all;
    }

  private:
    using Error = std::pair<std::string, std::string>;
    std::vector<Error>::const_iterator find(const std::string& field) const {
        return std::ranges::find(m_errors, field, &Error::first);
    }
    std::vector<Error> m_errors;
};

/// A line of text with its label; the password field too, when `type` says so.
inline Html text_field(const std::string& name, std::string_view label, const std::string& value,
                       const FieldErrors& errors, std::string_view hint = {}, std::string autocomplete = {}) {
    return nhsuk::input({.name = name,
                         .label = {.content = label},
                         .value = value,
                         .hint = hint.empty() ? std::nullopt : std::optional(nhsuk::Hint{.content = hint}),
                         .error_message = errors.of(name),
                         .width = "30",
                         .autocomplete = std::move(autocomplete),
                         .spellcheck = false});
}

inline Html password_field(const std::string& name, std::string_view label, const FieldErrors& errors,
                           std::string_view hint, std::string autocomplete) {
    return nhsuk::password_input(
        {.name = name,
         .label = {.content = label},
         .hint = hint.empty() ? std::nullopt : std::optional(nhsuk::Hint{.content = hint}),
         .error_message = errors.of(name),
         .autocomplete = std::move(autocomplete)});
}

/// A form that changes something, with its token and its button.
inline Html post_form(Context& context, std::string_view action, const Html& fields,
                      const nhsuk::Button& button) {
    return tag::form({{"method", "post"}, {"action", action}, {"novalidate", true}}, csrf_field(context),
                     fields, nhsuk::button(button));
}

}  // namespace optimat
