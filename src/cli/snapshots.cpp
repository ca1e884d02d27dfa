#include "store/snapshots.hpp"

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/source.hpp"
#include "report/snapshots_text.hpp"

#include <fmt/format.h>

namespace optimat {

namespace {

enum class ListFormat { text, json };

ExitCode snapshots(const Settings& settings, ListFormat format) {
    Store store(settings.store, StoreAccess::existing);
    Output output(std::nullopt);
    std::vector<StoredSnapshot> list;
    for (const SnapshotInfo& info : list_snapshots(store))
        list.push_back({info.id, info.organisation, info.covers_from, info.covers_to, info.imported_at,
                        info.policy.name, info.policy.version, info.policy.hash, info.program_version,
                        info.clients});
    if (format == ListFormat::json)
        write_snapshots_json(list, output.sink());
    else
        write_snapshots_text(list, terminal_for(std::nullopt, settings.colour), output.sink());
    output.commit();
    return ExitCode::done;
}

struct EraseOptions {
    std::string snapshot;
    bool yes = false;
};

ExitCode erase(const Settings& settings, const EraseOptions& options) {
    if (!options.yes)
        throw UsageError(
            "erase: nothing was erased; add --yes to erase the snapshot and its original files for good");
    check_snapshot_name(options.snapshot);
    Store store(settings.store, StoreAccess::existing);
    const Erased erased = erase_snapshot(store, options.snapshot);
    Output output(std::nullopt);
    output.write(
        fmt::format("Erased snapshot {}. Backups of the store may still hold it.\n", erased.snapshot_id));
    output.commit();
    return ExitCode::done;
}

struct OriginalsOptions {
    std::string snapshot;
    std::optional<std::filesystem::path> folder;
};

ExitCode originals(const Settings& settings, const OriginalsOptions& options) {
    check_snapshot_name(options.snapshot);
    Store store(settings.store, StoreAccess::existing);
    write_originals(store, options.snapshot, *options.folder);
    tell(settings, fmt::format("wrote the original files to {}", options.folder->string()));
    return ExitCode::done;
}

constexpr const char* snapshot_help = "Snapshot: latest, its id or the beginning of its id";

}  // namespace

void add_snapshots(CommandLine& line) {
    const auto format = std::make_shared<ListFormat>(ListFormat::text);
    Command& command = line.command("snapshots", WorkStep::check_and_keep, "List the snapshots of the store");
    command.choice<ListFormat>("--format", {{"text", ListFormat::text}, {"json", ListFormat::json}}, *format,
                               "Form of the result");
    command.example("optimat snapshots", "What the store holds, in the order of import");
    command.runs([format](const Settings& settings) { return snapshots(settings, *format); });
}

void add_originals(CommandLine& line) {
    const auto options = std::make_shared<OriginalsOptions>();
    Command& command = line.command("originals", WorkStep::check_and_keep,
                                    "Write the files that a snapshot was made from, byte by byte");
    command.argument("SNAPSHOT", options->snapshot, snapshot_help);
    command.required_path("-o,--output", options->folder, "DIR",
                          "Folder to write them to; no file in it is overwritten");
    command.example("optimat originals latest -o extract-again", "The extract as it was imported");
    command.runs([options](const Settings& settings) { return originals(settings, *options); });
}

void add_erase(CommandLine& line) {
    const auto options = std::make_shared<EraseOptions>();
    Command& command =
        line.command("erase", WorkStep::check_and_keep, "Erase a snapshot and its original files for good");
    command.argument("SNAPSHOT", options->snapshot, snapshot_help);
    command.flag("--yes", options->yes, "Really erase it; without this nothing happens");
    command.example("optimat erase 3f9c2a --yes", "The snapshot whose id begins with 3f9c2a");
    command.runs([options](const Settings& settings) { return erase(settings, *options); });
}

}  // namespace optimat
