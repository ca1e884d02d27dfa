// People of a list as rows: why, what is known and unknown with its source and date, and who has them.

#include "html/nhsuk/content.hpp"
#include "report/list_data.hpp"
#include "report/number_text.hpp"
#include "store/secrets.hpp"
#include "web/list_words.hpp"
#include "web/pages/work_lists.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

Html small(std::string_view words) { return tag::span({{"class", "app-list__small"}}, words); }
Html line(const Html& content) { return tag::span({{"class", "app-list__line"}}, content); }

std::string ago(std::int32_t days) {
    if (days < 0) return "after the month";
    return days == 0 ? "that day" : counted(days, "day") + " before";
}

/// A cell that says what it is on a narrow screen.
void add_cell(Html& out, std::string_view label, std::string_view classes, const Html& content) {
    tag::td.into(out, {{"data-label", label}, {"class", classes}}, content);
}

class RowWriter {
  public:
    RowWriter(Context& context, const ListView& view)
        : m_context(context),
          m_view(view),
          m_figures(context.figures()),
          m_words(context.site.list_words()),
          m_as_at(view.pictures->as_at),
          m_today(context.today()),
          m_month(month_key(view.choice.day(m_figures))),
          m_writes(holds(context.user().user.role, Permission::record_reviews)) {}

    void write(Html& out, const ListRow& row, std::size_t place) const {
        Html cells;
        add_cell(cells, "Place", "app-list__place", count_text(static_cast<std::int64_t>(place)));
        tag::th.into(cells, {{"scope", "row"}, {"class", "app-list__client"}}, client(row));
        add_cell(cells, "Why here", "app-list__why", why(row));
        add_cell(cells, "Present", "app-list__present", factors(row, Presence::present));
        add_cell(cells, "Unknown", "app-list__unknown", unknown(row));
        add_cell(cells, "Absent", "app-list__absent", factors(row, Presence::absent));
        add_cell(cells, "Evidence", "app-list__evidence", evidence(*row.person));
        add_cell(cells, "Naloxone", "app-list__naloxone", naloxone(*row.person));
        add_cell(cells, "Who has them", "app-list__who", who(row));
        tag::tr.into(out, {}, cells);
    }

  private:
    std::string address(const ListRow& row, std::string_view what) const {
        return fmt::format("/people/{}{}?month={}", m_figures.reference_of(row.person->place), what, m_month);
    }

    Html client(const ListRow& row) const {
        const PersonPicture& person = *row.person;
        const Extract& extract = m_figures.extract();
        Html html = tag::a({{"href", address(row, "")}},
                           extract.chunks[person.place.chunk].client_ids[person.place.client]);
        if (m_view.choice.place.kind != PlaceKind::service)
            html +=
                small(person.service.has_value() ? std::string_view(extract.services[*person.service].name)
                                                 : "service not recorded");
        html += small(person.keyworker.empty() ? "no keyworker" : person.keyworker);
        if (person.refused_records > 0)
            html += tag::span({{"class", "app-list__conflict"}},
                              fmt::format("{} refused: the picture may not be whole",
                                          counted(person.refused_records, "record")));
        return html;
    }

    Html why(const ListRow& row) const {
        Html html = line(m_words.lists.block(row.block).title);
        if (row.standing.status != ReviewStatus::still_to_review)
            html += line(status_tag(row.standing.status));
        if (const TeamReview* review = shown_review(row))
            html += small(fmt::format(
                "{} {}: {}{}", row.standing.review != nullptr ? "Review of" : "Last review, counts no more,",
                short_date(review->day), review_words(row, m_words.reviews),
                review->deferred_to ? ", put off to " + short_date(*review->deferred_to) : std::string()));
        if (row.person->last_medical_review)
            html += small("Medical review " + short_date(*row.person->last_medical_review));
        if (row.person->state) html += small(treatment_words(*row.person));
        for (const std::string& own : own_lines(m_figures.extract(), *m_view.pictures, row, m_view.list))
            html += small(own);
        return html;
    }

    Html factors(const ListRow& row, Presence presence) const {
        Html html;
        for (const FactorLine& factor : factor_lines(row.person->risk, presence, m_as_at)) {
            html += line(words_for(factor.factors));
            html += small(factor.finding->source == RiskSource::cover
                              ? finding_words(*factor.finding)
                              : fmt::format("{}, {}", finding_words(*factor.finding), ago(*factor.age_days)));
        }
        if (presence == Presence::present && row.person->tolerance_lower)
            html += line("use now and then with alcohol or depressants: tolerance may be lower");
        for (const std::string& conflict : conflict_lines(row.person->risk, presence))
            html += tag::span({{"class", "app-list__conflict"}}, "Conflict: ", conflict);
        if (html.empty()) html = small("none");
        return html;
    }

