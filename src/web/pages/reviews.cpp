#include "web/pages/reviews.hpp"

#include "store/secrets.hpp"
#include "web/list_words.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

std::string service_of(const Figures& figures, const ReviewedPerson& person) {
    const Extract& extract = figures.extract();
    const auto id = [&](ServiceIndex service) {
        return service.has_value() ? extract.services[*service].service_id : std::string();
    };
    if (person.lists.picture != nullptr) return id(person.lists.picture->service);
    for (std::size_t date = figures.dates().size(); date-- > 0;)
        if (const State* state = figures.state_of(person.choice.place, date)) return id(state->service);
    const Table& episodes = person.choice.chunk(figures).table(TableKind::episodes);
    const RowRange rows = episodes.rows_of(person.choice.place.client);
    if (rows.begin == rows.end) return {};
    return id(episodes.column<ServiceIndex>(EpisodeField::service_id)[rows.end - 1]);
}

std::string person_address(Context& context, const ReviewedPerson& person) {
    return fmt::format("/people/{}?{}", person.choice.reference, person.choice.query(context.figures()));
}

Response back_to(Context& context, const ReviewedPerson& person) {
    return see_other(person_address(context, person) + "#reviews");
}

/// Who, when and about whom.
void fill_in(Context& context, const ReviewedPerson& person, ReviewEntry& entry) {
    const User& user = context.user().user;
    entry.person = person.choice.reference;
    entry.at = context.now_text();
    entry.author = user.sign_in_name;
    entry.author_role = text_of(user.role);
    entry.service = service_of(context.figures(), person);
    if (context.audit.place.empty() && !entry.service.empty())
        context.audit.place = "service:" + entry.service;
}

/// Whether what is stored under the form's request is what the form says: it may have been changed and sent
/// again.
bool is_same(ReviewEntry stored, const ReviewEntry& typed) {
    stored.number = typed.number;
    stored.at = typed.at;
    stored.author_role = typed.author_role;
    stored.service = typed.service;
    stored.needs_co_signature = typed.needs_co_signature;
    stored.escalated = typed.escalated;
    return stored == typed;
}

/// What somebody else has written since the form was shown.
Html meanwhile_html(Context& context, const ReviewedPerson& person, std::int64_t seen) {
    Html items;
    for (const ReviewEntry& entry : person.entries)
        if (entry.number > seen)
            items += tag::li({}, entry_words(context, entry),
                             tag::span({{"class", "app-reviews__who"}}, entry_author(entry)));
    return nhsuk::warning_callout(
        {.heading = {.content = "Somebody else has written about this person meanwhile", .level = 2},
         .content = html_of(
             tag::ul({{"class", "app-reviews__history"}}, items),
             tag::p({}, "Nothing of yours is saved yet, and nothing is lost. Read theirs; then save yours "
                        "as well, change it first, or leave the page."))});
}

/// A page of one form about a person.
struct FormPage {
    std::string title;
    std::string action;  ///< `review?…`
    std::string button;
    Html before;  ///< above the form
    Html fields;
    FieldErrors errors;
    int status = 200;
};
Response form_page(Context& context, const ReviewedPerson& person, FormPage page) {
    PageFrame frame = frame_for(context, Section::people);
    frame.title = frame.heading = page.title;
    frame.heading_aside = Html(person.choice.client_id(context.figures()));
    frame.width = PageWidth::reading;
    frame.breadcrumbs = {
        {"People", "/people"},
        {std::string(person.choice.client_id(context.figures())), person_address(context, person)}};
    frame.errors = page.errors.summary();
    frame.main = html_of(
        page.before, post_form(context, fmt::format("/people/{}/{}", person.choice.reference, page.action),
                               page.fields, {.content = page.button, .prevent_double_click = true}));
    if (page.status >= 400) context.audit.outcome = AuditOutcome::failed;
    return respond(frame, page.status);
}

std::string action_of(Context& context, const ReviewedPerson& person, std::string_view what,
                      std::int64_t about) {
    return fmt::format("{}?{}{}", what, person.choice.query(context.figures()),
                       about == 0 ? "" : fmt::format("&about={}", about));
}

/// The review that the query names and the viewer may correct or withdraw.
const ReviewEntry& review_to_correct(Context& context, const ReviewedPerson& person, std::int64_t number) {
    const ReviewEntry* const review = person.find(number);
    if (review == nullptr || review->kind != EntryKind::review)
        throw HttpError(404, "There is no such review of this person.");
    if (!may_correct(context, *review))
        throw HttpError(
            403,
            "A review is corrected or withdrawn by who recorded it, a service manager or who may co-sign.");
    return *review;
}

// --- Reviews ---

Html why_on_lists(Context& context, const ReviewedPerson& person) {
    const ListTexts& texts = context.site.list_words().lists;
    Html items;
    for (const PersonOnList& on : person.lists.lists) {
        const BlockText& block = texts.block(on.row.block);
        items += tag::li({}, tag::strong({}, texts.list(on.list).title), ": ", block.why);
    }
    if (items.empty()) return {};
    return tag::ul({}, items);
}

