// Claims, reviews and signatures through the pages: what is written, what the lists make of it, and that
// nothing is lost.

#include "store/reviews.hpp"
#include "web/pages_for_tests.hpp"
#include "web/person_lists.hpp"
#include "web/route.hpp"
#include "web/team_book.hpp"

#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <regex>
#include <sstream>

namespace optimat {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr Role worker = Role::recovery_worker, manager = Role::service_manager, clinician = Role::clinician,
               analyst = Role::organisation_analyst;

class ReviewPages : public testing::Test {
  protected:
    /// The reference of somebody of the newest month whom all of the roles may see.
    std::string somebody(const std::function<bool(const PersonPicture&)>& is,
                         const std::vector<Role>& roles = {manager}) {
        const auto all = site.figures();
        const auto pictures = all->pictures(all->dates().size() - 1);
        for (const PersonPicture& person : pictures->people)
            if (is(person) && std::ranges::all_of(roles, [&](Role role) {
                    return may_see(site.user_of(role), *all, person.place);
                }))
                return all->reference_of(person.place);
        throw std::logic_error("the invented organisation has nobody like that");
    }
    /// Red and not being reduced, for whom a review asks nothing more.
    std::string red_person() {
        return somebody([](const PersonPicture& person) {
            return person.state && person.state->cohort == Cohort::red &&
                   person.state->regime == Regime::fixed;
        });
    }
    std::string reducing_person() {
        return somebody([](const PersonPicture& person) {
            return person.state &&
                   (person.state->regime == Regime::reducing || person.state->regime == Regime::detox);
        });
    }
    /// On the recovery worker's caseload.
    std::string own_person() {
        return somebody(
            [](const PersonPicture& person) {
                return person.state && person.state->stage == Stage::mat2 &&
                       person.state->regime == Regime::fixed;
            },
            {worker, clinician, manager});
    }

    std::vector<ReviewEntry> entries(const std::string& person) {
        const auto lease = site.site().stores().lease();
        return review_entries_of(lease.database(), person);
    }
    std::shared_ptr<const TeamFold> fold() {
        const auto lease = site.site().stores().lease();
        return site.site().team_book().read(lease.database(), *site.figures());
    }
    /// The texts of the lists that the person is on, in their order.
    std::vector<std::string> lists_of(const std::string& person) {
        std::vector<std::string> texts;
        for (const auto& [list, status] : standing(person))
            texts.emplace_back(text_of(list));
        return texts;
    }
    /// How the person stands on each list.
    std::vector<std::pair<WorkList, ReviewStatus>> standing(const std::string& person) {
        const auto all = site.figures();
        const auto pictures = all->pictures(all->dates().size() - 1);
        const auto team = fold();
        std::vector<std::pair<WorkList, ReviewStatus>> found;
        for (std::size_t i = 0; i < work_list_count; ++i)
            for (const ListRow& row :
                 work_list(all->extract(), *pictures, all->policy(), static_cast<WorkList>(i),
                           all->places().front(), team->records, OptionalDay{}))
                if (all->reference_of(row.person->place) == person)
                    found.emplace_back(static_cast<WorkList>(i), row.standing.status);
        return found;
    }
    ReviewStatus status_on(const std::string& person, WorkList list) {
        for (const auto& [on, status] : standing(person))
            if (on == list) return status;
        throw std::logic_error("the person is not on the list");
    }

    /// A review's form as it is sent: all lists of the person, today, and what is given.
    Parameters review(const std::string& person, const std::string& request, std::int64_t seen,
                      const Parameters& more) {
        Parameters form = {{"seen", fmt::format("{}", seen)}, {"request", request}, {"day", "2018-11-05"}};
        for (const std::string& list : lists_of(person))
            form.push_back({"lists", list});
        form.insert(form.end(), more.begin(), more.end());
        return form;
    }
    Response send(Role role, const std::string& person, const Parameters& form,
                  const std::string& query = "") {
        return site.post(role, "/people/" + person + "/review" + query, form);
    }
    Parameters step(const std::string& request, std::int64_t seen) {
        return {{"seen", fmt::format("{}", seen)}, {"request", request}};
    }

