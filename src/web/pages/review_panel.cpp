// The part of the person's page on lists, reviews and who has the person.

#include "report/number_text.hpp"
#include "store/secrets.hpp"
#include "web/list_words.hpp"
#include "web/pages/reviews.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

std::string day_words(const std::string& text) {
    const auto day = parse_iso_day(text);
    return day ? long_date(*day) : std::string("a day not recorded");
}

std::string joined(const std::vector<std::string>& words, std::string_view with) {
    return fmt::format("{}", fmt::join(words, with));
}

std::string list_titles(Context& context, const std::vector<std::string>& lists) {
    std::vector<std::string> titles;
    for (const std::string& text : lists) {
        const auto list = work_list_of(text);
        titles.push_back(list ? context.site.list_words().lists.list(*list).title : text);
    }
    return joined(titles, ", ");
}

Html review_words(Context& context, const ReviewEntry& entry) {
    const ReviewTexts& texts = context.site.list_words().reviews;
    std::vector<std::string> outcomes;
    for (const std::string& id : entry.outcomes)
        outcomes.push_back(texts.words_of_outcome(id));
    std::string words = fmt::format("{} of {}: {}.", entry.about == 0 ? "Review" : "Correction, review",
                                    day_words(entry.day), joined(outcomes, "; "));
    if (!entry.deferred_to.empty()) words += fmt::format(" Put off to {}.", day_words(entry.deferred_to));
    if (!entry.not_indicated_reason.empty())
        words += fmt::format(" Why: {}.", texts.words_of_reason(entry.not_indicated_reason));
    if (!entry.reason.empty())
        words += fmt::format(" Why the dose is being reduced: {}.", texts.words_of_reason(entry.reason));
    if (!entry.advice.empty())
        words += fmt::format(" Advice against it is {} the clinical record.",
                             entry.advice == "recorded" ? "in" : "not in");
    if (!entry.lists.empty()) words += fmt::format(" For: {}.", list_titles(context, entry.lists));
    return words;
}

std::string claim_words(const ReviewEntry& entry) {
    const std::string due = entry.day.empty() ? "" : fmt::format(", review due {}", day_words(entry.day));
    if (entry.assigned_to == entry.author) return fmt::format("Taken on{}.", due);
    return fmt::format("Given to {}{}.", entry.assigned_to, due);
}

Html button_form(Context& context, const std::string& action, const Html& fields, std::string_view words,
                 std::string variant = "secondary") {
    return tag::form(
        {{"method", "post"}, {"action", action}, {"class", "app-inline-form"}}, csrf_field(context), fields,
        nhsuk::button(
            {.content = words, .variant = std::move(variant), .small = true, .prevent_double_click = true}));
}

Html link_button(std::string_view words, std::string href, std::string variant) {
    return nhsuk::button(
        {.content = words, .variant = std::move(variant), .href = std::move(href), .small = true});
}

/// Makes the buttons of one person.
class Panel {
  public:
    Panel(Context& context, const PersonChoice& choice)
        : m_context(context),
          m_person(reviewed_person(context, choice)),
          m_fates(fates_of(m_person.entries)),
          m_claim(standing_claim(m_fates)),
          m_writes(holds(context.user().user.role, Permission::record_reviews)) {}

    Html html() {
        return tag::section({{"class", "app-reviews"}, {"aria-labelledby", "reviews"}},
                            tag::h2({{"id", "reviews"}}, "Lists and reviews"), lists(), whose(),
                            m_writes ? buttons() : Html{}, history());
    }

  private:
    std::string address(std::string_view what, std::int64_t about = 0) const {
        return fmt::format("/people/{}/{}?{}{}", m_person.choice.reference, what,
                           m_person.choice.query(m_context.figures()),
                           about == 0 ? "" : fmt::format("&about={}", about));
    }
    Html entry_fields() const { return hidden_entry_fields(m_person.newest(), random_text(16)); }

    static std::string_view colour_of(ReviewStatus status) {
        switch (status) {
        case ReviewStatus::still_to_review:
            return "orange";
        case ReviewStatus::awaiting_co_signature:
            return "purple";
        case ReviewStatus::reviewed:
            return "green";
        case ReviewStatus::being_optimised:
            break;
        }
        return "blue";
    }

    /// The list at the person's service, for those who may open it.
    Html list_link(WorkList list) const {
        return tag::strong(
            {},
            tag::a({{"href", fmt::format("/lists/{}?month={}", text_of(list), month_key(m_person.as_at))}},
                   m_context.site.list_words().lists.list(list).title));
    }

    Html lists() const {
        if (m_person.lists.lists.empty())
            return tag::p({}, fmt::format("On no work list of {}.", long_date(m_person.as_at)));
        const ListTexts& texts = m_context.site.list_words().lists;
        Html items;
        for (const PersonOnList& on : m_person.lists.lists) {
            const BlockText& block = texts.block(on.row.block);
            const ReviewStanding& standing = on.row.standing;
            std::string since =
                standing.review != nullptr ? fmt::format(" {}", long_date(standing.review->day)) : "";
            items += tag::li({}, list_link(on.list), " ",
                             nhsuk::tag({.content = words_for(standing.status),
                                         .colour = std::string(colour_of(standing.status))}),
                             since, tag::span({{"class", "app-reviews__why"}}, block.title, ": ", block.why));
        }
        return tag::ul({{"class", "app-reviews__lists"}}, items);
    }

