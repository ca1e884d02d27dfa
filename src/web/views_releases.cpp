#include "web/views_releases.hpp"

#include "report/number_text.hpp"
#include "store/secrets.hpp"
#include "store/sessions.hpp"
#include "web/release_tables.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::size_t most_due = 6;

bool is_caseload(const User& user) { return user.role == Role::recovery_worker; }

/// Whether the user belongs to a service by its id, which the newest data may not have.
bool belongs_to(const User& user, const std::string& service_id) {
    return user.whole_organisation || std::ranges::binary_search(user.services, service_id);
}

class PeopleTable {
  public:
    PeopleTable(Context& context, const ReleaseChoice& choice)
        : m_figures(context.figures()), m_user(context.user().user), m_choice(choice) {}

    DataTable table() const {
        DataTable table{"people",
                        "",
                        "In each row what was released, what is so now, and the first step that moved the "
                        "person. Rows are counts of records, not their content.",
                        {{"client_id", "Client", CellKind::words, ""},
                         {"cause", "Moved by", CellKind::words, ""},
                         {"further_causes", "And by", CellKind::words, ""}},
                        {},
                        1};
        for (const auto& [id, group] : {std::pair("then", "Then"), std::pair("now", "Now")})
            for (const auto& [column, words] :
                 {std::pair("service", "Service"), std::pair("stage", "Stage"), std::pair("cohort", "Cohort"),
                  std::pair("band", "Band"), std::pair("regime", "Regime")})
                table.columns.push_back({fmt::format("{}_{}", id, column), words, CellKind::words, group});
        table.columns.push_back({"rows", "Rows since", CellKind::words, ""});
        for (const RestatedPerson& person : m_choice.restated->restatement->people())
            if (concerns(person, m_choice.place) && sees(person)) table.rows.push_back(row(person));
        std::ranges::sort(table.rows, {}, [](const auto& cells) { return cells.front().text; });
        table.title = fmt::format("{} who stand elsewhere than in the release",
                                  people_text(static_cast<std::int64_t>(table.rows.size())));
        return table;
    }

  private:
    bool sees(const RestatedPerson& person) const {
        if (person.now_at && may_see(m_user, m_figures, *person.now_at)) return true;
        return !is_caseload(m_user) && (knows(person.then) || knows(person.now));
    }
    bool knows(const std::optional<Standing>& standing) const {
        return standing && belongs_to(m_user, standing->service_id);
    }

    DataCell client(const RestatedPerson& person) const {
        if (!person.now_at) return DataCell::words("not in the newest data");
        DataCell cell = DataCell::words(
            std::string(m_figures.extract().chunks[person.now_at->chunk].client_ids[person.now_at->client]));
        if (!may_see(m_user, m_figures, *person.now_at)) return cell;
        return std::move(cell).linked(fmt::format("/people/{}", person.person));
    }

    std::string service_name(const std::string& id) const {
        for (const ReleaseService& service : m_choice.restated->figures.services)
            if (service.service_id == id) return service.name;
        const ServiceIndex service = m_figures.extract().find_service(id);
        return service.has_value() ? m_figures.extract().services[*service].name : "not known";
    }

    void append(const std::optional<Standing>& standing, std::vector<DataCell>& cells) const {
        const auto words = [&](std::string_view text) {
            cells.push_back(text.empty() ? DataCell::nothing() : DataCell::words(std::string(text)));
        };
        if (!standing || !(is_caseload(m_user) || belongs_to(m_user, standing->service_id))) {
            words(standing ? "another service" : "not in MAT");
            cells.insert(cells.end(), 4, DataCell::nothing());
            return;
        }
        words(service_name(standing->service_id));
        words(text_of(standing->stage));
        words(text_of(standing->cohort));
        words(text_of(standing->band));
        words(text_of(standing->regime));
    }

    std::vector<DataCell> row(const RestatedPerson& person) const {
        std::vector<std::string_view> further;
        for (std::size_t i = 1; i < person.causes.size(); ++i)
            further.push_back(words_for(person.causes[i]));
        std::vector<DataCell> cells = {client(person), DataCell::words(std::string(words_for(person.cause))),
                                       further.empty()
                                           ? DataCell::nothing()
                                           : DataCell::words(fmt::format("{}", fmt::join(further, ", ")))};
        append(person.then, cells);
        append(person.now, cells);
        cells.push_back(rows_cell(person.changes));
        return cells;
    }

    static DataCell rows_cell(const ClientChanges& changes) {
        std::vector<std::string> tables;
        for (std::size_t i = 0; i < table_count; ++i) {
            const RowChanges& rows = changes.tables[i];
            std::vector<std::string> counts;
            for (const auto& [count, words] :
                 {std::pair(rows.added, "added"), std::pair(rows.completed, "completed"),
                  std::pair(rows.changed, "changed"), std::pair(rows.removed, "removed")})
                if (count != 0) counts.push_back(fmt::format("{} {}", count, words));
            if (!counts.empty())
                tables.push_back(
                    fmt::format("{}: {}", table_name(static_cast<TableKind>(i)), fmt::join(counts, ", ")));
        }
        if (tables.empty()) return DataCell::nothing();
        return DataCell::words(fmt::format("{}", fmt::join(tables, "; ")));
    }