    TestSite site;
};

std::string hidden(const Response& page, const std::string& name) {
    std::smatch match;
    EXPECT_TRUE(std::regex_search(page.body, match, std::regex("name=\"" + name + "\" value=\"([^\"]*)\"")))
        << name;
    return match[1];
}

TEST_F(ReviewPages, SomebodyIsTakenOnAndReviewedAndNoMoreToReview) {
    const std::string person = red_person();
    const std::string page = "/people/" + person;
    ASSERT_EQ(status_on(person, WorkList::priority_2), ReviewStatus::still_to_review);
    EXPECT_THAT(site.get(clinician, page).body,
                AllOf(HasSubstr("still to review"), HasSubstr("Nobody has taken this person on.")));

    const std::string own = site.user_of(clinician).sign_in_name;
    const Response claimed =
        site.post(clinician, page + "/claim", {{"seen", "0"}, {"request", "c1"}, {"assigned_to", own}});
    ASSERT_EQ(claimed.status, 303);
    EXPECT_THAT(std::string(*find_parameter(claimed.headers, "Location")), testing::EndsWith("#reviews"));
    EXPECT_THAT(site.get(manager, page).body,
                HasSubstr("Taken on by " + own + ", review due 19 November 2018"));
    EXPECT_EQ(fold()->records.begin()->second.claim->assigned_to, own);

    const Response form = site.get(clinician, page + "/review");
    EXPECT_EQ(form.status, 200);
    EXPECT_EQ(hidden(form, "seen"), fmt::format("{}", entries(person).back().number));
    const Parameters typed = review(
        person, hidden(form, "request"), entries(person).back().number,
        {{"outcomes", "dose_increased"}, {"outcomes", "naloxone_supplied"}, {"note", "agreed <together>"}});
    ASSERT_EQ(send(clinician, person, typed).status, 303);
    for (const auto& [list, status] : standing(person))
        EXPECT_EQ(status, ReviewStatus::reviewed) << text_of(list);
    EXPECT_FALSE(fold()->records.begin()->second.claim.has_value()) << "the review ends the claim";
    EXPECT_THAT(
        site.get(manager, page).body,
        AllOf(
            HasSubstr("Review of 5 November 2018: Dose increased, or an increase agreed; Naloxone supplied."),
            HasSubstr("agreed &lt;together&gt;"), HasSubstr(own + ", clinician, 5 November 2018, 09:30 UTC"),
            Not(HasSubstr("still to review"))));
    const ReviewEntry stored = entries(person).back();
    EXPECT_EQ(stored.as_at, "2018-10-31");
    EXPECT_EQ(stored.service, site.user_of(manager).services.front());
    EXPECT_FALSE(stored.needs_co_signature);
}

TEST_F(ReviewPages, TwoWhoWriteAtOnceLoseNothing) {
    const std::string person = red_person();
    const Parameters first =
        review(person, "r1", 0, {{"outcomes", "naloxone_supplied"}, {"note", "first one's words"}});
    const Parameters second =
        review(person, "r2", 0, {{"outcomes", "declined"}, {"note", "second one's words"}});
    ASSERT_EQ(send(manager, person, first).status, 303);
    const Response told = send(clinician, person, second);
    EXPECT_EQ(told.status, 409);
    EXPECT_THAT(told.body, AllOf(HasSubstr("Somebody else has written about this person meanwhile"),
                                 HasSubstr("first one&#39;s words"), HasSubstr("second one&#39;s words")));
    EXPECT_TRUE(std::regex_search(told.body, std::regex("value=\"declined\"[^>]* checked")));
    EXPECT_EQ(hidden(told, "request"), "r2");
    EXPECT_EQ(entries(person).size(), 1u);
    const Parameters again = review(person, "r2", std::stoll(hidden(told, "seen")),
                                    {{"outcomes", "declined"}, {"note", "second one's words"}});
    ASSERT_EQ(send(clinician, person, again).status, 303);
    const auto both = entries(person);
    ASSERT_EQ(both.size(), 2u);
    EXPECT_EQ(both[0].note, "first one's words");
    EXPECT_EQ(both[1].note, "second one's words");
}

TEST_F(ReviewPages, TheSameFormTwiceIsOneReviewAndAChangedOneCorrectsIt) {
    const std::string person = red_person();
    const Parameters form = review(person, "r1", 0, {{"outcomes", "naloxone_supplied"}});
    EXPECT_EQ(send(manager, person, form).status, 303);
    EXPECT_EQ(send(manager, person, form).status, 303);
    ASSERT_EQ(entries(person).size(), 1u);
    const Response told =
        send(manager, person, review(person, "r1", 0, {{"outcomes", "referred"}, {"note", "changed since"}}));
    EXPECT_EQ(told.status, 409);
    EXPECT_THAT(told.body, AllOf(HasSubstr("This form has been saved before"), HasSubstr("changed since"),
                                 HasSubstr("about=1")));
    const Parameters again =
        review(person, hidden(told, "request"), 1, {{"outcomes", "referred"}, {"note", "changed since"}});
    EXPECT_EQ(send(manager, person, again, "?about=1").status, 303);
    EXPECT_EQ(entries(person).back().about, 1);
    EXPECT_THAT(fold()->records.begin()->second.reviews, SizeIs(1));
}

TEST_F(ReviewPages, ACorrectionStandsInThePlaceOfWhatItCorrects) {
    const std::string person = red_person();
    ASSERT_EQ(
        send(manager, person, review(person, "r1", 0, {{"outcomes", "naloxone_supplied"}, {"note", "kept"}}))
            .status,
        303);
    const Response form = site.get(manager, "/people/" + person + "/review?about=1");
    EXPECT_THAT(form.body, AllOf(HasSubstr("Correct review No. 1"), HasSubstr(">kept</textarea>")));
    EXPECT_TRUE(std::regex_search(form.body, std::regex("value=\"naloxone_supplied\"[^>]* checked")));
    ASSERT_EQ(send(manager, person, review(person, "r2", 1, {{"outcomes", "referred"}}), "?about=1").status,
              303);
    EXPECT_THAT(fold()->records.begin()->second.reviews.front().outcomes, ElementsAre("referred"));
    EXPECT_THAT(site.get(manager, "/people/" + person).body,
                AllOf(HasSubstr("<s>Review of 5 November 2018: Naloxone supplied."),
                      HasSubstr("corrected by 2"),
                      HasSubstr("Correction, review of 5 November 2018: Referred.")));
    EXPECT_EQ(site.post(manager, "/people/" + person + "/withdraw?about=2", step("w1", 2)).status, 303);
    EXPECT_EQ(status_on(person, WorkList::priority_2), ReviewStatus::still_to_review);
    EXPECT_EQ(site.post(manager, "/people/" + person + "/withdraw?about=2", step("w2", 3)).status, 400);
    EXPECT_EQ(site.get(manager, "/people/" + person + "/review?about=99").status, 404);
}

TEST_F(ReviewPages, AreForTheListThatTheFormWasOpenedFrom) {
    const std::string person = red_person();
    const auto ticked = [&](const std::string& query) {
        const std::string body = site.get(manager, "/people/" + person + "/review" + query).body;
        const std::regex box("name=\"lists\"[^>]* value=\"([^\"]*)\"[^>]* checked");
        std::vector<std::string> found;
        for (std::sregex_iterator match(body.begin(), body.end(), box), end; match != end; ++match)
            found.push_back((*match)[1]);
        return found;
    };
    const auto all = lists_of(person);
    ASSERT_GT(all.size(), 1u);
    EXPECT_EQ(ticked("?list=2"), std::vector<std::string>{"2"});
    EXPECT_EQ(ticked(""), all);
    EXPECT_EQ(ticked("?list=6"), all) << "of a list that the person is not on";
    EXPECT_EQ(ticked("?list=%3Cb%3E"), all);
}

TEST_F(ReviewPages, AReturnToMaintenanceByAWorkerWaitsForAClinician) {
    const std::string person = own_person();
    ASSERT_EQ(send(worker, person, review(person, "r1", 0, {{"outcomes", "returned_to_maintenance"}})).status,
              303);
    EXPECT_TRUE(entries(person).back().needs_co_signature);
}

TEST_F(ReviewPages, OfTwoWhoCorrectAtOnceTheSecondIsAimedAtWhatStands) {
    const std::string person = own_person();
    const auto corrected = [&](const std::string& request, std::int64_t seen, const std::string& note) {
        return review(person, request, seen, {{"outcomes", "referred"}, {"note", note}});
    };
    ASSERT_EQ(send(worker, person, corrected("r1", 0, "first")).status, 303);
    ASSERT_EQ(send(manager, person, corrected("r2", 1, "manager's"), "?about=1").status, 303);
    const Response told = send(worker, person, corrected("r3", 1, "worker's"), "?about=1");
    EXPECT_EQ(told.status, 409);
    EXPECT_THAT(told.body, AllOf(HasSubstr("Correct review No. 2"), HasSubstr("about=2"),
                                 HasSubstr("manager&#39;s"), HasSubstr("worker&#39;s</textarea>")));
    EXPECT_EQ(site.get(worker, "/people/" + person + "/review?about=1").status, 409);
    EXPECT_EQ(send(worker, person, corrected("r3", 2, "worker's"), "?about=1").status, 409)
        << "having seen it makes no second correction of the same either";
    ASSERT_EQ(send(worker, person, corrected("r3", 2, "worker's"), "?about=2").status, 303);
    EXPECT_EQ(send(worker, person, corrected("r3", 2, "worker's"), "?about=2").status, 303) << "sent twice";
    EXPECT_THAT(entries(person), SizeIs(3));
    ASSERT_THAT(fold()->records.begin()->second.reviews, SizeIs(1));
    EXPECT_EQ(fold()->records.begin()->second.reviews.front().number, 3);

    ASSERT_EQ(site.post(manager, "/people/" + person + "/withdraw?about=3", step("w1", 3)).status, 303);
    const Response withdrawn = send(worker, person, corrected("r4", 3, "later words"), "?about=3");
    EXPECT_EQ(withdrawn.status, 409);
    EXPECT_THAT(withdrawn.body, AllOf(HasSubstr("has been withdrawn meanwhile"), HasSubstr("later words"),
                                      HasSubstr("Record a review"), Not(HasSubstr("about="))));
    EXPECT_THAT(entries(person), SizeIs(4));
}

TEST_F(ReviewPages, WhatWasCorrectedIsNotSignedOrWithdrawn) {
    const std::string person = own_person();
    const std::string page = "/people/" + person;
    ASSERT_EQ(send(worker, person, review(person, "r1", 0, {{"outcomes", "dose_increased"}})).status, 303);
    ASSERT_EQ(send(worker, person, review(person, "r2", 1, {{"outcomes", "medication_changed"}}), "?about=1")
                  .status,
              303);
    for (const std::string what : {"/co-sign", "/withdraw"}) {
        const Response told = site.post(clinician, page + what + "?about=1", step("s" + what, 1));
        EXPECT_EQ(told.status, 409);
        EXPECT_THAT(told.body, AllOf(HasSubstr("Correction, review of"), HasSubstr("Back to the person"),
                                     Not(HasSubstr("name=\"request\""))))
            << what;
        EXPECT_EQ(site.post(clinician, page + what + "?about=1", step("s" + what, 2)).status, 400) << what;
    }
    EXPECT_THAT(entries(person), SizeIs(2));
    EXPECT_EQ(site.post(clinician, page + "/co-sign?about=2", step("s1", 2)).status, 303);
    EXPECT_THAT(fold()->awaiting_co_signature, IsEmpty());
}

TEST_F(ReviewPages, AClaimChangedAndSentAgainIsNotDropped) {
    const std::string person = own_person();
    const std::string page = "/people/" + person;
    const std::string first = site.user_of(clinician).sign_in_name, other = site.user_of(worker).sign_in_name;
    const auto claim = [&](const std::string& request, std::int64_t seen, const std::string& to) {
        return site.post(clinician, page + "/claim",
                         {{"seen", fmt::format("{}", seen)}, {"request", request}, {"assigned_to", to}});
    };
    ASSERT_EQ(claim("c1", 0, first).status, 303);
    ASSERT_EQ(claim("c1", 0, first).status, 303) << "sent twice";
    const Response told = claim("c1", 0, other);
    EXPECT_EQ(told.status, 409);
    EXPECT_THAT(told.body, HasSubstr("This form has been saved before"));
    EXPECT_TRUE(std::regex_search(told.body, std::regex("value=\"" + other + "\"[^>]* selected")));
    EXPECT_NE(hidden(told, "request"), "c1");
    ASSERT_EQ(claim(hidden(told, "request"), std::stoll(hidden(told, "seen")), other).status, 303);
    EXPECT_EQ(entries(person).back().assigned_to, other);

    // The text of another form: what is pressed is not what was stored.
    const Response release = site.post(clinician, page + "/release", step("c1", 2));
    EXPECT_EQ(release.status, 409);
    EXPECT_NE(hidden(release, "request"), "c1");
    ASSERT_EQ(site.post(clinician, page + "/release", step(hidden(release, "request"), 2)).status, 303);
    EXPECT_EQ(claim("c1", 0, first).status, 409) << "it was given back since";
    EXPECT_FALSE(fold()->records.begin()->second.claim.has_value());
    EXPECT_EQ(site.post(clinician, page + "/release", step("g1", 3)).status, 409) << "nobody has them";
    EXPECT_THAT(entries(person), SizeIs(3));
}

TEST_F(ReviewPages, WhoEscalatedAReviewDoesNotAcknowledgeIt) {
    const std::string person = reducing_person();
    const std::string page = "/people/" + person;
    ASSERT_EQ(send(clinician, person,
                   review(person, "r1", 0, {{"outcomes", "psi_intensified"}, {"reason", "sanction"}}))
                  .status,
              303);
    EXPECT_THAT(site.get(clinician, page).body,
                AllOf(HasSubstr("escalated: a clinician has to see it"), Not(HasSubstr("I have seen this"))));
    EXPECT_EQ(site.post(clinician, page + "/acknowledge?about=1", step("a1", 1)).status, 400);
    EXPECT_THAT(fold()->escalations, SizeIs(1));
}

TEST_F(ReviewPages, APrescribingDecisionOfAWorkerWaitsForAClinician) {
    const std::string person = own_person();
    const std::string page = "/people/" + person;
    const Parameters form = review(person, "r1", 0, {{"outcomes", "dose_increased"}});
    ASSERT_EQ(send(worker, person, form).status, 303);
    EXPECT_EQ(status_on(person, WorkList::priority_1), ReviewStatus::awaiting_co_signature);
    EXPECT_THAT(fold()->awaiting_co_signature, SizeIs(1));
    EXPECT_THAT(site.get(worker, page).body,
                AllOf(HasSubstr("awaiting a co-signature"), Not(HasSubstr(">Co-sign<"))));
    EXPECT_EQ(site.post(worker, page + "/co-sign?about=1", step("s1", 1)).status, 403);
    EXPECT_EQ(site.post(manager, page + "/co-sign?about=1", step("s2", 1)).status, 403);
    EXPECT_EQ(site.audit().front().outcome, AuditOutcome::refused);
    EXPECT_EQ(site.post(clinician, page + "/co-sign?about=1", step("s3", 0)).status, 409) << "seen nothing";
    EXPECT_EQ(site.post(clinician, page + "/co-sign?about=1", step("s3", 1)).status, 303);
    EXPECT_EQ(status_on(person, WorkList::priority_1), ReviewStatus::reviewed);
    EXPECT_THAT(fold()->awaiting_co_signature, IsEmpty());
    EXPECT_THAT(site.get(worker, page).body, HasSubstr("co-signed"));
    EXPECT_EQ(site.post(clinician, page + "/co-sign?about=1", step("s4", 2)).status, 400) << "once";
    EXPECT_EQ(send(worker, person, review(person, "r2", 2, {{"outcomes", "naloxone_supplied"}})).status, 303);
    EXPECT_FALSE(entries(person).back().needs_co_signature);
}

TEST_F(ReviewPages, AskWhyADoseIsReducedAndTellAClinicianOfASanction) {
    const std::string person = reducing_person();
    const std::string page = "/people/" + person;
    EXPECT_THAT(site.get(manager, page + "/review").body, HasSubstr("Why is the dose being reduced?"));
    const Response asked = send(manager, person, review(person, "r1", 0, {{"outcomes", "psi_intensified"}}));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, HasSubstr("Choose why the dose is being reduced"));
    const Response advice =
        send(manager, person,
             review(person, "r1", 0,
                    {{"outcomes", "psi_intensified"}, {"reason", "client_request_against_advice"}}));
    EXPECT_EQ(advice.status, 422);
    EXPECT_THAT(advice.body, HasSubstr("Say whether the clinical record"));
    ASSERT_EQ(send(manager, person,
                   review(person, "r1", 0,
                          {{"outcomes", "psi_intensified"}, {"reason", "sanction"}, {"advice", "recorded"}}))
                  .status,
              303);
    EXPECT_TRUE(entries(person).back().escalated);
    EXPECT_EQ(entries(person).back().advice, "") << "asked of those who reduce against advice only";
    ASSERT_THAT(fold()->escalations, SizeIs(1));
    EXPECT_EQ(fold()->escalations.front().person, person);
    EXPECT_THAT(site.get(manager, page).body,
                AllOf(HasSubstr("escalated: a clinician has to see it"), Not(HasSubstr("I have seen this"))));
    EXPECT_EQ(site.post(manager, page + "/acknowledge?about=1", step("a1", 1)).status, 403);
    EXPECT_THAT(site.get(clinician, page).body, HasSubstr("I have seen this"));
    EXPECT_EQ(site.post(clinician, page + "/acknowledge?about=1", step("a2", 1)).status, 303);
    EXPECT_THAT(fold()->escalations, IsEmpty());
    EXPECT_THAT(site.get(manager, page).body, HasSubstr("seen by a clinician"));
    const Parameters both = review(person, "r3", 2,
                                   {{"outcomes", "not_indicated"},
                                    {"not_indicated_reason", "treatment_suits"},
                                    {"reason", "client_request_against_advice"},
                                    {"advice", "recorded"}});
    ASSERT_EQ(send(manager, person, both).status, 303);
    EXPECT_EQ(entries(person).back().reason, "client_request_against_advice");
    EXPECT_EQ(entries(person).back().not_indicated_reason, "treatment_suits");
    EXPECT_EQ(entries(person).back().advice, "recorded");
    EXPECT_TRUE(entries(person).back().needs_co_signature);
}

