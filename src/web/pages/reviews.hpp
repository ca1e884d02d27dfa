#pragma once
// What the team writes down about a person: who takes them on, reviews, second signatures. A section of the
// person's page, and the forms behind its buttons. Everything is written as a new entry; what somebody else
// wrote meanwhile is shown, and nothing that was typed is lost.

#include "web/pages/review_form.hpp"
#include "web/team_book.hpp"

#include <span>

namespace optimat {

/// The lists that the person is on and why, who has them, the buttons that the viewer may press, and the
/// history. For viewers who may see the person.
Html review_panel_html(Context& context, const PersonChoice& choice);

/// An entry in words, without who and when: `Review of 5 November 2018: Dose increased …`.
Html entry_words(Context& context, const ReviewEntry& entry);
/// Who wrote an entry, and when: `No. 7: ann, clinician, 5 November 2018, 09:30 UTC`.
std::string entry_author(const ReviewEntry& entry);

/// Whether the viewer may correct or withdraw a review: who wrote it or one that it stands in the place of, a
/// service manager, and who may co-sign. `entries` are the person's, oldest first.
bool may_correct(const Context& context, std::span<const ReviewEntry> entries, const ReviewEntry& review);
/// Whether the viewer may sign reviews of others, and acknowledge what was escalated.
bool may_co_sign(const Context& context);

namespace pages {

Response review_form(Context& context);  ///< `about=N`: to correct that review
Response record_review(Context& context);
Response claim_form(Context& context);
Response claim_person(Context& context);
Response release_person(Context& context);
Response withdraw_review(Context& context);
Response co_sign_review(Context& context);
Response acknowledge_review(Context& context);

}  // namespace pages

}  // namespace optimat
