#include "web/pages/review_page.hpp"

#include "web/pages/risk_picture.hpp"

#include "web/list_words.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

/// The service_id of the person: at the month, else when they were last seen; empty: not recorded.
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

}  // namespace

std::string person_address(Context& context, const ReviewedPerson& person) {
    return fmt::format("/people/{}?{}", person.choice.reference, person.choice.query(context.figures()));
}

Response back_to(Context& context, const ReviewedPerson& person) {
    return see_other(person_address(context, person) + "#reviews");
}

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

Html meanwhile_html(Context& context, const ReviewedPerson& person, std::int64_t seen) {
    Html items;
    for (const ReviewEntry& entry : person.entries)
        if (entry.number > seen)
            items += tag::li({}, entry_words(context, entry),
                             tag::span({{"class", "app-reviews__who"}}, entry_author(entry)));
    if (items.empty()) return {};
    return nhsuk::warning_callout(
        {.heading = {.content = "Somebody else has written about this person meanwhile", .level = 2},
         .content = html_of(
             tag::ul({{"class", "app-reviews__history"}}, items),
             tag::p({}, "Nothing of yours is saved yet, and nothing is lost. Read theirs; then save yours "
                        "as well, change it first, or leave the page."))});
}

Html sent_before_html(Context& context, const ReviewEntry& stored, std::string_view then) {
    return nhsuk::warning_callout(
        {.heading = {.content = "This form has been saved before, with something else in it", .level = 2},
         .content = html_of(tag::p({}, entry_words(context, stored)), tag::p({}, then))});
}

const ReviewEntry* stored_of(const ReviewedPerson& person, std::string_view request) {
    const auto found = std::ranges::find(person.entries, request, &ReviewEntry::request);
    return found == person.entries.end() ? nullptr : &*found;
}

std::int64_t standing_in_place_of(const ReviewedPerson& person, std::int64_t about) {
    const auto fates = fates_of(person.entries);
    const auto asked =
        std::ranges::find(fates, about, [](const EntryFate& fate) { return fate.entry->number; });
    if (asked == fates.end()) return 0;
    if (asked->stands()) return about;
    std::int64_t standing = 0;
    for (const EntryFate& fate : fates)
        if (fate.entry->kind == EntryKind::review && fate.first == asked->first && fate.stands())
            standing = fate.entry->number;
    return standing;
}

Response form_page(Context& context, const ReviewedPerson& person, FormPage page) {
    PageFrame frame = frame_for(context, Section::people);
    frame.title = frame.heading = page.title;
    frame.heading_aside = Html(person.choice.client_id(context.figures()));
    frame.width = PageWidth::reading;
    frame.breadcrumbs = {
        {"People", "/people"},
        {std::string(person.choice.client_id(context.figures())), person_address(context, person)}};
    frame.errors = page.errors.summary();
    const Html form =
        page.button.empty()
            ? tag::p({},
                     tag::a({{"href", person_address(context, person) + "#reviews"}}, "Back to the person"))
            : post_form(context, fmt::format("/people/{}/{}", person.choice.reference, page.action),
                        page.fields, {.content = page.button, .prevent_double_click = true});
    frame.main = html_of(page.before, form);
    // What is known of the risks stands beside the questions of a review.
    if (page.action.starts_with("review"))
        frame.main =
            tag::div({{"class", "app-columns app-columns--review"}}, tag::div({}, frame.main),
                     tag::aside({{"aria-label", "Risk picture"}}, risk_picture_html(context, person.choice)));
    if (page.status >= 400) context.audit.outcome = AuditOutcome::failed;
    return respond(frame, page.status);
}

std::string action_of(Context& context, const ReviewedPerson& person, std::string_view what,
                      std::int64_t about) {
    return fmt::format("{}?{}{}", what, person.choice.query(context.figures()),
                       about == 0 ? "" : fmt::format("&about={}", about));
}

const ReviewEntry& review_to_correct(Context& context, const ReviewedPerson& person, std::int64_t number) {
    const ReviewEntry* const review = person.find(number);
    if (review == nullptr || review->kind != EntryKind::review)
        throw HttpError(404, "There is no such review of this person.");
    if (!may_correct(context, person.entries, *review))
        throw HttpError(
            403,
            "A review is corrected or withdrawn by who recorded it, a service manager or who may co-sign.");
    return *review;
}

std::int64_t about_in_query(const Context& context) { return number_in(context.parameter("about")); }

bool may_co_sign(const Context& context) {
    const auto& roles = context.site.list_words().reviews.co_signing_roles;
    return std::ranges::find(roles, text_of(context.user().user.role)) != roles.end();
}

bool may_correct(const Context& context, std::span<const ReviewEntry> entries, const ReviewEntry& review) {
    const User& user = context.user().user;
    if (user.role == Role::service_manager || may_co_sign(context)) return true;
    // Whose review was corrected by somebody else may still put it right.
    const ReviewEntry* of = &review;
    while (of->author != user.sign_in_name && of->about != 0) {
        const auto earlier = std::ranges::find(entries, of->about, &ReviewEntry::number);
        if (earlier == entries.end()) break;
        of = &*earlier;
    }
    return of->author == user.sign_in_name;
}

}  // namespace optimat
