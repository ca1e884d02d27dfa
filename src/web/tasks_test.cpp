// The month's tasks, caseloads, naloxone coverage and whether reviewing helped, as people of every role see
// them.

#include "priority/caseload.hpp"
#include "report/number_text.hpp"
#include "store/reviews.hpp"
#include "web/pages_for_tests.hpp"
#include "web/team_book.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

/// Rows of list 2 of a month at the service of the service manager.
std::vector<ListRow> red_rows(TestSite& site, const Pictures& pictures, std::size_t date) {
    const auto figures = site.figures();
    const std::string service = site.user_of(Role::service_manager).services.front();
    return work_list(figures->extract(), pictures, figures->policy(), WorkList::priority_2,
                     *figures->find_place("service:" + service), {}, figures->reviews_to(date));
}

ReviewEntry review_of(TestSite& site, ClientPlace client, Day day) {
    ReviewEntry entry;
    entry.person = site.figures()->reference_of(client);
    entry.at = to_text(day) + "T10:00:00Z";
    entry.author = site.user_of(Role::clinician).sign_in_name;
    entry.author_role = "clinician";
    entry.service = site.user_of(Role::clinician).services.front();
    entry.day = to_text(day);
    entry.lists = {"2"};
    entry.outcomes = {"dose_increased"};
    entry.request = entry.person;
    return entry;
}

void add(TestSite& site, const ReviewEntry& entry) {
    const auto lease = site.site().stores().lease();
    add_review_entry(lease.database(), entry, {});
}

/// Every n-th person of last-but-four month's list 2 is reviewed in the days after it. How many were.
std::int64_t review_some(TestSite& site, std::size_t date, std::size_t nth) {
    const auto figures = site.figures();
    const auto pictures = figures->pictures(date);
    const auto rows = red_rows(site, *pictures, date);
    std::int64_t reviewed = 0;
    for (std::size_t i = 0; i < rows.size(); i += nth, ++reviewed)
        add(site, review_of(site, rows[i].person->place, figures->dates()[date] + 3));
    return reviewed;
}

std::string own_place(TestSite& site, Role role) {
    return "place=" + url_encode("service:" + site.user_of(role).services.front());
}

std::vector<std::map<std::string, std::string>> rows_at(TestSite& site, Role role,
                                                        const std::string& target) {
    const Response response = site.get(role, target);
    EXPECT_EQ(response.status, 200) << target;
    return csv_rows(response.body);
}

TEST(Effect, ReviewedAndNotYetReviewedPeopleAreTogetherTheList) {
    TestSite site;
    const auto figures = site.figures();
    const std::size_t date = figures->dates().size() - 5;
    const auto pictures = figures->pictures(date);
    const auto on_list = static_cast<std::int64_t>(red_rows(site, *pictures, date).size());
    const std::int64_t reviewed = review_some(site, date, 3);
    ASSERT_GT(reviewed, 0);
    const std::string query = fmt::format("{}&month={}&list=2", own_place(site, Role::service_manager),
                                          month_key(figures->dates()[date]));
    const auto rows = rows_at(site, Role::service_manager, "/effect.csv?" + query);
    ASSERT_EQ(rows.size(), 8u);
    for (const auto& row : rows) {
        const std::int64_t all = row.at("group") == "Reviewed" ? reviewed : on_list - reviewed;
        EXPECT_EQ(std::stoll(row.at("people")) + std::stoll(row.at("too_early")), all)
            << row.at("days_after");
        EXPECT_EQ(std::stoll(row.at("people")), std::stoll(row.at("in_mat")) +
                                                    std::stoll(row.at("not_in_mat")) +
                                                    std::stoll(row.at("died")));
    }
    EXPECT_EQ(rows[4].at("using_share"), "1.000000") << "everybody on list 2 uses on top that day";
    const auto outcomes = rows_at(site, Role::service_manager, "/effect.csv?table=outcomes&" + query);
    ASSERT_EQ(outcomes.size(), 4u);
    EXPECT_EQ(outcomes[0].at("outcome"), site.site().list_words().reviews.words_of_outcome("dose_increased"));
    const std::string page = site.get(Role::service_manager, "/effect?" + query).body;
    EXPECT_NE(page.find(fmt::format("{} reviewed after", people_text(reviewed))), page.npos);
    EXPECT_NE(page.find("A comparison, not a trial."), page.npos);
}

