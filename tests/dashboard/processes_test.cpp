// Several server processes on one PostgreSQL store behave as one.

#include "store/store_places_for_tests.hpp"
#include "web/site_for_tests.hpp"

#include <atomic>
#include <gmock/gmock.h>
#include <thread>

namespace optimat::dashboard_tests {

namespace {

class SeveralProcesses : public StoreTest {
  protected:
    SeveralProcesses() {
        SynthOptions options;
        options.clients = 300;
        options.services = 3;
        options.months = 8;
        options.out = m_folder.path() / "extract";
        import_synthetic(options, m_place.location());
    }

    TemporaryFolder m_folder;
};

}  // namespace

TEST_P(SeveralProcesses, KnowEachOthersSessionsAndTheirEnds) {
    TestSite one(TestSite::At{m_place.location()}), two(TestSite::At{m_place.location()});
    one.session_of(Role::clinician);
    two.share_sessions_of(one);
    EXPECT_EQ(two.get(Role::clinician, "/tracker").status, 200);
    EXPECT_EQ(one.post(Role::clinician, "/sign-out", {}).status, 303);
    EXPECT_EQ(two.get(Role::clinician, "/tracker").status, 303);
}

TEST_P(SeveralProcesses, TakeEachOthersForms) {
    TestSite one(TestSite::At{m_place.location()}), two(TestSite::At{m_place.location()});
    one.session_of(Role::administrator);
    two.share_sessions_of(one);
    const Response added =
        two.post(Role::administrator, "/users/new",
                 {{"sign_in_name", "new.user"}, {"name", "New"}, {"role", "clinician"}, {"services", "*"}},
                 one.csrf_token_of(Role::administrator));
    EXPECT_EQ(added.status, 200);
    EXPECT_THAT(one.get(Role::administrator, "/users").body, testing::HasSubstr("new.user"));
}

TEST_P(SeveralProcesses, ShowNewDataAtOnceAndTheSameReferences) {
    TestSite one(TestSite::At{m_place.location()}), two(TestSite::At{m_place.location()});
    const auto before = one.figures();
    EXPECT_EQ(before->reference_of({0, 0}), two.figures()->reference_of({0, 0}));
    SynthOptions options;
    options.clients = 320;
    options.services = 3;
    options.months = 8;
    options.seed = 2;
    options.out = m_folder.path() / "second";
    import_synthetic(options, m_place.location());
    EXPECT_NE(one.figures()->info().id, before->info().id);
    EXPECT_EQ(one.figures()->info().id, two.figures()->info().id);
    EXPECT_THAT(two.get(Role::organisation_analyst, "/tracker").body, testing::HasSubstr(">320<"));
}

TEST_P(SeveralProcesses, TellTheSecondOfTwoPeopleWhoChangeOneUser) {
    TestSite one(TestSite::At{m_place.location()}), two(TestSite::At{m_place.location()});
    const User user = one.user_of(Role::clinician);
    const std::string path = "/users/" + std::to_string(user.number);
    const auto form = [&](const char* name) {
        return Parameters{{"name", name},
                          {"role", "clinician"},
                          {"active", "yes"},
                          {"version", std::to_string(user.version)}};
    };
    std::atomic<int> saved{0}, told{0};
    {
        std::vector<std::jthread> people;
        for (TestSite* site : {&one, &two})
            people.emplace_back([&, site] {
                const int status =
                    site->post(Role::administrator, path, form(site == &one ? "One" : "Two")).status;
                if (status == 200) ++saved;
                if (status == 409) ++told;
            });
    }
    EXPECT_EQ(saved, 1);
    EXPECT_EQ(told, 1);
}

TEST_P(SeveralProcesses, BrakeGuessingTogether) {
    TestSite one(TestSite::At{m_place.location()}), two(TestSite::At{m_place.location()});
    const std::string name = one.user_of(Role::clinician).sign_in_name;
    for (int i = 0; i <= free_failures; ++i)
        (i % 2 == 0 ? one : two)
            .post(std::nullopt, "/sign-in", {{"sign_in_name", name}, {"password", "wrong"}});
    for (TestSite* site : {&one, &two})
        EXPECT_THAT(site->post(std::nullopt, "/sign-in",
                               {{"sign_in_name", name}, {"password", "just to look around"}})
                        .body,
                    testing::HasSubstr("too many attempts"));
}

INSTANTIATE_TEST_SUITE_P(OnEveryStore, SeveralProcesses, every_store, kind_of_store);

}  // namespace optimat::dashboard_tests
