#pragma once
// The form of a review: what it asks about one person, what was typed into it, and what is wrong with that.

#include "report/review_texts.hpp"
#include "store/reviews.hpp"
#include "web/pages/forms.hpp"
#include "web/person_lists.hpp"
#include "web/views_person.hpp"

#include <optional>
#include <string>
#include <vector>

namespace optimat {

/// A person whose reviews are looked at or written.
struct ReviewedPerson {
    PersonChoice choice;
    PersonLists lists;                 ///< at the chosen month
    std::vector<ReviewEntry> entries;  ///< oldest first
    Day as_at;                         ///< the chosen month's day
    Day today;
    std::int64_t newest() const { return entries.empty() ? 0 : entries.back().number; }
    const ReviewEntry* find(std::int64_t number) const;  ///< null: no entry of this person
    bool is_reducing() const;  ///< regime reducing or detox at the month: why is asked
};
/// Of the route's reference; audited and refused as read_person_choice.
ReviewedPerson read_reviewed_person(Context& context);
ReviewedPerson reviewed_person(Context& context, const PersonChoice& choice);
/// Today in UTC.
Day today_of(const Context& context);

/// What a review's form holds, as typed.
struct ReviewForm {
    std::vector<std::string> lists, outcomes;
    std::string reason, advice, not_indicated_reason, deferred_to, day, note;
    std::string request;
    std::int64_t seen = 0;
    std::int64_t about = 0;  ///< the review that this one stands in the place of; 0: none
};
/// Before anything is typed: the list that the form was opened from, by its text (one that the person is not
/// on, or empty: all lists of the person), today; of a correction, what is corrected.
ReviewForm new_review_form(const ReviewedPerson& person, const ReviewEntry* corrected,
                           std::string_view opened_from);
ReviewForm typed_review_form(Context& context);
/// By field. A review names the person's lists; outcomes that stand alone stand alone; what they ask for is
/// there; its day is neither later than today nor before the month that it is about; it is put off for
/// as long as a review counts at most.
FieldErrors errors_of(const ReviewForm& form, const ReviewedPerson& person, const ReviewTexts& texts,
                      const PriorityPolicy& policy);
/// What is stored of a form without errors. The rest (author, time, service) is the caller's.
ReviewEntry entry_of(const ReviewForm& form, const ReviewedPerson& person, const ReviewTexts& texts,
                     std::string_view author_role);

/// The fields, without the form around them.
Html review_fields(Context& context, const ReviewForm& form, const ReviewedPerson& person,
                   const FieldErrors& errors);
/// Hidden: what the author saw, and the text that tells a form sent twice.
Html hidden_entry_fields(std::int64_t seen, const std::string& request);
/// Of a hidden field; 0 when it holds no number.
std::int64_t number_in(std::string_view text);

}  // namespace optimat