TEST_F(ReviewPages, SayWhatIsWrongAndKeepWhatWasTyped) {
    const std::string person = red_person();
    struct Wrong {
        Parameters fields;
        std::string words;
    };
    const std::string note(2001, 'n');
    const std::vector<Wrong> cases = {
        {{}, "Choose what was decided"},
        {{{"outcomes", "made_up"}}, "Choose what was decided from the list"},
        {{{"outcomes", "declined"}, {"outcomes", "referred"}}, "cannot be recorded with something else"},
        {{{"outcomes", "not_indicated"}}, "Choose why nothing is to be changed"},
        {{{"outcomes", "not_indicated"}, {"not_indicated_reason", "sanction"}},
         "Choose why nothing is to be changed"},
        {{{"outcomes", "deferred"}}, "Write the day to which the review is put off"},
        {{{"outcomes", "deferred"}, {"deferred_to", "2018-11-05"}}, "to a day after today"},
        {{{"outcomes", "deferred"}, {"deferred_to", "2019-02-06"}}, "for 3 months at most"},
        {{{"outcomes", "referred"}, {"lists", "6"}}, "Choose from the lists that the person is on"},
        {{{"outcomes", "referred"}, {"note", note}}, "The note is longer"}};
    for (const Wrong& wrong : cases) {
        Parameters form = review(person, "r1", 0, wrong.fields);
        if (form.back().name != "note") form.push_back({"note", "typed words"});
        const Response page = send(manager, person, form);
        EXPECT_EQ(page.status, 422) << wrong.words;
        EXPECT_THAT(page.body, AllOf(HasSubstr(wrong.words), HasSubstr(form.back().value + "</textarea>")));
        EXPECT_EQ(site.audit().front().outcome, AuditOutcome::failed);
    }
    for (const std::string& broken : {std::string("a\xff"), std::string("a\0b", 3)})
        EXPECT_EQ(send(manager, person, review(person, "r1", 0, {{"outcomes", "referred"}, {"note", broken}}))
                      .status,
                  422);
    for (const auto& [day, words] :
         std::vector<std::pair<std::string, std::string>>{{"2018-11-06", "in the future"},
                                                          {"2018-09-30", "1 October 2018 or later"},
                                                          {"5.11.", "Write the day of the review"}}) {
        Parameters form = review(person, "r1", 0, {{"outcomes", "referred"}});
        std::ranges::find(form, std::string("day"), &Parameter::name)->value = day;
        EXPECT_THAT(send(manager, person, form).body,
                    AllOf(HasSubstr(words), HasSubstr("value=\"" + day + "\"")))
            << day;
    }
    EXPECT_THAT(entries(person), IsEmpty());
    for (const std::string day : {"2018-10-01", "2018-11-05"}) {
        Parameters form =
            review(person, "r" + day, entries(person).empty() ? 0 : entries(person).back().number,
                   {{"outcomes", "deferred"}, {"deferred_to", "2019-02-05"}});
        std::ranges::find(form, std::string("day"), &Parameter::name)->value = day;
        EXPECT_EQ(send(manager, person, form).status, 303) << day;
    }
    EXPECT_EQ(entries(person).back().deferred_to, "2019-02-05");
}

