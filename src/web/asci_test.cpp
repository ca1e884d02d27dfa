// An inventory that is answered is known to the lists, the figures and the history at once; nothing is lost
// when two answer, and nothing counts twice when a form is sent twice.

#include "priority/lists.hpp"
#include "report/inventory_texts.hpp"
#include "web/asci_record.hpp"
#include "web/pages_for_tests.hpp"
#include "web/team_book.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace optimat {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr Role clinician = Role::clinician;

std::string own_place(TestSite& site, Role role) {
    return "place=" + url_encode("service:" + site.user_of(role).services.front());
}

/// One person of a block of list 4, or of none, at the clinician's service.
struct Asked {
    ClientPlace place;
    std::string reference;
    std::string address() const { return "/people/" + reference + "/asci"; }
};

std::vector<ListRow> list_4(TestSite& site, const Figures& figures, const TeamFold& team) {
    const std::size_t newest = figures.dates().size() - 1;
    const std::string key = "service:" + site.user_of(clinician).services.front();
    // The pictures are kept by the figures: rows may point into them.
    return work_list(figures.extract(), *figures.pictures(newest), figures.policy(), WorkList::priority_4,
                     *figures.find_place(key), team.records, figures.reviews_to(newest));
}

std::shared_ptr<const TeamFold> team_of(TestSite& site, const Figures& figures) {
    const auto lease = site.site().stores().lease();
    return site.site().team_book().read(lease.database(), figures);
}

Asked somebody_without_inventory(TestSite& site, const Figures& figures, std::size_t which = 0) {
    for (const ListRow& row : list_4(site, figures, *team_of(site, figures)))
        if (row.block == ListBlock::no_current_asci && which-- == 0)
            return {row.person->place, figures.reference_of(row.person->place)};
    throw std::logic_error("everybody has an inventory");
}

std::optional<ListBlock> block_of(TestSite& site, const Figures& figures, const Asked& asked) {
    const auto team = team_of(site, figures);
    for (const ListRow& row : list_4(site, figures, *team))
        if (row.person->place == asked.place) return row.block;
    return std::nullopt;
}

std::string hidden_value(const std::string& page, const std::string& name) {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const std::size_t at = page.find(mark) + mark.size();
    return page.substr(at, page.find('"', at) - at);
}

/// What somebody fills in, with what the form hides.
Parameters filled_in(const std::string& page, const std::vector<std::pair<std::string, std::string>>& answers,
                     const std::string& after = "true") {
    Parameters form = {{"day", "2018-11-05"}, {"supervised_before", "none"}, {"supervised_after", after}};
    for (const char* name : {"request", "seen", "about"})
        form.push_back({name, hidden_value(page, name)});
    for (const auto& [item, answer] : answers)
        form.push_back({"item_" + item, answer});
    return form;
}

const std::vector<std::pair<std::string, std::string>> all_absent = {{"diverted_this_episode", "false"},
                                                                     {"vulnerable_to_exploitation", "false"},
                                                                     {"regular_opioid_use_28d", "false"}};
const std::vector<std::pair<std::string, std::string>> one_present = {{"diverted_this_episode", "true"},
                                                                      {"vulnerable_to_exploitation", "false"},
                                                                      {"regular_opioid_use_28d", "none"}};

std::vector<AsciAnswer> stored(TestSite& site, const Asked& asked) {
    const auto lease = site.site().stores().lease();
    return asci_answers_of(lease.database(), asked.reference);
}

}  // namespace

