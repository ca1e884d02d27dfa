#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/source.hpp"
#include "cli/table_options.hpp"
#include "report/service_data_text.hpp"
#include "stage/classify.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

struct ServiceDataOptions {
    TableOptions table;
    std::optional<Breakdown> by;
    std::string row = "total";
};

void write_sheet(const ServiceDataSheet& sheet, const TableOptions& table, const Provenance& provenance,
                 const Terminal& terminal, const TextSink& sink) {
    switch (table.format) {
    case TableFormat::text:
        write_service_data_text(sheet, provenance, terminal, sink);
        break;
    case TableFormat::csv:
        write_service_data_csv(sheet, provenance, sink);
        break;
    case TableFormat::json:
        write_service_data_json(sheet, provenance, sink);
        break;
    }
}

void write_breakdown(const BreakdownSheet& sheet, const TableOptions& table, const Provenance& provenance,
                     const Terminal& terminal, const TextSink& sink) {
    switch (table.format) {
    case TableFormat::text:
        write_breakdown_text(sheet, provenance, terminal, sink);
        break;
    case TableFormat::csv:
        write_breakdown_csv(sheet, provenance, sink);
        break;
    case TableFormat::json:
        write_breakdown_json(sheet, provenance, sink);
        break;
    }
}

ExitCode service_data(const Settings& settings, const ServiceDataOptions& options) {
    const TableOptions& table = options.table;
    Output output(table.output);
    const Source source = open_source(settings, table.source);
    const Extract& extract = source.extract;
    const Place place = table.place.find(extract);
    warn_of_dates(settings, extract, {&*table.as_at, 1});
    const States states = classify(extract, source.policy, {*table.as_at}, settings.threads);
    const Terminal terminal = terminal_for(table.output, settings.colour);
    if (options.by) {
        const auto row = std::ranges::find(service_data_rows(), options.row, &ServiceDataRow::id);
        const BreakdownSheet sheet{place, *table.as_at, &*row, *options.by,
                                   break_down(extract, states, 0, source.policy, place, *row, *options.by)};
        write_breakdown(sheet, table, source.provenance(), terminal, output.sink());
    } else {
        write_sheet(service_data_sheet(extract, states, 0, source.policy, place, settings.threads), table,
                    source.provenance(), terminal, output.sink());
    }
    output.commit();
    return ExitCode::done;
}

std::vector<std::string> breakdown_words() {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < breakdown_count; ++i)
        words.emplace_back(text_of(static_cast<Breakdown>(i)));
    return words;
}

std::vector<std::string> row_words() {
    std::vector<std::string> words;
    for (const ServiceDataRow& row : service_data_rows())
        words.emplace_back(row.id);
    return words;
}

}  // namespace

void add_service_data(CommandLine& line) {
    const auto options = std::make_shared<ServiceDataOptions>();
    Command& command = line.command("service-data", WorkStep::month,
                                    "One place's numbers beside the organisation's, and breakdowns of them");
    options->table.declare(command);
    command.choice(
        "--by", breakdown_words(), "", [options](std::size_t i) { options->by = static_cast<Breakdown>(i); },
        "Break the people of one row down by");
    command.choice(
        "--row", row_words(), "total", [options](std::size_t i) { options->row = service_data_rows()[i].id; },
        "Row that --by breaks down");
    command.needs("--row", "--by");
    command.example("optimat service-data latest --as-at 2018-10-31 --service S0001",
                    "The service data sheet of one service");
    command.example(
        "optimat service-data latest --as-at 2018-10-31 --service S0001 --by prescriber --row mat2_below",
        "Whose patients use on top and are below the threshold");
    command.runs([options](const Settings& settings) { return service_data(settings, *options); });
}

}  // namespace optimat
