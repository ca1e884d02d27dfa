#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/source.hpp"
#include "cli/table_options.hpp"
#include "report/tracker_text.hpp"
#include "stage/classify.hpp"

namespace optimat {

namespace {

struct TrackerOptions {
    TableOptions table;
    std::int64_t months = 12;
};

ExitCode tracker(const Settings& settings, const TrackerOptions& options) {
    Output output(options.table.output);
    const Source source = open_source(settings, options.table.source);
    const Place place = options.table.place.find(source.extract);
    const auto dates = tracker_dates(*options.table.as_at, static_cast<int>(options.months));
    warn_of_dates(settings, source.extract, dates);
    const States states = classify(source.extract, source.policy, dates, settings.threads);
    const TrackerSeries series =
        tracker_series(make_tracker(source.extract, states, settings.threads), place);
    const Provenance provenance = source.provenance();
    switch (options.table.format) {
    case TableFormat::text:
        write_tracker_text(series, provenance, terminal_for(options.table.output, settings.colour),
                           output.sink());
        break;
    case TableFormat::csv:
        write_tracker_csv(series, provenance, output.sink());
        break;
    case TableFormat::json:
        write_tracker_json(series, provenance, output.sink());
        break;
    }
    output.commit();
    return ExitCode::done;
}

}  // namespace

void add_tracker(CommandLine& line) {
    const auto options = std::make_shared<TrackerOptions>();
    Command& command = line.command("tracker", WorkStep::month,
                                    "The service tracker: people in each cohort and stage, month by month");
    options->table.declare(command);
    command.whole_number("--months", options->months, 1, 600,
                         "Months, the last one included; 12 when not given");
    command.example("optimat tracker latest --as-at 2018-10-31 --months 12 --service S0001",
                    "Twelve months of one service");
    command.example(
        "optimat tracker extract-2018-10 --as-at 2018-10-31 --region North --format csv -o north.csv",
        "Tidy rows for a spreadsheet or a program");
    command.runs([options](const Settings& settings) { return tracker(settings, *options); });
}

}  // namespace optimat
