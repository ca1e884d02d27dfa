#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/source.hpp"
#include "cli/table_options.hpp"
#include "report/measure_text.hpp"
#include "report/measure_texts.hpp"
#include "store/store.hpp"
#include "web/figures.hpp"
#include "web/series_marks.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace optimat {

namespace {

enum class MeasureFormat { text, csv, json, xlsx };
/// The measure's own chart, or another.
enum class ChartWord { own, xmr, p, run };

struct MeasureOptions {
    std::string name, source;
    std::optional<Day> as_at;
    std::int64_t months = 36;
    PlaceOptions place;
    ChartWord chart = ChartWord::own;
    std::string table;
    bool widened = false;
    std::optional<std::filesystem::path> output;
    MeasureFormat format = MeasureFormat::text;
};

const std::vector<std::pair<std::string, MeasureFormat>> formats = {{"text", MeasureFormat::text},
                                                                    {"csv", MeasureFormat::csv},
                                                                    {"json", MeasureFormat::json},
                                                                    {"xlsx", MeasureFormat::xlsx}};

const std::vector<std::pair<std::string, ChartWord>> chart_words = {
    {"own", ChartWord::own}, {"xmr", ChartWord::xmr}, {"p", ChartWord::p}, {"run", ChartWord::run}};

/// What both commands need, once the extract is read.
struct Measured {
    Source source;
    MeasureDefinitions definitions;
    Place organisation, place;
    std::vector<Day> dates;
    MeasureGrid grid;
    ThreadCount threads;

    std::size_t date() const { return dates.size() - 1; }
    MeasureSource tables() const {
        return {source.extract, source.policy, definitions, grid, organisation, threads};
    }
};

MeasureDefinitions definitions_in_force(const Settings& settings) {
    return measure_definitions(settings.definitions().text("measures.toml"), "measures.toml");
}

/// Every month up to as_at that the extract covers: figures of a year and limits do not depend on how many of
/// them are shown.
std::vector<Day> months_to(const Extract& extract, Day as_at) {
    return months_covered(extract.covers_from, as_at, std::numeric_limits<int>::max());
}

Measured read(const Settings& settings, const MeasureOptions& options,
              std::vector<const MeasureFunction*> functions) {
    Source source = open_source(settings, options.source);
    warn_of_dates(settings, source.extract, {&*options.as_at, 1});
    std::vector<Day> dates = months_to(source.extract, *options.as_at);
    Place organisation = find_place(source.extract, PlaceKind::organisation, "");
    Place place = options.place.find(source.extract);
    MeasureGrid grid =
        make_measure_grid(source.extract, source.policy, dates, std::move(functions), settings.threads);
    return {std::move(source),       definitions_in_force(settings),
            std::move(organisation), std::move(place),
            std::move(dates),        std::move(grid),
            settings.threads};
}

void check_output(const MeasureOptions& options) {
    if (options.format == MeasureFormat::xlsx && !options.output)
        throw UsageError("--format xlsx: write -o and the workbook's file");
}

/// Writes tables in the form asked for: of CSV the one that --table names, else the first.
void write_tables(const std::vector<DataTable>& tables, const std::string& title,
                  const MeasureOptions& options, const Measured& measured) {
    const Provenance provenance = measured.source.provenance();
    if (options.format == MeasureFormat::xlsx)
        return write_tables_workbook(tables, title, provenance, *options.as_at, *options.output);
    Output output(options.output);
    if (options.format == MeasureFormat::json) {
        write_tables_json(tables,
                          {{"place_kind", std::string(text_of(measured.place.kind))},
                           {"place", measured.place.name},
                           {"as_at", to_text(*options.as_at)}},
                          provenance, output.sink());
    } else {
        const auto table =
            options.table.empty() ? tables.begin() : std::ranges::find(tables, options.table, &DataTable::id);
        if (table == tables.end()) {
            std::string known;
            for (const DataTable& one : tables)
                known += fmt::format("{}{}", known.empty() ? "" : ", ", one.id);
            throw UsageError("--table: this measure has no such table; it has: " + known);
        }
        write_table_csv(*table, provenance, output.sink());
    }
    output.commit();
}

/// The marks on the charts of a place: the store's of a snapshot; of a folder there are none to know.
class ChartMarksOf {
  public:
    ChartMarksOf(const Settings& settings, const Measured& measured)
        : m_is_stored(measured.source.is_stored), m_place(place_key(measured.place)) {
        if (m_is_stored)
            m_entries = chart_mark_entries(Store(settings.store, StoreAccess::existing).database());
    }
    SeriesMarks operator()(const MeasureDefinition& measure) const {
        SeriesMarks marks = series_marks(marks_of(m_entries, measure.name, m_place));
        marks.are_known = m_is_stored;
        return marks;
    }

