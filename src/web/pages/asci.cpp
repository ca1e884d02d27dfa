#include "web/pages/asci.hpp"

#include "report/number_text.hpp"
#include "store/secrets.hpp"
#include "web/asci_record.hpp"
#include "web/pages/forms.hpp"
#include "web/person_lists.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::size_t longest_note = 2000;
constexpr std::string_view not_answered = "none";

std::int64_t whole_number(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return -1;
    return number;
}

/// What the form is about: the person, what is stored of them, and what is being typed.
struct AsciForm {
    PersonChoice person;
    std::vector<AsciAnswer> stored;
    AsciAnswer typed;
    std::int64_t seen = 0;

    std::string address() const { return fmt::format("/people/{}/asci", person.reference); }
    const AsciAnswer* corrected() const {
        const auto found = std::ranges::find(stored, typed.about, &AsciAnswer::number);
        return typed.about == 0 || found == stored.end() ? nullptr : &*found;
    }
};

const PersonPicture* picture_of_person(Context& context, const PersonChoice& person,
                                       std::shared_ptr<const Pictures>& pictures) {
    pictures = context.figures().pictures(context.figures().dates().size() - 1);
    return find_person(*pictures, person.place);
}

std::string service_of(Context& context, const PersonChoice& person) {
    std::shared_ptr<const Pictures> pictures;
    const PersonPicture* picture = picture_of_person(context, person, pictures);
    if (picture == nullptr || !picture->service.has_value()) return {};
    return context.figures().extract().services[*picture->service].service_id;
}

/// `about` names an answer of this person that nothing stands in the place of.
void require_standing(const AsciForm& form) {
    if (form.typed.about == 0) return;
    for (const AsciAnswer* answer : standing_answers(form.stored))
        if (answer->number == form.typed.about) return;
    throw HttpError(
        404, "There is no such inventory of this person to correct. It may have been corrected meanwhile.");
}

AsciForm read_form(Context& context, std::int64_t about) {
    AsciForm form{read_person_choice(context), {}, {}, 0};
    form.stored = asci_answers_of(*context.database, form.person.reference);
    form.seen = form.stored.empty() ? 0 : form.stored.back().number;
    form.typed.about = about;
    return form;
}

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

std::string item_field(const std::string& item) { return "item_" + item; }