TEST(AsciForm, AnAnswerIsKnownToListAndHistoryAtOnce) {
    TestSite site;
    const auto figures = site.figures();
    const Asked asked = somebody_without_inventory(site, *figures);
    const auto coverage = [&] {
        return std::stoll(
            csv_rows(site.get(clinician, "/supervision.csv?" + own_place(site, clinician)).body)[0].at(
                "with_current_asci"));
    };
    const std::int64_t before = coverage();
    const std::string form = site.get(clinician, asked.address()).body;
    const Definitions definitions;
    for (const InventoryItemText& item : inventory_texts(definitions.text("inventory.toml"), "").items)
        EXPECT_THAT(form, HasSubstr(item.wording));
    EXPECT_THAT(form, HasSubstr("Write no names"));

    const Response saved = site.post(clinician, asked.address(), filled_in(form, one_present));
    EXPECT_EQ(saved.status, 303);
    const auto answers = stored(site, asked);
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].author, site.user_of(clinician).sign_in_name);
    EXPECT_EQ(answers[0].inventory, "ASCI 1");
    EXPECT_EQ(answers[0].day, "2018-11-05");
    EXPECT_EQ(answers[0].supervised_after, "true");
    EXPECT_EQ(answers[0].items,
              (std::map<std::string, std::string>{{"diverted_this_episode", "true"},
                                                  {"vulnerable_to_exploitation", "false"}}));
    EXPECT_EQ("service:" + answers[0].service, "service:" + site.user_of(clinician).services.front());

    EXPECT_NE(block_of(site, *figures, asked), ListBlock::no_current_asci);
    EXPECT_EQ(coverage(), before + 1);
    const std::string history = site.get(clinician, asked.address()).body;
    EXPECT_THAT(history, HasSubstr("5 November 2018"));
    EXPECT_THAT(history, HasSubstr("diverted this episode"));
    EXPECT_THAT(history, HasSubstr("dashboard, ASCI 1"));
    const std::string person = "/people/" + asked.reference;
    EXPECT_THAT(site.get(clinician, person).body, HasSubstr("id=\"inventories\""));
    EXPECT_THAT(site.get(clinician, person).body, HasSubstr("dashboard, ASCI 1"));
    const auto rows = csv_rows(site.get(clinician, person + "/history.csv?table=inventories").body);
    ASSERT_FALSE(rows.empty());
    EXPECT_EQ(rows[0].at("day"), "2018-11-05");
    EXPECT_EQ(rows[0].at("present"), "diverted this episode");
    EXPECT_EQ(rows[0].at("supervised_after"), "yes");
    const auto audit = site.audit();
    const auto entry = std::ranges::find(audit, "record_inventory", &AuditEntry::action);
    ASSERT_NE(entry, audit.end());
    EXPECT_EQ(entry->subject, asked.reference);
}

TEST(AsciForm, ACorrectionStandsInThePlaceAndWhatIsTakenBackCountsNoMore) {
    TestSite site;
    const auto figures = site.figures();
    const Asked asked = somebody_without_inventory(site, *figures);
    site.post(clinician, asked.address(), filled_in(site.get(clinician, asked.address()).body, one_present));
    const std::string first = std::to_string(stored(site, asked)[0].number);

    const std::string correction = site.get(clinician, asked.address() + "?about=" + first).body;
    EXPECT_THAT(correction, HasSubstr("Save the correction"));
    EXPECT_EQ(hidden_value(correction, "about"), first);
    EXPECT_EQ(site.post(clinician, asked.address(), filled_in(correction, all_absent, "false")).status, 303);
    auto answers = stored(site, asked);
    ASSERT_EQ(answers.size(), 2u) << "nothing is changed, something is added";
    const auto standing = standing_answers(answers);
    ASSERT_EQ(standing.size(), 1u);
    EXPECT_EQ(standing[0]->supervised_after, "false");
    EXPECT_EQ(site.get(clinician, asked.address() + "?about=" + first).status, 404) << "corrected already";
    EXPECT_THAT(site.get(clinician, asked.address()).body, HasSubstr("corrected on 2018-11-05"));

    const std::string second = std::to_string(answers[1].number);
    const std::string back = site.get(clinician, asked.address() + "?about=" + second).body;
    Parameters form = filled_in(back, {});
    form.push_back({"take_back", "yes"});
    EXPECT_EQ(site.post(clinician, asked.address(), form).status, 303);
    answers = stored(site, asked);
    ASSERT_EQ(answers.size(), 3u);
    EXPECT_TRUE(standing_answers(answers).empty());
    EXPECT_EQ(block_of(site, *figures, asked), ListBlock::no_current_asci);
}

TEST(AsciForm, SentTwiceIsOneAnswer) {
    TestSite site;
    const Asked asked = somebody_without_inventory(site, *site.figures());
    const Parameters form = filled_in(site.get(clinician, asked.address()).body, one_present);
    EXPECT_EQ(site.post(clinician, asked.address(), form).status, 303);
    EXPECT_EQ(site.post(clinician, asked.address(), form).status, 303);
    EXPECT_EQ(stored(site, asked).size(), 1u);
}

TEST(AsciForm, ChangedAndSentAgainItIsNotDroppedAndCorrectsTheFirst) {
    TestSite site;
    const Asked asked = somebody_without_inventory(site, *site.figures());
    const std::string form = site.get(clinician, asked.address()).body;
    EXPECT_EQ(site.post(clinician, asked.address(), filled_in(form, one_present)).status, 303);
    const Response told = site.post(clinician, asked.address(), filled_in(form, all_absent, "false"));
    EXPECT_EQ(told.status, 409);
    EXPECT_THAT(told.body, HasSubstr("This form has been saved before"));
    EXPECT_NE(hidden_value(told.body, "request"), hidden_value(form, "request"));
    const std::int64_t first = stored(site, asked).front().number;
    EXPECT_EQ(hidden_value(told.body, "about"), std::to_string(first));
    EXPECT_EQ(site.post(clinician, asked.address(), filled_in(told.body, all_absent, "false")).status, 303);
    const auto answers = stored(site, asked);
    ASSERT_EQ(answers.size(), 2u);
    EXPECT_EQ(answers.back().items.at("diverted_this_episode"), "false");
    EXPECT_EQ(standing_answers(answers).size(), 1u);
}