TEST(Effect, IsNoPageOfCommissioners) {
    TestSite site;
    EXPECT_EQ(site.get(Role::commissioner, "/effect").status, 403);
    EXPECT_EQ(site.get(Role::peer_representative, "/effect").status, 200);
    EXPECT_EQ(site.get(Role::peer_representative, "/effect?list=9").status, 400);
}

TEST(Caseloads, AreTogetherThePeopleOfThePlace) {
    TestSite site;
    const auto figures = site.figures();
    const std::string query = own_place(site, Role::service_manager);
    const Place& place =
        *figures->find_place("service:" + site.user_of(Role::service_manager).services.front());
    const TrackerCell cell = figures->tracker().at(figures->dates().size() - 1, place);
    std::int64_t in_mat = 0, red = 0, amber = 0, uncategorised = 0;
    for (const auto& row : rows_at(site, Role::service_manager, "/caseloads.csv?" + query)) {
        in_mat += std::stoll(row.at("in_mat"));
        red += std::stoll(row.at("red"));
        amber += std::stoll(row.at("amber"));
        uncategorised += std::stoll(row.at("uncategorised"));
        EXPECT_LE(std::stoll(row.at("people_to_review")),
                  std::stoll(row.at("in_mat")) + std::stoll(row.at("out_of_cover")));
    }
    EXPECT_EQ(in_mat, cell.in_mat());
    EXPECT_EQ(red, cell.of(TrackerGroup::red));
    EXPECT_EQ(amber, cell.of(TrackerGroup::amber));
    EXPECT_EQ(uncategorised, cell.of(TrackerGroup::uncategorised));
}

TEST(Caseloads, OfARecoveryWorkerAreTheOwnOnly) {
    TestSite site;
    const User worker = site.user_of(Role::recovery_worker);
    const auto rows =
        rows_at(site, Role::recovery_worker, "/caseloads.csv?" + own_place(site, Role::recovery_worker));
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].at("keyworker_id"), worker.keyworker_id);
    for (const Role role : {Role::peer_representative, Role::commissioner, Role::administrator})
        EXPECT_EQ(site.get(role, "/caseloads").status, 403);
    EXPECT_EQ(site.get(Role::service_manager, "/caseloads?place=organisation").status, 403);
}

TEST(Naloxone, OfServicesSumsToTheOrganisation) {
    TestSite site;
    const auto whole = rows_at(site, Role::peer_representative, "/naloxone.csv?place=organisation");
    ASSERT_EQ(whole.size(), 1u);
    std::int64_t people = 0, supplied = 0;
    for (const auto& row : rows_at(site, Role::peer_representative,
                                   "/naloxone.csv?place=organisation&table=naloxone_services")) {
        people += std::stoll(row.at("mat2_people"));
        supplied += std::stoll(row.at("mat2_supplied"));
    }
    EXPECT_EQ(std::to_string(people), whole[0].at("mat2_people"));
    EXPECT_EQ(std::to_string(supplied), whole[0].at("mat2_supplied"));
    EXPECT_GT(supplied, 0);
}

TEST(Tasks, EveryRoleComesToThePageItNeeds) {
    TestSite site;
    for (const Role role : {Role::service_manager, Role::clinician, Role::recovery_worker, Role::data_manager,
                            Role::organisation_analyst, Role::peer_representative}) {
        const Response page = site.get(role, "/");
        EXPECT_EQ(page.status, 200) << text_of(role);
        EXPECT_NE(page.body.find("Tasks for the month"), page.body.npos);
    }
    EXPECT_EQ(site.get(Role::commissioner, "/").status, 303);
    EXPECT_EQ(site.get(Role::administrator, "/").status, 303);
    const std::string peers = site.get(Role::peer_representative, "/").body;
    EXPECT_EQ(peers.find("href=\"/lists"), peers.npos) << "a peer representative opens no list";
    EXPECT_EQ(peers.find("Still to review"), peers.npos);
    const std::string other = site.get(Role::service_manager, "/?place=organisation").body;
    EXPECT_EQ(other.find("Still to review"), other.npos) << "lists of other services are not the manager's";
}