TEST_F(ReviewPages, APersonIsGivenToSomebodyWhoMaySeeThem) {
    const std::string person = own_person();
    const std::string page = "/people/" + person + "/claim";
    const std::string to = site.user_of(worker).sign_in_name;
    EXPECT_THAT(site.get(manager, page).body,
                AllOf(HasSubstr(to), Not(HasSubstr(site.user_of(analyst).sign_in_name))));
    const auto give = [&](const std::string& name, const std::string& day, std::int64_t seen) {
        return site.post(manager, page,
                         {{"seen", fmt::format("{}", seen)},
                          {"request", "g" + name + day},
                          {"assigned_to", name},
                          {"day", day}});
    };
    EXPECT_EQ(give(site.user_of(analyst).sign_in_name, "2018-11-12", 0).status, 422);
    EXPECT_EQ(give(to, "2018-11-04", 0).status, 422);
    EXPECT_EQ(give(to, "2019-11-06", 0).status, 422);
    EXPECT_EQ(give(to, "", 0).status, 422);
    EXPECT_THAT(entries(person), IsEmpty());
    EXPECT_EQ(give(to, "2018-11-12", 0).status, 303);
    EXPECT_THAT(site.get(worker, "/people/" + person).body,
                HasSubstr("Taken on by " + to + ", review due 12 November 2018"));
    const Response conflict = give(site.user_of(manager).sign_in_name, "2018-11-20", 0);
    EXPECT_EQ(conflict.status, 409);
    EXPECT_THAT(conflict.body, AllOf(HasSubstr("Given to " + to), HasSubstr("value=\"2018-11-20\"")));
    site.now += 8 * 86'400;
    site.forget_sessions();
    EXPECT_THAT(site.get(worker, "/people/" + person).body, HasSubstr("12 November 2018: overdue"));
    EXPECT_EQ(site.post(worker, "/people/" + person + "/release", step("b1", 1)).status, 303);
    EXPECT_FALSE(fold()->records.begin()->second.claim.has_value());
}

