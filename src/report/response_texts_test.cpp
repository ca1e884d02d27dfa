#include "report/response_texts.hpp"

#include "base/error.hpp"
#include "intake/definitions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>

namespace optimat {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

ResponseTexts shipped() { return response_texts(Definitions().text("responses.toml"), "responses.toml"); }

constexpr const char* small = R"(version = "1"
source = "ours"
[[response]]
id = "tea"
title = "Tea"
risks = ["None"]
options = ["Milk", "Sugar"]
)";

std::string failure(const std::string& from, const std::string& to) {
    std::string text = small;
    text.replace(text.find(from), from.size(), to);
    try {
        response_texts(text, "mine.toml");
    } catch (const DefinitionError& error) {
        return error.what();
    }
    return "none";
}

TEST(ResponseTexts, ThreeKindsOfUseWithRisksAndOptions) {
    const ResponseTexts texts = shipped();
    ASSERT_EQ(texts.responses.size(), 3U);
    EXPECT_EQ(texts.responses[0].id, "opioid");
    EXPECT_EQ(texts.responses[1].id, "cocaine");
    EXPECT_EQ(texts.responses[2].id, "alcohol_or_benzodiazepine");
    for (const ResponseText& response : texts.responses) {
        EXPECT_GE(response.risks.size(), 4U) << response.id;
        EXPECT_GE(response.options.size(), 5U) << response.id;
    }
}

TEST(ResponseTexts, NoOptionNamesADose) {
    const std::regex figure("[0-9]");
    for (const ResponseText& response : shipped().responses)
        for (const std::string& option : response.options)
            EXPECT_FALSE(std::regex_search(option, figure)) << option;
}

TEST(ResponseTexts, WhatIsWrongIsNamedWithItsLine) {
    EXPECT_EQ(response_texts(small, "mine.toml").responses[0].options.size(), 2U);
    EXPECT_EQ(failure("title = \"Tea\"\n", ""), "mine.toml: line 3: there must be a text `title`");
    EXPECT_THAT(failure("risks", "dangers"), HasSubstr("there is no `dangers` here"));
    EXPECT_THAT(failure("\"Sugar\"", "\"Milk\""), HasSubstr("a text of `options` stands twice"));
    EXPECT_THAT(failure("[\"None\"]", "[]"), HasSubstr("there must be a list of texts `risks`"));
    EXPECT_THAT(failure("[\"None\"]", "[1]"), HasSubstr("`risks` holds texts"));
    EXPECT_THAT(failure("id = \"tea\"", "id = \"Tea 1\""), HasSubstr("small letters"));
    EXPECT_THAT(failure("[[response]]", "[[answer]]"), HasSubstr("there is no `answer` here"));
    EXPECT_THAT(failure("version = \"1\"", "version = "), StartsWith("mine.toml: line 1: "));
    EXPECT_THAT(failure("options = [\"Milk\", \"Sugar\"]\n",
                        "options = [\"Milk\"]\n[[response]]\nid = \"tea\"\ntitle = \"T\"\nrisks = [\"r\"]\n"
                        "options = [\"o\"]\n"),
                HasSubstr("'tea' stands twice"));
}

}  // namespace
}  // namespace optimat
