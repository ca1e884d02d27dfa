// Who has a person, and what the buttons beside a review do.

#include "store/secrets.hpp"
#include "web/pages/review_page.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

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

/// Nothing was stored; what was chosen stays.
Response claim_conflict_page(Context& context, ReviewedPerson person, ClaimForm form) {
    person.entries = review_entries_of(*context.database, person.choice.reference);
    const ReviewEntry* const stored = stored_of(person, form.request);
    const Html told =
        stored == nullptr
            ? meanwhile_html(context, person, form.seen)
            : sent_before_html(context, *stored,
                               "What you chose now is below, and not saved yet. Save it when it "
                               "is still wanted.");
    form.seen = person.newest();
    if (stored != nullptr) form.request = random_text(16);
    return claim_page(context, person, form, {}, 409, told);
}

/// Whether the entry is the claim that stands.
bool is_claim(const ReviewedPerson& person, std::int64_t number) {
    const auto fates = fates_of(person.entries);
    const ReviewEntry* const claim = standing_claim(fates);
    return claim != nullptr && claim->number == number;
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

/// Whether the step still has something to do, as the entries are now.
bool is_open(const ReviewedPerson& person, EntryKind kind, std::int64_t about) {
    const auto fates = fates_of(person.entries);
    if (kind == EntryKind::release) return standing_claim(fates) != nullptr;
    const auto fate = std::ranges::find(fates, about, [](const EntryFate& of) { return of.entry->number; });
    if (fate == fates.end()) return false;
    if (kind == EntryKind::co_signature) return fate->awaits_co_signature();
    return kind == EntryKind::acknowledgement ? fate->awaits_acknowledgement() : fate->stands();
}

/// Nothing was stored; the button is there again when it still has something to do.
Response step_conflict_page(Context& context, ReviewedPerson person, const Step& step,
                            const ReviewEntry& entry, std::int64_t seen) {
    person.entries = review_entries_of(*context.database, person.choice.reference);
    const ReviewEntry* const stored = stored_of(person, entry.request);
    FormPage page;
    page.title = step.title;
    page.action = action_of(context, person, step.what, entry.about);
    page.status = 409;
    page.before = stored == nullptr
                      ? meanwhile_html(context, person, seen)
                      : sent_before_html(context, *stored, "What you chose now is not saved yet.");
    if (is_open(person, step.kind, entry.about)) {
        page.button = step.button;
        page.fields =
            hidden_entry_fields(person.newest(), stored == nullptr ? entry.request : random_text(16));
    } else {
        page.before +=
            tag::p({}, entry.about == 0
                           ? std::string("Nobody has this person now.")
                           : fmt::format("No. {} has been corrected, withdrawn or seen to meanwhile. Look at "
                                         "what stands now.",
                                         entry.about));
    }
    return form_page(context, person, std::move(page));
}

/// Adds an entry that holds nothing but what it is about.
Response take_step(Context& context, ReviewedPerson person, const Step& step, std::int64_t about) {
    ReviewEntry entry;
    entry.kind = step.kind;
    entry.about = about;
    entry.request = context.field("request");
    fill_in(context, person, entry);
    const std::int64_t seen = number_in(context.field("seen"));
    if (step.kind == EntryKind::release && !is_open(person, step.kind, about) &&
        stored_of(person, entry.request) == nullptr)
        return step_conflict_page(context, std::move(person), step, entry, seen);
    try {
        const ReviewEntry stored = add_review_entry(*context.database, entry, seen);
        context.audit.detail = fmt::format("entry {}", stored.number);
        return back_to(context, person);
    } catch (const ConflictError&) {
        return step_conflict_page(context, std::move(person), step, entry, seen);
    }
}

void require_co_signer(const Context& context) {
    if (!may_co_sign(context))
        throw HttpError(
            403, "Only those whom the definitions name as signing too, such as clinicians, can do this.");
}

}  // namespace

namespace pages {

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
        // Sent again after it was given back: to take the person on anew is not what was stored.
        if (stored.number <= person.newest() && !is_claim(person, stored.number))
            return claim_conflict_page(context, std::move(person), std::move(form));
        context.audit.detail = fmt::format("entry {}, to {}", stored.number, stored.assigned_to);
        return back_to(context, person);
    } catch (const ConflictError&) {
        return claim_conflict_page(context, std::move(person), std::move(form));
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
