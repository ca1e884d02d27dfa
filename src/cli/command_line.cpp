#include "cli/command_line.hpp"

#include "base/version.hpp"
#include "cli/help_text.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view tour = R"(A tour in five lines
  optimat synth --clients 2000 --services 8 --months 24 -o demo-data
  optimat check demo-data
  optimat import demo-data
  optimat tracker latest --as-at 2018-10-31 --months 12
  optimat workbook latest --as-at 2018-10-31 --months 12 -o tracker.xlsx

A SOURCE is the folder of an extract, or a snapshot of the store: latest, its id,
or the beginning of its id. optimat COMMAND --help shows a command's options and
examples; man optimat has everything.
)";

std::string group_name(WorkStep step) {
    switch (step) {
    case WorkStep::check_and_keep:
        return "1. Check an extract and keep it";
    case WorkStep::people:
        return "2. Where each person stands";
    case WorkStep::month:
        return "3. The month, for services";
    case WorkStep::look_up:
        break;
    }
    return "Look up and try out";
}

/// Reads a whole number; nothing when the text is anything else.
std::optional<std::int64_t> whole_number_of(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// The long name of an option as it is typed, for messages.
std::string name_of(const std::string& names) { return names.substr(names.rfind(',') + 1); }

Day day_of_text(const std::string& option, const std::string& text) {
    const auto day = parse_iso_day(text);
    if (!day)
        throw UsageError(
            fmt::format("{}: write a real calendar day as YYYY-MM-DD, such as 2018-10-31", option));
    return *day;
}

}  // namespace

void Command::argument(const std::string& name, std::string& value, const std::string& help) {
    m_app.add_option(name, value, help)->required();
}

void Command::optional_argument(const std::string& name, std::string& value, const std::string& help) {
    m_app.add_option(name, value, help);
}

void Command::option(const std::string& names, std::optional<std::string>& value,
                     const std::string& placeholder, const std::string& help) {
    m_app
        .add_option_function<std::string>(
            names, [&value](const std::string& text) { value = text; }, help)
        ->option_text(placeholder);
}

void Command::option(const std::string& names, std::optional<std::filesystem::path>& value,
                     const std::string& placeholder, const std::string& help) {
    const auto take = [&value, option = name_of(names)](const std::string& text) {
        if (text.empty()) throw UsageError(option + ": write a path");
        value = text;
    };
    m_app.add_option_function<std::string>(names, take, help)->option_text(placeholder);
}

void Command::required_path(const std::string& names, std::optional<std::filesystem::path>& value,
                            const std::string& placeholder, const std::string& help) {
    option(names, value, placeholder + " (required)", help);
    m_app.get_option(name_of(names))->required();
}

void Command::day(const std::string& names, std::optional<Day>& value, OptionNeed presence,
                  const std::string& help) {
    const auto take = [&value, option = name_of(names)](const std::string& text) {
        value = day_of_text(option, text);
    };
    m_app.add_option_function<std::string>(names, take, help)
        ->option_text(presence == OptionNeed::required ? "YYYY-MM-DD (required)" : "YYYY-MM-DD")
        ->required(presence == OptionNeed::required);
}

void Command::days(const std::string& names, std::vector<Day>& values, const std::string& help) {
    const auto take = [&values, option = name_of(names)](const std::vector<std::string>& texts) {
        for (const std::string& text : texts)
            values.push_back(day_of_text(option, text));
    };
    m_app.add_option_function<std::vector<std::string>>(names, take, help)
        ->option_text("YYYY-MM-DD (required)")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->required();
}

void Command::whole_number(const std::string& names, std::int64_t& value, std::int64_t lowest,
                           std::int64_t highest, const std::string& help) {
    const auto take = [&value, lowest, highest, option = name_of(names)](const std::string& text) {
        const auto number = whole_number_of(text);
        if (!number || *number < lowest || *number > highest)
            throw UsageError(fmt::format("{}: write a whole number from {} to {}", option, lowest, highest));
        value = *number;
    };
    m_app.add_option_function<std::string>(names, take, help)->option_text("N");
}

void Command::flag(const std::string& names, bool& value, const std::string& help) {
    m_app.add_flag(names, value, help);
}

void Command::choice(const std::string& names, const std::vector<std::string>& words,
                     const std::string& standard, std::function<void(std::size_t)> choose,
                     const std::string& help) {
    const auto take = [words, choose = std::move(choose), option = name_of(names)](const std::string& text) {
        const auto found = std::ranges::find(words, text);
        if (found == words.end())
            throw UsageError(fmt::format("{}: write one of: {}", option, fmt::join(words, ", ")));
        choose(static_cast<std::size_t>(found - words.begin()));
    };
    const std::string otherwise = standard.empty() ? "" : fmt::format("; {} when not given", standard);
    m_app
        .add_option_function<std::string>(names, take,
                                          fmt::format("{}: {}{}", help, fmt::join(words, ", "), otherwise))
        ->option_text("WORD");
}

