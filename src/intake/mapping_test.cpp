#include "intake/mapping.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

Mapping parse(std::string_view text) { return parse_mapping(text, "own.toml"); }

std::string complaint(std::string_view text) {
    try {
        parse(text);
    } catch (const DefinitionError& error) {
        EXPECT_EQ(error.exit_code(), ExitCode::definition);
        return error.what();
    }
    return "no complaint";
}

/// A mapping of one file and one table of tops, with more keys and fields.
std::string tops(std::string_view fields, std::string_view file_keys = "", std::string_view table_keys = "") {
    return "[file.\"a.csv\"]\n" + std::string(file_keys) + "\n[[file.\"a.csv\".table]]\ntable = \"tops\"\n" +
           std::string(table_keys) +
           "\nfields.top_id = \"T\"\nfields.client_id = \"C\"\nfields.date = \"D\"\n" + std::string(fields) +
           "\n";
}

TEST(Mapping, is_read_whole) {
    const Mapping mapping =
        parse("name = \"own\"\nversion = \"2\"\nsource = \"us\"\n" +
              tops("fields.sharing = { column = \"S\", codes = { Y = \"true\", N = \"false\", X = \"\" } }\n"
                   "fields.stage = { column = \"ST\", codes = { S = \"start\" }, otherwise = \"review\" }\n"
                   "fields.setting = { constant = \"community\" }\n"
                   "fields.other_substance = { columns = [\"A\", \"B\"], join = \"+\" }",
                   "date = \"YYYYMMDD\"\nnot_recorded = [\"?\"]\ndiscard = [\"N\"]",
                   "when = { column = \"T\", values = [\"1\", \"2\"] }\nrepeats = \"expected\""));
    EXPECT_EQ(mapping.name, "own");
    EXPECT_EQ(mapping.version, "2");
    EXPECT_EQ(mapping.of_file("b.csv"), nullptr);
    const FileMapping* file = mapping.of_file("a.csv");
    ASSERT_NE(file, nullptr);
    EXPECT_EQ(file->date_form, DateForm::compact);
    EXPECT_THAT(file->not_recorded, ElementsAre("?"));
    EXPECT_THAT(file->discard, ElementsAre("N"));
    ASSERT_EQ(file->tables.size(), 1u);
    const TableMapping& table = file->tables[0];
    EXPECT_EQ(table.when_column, "T");
    EXPECT_THAT(table.when_values, ElementsAre("1", "2"));
    EXPECT_EQ(table.repeats, Repeats::expected);
    EXPECT_EQ(table.fields.at("sharing").codes.at("Y"), "true");
    EXPECT_EQ(table.fields.at("stage").otherwise, "review");
    EXPECT_EQ(table.fields.at("setting").constant, "community");
    EXPECT_THAT(table.fields.at("other_substance").columns, ElementsAre("A", "B"));
    EXPECT_EQ(table.fields.at("other_substance").joined_by, "+");
}

TEST(Mapping, has_defaults) {
    const Mapping mapping = parse(tops("", "", "when = \"T\""));
    const FileMapping& file = *mapping.of_file("a.csv");
    EXPECT_EQ(file.date_form, DateForm::year_month_day);
    EXPECT_EQ(file.tables[0].when_column, "T");
    EXPECT_TRUE(file.tables[0].when_values.empty());
    EXPECT_EQ(file.tables[0].repeats, Repeats::reported);
}

