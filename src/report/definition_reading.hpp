#pragma once
// How the definition files of words are read, and what is said when one is wrong. For the sources that read
// them: it includes the TOML library.

#include "base/error.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <initializer_list>
#include <string>
#include <string_view>
#include <toml++/toml.h>

namespace optimat {

/// A DefinitionError that names the file and the line.
[[noreturn]] inline void refuse(const std::string& origin, const toml::node& where, const std::string& why) {
    throw DefinitionError(fmt::format("{}: line {}: {}", origin, where.source().begin.line, why));
}

/// The file as a table; refuses what is no TOML.
inline toml::table parsed(std::string_view text, const std::string& origin) {
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        throw DefinitionError(
            fmt::format("{}: line {}: {}", origin, error.source().begin.line, error.description()));
    }
}

/// Refuses keys that are not known.
inline void check_keys(const toml::table& table, std::initializer_list<std::string_view> known,
                       const std::string& origin) {
    for (const auto& [key, value] : table)
        if (std::ranges::find(known, key.str()) == known.end())
            refuse(origin, value, fmt::format("there is no `{}` here", key.str()));
}

/// The text of a key that must be there and not be empty.
inline std::string text_of_key(const toml::table& table, std::string_view key, const std::string& origin) {
    const auto text = table[key].value<std::string>();
    if (!text || text->empty()) refuse(origin, table, fmt::format("there must be a text `{}`", key));
    return *text;
}

}  // namespace optimat
