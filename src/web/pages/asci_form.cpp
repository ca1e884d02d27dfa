#include "web/pages/asci_form.hpp"

#include "report/number_text.hpp"
#include "store/secrets.hpp"
#include "web/pages/asci.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

std::string AsciForm::address() const { return fmt::format("/people/{}/asci", person.reference); }

const AsciAnswer* AsciForm::corrected() const {
    const auto found = std::ranges::find(stored, typed.about, &AsciAnswer::number);
    return typed.about == 0 || found == stored.end() ? nullptr : &*found;
}

std::string asci_item_field(const std::string& item) { return "item_" + item; }

namespace {

constexpr std::string_view not_answered = "none";

std::string radio_of(const std::string& value) { return value.empty() ? std::string(not_answered) : value; }

Html yes_or_no(const std::string& name, const Html& legend, const std::string& value,
               std::string_view neither, const FieldErrors& errors) {
    return nhsuk::radios({.name = name,
                          .items = {{.label = {.content = "Yes"}, .value = "true"},
                                    {.label = {.content = "No"}, .value = "false"},
                                    {.label = {.content = neither}, .value = std::string(not_answered)}},
                          .fieldset = nhsuk::Fieldset{.legend = {.content = legend}},
                          .values = {radio_of(value)},
                          .error_message = errors.of(name),
                          .inline_items = true,
                          .small = true,
                          .form_group = {.classes = "app-inventory__item"}});
}

Html item_fields(Context& context, const AsciForm& form, const FieldErrors& errors) {
    Html fields;
    for (const InventoryItemText& item : context.site.list_words().inventory.items) {
        const auto answer = form.typed.items.find(item.name);
        fields += yes_or_no(asci_item_field(item.name), item.wording,
                            answer == form.typed.items.end() ? "" : answer->second, "Not answered", errors);
    }
    return fields;
}

Html hidden(std::string_view name, const std::string& value) {
    return tag::input({{"type", "hidden"}, {"name", name}, {"value", value}});
}

Html day_field(const AsciForm& form, const FieldErrors& errors) {
    return nhsuk::input({.name = "day",
                         .label = {.content = "Day of the inventory"},
                         .type = "date",
                         .value = form.typed.day,
                         .error_message = errors.of("day"),
                         .width = "10"});
}

Html note_field(const AsciForm& form, const FieldErrors& errors) {
    return nhsuk::textarea(
        {.name = "note",
         .label = {.content = "Note"},
         .value = form.typed.note,
         .rows = 3,
         .hint = nhsuk::Hint{.content =
                                 "What matters for the decision. Write no names: not of the person, not of "
                                 "anybody else, no address, no telephone number."},
         .error_message = errors.of("note")});
}

/// A day of the store in words.
std::string day_words(const std::string& iso) {
    const auto day = parse_iso_day(iso);
    return day ? long_date(*day) : iso;
}

std::string_view recorded_words(Flag flag) {
    constexpr std::string_view words[] = {"not recorded", "no", "yes"};
    return words[static_cast<std::size_t>(flag)];
}

std::string supervision_words(const PersonPicture& picture) {
    switch (picture.supervision) {
    case SupervisionState::supervised:
        return "supervised";
    case SupervisionState::unsupervised:
        return "not supervised";
    case SupervisionState::injection:
        return "injection: nothing to supervise from day to day";
    case SupervisionState::not_recorded:
        break;
    }
    return "not recorded";
}

/// What is known that bears on the decision, with its age; unknown is told as that.
Html evidence(const AsciForm& form) {
    const Day as_at = form.pictures->as_at;
    const PersonPicture* picture = form.picture;
    if (picture == nullptr || !picture->state)
        return tag::p({{"class", "app-note"}},
                      fmt::format("Not in MAT on {}, by the data.", long_date(as_at)));
    DataTable table{"evidence", fmt::format("On {}, by the data", long_date(as_at)), "", {}, {}, 1};
    table.columns = {{"what", "What", CellKind::words, ""}, {"recorded", "Recorded", CellKind::words, ""}};
    const auto add = [&](std::string_view what, std::string recorded) {
        table.rows.push_back({DataCell::words(std::string(what)), DataCell::words(std::move(recorded))});
    };
    add("Supervision now", supervision_words(*picture));
    add("Stage", std::string(stage_words(picture->state)));
    add("Latest record of use, overdose or a missed pick-up",
        picture->last_concern.has_value() ? fmt::format("{}, {} before", long_date(*picture->last_concern),
                                                        counted(as_at - *picture->last_concern, "day"))
                                          : "none recorded");
    add("Children in the household", std::string(recorded_words(picture->children_in_household)));
    add("Safe storage at home", std::string(recorded_words(picture->safe_storage)));
    return table_html(table);
}

Html form_html(Context& context, const AsciForm& form, const FieldErrors& errors) {
    const InventoryTexts& inventory = context.site.list_words().inventory;
    Html fields = html_of(hidden("request", form.typed.request), hidden("seen", fmt::format("{}", form.seen)),
                          hidden("about", fmt::format("{}", form.typed.about)), day_field(form, errors));
    fields += tag::h2({}, fmt::format("Items of {}", inventory.title()));
    fields += tag::p({{"class", "app-note"}}, "Yes means that it is a reason for supervision.");
    fields += item_fields(context, form, errors);
    fields += tag::h2({}, "Decision");
    fields += yes_or_no("supervised_before", "Was consumption supervised before?",
                        form.typed.supervised_before, "Not recorded", errors);
    fields += yes_or_no("supervised_after", "Is it to be supervised from now on?",
                        form.typed.supervised_after, "Not recorded", errors);
    fields += note_field(form, errors);
    return post_form(context, form.address(), fields,
                     {.content = form.typed.about == 0 ? "Save this inventory" : "Save the correction",
                      .prevent_double_click = true});
}

/// Takes an inventory back that was entered in error.
Html take_back_form(Context& context, const AsciForm& form) {
    const Html fields =
        html_of(hidden("request", random_text(16)), hidden("seen", fmt::format("{}", form.seen)),
                hidden("about", fmt::format("{}", form.typed.about)), hidden("take_back", "yes"),
                hidden("day", form.corrected()->day));
    return html_of(tag::h2({}, "Entered in error?"),
                   tag::p({}, "Taken back, it counts no more. What was written stays in the history."),
                   post_form(context, form.address(), fields,
                             {.content = "Take this inventory back", .variant = "secondary"}));
}

}  // namespace

Response asci_form_page(Context& context, const AsciForm& form, const FieldErrors& errors, int status) {
    PageFrame frame = frame_for(context, Section::lists);
    frame.title = form.typed.about == 0 ? "An inventory of supervised consumption" : "Correct an inventory";
    frame.heading = frame.title;
    frame.heading_aside = Html(std::string(form.person.client_id(context.figures())));
    frame.breadcrumbs = {{"People", "/people"},
                         {"This person", fmt::format("/people/{}", form.person.reference)}};
    frame.errors = errors.summary();
    if (const AsciAnswer* corrected = form.corrected())
        frame.main +=
            tag::p({{"class", "app-lede"}},
                   fmt::format("In the place of the inventory of {}, entered by {}. What was written stays "
                               "in the history.",
                               day_words(corrected->day), corrected->author));
    Html left = form_html(context, form, errors);
    if (form.corrected() != nullptr) left += take_back_form(context, form);
    frame.main +=
        tag::div({{"class", "app-columns app-inventory"}}, tag::div({}, left), tag::div({}, evidence(form)));
    frame.main += html_of(tag::h2({}, "Inventories so far"), asci_history_rows(context, form.person));
    return respond(frame, status);
}

}  // namespace optimat
