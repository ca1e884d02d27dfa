#include "web/pages/reviews.hpp"

#include "web/list_words.hpp"
#include "web/pages/review_page.hpp"
#include "web/site.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

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

constexpr std::string_view of_none =
    "The review that you were correcting has been withdrawn meanwhile. Saved, yours is a review of its own.";

/// Nothing was stored, because of what is stored already. What was typed stays, and would correct the review
/// that counts now in the place of the one it was about.
Response conflict_page(Context& context, ReviewedPerson person, ReviewForm form) {
    person.entries = review_entries_of(*context.database, person.choice.reference);
    const ReviewEntry* const stored = stored_of(person, form.request);
    Html told = stored == nullptr
                    ? meanwhile_html(context, person, form.seen)
                    : sent_before_html(context, *stored,
                                       "What you have changed since is below, and not saved yet. Saved, it "
                                       "stands in the place of that review.");
    if (stored != nullptr) {
        form.about = stored->number;
        form.request = new_review_form(person, nullptr, "").request;
    }
    if (form.about != 0) {
        form.about = standing_in_place_of(person, form.about);
        if (form.about == 0) told += tag::p({}, of_none);
    }
    form.seen = person.newest();
    return review_page(context, person, form, {}, 409, told);
}

}  // namespace

namespace pages {

Response review_form(Context& context) {
    const ReviewedPerson person = read_reviewed_person(context);
    const std::int64_t about = about_in_query(context);
    const ReviewEntry* const corrected = about == 0 ? nullptr : &review_to_correct(context, person, about);
    if (about != 0 && standing_in_place_of(person, about) != about)
        throw HttpError(409,
                        "This review has been corrected or withdrawn meanwhile. Go back to the person, and "
                        "correct the one that stands in its place.");
    return review_page(context, person, new_review_form(person, corrected, context.parameter("list")), {},
                       200);
}

Response record_review(Context& context) {
    ReviewedPerson person = read_reviewed_person(context);
    const ReviewForm form = typed_review_form(context);
    if (form.about != 0) review_to_correct(context, person, form.about);
    const ReviewTexts& texts = context.site.list_words().reviews;
    if (FieldErrors errors = optimat::errors_of(form, person, texts, context.figures().policy().priority);
        !errors.empty())
        return review_page(context, person, form, std::move(errors), 422);
    ReviewEntry entry = entry_of(form, person, texts, text_of(context.user().user.role));
    fill_in(context, person, entry);
    try {
        const ReviewEntry stored = add_review_entry(*context.database, entry, form.seen);
        context.audit.detail = fmt::format("entry {}", stored.number);
        return back_to(context, person);
    } catch (const ConflictError&) {
        return conflict_page(context, std::move(person), form);
    } catch (const UsageError&) {
        // Of a form that has seen the correction and is still about what was corrected.
        if (form.about == 0 || standing_in_place_of(person, form.about) == form.about) throw;
        return conflict_page(context, std::move(person), form);
    }
}

}  // namespace pages

}  // namespace optimat
