#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/rules_in_force.hpp"
#include "report/policy_text.hpp"

namespace optimat {

namespace {

enum class WordsFormat { text, json };

ExitCode policy(const Settings& settings, WordsFormat format) {
    const Policy in_force = settings.policy();
    const auto entries = policy_in_force(settings);
    const std::string overridden_by = settings.policy_file ? settings.policy_file->string() : std::string();
    Output output(std::nullopt);
    if (format == WordsFormat::json)
        write_policy_json(in_force, entries, overridden_by, output.sink());
    else
        write_policy_text(in_force, entries, overridden_by, terminal_for(std::nullopt, settings.colour),
                          output.sink());
    output.commit();
    return ExitCode::done;
}

ExitCode rules(const Settings& settings, WordsFormat format) {
    const auto texts = rules_in_force(settings);
    const auto entries = policy_in_force(settings);
    Output output(std::nullopt);
    if (format == WordsFormat::json)
        write_rules_json(texts, entries, output.sink());
    else
        write_rules_text(texts, entries, terminal_for(std::nullopt, settings.colour), output.sink());
    output.commit();
    return ExitCode::done;
}

void declare_format(Command& command, WordsFormat& format) {
    command.choice<WordsFormat>("--format", {{"text", WordsFormat::text}, {"json", WordsFormat::json}},
                                format, "Form of the result");
}

}  // namespace

void add_policy(CommandLine& line) {
    const auto format = std::make_shared<WordsFormat>(WordsFormat::text);
    Command& command = line.command("policy", WorkStep::look_up,
                                    "Every threshold and choice in force, with its source and reason");
    declare_format(command, *format);
    command.example("optimat policy", "The policy that ships with the program");
    command.example("optimat policy --policy ours.toml",
                    "The same with our own values over it; check them before using them");
    command.runs([format](const Settings& settings) { return policy(settings, *format); });
}

void add_rules(CommandLine& line) {
    const auto format = std::make_shared<WordsFormat>(WordsFormat::text);
    Command& command =
        line.command("rules", WorkStep::look_up, "Every rule in words, with the policy's values in it");
    declare_format(command, *format);
    command.example("optimat rules", "What the words in optimat explain rest on");
    command.runs([format](const Settings& settings) { return rules(settings, *format); });
}

}  // namespace optimat
