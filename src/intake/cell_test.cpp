#include "intake/cell.hpp"

#include <gtest/gtest.h>
#include <random>

namespace optimat {
namespace {

TEST(ReadDay, every_day_in_every_form) {
    for (Day day = first_readable_day; day <= last_readable_day; day = day + (day.number % 3 == 0 ? 1 : 2)) {
        const std::string iso = to_text(day);
        const std::string slashes = iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
        const std::string compact = iso.substr(0, 4) + iso.substr(5, 2) + iso.substr(8, 2);
        ASSERT_EQ(read_day(iso, DateForm::year_month_day), day);
        ASSERT_EQ(read_day(slashes, DateForm::day_month_year_slashes), day);
        ASSERT_EQ(read_day(compact, DateForm::compact), day);
        ASSERT_FALSE(read_day(iso, DateForm::compact) || read_day(iso, DateForm::day_month_year_slashes));
        ASSERT_FALSE(read_day(slashes, DateForm::compact) || read_day(slashes, DateForm::year_month_day));
        ASSERT_FALSE(read_day(compact, DateForm::year_month_day) ||
                     read_day(compact, DateForm::day_month_year_slashes));
    }
    EXPECT_EQ(read_day("1900-01-01", DateForm::year_month_day), first_readable_day);
    EXPECT_EQ(read_day("9999-12-31", DateForm::year_month_day), last_readable_day);
    EXPECT_EQ(read_day("29/02/2020", DateForm::day_month_year_slashes), day_of(2020, 2, 29));
}

TEST(ReadDay, impossible_days_are_nothing) {
    for (const char* text :
         {"1899-12-31", "2018-02-29",  "2018-02-30", "2100-02-29", "2300-02-29", "1900-02-29",
          "2018-04-31", "2018-00-01",  "2018-13-01", "2018-01-00", "2018-01-32", "2018-01-99",
          "0000-00-00", "31-12-9999",  "2018-1-01",  "2018-01-1",  "2018/01/01", "2018-01-0a",
          "201a-01-01", "2018-01-01x", "",           "-"})
        EXPECT_FALSE(read_day(text, DateForm::year_month_day)) << text;
    for (const char* text : {"30/02/2018", "31/04/2018", "00/01/2018", "01/13/2018", "1/1/2018", "01-01-2018",
                             "01/01/18", "31/12/1899"})
        EXPECT_FALSE(read_day(text, DateForm::day_month_year_slashes)) << text;
    for (const char* text :
         {"20180230", "18991231", "2018023", "201802301", "2018O101", "00000000", "99999999"})
        EXPECT_FALSE(read_day(text, DateForm::compact)) << text;
}

TEST(ReadDay, any_single_wrong_byte_is_noticed) {
    for (std::size_t at = 0; at < 10; ++at) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string text = "2018-11-11";
            text[at] = static_cast<char>(byte);
            EXPECT_EQ(read_day(text, DateForm::year_month_day), parse_iso_day(text)) << at << ' ' << byte;
        }
    }
}

TEST(ReadWholeNumber, digits_with_an_optional_minus) {
    EXPECT_EQ(read_whole_number("0"), 0);
    EXPECT_EQ(read_whole_number("28"), 28);
    EXPECT_EQ(read_whole_number("007"), 7);
    EXPECT_EQ(read_whole_number("-3"), -3);
    EXPECT_EQ(read_whole_number("1000000"), 1'000'000);
    EXPECT_EQ(read_whole_number("-1000000"), -1'000'000);
    for (const char* text :
         {"", "-", "--1", "+1", "1.0", "1e2", "1000001", "12345678", " 1", "1 ", "x", "1x"})
        EXPECT_FALSE(read_whole_number(text)) << text;
}

TEST(ReadDose, short_numbers_read_as_long_ones_do) {
    const std::string_view alphabet = "0123456789..-+e5 x";
    std::mt19937 random(3);
    for (int round = 0; round < 300'000; ++round) {
        std::string text;
        for (std::size_t i = random() % 10; i-- > 0;)
            text += alphabet[random() % alphabet.size()];
        ASSERT_EQ(read_dose(text), parse_milligrams(text)) << text;
    }
    for (const char* text : {"12.", ".5", ".", "", "0", "0.0004", "0.0005", "1e-400", "1e308", "-1",
                             "999999.9", "1000000", "1000001"})
        EXPECT_EQ(read_dose(text), parse_milligrams(text)) << text;
    EXPECT_EQ(read_dose("60"), milligrams(60));
    EXPECT_EQ(read_dose("0.4"), Micrograms{400});
}

TEST(CodeReader, every_list_reads_both_ways) {
    for (const CodeList* list :
         {&codes::sex, &codes::service_kind, &codes::end_reason, &codes::episode_source, &codes::phase,
          &codes::medicine, &codes::regime, &codes::collection, &codes::supervision, &codes::plan_reason,
          &codes::top_stage, &codes::setting, &codes::sample, &codes::screen_result, &codes::event_kind}) {
        const CodeReader reader(*list);
        for (std::size_t code = 0; code < list->texts.size(); ++code) {
            const std::string text{list->texts[code]};
            EXPECT_EQ(reader.read(text), code) << list->name;
            if (text.empty()) continue;
            EXPECT_FALSE(reader.read(text + "x")) << text;
            EXPECT_FALSE(reader.read(text.substr(1))) << text;
            EXPECT_FALSE(reader.read(" " + text)) << text;
            std::string upper = text;
            upper[0] = static_cast<char>(upper[0] - 'a' + 'A');
            EXPECT_FALSE(reader.read(upper)) << upper;
        }
    }
}

}  // namespace
}  // namespace optimat
