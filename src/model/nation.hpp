#pragma once
// The nations whose bank holidays differ, by name: `scotland`.

#include "model/policy.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace optimat {

/// In the order of Nation, as definitions/policy.toml and bank_holidays.toml write them.
constexpr std::array<std::string_view, 3> nation_texts = {"england_and_wales", "scotland",
                                                          "northern_ireland"};

constexpr std::string_view text_of(Nation nation) { return nation_texts[static_cast<std::size_t>(nation)]; }

/// Nothing when there is none of that name.
constexpr std::optional<Nation> nation_of(std::string_view text) {
    for (std::size_t i = 0; i < nation_texts.size(); ++i)
        if (nation_texts[i] == text) return static_cast<Nation>(i);
    return std::nullopt;
}

}  // namespace optimat