  private:
    bool m_is_stored;
    std::string m_place;
    std::vector<ChartMarkEntry> m_entries;
};

/// Nothing: the measure's own chart.
std::optional<ChartKind> chart_of(const MeasureOptions& options, const MeasureDefinition& measure) {
    if (options.chart == ChartWord::own) return std::nullopt;
    const ChartKind kind = options.chart == ChartWord::xmr ? ChartKind::xmr
                           : options.chart == ChartWord::p ? ChartKind::p_chart
                                                           : ChartKind::run_chart;
    if (measure.chart == ChartKind::line)
        throw UsageError(
            "--chart: this measure's months overlap, so that none of these charts can judge them");
    if (kind == ChartKind::p_chart && measure.value != MeasureValue::share)
        throw UsageError("--chart p: only of shares; this measure is none");
    return kind;
}

std::vector<const MeasureFunction*> all_functions() {
    std::vector<const MeasureFunction*> functions;
    for (const MeasureFunction& function : measure_functions())
        functions.push_back(&function);
    return functions;
}

ExitCode measures(const Settings& settings, const MeasureOptions& options) {
    check_output(options);
    if (options.source.empty()) {
        const MeasureDefinitions definitions = definitions_in_force(settings);
        Output output(options.output);
        if (options.format == MeasureFormat::text)
            write_measure_names_text(definitions, terminal_for(options.output, settings.colour),
                                     output.sink());
        else
            throw UsageError("measures: without SOURCE there is text only; write SOURCE and --as-at");
        output.commit();
        return ExitCode::done;
    }
    const Measured measured = read(settings, options, all_functions());
    const MeasureSource tables = measured.tables();
    if (options.format == MeasureFormat::text) {
        Output output(options.output);
        write_measures_text(tables, measured.place, measured.date(), measured.source.provenance(),
                            terminal_for(options.output, settings.colour), output.sink());
        output.commit();
        return ExitCode::done;
    }
    write_tables({measures_table(tables, measured.place, measured.date(), "", {}),
                  measure_overview_table(tables, measured.place, measured.date(),
                                         ChartMarksOf(settings, measured), {}),
                  measure_definitions_table(measured.definitions)},
                 fmt::format("Measures: {}, {}", measured.place.name, long_date(*options.as_at)), options,
                 measured);
    return ExitCode::done;
}

/// The functions of a measure, of those beside it, and what its own tables count.
std::vector<const MeasureFunction*> functions_for(const MeasureDefinitions& definitions,
                                                  const MeasureDefinition& measure) {
    std::vector<const MeasureFunction*> functions = {measure.function};
    const auto add = [&](const MeasureFunction* function) {
        if (std::ranges::find(functions, function) == functions.end()) functions.push_back(function);
    };
    for (const std::string& name : measure.beside)
        add(definitions.find(name)->function);
    for (const char* name : {"exits", "spell_course"})
        add(find_measure_function(name));
    return functions;
}

std::vector<DataTable> tables_of(const Measured& measured, const MeasureSeries& series, bool widened) {
    const MeasureSource source = measured.tables();
    const MeasureDefinition& measure = *series.measure;
    const std::size_t date = measured.date();
    std::vector<Place> services;
    for (const Place& place : places_of(source.extract)) {
        const bool within = std::ranges::includes(measured.place.services, place.services);
        if (place.kind == PlaceKind::service && within) services.push_back(place);
    }
    std::vector<DataTable> tables = {measure_months_table(source, series, measured.place),
                                     measure_parts_table(source, measure, measured.place, date)};
    if (!measure.beside.empty())
        tables.push_back(measure_beside_table(source, measure, measured.place, date, {}));
    tables.push_back(measure_cohorts_table(source, measure, measured.place, series.shown, date));
    tables.push_back(
        measure_services_table(source, compare_measure(source, measure, services, date, widened)));
    for (const MeasureBreakdown by :
         {MeasureBreakdown::sex, MeasureBreakdown::age, MeasureBreakdown::setting})
        tables.push_back(measure_breakdown_table(source, measure, measured.place, date, by));
    std::ranges::move(measure_detail_tables(source, measure, measured.place, date),
                      std::back_inserter(tables));
    return tables;
}

ExitCode measure(const Settings& settings, const MeasureOptions& options) {
    check_output(options);
    const MeasureDefinitions definitions = definitions_in_force(settings);
    const MeasureDefinition* const known = definitions.find(options.name);
    if (known == nullptr) throw UsageError("NAME: there is no such measure; `optimat measures` lists them");
    const auto chart = chart_of(options, *known);
    const Measured measured = read(settings, options, functions_for(definitions, *known));
    const MeasureDefinition& one = *measured.definitions.find(options.name);
    MeasureSeries series = measure_series(one, measured.grid, measured.place, 0, measured.date(),
                                          ChartMarksOf(settings, measured)(one), chart);
    const std::size_t shown = std::min(series.points.size(), static_cast<std::size_t>(options.months));
    series.shown = series.points.size() - shown;
    if (options.format == MeasureFormat::text) {
        Output output(options.output);
        write_measure_text(measured.tables(), series, measured.place, measured.date(),
                           measured.source.provenance(), terminal_for(options.output, settings.colour),
                           output.sink());
        output.commit();
        return ExitCode::done;
    }
    write_tables(tables_of(measured, series, options.widened),
                 fmt::format("{}: {}, {}", one.title, measured.place.name, long_date(*options.as_at)),
                 options, measured);
    return ExitCode::done;
}

}  // namespace

