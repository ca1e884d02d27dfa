#pragma once
// An enumeration that is stored by its texts, and the text that a form is known by.

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace optimat {

/// The value whose text it is, the texts standing in the order of the enumerators; nothing when there is
/// none.
template <class Enumeration, std::size_t count>
std::optional<Enumeration> value_of(const std::array<std::string_view, count>& texts, std::string_view text) {
    const auto found = std::ranges::find(texts, text);
    if (found == texts.end()) return std::nullopt;
    return static_cast<Enumeration>(found - texts.begin());
}

/// The random text of a form: 1 to 64 printable ASCII characters, so that it fits into an index of every
/// store.
inline bool is_request(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace optimat
