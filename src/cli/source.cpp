#include "cli/source.hpp"

#include "base/error.hpp"
#include "base/version.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "store/snapshots.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

Provenance Source::provenance() const {
    return {std::string(program_version()), policy.name, policy.version, policy.hash, description};
}

ReadOptions read_options(const Settings& settings, const Policy& policy) {
    const Definitions definitions = settings.definitions();
    ReadOptions options;
    options.policy = policy;
    options.inventory_items = definitions.inventory_items();
    options.threads = settings.threads;
    options.built_in_mapping = [definitions](const std::string& name) { return definitions.mapping(name); };
    return options;
}

std::string describe_folder(const std::filesystem::path& folder, const Extract& extract) {
    const auto name =
        std::filesystem::absolute(folder / "").lexically_normal().parent_path().filename().string();
    return fmt::format("extract {} of {}, {} to {}", name, extract.organisation, to_text(extract.covers_from),
                       to_text(extract.covers_to));
}

namespace {

/// Whether a word can name a snapshot: latest, or digits of its id.
bool names_snapshot(const std::string& source) {
    return source == "latest" ||
           (!source.empty() && source.find_first_not_of("0123456789abcdef") == source.npos);
}

Source read_folder(const Settings& settings, const std::string& folder) {
    Source result;
    result.policy = settings.policy();
    ReadOptions options = read_options(settings, result.policy);
    ProgressBar bar(settings, "Reading");
    options.progress = [&bar](std::uint64_t done, std::uint64_t all) { bar.show(done, all); };
    ReadExtract read = read_usable_extract(folder, options);
    result.extract = std::move(read.extract);
    result.report = std::move(read.report);
    result.description = describe_folder(folder, result.extract);
    return result;
}

Source load_stored(const Settings& settings, const std::string& name) {
    Source result;
    result.policy = settings.policy();
    Store store(settings.store, StoreAccess::existing);
    const SnapshotInfo info = find_snapshot(store, name);
    result.extract = load_snapshot(store, info.id, settings.threads);
    result.report = load_report(store, info.id);
    result.is_stored = true;
    result.description = fmt::format("snapshot {} of {}, {} to {}", info.id.substr(0, 12), info.organisation,
                                     info.covers_from, info.covers_to);
    return result;
}

}  // namespace

Source open_source(const Settings& settings, const std::string& source) {
    if (std::filesystem::is_directory(source)) return read_folder(settings, source);
    if (names_snapshot(source)) return load_stored(settings, source);
    throw InputError("SOURCE: there is no such folder; write the folder that holds extract.toml, or a "
                     "snapshot: latest, its id or "
                     "the beginning of its id");
}

void check_snapshot_name(const std::string& snapshot) {
    if (!names_snapshot(snapshot))
        throw UsageError(
            "SNAPSHOT: write latest, or the id of a snapshot or its beginning; optimat snapshots lists them");
}

void warn_of_dates(const Settings& settings, const Extract& extract, std::span<const Day> dates) {
    const auto before = std::ranges::count_if(dates, [&](Day day) { return day < extract.covers_from; });
    const auto after = std::ranges::count_if(dates, [&](Day day) { return day > extract.covers_to; });
    const auto warn = [&](std::string_view where, Day covers) {
        tell(settings,
             fmt::format("optimat: warning: the data {} {}, so figures of days {} it may be incomplete",
                         where, to_text(covers), where == "begin on" ? "before" : "after"));
    };
    if (before != 0) warn("begin on", extract.covers_from);
    if (after != 0) warn("end on", extract.covers_to);
}

}  // namespace optimat
