#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/place_options.hpp"
#include "cli/source.hpp"
#include "report/tracker_text.hpp"
#include "stage/classify.hpp"

namespace optimat {

namespace {

enum class TableFormat { text, csv, json };

struct TrackerOptions {
    std::string source;
    std::optional<Day> as_at;
    std::int64_t months = 12;
    PlaceOptions place;
    std::optional<std::filesystem::path> output;
    TableFormat format = TableFormat::text;
};

ExitCode tracker(const Settings& settings, const TrackerOptions& options) {
    Output output(options.output);
    const Source source = open_source(settings, options.source);
    const Place place = options.place.find(source.extract);
    const auto dates = tracker_dates(*options.as_at, static_cast<int>(options.months));
    warn_of_dates(settings, source.extract, dates);
    const States states = classify(source.extract, source.policy, dates, settings.threads);
    const TrackerSeries series =
        tracker_series(make_tracker(source.extract, states, settings.threads), place);
    switch (options.format) {
    case TableFormat::text:
        write_tracker_text(series, source.provenance(), terminal_for(options.output, settings.colour),
                           output.sink());
        break;
    case TableFormat::csv:
        write_tracker_csv(series, source.provenance(), output.sink());
        break;
    case TableFormat::json:
        write_tracker_json(series, source.provenance(), output.sink());
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
    command.argument("SOURCE", options->source, "Folder of an extract, or a snapshot of the store");
    command.day("--as-at", options->as_at, Presence::required,
                "Last day of the tracker, usually a month's last");
    command.whole_number("--months", options->months, 1, 600,
                         "Months, the last one included; 12 when not given");
    options->place.declare(command);
    command.choice<TableFormat>(
        "--format", {{"text", TableFormat::text}, {"csv", TableFormat::csv}, {"json", TableFormat::json}},
        options->format, "Form of the result");
    command.option("-o,--output", options->output, "FILE",
                   "Write the result to a file instead of standard output");
    command.example("optimat tracker latest --as-at 2018-10-31 --months 12 --service S01",
                    "Twelve months of one service");
    command.example(
        "optimat tracker extract-2018-10 --as-at 2018-10-31 --region North --format csv -o north.csv",
        "Tidy rows for a spreadsheet or a program");
    command.runs([options](const Settings& settings) { return tracker(settings, *options); });
}

}  // namespace optimat
