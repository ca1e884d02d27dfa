#include "web/pages/reviews.hpp"

#include "web/list_words.hpp"
#include "web/pages/review_page.hpp"
#include "web/site.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

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
    page.title = form.about == 0 ? "Record a review" : fmt::format("Correct review No. {}", form.about);
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

}  // namespace

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

}  // namespace pages

}  // namespace optimat