TEST_F(ReviewPages, AreForThoseWhoMaySeeThePersonAndRecord) {
    const std::string person = own_person();
    const std::string page = "/people/" + person;
    EXPECT_THAT(
        site.get(analyst, page).body,
        AllOf(HasSubstr("Lists and reviews"), Not(HasSubstr("Record a review")), Not(HasSubstr("Take on"))));
    for (const Route& route : routes()) {
        if (route.permission != Permission::record_reviews || route.method != Method::post) continue;
        std::string path(route.path());
        path.replace(path.find("{reference}"), 11, person);
        for (const Role role : {analyst, Role::data_manager, Role::peer_representative, Role::commissioner,
                                Role::administrator})
            EXPECT_EQ(site.post(role, path, {}).status, 403) << path << " " << text_of(role);
        EXPECT_EQ(site.post(std::nullopt, path, {}).status, 401) << path;
    }
    const std::string others = somebody(
        [&](const PersonPicture& picture) { return picture.keyworker != site.user_of(worker).keyworker_id; });
    EXPECT_EQ(send(worker, others, review(others, "r1", 0, {{"outcomes", "referred"}})).status, 403);
    EXPECT_EQ(site.audit().front().outcome, AuditOutcome::refused);
    EXPECT_EQ(site.audit().front().subject, others);
    EXPECT_THAT(entries(others), IsEmpty());
    // Another one's review is corrected by who may also sign or manages the service.
    ASSERT_EQ(send(clinician, person, review(person, "r2", 0, {{"outcomes", "referred"}})).status, 303);
    EXPECT_EQ(send(worker, person, review(person, "r3", 1, {{"outcomes", "declined"}}), "?about=1").status,
              403);
    EXPECT_EQ(site.post(worker, page + "/withdraw?about=1", step("w1", 1)).status, 403);
    EXPECT_EQ(send(manager, person, review(person, "r4", 1, {{"outcomes", "declined"}}), "?about=1").status,
              303);
}