    Html whose() const {
        Html words;
        if (m_person.lists.picture != nullptr) {
            const ListOwner owner = owner_of(*m_person.lists.picture);
            const std::string service = owner.service.has_value()
                                            ? m_context.figures().extract().services[*owner.service].name
                                            : "service not recorded";
            words += owner.keyworker.empty()
                         ? fmt::format("Owned by {}, no keyworker recorded.", service)
                         : fmt::format("Owned by keyworker {} at {}.", owner.keyworker, service);
            words += " ";
        }
        if (m_claim == nullptr) {
            words += "Nobody has taken this person on.";
            return tag::p({}, words);
        }
        const auto due = parse_iso_day(m_claim->day);
        words += fmt::format("Taken on by {}, review due {}{}.", m_claim->assigned_to,
                             day_words(m_claim->day), due && *due < m_person.today ? ": overdue" : "");
        return tag::p({}, words);
    }

    Html buttons() const {
        Html html = link_button("Record a review", address("review"), "");
        if (m_claim == nullptr) {
            const Html mine = tag::input(
                {{"type", "hidden"}, {"name", "assigned_to"}, {"value", m_context.user().user.sign_in_name}});
            html += button_form(m_context, address("claim"), html_of(entry_fields(), mine), "Take on");
            html += link_button("Give to somebody", address("claim"), "secondary");
        } else {
            html += button_form(m_context, address("release"), entry_fields(), "Give back");
            html += link_button("Give to somebody else", address("claim"), "secondary");
        }
        return tag::div({{"class", "app-reviews__buttons"}}, html);
    }

    Html history() const {
        if (m_fates.empty()) return tag::p({{"class", "app-quiet"}}, "No review has been recorded here.");
        Html items;
        for (auto fate = m_fates.rbegin(); fate != m_fates.rend(); ++fate)
            items += entry(*fate);
        return html_of(tag::h3({}, "What has been recorded"),
                       tag::ol({{"class", "app-reviews__history"}, {"reversed", true}}, items));
    }

    Html entry(const EntryFate& fate) const {
        const ReviewEntry& entry = *fate.entry;
        Html words = entry_words(m_context, entry);
        if (!fate.stands()) words = tag::s({}, words);
        return tag::li({{"id", fmt::format("entry-{}", entry.number)}, {"value", entry.number}}, words,
                       marks(fate), tag::span({{"class", "app-reviews__who"}}, entry_author(entry)),
                       m_writes ? entry_buttons(fate) : Html{});
    }

    static Html marks(const EntryFate& fate) {
        Html marks;
        const auto mark = [&](std::string_view words, std::string colour) {
            marks += " ";
            marks += nhsuk::tag({.content = words, .colour = std::move(colour)});
        };
        if (fate.corrected_by != 0) mark(fmt::format("corrected by {}", fate.corrected_by), "grey");
        if (fate.withdrawn_by != 0) mark("withdrawn: entered in error", "grey");
        if (fate.awaits_co_signature()) mark("awaiting a co-signature", "purple");
        if (fate.co_signed_by != 0) mark("co-signed", "green");
        if (fate.awaits_acknowledgement()) mark("escalated: a clinician has to see it", "red");
        if (fate.entry->escalated && fate.acknowledged_by != 0) mark("seen by a clinician", "green");
        return marks;
    }

    Html entry_buttons(const EntryFate& fate) const {
        const ReviewEntry& entry = *fate.entry;
        Html html;
        if (fate.awaits_co_signature() && may_co_sign(m_context) &&
            entry.author != m_context.user().user.sign_in_name)
            html += button_form(m_context, address("co-sign", entry.number), entry_fields(), "Co-sign");
        if (fate.awaits_acknowledgement() && may_co_sign(m_context) &&
            entry.author != m_context.user().user.sign_in_name)
            html += button_form(m_context, address("acknowledge", entry.number), entry_fields(),
                                "I have seen this");
        if (entry.kind == EntryKind::review && fate.stands() &&
            may_correct(m_context, m_person.entries, entry)) {
            html += tag::a({{"href", address("review", entry.number)}}, "Correct");
            html += tag::details({{"class", "app-reviews__withdraw"}}, tag::summary({}, "Withdraw"),
                                 button_form(m_context, address("withdraw", entry.number), entry_fields(),
                                             "Withdraw: it was entered in error", "warning"));
        }
        if (html.empty()) return {};
        return tag::div({{"class", "app-reviews__buttons"}}, html);
    }

    Context& m_context;
    ReviewedPerson m_person;
    std::vector<EntryFate> m_fates;
    const ReviewEntry* m_claim;
    bool m_writes;
};

}  // namespace

Html entry_words(Context& context, const ReviewEntry& entry) {
    Html words;
    switch (entry.kind) {
    case EntryKind::claim:
        words = claim_words(entry);
        break;
    case EntryKind::release:
        words = "Given back: nobody has this person now.";
        break;
    case EntryKind::review:
        words = review_words(context, entry);
        break;
    case EntryKind::withdrawal:
        words = fmt::format("Withdrew No. {}, entered in error.", entry.about);
        break;
    case EntryKind::co_signature:
        words = fmt::format("Co-signed No. {}.", entry.about);
        break;
    case EntryKind::acknowledgement:
        words = fmt::format("Saw what No. {} escalated.", entry.about);
        break;
    }
    if (entry.note.empty()) return words;
    return html_of(words, tag::span({{"class", "app-reviews__note"}}, entry.note));
}

std::string entry_author(const ReviewEntry& entry) {
    const auto role = role_of(entry.author_role);
    const std::string time = entry.at.size() > 16 ? fmt::format(", {} UTC", entry.at.substr(11, 5)) : "";
    return fmt::format("No. {}: {}, {}, {}{}", entry.number, entry.author,
                       role ? words_for(*role) : std::string_view(entry.author_role),
                       day_words(entry.at.substr(0, 10)), time);
}

Html review_panel_html(Context& context, const PersonChoice& choice) { return Panel(context, choice).html(); }

}  // namespace optimat