void Command::at_most_one_of(const std::vector<std::string>& names) {
    for (const std::string& one : names)
        for (const std::string& other : names)
            if (one != other) m_app.get_option(one)->excludes(m_app.get_option(other));
}

void Command::needs(const std::string& name, const std::string& other) {
    m_app.get_option(name)->needs(m_app.get_option(other));
}

void Command::example(const std::string& line, const std::string& what) {
    m_examples += fmt::format("  {}\n      {}\n", line, what);
    m_app.footer("Examples\n" + m_examples);
}

void Command::runs(std::function<ExitCode(const Settings&)> work) { m_work = std::move(work); }

CommandLine::CommandLine()
    : m_app(std::make_unique<CLI::App>(
          "Optimat turns extracts of opioid treatment services into each person's MAT stage "
          "each month and the tracker of every service.",
          "optimat")) {
    if (const char* store = std::getenv("OPTIMAT_STORE"); store != nullptr && *store != '\0')
        m_settings.store = store;
    m_app->formatter(help_formatter());
    m_app->set_help_flag("-h,--help", "Print help and end")->group(std::string(shared_group));
    m_app
        ->set_version_flag("--version", fmt::format("optimat {}", program_version()),
                           "Print the version and end")
        ->group(std::string(shared_group));
    m_app->footer(std::string(tour));
    m_app->require_subcommand(0, 1);
    add_shared_options(*m_app);
}

CommandLine::~CommandLine() = default;

void CommandLine::add_shared_options(CLI::App& app) {
    Command shared(app);
    const std::size_t before = app.get_options().size();
    const auto path = [&](const std::string& name, const std::string& placeholder,
                          std::function<void(const std::string&)> take, const std::string& help) {
        app.add_option_function<std::string>(name, std::move(take), help)->option_text(placeholder);
    };
    path(
        "--definitions", "DIR", [this](const std::string& text) { m_settings.definitions_folder = text; },
        "Folder whose files replace the built-in definitions of the same name");
    path(
        "--policy", "FILE", [this](const std::string& text) { m_settings.policy_file = text; },
        "Policy file whose values override the built-in ones");
    path(
        "--store", "STORE", [this](const std::string& text) { m_settings.store = text; },
        "File or postgresql:// address of the store; $OPTIMAT_STORE, else optimat.sqlite here, when not "
        "given");
    const auto threads = [this](const std::string& text) {
        const auto number = whole_number_of(text);
        if (!number || *number < 1 || *number > 256)
            throw UsageError("--threads: write a whole number from 1 to 256");
        m_settings.threads.number = static_cast<unsigned>(*number);
    };
    path("--threads", "N", threads,
         "Worker threads; all of the machine when not given. Never changes a result");
    shared.choice<ColourChoice>(
        "--color",
        {{"auto", ColourChoice::automatic}, {"always", ColourChoice::always}, {"never", ColourChoice::never}},
        m_settings.colour, "Colour in tables");
    app.add_flag_function(
        "--quiet", [this](std::int64_t) { m_settings.talk = Talk::quiet; },
        "Nothing on standard error but errors: no progress, provenance or warnings");
    const auto options = app.get_options();
    for (std::size_t i = before; i < options.size(); ++i)
        const_cast<CLI::Option*>(options[i])->group(std::string(shared_group));
}

Command& CommandLine::command(const std::string& name, WorkStep step, const std::string& about) {
    CLI::App* app = m_app->add_subcommand(name, about);
    app->group(group_name(step));
    app->set_help_flag("-h,--help", "Print help and end")->group(std::string(shared_group));
    add_shared_options(*app);
    return *m_commands.emplace_back(std::make_unique<Command>(*app));
}

/// The command that the words name; nothing when they asked for help or the version, which is printed.
const Command* CommandLine::parse(std::vector<std::string> words) {
    std::ranges::reverse(words);
    try {
        m_app->parse(words);
    } catch (const CLI::Success& asked) {
        m_app->exit(asked);
        return nullptr;
    } catch (const CLI::ParseError& error) {
        const auto chosen = m_app->get_subcommands();
        const CLI::App& command = chosen.empty() ? *m_app : *chosen.front();
        const std::string name = chosen.empty() ? "optimat" : "optimat " + command.get_name();
        throw UsageError(fmt::format("{}; {} --help shows what can be written",
                                     message_for(error, command, chosen.empty()), name));
    }
    const auto chosen = m_app->get_subcommands();
    if (chosen.empty())
        throw UsageError("write what to do: optimat COMMAND …; optimat --help shows the commands");
    const auto found = std::ranges::find_if(
        m_commands, [&](const auto& command) { return &command->app() == chosen.front(); });
    return found->get();
}

ExitCode CommandLine::run(const std::vector<std::string>& words) {
    const Command* command = parse(words);
    return command == nullptr ? ExitCode::done : command->work()(m_settings);
}

}  // namespace optimat