    const Figures& m_figures;
    const User& m_user;
    const ReleaseChoice& m_choice;
};

}  // namespace

ReleaseSide release_side(Context& context) {
    const Figures& figures = context.figures();
    return {figures.info(),
            figures.extract(),
            figures.policy(),
            context.site.measures(),
            context.site.options().definitions.text("measures.toml"),
            store_secret(*context.database, person_reference_secret),
            figures.threads()};
}

std::vector<DueRelease> due_releases(Context& context, const std::vector<Release>& releases) {
    const auto figures = context.site.figures(*context.store);
    const OptionalDay covers_to = figures ? OptionalDay(figures->extract().covers_to) : OptionalDay{};
    const ReleaseCalendar calendar =
        release_calendar(context.site.options().definitions.text("releases.toml"), "releases.toml");
    return due_releases(calendar, last_released(releases), covers_to, context.today(), most_due);
}

PageFigures release_list_figures(Context& context) {
    const auto releases = list_releases(*context.database);
    const auto due = due_releases(context, releases);
    const auto link = [](const Release& release) { return fmt::format("/releases/{}", release.number); };
    return {"Releases", {}, {releases_table(releases, link), due_table(due)}, due_sentence(due)};
}

Release release_of_path(Context& context) {
    const std::string& text = context.path_values.front();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    std::optional<Release> release;
    if (error == std::errc{} && end == text.data() + text.size())
        release = find_release(*context.database, number);
    if (!release) throw HttpError(404, "There is no such release. Choose one from the list of releases.");
    return std::move(*release);
}

std::string ReleaseChoice::path() const { return fmt::format("/releases/{}", release().number); }

std::string ReleaseChoice::query() const { return fmt::format("place={}", url_encode(page.place_key)); }

ReleaseChoice read_release_choice(Context& context) {
    const Release release = release_of_path(context);
    ReleaseChoice choice{read_page_choice(context), {}, {}};
    choice.restated = context.site.release_book().find(*context.store, release, release_side(context));
    choice.place =
        restated_place(choice.page.place, context.figures().extract(), choice.restated->figures.services);
    return choice;
}

PageFigures release_figures(Context& context, const ReleaseChoice& choice) {
    const RestatedRelease& restated = *choice.restated;
    const std::string place = choice.page.place.kind == PlaceKind::organisation
                                  ? context.figures().extract().organisation
                                  : choice.page.place.name;
    PageFigures page{fmt::format("{}: {}", release_title(restated.release), place),
                     {{"release", fmt::format("{}", restated.release.number)},
                      {"place", choice.page.place_key},
                      {"month", month_key(restated.as_at)}},
                     {},
                     ""};
    if (!restated.restatement) {
        const RestatedFigures then = released_figures(restated.figures, restated.as_at, choice.place);
        page.tables = {release_figures_table(then, restated.as_at), release_why_table(then)};
        page.sentence = "The newest data end before this release's day: there is nothing to compare it with.";
    } else {
        const RestatedFigures figures = restated_figures(*restated.restatement, choice.place);
        page.tables = {release_figures_table(figures, restated.as_at), release_why_table(figures)};
        const bool knows_people = restated.restatement->knows_people();
        const RestatedPeople people = restated_people(*restated.restatement, choice.place);
        if (knows_people) page.tables.push_back(release_people_table(*restated.restatement, people));
        page.sentence = restatement_sentence(figures, knows_people ? &people : nullptr);
    }
    page.tables.push_back(release_about_table(restated.release));
    return page;
}

PageFigures release_people_figures(Context& context, const ReleaseChoice& choice) {
    const Figures& figures = context.figures();
    const User& user = context.user().user;
    if (!is_caseload(user) && !may_list(user, figures.extract(), choice.page.place))
        throw HttpError(403, "You can open lists of people at your own services only. Choose one of them as "
                             "the place.");
    if (!choice.restated->restatement || !choice.restated->restatement->knows_people())
        throw HttpError(404,
                        "Single persons cannot be compared: the data that this release was made from have "
                        "been erased, or the newest data end before it.");
    DataTable table = PeopleTable(context, choice).table();
    context.audit.place = choice.page.place_key;
    context.audit.subject = fmt::format("release:{}", choice.release().number);
    context.audit.detail = people_text(static_cast<std::int64_t>(table.rows.size()));
    return {fmt::format("{}: {}", release_title(choice.release()), table.title),
            {{"release", fmt::format("{}", choice.release().number)},
             {"place", choice.page.place_key},
             {"month", month_key(choice.restated->as_at)}},
            {std::move(table)},
            ""};
}

Provenance provenance_of(const Release& release) {
    return {release.program_version, release.policy.name, release.policy.version, release.policy.hash,
            fmt::format("release {}, snapshot {}", release.number, release.snapshot.substr(0, 12))};
}

}  // namespace optimat
