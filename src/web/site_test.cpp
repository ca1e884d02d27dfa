#include "web/released_for_tests.hpp"
#include "web/route.hpp"
#include "web/site_for_tests.hpp"

#include <gmock/gmock.h>
#include <regex>

namespace optimat {

namespace {

using testing::HasSubstr;
using testing::Not;

std::string header_of(const Response& response, std::string_view name) {
    return std::string(find_parameter(response.headers, name).value_or(""));
}

}  // namespace

TEST(Routes, HaveNoProblems) { EXPECT_THAT(problems_of(routes()), testing::IsEmpty()); }

TEST(Routes, ProblemsAreFound) {
    const auto handler = [](Context&) { return Response{}; };
    const Route broken[] = {{Method::get, "/a/{x}", Permission::see_people, "", handler, "people"},
                            {Method::get, "/a/{y}", Permission::anyone, "", handler, ""}};
    EXPECT_EQ(problems_of(broken).size(), 3u);
}

TEST(Site, EveryAnswerHasTheSecurityHeaders) {
    TestSite site;
    for (const auto& [role, path] : std::initializer_list<std::pair<std::optional<Role>, const char*>>{
             {std::nullopt, "/sign-in"},
             {std::nullopt, "/nothing-here"},
             {Role::service_manager, "/tracker"},
             {Role::service_manager, "/users"},
             {std::nullopt, "/healthz"}}) {
        const Response response = site.get(role, path);
        EXPECT_THAT(header_of(response, "Content-Security-Policy"), HasSubstr("default-src 'none'")) << path;
        EXPECT_THAT(header_of(response, "Content-Security-Policy"), Not(HasSubstr("unsafe"))) << path;
        EXPECT_EQ(header_of(response, "X-Content-Type-Options"), "nosniff") << path;
        EXPECT_EQ(header_of(response, "Cache-Control"), "no-store") << path;
    }
}

TEST(Site, WhoIsNotSignedInGoesToTheSignInPageAndBack) {
    TestSite site;
    const Response response = site.get(std::nullopt, "/tracker?place=organisation");
    EXPECT_EQ(response.status, 303);
    EXPECT_EQ(header_of(response, "Location"), "/sign-in?next=%2Ftracker");
}

TEST(Site, SigningInNeedsTheRightPasswordAndBrakesGuessing) {
    TestSite site;
    const std::string name = site.user_of(Role::clinician).sign_in_name;
    const Response right =
        site.post(std::nullopt, "/sign-in",
                  {{"sign_in_name", name}, {"password", "just to look around"}, {"next", "/tracker"}});
    EXPECT_EQ(right.status, 303);
    EXPECT_EQ(header_of(right, "Location"), "/tracker");
    EXPECT_THAT(header_of(right, "Set-Cookie"),
                testing::AllOf(HasSubstr("HttpOnly"), HasSubstr("SameSite=Lax")));
    for (int i = 0; i < free_failures + 1; ++i)
        EXPECT_EQ(site.post(std::nullopt, "/sign-in", {{"sign_in_name", name}, {"password", "wrong"}}).status,
                  422);
    const Response braked =
        site.post(std::nullopt, "/sign-in", {{"sign_in_name", name}, {"password", "just to look around"}});
    EXPECT_EQ(braked.status, 422);
    EXPECT_THAT(braked.body, HasSubstr("too many attempts"));
    site.now += 16 * 60;
    EXPECT_EQ(
        site.post(std::nullopt, "/sign-in", {{"sign_in_name", name}, {"password", "just to look around"}})
            .status,
        303);
}

TEST(Site, SigningInNeverLeadsToAnotherSite) {
    TestSite site;
    const std::string name = site.user_of(Role::clinician).sign_in_name;
    for (const char* next : {"https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example",
                             "elsewhere", "/\t/elsewhere.example", "/\n/elsewhere.example"}) {
        const Response response =
            site.post(std::nullopt, "/sign-in",
                      {{"sign_in_name", name}, {"password", "just to look around"}, {"next", next}});
        EXPECT_EQ(header_of(response, "Location"), "/") << next;
    }
}

TEST(Site, CookiesAreSecureBehindTls) {
    TestSite site;
    Request request = site.request(std::nullopt, Method::get, "/sign-in");
    request.secure = true;
    EXPECT_THAT(header_of(site.site().answer(request), "Set-Cookie"), HasSubstr("; Secure"));
}

TEST(Site, AFormWithoutItsTokenOrFromAnotherSiteChangesNothing) {
    TestSite site;
    const Parameters form = {{"sign_in_name", "new.user"}, {"name", "New"}, {"role", "clinician"}};
    EXPECT_EQ(site.post(Role::administrator, "/users/new", form, "").status, 403);
    EXPECT_EQ(
        site.post(Role::administrator, "/users/new", form, site.csrf_token_of(Role::data_manager)).status,
        403);
    Request foreign = site.request(Role::administrator, Method::post, "/users/new");
    foreign.headers.push_back({"origin", "https://elsewhere.example"});
    foreign.body = "csrf_token=" + site.csrf_token_of(Role::administrator);
    EXPECT_EQ(site.site().answer(foreign).status, 403);
    const auto lease = site.site().stores().lease();
    EXPECT_EQ(count_users(lease.database()), static_cast<std::int64_t>(role_count));
}

TEST(Site, SessionsEndWhenIdleAndAtTheLatestAfterTheLimit) {
    TestSite site;
    site.session_of(Role::clinician);
    for (int i = 0; i < 23; ++i) {
        site.now += 29 * 60;
        EXPECT_EQ(site.get(Role::clinician, "/tracker").status, 200) << i;
    }
    site.now += 29 * 60 + 60 * 30;
    EXPECT_EQ(site.get(Role::clinician, "/tracker").status, 303) << "12 hours are over";
}

TEST(Site, AnAdministratorAddsAUserWhoCanSignIn) {
    TestSite site;
    const Response added = site.post(
        Role::administrator, "/users/new",
        {{"sign_in_name", "new.user"}, {"name", "New User"}, {"role", "clinician"}, {"services", "*"}});
    EXPECT_EQ(added.status, 200);
    std::smatch password;
    ASSERT_TRUE(
        std::regex_search(added.body, password, std::regex("<code class=\"app-secret\">([^<]+)</code>")));
    const Response signed_in =
        site.post(std::nullopt, "/sign-in", {{"sign_in_name", "new.user"}, {"password", password[1]}});
    EXPECT_EQ(signed_in.status, 303);
}

TEST(Site, TwoAdministratorsChangingOneUserLoseNothing) {
    TestSite site;
    const User user = site.user_of(Role::clinician);
    const std::string path = "/users/" + std::to_string(user.number);
    const Parameters form = {{"name", "First"},
                             {"role", "clinician"},
                             {"active", "yes"},
                             {"version", std::to_string(user.version)}};
    EXPECT_EQ(site.post(Role::administrator, path, form).status, 200);
    Parameters late = form;
    late.front().value = "Second";
    const Response conflict = site.post(Role::administrator, path, late);
    EXPECT_EQ(conflict.status, 409);
    EXPECT_THAT(conflict.body, testing::AllOf(HasSubstr("Stored now: First"), HasSubstr("value=\"Second\"")));
    EXPECT_EQ(site.user_of(Role::clinician).name, "First");
}

TEST(Site, TheFirstStartMakesOneAdministratorByALinkThatWorksOnce) {
    const TemporaryFolder folder;
    SiteOptions options;
    options.store = (folder.path() / "store.sqlite").string();
    options.clock = [] { return test_now; };
    Site site(std::move(options));
    const auto path = site.setup_path();
    ASSERT_TRUE(path.has_value());
    Request request;
    request.path = *path;
    request.headers = {{"cookie", "optimat-visit=test"}};
    const Response page = site.answer(request);
    EXPECT_EQ(page.status, 200);
    std::smatch token;
    ASSERT_TRUE(std::regex_search(page.body, token, std::regex("name=\"csrf_token\" value=\"([^\"]+)\"")));
    request.method = Method::post;
    request.body =
        "name=First&sign_in_name=first&password=a+long+password&csrf_token=" + std::string(token[1]);
    EXPECT_EQ(site.answer(request).status, 303);
    EXPECT_FALSE(site.setup_path().has_value());
    EXPECT_EQ(site.answer(request).status, 404);
}

TEST(Site, AListIsAsLongAsItsNumberForEveryGroupMonthAndPlace) {
    TestSite site;
    const auto figures = site.figures();
    const Response page = site.get(Role::organisation_analyst, "/tracker.csv?place=organisation&months=12");
    EXPECT_EQ(page.status, 200);
    for (const Place& place : figures->places())
        for (std::size_t date = 0; date < figures->dates().size(); ++date) {
            const TrackerCell cell = figures->tracker().at(date, place);
            for (std::size_t group = 0; group < tracker_group_count; ++group) {
                const auto people = people_of(figures->extract(), figures->states(), date, place,
                                              InGroup{static_cast<TrackerGroup>(group)});
                ASSERT_EQ(static_cast<std::int64_t>(people.size()), cell.people[group]);
            }
        }
}

TEST(Site, AServiceManagerOpensListsOfOwnServicesOnly) {
    TestSite site;
    const User manager = site.user_of(Role::service_manager);
    const std::string own = "service:" + manager.services.front();
    EXPECT_EQ(site.get(Role::service_manager, "/people?group=red&place=" + url_encode(own)).status, 200);
    EXPECT_EQ(site.get(Role::service_manager, "/people?group=red&place=organisation").status, 403);
    const auto audit = site.audit();
    ASSERT_GE(audit.size(), 2u);
    EXPECT_EQ(audit[0].outcome, AuditOutcome::refused);
    EXPECT_EQ(audit[0].action, "view_list");
    EXPECT_EQ(audit[0].place, "organisation");
    EXPECT_EQ(audit[1].outcome, AuditOutcome::allowed);
    EXPECT_EQ(audit[1].place, own);
    EXPECT_THAT(site.get(Role::service_manager, "/tracker?place=organisation").body,
                Not(HasSubstr("href=\"/people?")));
    EXPECT_THAT(site.get(Role::service_manager, "/tracker").body, HasSubstr("href=\"/people?"));
}

TEST(Site, AListOfThoseWhoWentElsewhereShowsNothingOfTheOtherService) {
    TestSite site;
    const User manager = site.user_of(Role::service_manager);
    const auto figures = site.figures();
    const std::string own_id = manager.services.front(), own = "service:" + own_id;
    std::int64_t gone = 0;
    for (std::size_t date = 1; date < figures->dates().size(); ++date)
        for (std::size_t from = 0; from < tracker_group_count; ++from) {
            const auto people = people_of(figures->extract(), figures->states(), date,
                                          *figures->find_place(own), OnWay{from, flow_elsewhere, date - 1});
            gone += static_cast<std::int64_t>(people.size());
            for (const Person& person : people)
                EXPECT_EQ(figures->extract().services[*person.state->service].service_id, own_id);
        }
    EXPECT_GT(gone, 0) << "the organisation has nobody who moved: this test shows nothing";
}

TEST(Site, ANewPasswordEndsAccessTokens) {
    TestSite site;
    const auto lease = site.site().stores().lease();
    const User user = site.user_of(Role::clinician);
    const std::string token = add_token(lease.database(), user.number, "test", site.now, site.now + 1000);
    EXPECT_TRUE(find_token_user(lease.database(), token, site.now).has_value());
    site.post(Role::administrator, "/users/" + std::to_string(user.number),
              {{"name", user.name},
               {"role", "clinician"},
               {"active", "yes"},
               {"new_password", "yes"},
               {"version", std::to_string(user.version)}});
    EXPECT_FALSE(find_token_user(lease.database(), token, site.now).has_value());
}

TEST(Site, TheAuditLogKeepsNoTextThatIsNobodysName) {
    TestSite site;
    site.post(std::nullopt, "/sign-in", {{"sign_in_name", "my secret password"}, {"password", "x"}});
    site.post(std::nullopt, "/sign-in", {{"sign_in_name", "correct-horse"}, {"password", "x"}});
    for (const AuditEntry& entry : site.audit()) {
        EXPECT_EQ(entry.outcome, AuditOutcome::refused);
        EXPECT_EQ(entry.subject, "");
    }
    EXPECT_EQ(site.audit().size(), 2u);
}

TEST(Site, SomebodyWhoCanManageUsersAlwaysStays) {
    TestSite site;
    const User only = site.user_of(Role::administrator);
    site.post(Role::administrator, "/users/new",
              {{"sign_in_name", "second"}, {"name", "Second"}, {"role", "administrator"}, {"services", "*"}});
    const auto demote = [&](const User& user) {
        return site
            .post(Role::administrator, "/users/" + std::to_string(user.number),
                  {{"name", user.name},
                   {"role", "clinician"},
                   {"active", "yes"},
                   {"version", std::to_string(user.version)}})
            .status;
    };
    EXPECT_EQ(demote(only), 422) << "nobody takes the own access away";
    const auto lease = site.site().stores().lease();
    EXPECT_EQ(demote(*find_user_by_name(lease.database(), "second")), 200);
}

TEST(Site, MetricsAreForTheMachineItself) {
    TestSite site;
    EXPECT_EQ(site.get(std::nullopt, "/metrics").status, 404) << "this site keeps none";
    Request proxied = site.request(std::nullopt, Method::get, "/metrics");
    proxied.headers.push_back({"x-forwarded-for", "127.0.0.1"});
    EXPECT_EQ(site.site().answer(proxied).status, 403);
    Request distant = site.request(std::nullopt, Method::get, "/metrics");
    distant.peer = "192.0.2.7";
    EXPECT_EQ(site.site().answer(distant).status, 403);
}

TEST(Site, ARecoveryWorkerSeesTheOwnCaseloadOnly) {
    TestSite site;
    const User worker = site.user_of(Role::recovery_worker);
    const Response list = site.get(Role::recovery_worker, "/people.csv?place=organisation");
    ASSERT_EQ(list.status, 200);
    std::size_t rows = 0;
    std::size_t at = list.body.find('\n') + 1;
    for (; at < list.body.size(); at = list.body.find('\n', at) + 1, ++rows) {
        const std::string row = list.body.substr(at, list.body.find('\n', at) - at);
        EXPECT_THAT(row, HasSubstr("," + worker.keyworker_id + ","));
    }
    EXPECT_GT(rows, 0u);
}

TEST(Site, ACommissionerNeverSeesACountFromOneToFour) {
    TestSite site;
    const auto figures = site.figures();
    for (const int back : {0, 1, 2, 7})
        release_day(site, month_before_last(site, back));
    for (const Place& place : figures->places()) {
        const Response csv =
            site.get(Role::commissioner, "/tracker.csv?months=36&place=" + url_encode(place_key(place)));
        ASSERT_EQ(csv.status, figures->leaves(place) ? 200 : 400) << place.name;
        if (!figures->leaves(place)) continue;
        std::size_t at = csv.body.find('\n') + 1;
        for (; at < csv.body.size(); at = csv.body.find('\n', at) + 1) {
            std::string row = csv.body.substr(at, csv.body.find('\n', at) - at);
            row = row.substr(0, row.find(",toolkit,") - std::string_view("0.1.0").size());
            EXPECT_FALSE(std::regex_search(row, std::regex(",[1-4],"))) << row;
        }
    }
}

TEST(Site, NoPersonIdentifierStandsInALinkOfAList) {
    TestSite site;
    const auto figures = site.figures();
    const Response list = site.get(Role::organisation_analyst, "/people?place=organisation");
    ASSERT_EQ(list.status, 200);
    std::string hrefs;
    const std::regex link("href=\"([^\"]*)\"");
    for (auto found = std::sregex_iterator(list.body.begin(), list.body.end(), link);
         found != std::sregex_iterator(); ++found)
        hrefs += (*found)[1].str() + "\n";
    for (const Chunk& chunk : figures->extract().chunks)
        for (std::size_t client = 0; client < chunk.client_count(); ++client)
            ASSERT_EQ(hrefs.find(chunk.client_ids[client]), hrefs.npos);
}

TEST(Site, AnImportByAnotherProcessIsSeenAtOnce) {
    TestSite site;
    const std::string before = site.figures()->info().id;
    const auto lease = site.site().stores().lease();
    // Another process erases the snapshot: the figures must be gone, not remembered.
    erase_snapshot(lease.store(), before);
    EXPECT_EQ(site.get(Role::organisation_analyst, "/tracker").status, 404);
}

}  // namespace optimat
