#include "report/review_texts.hpp"

#include "base/error.hpp"
#include "intake/definitions.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

ReviewTexts shipped() { return review_texts(Definitions().text("reviews.toml"), "reviews.toml"); }

constexpr const char* small = R"(version = "1"
source = "ours"
co_signing_roles = ["clinician"]
[[outcome]]
id = "done"
words = "Done"
source = "s"
reason = "r"
[[reducing_reason]]
id = "asked"
words = "Asked for"
source = "s"
reason = "r"
[[not_indicated_reason]]
id = "fine"
words = "Fine"
source = "s"
reason = "r"
)";

std::string with(const std::string& from, const std::string& to) {
    std::string text = small;
    const std::size_t at = text.find(from);
    return at == text.npos ? text : text.replace(at, from.size(), to);
}

std::string failure(const std::string& toml) {
    try {
        review_texts(toml, "mine.toml");
    } catch (const DefinitionError& error) {
        return error.what();
    }
    return "none";
}

template <class Holds> std::vector<std::string> ids(const std::vector<ReviewOutcome>& outcomes, Holds holds) {
    std::vector<std::string> found;
    for (const ReviewOutcome& outcome : outcomes)
        if (holds(outcome)) found.push_back(outcome.id);
    return found;
}

TEST(ReviewTexts, ThatShipHaveTheOutcomesOfTheIssue) {
    const ReviewTexts texts = shipped();
    for (const char* const id :
         {"dose_increased", "medication_changed", "reduction_stopped", "supervision_changed",
          "psi_intensified", "naloxone_supplied", "returned_to_maintenance", "detox_options_discussed",
          "referred", "contact_made"}) {
        ASSERT_NE(texts.outcome(id), nullptr) << id;
        EXPECT_FALSE(texts.outcome(id)->alone) << id;
    }
    EXPECT_THAT(ids(texts.outcomes, [](const auto& outcome) { return outcome.alone; }),
                UnorderedElementsAre("declined", "not_indicated", "deferred"));
    EXPECT_THAT(ids(texts.outcomes, [](const auto& outcome) { return outcome.needs_reason; }),
                ElementsAre("not_indicated"));
    EXPECT_THAT(ids(texts.outcomes, [](const auto& outcome) { return outcome.needs_day; }),
                ElementsAre("deferred"));
    EXPECT_THAT(ids(texts.outcomes, [](const auto& outcome) { return outcome.needs_co_signature; }),
                UnorderedElementsAre("dose_increased", "medication_changed", "reduction_stopped",
                                     "returned_to_maintenance", "supervision_changed", "not_indicated"));
    EXPECT_THAT(texts.co_signing_roles, ElementsAre("clinician"));
}

TEST(ReviewTexts, ThatShipEscalatePunishmentAndAskForAdvice) {
    const ReviewTexts texts = shipped();
    std::vector<std::string> escalating, asking;
    for (const ReviewReason& reason : texts.reducing_reasons) {
        if (reason.escalates) escalating.push_back(reason.id);
        if (reason.asks_advice) asking.push_back(reason.id);
    }
    EXPECT_THAT(escalating, UnorderedElementsAre("sanction", "non_attendance"));
    EXPECT_THAT(asking, ElementsAre("client_request_against_advice"));
    EXPECT_TRUE(std::ranges::none_of(texts.not_indicated_reasons, &ReviewReason::escalates));
}

TEST(ReviewTexts, NeverNameADose) {
    const ReviewTexts texts = shipped();
    for (const ReviewOutcome& outcome : texts.outcomes)
        EXPECT_EQ((outcome.words + outcome.hint).find_first_of("0123456789"), std::string::npos)
            << outcome.id;
}

TEST(ReviewTexts, SayWhatAnIdMeansOrTheIdItself) {
    const ReviewTexts texts = shipped();
    EXPECT_EQ(texts.words_of_outcome("naloxone_supplied"), "Naloxone supplied");
    EXPECT_EQ(texts.words_of_outcome("of_long_ago"), "of long ago");
    EXPECT_EQ(texts.words_of_reason("sanction"), "As a sanction");
    EXPECT_EQ(texts.words_of_reason("treatment_suits"),
              "Medicine and support were looked at and suit the person");
    EXPECT_EQ(texts.words_of_reason("of_long_ago"), "of long ago");
    EXPECT_EQ(texts.outcome("of_long_ago"), nullptr);
}

TEST(ReviewTexts, KeepTheOrderOfTheFile) {
    EXPECT_EQ(failure(small), "none");
    const ReviewTexts texts = review_texts(
        with("[[reducing_reason]]",
             "[[outcome]]\nid=\"a\"\nwords=\"A\"\nsource=\"s\"\nreason=\"r\"\n[[reducing_reason]]"),
        "mine.toml");
    EXPECT_THAT(ids(texts.outcomes, [](const auto&) { return true; }), ElementsAre("done", "a"));
    EXPECT_EQ(texts.version, "1");
    EXPECT_EQ(texts.source, "ours");
}

TEST(ReviewTexts, ThatAreWrongAreNamedWithTheirLine) {
    EXPECT_THAT(failure("version ="), HasSubstr("mine.toml: line 1"));
    EXPECT_THAT(failure(with("words = \"Done\"", "word = \"Done\"")),
                HasSubstr("line 6: there is no `word`"));
    EXPECT_THAT(failure(with("words = \"Done\"\n", "")), HasSubstr("line 4: there must be a text `words`"));
    EXPECT_THAT(failure(with("id = \"done\"", "id = \"Done it\"")), HasSubstr("small letters"));
    EXPECT_THAT(failure(with("reason = \"r\"\n", "")), HasSubstr("`reason`"));
    EXPECT_THAT(failure(with("source = \"s\"\n", "source = \"s\"\nalone = 1\n")), HasSubstr("true or false"));
    EXPECT_THAT(
        failure(
            with("[[reducing_reason]]",
                 "[[outcome]]\nid=\"done\"\nwords=\"A\"\nsource=\"s\"\nreason=\"r\"\n[[reducing_reason]]")),
        HasSubstr("'done' stands twice"));
    EXPECT_THAT(failure(with("id = \"fine\"", "id = \"asked\"")), HasSubstr("'asked' stands twice"));
    EXPECT_THAT(failure(with("[\"clinician\"]", "[]")), HasSubstr("co_signing_roles"));
    EXPECT_THAT(failure(with("version = \"1\"\n", "")), HasSubstr("`version`"));
    EXPECT_THAT(failure("version=\"1\"\nsource=\"s\"\nco_signing_roles=[\"clinician\"]"),
                HasSubstr("[[outcome]]"));
    EXPECT_THAT(failure(std::string(small) + "[extra]\n"), HasSubstr("`extra`"));
}

}  // namespace
}  // namespace optimat
