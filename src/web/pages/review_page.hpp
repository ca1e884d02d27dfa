#pragma once
// What the pages around reviews share: a page of one form about a person, what somebody else wrote meanwhile,
// and who may do what.

#include "web/pages/reviews.hpp"

#include <string>

namespace optimat {

/// `/people/REFERENCE?month=…`.
std::string person_address(Context& context, const ReviewedPerson& person);
/// Where a form leads once it is saved: to the panel of the person.
Response back_to(Context& context, const ReviewedPerson& person);

/// Who, when, about whom and at which service; the audit entry's place too.
void fill_in(Context& context, const ReviewedPerson& person, ReviewEntry& entry);

/// What others have written since `seen`, in full, and what can be done now; empty: nothing.
Html meanwhile_html(Context& context, const ReviewedPerson& person, std::int64_t seen);
/// The same, of a form that was saved before as `stored` with something else in it; `then` says what can be
/// done.
Html sent_before_html(Context& context, const ReviewEntry& stored, std::string_view then);
/// The entry stored under a form's request; null: there is none.
const ReviewEntry* stored_of(const ReviewedPerson& person, std::string_view request);
/// The review that counts now in the place of `about`, itself or its newest correction; 0: none does.
std::int64_t standing_in_place_of(const ReviewedPerson& person, std::int64_t about);

/// A page of one form about a person.
struct FormPage {
    std::string title;
    std::string action;  ///< `review?…`
    std::string button;  ///< empty: nothing is to be sent, and a link leads back to the person
    Html before;         ///< above the form
    Html fields;
    FieldErrors errors;
    int status = 200;
};
/// From 400 on the audit entry says that it failed.
Response form_page(Context& context, const ReviewedPerson& person, FormPage page);
/// `review?month=…&about=7`: for FormPage::action.
std::string action_of(Context& context, const ReviewedPerson& person, std::string_view what,
                      std::int64_t about);

/// The review of the person with the number, that the viewer may correct or withdraw; it need not stand.
/// Throws HttpError 404 or 403.
const ReviewEntry& review_to_correct(Context& context, const ReviewedPerson& person, std::int64_t number);
/// `about` of the query; 0: none.
std::int64_t about_in_query(const Context& context);

}  // namespace optimat
