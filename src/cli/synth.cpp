#include "synth/synth.hpp"

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "report/number_text.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

struct SynthChoices {
    std::int64_t clients = 27'080, services = 60, months = 36, seed = 1;
    bool defects = false;
    std::optional<Day> last_month_end;
    std::optional<std::filesystem::path> folder;
};

std::string summary_text(const SynthSummary& summary, const std::filesystem::path& folder) {
    std::string text = fmt::format("An invented extract in {}, {} to {}:\n", folder.string(),
                                   to_text(summary.covers_from), to_text(summary.covers_to));
    for (const SynthFile& file : summary.files)
        text += fmt::format("  {} {} rows\n", pad_right(file.name, 20),
                            pad_left(count_text(static_cast<std::int64_t>(file.rows)), 10));
    if (summary.figure_8_service)
        text += fmt::format("Service {} reproduces Figure 8 of the toolkit.\n", *summary.figure_8_service);
    if (summary.figure_4_service)
        text += fmt::format("Service {} reproduces Figure 4 of the toolkit.\n", *summary.figure_4_service);
    return text;
}

ExitCode synth(const Settings& settings, const SynthChoices& choices) {
    SynthOptions options;
    options.clients = static_cast<int>(choices.clients);
    options.services = static_cast<int>(choices.services);
    options.months = static_cast<int>(choices.months);
    options.seed = static_cast<std::uint64_t>(choices.seed);
    options.out = *choices.folder;
    options.last_month_end = choices.last_month_end;
    options.defects = choices.defects ? Defects::yes : Defects::no;
    const SynthSummary summary = write_synthetic_extract(options);
    if (settings.talk == Talk::quiet) return ExitCode::done;
    Output output(std::nullopt);
    output.write(summary_text(summary, options.out));
    output.commit();
    return ExitCode::done;
}

}  // namespace

void add_synth(CommandLine& line) {
    const auto choices = std::make_shared<SynthChoices>();
    Command& command = line.command("synth", WorkStep::look_up,
                                    "Write the extract of an invented organisation, to try everything out");
    command.required_path("-o,--output", choices->folder, "DIR",
                          "Folder to write; made when it is not there");
    command.whole_number("--clients", choices->clients, 1, 1'000'000,
                         "People in MAT on the last day; 27080 when not given");
    command.whole_number("--services", choices->services, 1, 1'000, "Services; 60 when not given");
    command.whole_number("--months", choices->months, 1, 120,
                         "Months of prescribing, the last one included; 36 when not given");
    command.whole_number("--seed", choices->seed, 0, INT64_MAX,
                         "The same seed and numbers give the same files; 1 when not given");
    command.day("--last-day", choices->last_month_end, OptionNeed::optional,
                "Last day covered, a month's last; 2018-10-31 when not given");
    command.flag("--defects", choices->defects,
                 "Plant the known faults of real exports, and list them in defects.csv");
    command.example("optimat synth --clients 2000 --services 8 --months 24 -o demo-data",
                    "A small organisation");
    command.example("optimat synth -o national --defects", "A national provider with faults in its data");
    command.runs([choices](const Settings& settings) { return synth(settings, *choices); });
}

}  // namespace optimat
