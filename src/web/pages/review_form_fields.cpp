// The fields of a review's form.

#include "report/number_text.hpp"
#include "web/list_words.hpp"
#include "web/pages/review_form.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

bool holds(const std::vector<std::string>& texts, std::string_view text) {
    return std::ranges::find(texts, text) != texts.end();
}

std::optional<nhsuk::Hint> hint_of(std::string_view words) {
    if (words.empty()) return std::nullopt;
    return nhsuk::Hint{.content = words};
}

/// A day as browsers ask for it; `2018-11-05` when they do not.
Html day_field(const std::string& name, std::string_view label, const std::string& value,
               const FieldErrors& errors, std::string_view hint) {
    return nhsuk::input({.name = name,
                         .label = {.content = label},
                         .type = "date",
                         .value = value,
                         .hint = hint_of(hint),
                         .error_message = errors.of(name),
                         .width = "10"});
}

/// The lists that may be named: the person's, and those that a correction keeps.
Html list_choices(Context& context, const ReviewForm& form, const ReviewedPerson& person,
                  const FieldErrors& errors) {
    const ListTexts& texts = context.site.list_words().lists;
    const ReviewEntry* const corrected = person.find(form.about);
    std::vector<nhsuk::Choice> items;
    for (std::size_t i = 0; i < work_list_count; ++i) {
        const auto list = static_cast<WorkList>(i);
        const std::string text(text_of(list));
        const auto on = std::ranges::find(person.lists.lists, list, &PersonOnList::list);
        const bool was_on = corrected != nullptr && holds(corrected->lists, text);
        if (on == person.lists.lists.end() && !was_on) continue;
        items.push_back({.label = {.content = texts.list(list).title},
                         .value = text,
                         .checked = holds(form.lists, text),
                         .hint = on == person.lists.lists.end() ? std::nullopt
                                                                : hint_of(texts.block(on->row.block).ask)});
    }
    if (items.empty())
        return tag::p({{"class", "app-quiet"}},
                      "This person is on no list of this month. The review is kept in their history.");
    return nhsuk::checkboxes(
        {.name = "lists",
         .items = items,
         .fieldset = nhsuk::Fieldset{.legend = {.content = "Lists that it is for", .size = "s"}},
         .error_message = errors.of("lists"),
         .small = true});
}

Html reason_choices(const std::string& name, std::string_view legend,
                    const std::vector<ReviewReason>& reasons, const std::string& chosen,
                    const FieldErrors& errors, const Html& about_advice) {
    std::vector<nhsuk::Choice> items;
    for (const ReviewReason& reason : reasons)
        items.push_back(
            {.label = {.content = reason.words},
             .value = reason.id,
             .hint = hint_of(reason.escalates ? "A clinician of the service is asked to look at it" : ""),
             .conditional = reason.asks_advice ? about_advice : Html{}});
    return nhsuk::radios({.name = name,
                          .items = items,
                          .fieldset = nhsuk::Fieldset{.legend = {.content = legend, .size = "s"}},
                          .values = {chosen},
                          .error_message = errors.of(name),
                          .small = true});
}

Html advice_choices(const ReviewForm& form, const FieldErrors& errors) {
    return nhsuk::radios(
        {.name = "advice",
         .items = {{.label = {.content = "Yes"}, .value = "recorded"},
                   {.label = {.content = "No, or not known"}, .value = "not_recorded"}},
         .fieldset =
             nhsuk::Fieldset{
                 .legend = {.content = "Is it in the clinical record that advice was against it?"}},
         .values = {form.advice},
         .error_message = errors.of("advice"),
         .inline_items = true,
         .small = true});
}

Html outcome_choices(const ReviewForm& form, const ReviewTexts& texts, const PriorityPolicy& policy,
                     const FieldErrors& errors) {
    const Html why_not = reason_choices("not_indicated_reason", "Why is nothing to be changed?",
                                        texts.not_indicated_reasons, form.not_indicated_reason, errors, {});
    const Html until = day_field("deferred_to", "Put off to", form.deferred_to, errors,
                                 fmt::format("{} from today at most; the person is on the list again from "
                                             "that day",
                                             counted(policy.review_months, "month")));
    std::vector<nhsuk::Choice> items;
    bool apart = false;
    for (const ReviewOutcome& outcome : texts.outcomes) {
        // What stands alone stands together, behind the rest.
        if (outcome.alone && !apart) items.push_back({.divider = "or"});
        apart |= outcome.alone;
        items.push_back({.label = {.content = outcome.words},
                         .value = outcome.id,
                         .checked = holds(form.outcomes, outcome.id),
                         .hint = hint_of(outcome.hint),
                         .conditional = outcome.needs_reason ? why_not
                                        : outcome.needs_day  ? until
                                                             : Html{},
                         .behaviour = outcome.alone ? "exclusive" : "",
                         .behaviour_group = "outcomes"});
    }
    return nhsuk::checkboxes(
        {.name = "outcomes",
         .items = items,
         .fieldset = nhsuk::Fieldset{.legend = {.content = "What was decided", .size = "s"}},
         .hint = hint_of("Choose all that apply. The dose itself belongs in the prescription."),
         .error_message = errors.of("outcomes"),
         .small = true});
}

}  // namespace

Html hidden_entry_fields(std::int64_t seen, const std::string& request) {
    return html_of(tag::input({{"type", "hidden"}, {"name", "seen"}, {"value", seen}}),
                   tag::input({{"type", "hidden"}, {"name", "request"}, {"value", request}}));
}

Html review_fields(Context& context, const ReviewForm& form, const ReviewedPerson& person,
                   const FieldErrors& errors) {
    const ReviewTexts& texts = context.site.list_words().reviews;
    Html fields = hidden_entry_fields(form.seen, form.request);
    fields += list_choices(context, form, person, errors);
    fields += outcome_choices(form, texts, context.figures().policy().priority, errors);
    if (person.is_reducing())
        fields += reason_choices("reason", "Why is the dose being reduced?", texts.reducing_reasons,
                                 form.reason, errors, advice_choices(form, errors));
    fields += day_field("day", "Day of the review", form.day, errors, "");
    fields += nhsuk::textarea(
        {.name = "note",
         .label = {.content = "Note"},
         .value = form.note,
         .rows = 4,
         .hint = hint_of("Write no names, addresses or dates of birth: everybody who may see this person "
                         "reads it, and it "
                         "cannot be removed. What belongs in the clinical record, write there."),
         .error_message = errors.of("note")});
    return fields;
}

}  // namespace optimat
