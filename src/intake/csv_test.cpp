#include "intake/csv.hpp"

#include "base/temporary_folder.hpp"
#include "intake/csv_reference.hpp"
#include "intake/csv_scan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace optimat {
namespace {

using csv_reference::File;
using csv_reference::read_in_blocks;
using csv_reference::read_naively;
using csv_reference::Row;
using csv_reference::RowFate;
using testing::ElementsAre;

constexpr std::size_t usual_block = 2 << 20;

/// Reads the text through the real reader, with many block sizes, and checks that all agree with the
/// reference.
File read_text(std::string_view text) {
    const TemporaryFolder folder;
    const auto path = folder.write("file.csv", text);
    const File expected = read_naively(text);
    for (const std::size_t block : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7},
                                    std::size_t{64}, std::size_t{65}, std::size_t{50'000}, usual_block}) {
        if (text.size() > block * 1000) continue;  // a row is scanned anew for every block that it spans
        EXPECT_EQ(read_in_blocks(path, block), expected) << "block size " << block;
    }
    return read_in_blocks(path, usual_block);
}

std::string refusal(std::string_view text) {
    const TemporaryFolder folder;
    const auto path = folder.write("file.csv", text);
    EXPECT_TRUE(text.empty() || read_naively(text).refused);
    try {
        CsvReader reader(path);
    } catch (const InputError& error) {
        EXPECT_EQ(error.exit_code(), ExitCode::input_refused);
        return error.what();
    }
    return "not refused";
}

Row sound(std::uint64_t line, std::vector<std::string> cells) {
    return {line, RowFate::sound, std::move(cells)};
}

TEST(Csv, plain_cells) {
    const File file = read_text("a,b,c\n1,2,3\n4,,6\n,,\n");
    EXPECT_THAT(file.header, ElementsAre("a", "b", "c"));
    EXPECT_THAT(file.rows,
                ElementsAre(sound(2, {"1", "2", "3"}), sound(3, {"4", "", "6"}), sound(4, {"", "", ""})));
}

TEST(Csv, a_header_alone_has_no_rows) {
    for (const char* text : {"a,b", "a,b\n", "a,b\r\n",
                             "\xef\xbb\xbf"
                             "a,b\r\n"}) {
        const File file = read_text(text);
        EXPECT_THAT(file.header, ElementsAre("a", "b"));
        EXPECT_TRUE(file.rows.empty());
    }
}

TEST(Csv, quotes_hold_commas_line_ends_and_doubled_quotes) {
    const File file = read_text(
        "a,b\n\"x,y\",\"one\ntwo\r\nthree\"\n\"say \"\"yes\"\"\",\"\"\n\"\"\"\",\"\"\"\"\"\"\nlast,row\n");
    EXPECT_THAT(file.rows, ElementsAre(sound(2, {"x,y", "one\ntwo\r\nthree"}), sound(5, {"say \"yes\"", ""}),
                                       sound(6, {"\"", "\"\""}), sound(7, {"last", "row"})));
}

TEST(Csv, line_ends_may_be_crlf) {
    const File file = read_text("a,b\r\n1,2\r\n\"3\",\"4\"\r\n5,\"6\"\r\n");
    EXPECT_THAT(file.header, ElementsAre("a", "b"));
    EXPECT_THAT(file.rows, ElementsAre(sound(2, {"1", "2"}), sound(3, {"3", "4"}), sound(4, {"5", "6"})));
}

TEST(Csv, a_byte_order_mark_is_no_part_of_the_header) {
    EXPECT_THAT(read_text("\xef\xbb\xbf"
                          "a,b\n1,2\n")
                    .header,
                ElementsAre("a", "b"));
    EXPECT_THAT(read_text("\xef\xbb\xbf\"a\",\"b\"\n1,2\n").header, ElementsAre("a", "b"));
    EXPECT_THAT(read_text("\xef\xbb\xbf\"a\nb\",c\n1,2\n").header, ElementsAre("a\nb", "c"));
}

TEST(Csv, header_cells_lose_their_padding) {
    EXPECT_THAT(read_text(" a ,\tb\n").header, ElementsAre("a", "b"));
    EXPECT_THAT(read_text("caf\xe9,b\n").header, ElementsAre("caf\xc3\xa9", "b"));
}

TEST(Csv, a_header_may_span_lines) {
    const File file = read_text("\"a\nb\",c\n1,2\n");
    EXPECT_THAT(file.header, ElementsAre("a\nb", "c"));
    EXPECT_THAT(file.rows, ElementsAre(sound(3, {"1", "2"})));
}

TEST(Csv, the_last_line_may_lack_its_end) {
    EXPECT_THAT(read_text("a,b\n1,2").rows, ElementsAre(sound(2, {"1", "2"})));
    EXPECT_THAT(read_text("a,b\n1,2\r").rows, ElementsAre(sound(2, {"1", "2"})));
    EXPECT_THAT(read_text("a,b\n1,").rows, ElementsAre(sound(2, {"1", ""})));
    EXPECT_THAT(read_text("a,b\n1,\"2\"").rows, ElementsAre(sound(2, {"1", "2"})));
}

TEST(Csv, blank_lines_are_rows_of_one_empty_cell) {
    EXPECT_THAT(read_text("a,b\n\n1,2\n\r\n\n").rows,
                ElementsAre(sound(2, {""}), sound(3, {"1", "2"}), sound(4, {""}), sound(5, {""})));
}

TEST(Csv, ragged_rows_come_as_they_are) {
    EXPECT_THAT(read_text("a,b\n1\n1,2,3\n").rows, ElementsAre(sound(2, {"1"}), sound(3, {"1", "2", "3"})));
}

TEST(Csv, a_quote_that_opens_no_cell_is_a_byte) {
    const File file = read_text("a,b\nit is 5\" long,x\n5\",\"6\"\n");
    EXPECT_THAT(file.rows, ElementsAre(Row{2, RowFate::stray_quote, {"it is 5\" long", "x"}},
                                       Row{3, RowFate::stray_quote, {"5\"", "6"}}));
}

TEST(Csv, text_after_a_closing_quote_is_told) {
    const File file = read_text("a,b\n\"x\"y,1\n2,\"3\" \n\"4\"\"5\"6\"7\",8\nok,ok\n");
    ASSERT_EQ(file.rows.size(), 4u);
    EXPECT_EQ(file.rows[0].fate, RowFate::text_after_quote);
    EXPECT_EQ(file.rows[1].fate, RowFate::text_after_quote);
    EXPECT_EQ(file.rows[2].fate, RowFate::text_after_quote);
    EXPECT_EQ(file.rows[3], sound(5, {"ok", "ok"}));
}

TEST(Csv, an_unclosed_quote_costs_one_line) {
    const File file = read_text("a,b\n1,2\n3,\"4\n5,6\n7,8\n");
    EXPECT_THAT(file.rows, ElementsAre(sound(2, {"1", "2"}), Row{3, RowFate::unclosed_quote, {}},
                                       sound(4, {"5", "6"}), sound(5, {"7", "8"})));
    EXPECT_THAT(read_text("a,b\n\"").rows, ElementsAre(Row{2, RowFate::unclosed_quote, {}}));
}

TEST(Csv, rows_up_to_one_mebibyte_are_whole) {
    const std::string fits(longest_row - 3, 'x');
    for (const std::string& text :
         {"a,b\n" + fits + ",1\n2,3\n", "a,b\n\"" + fits.substr(4) + "\"\"\",1\n2,3\n"}) {
        const File file = read_text(text);
        ASSERT_EQ(file.rows.size(), 2u);
        EXPECT_EQ(file.rows[0].fate, RowFate::sound);
        EXPECT_EQ(file.rows[1], sound(3, {"2", "3"}));
    }
}

TEST(Csv, longer_rows_are_broken_and_reading_goes_on) {
    const std::string cell(longest_row - 2, 'x');
    const std::string long_cell(3 * longest_row, 'x');
    for (const std::string& row : {cell + ",1\n", long_cell + ",1\n", long_cell + ",\"1\"\n"}) {
        const File file = read_text("a,b\n0,0\n" + row + "2,3\n");
        EXPECT_THAT(file.rows,
                    ElementsAre(sound(2, {"0", "0"}), Row{3, RowFate::too_long, {}}, sound(4, {"2", "3"})));
    }
    const File quoted = read_text("a,b\n\"" + long_cell + "\",1\n2,3\n");
    EXPECT_THAT(quoted.rows, ElementsAre(Row{2, RowFate::unclosed_quote, {}}, sound(3, {"2", "3"})));
    const File last = read_text("a,b\n1,2\n" + long_cell);
    EXPECT_THAT(last.rows, ElementsAre(sound(2, {"1", "2"}), Row{3, RowFate::too_long, {}}));
}

TEST(Csv, what_is_no_csv_text_is_refused_with_its_reason) {
    EXPECT_THAT(refusal(""), testing::HasSubstr("file.csv: the file is empty"));
    EXPECT_THAT(refusal(std::string("\xff\xfe"
                                    "a\0,\0",
                                    6)),
                testing::HasSubstr("UTF-16"));
    EXPECT_THAT(refusal(std::string("\xfe\xff\0a\0,", 6)), testing::HasSubstr("UTF-16"));
    EXPECT_THAT(refusal("PK\x03\x04\x14"), testing::HasSubstr("spreadsheet"));
    EXPECT_THAT(refusal("\xd0\xcf\x11\xe0\xa1\xb1"), testing::HasSubstr("spreadsheet"));
    EXPECT_THAT(refusal(std::string("a,\0b\n", 5)), testing::HasSubstr("control characters"));
    EXPECT_THAT(refusal("a,\"b\n1,2\n"), testing::HasSubstr("never closed"));
    EXPECT_THAT(refusal("\"a\"x,b\n"), testing::HasSubstr("closing quote"));
    EXPECT_THAT(refusal("a,b\r1,2\r"), testing::HasSubstr("CR alone"));
    EXPECT_THAT(refusal(std::string(2 << 20, 'a')), testing::HasSubstr("1 MiB"));
}

TEST(Csv, what_is_no_readable_file_is_refused) {
    const TemporaryFolder folder;
    EXPECT_THROW(CsvReader(folder.path() / "none.csv"), InputError);
    EXPECT_THROW(CsvReader{folder.path()}, InputError);
    std::filesystem::create_symlink(folder.path() / "loop.csv", folder.path() / "loop.csv");
    EXPECT_THROW(CsvReader(folder.path() / "loop.csv"), InputError);
}

TEST(Csv, random_junk_reads_as_the_reference_reads_it) {
    std::mt19937 random(7);
    const std::string_view alphabet = "\"\"\",,\n\n\r\rab \t\x01\xe9";
    const TemporaryFolder folder;
    for (int round = 0; round < 2000; ++round) {
        std::string text = "h,\"i\"\n";
        const std::size_t size = random() % 300;
        for (std::size_t i = 0; i < size; ++i)
            text += alphabet[random() % alphabet.size()];
        const auto path = folder.write("junk.csv", text);
        const File expected = read_naively(text);
        for (const std::size_t block : {std::size_t{1}, 1 + random() % 80, std::size_t{4096}})
            ASSERT_EQ(read_in_blocks(path, block), expected)
                << testing::PrintToString(text) << " in blocks of " << block;
    }
}

TEST(Csv, random_long_rows_read_as_the_reference_reads_them) {
    std::mt19937 random(11);
    const std::string_view specials = "\",\n\n";
    for (int round = 0; round < 6; ++round) {
        std::string text = "h,i\n";
        while (text.size() < 5 * longest_row) {
            text += std::string(random() % (round % 2 == 0 ? longest_row : longest_row / 4), 'x');
            for (std::size_t i = random() % 4; i-- > 0;)
                text += specials[random() % specials.size()];
        }
        const TemporaryFolder folder;
        const auto path = folder.write("long.csv", text);
        const File expected = read_naively(text);
        for (const std::size_t block : {50'000 + random() % 50'000, longest_row, usual_block})
            ASSERT_TRUE(read_in_blocks(path, block) == expected)
                << "round " << round << ", blocks of " << block;
    }
}

TEST(CsvScan, content_of_a_block_is_told_at_every_place) {
    for (std::size_t size = 1; size < 70; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            for (const char c : {'"', '\n', '\r', '\t', ' ', '\x1f', '\0', '\x7f', '\x80', '\xff', '!'}) {
                std::string text(size, 'a');
                text[at] = c;
                const auto content = detail::content_of(text);
                EXPECT_EQ(content.quotes, c == '"');
                EXPECT_EQ(content.lines, c == '\n' ? 1u : 0u);
                EXPECT_EQ(content.high_bytes, static_cast<unsigned char>(c) >= 0x80);
                EXPECT_EQ(content.controls, c == '\x1f' || c == '\0')
                    << int{c} << " at " << at << " of " << size;
            }
        }
    }
}

TEST(Utf8, well_formed_text_only) {
    for (const char* good : {"", "abc", "\xc2\x80", "\xc3\xa9", "\xe2\x82\xac", "\xed\x9f\xbf",
                             "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
        EXPECT_TRUE(is_utf8(good));
    for (const char* bad :
         {"\x80", "\xc3", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xe2\x82",
          "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "a\xe9z", "\xc3\xc3"})
        EXPECT_FALSE(is_utf8(bad));
}

TEST(Windows1252, every_byte_becomes_well_formed_text) {
    for (int byte = 0; byte < 256; ++byte)
        EXPECT_TRUE(is_utf8(from_windows_1252(std::string(1, static_cast<char>(byte)))));
    EXPECT_EQ(from_windows_1252("caf\xe9 \x80"), "caf\xc3\xa9 \xe2\x82\xac");
    EXPECT_EQ(from_windows_1252("\x81"), "\xef\xbf\xbd");
}

}  // namespace
}  // namespace optimat
