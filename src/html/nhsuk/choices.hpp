#pragma once
// Radios and checkboxes. See parts.hpp.

#include "html/nhsuk/parts.hpp"

namespace optimat::nhsuk {

struct Choice {
    Label label = {};
    std::string value = {};
    std::optional<bool> checked = {};   ///< absent: as the group's value says
    std::optional<bool> disabled = {};  ///< absent: as the group
    std::string id = {};                ///< empty: the group's prefix and a number
    std::string name = {};              ///< of a checkbox; empty: as the group
    std::optional<Hint> hint = {};
    std::string divider = {};    ///< a word such as "or" instead of a choice
    Html conditional = {};       ///< shown while this is chosen
    std::string behaviour = {};  ///< of a checkbox: exclusive or inclusive
    std::string behaviour_group = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};

struct Choices {
    std::string name = {};
    std::vector<Choice> items = {};
    std::optional<Fieldset> fieldset = {};  ///< its content is not used
    std::vector<std::string> values = {};   ///< what is chosen; of radios at most one
    std::string id_prefix = {};             ///< empty: as the name
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    bool marked_as_error = false;
    bool inline_items = false;
    bool small = false;
    bool disabled = false;
    std::string described_by = {};
    FormGroup form_group = {};
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};

Html radios(const Choices& radios);
Html checkboxes(const Choices& checkboxes);

}  // namespace optimat::nhsuk