Response review_page(Context& context, const ReviewedPerson& person, const ReviewForm& form,
                     FieldErrors errors, int status, Html before = {}) {
    FormPage page;
    page.title = form.about == 0 ? "Record a review" : fmt::format("Correct review {}", form.about);
    page.action = action_of(context, person, "review", form.about);
    page.button = "Save the review";
    if (form.about != 0)
        page.before =
            tag::p({}, "The review stays in the history, struck through; yours stands in its place.");
    page.before += std::move(before);
    page.before += why_on_lists(context, person);
    page.fields = review_fields(context, form, person, errors);
    page.errors = std::move(errors);
    page.status = status;
    return form_page(context, person, std::move(page));
}

Response conflict_page(Context& context, ReviewedPerson person, ReviewForm form) {
    person.entries = review_entries_of(*context.database, person.choice.reference);
    const std::int64_t seen = form.seen;
    form.seen = person.newest();
    return review_page(context, person, form, {}, 409, meanwhile_html(context, person, seen));
}

/// The form was saved, changed in the browser and sent again: what is typed now would correct it.
Response sent_before_page(Context& context, ReviewedPerson person, ReviewForm form,
                          const ReviewEntry& stored) {
    person.entries = review_entries_of(*context.database, person.choice.reference);
    ReviewForm again = new_review_form(person, &stored);
    form.about = again.about;
    form.seen = again.seen;
    form.request = again.request;
    const Html told = nhsuk::warning_callout(
        {.heading = {.content = "This form has been saved before, with something else in it", .level = 2},
         .content =
             html_of(tag::p({}, entry_words(context, stored)),
                     tag::p({}, "What you have changed since is below. Save it to correct that review."))});
    return review_page(context, person, form, {}, 409, told);
}

// --- Who has a person ---

struct ClaimForm {
    std::string assigned_to, day, request;
    std::int64_t seen = 0;
};

/// Those who may record reviews and may see the person, by sign-in name.
std::vector<User> users_for(Context& context, const ReviewedPerson& person) {
    std::vector<User> users = list_users(*context.database);
    std::erase_if(users, [&](const User& user) {
        return !user.active || !holds(user.role, Permission::record_reviews) ||
               !may_see(user, context.figures(), person.choice.place);
    });
    return users;
}

ClaimForm new_claim_form(Context& context, const ReviewedPerson& person) {
    return {context.user().user.sign_in_name,
            to_text(person.today + context.figures().policy().priority.claim_days), random_text(16),
            person.newest()};
}

Response claim_page(Context& context, const ReviewedPerson& person, const ClaimForm& form, FieldErrors errors,
                    int status, Html before = {}) {
    std::vector<nhsuk::SelectItem> users;
    for (const User& user : users_for(context, person))
        users.push_back(
            {.text = fmt::format("{}, {} ({})", user.name, words_for(user.role), user.sign_in_name),
             .value = user.sign_in_name});
    FormPage page;
    page.title = "Who takes this person on";
    page.action = action_of(context, person, "claim", 0);
    page.button = "Save";
    page.before = std::move(before);
    page.fields = html_of(
        hidden_entry_fields(form.seen, form.request),
        nhsuk::select({.name = "assigned_to",
                       .label = {.content = "Who"},
                       .items = users,
                       .value = form.assigned_to,
                       .hint = nhsuk::Hint{.content = "Those who may see this person and record reviews"},
                       .error_message = errors.of("assigned_to")}),
        nhsuk::input({.name = "day",
                      .label = {.content = "Review due by"},
                      .type = "date",
                      .value = form.day,
                      .error_message = errors.of("day"),
                      .width = "10"}));
    page.errors = std::move(errors);
    page.status = status;
    return form_page(context, person, std::move(page));
}

FieldErrors errors_of(Context& context, const ReviewedPerson& person, const ClaimForm& form) {
    FieldErrors errors;
    const auto users = users_for(context, person);
    if (std::ranges::find(users, form.assigned_to, &User::sign_in_name) == users.end())
        errors.add("assigned_to", "Choose somebody who may see this person");
    const auto due = parse_iso_day(form.day);
    if (!due)
        errors.add("day", "Write by when the review is due");
    else if (*due < person.today || *due > add_months(person.today, 12))
        errors.add("day", "A review is due today or within a year");
    return errors;
}

// --- What a button does ---

struct Step {
    EntryKind kind;
    std::string_view what, title, button;
};

