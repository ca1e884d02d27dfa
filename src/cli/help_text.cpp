#include "cli/help_text.hpp"

#include "report/terminal.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <optional>

namespace optimat {

namespace {

constexpr std::size_t help_width = 80, help_column = 26;

/// A name and what it means, side by side, or below each other when the name is long.
std::string help_entry(const std::string& name, const std::string& meaning) {
    const std::string head = "  " + name;
    const bool beside = columns_of(head) + 1 < help_column;
    const std::string text =
        wrapped(pad_right(beside ? head : "", help_column) + meaning, help_width, help_column);
    return beside ? text : head + "\n" + text;
}

/// Help that fits 80 columns, with examples at its end.
class HelpText : public CLI::Formatter {
  public:
    HelpText() {
        label("OPTIONS", "OPTION …");
        label("SUBCOMMAND", "COMMAND");
        label("Positionals", "Arguments");
    }
    std::string make_option(const CLI::Option* option, bool is_positional) const override {
        const std::string value =
            is_positional || option->get_option_text().empty() ? "" : " " + option->get_option_text();
        return help_entry(make_option_name(option, is_positional) + value, option->get_description());
    }
    std::string make_subcommand(const CLI::App* command) const override {
        return help_entry(command->get_name(), command->get_description());
    }
    std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
        const std::string own = make_options(app, "Options"),
                          shared = make_options(app, std::string(shared_group));
        return make_description(app) + make_usage(app, name) + make_positionals(app) +
               make_subcommands(app, mode) + own + shared + "\n" + app->get_footer();
    }
    std::string make_options(const CLI::App* app, const std::string& group) const {
        const auto options = app->get_options([&](const CLI::Option* option) {
            return option->nonpositional() && option->get_group() == group;
        });
        return options.empty() ? "" : make_group(group, false, options);
    }
    // The library's own names the numbers of commands required, which help nobody.
    std::string make_description(const CLI::App* app) const override {
        return wrapped(app->get_description(), help_width) + "\n";
    }
    std::string make_usage(const CLI::App* app, std::string name) const override {
        std::string usage = "Usage: " + name;
        for (const CLI::Option* argument :
             app->get_options([](const CLI::Option* option) { return option->get_positional(); }))
            usage += (argument->get_required() ? " " : " [") + argument->get_name(true, false) +
                     (argument->get_required() ? "" : "]");
        return usage + (app->get_parent() == nullptr ? " COMMAND" : "") + " [OPTION …]\n";
    }
};

/// The first option among the words that no option took, in words; nothing when there is none. What looks
/// like anything but the name of an option is not repeated.
std::optional<std::string> unknown_option(const CLI::App& command) {
    for (const std::string& word : command.remaining(true)) {
        if (!word.starts_with('-')) continue;
        const std::string option = word.substr(0, word.find('='));
        const bool plain = option.starts_with("--") &&
                           option.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == option.npos;
        return plain ? fmt::format("there is no option {}", option) : "there is no such option";
    }
    return std::nullopt;
}

template <class Kind> bool is(const CLI::ParseError& error) {
    return dynamic_cast<const Kind*>(&error) != nullptr;
}

}  // namespace

std::shared_ptr<CLI::FormatterBase> help_formatter() { return std::make_shared<HelpText>(); }

std::string message_for(const CLI::ParseError& error, const CLI::App& command, bool top_level) {
    const std::string message = error.what();
    const std::string name = message.substr(0, message.find_first_of(": "));
    const std::string other = message.substr(message.rfind(' ') + 1);
    if (const auto unknown = unknown_option(command)) return *unknown;
    if (is<CLI::RequiredError>(error)) return name + " is missing";
    if (is<CLI::ExcludesError>(error)) return fmt::format("{} and {} cannot be used together", name, other);
    if (is<CLI::RequiresError>(error)) return fmt::format("{} can only be used with {}", name, other);
    if (is<CLI::ArgumentMismatch>(error)) return name + ": write one value after it, and write it once";
    if (!is<CLI::ExtrasError>(error)) return "an option has a value that it cannot take";
    return top_level ? "there is no such command" : "there is one word too many";
}

}  // namespace optimat
