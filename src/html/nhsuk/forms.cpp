#include "html/nhsuk/forms.hpp"

#include "html/nhsuk/markup.hpp"
#include "html/nhsuk/navigation.hpp"

#include <algorithm>
#include <array>

namespace optimat::nhsuk {
namespace {

bool is_given(const std::optional<ErrorMessage>& error) { return error && !error->content.empty(); }

std::string id_of(const std::string& id, const std::string& name) { return id.empty() ? name : id; }

std::string group_classes(bool error) {
    return error ? "nhsuk-form-group nhsuk-form-group--error" : "nhsuk-form-group";
}

Html affix(const std::optional<Affix>& affix, const std::string& kind) {
    if (!affix || affix->content.empty()) return {};
    return element("div",
                   AttributeList()
                       .add("class", Classes("nhsuk-input-wrapper__" + kind).add(affix->classes).text())
                       .add("aria-hidden", "true")
                       .add(affix->attributes),
                   affix->content);
}

/// What stands before and after a control, and the wrapper around them where it is needed.
Html wrapped(const Html& before, const Html& control, const Html& after, const FormGroup& wrapper,
             const std::string& classes) {
    const bool needed =
        !before.empty() || !after.empty() || !wrapper.classes.empty() || !wrapper.attributes.empty();
    if (!needed) return control;
    return element(
        "div",
        AttributeList().add("class", Classes(classes).add(wrapper.classes).text()).add(wrapper.attributes),
        html_of(before, control, after));
}

std::string input_classes(const Input& input, bool error) {
    Classes classes("nhsuk-input");
    classes.modifier_if(input.large, "large", input.classes);
    classes.modifier_if(input.code, "code", input.classes);
    classes.modifier_if(error, "error");
    const std::array<std::string, 7> widths = {"2", "3", "4", "5", "10", "20", "30"};
    const bool sized = std::ranges::find(widths, input.width) != widths.end() &&
                       input.classes.find("nhsuk-input--width-") == std::string::npos;
    classes.modifier_if(sized, "width-" + input.width);
    return classes.add(input.classes).text();
}

}  // namespace

Html input(const Input& input) {
    const bool error = is_given(input.error_message) || input.marked_as_error;
    const std::string id = id_of(input.id, input.name);
    const Described described = describe(id, input.described_by, input.hint, input.error_message);
    const Html control = void_element("input", AttributeList()
                                                   .add("class", input_classes(input, error))
                                                   .add("id", id)
                                                   .add("name", input.name)
                                                   .add("type", input.type)
                                                   .add_given("spellcheck", input.spellcheck)
                                                   .add_given("value", input.value)
                                                   .flag("disabled", input.disabled)
                                                   .add_given("aria-describedby", described.described_by)
                                                   .add_given("autocomplete", input.autocomplete)
                                                   .add_given("autocapitalize", input.autocapitalize)
                                                   .add_given("pattern", input.pattern)
                                                   .add_given("placeholder", input.placeholder)
                                                   .add_given("inputmode", input.inputmode)
                                                   .add(input.attributes));
    const bool large = input.large && input.classes.find("nhsuk-input--large") == std::string::npos;
    return control_group(
        id, input.label, described, input.form_group, group_classes(error), {},
        wrapped(html_of(input.form_group.before, affix(input.prefix, "prefix")), control,
                html_of(affix(input.suffix, "suffix"), input.form_group.after), input.wrapper,
                large ? "nhsuk-input-wrapper nhsuk-input-wrapper--large" : "nhsuk-input-wrapper"));
}

Html password_input(const PasswordInput& password) {
    const std::string id = id_of(password.id, password.name);
    const auto text_or = [](const std::string& text, const char* otherwise) {
        return text.empty() ? std::string(otherwise) : text;
    };
    const Html toggle =
        button({.content = text_or(password.show_password_text, "Show"),
                .variant = password.button_variant,
                .type = "button",
                .small = true,
                .disabled = password.button_disabled.value_or(password.disabled),
                .prevent_double_click = password.prevent_double_click,
                .aria_label = text_or(password.show_password_aria_label, "Show password"),
                .classes = Classes("nhsuk-password-input__toggle nhsuk-js-password-input-toggle")
                               .add(password.button_classes)
                               .text(),
                .attributes = {{"aria-controls", id}, {"hidden", std::nullopt}}});
    FormGroup group = password.form_group;
    group.classes = (group.classes.empty() ? "" : group.classes + " ") + "nhsuk-password-input";
    ExtraAttributes texts = {{"data-module", "nhsuk-password-input"}};
    const auto add_text = [&](const char* key, const std::string& text) {
        if (!text.empty()) texts.emplace_back(std::string("data-i18n.") + key, text);
    };
    add_text("show-password", password.show_password_text);
    add_text("hide-password", password.hide_password_text);
    add_text("show-password-aria-label", password.show_password_aria_label);
    add_text("hide-password-aria-label", password.hide_password_aria_label);
    add_text("password-shown-announcement", password.password_shown_announcement_text);
    add_text("password-hidden-announcement", password.password_hidden_announcement_text);
    group.attributes.insert(group.attributes.begin(), texts.begin(), texts.end());
    group.after = html_of(toggle, group.after);
    return input({.name = password.name,
                  .label = password.label,
                  .id = id,
                  .type = "password",
                  .value = password.value,
                  .hint = password.hint,
                  .error_message = password.error_message,
                  .marked_as_error = password.marked_as_error,
                  .prefix = password.prefix,
                  .width = password.width,
                  .code = password.code,
                  .disabled = password.disabled,
                  .described_by = password.described_by,
                  .autocomplete = password.autocomplete,
                  .autocapitalize = "none",
                  .spellcheck = false,
                  .form_group = group,
                  .classes = Classes("nhsuk-password-input__input nhsuk-js-password-input-input")
                                 .add(password.classes)
                                 .text(),
                  .attributes = password.attributes});
}

Html select(const Select& select) {
    const bool error = is_given(select.error_message) || select.marked_as_error;
    const std::string id = id_of(select.id, select.name);
    const Described described = describe(id, select.described_by, select.hint, select.error_message);
    Html options;
    for (const SelectItem& item : select.items) {
        if (item.divider) {
            tag::hr.into(options, {});
            continue;
        }
        const bool chosen = !select.value.empty() && item.value.value_or(item.text) == select.value;
        options += element("option",
                           AttributeList()
                               .add_given("value", item.value)
                               .flag("selected", item.selected || chosen)
                               .flag("disabled", item.disabled)
                               .add(item.attributes),
                           item.text);
    }
    const Html control = element(
        "select",
        AttributeList()
            .add("class", Classes("nhsuk-select").modifier_if(error, "error").add(select.classes).text())
            .add("id", id)
            .add("name", select.name)
            .flag("disabled", select.disabled)
            .add_given("aria-describedby", described.described_by)
            .add(select.attributes),
        options);
    return control_group(id, select.label, described, select.form_group, group_classes(error), {},
                         wrapped(select.form_group.before, control, select.form_group.after, select.wrapper,
                                 "nhsuk-input-wrapper"));
}

Html textarea(const Textarea& textarea) {
    const bool error = is_given(textarea.error_message) || textarea.marked_as_error;
    const std::string id = id_of(textarea.id, textarea.name);
    const Described described = describe(id, textarea.described_by, textarea.hint, textarea.error_message);
    const Html control = element(
        "textarea",
        AttributeList()
            .add("class", Classes("nhsuk-textarea").modifier_if(error, "error").add(textarea.classes).text())
            .add("id", id)
            .add("name", textarea.name)
            .add("rows", std::to_string(textarea.rows))
            .add_given("spellcheck", textarea.spellcheck)
            .flag("disabled", textarea.disabled)
            .add_given("aria-describedby", described.described_by)
            .add_given("autocomplete", textarea.autocomplete)
            .add(textarea.attributes),
        textarea.value);
    return control_group(id, textarea.label, described, textarea.form_group, group_classes(error), {},
                         html_of(textarea.form_group.before, control, textarea.form_group.after));
}

namespace {

// As JSON; the texts are class names of ours.
std::string json_list(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts)
        list += (list.empty() ? "\"" : ",\"") + text + "\"";
    return "[" + list + "]";
}

}  // namespace

