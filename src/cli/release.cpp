// Releases: made, listed, shown beside now, withdrawn.

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/source.hpp"
#include "cli/table_options.hpp"
#include "report/measure_texts.hpp"
#include "report/release_data.hpp"
#include "report/release_text.hpp"
#include "store/database.hpp"
#include "store/secrets.hpp"
#include "store/sessions.hpp"
#include "web/release_tables.hpp"
#include "web/release_work.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ctime>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <iterator>

namespace optimat {

namespace {

enum class ReleaseFormat { text, csv, json, xlsx };
enum class ReleaseAction { make, list, show, withdraw };

struct ReleaseOptions {
    std::string action, number;
    std::optional<Day> as_at;
    std::optional<std::string> reason, table;
    PlaceOptions place;
    std::optional<std::filesystem::path> output;
    ReleaseFormat format = ReleaseFormat::text;
};

constexpr std::string_view action_texts[] = {"make", "list", "show", "withdraw"};
constexpr std::size_t most_due = 6;

ReleaseAction action_of(const ReleaseOptions& options) {
    const auto found = std::ranges::find(action_texts, options.action);
    if (found == std::end(action_texts))
        throw UsageError(fmt::format("ACTION: write one of: {}", fmt::join(action_texts, ", ")));
    return static_cast<ReleaseAction>(found - std::begin(action_texts));
}

/// What an action has no use for is no mistake to pass over.
void check_options(const ReleaseOptions& options, ReleaseAction action) {
    const bool names_one = action == ReleaseAction::show || action == ReleaseAction::withdraw;
    if (names_one && options.number.empty())
        throw UsageError("NUMBER: write the number of a release; optimat release list shows them");
    if (!names_one && !options.number.empty()) throw UsageError("NUMBER: only show and withdraw take one");
    if (options.as_at && action != ReleaseAction::make) throw UsageError("--as-at: only make takes it");
    if (options.reason && action != ReleaseAction::make && action != ReleaseAction::withdraw)
        throw UsageError("--reason: only make and withdraw take it");
    if (action == ReleaseAction::withdraw && (!options.reason || options.reason->empty()))
        throw UsageError("--reason: write why the release is withdrawn");
    if (options.format == ReleaseFormat::xlsx && (action != ReleaseAction::show || !options.output))
        throw UsageError("--format xlsx: for show, with -o and the workbook's file");
}

std::int64_t number_of(const ReleaseOptions& options) {
    std::int64_t number = 0;
    const std::string& text = options.number;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 1)
        throw UsageError("NUMBER: write the number of a release; optimat release list shows them");
    return number;
}

std::string now_text() {
    const auto now = std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
}

Day today() {
    const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return Day{static_cast<std::int32_t>(now.time_since_epoch().count())};
}

/// Today's side: the newest snapshot under the policy and definitions in force.
struct Now {
    Store store;
    SnapshotInfo snapshot;
    Source source;
    std::string measures_text;
    MeasureDefinitions definitions;
    ThreadCount threads;

