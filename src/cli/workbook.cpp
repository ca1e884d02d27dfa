#include "report/workbook.hpp"

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/rules_in_force.hpp"
#include "cli/source.hpp"
#include "cli/table_options.hpp"
#include "measure/tracker.hpp"
#include "report/measure_texts.hpp"
#include "stage/classify.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

struct WorkbookOptions {
    std::string source;
    std::optional<Day> as_at;
    std::int64_t months = 12;
    PlaceOptions place;
    std::optional<std::filesystem::path> output;
};

ExitCode workbook(const Settings& settings, const WorkbookOptions& options) {
    const Source source = open_source(settings, options.source);
    const Place chosen = options.place.find(source.extract);
    const auto dates = tracker_dates(*options.as_at, static_cast<int>(options.months));
    warn_of_dates(settings, source.extract, dates);
    const States states = classify(source.extract, source.policy, dates, settings.threads);
    const WorkbookRequest request{
        source.extract,
        states,
        source.policy,
        source.report,
        policy_in_force(settings),
        rules_in_force(settings),
        source.provenance(),
        settings.threads,
        chosen,
        measure_definitions(settings.definitions().text("measures.toml"), "measures.toml")};
    write_workbook(request, *options.output);
    tell(settings, fmt::format("wrote {}; {}", options.output->string(), source.provenance().line()));
    return ExitCode::done;
}

}  // namespace

void add_workbook(CommandLine& line) {
    const auto options = std::make_shared<WorkbookOptions>();
    Command& command =
        line.command("workbook", WorkStep::month,
                     "The tracker workbook (.xlsx): every service to pick from a list, with chart");
    declare_source(command, options->source);
    command.day("--as-at", options->as_at, OptionNeed::required,
                "Last day of the tracker, usually a month's last");
    command.whole_number("--months", options->months, 1, static_cast<std::int64_t>(most_workbook_months),
                         "Months, the last one included; 12 when not given");
    command.required_path("-o,--output", options->output, "FILE", "The workbook to write");
    options->place.declare(command);
    command.example("optimat workbook latest --as-at 2018-10-31 --months 12 -o tracker.xlsx",
                    "Twelve months of everybody");
    command.example("optimat workbook latest --as-at 2018-10-31 -o tracker.xlsx --service S0001",
                    "The same, with S0001 picked first");
    command.runs([options](const Settings& settings) { return workbook(settings, *options); });
}

}  // namespace optimat
