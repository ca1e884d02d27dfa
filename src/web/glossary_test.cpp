#include "web/glossary.hpp"

#include "base/error.hpp"
#include "web/site_for_tests.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>

namespace optimat {

TEST(Glossary, ReadsSectionsTermsAndSentences) {
    const auto sections = read_glossary(
        "# G\n\nIntroduction\n- not an item\n\n## One\n\n- **a**, **b c** – first `x/y` and\n  then **d**.\n"
        "- **e** – second.\n## Two\n- **f** – third.",
        "test");
    ASSERT_EQ(sections.size(), 2u);
    EXPECT_EQ(sections[0].title, "One");
    ASSERT_EQ(sections[0].entries.size(), 2u);
    EXPECT_THAT(sections[0].entries[0].terms, testing::ElementsAre("a", "b c"));
    using enum GlossaryText::Kind;
    EXPECT_EQ(sections[0].entries[0].sentence,
              (std::vector<GlossaryText>{
                  {"first ", words}, {"x/y", code}, {" and then ", words}, {"d", term}, {".", words}}));
    EXPECT_THAT(sections[1].entries[0].terms, testing::ElementsAre("f"));
}

TEST(Glossary, AnItemWithoutTermOrSentenceIsNamedByItsLine) {
    for (const char* item : {"- a – b", "- **a** b", "- **a** – "})
        EXPECT_THAT([&] { read_glossary(fmt::format("## S\n\n{}\n", item), "g.md"); },
                    testing::ThrowsMessage<DefinitionError>(testing::HasSubstr("g.md: line 3")))
            << item;
}

TEST(Glossary, ThePageHasEveryTermOfTheFileInTheRepository) {
    std::ifstream in(std::filesystem::path(OPTIMAT_SOURCE_DIR) / "GLOSSARY.md");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::size_t items = 0, entries = 0;
    for (std::size_t at = text.find("\n- **"); at != text.npos; at = text.find("\n- **", at + 1))
        ++items;
    TestSite site;
    const Response page = site.get(Role::commissioner, "/glossary");
    EXPECT_EQ(page.status, 200);
    for (const GlossarySection& section : shipped_glossary())
        for (const GlossaryEntry& entry : section.entries) {
            ++entries;
            for (const std::string& term : entry.terms)
                EXPECT_THAT(page.body, testing::HasSubstr(fmt::format(">{}</dt>", term)));
        }
    EXPECT_EQ(entries, items);
    EXPECT_GT(entries, 60u);
    EXPECT_THAT(page.body, testing::HasSubstr("href=\"/definitions#rule-cover-spell\""));
}

}  // namespace optimat
