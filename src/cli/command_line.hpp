#pragma once
// The command line: commands, their arguments and options, help with examples, and messages that say what to
// write. The only place that knows the library which parses (CLI11); a command is declared in a file of its
// own.

#include "base/day.hpp"
#include "base/error.hpp"
#include "cli/settings.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace optimat {

/// When in the work a command is of use: the groups of `optimat --help`, in this order.
enum class WorkStep { check_and_keep, people, month, look_up };

/// Whether a command can be used without the option.
enum class OptionNeed { optional, required };

/// Declares one command. References given here must live until the command has run.
class Command {
  public:
    explicit Command(CLI::App& app) : m_app(app) {}

    /// A word that must be given, in the order of declaration. `name` stands in the help, such as SOURCE.
    void argument(const std::string& name, std::string& value, const std::string& help);

    /// One that need not be given; it stays empty then.
    void optional_argument(const std::string& name, std::string& value, const std::string& help);

    /// Options: `names` such as `-o,--output`; `placeholder` stands for the value in the help.
    void option(const std::string& names, std::optional<std::string>& value, const std::string& placeholder,
                const std::string& help);
    void option(const std::string& names, std::optional<std::filesystem::path>& value,
                const std::string& placeholder, const std::string& help);
    /// A path that must be given.
    void required_path(const std::string& names, std::optional<std::filesystem::path>& value,
                       const std::string& placeholder, const std::string& help);
    /// A calendar day, YYYY-MM-DD.
    void day(const std::string& names, std::optional<Day>& value, OptionNeed presence,
             const std::string& help);
    /// One day or more: the option may be repeated. At least one must be given.
    void days(const std::string& names, std::vector<Day>& values, const std::string& help);
    /// A whole number within [lowest, highest]; keeps its value when not given.
    void whole_number(const std::string& names, std::int64_t& value, std::int64_t lowest,
                      std::int64_t highest, const std::string& help);
    void flag(const std::string& names, bool& value, const std::string& help);
    /// One of some words; `choose` gets the place of the word in the list. `standard` is what holds without
    /// the option.
    void choice(const std::string& names, const std::vector<std::string>& words, const std::string& standard,
                std::function<void(std::size_t)> choose, const std::string& help);
    template <class Enum>
    void choice(const std::string& names, const std::vector<std::pair<std::string, Enum>>& words, Enum& value,
                const std::string& help) {
        std::vector<std::string> texts;
        std::vector<Enum> values;
        std::string standard;
        for (const auto& [word, of_word] : words) {
            texts.push_back(word);
            values.push_back(of_word);
            if (of_word == value) standard = word;
        }
        choice(
            names, texts, standard, [&value, values](std::size_t i) { value = values[i]; }, help);
    }
    /// At most one of these options may be given.
    void at_most_one_of(const std::vector<std::string>& names);

    /// The first may only be given with the second.
    void needs(const std::string& name, const std::string& other);

    /// A line to type, and what it does, for the end of the help.
    void example(const std::string& line, const std::string& what);

    /// What the command does, once the line is read.
    void runs(std::function<ExitCode(const Settings&)> work);
    const std::function<ExitCode(const Settings&)>& work() const { return m_work; }
    const CLI::App& app() const { return m_app; }

  private:
    CLI::App& m_app;
    std::string m_examples;
    std::function<ExitCode(const Settings&)> m_work;
};

class CommandLine {
  public:
    CommandLine();
    ~CommandLine();
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    /// Adds a command. It has the options that all commands share (where definitions, policy and store are,
    /// …).
    Command& command(const std::string& name, WorkStep step, const std::string& about);

    /// Reads the words and runs the command they name, or prints help or the version. Throws UsageError,
    /// naming the option and what to write; a message never repeats a word that was typed, for it may be a
    /// person's id.
    ExitCode run(const std::vector<std::string>& words);

  private:
    void add_shared_options(CLI::App& app);
    const Command* parse(std::vector<std::string> words);

    Settings m_settings;
    std::unique_ptr<CLI::App> m_app;
    std::vector<std::unique_ptr<Command>> m_commands;
};

}  // namespace optimat