TEST_F(ReviewPages, AreAuditedWithoutWhatIsWrittenInThem) {
    const std::string person = red_person();
    const auto all = site.figures();
    const std::string client(all->extract()
                                 .chunks[all->find_reference(person)->chunk]
                                 .client_ids[all->find_reference(person)->client]);
    ASSERT_EQ(send(manager, person,
                   review(person, "r1", 0, {{"outcomes", "referred"}, {"note", "words of a note"}}))
                  .status,
              303);
    const AuditEntry entry = site.audit().front();
    EXPECT_EQ(entry.action, "record_review");
    EXPECT_EQ(entry.outcome, AuditOutcome::allowed);
    EXPECT_EQ(entry.subject, person);
    EXPECT_EQ(entry.place, "service:" + site.user_of(manager).services.front());
    EXPECT_EQ(entry.detail, "entry 1");
    for (const AuditEntry& any : site.audit())
        EXPECT_THAT(any.detail + any.place, AllOf(Not(HasSubstr(client)), Not(HasSubstr("words of a note"))));
}

TEST_F(ReviewPages, OfSomebodyOutOfCoverAreForTheirOwner) {
    const auto all = site.figures();
    const std::string person =
        somebody([](const PersonPicture& picture) { return picture.out_of_cover.has_value(); });
    const std::string page = "/people/" + person;
    EXPECT_THAT(lists_of(person), ElementsAre("6"));
    ASSERT_EQ(send(manager, person, review(person, "r1", 0, {{"outcomes", "contact_made"}})).status, 303);
    EXPECT_EQ(status_on(person, WorkList::priority_6), ReviewStatus::reviewed);
    EXPECT_EQ(entries(person).back().service, site.user_of(manager).services.front());
    EXPECT_THAT(site.get(manager, page).body, HasSubstr("Contact made with somebody out of cover"));
    // Everybody on list 6 may be opened by the keyworker and the service that own them, and by no other.
    const auto pictures = all->pictures(all->dates().size() - 1);
    std::size_t looked_at = 0;
    for (const PersonPicture& picture : pictures->people) {
        if (!picture.out_of_cover || !picture.service.has_value()) continue;
        User user;
        user.role = worker;
        user.services = {all->extract().services[*picture.service].service_id};
        user.keyworker_id = "nobody's";
        EXPECT_FALSE(may_see(user, *all, picture.place));
        user.keyworker_id = picture.keyworker;
        EXPECT_EQ(may_see(user, *all, picture.place), !picture.keyworker.empty());
        user.services = {"elsewhere"};
        EXPECT_FALSE(may_see(user, *all, picture.place));
        ++looked_at;
    }
    EXPECT_GT(looked_at, 5u);
}

