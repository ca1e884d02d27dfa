#include "report/terminal.hpp"

#include <gtest/gtest.h>

namespace optimat {
namespace {

const Terminal plain{Colour::never, 80};
const Terminal colourful{Colour::always, 80};

TEST(Terminal, without_colour_text_stays_as_it_is) {
    EXPECT_EQ(paint(plain, Ink::red, "92"), "92");
    EXPECT_EQ(paint_block(plain, Ink::red, "RR"), "RR");
    EXPECT_EQ(paint(colourful, Ink::plain, "92"), "92");
    EXPECT_EQ(paint(colourful, Ink::red, "92"), "\x1b[38;5;160m92\x1b[0m");
}

TEST(Terminal, columns_count_characters_and_not_colour) {
    EXPECT_EQ(columns_of("Ål – 5"), 6u);
    EXPECT_EQ(columns_of(paint(colourful, Ink::green, "été")), 3u);
    EXPECT_EQ(pad_left(paint(colourful, Ink::green, "5"), 3), "  \x1b[38;5;71m5\x1b[0m");
    EXPECT_EQ(pad_right("é", 3), "é  ");
}

TEST(Terminal, long_text_is_cut_between_characters) {
    EXPECT_EQ(cut_to("Blackburn", 9), "Blackburn");
    EXPECT_EQ(cut_to("Blackburn", 5), "Blac…");
    EXPECT_EQ(cut_to("ééééé", 3), "éé…");
    EXPECT_EQ(cut_to("abc", 0), "");
}

TEST(Terminal, control_characters_from_files_do_not_reach_the_terminal) {
    EXPECT_EQ(printable("a\x1b[2Jb\x7f\n"), "a?[2Jb??");
    EXPECT_EQ(printable("a\xC2\x9B"
                        "2Jb"),
              "a?2Jb");
    EXPECT_EQ(printable("Åland"), "Åland");
}

TEST(Terminal, words_wrap_within_the_width) {
    EXPECT_EQ(wrapped("one two three four", 9), "one two\nthree\nfour\n");
    EXPECT_EQ(wrapped("one two three", 9, 2), "one two\n  three\n");
    EXPECT_EQ(wrapped("  one two three", 9, 4), "  one two\n    three\n");
    EXPECT_EQ(wrapped("unbreakable", 4), "unbreakable\n");
    EXPECT_EQ(wrapped("", 4), "\n");
    EXPECT_EQ(wrapped("about 14.6 %).", 10), "about\n14.6 %).\n");
}

TEST(Terminal, tables_align_and_leave_no_trailing_spaces) {
    TextTable table(plain);
    table.add_column("Month", Align::left);
    table.add_column("Red", Align::right);
    table.add_column("Note", Align::left);
    table.add_row({"Oct 2018", "1,092", ""});
    EXPECT_EQ(table.text(), "Month       Red  Note\n─────────────────────\nOct 2018  1,092\n");
}

TEST(Terminal, tables_close_up_where_the_width_is_short) {
    TextTable table(Terminal{Colour::never, 7});
    table.add_column("ab", Align::left);
    table.add_column("cd", Align::left);
    table.add_column("e", Align::left);
    table.add_row({"1", "2", "3"});
    EXPECT_EQ(table.text(), "ab cd e\n───────\n1  2  3\n");
}

}  // namespace
}  // namespace optimat
