#include "intake/definitions.hpp"
#include "report/measure_texts.hpp"
#include "rule_ids.hpp"
#include "runner.hpp"
#include "steps.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fmt/format.h>
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

/// The text of all specs, so that what none of them names is found.
std::string all_texts() {
    std::string texts;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().string().ends_with(".spec.md")) texts += text_of_file(entry.path());
    return texts;
}

TEST(SpecFolder, CountsEveryMeasureFunctionAndShowsEveryMeasure) {
    const std::string texts = all_texts();
    for (const MeasureFunction& function : measure_functions())
        EXPECT_NE(texts.find(fmt::format("When the measure function {} is counted", function.name)),
                  std::string::npos)
            << "no spec counts " << function.name;
    for (const MeasureDefinition& measure :
         measure_definitions(Definitions().text("measures.toml"), "measures.toml").measures)
        EXPECT_NE(texts.find(fmt::format("| {} ", measure.name)), std::string::npos)
            << "no spec shows " << measure.name;
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
