#include "extract_folder.hpp"
#include "random_extract.hpp"
#include "reference.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

namespace optimat {
namespace {

using reference::ExtractFolder;

constexpr std::uint64_t seeds = 25;

std::map<std::string, std::string> files(const std::filesystem::path& folder) {
    std::map<std::string, std::string> result;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ostringstream text;
        text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        result[entry.path().filename()] = text.str();
    }
    return result;
}

std::map<std::string, std::string> random_files(std::uint64_t seed, const RandomExtractOptions& options) {
    const ExtractFolder folder;
    write_random_extract(folder.path(), seed, options);
    return files(folder.path());
}

TEST(RandomExtract, IsTheSameForOneSeedAndAnotherForAnother) {
    EXPECT_EQ(random_files(7, {}), random_files(7, {}));
    EXPECT_NE(random_files(7, {}), random_files(8, {}));
}

TEST(RandomExtract, ReachesEveryOutcome) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const ExtractFolder folder;
        write_random_extract(folder.path(), seed);
        for (const ReferenceState& state : reference_states(folder.path(), RandomExtractOptions{}.as_at))
            seen.insert({state.stage, "cohort " + state.cohort, state.medicine, "band " + state.band,
                         "regime " + state.regime, state.spell_censored ? "censored" : "seen from its start",
                         state.dose_micrograms ? "dose" : "no dose"});
    }
    EXPECT_EQ(seen, (std::set<std::string>{"MAT1",
                                           "MAT2",
                                           "MAT3",
                                           "MAT4",
                                           "uncategorised",
                                           "cohort ",
                                           "cohort red",
                                           "cohort amber",
                                           "cohort green",
                                           "cohort grey",
                                           "methadone",
                                           "buprenorphine",
                                           "buprenorphine_lyophilisate",
                                           "buprenorphine_weekly",
                                           "buprenorphine_monthly",
                                           "buprenorphine_sublocade",
                                           "other",
                                           "band below",
                                           "band at_or_above",
                                           "band unknown",
                                           "regime increasing",
                                           "regime reducing",
                                           "regime static",
                                           "regime detox",
                                           "regime unknown",
                                           "censored",
                                           "seen from its start",
                                           "dose",
                                           "no dose"}));
}

// One value of the policy, moved by its smallest step.
struct Edge {
    std::string name;
    std::function<void(ReferencePolicy&)> move;
};

std::vector<Edge> edges() {
    std::vector<Edge> result = {
        {"comparator", [](ReferencePolicy& policy) { policy.comparator = ReferenceComparator::exclusive; }},
        {"latest_evidence", [](ReferencePolicy& policy) { policy.evidence = ReferenceEvidence::latest; }},
        {"any_use", [](ReferencePolicy& policy) { policy.evidence = ReferenceEvidence::any_use; }},
    };
    const std::map<std::string, int ReferencePolicy::*> days = {
        {"induction_days", &ReferencePolicy::induction_days},
        {"recall_days", &ReferencePolicy::recall_days},
        {"comparison_days", &ReferencePolicy::comparison_days},
        {"censoring_days", &ReferencePolicy::censoring_days},
        {"on_mat_at_start_days", &ReferencePolicy::on_mat_at_start_days},
        {"evidence_months", &ReferencePolicy::evidence_months},
        {"detox_months", &ReferencePolicy::detox_months}};
    for (const auto& [name, value] : days) {
        const auto member = value;
        result.push_back({name + "_more", [member](ReferencePolicy& policy) { ++(policy.*member); }});
        result.push_back({name + "_fewer", [member](ReferencePolicy& policy) { --(policy.*member); }});
    }
    const ReferencePolicy usual;
    for (std::size_t i = 0; i < usual.families.size(); ++i) {
        const ReferenceFamily& family = usual.families[i];
        const auto move = [&](const std::string& what, const std::function<void(ReferenceFamily&)>& change) {
            result.push_back(
                {family.name + what, [=](ReferencePolicy& policy) { change(policy.families[i]); }});
        };
        move("_gap_longer", [](ReferenceFamily& moved) { ++moved.tolerated_gap_days; });
        move("_gap_shorter", [](ReferenceFamily& moved) { --moved.tolerated_gap_days; });
        if (family.threshold_micrograms)
            move("_threshold", [](ReferenceFamily& moved) { ++*moved.threshold_micrograms; });
        if (!family.tolerance_micrograms) continue;
        move("_tolerance_larger", [](ReferenceFamily& moved) { ++*moved.tolerance_micrograms; });
        move("_tolerance_smaller", [](ReferenceFamily& moved) { --*moved.tolerance_micrograms; });
    }
    return result;
}

TEST(RandomExtract, HitsEveryEdge) {
    const auto dates = RandomExtractOptions{}.as_at;
    std::map<std::string, int> changed;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const ExtractFolder folder;
        write_random_extract(folder.path(), seed);
        const auto usual = reference_states(folder.path(), dates);
        for (const Edge& edge : edges()) {
            ReferencePolicy moved;
            edge.move(moved);
            if (reference_states(folder.path(), dates, moved) != usual) ++changed[edge.name];
        }
    }
    for (const Edge& edge : edges())
        EXPECT_GE(changed[edge.name], 2) << edge.name << ": extracts in which it matters";
}

TEST(RandomExtract, MeansTheSameWithEveryPrescriptionWrittenTwice) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const ExtractFolder folder;
        write_random_extract(folder.path(), seed);
        const auto before = reference_states(folder.path(), RandomExtractOptions{}.as_at);
        const auto written = files(folder.path());
        const std::string& prescriptions = written.at("prescriptions.csv");
        const std::size_t header = prescriptions.find('\n') + 1;
        const std::string newline = prescriptions[header - 2] == '\r' ? "\r\n" : "\n";
        std::ofstream(folder.path() / "prescriptions.csv", std::ios::binary)
            << prescriptions << (prescriptions.ends_with('\n') ? "" : newline)
            << prescriptions.substr(header);
        EXPECT_EQ(reference_states(folder.path(), RandomExtractOptions{}.as_at), before);
    }
}

}  // namespace
}  // namespace optimat
