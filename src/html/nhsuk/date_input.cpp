#include "html/nhsuk/forms.hpp"
#include "html/nhsuk/markup.hpp"

#include <algorithm>
#include <cctype>

namespace optimat::nhsuk {
namespace {

std::string capitalised(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (!text.empty())
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text;
}

bool styled_as_error(const DateItem& item) {
    return item.classes.find("nhsuk-input--error") != std::string::npos;
}
bool is_wrong(const DateItem& item) { return item.error.value_or(false) || styled_as_error(item); }

Html date_part(const DateInput& date, const DateItem& item, bool all_wrong) {
    Label label = item.label;
    if (label.content.empty()) label.content = capitalised(item.name);
    label.classes = Classes("nhsuk-date-input__label").add(item.label.classes).text();
    const std::string name = date.name_prefix.empty() ? item.name : date.name_prefix + "[" + item.name + "]";
    const bool wrong = item.error.value_or(all_wrong) && !styled_as_error(item);
    return tag::div({{"class", "nhsuk-date-input__item"}},
                    input({.name = name,
                           .label = label,
                           .id = item.id.empty() ? date.id + "-" + item.name : item.id,
                           .value = item.value,
                           .marked_as_error = wrong,
                           .width = item.width,
                           .disabled = item.disabled.value_or(date.disabled),
                           .inputmode = item.inputmode,
                           .autocomplete = item.autocomplete,
                           .pattern = item.pattern,
                           .classes = Classes("nhsuk-date-input__input").add(item.classes).text(),
                           .attributes = item.attributes}));
}

}  // namespace

std::vector<DateItem> date_items(std::optional<std::string> day, std::optional<std::string> month,
                                 std::optional<std::string> year) {
    return {{.name = "day", .value = std::move(day)},
            {.name = "month", .value = std::move(month)},
            {.name = "year", .value = std::move(year), .width = "4"}};
}

Html date_input(const DateInput& date) {
    const bool any_wrong = std::ranges::any_of(date.items, is_wrong);
    const bool error = (date.error_message && !date.error_message->content.empty()) || date.marked_as_error;
    const Described described =
        describe(date.id, date.fieldset ? date.fieldset->described_by : "", date.hint, date.error_message);
    Html parts = date.form_group.before;
    for (const DateItem& item : date.items)
        parts += date_part(date, item, error && !any_wrong);
    parts += date.form_group.after;
    Html inner = described.above;
    inner += element("div",
                     AttributeList()
                         .add("class", Classes("nhsuk-date-input").add(date.classes).text())
                         .add_given("id", date.id)
                         .add(date.attributes),
                     parts);
    if (date.fieldset) {
        Fieldset around = *date.fieldset;
        if (around.role.empty()) around.role = "group";
        around.described_by = described.described_by;
        around.content = inner;
        inner = fieldset(around);
    }
    return element("div",
                   AttributeList()
                       .add("class", Classes("nhsuk-form-group")
                                         .modifier_if(error || any_wrong, "error")
                                         .add(date.form_group.classes)
                                         .text())
                       .add(date.form_group.attributes),
                   inner);
}

}  // namespace optimat::nhsuk