TEST(Mapping, what_it_does_not_know_is_refused_with_its_line) {
    EXPECT_THAT(complaint(""), HasSubstr("at least one [file"));
    EXPECT_THAT(complaint("x = 1"), AllOf(HasSubstr("own.toml: line 1"), HasSubstr("'x' is not known")));
    EXPECT_THAT(complaint("[file.\"a.csv\"]\n"), HasSubstr("at least one [[file"));
    EXPECT_THAT(complaint("[file.\"a.csv\"]\ntable = []\n"), HasSubstr("at least one [[file"));
    EXPECT_THAT(complaint("[file.\"a.csv\"]\ntable = [1]\n"), HasSubstr("must be a table"));
    EXPECT_THAT(complaint("file = 1"), HasSubstr("at least one [file"));
    EXPECT_THAT(complaint(tops("", "dates = \"x\"")), HasSubstr("'dates' is not known"));
    EXPECT_THAT(complaint(tops("", "date = \"MM/DD/YYYY\"")), HasSubstr("date must be"));
    EXPECT_THAT(complaint(tops("", "discard = \"N\"")), HasSubstr("list of texts"));
    EXPECT_THAT(complaint(tops("", "discard = [1]")), HasSubstr("text in quotes"));
    EXPECT_THAT(complaint(tops("", "", "repeats = \"never\"")), HasSubstr("expected or reported"));
    EXPECT_THAT(complaint(tops("", "", "when = { values = [\"1\"] }")), HasSubstr("when needs a column"));
    EXPECT_THAT(complaint(tops("fields.opiate_dayz = \"O\"")),
                AllOf(HasSubstr("line 9"), HasSubstr("tops has no field 'opiate_dayz'")));
    EXPECT_THAT(complaint(tops("fields.stage = { column = \"S\", codes = { S = \"begin\" } }")),
                HasSubstr("'begin' is not a value of stage"));
    EXPECT_THAT(complaint(tops("fields.stage = { column = \"S\", otherwise = \"begin\" }")),
                HasSubstr("'begin' is not a value of stage"));
    EXPECT_THAT(complaint(tops("fields.stage = { constant = \"begin\" }")),
                HasSubstr("'begin' is not a value of stage"));
    EXPECT_THAT(complaint(tops("fields.sharing = { column = \"S\", codes = { Y = \"yes\" } }")),
                HasSubstr("'yes' is not a value of sharing"));
    EXPECT_THAT(complaint(tops("fields.stage = { codes = { S = \"start\" } }")), HasSubstr("needs a column"));
    EXPECT_THAT(complaint(tops("fields.stage = { column = \"S\", constant = \"start\" }")),
                HasSubstr("only one"));
    EXPECT_THAT(complaint(tops("fields.stage = { column = \"S\", columns = [\"T\"] }")),
                HasSubstr("only one"));
    EXPECT_THAT(complaint(tops("fields.stage = { columns = [] }")), HasSubstr("needs a column"));
    EXPECT_THAT(complaint(tops("fields.stage = 3")), HasSubstr("must be a table"));
    EXPECT_THAT(complaint(tops("fields.date = { column = \"D\", part = \"month\" }")),
                HasSubstr("own.toml: line"));
    EXPECT_THAT(complaint(tops("fields.stage = { column = \"S\", part = \"month\" }")),
                HasSubstr("part must be year"));
    EXPECT_THAT(complaint("[file.\"a.csv\"]\n[[file.\"a.csv\".table]]\ntable = "
                          "\"people\"\n[file.\"a.csv\".table.fields]\n"),
                HasSubstr("no table 'people'"));
    EXPECT_THAT(complaint("[file.\"a.csv\"]\n[[file.\"a.csv\".table]]\ntable = \"tops\"\n"),
                HasSubstr("needs fields"));
    EXPECT_THAT(complaint("name = \n"), HasSubstr("own.toml: line 1"));
}

TEST(Mapping, a_discarded_column_cannot_be_read) {
    EXPECT_THAT(complaint(tops("", "discard = [\"C\"]")), AllOf(HasSubstr("'C'"), HasSubstr("discard")));
    EXPECT_THAT(complaint(tops("", "discard = [\"W\"]", "when = \"W\"")),
                AllOf(HasSubstr("'W'"), HasSubstr("discard")));
    EXPECT_THAT(complaint(tops("fields.other_substance = { columns = [\"A\", \"N\"] }", "discard = [\"N\"]")),
                HasSubstr("'N'"));
}

TEST(Mapping, a_file_is_a_name_within_the_folder) {
    for (const char* name :
         {"../a.csv", "/etc/passwd", "x/a.csv", "x\\\\a.csv", "", "a.xlsx", "..", "extract.toml"}) {
        const std::string text = "[file.\"" + std::string(name) + "\"]\n[[file.\"" + std::string(name) +
                                 "\".table]]\ntable = \"clients\"\nfields.client_id = \"C\"\n";
        EXPECT_THAT(complaint(text), HasSubstr("name of a .csv file")) << name;
    }
}

TEST(Mapping, a_dose_in_millilitres_comes_from_columns_as_they_stand) {
    const auto prescriptions = [](std::string_view field) {
        return "[file.\"a.csv\"]\n[[file.\"a.csv\".table]]\ntable = \"prescriptions\"\n" + std::string(field);
    };
    EXPECT_NO_THROW(
        parse(prescriptions("fields.daily_dose_ml = \"ML\"\nfields.strength_mg_per_ml = \"S\"\n")));
    for (const char* source :
         {"{ constant = \"5\" }", "{ columns = [\"A\", \"B\"] }", "{ column = \"A\", codes = { a = \"1\" } }",
          "{ column = \"A\", otherwise = \"1\" }", "{ column = \"A\", part = \"year\" }"})
        EXPECT_THAT(complaint(prescriptions("fields.daily_dose_ml = " + std::string(source) + "\n")),
                    HasSubstr("one column as it stands"))
            << source;
}

TEST(Mapping, a_file_feeds_a_bounded_number_of_tables) {
    std::string text;
    for (int i = 0; i < 101; ++i)
        text += "[[file.\"a.csv\".table]]\ntable = \"clients\"\nfields.client_id = \"C\"\n";
    EXPECT_THAT(complaint(text), HasSubstr("at most 100 tables"));
}

}  // namespace
}  // namespace optimat