Html item_fields(Context& context, const AsciForm& form, const FieldErrors& errors) {
    Html fields;
    for (const InventoryItemText& item : context.site.list_words().inventory.items) {
        const auto answer = form.typed.items.find(item.name);
        fields += yes_or_no(item_field(item.name), item.wording,
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
Html evidence(Context& context, const AsciForm& form) {
    std::shared_ptr<const Pictures> pictures;
    const PersonPicture* picture = picture_of_person(context, form.person, pictures);
    if (picture == nullptr || !picture->state)
        return tag::p({{"class", "app-note"}},
                      fmt::format("Not in MAT on {}, by the data.", long_date(pictures->as_at)));
    DataTable table{"evidence", fmt::format("On {}, by the data", long_date(pictures->as_at)), "", {}, {}, 1};
    table.columns = {{"what", "What", CellKind::words, ""}, {"recorded", "Recorded", CellKind::words, ""}};
    const auto add = [&](std::string_view what, std::string recorded) {
        table.rows.push_back({DataCell::words(std::string(what)), DataCell::words(std::move(recorded))});
    };
    add("Supervision now", supervision_words(*picture));
    add("Stage", std::string(stage_words(picture->state)));
    add("Latest record of use, overdose or a missed pick-up",
        picture->last_concern.has_value()
            ? fmt::format("{}, {} before", long_date(*picture->last_concern),
                          counted(pictures->as_at - *picture->last_concern, "day"))
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

Response form_page(Context& context, const AsciForm& form, const FieldErrors& errors, int status) {
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
    frame.main += tag::div({{"class", "app-columns app-inventory"}}, tag::div({}, left),
                           tag::div({}, evidence(context, form)));
    frame.main += html_of(tag::h2({}, "Inventories so far"), asci_history_rows(context, form.person));
    return respond(frame, status);
}

std::string read_answer(Context& context, const std::string& name) {
    const std::string value = context.field(name);
    return value == "true" || value == "false" ? value : std::string();
}

void read_day(Context& context, AsciAnswer& typed, FieldErrors& errors) {
    typed.day = context.field("day");
    const auto day = parse_iso_day(typed.day);
    if (!day) return errors.add("day", "Enter the day of the inventory");
    // Days of places east of Greenwich may be a day ahead of the server's.
    if (*day > *parse_iso_day(context.now_text().substr(0, 10)) + 1)
        errors.add("day", "The day of the inventory must not lie ahead");
}

/// Answers of what is corrected to items that the form asks no more: they stay as they were.
std::map<std::string, std::string> items_not_asked(Context& context, const AsciForm& form) {
    std::map<std::string, std::string> items;
    if (const AsciAnswer* corrected = form.corrected()) items = corrected->items;
    for (const InventoryItemText& item : context.site.list_words().inventory.items)
        items.erase(item.name);
    return items;
}

AsciAnswer read_typed(Context& context, AsciAnswer typed, FieldErrors& errors) {
    read_day(context, typed, errors);
    typed.request = context.field("request");
    if (context.field("take_back") == "yes" && typed.about != 0) {
        typed.items.clear();
        return typed;
    }
    for (const InventoryItemText& item : context.site.list_words().inventory.items)
        if (std::string answer = read_answer(context, item_field(item.name)); !answer.empty())
            typed.items[item.name] = std::move(answer);
    typed.supervised_before = read_answer(context, "supervised_before");
    typed.supervised_after = read_answer(context, "supervised_after");
    typed.note = context.field("note");
    if (typed.note.size() > longest_note)
        errors.add("note", fmt::format("Write at most {} characters", longest_note));
    if (typed.items.empty())
        errors.add(item_field(context.site.list_words().inventory.items.front().name),
                   "Answer at least one item");
    return typed;
}

Response failed_page(Context& context, const AsciForm& form, const FieldErrors& errors, int status) {
    context.audit.outcome = AuditOutcome::failed;
    return form_page(context, form, errors, status);
}

/// What has come in the place of an answer: itself when nothing has, 0 when it was taken back.
std::int64_t standing_in_place_of(std::int64_t about, const std::vector<AsciAnswer>& stored) {
    for (const AsciAnswer& answer : stored)  // oldest first, and a correction is newer than what it corrects
        if (about != 0 && answer.about == about) about = says_something(answer) ? answer.number : 0;
    return about;
}

/// Somebody else saved an inventory of the person meanwhile: what was typed stays, and the history tells what
/// is stored.
Response conflict_page(Context& context, AsciForm form) {
    form.stored = asci_answers_of(*context.database, form.person.reference);
    form.seen = form.stored.back().number;
    FieldErrors errors;
    errors.add("day",
               fmt::format("{} has saved an inventory of this person while you wrote yours. It stands in the "
                           "history now. Look at it; save again when yours is still wanted.",
                           form.stored.back().author));
    form.typed.about = standing_in_place_of(form.typed.about, form.stored);
    return failed_page(context, form, errors, 409);
}

}  // namespace

namespace pages {

Response asci_form(Context& context) {
    const std::string about = context.parameter("about");
    AsciForm form = read_form(context, about.empty() ? 0 : whole_number(about));
    require_standing(form);
    if (const AsciAnswer* corrected = form.corrected()) {
        const std::int64_t number = form.typed.about;
        form.typed = *corrected;
        form.typed.about = number;
    } else {
        form.typed.day = context.now_text().substr(0, 10);
        std::shared_ptr<const Pictures> pictures;
        const PersonPicture* picture = picture_of_person(context, form.person, pictures);
        if (picture != nullptr && picture->supervision == SupervisionState::supervised)
            form.typed.supervised_before = "true";
        if (picture != nullptr && picture->supervision == SupervisionState::unsupervised)
            form.typed.supervised_before = "false";
    }
    form.typed.request = random_text(16);
    return form_page(context, form, {}, 200);
}

Response save_asci(Context& context) {
    AsciForm form = read_form(context, std::max<std::int64_t>(0, whole_number(context.field("about"))));
    form.typed.items = items_not_asked(context, form);
    FieldErrors errors;
    AsciAnswer answer = read_typed(context, form.typed, errors);
    form.typed = answer;
    if (answer.request.empty()) throw HttpError(400, "The form was incomplete. Open it again.");
    if (!errors.empty()) return failed_page(context, form, errors, 422);
    answer.person = form.person.reference;
    answer.at = context.now_text();
    answer.author = context.user().user.sign_in_name;
    answer.author_role = text_of(context.user().user.role);
    answer.service = service_of(context, form.person);
    answer.inventory = context.site.list_words().inventory.title();
    try {
        const AsciAnswer saved = add_asci_answer(
            *context.database, answer, std::max<std::int64_t>(0, whole_number(context.field("seen"))));
        context.audit.detail = saved.about == 0
                                   ? fmt::format("inventory {}", saved.number)
                                   : fmt::format("inventory {} in place of {}", saved.number, saved.about);
    } catch (const ConflictError&) {
        return conflict_page(context, form);
    } catch (const UsageError& error) {
        errors.add("day", error.what());
        return failed_page(context, form, errors, 422);
    }
    return see_other(fmt::format("/people/{}#inventories", form.person.reference));
}

}  // namespace pages

}  // namespace optimat