/// An invented extract without the prescriptions of its first client, imported; returns the client's id.
std::string import_with_one_never_prescribed(const std::filesystem::path& folder,
                                             const std::string& location) {
    SynthOptions options;
    options.clients = 60;
    options.services = 2;
    options.months = 4;
    options.out = folder / "extract";
    write_synthetic_extract(options);
    const auto file = options.out / "prescriptions.csv";
    std::ifstream in(file);
    std::string line, kept, client;
    std::getline(in, kept);
    const std::string head = "," + kept + ",";
    const auto column =
        std::count(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(head.find(",client_id,")), ',');
    for (kept += "\n"; std::getline(in, line);) {
        std::istringstream cells(line);
        std::string cell;
        for (std::ptrdiff_t i = 0; i <= column; ++i)
            std::getline(cells, cell, ',');
        if (client.empty()) client = cell;
        if (cell != client) kept += line + "\n";
    }
    in.close();
    std::ofstream(file) << kept;
    const Definitions definitions;
    ReadOptions reading;
    reading.policy = definitions.policy();
    reading.inventory_items = definitions.inventory_items();
    const ReadExtract read = read_usable_extract(options.out, reading);
    Store store(location, StoreAccess::create);
    import_snapshot(store, {read.extract,
                            read.report,
                            reading.policy,
                            options.out,
                            read.files,
                            "0.1.0",
                            "2018-11-02T10:00:00Z",
                            ThreadCount{2},
                            {}});
    return client;
}