/// Adds an entry that holds nothing but what it is about.
Response take_step(Context& context, ReviewedPerson person, const Step& step, std::int64_t about) {
    ReviewEntry entry;
    entry.kind = step.kind;
    entry.about = about;
    entry.request = context.field("request");
    fill_in(context, person, entry);
    const std::int64_t seen = number_in(context.field("seen"));
    try {
        const ReviewEntry stored = add_review_entry(*context.database, entry, seen);
        context.audit.detail = fmt::format("entry {}", stored.number);
        return back_to(context, person);
    } catch (const ConflictError&) {
        person.entries = review_entries_of(*context.database, person.choice.reference);
        FormPage page;
        page.title = step.title;
        page.action = action_of(context, person, step.what, about);
        page.button = step.button;
        page.before = meanwhile_html(context, person, seen);
        page.fields = hidden_entry_fields(person.newest(), entry.request);
        page.status = 409;
        return form_page(context, person, std::move(page));
    }
}

void require_co_signer(const Context& context) {
    if (!may_co_sign(context))
        throw HttpError(
            403, "Only those whom the definitions name as signing too, such as clinicians, can do this.");
}

std::int64_t about_in_query(const Context& context) { return number_in(context.parameter("about")); }

}  // namespace

bool may_co_sign(const Context& context) {
    const auto& roles = context.site.list_words().reviews.co_signing_roles;
    return std::ranges::find(roles, text_of(context.user().user.role)) != roles.end();
}

bool may_correct(const Context& context, const ReviewEntry& review) {
    const User& user = context.user().user;
    return review.author == user.sign_in_name || user.role == Role::service_manager || may_co_sign(context);
}

namespace pages {

Response review_form(Context& context) {
    const ReviewedPerson person = read_reviewed_person(context);
    const std::int64_t about = about_in_query(context);
    const ReviewEntry* const corrected = about == 0 ? nullptr : &review_to_correct(context, person, about);
    return review_page(context, person, new_review_form(person, corrected), {}, 200);
}

Response record_review(Context& context) {
    ReviewedPerson person = read_reviewed_person(context);
    const ReviewForm form = typed_review_form(context);
    if (form.about != 0) review_to_correct(context, person, form.about);
    const ReviewTexts& texts = context.site.list_words().reviews;
    if (FieldErrors errors = optimat::errors_of(form, person, texts); !errors.empty())
        return review_page(context, person, form, std::move(errors), 422);
    ReviewEntry entry = entry_of(form, person, texts, text_of(context.user().user.role));
    fill_in(context, person, entry);
    try {
        const ReviewEntry stored = add_review_entry(*context.database, entry, form.seen);
        if (!is_same(stored, entry)) return sent_before_page(context, std::move(person), form, stored);
        context.audit.detail = fmt::format("entry {}", stored.number);
        return back_to(context, person);
    } catch (const ConflictError&) {
        return conflict_page(context, std::move(person), form);
    }
}

Response claim_form(Context& context) {
    const ReviewedPerson person = read_reviewed_person(context);
    return claim_page(context, person, new_claim_form(context, person), {}, 200);
}

Response claim_person(Context& context) {
    ReviewedPerson person = read_reviewed_person(context);
    ClaimForm form = new_claim_form(context, person);
    form.assigned_to = context.field("assigned_to");
    if (context.is_checked("day")) form.day = context.field("day");
    form.request = context.field("request");
    form.seen = number_in(context.field("seen"));
    if (FieldErrors errors = errors_of(context, person, form); !errors.empty())
        return claim_page(context, person, form, std::move(errors), 422);
    ReviewEntry entry;
    entry.kind = EntryKind::claim;
    entry.as_at = to_text(person.as_at);
    entry.assigned_to = form.assigned_to;
    entry.day = form.day;
    entry.request = form.request;
    fill_in(context, person, entry);
    try {
        const ReviewEntry stored = add_review_entry(*context.database, entry, form.seen);
        context.audit.detail = fmt::format("entry {}, to {}", stored.number, stored.assigned_to);
        return back_to(context, person);
    } catch (const ConflictError&) {
        person.entries = review_entries_of(*context.database, person.choice.reference);
        const Html meanwhile = meanwhile_html(context, person, form.seen);
        form.seen = person.newest();
        return claim_page(context, person, form, {}, 409, meanwhile);
    }
}

Response release_person(Context& context) {
    return take_step(context, read_reviewed_person(context),
                     {EntryKind::release, "release", "Give back", "Give back"}, 0);
}

Response withdraw_review(Context& context) {
    ReviewedPerson person = read_reviewed_person(context);
    const std::int64_t about = review_to_correct(context, person, about_in_query(context)).number;
    return take_step(
        context, std::move(person),
        {EntryKind::withdrawal, "withdraw", "Withdraw a review", "Withdraw: it was entered in error"}, about);
}

Response co_sign_review(Context& context) {
    require_co_signer(context);
    return take_step(context, read_reviewed_person(context),
                     {EntryKind::co_signature, "co-sign", "Co-sign a review", "Co-sign"},
                     about_in_query(context));
}

Response acknowledge_review(Context& context) {
    require_co_signer(context);
    return take_step(context, read_reviewed_person(context),
                     {EntryKind::acknowledgement, "acknowledge", "What was escalated", "I have seen this"},
                     about_in_query(context));
}

}  // namespace pages

}  // namespace optimat
