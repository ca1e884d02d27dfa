#include "report/explain_reading.hpp"
#include "stage/classify.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace optimat {
namespace {

/// Whoever is explained has the state that the engine gives everybody, and every sentence is whole.
class ExplainEverybody : public testing::TestWithParam<const char*> {};

TEST_P(ExplainEverybody, agrees_with_the_states) {
    const Policy policy = Definitions().policy();
    const ReadExtract read =
        read_folder(std::filesystem::path(OPTIMAT_SOURCE_DIR) / "tests/data" / GetParam());
    const std::vector<Day> dates = {*parse_iso_day("2018-02-28"), *parse_iso_day("2018-05-31"),
                                    *parse_iso_day("2018-10-31")};
    const States states = classify(read.extract, policy, dates, {1});
    for (std::size_t chunk = 0; chunk < read.extract.chunks.size(); ++chunk) {
        for (std::uint32_t client = 0; client < read.extract.chunks[chunk].client_count(); ++client) {
            for (std::size_t date = 0; date < dates.size(); ++date) {
                const auto expected = std::ranges::find_if(states.chunks[chunk], [&](const State& state) {
                    return state.client == client && state.date == date;
                });
                const Explanation explanation = explain(read.extract, policy, {chunk, client}, dates[date]);
                ASSERT_EQ(explanation.state.has_value(), expected != states.chunks[chunk].end());
                EXPECT_FALSE(explanation.reasons.empty());
                for (const Reason& reason : explanation.reasons) {
                    EXPECT_TRUE(reason.sentence.ends_with('.')) << reason.rule;
                    EXPECT_EQ(reason.sentence.find(": ."), std::string::npos) << reason.rule;
                    EXPECT_EQ(reason.sentence.find("  "), std::string::npos) << reason.rule;
                }
                if (!explanation.state) continue;
                EXPECT_EQ(explanation.state->stage, expected->stage);
                EXPECT_EQ(explanation.state->cohort, expected->cohort);
                EXPECT_EQ(explanation.state->spell_day, expected->spell_day);
                EXPECT_EQ(sentences(explanation, "cover/censored").empty(),
                          !explanation.state->spell_censored);
                // The derived regime is told from the dose then; the words must end in the regime that the
                // engine gave.
                const std::string derived = sentences(explanation, "regime/derived");
                if (derived.empty()) continue;
                const Regime regime = explanation.state->regime;
                for (const Regime one : {Regime::reducing, Regime::fixed, Regime::increasing})
                    EXPECT_EQ(derived.ends_with("it is " + std::string(text_of(one)) + "."), one == regime);
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Data, ExplainEverybody, testing::Values("adversarial", "ctn0094"),
                         [](const auto& one) { return std::string(one.param); });

}  // namespace
}  // namespace optimat
