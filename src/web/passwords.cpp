#include "web/passwords.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <sodium.h>

namespace optimat {

std::optional<std::string> problem_of_password(std::string_view password, std::string_view sign_in_name) {
    // A character of UTF-8 begins with a byte that does not continue another.
    const auto characters = std::ranges::count_if(password, [](char c) { return (c & 0xC0) != 0x80; });
    if (static_cast<std::size_t>(characters) < shortest_password)
        return fmt::format("Write at least {} characters; a few words are easy to remember",
                           shortest_password);
    if (password.size() > longest_password)
        return fmt::format("Write at most {} characters", longest_password);
    if (!sign_in_name.empty() && password.find(sign_in_name) != password.npos)
        return "Choose a password that does not have your sign-in name in it";
    if (std::ranges::all_of(password, [&](char c) { return c == password.front(); }))
        return "Choose a password of different characters";
    return std::nullopt;
}

std::string made_up_password() {
    constexpr std::string_view alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    std::string password;
    for (int i = 0; i < 16; ++i) {
        if (i != 0 && i % 4 == 0) password += '-';
        password += alphabet[randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
    }
    return password;
}

}  // namespace optimat