TEST(MaySee, SomebodyNeverInMatIsSeenAtTheServiceOfTheirLatestEpisode) {
    const TemporaryFolder folder;
    const std::string location = (folder.path() / "store.sqlite").string();
    const std::string client = import_with_one_never_prescribed(folder.path(), location);
    TestSite site{TestSite::At{location}};
    const auto all = site.figures();
    const auto pictures = all->pictures(all->dates().size() - 1);
    std::optional<ClientPlace> place;
    for (std::size_t chunk = 0; chunk < all->extract().chunks.size(); ++chunk) {
        const auto& ids = all->extract().chunks[chunk].client_ids;
        for (std::uint32_t i = 0; i < ids.size(); ++i)
            if (ids[i] == client) place = ClientPlace{chunk, i};
    }
    ASSERT_TRUE(place);
    const Chunk& chunk = all->extract().chunks[place->chunk];
    ASSERT_EQ(find_person(*pictures, *place), nullptr) << "neither in MAT nor on list 6";
    const Table& episodes = chunk.table(TableKind::episodes);
    const std::uint32_t last = episodes.rows_of(place->client).end - 1;
    const ServiceIndex service = episodes.column<ServiceIndex>(EpisodeField::service_id)[last];
    User user;
    user.role = manager;
    user.services = {all->extract().services[*service].service_id};
    EXPECT_TRUE(may_see(user, *all, *place));
    user.role = worker;
    EXPECT_FALSE(may_see(user, *all, *place)) << "without a caseload";
    user.keyworker_id = chunk.texts[*episodes.column<TextRef>(EpisodeField::keyworker_id)[last]];
    EXPECT_TRUE(may_see(user, *all, *place));
    user.services = {"elsewhere"};
    EXPECT_FALSE(may_see(user, *all, *place));
    user.role = Role::peer_representative;
    user.whole_organisation = true;
    EXPECT_FALSE(may_see(user, *all, *place));
    // Their page has a panel, and a review of theirs is of their service.
    const std::string page = "/people/" + all->reference_of(*place);
    EXPECT_THAT(site.get(analyst, page).body, HasSubstr("On no work list of"));
}

}  // namespace
}  // namespace optimat