    explicit Now(const Settings& settings)
        : store(settings.store, StoreAccess::existing),
          snapshot(find_snapshot(store, "latest")),
          source(open_source(settings, snapshot.id)),
          measures_text(settings.definitions().text("measures.toml")),
          definitions(measure_definitions(measures_text, "measures.toml")),
          threads(settings.threads) {}
    ReleaseSide side() {
        return {snapshot,    source.extract, source.policy,
                definitions, measures_text,  store_secret(store.database(), person_reference_secret),
                threads};
    }
};

ExitCode make(const Settings& settings, const ReleaseOptions& options) {
    Now now(settings);
    NewRelease made =
        prepare_release(now.side(), options.as_at.value_or(newest_month_end(now.source.extract)));
    made.release.made.at = now_text();
    made.release.reason = options.reason.value_or("");
    made.release.request = random_text(24);
    const std::size_t measures = made.figures.measures.size();
    const Release release =
        make_release(now.store.database(), std::move(made), now.definitions, now.source.policy);
    Output output(options.output);
    output.write(fmt::format("Made {}: {} figures of {} people in MAT.\n", release_title(release), measures,
                             release.people_in_mat));
    output.commit();
    return ExitCode::done;
}

OptionalDay newest_data(Store& store) {
    const auto snapshots = list_snapshots(store);
    if (snapshots.empty()) return {};
    const auto day = parse_iso_day(snapshots.back().covers_to);
    return day ? OptionalDay(*day) : OptionalDay{};
}

Provenance provenance_of(const Release& release) {
    return {release.program_version, release.policy.name, release.policy.version, release.policy.hash,
            fmt::format("release {}, snapshot {}", release.number, release.snapshot.substr(0, 12))};
}

ExitCode list(const Settings& settings, const ReleaseOptions& options) {
    Store store(settings.store, StoreAccess::existing);
    const auto releases = list_releases(store.database());
    const auto due =
        due_releases(release_calendar(settings.definitions().text("releases.toml"), "releases.toml"),
                     last_released(releases), newest_data(store), today(), most_due);
    const std::vector<DataTable> tables = {releases_table(releases, {}), due_table(due)};
    const Provenance provenance{"", "", "", "", "releases of the store"};
    Output output(options.output);
    if (options.format == ReleaseFormat::text)
        write_releases_text(tables, due_sentence(due), terminal_for(options.output, settings.colour),
                            output.sink());
    else if (options.format == ReleaseFormat::csv)
        write_table_csv(tables.front(), provenance, output.sink());
    else
        write_tables_json(tables, {}, provenance, output.sink());
    output.commit();
    return ExitCode::done;
}

Release stored_release(Store& store, std::int64_t number) {
    auto release = find_release(store.database(), number);
    if (!release)
        throw UsageError(
            fmt::format("there is no release {}; optimat release list shows those there are", number));
    return std::move(*release);
}

/// What is shown of a release at a place.
struct Shown {
    std::vector<DataTable> tables;
    std::string sentence;
};

/// What the release fixed, with nothing beside it, and why there is nothing.
Shown shown_alone(const RestatedRelease& restated, const RestatedPlace& place, std::string why) {
    const RestatedFigures then = released_figures(restated.figures, restated.as_at, place);
    return {{release_figures_table(then, restated.as_at), release_why_table(then),
             release_about_table(restated.release)},
            std::move(why)};
}

Shown shown(const RestatedRelease& restated, const RestatedPlace& place) {
    if (!restated.restatement)
        return shown_alone(
            restated, place,
            "The newest data end before the release's day: there is nothing to compare it with.");
    const RestatedFigures figures = restated_figures(*restated.restatement, place);
    const RestatedPeople people = restated_people(*restated.restatement, place);
    Shown all{{release_figures_table(figures, restated.as_at), release_why_table(figures)}, ""};
    if (restated.restatement->knows_people())
        all.tables.push_back(release_people_table(*restated.restatement, people));
    all.tables.push_back(release_about_table(restated.release));
    all.sentence = restatement_sentence(figures, restated.restatement->knows_people() ? &people : nullptr);
    if (!restated.release.snapshot_kept)
        all.sentence += fmt::format(" {}", meaning_of(RestatementCause::data));
    return all;
}

const DataTable& chosen_table(const std::vector<DataTable>& tables, const std::optional<std::string>& name) {
    if (!name) return tables.front();
    std::vector<std::string> known;
    for (const DataTable& table : tables) {
        if (table.id == *name) return table;
        known.push_back(table.id);
    }
    throw UsageError(fmt::format("--table: there are: {}", fmt::join(known, ", ")));
}

/// Places of a release's own services, for a store whose data have all been erased.
Extract places_then(const Release& release, const std::vector<ReleaseService>& services) {
    Extract extract;
    extract.organisation = release.organisation;
    for (const ReleaseService& one : services) {
        Service& service = extract.services.emplace_back();
        service.service_id = one.service_id;
        service.name = one.name;
        service.region = one.region;
        service.area = one.area;
        service.peer_group = one.peer_group;
    }
    return extract;
}

/// A release of a store, at a place, and what is shown of it.
struct ShownRelease {
    RestatedRelease restated;
    Place place;
    Shown all;
};

ShownRelease shown_release(const Settings& settings, const ReleaseOptions& options, Store& store,
                           const Release& release) {
    if (list_snapshots(store).empty()) {
        const RestatedRelease restated{release, *parse_iso_day(release.as_at),
                                       load_release_figures(store.database(), release.number), std::nullopt};
        const Extract then = places_then(release, restated.figures.services);
        const Place place = options.place.find(then);
        Shown alone = shown_alone(restated, restated_place(place, then, restated.figures.services),
                                  "The store has no data any more: there is nothing to compare it with.");
        return {restated, place, std::move(alone)};
    }
    Now now(settings);
    const Place place = options.place.find(now.source.extract);
    RestatedRelease restated = restate(now.store, release, now.side());
    Shown all = shown(restated, restated_place(place, now.source.extract, restated.figures.services));
    return {std::move(restated), place, std::move(all)};
}

ExitCode show(const Settings& settings, const ReleaseOptions& options) {
    const std::int64_t number = number_of(options);
    Store store(settings.store, StoreAccess::existing);
    const Release release = stored_release(store, number);
    const auto [restated, place, all] = shown_release(settings, options, store, release);
    const std::string title = fmt::format("{}: {}", release_title(release), place.name);
    const Provenance provenance = provenance_of(release);
    if (options.format == ReleaseFormat::xlsx) {
        write_tables_workbook(all.tables, title, provenance, restated.as_at, *options.output);
        return ExitCode::done;
    }
    Output output(options.output);
    if (options.format == ReleaseFormat::text)
        write_release_text(all.tables, title, all.sentence, provenance,
                           terminal_for(options.output, settings.colour), output.sink());
    else if (options.format == ReleaseFormat::csv)
        write_table_csv(chosen_table(all.tables, options.table), provenance, output.sink());
    else
        write_tables_json(all.tables,
                          {{"release", fmt::format("{}", number)},
                           {"as_at", release.as_at},
                           {"place_kind", std::string(text_of(place.kind))},
                           {"place", place.name},
                           {"sentence", all.sentence}},
                          provenance, output.sink());
    output.commit();
    return ExitCode::done;
}

ExitCode withdraw(const Settings& settings, const ReleaseOptions& options) {
    const Store store(settings.store, StoreAccess::existing);
    const Release release =
        withdraw_release(store.database(), number_of(options), {{now_text(), "", ""}, *options.reason});
    Output output(options.output);
    output.write(fmt::format("Withdrew {}. It stays readable.\n", release_title(release)));
    output.commit();
    return ExitCode::done;
}

ExitCode release(const Settings& settings, const ReleaseOptions& options) {
    const ReleaseAction action = action_of(options);
    check_options(options, action);
    switch (action) {
    case ReleaseAction::make:
        return make(settings, options);
    case ReleaseAction::list:
        return list(settings, options);
    case ReleaseAction::show:
        return show(settings, options);
    case ReleaseAction::withdraw:
        break;
    }
    return withdraw(settings, options);
}

}  // namespace

