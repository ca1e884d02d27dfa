#include "html/html.hpp"
#include "web/site_for_tests.hpp"
#include "web/views_person.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <regex>

namespace optimat {

namespace {

using testing::HasSubstr;
using testing::Not;

/// Everybody in the store.
std::vector<ClientPlace> everybody(const Figures& figures) {
    std::vector<ClientPlace> all;
    for (std::size_t chunk = 0; chunk < figures.extract().chunks.size(); ++chunk)
        for (std::uint32_t client = 0; client < figures.extract().chunks[chunk].client_count(); ++client)
            all.push_back({chunk, client});
    return all;
}

/// A client that the user may see, or may not.
enum class Seen : std::uint8_t { yes, no };
ClientPlace client_seen_by(const User& user, const Figures& figures, Seen seen) {
    for (const ClientPlace client : everybody(figures))
        if (figures.state_of(client, figures.dates().size() - 1) != nullptr &&
            may_see(user, figures, client) == (seen == Seen::yes))
            return client;
    throw std::logic_error("there is no such client");
}

std::string path_of(const Figures& figures, ClientPlace client) {
    return "/people/" + figures.reference_of(client);
}

const DataTable& table_of(const std::vector<DataTable>& tables, std::string_view id) {
    return *std::ranges::find(tables, id, &DataTable::id);
}

PersonChoice choice_of(const Figures& figures, ClientPlace client) {
    return {client, figures.reference_of(client), figures.dates().size() - 1, std::nullopt};
}

/// The values of an attribute in a page.
std::vector<std::string> values_of(const std::string& page, const std::string& attribute) {
    std::vector<std::string> values;
    const std::regex pattern(attribute + "=\"([^\"]*)\"");
    for (std::sregex_iterator it(page.begin(), page.end(), pattern), end; it != end; ++it)
        values.push_back((*it)[1]);
    return values;
}

}  // namespace

TEST(Person, ARecoveryWorkerOpensTheOwnCaseloadOnlyAndTheAuditLogTells) {
    TestSite site;
    const auto figures = site.figures();
    const User worker = site.user_of(Role::recovery_worker);
    const ClientPlace own = client_seen_by(worker, *figures, Seen::yes),
                      other = client_seen_by(worker, *figures, Seen::no);
    EXPECT_EQ(site.get(Role::recovery_worker, path_of(*figures, own)).status, 200);
    for (const char* end : {"", "/history.csv", "/history.xlsx"}) {
        const Response refused = site.get(Role::recovery_worker, path_of(*figures, other) + end);
        EXPECT_EQ(refused.status, 403) << end;
        EXPECT_THAT(refused.body, Not(HasSubstr(std::string(choice_of(*figures, other).client_id(*figures)))))
            << end;
        const AuditEntry entry = site.audit().front();
        EXPECT_EQ(entry.outcome, AuditOutcome::refused) << end;
        EXPECT_EQ(entry.action, *end == '\0' ? "view_person" : "export_person");
        EXPECT_EQ(entry.subject, figures->reference_of(other)) << end;
    }
    const AuditEntry seen = site.audit().back();
    EXPECT_EQ(seen.outcome, AuditOutcome::allowed);
    EXPECT_EQ(seen.subject, figures->reference_of(own));
}

TEST(Person, WhatIsNotThereIsSaid) {
    TestSite site;
    const std::string path =
        path_of(*site.figures(), client_seen_by(site.user_of(Role::clinician), *site.figures(), Seen::yes));
    EXPECT_EQ(site.get(Role::clinician, "/people/AAAAAAAAAAAAAAAAAAAA").status, 404);
    for (const char* query : {"?month=1999-01", "?span=13", "?episode=0", "?episode=99", "?top=99", "?top=x"})
        EXPECT_EQ(site.get(Role::clinician, path + query).status, 400) << query;
    EXPECT_EQ(site.get(Role::clinician, path + "/history.csv?table=nothing").status, 400);
    for (const Role role : {Role::commissioner, Role::peer_representative, Role::administrator})
        EXPECT_EQ(site.get(role, path).status, 403) << text_of(role);
}

TEST(Person, NoClientIdInAddressTitleOrFileName) {
    TestSite site;
    const auto figures = site.figures();
    const ClientPlace client = client_seen_by(site.user_of(Role::clinician), *figures, Seen::yes);
    const std::string id(choice_of(*figures, client).client_id(*figures));
    const Response page = site.get(Role::clinician, path_of(*figures, client));
    EXPECT_THAT(page.body, HasSubstr(id)) << "the heading has it";
    EXPECT_THAT(page.body, HasSubstr("<title>A person&#39;s history"));
    for (const char* attribute : {"href", "action", "src", "value", "id"})
        for (const std::string& value : values_of(page.body, attribute))
            EXPECT_THAT(value, Not(HasSubstr(id))) << attribute;
    for (const char* end : {"/history.csv", "/history.xlsx"})
        for (const Parameter& header : site.get(Role::clinician, path_of(*figures, client) + end).headers)
            EXPECT_THAT(header.value, Not(HasSubstr(id))) << header.name;
}

TEST(Person, TablesHoldWhatTheHistoryHolds) {
    TestSite site;
    const auto figures = site.figures();
    std::size_t doses = 0, screens = 0, tops = 0;
    for (const ClientPlace client : everybody(*figures)) {
        const PersonChoice choice = choice_of(*figures, client);
        const PersonHistory person = person_history(*figures, choice);
        const auto tables = history_tables(*figures, choice, person);
        const auto& months = table_of(tables, "months").rows;
        for (std::size_t i = 0; i < months.size(); ++i) {
            const State* state = figures->state_of(client, figures->dates().size() - 1 - i);
            ASSERT_EQ(months[i][1].text, state != nullptr ? std::string(text_of(state->stage)) : "");
            ASSERT_EQ(months[i][4].kind == CellKind::milligrams, state != nullptr && state->dose_known);
            if (state == nullptr || !state->dose_known) continue;
            ASSERT_EQ(months[i][4].numerator, state->dose.number);
        }
        const auto& steps = table_of(tables, "doses").rows;
        ASSERT_EQ(steps.size(), person.history.doses.size());
        for (std::size_t i = 0; i < steps.size(); ++i)
            ASSERT_EQ(steps[steps.size() - 1 - i][0].numerator, person.history.doses[i].first.number);
        ASSERT_EQ(table_of(tables, "screens").rows.size(), person.history.screens.size());
        ASSERT_EQ(table_of(tables, "tops").rows.size(), person.history.tops.size());
        ASSERT_EQ(table_of(tables, "events").rows.size(), person.history.events.size());
        ASSERT_EQ(table_of(tables, "episodes").rows.size(), person.history.episodes.size());
        doses += steps.size(), screens += person.history.screens.size(), tops += person.history.tops.size();
    }
    EXPECT_GT(doses, 0u);
    EXPECT_GT(screens, 0u);
    EXPECT_GT(tops, 0u);
}

/// The ribbon names each run of months: `MAT 2, Oct 2018 to Nov 2018` in the drawing's hints, whatever its
/// width.
TEST(Person, TheRibbonHasARunForEachRunOfStages) {
    TestSite site;
    const auto figures = site.figures();
    const ClientPlace client = client_seen_by(site.user_of(Role::clinician), *figures, Seen::yes);
    const std::string page = site.get(Role::clinician, path_of(*figures, client) + "?span=all").body;
    const std::size_t begin = page.find(">MAT stage</text>"),
                      end = page.find("</text>", page.find(">Opiate days", begin));
    ASSERT_NE(begin, page.npos);
    const std::string lane = page.substr(begin, end - begin);
    const std::string letters[] = {"1", "2", "3", "4", "?"};
    std::vector<std::string> wanted, drawn;
    std::string before;
    const PersonHistory person = person_history(*figures, choice_of(*figures, client));
    for (std::size_t date = 0; date < person.history.states.size(); ++date) {
        if (figures->dates()[date] < person.from) continue;
        const auto& state = person.history.states[date];
        const std::string now = state ? letters[static_cast<std::size_t>(state->stage)] : "";
        if (state && now != before) wanted.push_back(now);
        before = now;
    }
    const std::regex figure(">(?:MAT )?([1-4?])</text>");
    for (std::sregex_iterator it(lane.begin(), lane.end(), figure), none; it != none; ++it)
        drawn.push_back((*it)[1]);
    EXPECT_EQ(drawn, wanted);
    EXPECT_FALSE(wanted.empty());
}

TEST(Person, TheStandingIsThatOfTheState) {
    TestSite site;
    const auto figures = site.figures();
    std::size_t unknown_doses = 0, without_evidence = 0;
    for (const ClientPlace client : everybody(*figures)) {
        const PersonChoice choice = choice_of(*figures, client);
        const State* state = figures->state_of(client, choice.date);
        const DataTable table = standing_table(*figures, choice);
        ASSERT_EQ(table.rows[0][1].text, choice.client_id(*figures));
        const auto evidence = last_evidence(*figures, choice);
        without_evidence += !evidence;
        ASSERT_EQ(table.rows.back()[1].kind == CellKind::none, !evidence);
        if (state == nullptr) continue;
        ASSERT_EQ(table.rows[4][0].text, "Dose, mg");
        ASSERT_EQ(table.rows[4][1].kind == CellKind::none, !state->dose_known) << "unknown stays unknown";
        unknown_doses += !state->dose_known;
        if (state->stage != Stage::mat2 && state->stage != Stage::mat3) continue;
        ASSERT_TRUE(evidence) << "a stage that hangs on evidence has some";
        ASSERT_GE(evidence->age, 0);
        ASSERT_LE(evidence->age, 92);
    }
    EXPECT_GT(unknown_doses + without_evidence, 0u);
}

TEST(Person, ATopTrackerComparesTheStartWithTheLatestChosen) {
    TestSite site;
    const auto figures = site.figures();
    for (const ClientPlace client : everybody(*figures)) {
        if (!may_see(site.user_of(Role::organisation_analyst), *figures, client)) continue;
        const PersonChoice choice = choice_of(*figures, client);
        const RowRange episodes = choice.chunk(*figures).table(TableKind::episodes).rows_of(client.client);
        if (episodes.empty()) continue;
        const TopTracker all = top_tracker(choice.chunk(*figures), episodes.end - 1, choice.day(*figures),
                                           std::nullopt, figures->policy());
        if (all.profiles.size() < 3 || all.start != std::size_t{0}) continue;
        const TopTracker second = top_tracker(choice.chunk(*figures), episodes.end - 1, choice.day(*figures),
                                              all.profiles[1].row, figures->policy());
        const std::string path =
            path_of(*figures, client) +
            "/history.csv?table=top_tracker&span=all&month=" + month_key(choice.day(*figures));
        const std::string csv = site.get(Role::organisation_analyst, path + "&top=2").body;
        std::size_t told = 0;
        for (const TopCourse& course : second.courses) {
            if (!course.values[0] && !course.values[1]) continue;
            EXPECT_THAT(csv, HasSubstr(fmt::format(",{}", change_words(course))));
            EXPECT_THAT(csv, HasSubstr("\n" + item_words(course.item) + ","));
            ++told;
        }
        EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(csv, '\n')), told + 1)
            << "start and second, nothing else";
        EXPECT_THAT(csv, HasSubstr(to_text(all.profiles[0].day))) << "the start is always there";
        EXPECT_THAT(csv, Not(HasSubstr(to_text(all.profiles[2].day) + "_3")));
        return;
    }
    FAIL() << "nobody has a start and two reviews";
}

TEST(Person, ReasonsLeadToTheirRules) {
    TestSite site;
    const auto figures = site.figures();
    const ClientPlace client = client_seen_by(site.user_of(Role::clinician), *figures, Seen::yes);
    const std::string page = site.get(Role::clinician, path_of(*figures, client)).body;
    const std::string definitions = site.get(Role::clinician, "/definitions").body;
    const Explanation explanation =
        explain(figures->extract(), figures->policy(), client, figures->dates().back());
    EXPECT_GT(explanation.reasons.size(), 3u);
    for (const std::string& href : values_of(page, "href"))
        if (href.starts_with("/definitions#")) {
            EXPECT_THAT(definitions, HasSubstr("id=\"" + href.substr(13) + "\""));
        }
    for (const Reason& reason : explanation.reasons)
        EXPECT_THAT(page, HasSubstr(Html(reason.sentence).text()));
}

}  // namespace optimat