TEST(AsciForm, OfWhatWasCorrectedMeanwhileCorrectsWhatStands) {
    TestSite site;
    const Asked asked = somebody_without_inventory(site, *site.figures());
    site.post(clinician, asked.address(), filled_in(site.get(clinician, asked.address()).body, one_present));
    const std::string first = std::to_string(stored(site, asked)[0].number);
    const std::string form = site.get(clinician, asked.address() + "?about=" + first).body;
    const std::string theirs = site.get(clinician, asked.address() + "?about=" + first).body;
    EXPECT_EQ(site.post(clinician, asked.address(), filled_in(theirs, all_absent)).status, 303);
    const std::string second = std::to_string(stored(site, asked)[1].number);
    Parameters seen_it = filled_in(form, one_present);
    for (Parameter& field : seen_it)
        if (field.name == "seen") field.value = second;
    const Response told = site.post(clinician, asked.address(), seen_it);
    EXPECT_EQ(told.status, 409);
    EXPECT_EQ(hidden_value(told.body, "about"), second);
    EXPECT_EQ(site.post(clinician, asked.address(), filled_in(told.body, one_present)).status, 303);
    EXPECT_EQ(standing_answers(stored(site, asked)).size(), 1u);
}

TEST(AsciForm, TwoWhoAnswerAtOnceLoseNothing) {
    TestSite site;
    const Asked asked = somebody_without_inventory(site, *site.figures());
    const std::string mine = site.get(clinician, asked.address()).body;
    const std::string theirs = site.get(clinician, asked.address()).body;
    EXPECT_EQ(site.post(clinician, asked.address(), filled_in(theirs, one_present)).status, 303);
    const Response conflict = site.post(clinician, asked.address(), filled_in(mine, all_absent, "false"));
    EXPECT_EQ(conflict.status, 409);
    EXPECT_THAT(conflict.body, HasSubstr("while you wrote yours"));
    EXPECT_THAT(conflict.body, HasSubstr("diverted this episode")) << "what is stored is shown";
    EXPECT_EQ(stored(site, asked).size(), 1u);
    // What was typed is still there, and goes in when it is sent again.
    EXPECT_EQ(site.post(clinician, asked.address(), filled_in(conflict.body, all_absent, "false")).status,
              303);
    EXPECT_EQ(stored(site, asked).size(), 2u);
}

TEST(AsciForm, WhoPutsAMistakeRightIsStillToldOfTheOther) {
    TestSite site;
    const Asked asked = somebody_without_inventory(site, *site.figures());
    const std::string mine = site.get(clinician, asked.address()).body;
    const Response mistake = site.post(clinician, asked.address(), filled_in(mine, {}));
    EXPECT_EQ(mistake.status, 422);
    const std::string theirs = site.get(clinician, asked.address()).body;
    EXPECT_EQ(site.post(clinician, asked.address(), filled_in(theirs, one_present)).status, 303);
    EXPECT_EQ(site.post(clinician, asked.address(), filled_in(mine, {})).status, 422) << "the mistake again";
    const std::string again = site.post(clinician, asked.address(), filled_in(mine, {})).body;
    EXPECT_EQ(site.post(clinician, asked.address(), filled_in(again, all_absent)).status, 409);
}

TEST(AsciForm, WhatIsMissingIsSaidAndNothingStored) {
    TestSite site;
    const Asked asked = somebody_without_inventory(site, *site.figures());
    const std::string form = site.get(clinician, asked.address()).body;
    const Response empty = site.post(clinician, asked.address(), filled_in(form, {}));
    EXPECT_EQ(empty.status, 422);
    EXPECT_THAT(empty.body, HasSubstr("Answer at least one item"));
    Parameters ahead = filled_in(form, all_absent);
    ahead[0].value = "2018-11-20";
    EXPECT_THAT(site.post(clinician, asked.address(), ahead).body, HasSubstr("must not lie ahead"));
    Parameters no_day = filled_in(form, all_absent);
    no_day[0].value = "31 of October";
    EXPECT_EQ(site.post(clinician, asked.address(), no_day).status, 422);
    EXPECT_EQ(site.post(clinician, asked.address(), {}).status, 400) << "without the text of the form";
    EXPECT_EQ(site.get(clinician, asked.address() + "?about=7").status, 404);
    EXPECT_TRUE(stored(site, asked).empty());
}

