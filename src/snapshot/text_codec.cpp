#include "snapshot/text_codec.hpp"

#include "snapshot/plane_codec.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace optimat {

namespace {

constexpr std::size_t longest_shared = 0xff;  // one byte says it

std::size_t shared_bytes(std::string_view before, std::string_view text) {
    const std::size_t limit = std::min({before.size(), text.size(), longest_shared});
    std::size_t shared = 0;
    for (; shared + 8 <= limit; shared += 8) {
        std::uint64_t left, right;
        std::memcpy(&left, before.data() + shared, 8);
        std::memcpy(&right, text.data() + shared, 8);
        if (left != right) return shared + static_cast<std::size_t>(std::countr_zero(left ^ right)) / 8;
    }
    while (shared < limit && before[shared] == text[shared])
        ++shared;
    return shared;
}

}  // namespace

void write_texts(ByteWriter& writer, const TextColumn& texts) {
    std::vector<std::uint8_t> shared(texts.size());
    std::vector<std::uint32_t> rest(texts.size());
    std::string rests;
    rests.reserve(texts.bytes().size() / 4);
    std::string_view before;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::string_view text = texts[i];
        const std::size_t same = shared_bytes(before, text);
        shared[i] = static_cast<std::uint8_t>(same);
        rest[i] = static_cast<std::uint32_t>(text.size() - same);
        rests.append(text.substr(same));
        before = text;
    }
    write_plane(writer, shared);
    write_numbers(writer, rest);
    writer.bytes(rests);
}

TextColumn read_texts(ByteReader& reader, std::size_t count, std::size_t longest, std::size_t largest_size) {
    std::vector<std::uint8_t> shared(count);
    std::vector<std::uint32_t> rest(count), ends(count);
    read_plane(reader, shared);
    read_numbers(reader, rest);
    std::size_t size = 0, before = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t length = std::size_t{shared[i]} + rest[i];
        if (shared[i] > before || length > longest) throw_damaged("a text is longer than it can be");
        size += length;
        if (size > largest_size) throw_damaged("its texts are larger than they can be");
        ends[i] = static_cast<std::uint32_t>(size);
        before = length;
    }
    std::string bytes(size, '\0');
    char* to = bytes.data();
    const char* previous = to;
    for (std::size_t i = 0; i < count; ++i) {
        char* const begin = to;
        std::memcpy(to, previous, shared[i]);
        std::memcpy(to + shared[i], reader.bytes(rest[i]).data(), rest[i]);
        to += shared[i] + rest[i];
        previous = begin;
    }
    return TextColumn::from_parts(std::move(ends), std::move(bytes));
}

}  // namespace optimat
