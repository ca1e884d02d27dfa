#include "intake/extract_file.hpp"

#include "base/error.hpp"
#include "base/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optimat {
namespace {

using testing::HasSubstr;

constexpr std::string_view sound =
    "organisation = \"A\"\ncovers_from = \"2018-01-01\"\ncovers_to = \"2018-12-31\"\n";

ExtractFile read(std::string_view text) {
    const TemporaryFolder folder;
    return read_extract_file(folder.write("extract.toml", text));
}

std::string complaint(std::string_view text) {
    try {
        read(text);
    } catch (const InputError& error) {
        return error.what();
    }
    return "no complaint";
}

TEST(ExtractFile, names_organisation_period_and_mapping) {
    const ExtractFile file = read(std::string(sound) + "mapping = \"built-in:ndtms\"\n");
    EXPECT_EQ(file.organisation, "A");
    EXPECT_EQ(to_text(file.covers_from), "2018-01-01");
    EXPECT_EQ(to_text(file.covers_to), "2018-12-31");
    EXPECT_EQ(file.mapping, "built-in:ndtms");
    EXPECT_EQ(read(sound).mapping, "");
    EXPECT_EQ(read("organisation = \"A\"\ncovers_from = 2018-01-01\ncovers_to = 2018-01-01\n").covers_to,
              parse_iso_day("2018-01-01"));
}

TEST(ExtractFile, what_is_wrong_is_named) {
    EXPECT_THAT(complaint(""), HasSubstr("'organisation' is missing"));
    EXPECT_THAT(complaint("organisation = 5"), HasSubstr("organisation"));
    EXPECT_THAT(complaint("organisation = \"A\"\ncovers_to = \"2018-01-01\"\n"),
                HasSubstr("'covers_from' is missing"));
    EXPECT_THAT(complaint("organisation = \"A\"\ncovers_from = \"2018-01-01\"\n"),
                HasSubstr("'covers_to' is missing"));
    EXPECT_THAT(complaint("organisation = \"A\"\ncovers_from = \"2018-02-30\"\ncovers_to = \"2018-12-31\"\n"),
                AllOf(HasSubstr("line 2"), HasSubstr("covers_from is not a date")));
    EXPECT_THAT(complaint("organisation = \"A\"\ncovers_from = 2018-02-30\ncovers_to = \"2018-12-31\"\n"),
                HasSubstr("line 2"));
    EXPECT_THAT(complaint("organisation = \"A\"\ncovers_from = 0001-01-01\ncovers_to = \"2018-12-31\"\n"),
                HasSubstr("covers_from is not a date"));
    EXPECT_THAT(complaint("organisation = \"A\"\ncovers_from = \"2018-12-31\"\ncovers_to = \"2018-01-01\"\n"),
                HasSubstr("covers_to is before"));
    EXPECT_THAT(complaint(std::string(sound) + "maping = \"x\"\n"),
                AllOf(HasSubstr("line 4"), HasSubstr("maping")));
    EXPECT_THAT(complaint(std::string(sound) + "mapping = 5\n"),
                AllOf(HasSubstr("line 4"), HasSubstr("mapping")));
    EXPECT_THAT(complaint("organisation = \"A"), HasSubstr("extract.toml: line 1"));
    EXPECT_THAT(complaint(std::string("\xff\xfe\0\0", 4)), HasSubstr("extract.toml: line 1"));
}

TEST(ExtractFile, a_missing_or_unreadable_file_is_refused) {
    const TemporaryFolder folder;
    EXPECT_THROW(read_extract_file(folder.path() / "extract.toml"), InputError);
    EXPECT_THROW(read_extract_file(folder.path()), InputError);
    folder.write("extract.toml", std::string(17 << 20, '#'));
    EXPECT_THROW(read_extract_file(folder.path() / "extract.toml"), InputError);
}

}  // namespace
}  // namespace optimat
