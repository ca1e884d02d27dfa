#include "intake/policy_file.hpp"

#include "base/error.hpp"
#include "base/temporary_folder.hpp"
#include "intake/definitions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace optimat {
namespace {

using testing::HasSubstr;

Policy shipped() { return Definitions().policy(); }
Policy over_shipped(std::string_view text) { return parse_policy(text, "own.toml", shipped()); }

std::string complaint(std::string_view text) {
    try {
        over_shipped(text);
    } catch (const DefinitionError& error) {
        EXPECT_EQ(error.exit_code(), ExitCode::definition);
        return error.what();
    }
    return "no complaint";
}

TEST(PolicyFile, the_one_that_ships_holds_the_toolkits_thresholds) {
    const Policy policy = shipped();
    EXPECT_EQ(policy.name, "toolkit");
    EXPECT_EQ(policy.induction_days, 28);
    EXPECT_EQ(policy.evidence_months, 3);
    EXPECT_EQ(policy.recall_days, 28);
    EXPECT_EQ(policy.comparator, ThresholdComparator::at_least);
    EXPECT_EQ(policy.evidence_choice, EvidenceChoice::recall_28);
    EXPECT_EQ(policy.family(Family::methadone).threshold, milligrams(60));
    EXPECT_EQ(policy.family(Family::methadone).tolerance, milligrams(1));
    EXPECT_EQ(policy.family(Family::methadone).high_dose, milligrams(120));
    EXPECT_EQ(policy.family(Family::buprenorphine).threshold, milligrams(12));
    EXPECT_EQ(policy.family(Family::buprenorphine).tolerance, Micrograms{400}) << "decimals are exact";
    EXPECT_EQ(policy.family(Family::buprenorphine).plausible, (DoseRange{Micrograms{200}, milligrams(40)}));
    EXPECT_EQ(policy.family(Family::buprenorphine_monthly).tolerated_gap, 7);
    EXPECT_EQ(policy.family(Family::buprenorphine_sublocade).tolerance, std::nullopt);
    EXPECT_EQ(policy.family(Family::other).threshold, std::nullopt);
    EXPECT_EQ(policy.hash.size(), 16u);
}

TEST(PolicyFile, what_ships_for_courses_and_outcomes_is_what_the_rules_say) {
    EXPECT_EQ(shipped().outcome, OutcomePolicy{});
    EXPECT_EQ(shipped().nation, Nation::england_and_wales);
}

TEST(PolicyFile, every_number_of_courses_and_outcomes_is_read_from_its_place) {
    const OutcomePolicy own =
        over_shipped(
            "[induction]\nreturn_days = 91\nre_induction_months = 13\n"
            "[spell_end]\nbefore_days = 8\nafter_days = 29\n[retention]\ndays = 184\n"
            "[detoxification]\nexit_methadone_mg = 12.5\nexit_buprenorphine_mg = 0.4\nafter_days = 30\n"
            "restart_months = 7\nsupport_months = 8\n[journey]\ngap_days = 22\n[completion]\nmonths = 14\n"
            "[re_presentation]\nmonths = 5\n[waiting]\ndays = 20\n[outcome]\nchange_recent_months = 9\n"
            "[harm]\nmonths = 24\nleaving_days = 27\n")
            .outcome;
    const OutcomePolicy expected = {.return_days = 91,
                                    .re_induction_months = 13,
                                    .end_before_days = 8,
                                    .end_after_days = 29,
                                    .retention_days = 184,
                                    .exit_methadone = Micrograms{12'500},
                                    .exit_buprenorphine = Micrograms{400},
                                    .after_detox_days = 30,
                                    .restart_months = 7,
                                    .support_months = 8,
                                    .journey_gap_days = 22,
                                    .completion_months = 14,
                                    .re_presentation_months = 5,
                                    .waiting_days = 20,
                                    .change_recent_months = 9,
                                    .harm_months = 24,
                                    .leaving_days = 27};
    EXPECT_EQ(own, expected);
    EXPECT_EQ(over_shipped("[working_days]\nnation = \"northern_ireland\"").nation, Nation::northern_ireland);
    EXPECT_EQ(over_shipped("[induction]\nreturn_days = 91").induction_days, 28) << "and nothing else";
}

TEST(PolicyFile, an_override_changes_what_it_names_and_nothing_else) {
    const Policy policy = over_shipped(
        "name = \"own\"\nversion = \"7\"\n[evidence]\nchoice = \"latest\"\n"
        "[band]\ncomparator = \"above\"\n[family.buprenorphine]\nthreshold_mg = 16\ntolerance_mg = 0.4\n");
    EXPECT_EQ(policy.name, "own");
    EXPECT_EQ(policy.version, "7");
    EXPECT_EQ(policy.evidence_choice, EvidenceChoice::latest);
    EXPECT_EQ(policy.comparator, ThresholdComparator::above);
    EXPECT_EQ(policy.family(Family::buprenorphine).threshold, milligrams(16));
    Policy back = policy;
    const Policy base = shipped();
    back.name = base.name;
    back.version = base.version;
    back.hash = base.hash;
    back.evidence_choice = base.evidence_choice;
    back.comparator = base.comparator;
    back.families[static_cast<std::size_t>(Family::buprenorphine)].threshold = milligrams(12);
    EXPECT_EQ(back, base);
}

TEST(PolicyFile, equal_values_have_equal_digests_and_others_do_not) {
    const std::string hash = shipped().hash;
    EXPECT_EQ(over_shipped("").hash, hash);
    EXPECT_EQ(over_shipped("name = \"another\"\n[induction]\ndays = 28\nsource = \"x\"\n").hash, hash);
    std::set<std::string> digests = {hash};
    const std::vector<std::string> overrides = {"[induction]\ndays = 27",
                                                "[evidence]\nmonths = 4",
                                                "[evidence]\nchoice = \"any_use\"",
                                                "[evidence]\nrecall_days = 29",
                                                "[regime]\ncomparison_days = 27",
                                                "[regime]\ndetox_months = 4",
                                                "[spell]\ncensoring_days = 5",
                                                "[spell]\non_mat_episode_days = 29",
                                                "[band]\ncomparator = \"above\"",
                                                "[family.methadone]\nthreshold_mg = 61",
                                                "[family.methadone]\ntolerance_mg = 2",
                                                "[family.methadone]\ntolerated_gap_days = 5",
                                                "[family.methadone]\nhigh_dose_mg = 121",
                                                "[family.methadone]\nplausible_mg = [1, 401]",
                                                "[family.methadone]\nplausible_mg = [2, 400]",
                                                "[disclosure]\nhidden_below = 10",
                                                "[reliable_change]\nopiate_days = 13",
                                                "[reliable_change]\nopiate_days = 14",
                                                "[family.other]\nthreshold_mg = 60",
                                                "[induction]\nreturn_days = 91",
                                                "[induction]\nre_induction_months = 13",
                                                "[spell_end]\nbefore_days = 8",
                                                "[spell_end]\nafter_days = 8",
                                                "[retention]\ndays = 184",
                                                "[detoxification]\nexit_methadone_mg = 11",
                                                "[detoxification]\nexit_buprenorphine_mg = 11",
                                                "[detoxification]\nafter_days = 29",
                                                "[detoxification]\nrestart_months = 5",
                                                "[detoxification]\nsupport_months = 5",
                                                "[journey]\ngap_days = 22",
                                                "[completion]\nmonths = 11",
                                                "[re_presentation]\nmonths = 7",
                                                "[waiting]\ndays = 20",
                                                "[outcome]\nchange_recent_months = 5",
                                                "[harm]\nmonths = 11",
                                                "[harm]\nleaving_days = 27",
                                                "[working_days]\nnation = \"scotland\""};
    for (const std::string& text : overrides)
        EXPECT_TRUE(digests.insert(over_shipped(text).hash).second) << text;
}

TEST(PolicyFile, what_it_does_not_know_is_refused_with_its_line) {
    EXPECT_THAT(complaint("[inductoin]\ndays = 28"),
                AllOf(HasSubstr("own.toml: line 1"), HasSubstr("inductoin")));
    EXPECT_THAT(complaint("\n[induction]\ndayz = 28"), AllOf(HasSubstr("line 3"), HasSubstr("dayz")));
    EXPECT_THAT(complaint("[family.heroin]\nthreshold_mg = 1"), HasSubstr("heroin"));
    EXPECT_THAT(complaint("[induction]\ndays = \"28\""), HasSubstr("whole number from 1 to 366"));
    EXPECT_THAT(complaint("[induction]\ndays = 28.0"), HasSubstr("whole number"));
    EXPECT_THAT(complaint("[induction]\ndays = 0"), HasSubstr("whole number"));
    EXPECT_THAT(complaint("[induction]\ndays = 99999999999999"), HasSubstr("whole number"));
    EXPECT_THAT(complaint("[evidence]\nchoice = \"best\""), HasSubstr("recall_28, latest, any_use"));
    EXPECT_THAT(complaint("[evidence]\nchoice = 1"), HasSubstr("must be one of"));
    EXPECT_THAT(complaint("[family.methadone]\nthreshold_mg = 0"), HasSubstr("above zero"));
    EXPECT_THAT(complaint("[family.methadone]\nthreshold_mg = -60"), HasSubstr("above zero"));
    EXPECT_THAT(complaint("[family.methadone]\nthreshold_mg = 1e300"), HasSubstr("threshold_mg"));
    EXPECT_THAT(complaint("[family.methadone]\nthreshold_mg = inf"), HasSubstr("threshold_mg"));
    EXPECT_THAT(complaint("[family.methadone]\nthreshold_mg = \"60\""), HasSubstr("threshold_mg"));
    EXPECT_THAT(complaint("[family.methadone]\nplausible_mg = [400, 1]"), HasSubstr("[lowest, highest]"));
    EXPECT_THAT(complaint("[family.methadone]\nplausible_mg = [1]"), HasSubstr("[lowest, highest]"));
    EXPECT_THAT(complaint("induction = 28"), HasSubstr("must be a table"));
    EXPECT_THAT(complaint("harm = 28"), HasSubstr("must be a table"));
    EXPECT_THAT(complaint("[harm]\nyears = 1"),
                AllOf(HasSubstr("line 2"), HasSubstr("years"), HasSubstr("months, leaving_days")));
    EXPECT_THAT(complaint("[journey]\ngap_days = -1"), HasSubstr("from 0 to 366"));
    EXPECT_THAT(complaint("[detoxification]\nexit_methadone_mg = 0"), HasSubstr("above zero"));
    EXPECT_THAT(complaint("[working_days]\nnation = \"wales\""),
                HasSubstr("england_and_wales, scotland, northern_ireland"));
    EXPECT_THAT(complaint("name = 3"), HasSubstr("text in quotes"));
    EXPECT_THAT(complaint("name = "), HasSubstr("own.toml: line 1"));
}

TEST(PolicyFile, every_value_that_ships_comes_with_source_and_reason) {
    const auto entries = policy_entries(Definitions().text("policy.toml"), "policy.toml");
    EXPECT_GT(entries.size(), 20u);
    for (const PolicyEntry& entry : entries) {
        EXPECT_FALSE(entry.value.empty()) << entry.key;
        if (entry.key == "name" || entry.key == "version") continue;
        EXPECT_FALSE(entry.source.empty()) << entry.key;
        EXPECT_FALSE(entry.reason.empty()) << entry.key;
    }
    EXPECT_EQ(entries.front().key, "name");
}

TEST(PolicyFile, values_are_shown_as_a_person_would_write_them) {
    const auto entries = policy_entries(
        "[family.buprenorphine]\ntolerance_mg = 0.4\nplausible_mg = [0.2, 40]\nthreshold_mg = 12\n",
        "own.toml");
    ASSERT_EQ(entries.size(), 3u);
    EXPECT_EQ(entries[0].value, "0.4");
    EXPECT_EQ(entries[1].value, "[0.2, 40]");
    EXPECT_EQ(entries[2].value, "12");
}

TEST(PolicyFile, other_settings_make_a_policy_each_over_the_one_in_force) {
    const std::string text =
        "[evidence]\nmonths = 3\nother_settings = { months = [6, 3], choice = [\"latest\"] }\n"
        "[family.methadone]\nthreshold_mg = 60\nother_settings = { threshold_mg = [50] }\n";
    const auto found = policy_alternatives(text, "own.toml", shipped());
    ASSERT_EQ(found.size(), 3u) << "3 months are in force";
    EXPECT_EQ(found[0].choice, "evidence.months");
    EXPECT_EQ(found[0].setting, "6");
    EXPECT_EQ(found[0].policy.evidence_months, 6);
    EXPECT_EQ(found[0].policy.evidence_choice, EvidenceChoice::recall_28) << "one choice at a time";
    EXPECT_EQ(found[1].setting, "latest");
    EXPECT_EQ(found[2].choice, "family.methadone.threshold_mg");
    EXPECT_EQ(found[2].policy.family(Family::methadone).threshold, milligrams(50));
    const auto over_own = policy_alternatives(text, "own.toml", over_shipped("[evidence]\nmonths = 6"));
    ASSERT_FALSE(over_own.empty());
    EXPECT_EQ(over_own[0].setting, "3") << "what the text says itself is another setting then";
}

TEST(PolicyFile, other_settings_are_as_strict_as_settings) {
    EXPECT_THAT(complaint("[evidence]\nother_settings = { month = [6] }"),
                AllOf(HasSubstr("line 2"), HasSubstr("month")));
    EXPECT_THAT(complaint("[evidence]\nother_settings = { choice = [\"best\"] }"),
                AllOf(HasSubstr("line 2"), HasSubstr("must be one of")));
    EXPECT_THAT(complaint("[evidence]\nother_settings = { months = 6 }"), HasSubstr("must be a list"));
    EXPECT_THAT(complaint("[evidence]\nother_settings = 6"), HasSubstr("table of lists"));
    EXPECT_THAT(complaint("[family.methadone]\nother_settings = { threshold_mg = [0] }"),
                HasSubstr("above zero"));
    EXPECT_THAT(complaint("other_settings = { evidence = [6] }"), HasSubstr("must be a table"));
}

TEST(PolicyFile, every_choice_that_ships_has_other_settings_that_differ) {
    const auto found = Definitions().policy_alternatives(shipped());
    EXPECT_GT(found.size(), 20u);
    std::set<std::string> digests = {shipped().hash};
    for (const PolicyAlternative& one : found)
        EXPECT_TRUE(digests.insert(one.policy.hash).second) << one.choice;
}

TEST(PolicyFile, disclosure_and_reliable_change) {
    EXPECT_EQ(shipped().hidden_below, 5);
    EXPECT_TRUE(shipped().reliable_change.empty());
    const Policy own = over_shipped(
        "[disclosure]\nhidden_below = 10\n[reliable_change]\nopiate_days = 13\nalcohol_days = 9\n");
    EXPECT_EQ(own.hidden_below, 10);
    EXPECT_EQ(own.reliable_change,
              (std::vector<ReliableChange>{{TopField::alcohol_days, 9}, {TopField::opiate_days, 13}}));
    EXPECT_THAT(complaint("[disclosure]\nhidden_below = 1"), HasSubstr("from 2 to 100"));
    EXPECT_THAT(complaint("[reliable_change]\nheroin = 3"), AllOf(HasSubstr("line 2"), HasSubstr("heroin")));
    EXPECT_THAT(complaint("[reliable_change]\nsharing = 1"), HasSubstr("sharing"));
    EXPECT_THAT(complaint("[reliable_change]\nopiate_days = 29"), HasSubstr("from 1 to 28"));
}

TEST(Definitions, a_folder_stands_in_place_of_what_is_embedded) {
    const TemporaryFolder folder;
    folder.write("policy.toml", "name = \"from a folder\"\n");
    const Definitions own(folder.path());
    EXPECT_EQ(own.policy().name, "from a folder");
    EXPECT_EQ(own.text("inventory.toml"), Definitions().text("inventory.toml")) << "the rest stays";
    EXPECT_THROW(Definitions(folder.path() / "none"), DefinitionError);
    EXPECT_THROW(own.text("none.toml"), DefinitionError);
    EXPECT_FALSE(own.mapping("none"));
}

TEST(Definitions, an_inventory_names_its_items) {
    EXPECT_THAT(Definitions().inventory_items(), testing::Contains("diverted_this_episode"));
    const TemporaryFolder folder;
    folder.write("inventory.toml", "[[item]]\nwording = \"no name\"\n");
    EXPECT_THROW(Definitions(folder.path()).inventory_items(), DefinitionError);
    folder.write("inventory.toml", "[[item]\n");
    EXPECT_THROW(Definitions(folder.path()).inventory_items(), DefinitionError);
}

}  // namespace
}  // namespace optimat
