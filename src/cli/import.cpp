#include "store/import.hpp"

#include "base/version.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/source.hpp"
#include "report/number_text.hpp"
#include "store/location.hpp"

#include <ctime>
#include <fmt/format.h>

namespace optimat {

namespace {

/// Now, UTC, as `2018-11-05T09:30:00Z`.
std::string now_text() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::string result_text(const ImportResult& result, const ReadExtract& read, const Settings& settings) {
    const Extract& extract = read.extract;
    std::string text =
        fmt::format("Snapshot {} of {}\n  {} to {}, {}; {} and {} in its data\n", result.snapshot_id,
                    printable(extract.organisation), to_text(extract.covers_from), to_text(extract.covers_to),
                    people_text(static_cast<std::int64_t>(extract.client_count())),
                    counted(static_cast<std::int64_t>(read.report.count(Severity::error)), "error"),
                    counted(static_cast<std::int64_t>(read.report.count(Severity::warning)), "warning"));
    if (result.already_there)
        return text +
               fmt::format("  was already in {}; nothing was changed\n", shown_location(settings.store));
    return text +
           fmt::format("  is now in {}: {:.1f} MB written, {} of {} already known\n",
                       shown_location(settings.store), static_cast<double>(result.bytes_written) / 1e6,
                       count_text(static_cast<std::int64_t>(result.chunks_known)),
                       counted(static_cast<std::int64_t>(result.chunks_known + result.chunks_new), "chunk"));
}

ExitCode import(const Settings& settings, const std::string& folder) {
    const Policy policy = settings.policy();
    ReadOptions reading = read_options(settings, policy);
    const ReadExtract read = [&] {
        ProgressBar bar(settings, "Reading");
        reading.progress = [&bar](std::uint64_t done, std::uint64_t all) { bar.show(done, all); };
        return read_usable_extract(folder, reading);
    }();
    Store store(settings.store, StoreAccess::create);
    const ImportResult result = [&] {
        ProgressBar bar(settings, "Storing");
        return import_snapshot(store,
                               {read.extract, read.report, policy, folder, read.files,
                                std::string(program_version()), now_text(), settings.threads,
                                [&bar](std::uint64_t done, std::uint64_t all) { bar.show(done, all); }});
    }();
    Output output(std::nullopt);
    output.write(result_text(result, read, settings));
    output.commit();
    return ExitCode::done;
}

}  // namespace

void add_import(CommandLine& line) {
    const auto folder = std::make_shared<std::string>();
    Command& command = line.command("import", WorkStep::check_and_keep,
                                    "Keep an extract in the store as a snapshot, with its original files");
    command.argument("DIR", *folder, "Folder of the extract, which holds extract.toml");
    command.example("optimat import extract-2018-10",
                    "Into optimat.sqlite here; the same extract again changes nothing");
    command.example("optimat import extract-2018-10 --store /srv/optimat/store.sqlite", "Into another store");
    command.example("optimat import extract-2018-10 --store postgresql://optimat@db.example/optimat",
                    "Into a PostgreSQL database");
    command.runs([folder](const Settings& settings) { return import(settings, *folder); });
}

}  // namespace optimat
