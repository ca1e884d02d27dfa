#include "web/pages/review_form.hpp"

#include "report/number_text.hpp"
#include "store/secrets.hpp"
#include "web/list_words.hpp"
#include "web/pages/kept_text.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::size_t request_size = 16;

bool holds(const std::vector<std::string>& texts, std::string_view text) {
    return std::ranges::find(texts, text) != texts.end();
}

const ReviewReason* find_reason(const std::vector<ReviewReason>& reasons, std::string_view id) {
    const auto found = std::ranges::find(reasons, id, &ReviewReason::id);
    return found == reasons.end() ? nullptr : &*found;
}

/// Those of the person's lists, in their order, that are named; a correction may keep what it corrects was
/// about.
std::vector<std::string> lists_to_choose(const ReviewedPerson& person, std::int64_t about) {
    const ReviewEntry* const corrected = person.find(about);
    std::vector<std::string> lists;
    for (std::size_t i = 0; i < work_list_count; ++i) {
        const auto list = static_cast<WorkList>(i);
        const std::string text(text_of(list));
        if (std::ranges::find(person.lists.lists, list, &PersonOnList::list) != person.lists.lists.end() ||
            (corrected != nullptr && holds(corrected->lists, text)))
            lists.push_back(text);
    }
    return lists;
}

/// Of the chosen outcomes.
struct Asked {
    bool reason_to_reduce = false, not_indicated_reason = false, day = false, co_signature = false,
         alone = false;
};
Asked asked_by(const ReviewForm& form, const ReviewedPerson& person, const ReviewTexts& texts) {
    Asked asked;
    for (const std::string& id : form.outcomes)
        if (const ReviewOutcome* const outcome = texts.outcome(id)) {
            asked.not_indicated_reason |= outcome->needs_reason;
            asked.day |= outcome->needs_day;
            asked.co_signature |= outcome->needs_co_signature;
            asked.alone |= outcome->alone;
        }
    // Who puts a review off has not looked into it yet.
    asked.reason_to_reduce = person.is_reducing() && !asked.day;
    return asked;
}

Day earliest_day(const ReviewForm& form, const ReviewedPerson& person) {
    const CivilDay month = civil(person.as_at);
    Day earliest = std::min(*day_of(month.year, month.month, 1), person.today);
    if (const ReviewEntry* const corrected = person.find(form.about))
        if (const auto day = parse_iso_day(corrected->day)) earliest = std::min(earliest, *day);
    return earliest;
}

void check_day(const ReviewForm& form, const ReviewedPerson& person, FieldErrors& errors) {
    const auto day = parse_iso_day(form.day);
    const Day earliest = earliest_day(form, person);
    if (!day)
        errors.add("day", "Write the day of the review");
    else if (*day > person.today)
        errors.add("day", "The day of the review is in the future");
    else if (*day < earliest)
        errors.add("day", fmt::format("A review on this list is of {} or later", long_date(earliest)));
}

/// Longer than a review counts nobody is off the lists.
void check_deferral(const ReviewForm& form, const ReviewedPerson& person, const PriorityPolicy& policy,
                    FieldErrors& errors) {
    const auto until = parse_iso_day(form.deferred_to);
    if (!until)
        errors.add("deferred_to", "Write the day to which the review is put off");
    else if (*until <= person.today)
        errors.add("deferred_to", "A review is put off to a day after today");
    else if (*until > add_months(person.today, policy.review_months))
        errors.add("deferred_to", fmt::format("A review can be put off for {} at most",
                                              counted(policy.review_months, "month")));
}

void check_outcomes(const ReviewForm& form, const Asked& asked, const ReviewTexts& texts,
                    FieldErrors& errors) {
    if (form.outcomes.empty()) errors.add("outcomes", "Choose what was decided");
    for (const std::string& id : form.outcomes)
        if (texts.outcome(id) == nullptr) errors.add("outcomes", "Choose what was decided from the list");
    if (asked.alone && form.outcomes.size() > 1)
        errors.add("outcomes",
                   "What was declined, needs no change or is put off cannot be recorded with something else");
}

void check_reasons(const ReviewForm& form, const Asked& asked, const ReviewTexts& texts,
                   FieldErrors& errors) {
    if (asked.not_indicated_reason &&
        find_reason(texts.not_indicated_reasons, form.not_indicated_reason) == nullptr)
        errors.add("not_indicated_reason", "Choose why nothing is to be changed");
    if (!asked.reason_to_reduce) return;
    const ReviewReason* const reason = find_reason(texts.reducing_reasons, form.reason);
    if (reason == nullptr)
        errors.add("reason", "Choose why the dose is being reduced");
    else if (reason->asks_advice && form.advice != "recorded" && form.advice != "not_recorded")
        errors.add("advice", "Say whether the clinical record has it that advice was against reducing");
}

}  // namespace