TEST(Tasks, WhatWaitsIsTheClinicians) {
    TestSite site;
    const auto figures = site.figures();
    const std::size_t newest = figures->dates().size() - 1;
    const auto pictures = figures->pictures(newest);
    const auto rows = red_rows(site, *pictures, newest);
    ASSERT_GE(rows.size(), 3u);
    ReviewEntry waiting = review_of(site, rows[0].person->place, figures->dates()[newest] + 2);
    waiting.author = site.user_of(Role::recovery_worker).sign_in_name;
    waiting.author_role = "recovery_worker";
    waiting.needs_co_signature = true;
    add(site, waiting);
    ReviewEntry escalated = review_of(site, rows[1].person->place, figures->dates()[newest] + 2);
    escalated.author = site.user_of(Role::service_manager).sign_in_name;
    escalated.author_role = "service_manager";
    escalated.reason = "sanction";
    escalated.escalated = true;
    add(site, escalated);
    ReviewEntry claim = review_of(site, rows[2].person->place, figures->dates()[newest] + 1);
    claim.kind = EntryKind::claim;
    claim.lists.clear();
    claim.outcomes.clear();
    claim.assigned_to = site.user_of(Role::clinician).sign_in_name;
    add(site, claim);
    const std::string page = site.get(Role::clinician, "/").body;
    EXPECT_NE(page.find("3 tasks wait for you, 2 overdue."), page.npos);
    const std::string list = site.site().list_words().lists.list(WorkList::priority_2).title;
    EXPECT_TRUE(std::regex_search(page, std::regex("A review is due by [0-9A-Za-z ]+: [^<]*" + list)))
        << "a claim says on which list";
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NE(page.find("/people/" + figures->reference_of(rows[i].person->place)), page.npos) << i;
        const std::string id(
            figures->extract().chunks[rows[i].person->place.chunk].client_ids[rows[i].person->place.client]);
        EXPECT_EQ(page.find(">" + id + "<"), page.npos) << "the first page names nobody";
    }
    const std::string manager = site.get(Role::service_manager, "/").body;
    EXPECT_NE(manager.find("Nothing waits for you by name"), manager.npos);
}

TEST(Tasks, TheCardsSayWhatTheTableSays) {
    TestSite site;
    const auto figures = site.figures();
    const std::size_t newest = figures->dates().size() - 1;
    const auto pictures = figures->pictures(newest);
    const auto rows = red_rows(site, *pictures, newest);
    ReviewEntry waiting = review_of(site, rows.at(0).person->place, figures->dates()[newest] + 2);
    waiting.needs_co_signature = true;
    add(site, waiting);
    const std::string page = site.get(Role::service_manager, "/").body;
    const std::string title = site.site().list_words().lists.list(WorkList::priority_2).title;
    const auto number_after = [&](const std::string& before) {
        std::smatch found;
        EXPECT_TRUE(std::regex_search(page, found, std::regex(before + "[^0-9]*([0-9,]+)</a>"))) << before;
        return found[1].str();
    };
    const std::string card = number_after("<dt>" + title + "</dt>.*?app-key__number\">[^>]*>");
    EXPECT_NE(page.find(title + "</a></th><td class=\"app-number\">" + card + "</td>"), page.npos)
        << "the card says " << card;
    EXPECT_NE(page.find("still to review · 1 awaiting a co-signature"), page.npos);
}

TEST(Tasks, TheDataManagerIsToldWhenDataAreLate) {
    TestSite site;
    EXPECT_EQ(site.get(Role::data_manager, "/").body.find("take in the next extract"), std::string::npos);
    site.now += 86'400 * 60;
    site.forget_sessions();
    EXPECT_NE(site.get(Role::data_manager, "/").body.find("take in the next extract"), std::string::npos);
}

}  // namespace

}  // namespace optimat
