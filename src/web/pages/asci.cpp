#include "web/pages/asci.hpp"

#include "store/secrets.hpp"
#include "web/asci_record.hpp"
#include "web/pages/asci_form.hpp"
#include "web/pages/kept_text.hpp"
#include "web/person_lists.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

std::int64_t whole_number(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return -1;
    return number;
}

std::string service_of(Context& context, const AsciForm& form) {
    if (form.picture == nullptr || !form.picture->service.has_value()) return {};
    return context.figures().extract().services[*form.picture->service].service_id;
}

/// By the newest data, as the form has it.
std::string supervised_now(const AsciForm& form) {
    if (form.picture == nullptr) return {};
    if (form.picture->supervision == SupervisionState::supervised) return "true";
    return form.picture->supervision == SupervisionState::unsupervised ? "false" : "";
}

/// Whether an answer of this person counts: nothing stands in its place.
bool is_standing(const AsciForm& form, std::int64_t number) {
    for (const AsciAnswer* answer : standing_answers(form.stored))
        if (answer->number == number) return true;
    return false;
}

AsciForm read_form(Context& context, std::int64_t about) {
    AsciForm form;
    form.person = read_person_choice(context);
    form.pictures = context.figures().pictures(context.figures().dates().size() - 1);
    form.picture = find_person(*form.pictures, form.person.place);
    form.stored = asci_answers_of(*context.database, form.person.reference);
    form.seen = form.stored.empty() ? 0 : form.stored.back().number;
    form.typed.about = about;
    return form;
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
        if (std::string answer = read_answer(context, asci_item_field(item.name)); !answer.empty())
            typed.items[item.name] = std::move(answer);
    typed.supervised_before = read_answer(context, "supervised_before");
    typed.supervised_after = read_answer(context, "supervised_after");
    typed.note = context.field("note");
    check_note(typed.note, errors);
    if (typed.items.empty())
        errors.add(asci_item_field(context.site.list_words().inventory.items.front().name),
                   "Answer at least one item");
    return typed;
}

Response failed_page(Context& context, const AsciForm& form, const FieldErrors& errors, int status) {
    context.audit.outcome = AuditOutcome::failed;
    return asci_form_page(context, form, errors, status);
}

/// What has come in the place of an answer: itself when nothing has, 0 when it was taken back.
std::int64_t standing_in_place_of(std::int64_t about, const std::vector<AsciAnswer>& stored) {
    for (const AsciAnswer& answer : stored)  // oldest first, and a correction is newer than what it corrects
        if (about != 0 && answer.about == about) about = says_something(answer) ? answer.number : 0;
    return about;
}

const AsciAnswer* stored_of(const AsciForm& form) {
    const auto found = std::ranges::find(form.stored, form.typed.request, &AsciAnswer::request);
    return found == form.stored.end() ? nullptr : &*found;
}

/// Somebody else saved an inventory of the person meanwhile, or this form was saved before with something
/// else in it: what was typed stays, and the history tells what is stored.
Response conflict_page(Context& context, AsciForm form) {
    form.stored = asci_answers_of(*context.database, form.person.reference);
    form.seen = form.stored.empty() ? 0 : form.stored.back().number;
    FieldErrors errors;
    if (const AsciAnswer* const before = stored_of(form)) {
        errors.add("day",
                   "This form has been saved before, with something else in it. What you have changed "
                   "since is below, and not saved yet. Saved, it stands in the place of that inventory.");
        form.typed.about = before->number;
        form.typed.request = random_text(16);
    } else {
        errors.add(
            "day",
            fmt::format("{} has saved an inventory of this person while you wrote yours. It stands in the "
                        "history now. Look at it; save again when yours is still wanted.",
                        form.stored.empty() ? std::string("Somebody") : form.stored.back().author));
    }
    form.typed.about = standing_in_place_of(form.typed.about, form.stored);
    return failed_page(context, form, errors, 409);
}

}  // namespace

namespace pages {

Response asci_form(Context& context) {
    const std::string about = context.parameter("about");
    AsciForm form = read_form(context, about.empty() ? 0 : whole_number(about));
    if (form.typed.about != 0 && !is_standing(form, form.typed.about))
        throw HttpError(
            404,
            "There is no such inventory of this person to correct. It may have been corrected meanwhile.");
    if (const AsciAnswer* corrected = form.corrected()) {
        const std::int64_t number = form.typed.about;
        form.typed = *corrected;
        form.typed.about = number;
    } else {
        form.typed.day = context.now_text().substr(0, 10);
        form.typed.supervised_before = supervised_now(form);
    }
    form.typed.request = random_text(16);
    return asci_form_page(context, form, {}, 200);
}

Response save_asci(Context& context) {
    AsciForm form = read_form(context, std::max<std::int64_t>(0, whole_number(context.field("about"))));
    form.seen = std::max<std::int64_t>(0, whole_number(context.field("seen")));
    form.typed.items = items_not_asked(context, form);
    FieldErrors errors;
    AsciAnswer answer = read_typed(context, form.typed, errors);
    form.typed = answer;
    if (answer.request.empty()) throw HttpError(400, "The form was incomplete. Open it again.");
    if (!errors.empty()) return failed_page(context, form, errors, 422);
    if (answer.about != 0 && !is_standing(form, answer.about) && stored_of(form) == nullptr)
        return conflict_page(context, form);
    answer.person = form.person.reference;
    answer.at = context.now_text();
    answer.author = context.user().user.sign_in_name;
    answer.author_role = text_of(context.user().user.role);
    answer.service = service_of(context, form);
    answer.inventory = context.site.list_words().inventory.title();
    try {
        const AsciAnswer saved = add_asci_answer(*context.database, answer, form.seen);
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
