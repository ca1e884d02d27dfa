// docs/extract.md is the contract for those who prepare data: it must name every file, column, code and rule
// that the program knows, as the program knows it. docs/mappings.md must name every key.

#include "intake/contract.hpp"
#include "intake/definitions.hpp"
#include "intake/mapping.hpp"
#include "intake/text_file.hpp"
#include "model/issue.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat {
namespace {

using testing::HasSubstr;

std::string page(const std::string& name) {
    return read_text_file(std::filesystem::path(OPTIMAT_SOURCE_DIR) / "docs" / name);
}

/// The text under a heading, up to the next of its level.
std::string section(const std::string& text, const std::string& heading) {
    const std::size_t begin = text.find("\n## " + heading + "\n");
    if (begin == text.npos) return "";
    return text.substr(begin, text.find("\n## ", begin + 1) - begin);
}

/// The first line of a table that names the field in its first cell.
std::string line_of(const std::string& text, const std::string& field) {
    std::size_t at = 0;
    while ((at = text.find("\n|", at)) != text.npos) {
        const std::string line = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
        const std::string first = line.substr(0, line.find('|', 1));
        if (first.find("`" + field + "`") != first.npos) return line;
        ++at;
    }
    return "";
}

void expect_fields(const std::string& text, const std::string& table, std::span<const Field> fields) {
    const std::string part = section(text, table + ".csv");
    ASSERT_FALSE(part.empty()) << table;
    for (const Field& field : fields) {
        const std::string line = line_of(part, std::string(field.name));
        EXPECT_THAT(line, HasSubstr(field.required == Required::yes ? "| yes |" : "| no |"))
            << table << '.' << field.name;
        if (field.kind == FieldKind::day) {
            EXPECT_THAT(line, testing::AnyOf(HasSubstr("date"), HasSubstr("day")))
                << table << '.' << field.name;
        }
        if (field.kind == FieldKind::count) {
            EXPECT_THAT(line, HasSubstr(std::to_string(field.minimum))) << table << '.' << field.name;
            EXPECT_THAT(line, HasSubstr(std::to_string(field.maximum))) << table << '.' << field.name;
        }
        if (field.codes == nullptr) continue;
        for (const std::string_view code : field.codes->texts.subspan(1))
            EXPECT_THAT(part, HasSubstr(fmt::format("`{}`", code))) << table << '.' << field.name;
    }
}

TEST(Documentation, names_every_column_and_code_of_every_file) {
    const std::string text = page("extract.md");
    expect_fields(text, "services", service_fields());
    for (std::size_t i = 0; i < table_count; ++i)
        expect_fields(text, std::string(table_name(static_cast<TableKind>(i))),
                      fields_of(static_cast<TableKind>(i)));
    const std::string prescriptions = section(text, "prescriptions.csv");
    for (const char* field : {"daily_dose_ml", "strength_mg_per_ml"})
        EXPECT_THAT(line_of(prescriptions, field), HasSubstr("| no |"));
    for (const std::string& item : Definitions().inventory_items())
        EXPECT_THAT(section(text, "ascis.csv"), HasSubstr("`" + item + "`"));
}

TEST(Documentation, names_no_column_that_is_none) {
    const std::string text = page("extract.md");
    for (std::size_t i = 0; i < table_count; ++i) {
        const std::string table{table_name(static_cast<TableKind>(i))};
        const std::string part = section(text, table + ".csv");
        std::size_t at = part.find("\n|---");
        ASSERT_NE(at, part.npos) << table;
        while (part.compare(at = part.find('\n', at + 1), 2, "\n|") == 0) {
            std::string first = part.substr(at + 2, part.find('|', at + 2) - at - 2);
            while (first.find('`') != first.npos) {
                first.erase(0, first.find('`') + 1);
                const std::string field = first.substr(0, first.find('`'));
                EXPECT_NE(contract_field(table, field), nullptr) << table << '.' << field;
                first.erase(0, field.size() + 1);
            }
        }
    }
}

TEST(Documentation, says_of_every_rule_how_grave_it_is_and_what_it_costs) {
    const std::string text = page("extract.md");
    for (std::size_t i = 0; i < rule_count; ++i) {
        const IssueRule& rule = issue_rule(static_cast<Rule>(i));
        EXPECT_THAT(text,
                    HasSubstr(fmt::format("\n| `{}` | {} | {} | {} |\n", rule.id, text_of(rule.severity),
                                          text_of(rule.consequence), rule.text)));
    }
}

TEST(Documentation, names_every_key_of_extract_toml) {
    const std::string part = section(page("extract.md"), "extract.toml");
    for (const char* key : {"organisation", "covers_from", "covers_to"})
        EXPECT_THAT(line_of(part, key), HasSubstr("| yes |"));
    EXPECT_THAT(line_of(part, "mapping"), HasSubstr("| no |"));
}

TEST(Documentation, the_mapping_that_it_teaches_is_sound) {
    const std::string text = page("mappings.md");
    const std::string writing = section(text, "Writing one");
    const std::size_t begin = writing.find("```toml\n") + 8;
    const Mapping mapping =
        parse_mapping(writing.substr(begin, writing.find("```", begin) - begin), "docs/mappings.md");
    EXPECT_EQ(mapping.files.at(0).tables.at(0).fields.size(), 6u);
    for (const char* key : {"date", "not_recorded", "discard", "table", "when", "repeats", "fields"})
        EXPECT_FALSE(line_of(writing, key).empty()) << key;
    for (const char* word : {"columns", "join", "codes", "otherwise", "part", "constant", "YYYY-MM-DD",
                             "DD/MM/YYYY", "YYYYMMDD"})
        EXPECT_THAT(writing, HasSubstr(word));
    for (std::size_t i = 0; i < table_count; ++i)
        EXPECT_THAT(writing, HasSubstr(fmt::format("`{}`", table_name(static_cast<TableKind>(i)))));
    for (const char* name : {"ndtms", "mat_breakdown"}) {
        EXPECT_THAT(text, HasSubstr("built-in:" + std::string(name)));
        EXPECT_TRUE(Definitions().mapping(name));
    }
}

}  // namespace
}  // namespace optimat
