#pragma once
// What a password must be like, and passwords made up for people.

#include <optional>
#include <string>
#include <string_view>

namespace optimat {

constexpr std::size_t shortest_password = 12;  ///< characters
constexpr std::size_t longest_password = 200;  ///< bytes

/// What is wrong with a new password; nothing when it will do.
std::optional<std::string> problem_of_password(std::string_view password, std::string_view sign_in_name);

/// A random password to be told once: four groups of four letters and digits that are not mistaken for one
/// another.
std::string made_up_password();

}  // namespace optimat
