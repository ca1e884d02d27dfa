#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/source.hpp"
#include "cli/table_options.hpp"
#include "report/flows_text.hpp"
#include "stage/classify.hpp"

namespace optimat {

namespace {

ExitCode flows(const Settings& settings, const TableOptions& options) {
    Output output(options.output);
    const Source source = open_source(settings, options.source);
    const Place place = options.place.find(source.extract);
    const auto dates = tracker_dates(*options.as_at, 2);
    warn_of_dates(settings, source.extract, dates);
    const States states = classify(source.extract, source.policy, dates, settings.threads);
    const FlowTable table = make_flows(source.extract, states, 0, 1, {place})[0];
    const Provenance provenance = source.provenance();
    switch (options.format) {
    case TableFormat::text:
        write_flows_text(place, table, provenance, terminal_for(options.output, settings.colour),
                         output.sink());
        break;
    case TableFormat::csv:
        write_flows_csv(place, table, provenance, output.sink());
        break;
    case TableFormat::json:
        write_flows_json(place, table, provenance, output.sink());
        break;
    }
    output.commit();
    return ExitCode::done;
}

}  // namespace

void add_flows(CommandLine& line) {
    const auto options = std::make_shared<TableOptions>();
    Command& command = line.command("flows", WorkStep::month,
                                    "Who entered, left and moved between groups since the month end before");
    options->declare(command);
    command.example("optimat flows latest --as-at 2018-10-31 --service S0001",
                    "From the end of September to the end of October");
    command.runs([options](const Settings& settings) { return flows(settings, *options); });
}

}  // namespace optimat
