#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/source.hpp"
#include "cli/table_options.hpp"
#include "stage/classify.hpp"

namespace optimat {

namespace {

enum class StatesFormat { csv, json };

struct StatesOptions {
    std::string source;
    std::vector<Day> as_at;
    std::optional<std::filesystem::path> output;
    StatesFormat format = StatesFormat::csv;
};

ExitCode states(const Settings& settings, const StatesOptions& options) {
    Output output(options.output);
    const Source source = open_source(settings, options.source);
    warn_of_dates(settings, source.extract, options.as_at);
    const States result = classify(source.extract, source.policy, options.as_at, settings.threads);
    if (options.format == StatesFormat::json) {
        write_states_json(source.extract, result, source.provenance(), output.sink());
    } else {
        write_states_csv(source.extract, result, output.sink());
        tell(settings, source.provenance().line());
    }
    output.commit();
    return ExitCode::done;
}

}  // namespace

void add_states(CommandLine& line) {
    const auto options = std::make_shared<StatesOptions>();
    Command& command = line.command("states", WorkStep::people,
                                    "Everybody's MAT stage, cohort, dose and regime on one day or more");
    declare_source(command, options->source);
    command.days("--as-at", options->as_at, "Day to look at, usually a month's last; may be repeated");
    command.choice<StatesFormat>("--format", {{"csv", StatesFormat::csv}, {"json", StatesFormat::json}},
                                 options->format, "Form of the result");
    declare_output(command, options->output);
    command.example("optimat states extract-2018-10 --as-at 2018-10-31 -o states.csv",
                    "One row a person in MAT on that day");
    command.example("optimat states latest --as-at 2018-09-30 --as-at 2018-10-31 --format json",
                    "Two month ends of the latest snapshot, with what made them");
    command.runs([options](const Settings& settings) { return states(settings, *options); });
}

}  // namespace optimat