    Html unknown(const ListRow& row) const {
        const auto lines = factor_lines(row.person->risk, Presence::unknown, m_as_at);
        if (lines.empty()) return small("none");
        return words_for(lines.front().factors);
    }

    Html evidence(const PersonPicture& person) const {
        if (!person.last_evidence) return line("never recorded");
        const Evidence& evidence = *person.last_evidence;
        Html html = line(evidence.use ? "use on top" : "no use on top");
        html += small(fmt::format("{}, {}, {}", evidence.table == TableKind::tops ? "TOP" : "drug screen",
                                  short_date(evidence.day), ago(m_as_at - evidence.day)));
        if (person.days_used)
            html += small(
                fmt::format("on {} of 28, {}", counted(*person.days_used, "day"), text_of(person.frequency)));
        return html;
    }

    Html naloxone(const PersonPicture& person) const {
        if (!person.naloxone) return line("none on record");
        return html_of(line(person.naloxone_current ? "yes" : "too long ago"),
                       small(short_date(*person.naloxone)));
    }

    Html who(const ListRow& row) const {
        Html html;
        if (row.claim != nullptr) {
            const bool overdue = row.claim->due < m_today && row.standing.status != ReviewStatus::reviewed;
            html += line(row.claim->assigned_to);
            html += tag::span({{"class", overdue ? "app-list__small app-list__overdue" : "app-list__small"}},
                              overdue ? "overdue, " : "", "due ", short_date(row.claim->due));
        } else {
            html += small("nobody yet");
        }
        if (!m_writes) return html;
        Html actions =
            tag::a({{"href", fmt::format("{}&list={}", address(row, "/review"), text_of(m_view.list))}},
                   "Review", tag::span({{"class", "nhsuk-u-visually-hidden"}}, " ", client_id(row)));
        if (row.claim == nullptr)
            actions += tag::button({{"type", "submit"},
                                    {"class", "app-link-button"},
                                    {"formaction", address(row, "/claim")},
                                    {"name", "request"},
                                    {"value", random_text(request_bytes)}},
                                   "Take on",
                                   tag::span({{"class", "nhsuk-u-visually-hidden"}}, " ", client_id(row)));
        return html_of(html, tag::span({{"class", "app-list__actions"}}, actions));
    }

    std::string_view client_id(const ListRow& row) const {
        return m_figures.extract().chunks[row.person->place.chunk].client_ids[row.person->place.client];
    }

    static constexpr std::size_t request_bytes = 16;
    Context& m_context;
    const ListView& m_view;
    const Figures& m_figures;
    const ListWords& m_words;
    Day m_as_at, m_today;
    std::string m_month;
    bool m_writes;
};

Html heads() {
    Html html;
    for (const std::string_view words : {"#", "Client", "Why here", "Present", "Unknown", "Absent",
                                         "Latest evidence", "Naloxone", "Who has them"})
        html += tag::th({{"scope", "col"}}, words);
    return tag::thead({}, tag::tr({}, html));
}

}  // namespace

Html status_tag(ReviewStatus status) {
    constexpr std::string_view colours[] = {"orange", "purple", "green", "blue"};
    return nhsuk::tag(
        {.content = words_for(status), .colour = std::string(colours[static_cast<std::size_t>(status)])});
}

Html list_rows_html(Context& context, const ListView& view, std::size_t first) {
    const RowWriter writer(context, view);
    const std::size_t end = std::min(view.shown.size(), first + list_rows_on_page);
    Html body;
    body.reserve((end - first) * 3'000);
    for (std::size_t i = first; i < end; ++i)
        writer.write(body, view.shown[i], i + 1);
    const Html table =
        tag::div({{"class", "app-table-scroll"},
                  {"role", "region"},
                  {"aria-labelledby", "list-caption"},
                  {"tabindex", "0"}},
                 tag::table({{"class", "app-table app-list"}},
                            tag::caption({{"id", "list-caption"}, {"class", "nhsuk-u-visually-hidden"}},
                                         "People on the list"),
                            heads(), tag::tbody({}, body)));
    if (!holds(context.user().user.role, Permission::record_reviews)) return table;
    // One form around all rows: its buttons say whom they are about. Whoever looks at this page has seen all
    // that its rows were made of, of everybody; what was written since is no part of it.
    const std::string seen = fmt::format("{}", context.team().newest_review);
    return tag::form(
        {{"method", "post"}}, csrf_field(context),
        tag::input({{"type", "hidden"}, {"name", "seen"}, {"value", seen}}),
        tag::input(
            {{"type", "hidden"}, {"name", "assigned_to"}, {"value", context.user().user.sign_in_name}}),
        table);
}

}  // namespace optimat