void add_measure(CommandLine& line) {
    const auto options = std::make_shared<MeasureOptions>();
    Command& command = line.command("measure", WorkStep::month,
                                    "One measure of a place: its figure, its parts and its months");
    command.argument("NAME", options->name, "Name of the measure, as `optimat measures` lists it");
    declare_source(command, options->source);
    command.day("--as-at", options->as_at, OptionNeed::required, "Reference date: the last month");
    command.whole_number("--months", options->months, 1, 600,
                         "Months to show; 36 when not given. The limits are of all months of the data");
    command.choice<ChartWord>("--chart", chart_words, options->chart,
                              "How months are judged: with limits (xmr, p) or around the median (run)");
    options->place.declare(command);
    const auto table = std::make_shared<std::optional<std::string>>();
    command.option(
        "--table", *table, "TABLE",
        "Which table --format csv writes: months when not given; parts, cohorts, services, by_sex …");
    command.flag("--widened", options->widened,
                 "Funnel limits that allow for services differing by more than chance");
    command.choice<MeasureFormat>("--format", formats, options->format, "Form of the result");
    declare_output(command, options->output);
    command.example("optimat measure induction_completed latest --as-at 2018-10-31 --service S0001",
                    "How many inductions of one service reach day 28, month by month");
    command.example(
        "optimat measure successful_completion latest --as-at 2018-10-31 --format csv --table services",
        "Completions of every service, with retention, returns and deaths beside them");
    command.runs([options, table](const Settings& settings) {
        options->table = table->value_or("");
        return measure(settings, *options);
    });
}

void add_measures(CommandLine& line) {
    const auto options = std::make_shared<MeasureOptions>();
    Command& command =
        line.command("measures", WorkStep::month, "All measures: their names, or their figures of a place");
    const auto source = std::make_shared<std::optional<std::string>>();
    command.option("--of", *source, "SOURCE",
                   "Folder of an extract, or a snapshot: figures instead of names");
    command.day("--as-at", options->as_at, OptionNeed::optional, "Reference date of the figures");
    options->place.declare(command);
    command.choice<MeasureFormat>("--format", formats, options->format, "Form of the result");
    declare_output(command, options->output);
    command.needs("--of", "--as-at");
    command.needs("--as-at", "--of");
    command.example("optimat measures", "What is measured");
    command.example("optimat measures --of latest --as-at 2018-10-31 --service S0001",
                    "Every measure of one service beside the organisation");
    command.runs([options, source](const Settings& settings) {
        options->source = source->value_or("");
        return measures(settings, *options);
    });
}

}  // namespace optimat
