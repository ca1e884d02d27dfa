#include "rule_ids.hpp"
#include "runner.hpp"
#include "steps.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

// What all files of spec/ are together. Each one's own cases are tests of their own (spec.*).

namespace optimat::spec {
namespace {

const std::filesystem::path folder = std::filesystem::path(OPTIMAT_SOURCE_DIR) / "spec";

std::string text_of_file(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

std::vector<SpecRun> run_all() {
    std::vector<SpecRun> runs;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().string().ends_with(".spec.md"))
            runs.push_back(run_spec(text_of_file(entry.path()), entry.path().filename()));
    return runs;
}

TEST(SpecFolder, ListsTheStepsThatThereAre) {
    EXPECT_EQ(text_of_file(folder / "README.md"), steps_document())
        << "write it again: optimat_spec --steps > spec/README.md";
}

TEST(SpecFolder, ProvesEveryRule) {
    std::set<std::string, std::less<>> proven;
    for (const SpecRun& run : run_all())
        proven.insert(run.rules.begin(), run.rules.end());
    for (const std::string_view rule : measure_rules())
        EXPECT_TRUE(proven.contains(rule)) << "no spec names " << rule;
}

TEST(SpecFolder, ProvokesEveryIssueRule) {
    std::set<Rule> confirmed;
    for (SpecRun& run : run_all())
        confirmed.merge(run.confirmed_rules);
    for (std::size_t i = 0; i < rule_count; ++i)
        EXPECT_TRUE(confirmed.contains(static_cast<Rule>(i)))
            << "no spec provokes " << issue_rule(static_cast<Rule>(i)).id;
}

TEST(SpecFolder, HoldsNothingButSpecsAndTheirList) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_directory()) continue;
        const std::string name = entry.path().filename();
        // The table of access is run by the tests of the dashboard (src/web/access_test.cpp).
        const bool has_own_test = name == "access.md";
        EXPECT_TRUE(name.ends_with(".spec.md") || name == "README.md" || has_own_test)
            << name << " would never be run";
    }
}

}  // namespace
}  // namespace optimat::spec
