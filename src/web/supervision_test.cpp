// Supervised consumption on the web: page, CSV and API say the same; an inventory that is answered is known
// to the lists and the history at once; nothing is lost when two answer, and nothing counts twice when a form
// is sent twice.

#include "web/asci_record.hpp"
#include "web/pages_for_tests.hpp"
#include "web/team_book.hpp"

#include "priority/lists.hpp"
#include "report/inventory_texts.hpp"

#include <cmath>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

constexpr Role analyst = Role::organisation_analyst, clinician = Role::clinician;
constexpr const char* table_ids[] = {"supervision", "services", "pharmacies", "items", "combinations"};

/// A cell of the API as the CSV writes it.
std::string csv_text(const Json& value, const std::string& csv) {
    if (value.is_null()) return "";
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
    // Both have six decimals; only the zeros at the end differ.
    EXPECT_NEAR(value.get<double>(), std::stod(csv), 1e-9);
    return csv;
}

void expect_equal(const Json& table, const std::vector<std::map<std::string, std::string>>& rows) {
    ASSERT_EQ(table["rows"].size(), rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (const auto& [column, value] : table["rows"][row].items())
            EXPECT_EQ(csv_text(value, rows[row].at(column)), rows[row].at(column)) << column;
}

/// `61.3 %` as pages write a share.
std::string shown_share(const std::string& share) {
    return share.empty() ? "–" : fmt::format("{:.1f} %", std::floor(std::stod(share) * 1000 + 0.5) / 10);
}

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

TEST(SupervisionPage, CsvAndApiSayTheSameCellByCell) {
    TestSite site;
    for (const std::string query : {"place=organisation", "place=service%3AS0002&month=2018-06"}) {
        const Json api = Json::parse(site.get(analyst, "/api/v1/supervision?" + query).body);
        ASSERT_EQ(api["tables"].size(), std::size(table_ids));
        for (const std::string id : table_ids) {
            SCOPED_TRACE(query + " " + id);
            const Response csv = site.get(analyst, fmt::format("/supervision.csv?{}&table={}", query, id));
            ASSERT_EQ(csv.status, 200);
            expect_equal(api["tables"][id], csv_rows(csv.body));
        }
    }
}

TEST(SupervisionPage, ShowsTheFiguresOfItsCsv) {
    TestSite site;
    const std::string query = "place=service%3AS0002";
    const std::string page = site.get(analyst, "/supervision?" + query).body;
    const auto stages = csv_rows(site.get(analyst, "/supervision.csv?" + query).body);
    EXPECT_THAT(page, HasSubstr(fmt::format("app-key__number\">{}<", shown_share(stages[0].at("rate")))));
    EXPECT_THAT(page, HasSubstr(fmt::format("app-key__number\">{}<", shown_share(stages[0].at("coverage")))));
    EXPECT_THAT(page,
                HasSubstr(fmt::format("app-key__number\">{}<", shown_share(stages[0].at("agreement")))));
    EXPECT_THAT(page,
                HasSubstr(fmt::format("organisation {}<", shown_share(stages[0].at("organisation_rate")))));
    for (const auto& row : csv_rows(site.get(analyst, "/supervision.csv?table=items&" + query).body))
        EXPECT_THAT(page,
                    HasSubstr(fmt::format(
                        "<th scope=\"row\">{}</th><td class=\"app-number\">{}</td><td class=\"app-number\">{}"
                        "</td><td class=\"app-number\">{}</td>",
                        row.at("item"), row.at("present"), row.at("present_supervised"),
                        row.at("present_share").empty() ? "<span class=\"app-absent\">–</span>"
                                                        : shown_share(row.at("present_share")))));
    const auto combinations =
        csv_rows(site.get(analyst, "/supervision.csv?table=combinations&" + query).body);
    ASSERT_FALSE(combinations.empty());
    for (const auto& row : combinations)
        EXPECT_THAT(page, HasSubstr(fmt::format("<th scope=\"row\">{}</th><td class=\"app-number\">{}</td>",
                                                row.at("items"), row.at("people"))));
}

TEST(SupervisionPage, PartsSumToEverybody) {
    TestSite site;
    const auto table = [&](const std::string& id) {
        return csv_rows(site.get(analyst, "/supervision.csv?place=organisation&table=" + id).body);
    };
    const auto stages = table("supervision");
    for (const std::string column :
         {"in_mat", "daily", "supervised", "injections", "with_current_asci", "agreed"}) {
        const auto sum_of = [&](const auto& rows, std::size_t from, std::size_t to) {
            std::int64_t sum = 0;
            for (std::size_t i = from; i < to; ++i)
                sum += std::stoll(rows[i].at(column));
            return sum;
        };
        const std::int64_t all = std::stoll(stages[0].at(column));
        EXPECT_EQ(sum_of(stages, 1, stages.size()), all) << column;
        const auto services = table("services"), pharmacies = table("pharmacies");
        EXPECT_EQ(sum_of(services, 0, services.size() - 1), all) << column;
        EXPECT_EQ(services.back().at(column), stages[0].at(column)) << "the organisation stands last";
        EXPECT_EQ(sum_of(pharmacies, 0, pharmacies.size()), all) << column;
    }
    const auto figures = site.figures();
    const TrackerCell cell =
        figures->tracker().at(figures->dates().size() - 1, *figures->find_place("organisation"));
    EXPECT_EQ(std::stoll(stages[0].at("in_mat")), cell.in_mat()) << "as many as the tracker has";
    EXPECT_GT(std::stoll(stages[0].at("agreed")), 0);
}

TEST(SupervisionPage, PharmaciesAreForThoseWhoMaySeePeople) {
    TestSite site;
    EXPECT_THAT(site.get(Role::service_manager, "/supervision?place=organisation").body,
                HasSubstr("By pharmacy"));
    for (const Role role : {Role::peer_representative, Role::administrator}) {
        const Response page = site.get(role, "/supervision?place=organisation");
        EXPECT_EQ(page.status, 200);
        EXPECT_THAT(page.body, Not(HasSubstr("harmac")));
        EXPECT_THAT(page.body, Not(HasSubstr("/lists/4")));
        EXPECT_EQ(site.get(role, "/supervision.csv?table=pharmacies").status, 400);
        EXPECT_THAT(site.get(role, "/api/v1/supervision").body, Not(HasSubstr("pharmacies")));
    }
    EXPECT_EQ(site.get(Role::commissioner, "/supervision").status, 403);
    EXPECT_EQ(site.get(Role::commissioner, "/api/v1/supervision").status, 403);
}

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
