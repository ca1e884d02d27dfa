#include "base/version.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/source.hpp"
#include "cli/table_options.hpp"
#include "report/check_text.hpp"

namespace optimat {

namespace {

enum class CheckFormat { text, json };

struct CheckOptions {
    std::string folder;
    std::optional<std::filesystem::path> issues, output;
    CheckFormat format = CheckFormat::text;
};

ExitCode check(const Settings& settings, const CheckOptions& options) {
    const Policy policy = settings.policy();
    ReadOptions reading = read_options(settings, policy);
    ReadExtract read = [&] {
        ProgressBar bar(settings, "Reading");
        reading.progress = [&bar](std::uint64_t done, std::uint64_t all) { bar.show(done, all); };
        return read_extract(options.folder, reading);
    }();
    if (options.issues) {
        Output issues(options.issues);
        write_issues_csv(read.report, issues.sink());
        issues.commit();
    }
    Output output(options.output);
    if (options.format == CheckFormat::json)
        write_check_json(read,
                         {std::string(program_version()), policy.name, policy.version, policy.hash,
                          describe_folder(options.folder, read.extract)},
                         output.sink());
    else
        write_check_text(read, terminal_for(options.output, settings.colour), output.sink());
    output.commit();
    if (read.report.refused()) return ExitCode::input_refused;
    return read.report.count(Severity::error) == 0 ? ExitCode::done : ExitCode::issues_found;
}

}  // namespace

void add_check(CommandLine& line) {
    const auto options = std::make_shared<CheckOptions>();
    Command& command =
        line.command("check", WorkStep::check_and_keep, "Read an extract and say what is wrong with it");
    command.argument("DIR", options->folder, "Folder of the extract, which holds extract.toml");
    command.option("--issues", options->issues, "FILE",
                   "Write every issue to a CSV file: where it is and which rule it breaks, never a value");
    command.choice<CheckFormat>("--format", {{"text", CheckFormat::text}, {"json", CheckFormat::json}},
                                options->format, "Form of the result");
    declare_output(command, options->output);
    command.example("optimat check extract-2018-10",
                    "Rows read, accepted, repeated and refused of each file, and the issues by rule");
    command.example("optimat check extract-2018-10 --issues issues.csv",
                    "The same, and a file of issues for those who correct the data");
    command.runs([options](const Settings& settings) { return check(settings, *options); });
}

}  // namespace optimat