Html file_upload(const FileUpload& upload) {
    const bool error = is_given(upload.error_message) || upload.marked_as_error;
    const std::string id = id_of(upload.id, upload.name);
    const Described described = describe(id, upload.described_by, upload.hint, upload.error_message);
    AttributeList texts;
    texts.add("data-module", "nhsuk-file-upload");
    if (upload.choose_files_button_classes)
        texts.add("data-choose-files-button-class-list", json_list(*upload.choose_files_button_classes));
    texts.add_given("data-i18n.choose-files-button", upload.choose_files_button_text)
        .add_given("data-i18n.no-file-chosen", upload.no_file_chosen_text);
    for (const auto& [rule, text] : upload.multiple_files_chosen_text)
        texts.add("data-i18n.multiple-files-chosen." + rule, text);
    texts.add_given("data-i18n.drop-instruction", upload.drop_instruction_text)
        .add_given("data-i18n.entered-drop-zone", upload.entered_drop_zone_text)
        .add_given("data-i18n.left-drop-zone", upload.left_drop_zone_text);
    const Html control = void_element(
        "input", AttributeList()
                     .add("class", Classes("nhsuk-file-upload__input").add(upload.classes).text())
                     .add("id", id)
                     .add("name", upload.name)
                     .add("type", "file")
                     .flag("disabled", upload.disabled)
                     .flag("multiple", upload.multiple)
                     .add_given("aria-describedby", described.described_by)
                     .add(upload.attributes));
    FormGroup group = upload.form_group;
    group.classes += (group.classes.empty() ? "" : " ") + std::string("nhsuk-file-upload");
    return control_group(id, upload.label, described, group, group_classes(error), texts,
                         html_of(group.before, control, group.after));
}

}  // namespace optimat::nhsuk