const ReviewEntry* ReviewedPerson::find(std::int64_t number) const {
    const auto found = std::ranges::find(entries, number, &ReviewEntry::number);
    return found == entries.end() ? nullptr : &*found;
}

bool ReviewedPerson::is_reducing() const {
    if (lists.picture == nullptr || !lists.picture->state) return false;
    const Regime regime = lists.picture->state->regime;
    return regime == Regime::reducing || regime == Regime::detox;
}

ReviewedPerson reviewed_person(Context& context, const PersonChoice& choice) {
    // Read before the lists: what is written in between is shown, not passed off as seen.
    std::vector<ReviewEntry> entries = review_entries_of(*context.database, choice.reference);
    return {choice, lists_of_person(context, choice.place, choice.date), std::move(entries),
            choice.day(context.figures()), context.today()};
}

ReviewedPerson read_reviewed_person(Context& context) {
    return reviewed_person(context, read_person_choice(context));
}

ReviewForm new_review_form(const ReviewedPerson& person, const ReviewEntry* corrected,
                           std::string_view opened_from) {
    ReviewForm form;
    form.day = to_text(person.today);
    form.lists = lists_to_choose(person, 0);
    // What is decided for one list says nothing of the others.
    if (holds(form.lists, opened_from)) form.lists = {std::string(opened_from)};
    if (corrected != nullptr)
        form = {corrected->lists,
                corrected->outcomes,
                corrected->reason,
                corrected->advice,
                corrected->not_indicated_reason,
                corrected->deferred_to,
                corrected->day,
                corrected->note,
                "",
                0,
                corrected->number};
    form.seen = person.newest();
    form.request = random_text(request_size);
    return form;
}

ReviewForm typed_review_form(Context& context) {
    ReviewForm form;
    form.lists = context.fields("lists");
    form.outcomes = context.fields("outcomes");
    form.reason = context.field("reason");
    form.advice = context.field("advice");
    form.not_indicated_reason = context.field("not_indicated_reason");
    form.deferred_to = context.field("deferred_to");
    form.day = context.field("day");
    form.note = context.field("note");
    form.request = context.field("request");
    form.seen = number_in(context.field("seen"));
    form.about = number_in(context.parameter("about"));
    return form;
}

FieldErrors errors_of(const ReviewForm& form, const ReviewedPerson& person, const ReviewTexts& texts,
                      const PriorityPolicy& policy) {
    FieldErrors errors;
    const auto choices = lists_to_choose(person, form.about);
    if (form.lists.empty() && !choices.empty()) errors.add("lists", "Choose which lists the review is for");
    for (const std::string& list : form.lists)
        if (!holds(choices, list)) errors.add("lists", "Choose from the lists that the person is on");
    const Asked asked = asked_by(form, person, texts);
    check_outcomes(form, asked, texts, errors);
    check_reasons(form, asked, texts, errors);
    if (asked.day) check_deferral(form, person, policy, errors);
    check_day(form, person, errors);
    check_note(form.note, errors);
    return errors;
}

ReviewEntry entry_of(const ReviewForm& form, const ReviewedPerson& person, const ReviewTexts& texts,
                     std::string_view author_role) {
    const Asked asked = asked_by(form, person, texts);
    ReviewEntry entry;
    entry.person = person.choice.reference;
    entry.kind = EntryKind::review;
    entry.as_at = to_text(person.as_at);
    entry.day = form.day;
    for (const std::string& list : lists_to_choose(person, form.about))
        if (holds(form.lists, list)) entry.lists.push_back(list);
    for (const ReviewOutcome& outcome : texts.outcomes)
        if (holds(form.outcomes, outcome.id)) entry.outcomes.push_back(outcome.id);
    if (asked.not_indicated_reason) entry.not_indicated_reason = form.not_indicated_reason;
    if (asked.day) entry.deferred_to = form.deferred_to;
    if (asked.reason_to_reduce) {
        const ReviewReason* const reason = find_reason(texts.reducing_reasons, form.reason);
        entry.reason = form.reason;
        if (reason != nullptr && reason->asks_advice) entry.advice = form.advice;
        entry.escalated = reason != nullptr && reason->escalates;
    }
    entry.note = form.note;
    entry.about = form.about;
    entry.needs_co_signature = asked.co_signature && !holds(texts.co_signing_roles, author_role);
    entry.request = form.request;
    return entry;
}

std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : 0;
}

}  // namespace optimat
