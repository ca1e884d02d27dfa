#pragma once
// What the command line says in CLI11's place: help that fits 80 columns, and messages that name an option
// and never repeat what was typed. Inside cli/command_line only.

#include <memory>
#include <string>
#include <string_view>

namespace CLI {
class App;
class FormatterBase;
class ParseError;
}  // namespace CLI

namespace optimat {

/// The group of the options that all commands share: last in every help.
inline constexpr std::string_view shared_group = "Options of every command";

/// Help with its commands, own options and shared options in this order, and examples at its end.
std::shared_ptr<CLI::FormatterBase> help_formatter();

/// What to say instead of the library's message, which may repeat what was typed. `top_level`: no command was
/// named.
std::string message_for(const CLI::ParseError& error, const CLI::App& command, bool top_level);

}  // namespace optimat