TEST(AsciForm, ANoteIsTextThatCanBeKeptOfTwoThousandCharacters) {
    TestSite site;
    const Asked asked = somebody_without_inventory(site, *site.figures());
    const std::string form = site.get(clinician, asked.address()).body;
    const auto with_note = [&](const std::string& note) {
        Parameters typed = filled_in(form, all_absent);
        typed.push_back({"note", note});
        return site.post(clinician, asked.address(), typed);
    };
    std::string cyrillic;
    for (int i = 0; i < 2000; ++i)
        cyrillic += "\u0436";
    for (const std::string& note : {std::string("a\xff"), std::string("a\0b", 3), cyrillic + "."})
        EXPECT_EQ(with_note(note).status, 422);
    EXPECT_TRUE(stored(site, asked).empty());
    EXPECT_EQ(with_note(cyrillic).status, 303);
}

TEST(AsciForm, OnlyThoseWhoRecordAndOnlyOfTheirPeople) {
    TestSite site;
    const auto figures = site.figures();
    const Asked asked = somebody_without_inventory(site, *figures);
    for (const Role role : {Role::organisation_analyst, Role::data_manager, Role::peer_representative,
                            Role::commissioner, Role::administrator}) {
        EXPECT_EQ(site.get(role, asked.address()).status, 403) << text_of(role);
        EXPECT_EQ(site.post(role, asked.address(), {}).status, 403) << text_of(role);
    }
    const User worker = site.user_of(Role::recovery_worker);
    std::size_t seen = 0, refused = 0;
    for (const PersonPicture& person : figures->pictures(figures->dates().size() - 1)->people) {
        const std::string address = "/people/" + figures->reference_of(person.place) + "/asci";
        if (may_see(worker, *figures, person.place)) {
            if (seen++ > 2) continue;
            EXPECT_EQ(site.get(Role::recovery_worker, address).status, 200);
        } else if (refused++ < 3) {
            EXPECT_EQ(site.get(Role::recovery_worker, address).status, 403);
            EXPECT_EQ(site.post(Role::recovery_worker, address, {}).status, 403);
        }
    }
    EXPECT_GT(seen, 0u);
    EXPECT_GT(refused, 0u);
}

TEST(AsciForm, AnOrganisationsOwnTwelveItemsAreAskedKeptAndCounted) {
    const TemporaryFolder folder;
    std::string own = "name = \"Own\"\nversion = \"3\"\n";
    for (int i = 1; i <= 12; ++i) {
        const std::string name = i == 1 ? "diverted_this_episode" : fmt::format("invented_item_{}", i);
        own += fmt::format(
            "[[item]]\nname = \"{}\"\nwording = \"Invented statement {}.\"\nsource = \"test\"\n", name, i);
    }
    folder.write("inventory.toml", own);
    TestSite site(synthetic_store(), Definitions(folder.path()));
    const auto figures = site.figures();
    const Asked asked = somebody_without_inventory(site, *figures);
    const std::string form = site.get(clinician, asked.address()).body;
    std::vector<std::pair<std::string, std::string>> answers = {{"diverted_this_episode", "false"}};
    for (int i = 1; i <= 12; ++i) {
        EXPECT_THAT(form, HasSubstr(fmt::format("Invented statement {}.", i)));
        if (i > 1) answers.push_back({fmt::format("invented_item_{}", i), i == 12 ? "true" : "false"});
    }
    EXPECT_EQ(site.post(clinician, asked.address(), filled_in(form, answers)).status, 303);
    const auto kept = stored(site, asked);
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0].inventory, "Own 3");
    EXPECT_EQ(kept[0].items.size(), 12u) << "items that the extract does not have are kept too";
    EXPECT_THAT(site.get(clinician, asked.address()).body, HasSubstr("invented item 12"));

    // The extract has the three published items: one of these twelve. What it does not have still stops a
    // step down.
    const auto team = team_of(site, *figures);
    const PersonRecords* records = records_of(team->records, asked.place);
    ASSERT_NE(records, nullptr);
    EXPECT_THAT(records->ascis[0].items, ElementsAre(Flag::no, Flag::not_recorded, Flag::not_recorded));
    EXPECT_TRUE(records->ascis[0].other_item);
    const auto block = block_of(site, *figures, asked);
    EXPECT_NE(block, ListBlock::no_current_asci);
    EXPECT_NE(block, ListBlock::step_down);

    // An extract that knows all twelve counts them by name.
    std::vector<std::string> items = Definitions(folder.path()).inventory_items();
    const auto counted = team_ascis(kept, items);
    ASSERT_EQ(counted.size(), 1u);
    EXPECT_FALSE(counted[0].other_item);
    EXPECT_EQ(std::ranges::count(counted[0].items, Flag::no), 11);
    EXPECT_EQ(counted[0].items.back(), Flag::yes);
}

}  // namespace optimat
