#pragma once
// What several components of NHS.UK frontend 10.6.1 are made of. Each component is a struct of parameters,
// named as the macro options of that package, and a function that gives the package's markup; its published
// fixtures are the tests. Unless a comment says otherwise, empty text, empty Html and absent optionals mean:
// not given.

#include "html/html.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace optimat::nhsuk {

/// Attributes of one's own beside those of the component; without a value: a boolean attribute. Names that
/// our pages may not carry are a bug.
using ExtraAttributes = std::vector<std::pair<std::string, std::optional<std::string>>>;

struct Caption {
    Html content = {};
    std::string size = {};       ///< m, l, xl or xxl
    std::string placement = {};  ///< before, start, end or after; empty: start
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
    std::string element = "span";
};

struct Heading {
    Html content = {};
    int level = 1;
    std::string size = {};  ///< xxs, xs, s, m, l or xl, as the component allows
    std::string id = {};
    std::string classes = {};
    std::string visually_hidden_text = {};
    std::optional<Caption> caption = {};
    std::string href = {};
    ExtraAttributes attributes = {};
    std::string element = {};  ///< instead of the level's, such as p
};

/// The heading that a label or legend stands in, when it is the page's heading.
struct LabelHeading {
    int level = 1;
    std::string id = {};
    ExtraAttributes attributes = {};
};

struct Label {
    Html content = {};
    std::string for_id = {};
    std::string size = {};  ///< s, m, l or xl
    std::string id = {};
    std::string classes = {};
    std::string visually_hidden_text = {};
    std::optional<Caption> caption = {};
    std::optional<LabelHeading> heading = {};
    ExtraAttributes attributes = {};
};
Html label(const Label& label);

/// As Label, of a fieldset; for_id has no meaning.
using Legend = Label;
Html legend(const Legend& legend);

struct Hint {
    Html content = {};
    std::string id = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html hint(const Hint& hint);

struct ErrorMessage {
    Html content = {};
    std::string id = {};
    std::string classes = {};
    std::string visually_hidden_text = "Error";  ///< empty: none
    ExtraAttributes attributes = {};
};
Html error_message(const ErrorMessage& message);

struct Fieldset {
    Legend legend = {};
    Html content = {};
    std::string id = {};
    std::string role = {};
    std::string described_by = {};  ///< ids, separated by spaces
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html fieldset(const Fieldset& fieldset);

/// What surrounds one control or one group of controls.
struct FormGroup {
    std::string classes = {};
    ExtraAttributes attributes = {};
    Html before = {};  ///< directly before the control
    Html after = {};   ///< directly after it
};

}  // namespace optimat::nhsuk
