#include "report/explain_text.hpp"

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/rules_in_force.hpp"
#include "cli/source.hpp"
#include "cli/table_options.hpp"

namespace optimat {

namespace {

enum class ExplainFormat { text, json };

struct ExplainOptions {
    std::string source, client;
    std::optional<Day> as_at;
    std::optional<std::filesystem::path> output;
    ExplainFormat format = ExplainFormat::text;
};

ExitCode explain_client(const Settings& settings, const ExplainOptions& options) {
    Output output(options.output);
    const Source source = open_source(settings, options.source);
    const auto place = find_client(source.extract, options.client);
    if (!place)
        throw UsageError(
            "CLIENT: there is no such client in this extract; write the client_id as the files have it");
    warn_of_dates(settings, source.extract, {&*options.as_at, 1});
    const Explanation explanation = explain(source.extract, source.policy, *place, *options.as_at);
    const auto rules = rules_in_force(settings);
    if (options.format == ExplainFormat::json)
        write_explanation_json(source.extract, explanation, rules, source.provenance(), output.sink());
    else
        write_explanation_text(explanation, rules, source.provenance(),
                               terminal_for(options.output, settings.colour), output.sink());
    output.commit();
    return ExitCode::done;
}

}  // namespace

void add_explain(CommandLine& line) {
    const auto options = std::make_shared<ExplainOptions>();
    Command& command = line.command("explain", WorkStep::people,
                                    "Why one person is in this stage and cohort, or not in MAT, on a day");
    declare_source(command, options->source);
    command.argument("CLIENT", options->client, "The person's client_id, as in the files");
    command.day("--as-at", options->as_at, OptionNeed::required, "Day to look at");
    command.choice<ExplainFormat>("--format", {{"text", ExplainFormat::text}, {"json", ExplainFormat::json}},
                                  options->format, "Form of the result");
    declare_output(command, options->output);
    command.example("optimat explain latest C0012 --as-at 2018-10-31",
                    "The records and rules behind one person's stage, in sentences");
    command.runs([options](const Settings& settings) { return explain_client(settings, *options); });
}

}  // namespace optimat