void add_release(CommandLine& line) {
    const auto options = std::make_shared<ReleaseOptions>();
    Command& command = line.command("release", WorkStep::month,
                                    "Fix a month's figures, and show later what has changed since and why");
    command.argument(
        "ACTION", options->action,
        "make fixes the figures of a day, of the newest snapshot; list shows releases and what is "
        "due; show puts one beside now; withdraw says that one was made in error");
    command.optional_argument("NUMBER", options->number, "Release to show or withdraw");
    command.day("--as-at", options->as_at, OptionNeed::optional,
                "Month end of the figures to make; the last one of the data when not given");
    command.option("--reason", options->reason, "TEXT", "Why it is made or withdrawn, without names");
    options->place.declare(command);
    command.option("--table", options->table, "TABLE",
                   "Which table --format csv writes: release_figures when not given; release_why, "
                   "release_people, release_about");
    command.choice<ReleaseFormat>("--format",
                                  {{"text", ReleaseFormat::text},
                                   {"csv", ReleaseFormat::csv},
                                   {"json", ReleaseFormat::json},
                                   {"xlsx", ReleaseFormat::xlsx}},
                                  options->format, "Form of the result");
    declare_output(command, options->output);
    command.example("optimat release make --as-at 2018-10-31 --reason \"Meeting of services\"",
                    "October's figures, as the newest data have them, fixed for good");
    command.example("optimat release list", "Which there are, and which is due next");
    command.example("optimat release show 3 --service S0001",
                    "Then, now and why at one service: late data, corrections, definitions");
    command.example("optimat release show 3 --format xlsx -o october.xlsx",
                    "The same as a workbook: figures, why, people and what it was made from");
    command.example("optimat release withdraw 3 --reason \"Wrong extract\"", "It stays readable");
    command.runs([options](const Settings& settings) { return release(settings, *options); });
}

}  // namespace optimat
