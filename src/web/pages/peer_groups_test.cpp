#include "store/peer_groups.hpp"
#include "web/pages_for_tests.hpp"

#include <gmock/gmock.h>

namespace optimat {

namespace {

using testing::HasSubstr;

constexpr Role analyst = Role::organisation_analyst, manager = Role::service_manager;

Parameters typed(const std::string& name, const std::vector<std::string>& services,
                 const std::string& version = {}) {
    Parameters form = {{"name", name}};
    for (const std::string& service : services)
        form.push_back({"services", service});
    if (!version.empty()) form.push_back({"version", version});
    return form;
}

std::vector<SavedPeerGroup> stored(TestSite& site) {
    const auto lease = site.site().stores().lease();
    return list_peer_groups(lease.database());
}

std::string version_on(const Response& page) {
    std::smatch match;
    EXPECT_TRUE(std::regex_search(page.body, match, std::regex("name=\"version\" value=\"([0-9]+)\"")));
    return match[1];
}

}  // namespace

TEST(PeerGroupPages, AGroupIsSavedAndOffered) {
    TestSite site;
    EXPECT_EQ(site.post(manager, "/peer-groups/new", typed("City", {"S0003", "S0001"})).status, 200);
    ASSERT_EQ(stored(site).size(), 1u);
    EXPECT_THAT(stored(site).front().services, testing::ElementsAre("S0001", "S0003"));
    EXPECT_EQ(stored(site).front().author, site.user_of(manager).sign_in_name);
    EXPECT_THAT(site.get(manager, "/peer-groups").body, HasSubstr(">City</a>"));
    EXPECT_THAT(site.get(manager, "/compare").body, HasSubstr("value=\"saved_group:1\""));
    EXPECT_EQ(site.audit().front().action, "save_peer_group");
}

TEST(PeerGroupPages, WhatIsMissingIsToldAndWhatWasTypedStays) {
    TestSite site;
    const Response nameless = site.post(manager, "/peer-groups/new", typed("", {"S0001", "S0002"}));
    EXPECT_EQ(nameless.status, 422);
    EXPECT_THAT(nameless.body, HasSubstr("Write a name for the group"));
    EXPECT_TRUE(std::regex_search(nameless.body, std::regex("value=\"S0002\"[^>]* checked")));
    const Response lonely = site.post(manager, "/peer-groups/new", typed("Alone", {"S0001"}));
    EXPECT_EQ(lonely.status, 422);
    EXPECT_THAT(lonely.body, HasSubstr("value=\"Alone\""));
    EXPECT_TRUE(stored(site).empty());
}

TEST(PeerGroupPages, TwoGroupsMayNotHaveOneName) {
    TestSite site;
    site.post(manager, "/peer-groups/new", typed("City", {"S0001", "S0002"}));
    EXPECT_EQ(site.post(manager, "/peer-groups/new", typed("City", {"S0003", "S0002"})).status, 422);
    EXPECT_EQ(stored(site).size(), 1u);
}

TEST(PeerGroupPages, TheSecondOfTwoEditorsIsToldAndKeepsWhatTheyTyped) {
    TestSite site;
    site.post(manager, "/peer-groups/new", typed("City", {"S0001", "S0002"}));
    const std::string version = version_on(site.get(manager, "/peer-groups/1"));
    EXPECT_EQ(site.post(manager, "/peer-groups/1", typed("Town", {"S0001", "S0002"}, version)).status, 200);
    const Response late = site.post(analyst, "/peer-groups/1", typed("Village", {"S0004", "S0005"}, version));
    EXPECT_EQ(late.status, 409);
    EXPECT_THAT(late.body, HasSubstr("value=\"Village\""));
    EXPECT_THAT(late.body, HasSubstr("Stored now: Town"));
    EXPECT_EQ(stored(site).front().name, "Town");
    EXPECT_EQ(
        site.post(analyst, "/peer-groups/1", typed("Village", {"S0004", "S0005"}, version_on(late))).status,
        200);
    EXPECT_EQ(stored(site).front().name, "Village");
}

TEST(PeerGroupPages, OnlyWhatOneHasSeenIsRemoved) {
    TestSite site;
    site.post(manager, "/peer-groups/new", typed("City", {"S0001", "S0002"}));
    site.post(manager, "/peer-groups/1", typed("Town", {"S0001", "S0002"}, "1"));
    EXPECT_EQ(site.post(analyst, "/peer-groups/1/remove", {{"version", "1"}}).status, 409);
    EXPECT_EQ(stored(site).size(), 1u);
    EXPECT_EQ(site.post(analyst, "/peer-groups/1/remove", {{"version", "2"}}).status, 303);
    EXPECT_TRUE(stored(site).empty());
    EXPECT_EQ(site.audit().front().action, "remove_peer_group");
    EXPECT_EQ(site.get(analyst, "/peer-groups/1").status, 404);
}

TEST(PeerGroupPages, OnlyThoseWhoManageGroupsMay) {
    TestSite site;
    for (const Role role :
         {Role::recovery_worker, Role::peer_representative, Role::commissioner, Role::administrator}) {
        EXPECT_EQ(site.get(role, "/peer-groups").status, 403);
        EXPECT_EQ(site.post(role, "/peer-groups/new", typed("City", {"S0001", "S0002"})).status, 403);
    }
    EXPECT_TRUE(stored(site).empty());
}

}  // namespace optimat
