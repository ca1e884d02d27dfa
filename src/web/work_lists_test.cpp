// The work lists as people of every role see them: the same rows on the page, in files and from the API;
// parts that are the tracker's numbers; filters; whose people a user sees.

#include "report/list_data.hpp"
#include "store/reviews.hpp"
#include "store/saved_filters.hpp"
#include "web/list_words.hpp"
#include "web/pages/work_lists.hpp"
#include "web/pages_for_tests.hpp"
#include "web/views_work_lists.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <set>

namespace optimat {

namespace {

using testing::HasSubstr;
using testing::Not;

std::string own_place(TestSite& site, Role role) {
    return "place=" + url_encode("service:" + site.user_of(role).services.front());
}

std::vector<std::map<std::string, std::string>> csv_of(TestSite& site, Role role, WorkList list,
                                                       const std::string& query) {
    const Response response = site.get(role, fmt::format("/lists/{}/people.csv?{}", text_of(list), query));
    EXPECT_EQ(response.status, 200) << response.body.substr(0, 400);
    return csv_rows(response.body);
}

/// The clients of a page, in order: each row's heading leads to one.
std::vector<std::string> clients_on(const std::string& html) {
    static const std::regex heading(
        "<th scope=\"row\" class=\"app-list__client\"><a href=\"/people/[^\"]+\">([^<]+)</a>");
    std::vector<std::string> clients;
    for (std::sregex_iterator match(html.begin(), html.end(), heading), end; match != end; ++match)
        clients.push_back((*match)[1]);
    return clients;
}

std::vector<std::string> column(const std::vector<std::map<std::string, std::string>>& rows,
                                const std::string& name) {
    std::vector<std::string> cells;
    for (const auto& row : rows)
        cells.push_back(row.at(name));
    return cells;
}

/// Reviews the first people of list 2 at the service manager's place, one of them awaiting a co-signature,
/// and claims one.
void record_some(TestSite& site) {
    const auto figures = site.figures();
    const std::size_t date = figures->dates().size() - 1;
    const auto pictures = figures->pictures(date);
    const Place& place =
        *figures->find_place("service:" + site.user_of(Role::service_manager).services.front());
    const auto rows = work_list(figures->extract(), *pictures, figures->policy(), WorkList::priority_1, place,
                                {}, figures->reviews_to(date));
    ASSERT_GT(rows.size(), 6U);
    const auto lease = site.site().stores().lease();
    for (std::size_t i = 0; i < 5; ++i) {
        ReviewEntry entry;
        entry.person = figures->reference_of(rows[i].person->place);
        entry.at = "2018-11-03T10:00:00Z";
        entry.author = site.user_of(Role::service_manager).sign_in_name;
        entry.author_role = "service_manager";
        entry.service = place.id;
        entry.request = entry.person;
        if (i == 4) {
            entry.kind = EntryKind::claim;
            entry.assigned_to = entry.author;
            entry.day = "2018-11-04";
        } else {
            entry.day = "2018-11-03";
            entry.lists = {"1", "2", "3"};
            entry.outcomes = {"psi_intensified"};
            entry.needs_co_signature = i == 3;
        }
        add_review_entry(lease.database(), entry, {});
    }
}

TEST(WorkLists, page_csv_workbook_and_api_have_the_same_people_in_the_same_order) {
    TestSite site;
    record_some(site);
    const Role role = Role::service_manager;
    for (std::size_t i = 0; i < work_list_count; ++i) {
        const auto list = static_cast<WorkList>(i);
        for (const std::string filter : {"", "&status=all", "&status=all&sort=factors"}) {
            const std::string query = own_place(site, role) + filter;
            const auto rows = csv_of(site, role, list, query);
            const Response page = site.get(role, fmt::format("/lists/{}?{}", text_of(list), query));
            ASSERT_EQ(page.status, 200) << page.body.substr(0, 400);
            const auto clients = column(rows, "client_id");
            const auto first = std::vector(
                clients.begin(),
                clients.begin() + static_cast<std::ptrdiff_t>(std::min(list_rows_on_page, clients.size())));
            EXPECT_EQ(clients_on(page.body), first) << text_of(list);
            const auto api = nlohmann::json::parse(
                site.get(role, fmt::format("/api/v1/lists/{}?{}", text_of(list), query)).body);
            const auto& listed = api["tables"]["list"]["rows"];
            ASSERT_EQ(listed.size(), rows.size()) << text_of(list);
            for (std::size_t row = 0; row < rows.size(); ++row) {
                EXPECT_EQ(listed[row]["client_id"], rows[row].at("client_id"));
                EXPECT_EQ(listed[row]["block"], rows[row].at("block"));
                EXPECT_EQ(listed[row]["injecting"], rows[row].at("injecting"));
            }
            const Response workbook =
                site.get(role, fmt::format("/lists/{}/people.xlsx?{}", text_of(list), query));
            EXPECT_EQ(workbook.status, 200);
            EXPECT_TRUE(workbook.body.starts_with("PK"));
        }
    }
}

TEST(WorkLists, parts_are_the_trackers_number_for_every_service_and_month) {
    TestSite site;
    record_some(site);
    const auto figures = site.figures();
    std::int64_t reviewed = 0;
    for (std::size_t date = 0; date < figures->dates().size(); ++date)
        for (const Place& place : figures->places()) {
            const Response response =
                site.get(Role::organisation_analyst,
                         fmt::format("/api/v1/lists?place={}&month={}", url_encode(place_key(place)),
                                     month_key(figures->dates()[date])));
            ASSERT_EQ(response.status, 200);
            const auto rows = nlohmann::json::parse(response.body)["tables"]["lists"]["rows"];
            ASSERT_EQ(rows.size(), work_list_count);
            const TrackerCell cell = figures->tracker().at(date, place);
            EXPECT_EQ(rows[0]["tracker"], cell.of(TrackerGroup::uncategorised));
            EXPECT_EQ(rows[2]["tracker"], cell.of(TrackerGroup::red));
            EXPECT_EQ(rows[3]["tracker"], cell.of(TrackerGroup::amber));
            for (const auto& row : rows) {
                const auto sum = row["still_to_review"].get<int>() + row["awaiting_co_signature"].get<int>() +
                                 row["reviewed"].get<int>() + row["being_optimised"].get<int>();
                EXPECT_EQ(sum, row["together"].get<int>());
                EXPECT_EQ(row["tracked"], row["tracker"]) << row["list"] << place_key(place);
                reviewed += row["reviewed"].get<int>();
            }
            EXPECT_EQ(rows[2]["together"], rows[2]["tracker"]);
            EXPECT_EQ(rows[3]["together"], rows[3]["tracker"]);
        }
    EXPECT_GT(reviewed, 0);
}

TEST(WorkLists, owners_share_out_everybody) {
    TestSite site;
    const Role role = Role::service_manager;
    const std::string query = own_place(site, role) + "&status=all";
    for (const WorkList list : {WorkList::priority_1, WorkList::priority_5, WorkList::priority_6}) {
        const Response page = site.get(role, fmt::format("/lists/{}?{}", text_of(list), query));
        const std::size_t begin = page.body.find("id=\"filter-owner\""),
                          end = page.body.find("</select>", begin);
        ASSERT_NE(begin, page.body.npos);
        const std::string options = page.body.substr(begin, end - begin);
        static const std::regex option("<option value=\"([^\"]+)\"[^>]*>[^<]*\\(([0-9]+)\\)");
        std::vector<std::string> shared_out;
        for (std::sregex_iterator match(options.begin(), options.end(), option), last; match != last;
             ++match) {
            const auto rows = csv_of(site, role, list, query + "&owner=" + (*match)[1].str());
            EXPECT_EQ(rows.size(), std::stoul((*match)[2]));
            for (const auto& row : rows) {
                EXPECT_EQ((*match)[1] == "service", row.at("keyworker_id").empty());
                shared_out.push_back(row.at("client_id"));
            }
        }
        auto everybody = column(csv_of(site, role, list, query), "client_id");
        EXPECT_GT(everybody.size(), 0U);
        std::ranges::sort(everybody);
        std::ranges::sort(shared_out);
        EXPECT_EQ(shared_out, everybody) << text_of(list);
    }
}

TEST(WorkLists, statuses_and_blocks_share_out_everybody) {
    TestSite site;
    record_some(site);
    const Role role = Role::service_manager;
    const std::string query = own_place(site, role);
    const auto people = [&](const std::string& filter) {
        return csv_of(site, role, WorkList::priority_1, query + filter).size();
    };
    EXPECT_EQ(people("&status=reviewed"), 3U);
    EXPECT_EQ(people("&status=awaiting_co_signature"), 1U);
    EXPECT_EQ(people(""), people("&status=still_to_review") + 1);
    EXPECT_EQ(people("&status=all"), people("") + 3);
    EXPECT_EQ(people("&block=using_on_top") + people("&block=other_with_factor"), people(""));
    EXPECT_GT(people("&block=other_with_factor"), 0U);
}

TEST(WorkLists, filters_hold_what_they_say) {
    TestSite site;
    record_some(site);
    const Role role = Role::service_manager;
    const std::string query = own_place(site, role) + "&status=all";
    const auto all = csv_of(site, role, WorkList::priority_1, query);
    const auto injecting = csv_of(site, role, WorkList::priority_1, query + "&factor=injecting");
    EXPECT_EQ(injecting.size(),
              static_cast<std::size_t>(std::ranges::count(column(all, "injecting"), "present")));
    EXPECT_GT(injecting.size(), 0U);
    EXPECT_LT(injecting.size(), all.size());
    const auto mine = csv_of(site, role, WorkList::priority_1, query + "&assigned=me");
    ASSERT_EQ(mine.size(), 1U);
    EXPECT_EQ(mine[0].at("due"), "2018-11-04");
    EXPECT_EQ(csv_of(site, role, WorkList::priority_1, query + "&assigned=anyone").size(), 1U);
    EXPECT_EQ(csv_of(site, role, WorkList::priority_1, query + "&assigned=nobody").size(), all.size() - 1);
    EXPECT_EQ(csv_of(site, role, WorkList::priority_1, query + "&due=overdue").size(), 1U);
    EXPECT_EQ(csv_of(site, Role::clinician, WorkList::priority_1, query + "&assigned=me").size(), 0U);
    const auto due_first = csv_of(site, role, WorkList::priority_1, query + "&sort=due");
    EXPECT_EQ(due_first.front().at("client_id"), mine[0].at("client_id"));
    const auto oldest = csv_of(site, role, WorkList::priority_1, query + "&sort=evidence");
    auto dates = column(oldest, "evidence_date");
    EXPECT_TRUE(std::ranges::is_sorted(dates));  // empty, never recorded, first
    for (const std::string wrong :
         {"&block=step_down", "&owner=K1", "&factor=age", "&assigned=all", "&due=soon", "&sort=name"})
        EXPECT_EQ(site.get(role, "/lists/1?" + query + wrong).status, 400) << wrong;
    EXPECT_EQ(site.get(role, "/lists/1?" + own_place(site, role) + "&status=late").status, 400);
    EXPECT_EQ(site.get(role, "/lists/7").status, 404);
}

TEST(WorkLists, saved_filters_are_the_users_own_and_hold_no_place) {
    TestSite site;
    const Role role = Role::service_manager;
    const std::string place = own_place(site, role);
    const Response saved = site.post(role, "/lists/filters?" + place,
                                     {{"list", "2"},
                                      {"filter", "factor=injecting&status=all&page=3&place=organisation"},
                                      {"name", "Injecting <now>"}});
    ASSERT_EQ(saved.status, 303) << saved.body.substr(0, 300);
    {
        const auto lease = site.site().stores().lease();
        const auto filters = list_saved_filters(lease.database(), site.user_of(role).number);
        ASSERT_EQ(filters.size(), 1U);
        EXPECT_EQ(filters[0].query, "status=all&factor=injecting");
    }
    EXPECT_THAT(site.get(role, "/lists/2?" + place).body, HasSubstr("Injecting &lt;now&gt;"));
    EXPECT_THAT(site.get(role, "/lists/1?" + place).body, Not(HasSubstr("Injecting &lt;now&gt;")));
    EXPECT_THAT(site.get(Role::clinician, "/lists/2?" + place).body, Not(HasSubstr("Injecting &lt;now&gt;")));
    EXPECT_EQ(
        site.post(role, "/lists/filters", {{"list", "2"}, {"filter", "factor=age"}, {"name", "x"}}).status,
        400);
    EXPECT_EQ(site.post(role, "/lists/filters", {{"list", "2"}, {"filter", ""}, {"name", ""}}).status, 400);
    EXPECT_EQ(site.post(Role::clinician, "/lists/filters/1/remove", {{"list", "2"}}).status, 303);
    EXPECT_THAT(site.get(role, "/lists/2?" + place).body, HasSubstr("Injecting &lt;now&gt;"));
    EXPECT_EQ(site.post(role, "/lists/filters/1/remove", {{"list", "2"}}).status, 303);
    EXPECT_THAT(site.get(role, "/lists/2?" + place).body, Not(HasSubstr("Injecting &lt;now&gt;")));
}

TEST(WorkLists, a_recovery_worker_sees_the_own_caseload_only) {
    TestSite site;
    const User worker = site.user_of(Role::recovery_worker);
    ASSERT_FALSE(worker.keyworker_id.empty());
    std::size_t seen = 0;
    for (std::size_t i = 0; i < work_list_count; ++i) {
        const auto list = static_cast<WorkList>(i);
        const auto own = csv_of(site, Role::recovery_worker, list, "status=all");
        for (const auto& row : own)
            EXPECT_EQ(row.at("keyworker_id"), worker.keyworker_id);
        const auto everybody = csv_of(site, Role::organisation_analyst, list,
                                      "status=all&place=" + url_encode("service:" + worker.services.front()));
        EXPECT_EQ(own.size(), static_cast<std::size_t>(std::ranges::count(column(everybody, "keyworker_id"),
                                                                          worker.keyworker_id)));
        seen += own.size();
        if (!everybody.empty()) {
            EXPECT_LT(own.size(), everybody.size());
        }
    }
    EXPECT_GT(seen, 0U);
}

TEST(WorkLists, others_open_lists_of_their_own_services_only) {
    TestSite site;
    const User manager = site.user_of(Role::service_manager);
    for (const Place& place : site.figures()->places()) {
        if (place.kind != PlaceKind::service) continue;
        const std::string place_query = "place=" + url_encode(place_key(place));
        const int expected = place.id == manager.services.front() ? 200 : 403;
        for (const std::string path : {"/lists?", "/lists/1?", "/lists/1/people.csv?", "/api/v1/lists?"})
            EXPECT_EQ(site.get(Role::service_manager, path + place_query).status, expected) << path;
    }
    EXPECT_EQ(site.get(Role::service_manager, "/lists/1?place=organisation").status, 403);
    for (const Role role : {Role::peer_representative, Role::commissioner, Role::administrator})
        for (const std::string path :
             {"/lists", "/lists/1", "/lists/1/people.csv", "/api/v1/lists/1", "/lists/1/people.xlsx"})
            EXPECT_EQ(site.get(role, path).status, 403) << path;
}

TEST(WorkLists, no_person_and_no_keyworker_stands_in_an_address_or_the_audit_log) {
    TestSite site;
    const Role role = Role::service_manager;
    const std::string query = own_place(site, role) + "&status=all";
    const auto rows = csv_of(site, role, WorkList::priority_1, query);
    const Response page = site.get(role, "/lists/1?" + query);
    std::string addresses;
    static const std::regex address("(?:href|action|formaction|value)=\"([^\"]*)\"");
    for (std::sregex_iterator match(page.body.begin(), page.body.end(), address), end; match != end; ++match)
        addresses += (*match)[1].str() + "\n";
    for (const AuditEntry& entry : site.audit())
        addresses += entry.detail + "\n" + entry.subject + "\n";
    for (const auto& row : rows) {
        EXPECT_EQ(addresses.find(row.at("client_id")), addresses.npos);
        if (!row.at("keyworker_id").empty()) {
            EXPECT_EQ(addresses.find(row.at("keyworker_id")), addresses.npos);
        }
    }
    EXPECT_THAT(addresses, HasSubstr("list 1, "));
}

TEST(WorkLists, pages_speak_of_review_and_never_of_a_dose_to_give) {
    TestSite site;
    const std::string place = own_place(site, Role::clinician);
    for (std::size_t i = 0; i < work_list_count; ++i) {
        const std::string body =
            site.get(Role::clinician, fmt::format("/lists/{}?{}", text_of(static_cast<WorkList>(i)), place))
                .body;
        EXPECT_THAT(body, HasSubstr("Needs review"));
        EXPECT_THAT(body, HasSubstr("ever recorded"));  // the order is told
        EXPECT_FALSE(std::regex_search(body, std::regex("(increase|raise|reduce) (the dose |it )?to [0-9]")));
    }
    const std::string responses = site.get(Role::clinician, "/responses").body;
    EXPECT_THAT(responses, HasSubstr("Options to think through"));
    EXPECT_FALSE(std::regex_search(responses, std::regex("[0-9] ?mg")));
}

TEST(WorkLists, somebody_is_taken_on_from_the_list) {
    TestSite site;
    const Role role = Role::service_manager;
    const std::string query = own_place(site, role);
    const std::string page = site.get(role, "/lists/1?" + query).body;
    static const std::regex button("formaction=\"([^\"]+)\" name=\"request\" value=\"([^\"]+)\"");
    std::smatch match;
    ASSERT_TRUE(std::regex_search(page, match, button));
    const std::string action = std::regex_replace(match[1].str(), std::regex("&amp;"), "&");
    const Response taken = site.post(
        role, action,
        {{"seen", "0"}, {"assigned_to", site.user_of(role).sign_in_name}, {"request", match[2].str()}});
    EXPECT_EQ(taken.status, 303) << taken.body.substr(0, 500);
    const auto mine = csv_of(site, role, WorkList::priority_1, query + "&assigned=me");
    ASSERT_EQ(mine.size(), 1U);
    EXPECT_EQ(mine[0].at("taken_on_by"), site.user_of(role).sign_in_name);
    EXPECT_THAT(site.get(role, "/lists/1?" + query + "&assigned=me").body, Not(HasSubstr("formaction=")));
}

TEST(WorkLists, the_risk_picture_tells_every_factor_of_people_in_and_out_of_treatment) {
    TestSite site;
    const auto figures = site.figures();
    const auto pictures = figures->pictures(figures->dates().size() - 1);
    bool in = false, out = false;
    for (const PersonPicture& person : pictures->people) {
        if (person.state ? in : out) continue;
        (person.state ? in : out) = true;
        const std::string body =
            site.get(Role::organisation_analyst, "/people/" + figures->reference_of(person.place)).body;
        const auto count = [&](const std::string& text) {
            std::size_t found = 0;
            for (std::size_t at = body.find(text); at != body.npos; at = body.find(text, at + 1))
                ++found;
            return found;
        };
        EXPECT_EQ(count("class=\"app-risk app-risk--"), risk_factor_count);
        for (const Presence presence : {Presence::unknown, Presence::absent, Presence::present})
            EXPECT_EQ(count(fmt::format("app-risk--{}\"", text_of(presence))),
                      static_cast<std::size_t>(count_of(person.risk, presence)));
    }
    EXPECT_TRUE(in && out);
}

}  // namespace

}  // namespace optimat
