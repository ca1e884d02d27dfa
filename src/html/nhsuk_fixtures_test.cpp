// Every case of the fixtures that nhsuk-frontend publishes for the components we have, read from the package
// itself.

#include "html/markup_for_tests.hpp"
#include "html/nhsuk/choices.hpp"
#include "html/nhsuk/content.hpp"
#include "html/nhsuk/forms.hpp"
#include "html/nhsuk/navigation.hpp"
#include "html/nhsuk/table.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <functional>
#include <map>

namespace optimat::nhsuk {
namespace {

using Json = nlohmann::json;

const Json& at(const Json& options, const char* key) {
    static const Json absent;
    const auto found = options.is_object() ? options.find(key) : options.end();
    return options.is_object() && found != options.end() ? *found : absent;
}
bool given(const Json& value) {
    return !(value.is_null() || value == false || value == "" || (value.is_array() && value.empty()));
}
std::string words(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_number() ? value.dump() : "";
}
std::string text(const Json& options, const char* key) { return words(at(options, key)); }
std::string text_or(const Json& options, const char* key, const char* otherwise) {
    return at(options, key).is_null() ? otherwise : text(options, key);
}
bool flag(const Json& options, const char* key) { return given(at(options, key)); }
bool not_refused(const Json& options, const char* key) { return at(options, key) != false; }
std::optional<bool> choice_of(const Json& value) {
    return value.is_boolean() ? std::optional(value.get<bool>()) : std::nullopt;
}
std::optional<std::string> maybe(const Json& value) {
    return value.is_null() || value == false ? std::nullopt : std::optional(words(value));
}
/// The package's templates drop white space around what they are given.
std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\n");
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}
/// A string, or an object with text or html.
Html content(const Json& value) {
    if (value.is_string()) return trimmed(words(value));
    return flag(value, "html") ? Html::trusted(trimmed(text(value, "html")))
                               : Html(trimmed(text(value, "text")));
}
/// The same, with the text as a paragraph.
Html paragraphs(const Json& value, const Attributes& attributes = {}) {
    if (flag(value, "html")) return Html::trusted(text(value, "html"));
    const Html inside = content(value);
    return inside.empty() ? inside : optimat::tag::p(attributes, inside);
}
ExtraAttributes extra(const Json& options) {
    ExtraAttributes attributes;
    for (const auto& [name, value] : at(options, "attributes").items())
        attributes.emplace_back(name, words(value));
    return attributes;
}
std::vector<Json> list(const Json& value) {
    std::vector<Json> items;
    for (const Json& item : value)
        if (given(item)) items.push_back(item);
    return items;
}

std::optional<Caption> caption_of(const Json& value) {
    if (!given(value)) return {};
    return Caption{.content = content(value),
                   .size = text(value, "size"),
                   .placement = text(value, "placement"),
                   .id = text(value, "id"),
                   .classes = text(value, "classes"),
                   .element = text_or(value, "element", "span")};
}
Heading heading_of(const Json& value, int level) {
    return {.content = content(value),
            .level = at(value, "level").is_number() ? at(value, "level").get<int>() : level,
            .size = text(value, "size"),
            .id = text(value, "id"),
            .classes = text(value, "classes"),
            .visually_hidden_text = text(value, "visuallyHiddenText"),
            .caption = caption_of(at(value, "caption")),
            .href = text(value, "href"),
            .attributes = extra(value),
            .element = text(value, "element")};
}
/// A label's or legend's own words, or those of the heading in it.
Label label_of(const Json& value) {
    const Json& inner = at(value, "heading");
    const Json& page = at(value, "isPageHeading");
    const bool heads = (given(page) && inner != false) || (page != false && given(inner));
    Label label{.content = content(value),
                .for_id = text(value, "for"),
                .size = text(value, "size"),
                .id = text(value, "id"),
                .classes = text(value, "classes"),
                .visually_hidden_text = text(value, "visuallyHiddenText"),
                .caption = caption_of(at(value, "caption")),
                .attributes = extra(value)};
    const Heading heading = heading_of(inner, 1);
    if (!heading.content.empty() && (heads || label.content.empty())) label.content = heading.content;
    if (!heads) return label;
    label.heading = LabelHeading{.level = heading.level, .id = heading.id, .attributes = heading.attributes};
    if (!heading.size.empty()) label.size = heading.size;
    if (heading.caption) label.caption = heading.caption;
    return label;
}
std::optional<Hint> hint_of(const Json& value) {
    if (!given(value)) return {};
    return Hint{.content = content(value), .id = text(value, "id"), .classes = text(value, "classes")};
}
std::optional<ErrorMessage> error_of(const Json& value) {
    if (!given(value) || value == true) return {};
    return ErrorMessage{.content = content(value),
                        .id = text(value, "id"),
                        .visually_hidden_text = text_or(value, "visuallyHiddenText", "Error")};
}
std::optional<Fieldset> fieldset_of(const Json& options) {
    const Json& value = at(options, "fieldset");
    if (!given(value)) return {};
    return Fieldset{.legend = label_of(at(value, "legend")),
                    .content = content(value),
                    .id = text(value, "id"),
                    .described_by = text(value, "describedBy"),
                    .classes = text(value, "classes")};
}
FormGroup group_of(const Json& options) {
    const Json& value = at(options, "formGroup");
    return {.classes = text(value, "classes"),
            .attributes = extra(value),
            .before = content(at(value, "beforeInput")),
            .after = content(at(value, "afterInput"))};
}
std::optional<Affix> affix_of(const Json& value) {
    return given(value) ? std::optional(Affix{.content = content(value)}) : std::nullopt;
}

Html button_case(const Json& o) {
    const Json& icon = at(o, "icon");
    return button({.content = content(o),
                   .variant = text(o, "variant"),
                   .href = text(o, "href"),
                   .type = text(o, "type"),
                   .small = flag(o, "small"),
                   .disabled = flag(o, "disabled"),
                   .prevent_double_click = choice_of(at(o, "preventDoubleClick")),
                   .icon = icon.is_string() ? words(icon) : text(icon, "name"),
                   .icon_placement = text_or(icon, "placement", "start")});
}
BackLink back_link_of(const Json& o) {
    return {.content = flag(o, "text") || flag(o, "html") ? content(o) : Html("Back"),
            .href = text(o, "href"),
            .variant = text(o, "variant"),
            .type = text(o, "type"),
            .id = text(o, "id"),
            .attributes = extra(o)};
}
Html breadcrumb_case(const Json& o) {
    Breadcrumb breadcrumb{.variant = text(o, "variant"), .id = text(o, "id")};
    for (const Json& item : list(at(o, "items")))
        breadcrumb.items.push_back(
            {.content = content(item), .href = text(item, "href"), .attributes = extra(item)});
    if (given(at(o, "backLink"))) {
        breadcrumb.back_link = back_link_of(at(o, "backLink"));
        breadcrumb.back_link->content = content(at(o, "backLink"));
    }
    return nhsuk::breadcrumb(breadcrumb);
}
Html action_link_case(const Json& o) {
    return action_link({.content = content(o),
                        .href = text(o, "href"),
                        .variant = text(o, "variant"),
                        .type = text(o, "type")});
}
Pagination::Step step_of(const Json& value, const std::string& old_href, const std::string& old_label) {
    if (!old_href.empty() || !old_label.empty()) return {.href = old_href, .label = old_label};
    return {.href = text(value, "href"), .content = content(value), .label = content(at(value, "label"))};
}
Html pagination_case(const Json& o) {
    Pagination pagination{.previous =
                              step_of(at(o, "previous"), text(o, "previousUrl"), text(o, "previousPage")),
                          .next = step_of(at(o, "next"), text(o, "nextUrl"), text(o, "nextPage"))};
    for (const Json& item : list(at(o, "items")))
        pagination.items.push_back({.number = text(item, "number"),
                                    .href = text(item, "href"),
                                    .current = flag(item, "current"),
                                    .ellipsis = flag(item, "ellipsis")});
    return nhsuk::pagination(pagination);
}

Html input_case(const Json& o) {
    return input({.name = text(o, "name"),
                  .label = label_of(at(o, "label")),
                  .id = text(o, "id"),
                  .type = text_or(o, "type", "text"),
                  .value = maybe(at(o, "value")),
                  .hint = hint_of(at(o, "hint")),
                  .error_message = error_of(at(o, "errorMessage")),
                  .marked_as_error = at(o, "errorMessage") == true,
                  .prefix = affix_of(at(o, "prefix")),
                  .suffix = affix_of(at(o, "suffix")),
                  .width = text(o, "width"),
                  .code = flag(o, "code"),
                  .disabled = flag(o, "disabled"),
                  .inputmode = text(o, "inputmode"),
                  .autocomplete = text(o, "autocomplete"),
                  .spellcheck = choice_of(at(o, "spellcheck")),
                  .form_group = group_of(o),
                  .classes = text(o, "classes")});
}
Html password_case(const Json& o) {
    const Json& button = at(o, "button");
    return password_input({.name = text(o, "name"),
                           .label = label_of(at(o, "label")),
                           .id = text(o, "id"),
                           .value = maybe(at(o, "value")),
                           .hint = hint_of(at(o, "hint")),
                           .error_message = error_of(at(o, "errorMessage")),
                           .marked_as_error = at(o, "errorMessage") == true,
                           .autocomplete = text_or(o, "autocomplete", "current-password"),
                           .disabled = flag(o, "disabled"),
                           .button_disabled = choice_of(at(button, "disabled")),
                           .prevent_double_click = choice_of(at(button, "preventDoubleClick")),
                           .code = flag(o, "code"),
                           .width = text(o, "width"),
                           .prefix = affix_of(at(o, "prefix")),
                           .show_password_text = text(o, "showPasswordText"),
                           .hide_password_text = text(o, "hidePasswordText"),
                           .show_password_aria_label = text(o, "showPasswordAriaLabel"),
                           .hide_password_aria_label = text(o, "hidePasswordAriaLabel"),
                           .password_shown_announcement_text = text(o, "passwordShownAnnouncementText"),
                           .password_hidden_announcement_text = text(o, "passwordHiddenAnnouncementText"),
                           .button_variant = text_or(button, "variant", "secondary")});
}
Html select_case(const Json& o) {
    Select select{.name = text(o, "name"),
                  .label = label_of(at(o, "label")),
                  .id = text(o, "id"),
                  .value = text(o, "value"),
                  .hint = hint_of(at(o, "hint")),
                  .error_message = error_of(at(o, "errorMessage")),
                  .marked_as_error = at(o, "errorMessage") == true,
                  .disabled = flag(o, "disabled"),
                  .form_group = group_of(o)};
    for (const Json& item : list(at(o, "items")))
        select.items.push_back({.text = text(item, "text"),
                                .value = maybe(at(item, "value")),
                                .disabled = flag(item, "disabled"),
                                .divider = flag(item, "divider")});
    return nhsuk::select(select);
}
Html textarea_case(const Json& o) {
    return textarea({.name = text(o, "name"),
                     .label = label_of(at(o, "label")),
                     .id = text(o, "id"),
                     .value = text(o, "value"),
                     .hint = hint_of(at(o, "hint")),
                     .error_message = error_of(at(o, "errorMessage")),
                     .marked_as_error = at(o, "errorMessage") == true,
                     .disabled = flag(o, "disabled"),
                     .autocomplete = text(o, "autocomplete")});
}
Html file_upload_case(const Json& o) {
    FileUpload upload{.name = text(o, "name"),
                      .label = label_of(at(o, "label")),
                      .id = text(o, "id"),
                      .multiple = flag(o, "multiple"),
                      .disabled = flag(o, "disabled"),
                      .hint = hint_of(at(o, "hint")),
                      .error_message = error_of(at(o, "errorMessage")),
                      .marked_as_error = at(o, "errorMessage") == true,
                      .choose_files_button_text = text(o, "chooseFilesButtonText"),
                      .no_file_chosen_text = text(o, "noFileChosenText"),
                      .drop_instruction_text = text(o, "dropInstructionText"),
                      .entered_drop_zone_text = text(o, "enteredDropZoneText"),
                      .left_drop_zone_text = text(o, "leftDropZoneText")};
    if (const Json& names = at(o, "chooseFilesButtonClassList"); names.is_array())
        upload.choose_files_button_classes = names.get<std::vector<std::string>>();
    for (const auto& [rule, message] : at(o, "multipleFilesChosenText").items())
        upload.multiple_files_chosen_text.emplace_back(rule, words(message));
    return file_upload(upload);
}
DateItem date_item(const Json& o, const Json& item, const char* otherwise) {
    const std::string name = text_or(item, "name", otherwise);
    const Json& value = at(item, "value").is_null() ? at(at(o, "values"), name.c_str()) : at(item, "value");
    return {.name = name,
            .value = maybe(value),
            .id = text(item, "id"),
            .label = label_of(at(item, "label")),
            .width = text_or(item, "width", name == "year" ? "4" : "2"),
            .error = choice_of(at(item, "error")),
            .autocomplete = text(item, "autocomplete"),
            .disabled = choice_of(at(item, "disabled"))};
}
Html date_case(const Json& o) {
    DateInput date{.id = text(o, "id"),
                   .name_prefix = text(o, "namePrefix"),
                   .fieldset = fieldset_of(o),
                   .hint = hint_of(at(o, "hint")),
                   .error_message = error_of(at(o, "errorMessage")),
                   .marked_as_error = at(o, "errorMessage") == true,
                   .disabled = flag(o, "disabled")};
    if (given(at(o, "items"))) {
        for (const Json& item : list(at(o, "items")))
            date.items.push_back(date_item(o, item, ""));
    } else {
        for (const char* name : {"day", "month", "year"})
            if (at(o, name) != false) date.items.push_back(date_item(o, at(o, name), name));
    }
    return date_input(date);
}
Choices choices_of(const Json& o) {
    Choices choices{.name = text(o, "name"),
                    .fieldset = fieldset_of(o),
                    .id_prefix = text(o, "idPrefix"),
                    .hint = hint_of(at(o, "hint")),
                    .error_message = error_of(at(o, "errorMessage")),
                    .marked_as_error = at(o, "errorMessage") == true,
                    .inline_items = flag(o, "inline"),
                    .small = flag(o, "small"),
                    .disabled = flag(o, "disabled")};
    for (const Json& value : list(at(o, "values")))
        choices.values.push_back(words(value));
    if (given(at(o, "value"))) choices.values.push_back(text(o, "value"));
    for (const Json& item : list(at(o, "items")))
        choices.items.push_back({.label = {.content = content(item)},
                                 .value = text(item, "value"),
                                 .checked = choice_of(at(item, "checked")),
                                 .disabled = choice_of(at(item, "disabled")),
                                 .name = text(item, "name"),
                                 .hint = hint_of(at(item, "hint")),
                                 .divider = text(item, "divider"),
                                 .conditional = content(at(item, "conditional")),
                                 .behaviour = flag(item, "exclusive") ? "exclusive" : text(item, "behaviour"),
                                 .behaviour_group = flag(item, "exclusiveGroup")
                                                        ? text(item, "exclusiveGroup")
                                                        : text(item, "behaviourGroup")});
    return choices;
}

Html tag_case(const Json& o) {
    return nhsuk::tag({.content = content(o),
                       .colour = text(o, "colour"),
                       .coloured = not_refused(o, "colour"),
                       .border = not_refused(o, "border"),
                       .classes = text(o, "classes")});
}
Html details_case(const Json& o) {
    return details({.summary = content(at(o, "summary")),
                    .content = content(o),
                    .open = flag(o, "open"),
                    .classes = text(o, "classes")});
}
CardActions actions_of(const Json& value) {
    CardActions actions;
    for (const Json& item : list(value.is_array() ? value : at(value, "items")))
        actions.items.push_back({.content = content(item),
                                 .href = text(item, "href"),
                                 .type = text(item, "type"),
                                 .visually_hidden_text = text(item, "visuallyHiddenText")});
    return actions;
}
Card card_of(const Json& o) {
    const Json& description = at(o, "description");
    Heading heading = heading_of(at(o, "heading"), 2);
    const bool markup = flag(at(o, "heading"), "html");
    if (markup) heading.content = text(at(o, "heading"), "text");
    return {.heading = heading,
            .heading_markup = markup ? Html::trusted(text(at(o, "heading"), "html")) : Html(),
            .content = paragraphs(description, {{"class", "nhsuk-card__description"}}),
            .href = text(o, "href"),
            .variant = text(o, "variant"),
            .clickable = flag(o, "clickable"),
            .actions = actions_of(at(o, "actions")),
            .image_src = text(at(o, "image"), "src"),
            .image = content(at(o, "image"))};
}
Html warning_case(const Json& o) {
    return warning_callout({.heading = heading_of(at(o, "heading"), 3),
                            .content = paragraphs(o, {{"class", "nhsuk-card__description"}})});
}
Html panel_case(const Json& o) {
    return panel(
        {.heading = heading_of(at(o, "heading"), 1), .content = content(o), .variant = text(o, "variant")});
}
Html error_summary_case(const Json& o) {
    ErrorSummary summary{.heading = heading_of(at(o, "heading"), 2),
                         .description = content(at(o, "description")),
                         .disable_auto_focus = choice_of(at(o, "disableAutoFocus"))};
    summary.heading.level = 2;
    for (const Json& item : list(at(o, "errorList")))
        summary.errors.push_back({.content = content(item), .href = text(item, "href")});
    return error_summary(summary);
}
Html banner_case(const Json& o) {
    const Heading heading = heading_of(at(o, "heading"), 3);
    const char* paragraph = heading.content.empty() ? "nhsuk-notification-banner__heading" : "nhsuk-body";
    return notification_banner({.title = heading_of(at(o, "title"), 2),
                                .heading = heading,
                                .content = paragraphs(o, {{"class", paragraph}}),
                                .variant = text(o, "variant"),
                                .role = text(o, "role"),
                                .disable_auto_focus = choice_of(at(o, "disableAutoFocus")),
                                .attributes = extra(o)});
}
Html summary_list_case(const Json& o) {
    SummaryList summary{.border = not_refused(o, "border"),
                        .last_row_border = not_refused(o, "lastRowBorder")};
    if (given(at(o, "card"))) summary.card = card_of(at(o, "card"));
    const auto cell = [](const Json& value) {
        return SummaryList::Cell{.content = content(value), .width = text(value, "width")};
    };
    for (const Json& row : list(at(o, "rows")))
        summary.rows.push_back({.key = cell(at(row, "key")),
                                .value = cell(at(row, "value")),
                                .actions = actions_of(at(row, "actions")),
                                .border = not_refused(row, "border")});
    return summary_list(summary);
}
Html tabs_case(const Json& o) {
    Tabs tabs{.visually_hidden_text = text_or(o, "visuallyHiddenText", "Contents"),
              .id = text(o, "id"),
              .id_prefix = text(o, "idPrefix")};
    for (const Json& item : list(at(o, "items")))
        tabs.items.push_back(
            {.label = text(item, "label"), .panel = paragraphs(at(item, "panel")), .id = text(item, "id")});
    return nhsuk::tabs(tabs);
}
Html fieldset_case(const Json& o) {
    return fieldset({.legend = label_of(at(o, "legend")), .content = content(o)});
}
Html skip_link_case(const Json& o) {
    return skip_link({.content = flag(o, "text") ? content(o) : Html("Skip to main content"),
                      .href = text_or(o, "href", "#maincontent")});
}

TableHeader header_of(const Json& value) {
    const Json& sort = at(value, "sort");
    return {.content = content(value),
            .visually_hidden_text = text(value, "visuallyHiddenText"),
            .format = text(value, "format"),
            .align = text(value, "align"),
            .width = text(value, "width"),
            .sort = sort == true ? "none" : words(sort),
            .sort_next = text(value, "sortNext"),
            .href = text(value, "href"),
            .classes = text(value, "classes")};
}
TableCell cell_of(const Json& value) {
    return {.content = content(value),
            .content_is_markup = flag(value, "html"),
            .visually_hidden_text = text(value, "visuallyHiddenText"),
            .format = text(value, "format"),
            .sort_value = text(value, "sortValue"),
            .href = text(value, "href"),
            .classes = text(value, "classes")};
}
std::optional<Card> card_around(const Json& o) {
    if (!flag(o, "card") && !flag(o, "panel")) return {};
    Card card = card_of(at(o, "card"));
    if (card.heading.content.empty()) {
        card.heading.content = text(o, "heading");
        if (flag(o, "headingLevel")) card.heading.level = at(o, "headingLevel").get<int>();
    }
    if (card.variant.empty() && flag(o, "panel")) card.variant = "feature";
    return card;
}
Html table_case(const Json& o) {
    Table table{.caption = heading_of(at(o, "caption"), 1),
                .first_cell_is_header = flag(o, "firstCellIsHeader"),
                .compact = flag(o, "compact"),
                .responsive = flag(o, "responsive"),
                .scroll = flag(o, "scroll"),
                .striped = flag(o, "striped"),
                .border = not_refused(o, "border"),
                .last_row_border = not_refused(o, "lastRowBorder"),
                .variant = text(o, "variant"),
                .card = card_around(o),
                .id = text(o, "id"),
                .classes = text(o, "classes")};
    for (const Json& header : list(at(o, "head")))
        table.head.push_back(header_of(header));
    for (const Json& row : list(at(o, "rows"))) {
        std::vector<TableCell> cells;
        for (const Json& cell : row)
            if (cell.is_string() || cell.is_object()) cells.push_back(cell_of(cell));
        table.rows.push_back(cells);
    }
    return nhsuk::table(table);
}

const std::map<std::string, std::function<Html(const Json&)>> components = {
    {"action-link", action_link_case},
    {"back-link", [](const Json& o) { return back_link(back_link_of(o)); }},
    {"breadcrumb", breadcrumb_case},
    {"button", button_case},
    {"card", [](const Json& o) { return card(card_of(o)); }},
    {"checkboxes", [](const Json& o) { return checkboxes(choices_of(o)); }},
    {"date-input", date_case},
    {"details", details_case},
    {"error-message", [](const Json& o) { return error_message(*error_of(o)); }},
    {"error-summary", error_summary_case},
    {"fieldset", fieldset_case},
    {"file-upload", file_upload_case},
    {"hint", [](const Json& o) { return hint(*hint_of(o)); }},
    {"input", input_case},
    {"inset-text", [](const Json& o) { return inset_text({.content = paragraphs(o)}); }},
    {"label", [](const Json& o) { return label(label_of(o)); }},
    {"legend", [](const Json& o) { return legend(label_of(o)); }},
    {"notification-banner", banner_case},
    {"pagination", pagination_case},
    {"panel", panel_case},
    {"password-input", password_case},
    {"radios", [](const Json& o) { return radios(choices_of(o)); }},
    {"scroll",
     [](const Json& o) { return scroll({.content = paragraphs(o), .labelled_by = text(o, "labelledBy")}); }},
    {"select", select_case},
    {"skip-link", skip_link_case},
    {"summary-list", summary_list_case},
    {"tables", table_case},
    {"tabs", tabs_case},
    {"tag", tag_case},
    {"textarea", textarea_case},
    {"warning-callout", warning_case},
};

class NhsukFixtures : public testing::TestWithParam<std::string> {};

Json fixtures_of(const std::string& component) {
    std::ifstream file(std::string(OPTIMAT_SOURCE_DIR) +
                       "/web/node_modules/nhsuk-frontend/dist/nhsuk/components/" + component +
                       "/fixtures.json");
    return file ? Json::parse(file).at("fixtures") : Json::array();
}

/// The options of a case; what it puts between the macro's ends stands for the content.
Json options_of(const std::string& component, const Json& fixture) {
    Json options = fixture.at("context");
    const Json& block = at(fixture, "callBlock");
    if (!given(block)) return options;
    const bool in_description = component == "card" || component == "error-summary";
    if (in_description)
        options["description"] = {{"html", block}};
    else
        options["html"] = block;
    // The block takes the place of a heading's words too.
    if (component == "label" || component == "legend") {
        if (at(options, "heading").is_string())
            options["heading"] = true;
        else if (at(options, "heading").is_object())
            options["heading"].erase("text");
    }
    return options;
}

TEST_P(NhsukFixtures, AreMet) {
    const Json fixtures = fixtures_of(GetParam());
    ASSERT_FALSE(fixtures.empty()) << "the package's fixtures are not there; script/assets fetches them";
    for (const Json& fixture : fixtures)
        EXPECT_EQ(normalised_markup(components.at(GetParam())(options_of(GetParam(), fixture)).text()),
                  normalised_markup(fixture.at("html").get<std::string>()))
            << GetParam() << ": " << fixture.at("name");
}

std::vector<std::string> component_names() {
    std::vector<std::string> names;
    for (const auto& [name, component] : components)
        names.push_back(name);
    return names;
}
std::string test_name(const testing::TestParamInfo<std::string>& component) {
    std::string name = component.param;
    std::erase(name, '-');
    return name;
}
INSTANTIATE_TEST_SUITE_P(All, NhsukFixtures, testing::ValuesIn(component_names()), test_name);

TEST(NhsukFixtureCases, AreAllThere) {
    std::size_t cases = 0;
    for (const std::string& name : component_names())
        cases += fixtures_of(name).size();
    EXPECT_EQ(cases, 754u);
}

}  // namespace
}  // namespace optimat::nhsuk
