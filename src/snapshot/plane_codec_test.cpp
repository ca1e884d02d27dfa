#include "snapshot/plane_codec.hpp"

#include "snapshot/text_codec.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>

namespace optimat {
namespace {

/// A column of one kind whose cells are these bits, narrowed to its width.
Column column_of(FieldKind kind, std::initializer_list<std::uint32_t> bits) {
    Column column(kind, bits.size());
    std::byte* to = column.raw().data();
    for (const std::uint32_t cell : bits) {
        std::memcpy(to, &cell, cell_width(kind));
        to += cell_width(kind);
    }
    return column;
}

TEST(ColumnCodec, GivesBackEveryCellOfEveryKind) {
    const auto bits = {0u,      1u,      2u,      0x7fu,    0x80u,        0xffu, 0x7fffu,
                       0x8000u, 0x8001u, 0xffffu, 0x10000u, 0x7fff'ffffu, 42u,   42u};
    for (const FieldKind kind : {FieldKind::service, FieldKind::day, FieldKind::code, FieldKind::flag,
                                 FieldKind::count, FieldKind::dose, FieldKind::text}) {
        const Column column = column_of(kind, bits);
        ColumnCodec codec;
        ByteWriter writer;
        codec.write(writer, column, nullptr);
        const std::string bytes = writer.take();
        ByteReader reader(bytes);
        const Column read = codec.read(reader, kind, bits.size(), nullptr);
        reader.expect_end();
        EXPECT_TRUE(std::ranges::equal(column.raw(), read.raw())) << static_cast<int>(kind);
    }
}

TEST(ColumnCodec, GivesBackMissingAndNegativeCells) {
    const auto bits = {0x8000'0000u, 0x8000'0001u, 0xffff'ffffu, 0u, 0x8000'0000u};
    for (const FieldKind kind : {FieldKind::dose, FieldKind::text}) {
        const Column column = column_of(kind, bits);
        ColumnCodec codec;
        ByteWriter writer;
        codec.write(writer, column, nullptr);
        const std::string bytes = writer.take();
        ByteReader reader(bytes);
        EXPECT_TRUE(std::ranges::equal(column.raw(), codec.read(reader, kind, bits.size(), nullptr).raw()));
    }
}

TEST(ColumnCodec, DaysAreRelativeToTheOrderDay) {
    Column order(FieldKind::day, 3), ends(FieldKind::day, 3);
    const auto days = order.cells<Day>();
    days[0] = first_readable_day;
    days[1] = last_readable_day;
    days[2] = Day{17000};
    const auto end = ends.cells<OptionalDay>();
    end[0] = last_readable_day;
    end[1] = OptionalDay{};
    end[2] = first_readable_day;
    ColumnCodec codec;
    ByteWriter writer;
    codec.write_order_days(writer, order);
    codec.write(writer, ends, &order);
    const std::string bytes = writer.take();
    ByteReader reader(bytes);
    const Column order_read = codec.read_order_days(reader, 3);
    EXPECT_TRUE(std::ranges::equal(order.raw(), order_read.raw()));
    EXPECT_TRUE(std::ranges::equal(ends.raw(), codec.read(reader, FieldKind::day, 3, &order_read).raw()));
}

TEST(ColumnCodec, OneValueThroughoutTakesNoRoomWhateverTheRows) {
    Column column(FieldKind::dose, 100'000);
    std::ranges::fill(column.cells<OptionalDose>(), OptionalDose{});
    ColumnCodec codec;
    ByteWriter writer;
    codec.write(writer, column, nullptr);
    EXPECT_EQ(writer.size(), 8u);
}

TEST(ColumnCodec, RefusesCellsWiderThanTheirColumn) {
    ByteWriter writer;
    write_numbers(writer, std::vector<std::uint32_t>{0x10000});
    const std::string bytes = writer.take();
    ByteReader reader(bytes);
    ColumnCodec codec;
    EXPECT_THROW(codec.read(reader, FieldKind::count, 1, nullptr), StoreError);
}

TextColumn texts_of(std::initializer_list<std::string> texts) {
    TextColumn column;
    for (const std::string& text : texts)
        column.push_back(text);
    return column;
}

TEST(TextCodec, GivesBackTexts) {
    const std::string long_text(3000, 'x');
    for (const TextColumn& texts :
         {texts_of({}), texts_of({""}), texts_of({"", "", "a", "ab", "ab", "a", "", "b"}),
          texts_of({"P000000001", "P000000002", "P000000010", "Q", "P000000010"}),
          texts_of({long_text, long_text + "y", long_text})}) {
        ByteWriter writer;
        write_texts(writer, texts);
        const std::string bytes = writer.take();
        ByteReader reader(bytes);
        EXPECT_EQ(read_texts(reader, texts.size(), 4000, 10'000), texts);
        reader.expect_end();
    }
}

TEST(TextCodec, RefusesTextsBeyondTheirLimits) {
    ByteWriter writer;
    write_texts(writer, texts_of({"abc", "abcd"}));
    const std::string bytes = writer.take();
    const auto read = [&](std::size_t longest, std::size_t largest) {
        ByteReader reader(bytes);
        return read_texts(reader, 2, longest, largest).size();
    };
    EXPECT_EQ(read(4, 7), 2u);
    EXPECT_THROW(read(3, 7), StoreError);
    EXPECT_THROW(read(4, 6), StoreError);
}

}  // namespace
}  // namespace optimat
