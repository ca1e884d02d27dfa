#include "web/pages/kept_text.hpp"

#include "intake/csv.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::int64_t longest_note = 2000;  ///< characters

std::int64_t characters_of(std::string_view text) {
    return std::ranges::count_if(text,
                                 [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

}  // namespace

bool can_be_kept(std::string_view text) { return is_utf8(text) && text.find('\0') == text.npos; }

void check_note(std::string_view note, FieldErrors& errors) {
    if (!can_be_kept(note))
        errors.add("note", "The note holds characters that cannot be kept; write it again");
    if (characters_of(note) > longest_note)
        errors.add("note", fmt::format("The note is longer than {} characters; shorten it", longest_note));
}

}  // namespace optimat
