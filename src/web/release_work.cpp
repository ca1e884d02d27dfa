#include "web/release_work.hpp"

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/version.hpp"
#include "intake/policy_record.hpp"
#include "outcome/publication.hpp"
#include "stage/classify.hpp"
#include "store/database.hpp"
#include "store/secrets.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

PersonReference references(const std::string& key) {
    return [&key](std::string_view client_id) { return person_reference(key, client_id); };
}

/// A day of the store.
Day stored_day(const std::string& text) {
    const auto day = parse_iso_day(text);
    if (!day) throw StoreError("the store is damaged: a release has no day; restore a backup");
    return *day;
}

}  // namespace

Day newest_month_end(const Extract& extract) {
    if (is_month_end(extract.covers_to)) return extract.covers_to;
    const Day before = month_end(add_months(extract.covers_to, -1));
    return before < extract.covers_from ? extract.covers_to : before;
}

NewRelease prepare_release(const ReleaseSide& side, Day as_at) {
    const Extract& extract = side.extract;
    if (as_at < extract.covers_from || as_at > extract.covers_to)
        throw UsageError(fmt::format("the data cover {} to {}: choose a day of these",
                                     to_text(extract.covers_from), to_text(extract.covers_to)));
    if (!is_month_end(as_at))
        throw UsageError(
            fmt::format("a release is of whole months: choose the last day of one, not {}", to_text(as_at)));
    const States states = classify(extract, side.policy, {as_at}, side.threads);
    const MeasureGrid grid =
        make_measure_grid(extract, side.policy, release_dates(extract.covers_from, as_at),
                          functions_of(side.definitions), side.threads);
    NewRelease made;
    made.figures = release_figures(extract, grid, side.definitions);
    made.states = write_frozen_states(freeze_states(extract, states, references(side.reference_key)));
    Release& release = made.release;
    release.as_at = to_text(as_at);
    release.snapshot = side.snapshot.id;
    release.organisation = extract.organisation;
    release.covers_from = to_text(extract.covers_from);
    release.covers_to = to_text(extract.covers_to);
    release.imported_at = side.snapshot.imported_at;
    release.policy = PolicyName::of(side.policy);
    release.policy_values = write_policy_record(side.policy);
    release.measures_version = side.definitions.version;
    release.measures_hash = content_hash(side.measures_text).text();
    release.program_version = program_version();
    release.people_in_mat = static_cast<std::int64_t>(states.count());
    return made;
}

std::string refusal_of(const std::vector<Release>& releases, Day as_at) {
    for (const Release& release : releases)
        if (!release.withdrawn && month_end(stored_day(release.as_at)) == as_at)
            return fmt::format("Release {} of this month stands. If it was made in error, withdraw it first; "
                               "what came in later is shown beside it.",
                               release.number);
    return {};
}

Release make_release(Database& database, NewRelease made, const MeasureDefinitions& definitions,
                     const Policy& policy) {
    WriteScope scope(database);
    // In the order in which add_release and whoever erases a snapshot ask for them.
    database.lock("snapshots");
    database.lock("releases");
    const std::vector<Release> releases = list_releases(database);
    const Day as_at = stored_day(made.release.as_at);
    const bool again = std::ranges::find(releases, made.release.request, &Release::request) != releases.end();
    if (const std::string refusal = refusal_of(releases, as_at); !again && !refusal.empty())
        throw UsageError(refusal);
    std::vector<ReleaseFigures> figures;
    for (const Release& release : releases)
        figures.push_back(load_release_figures(database, release.number));
    std::vector<ReleaseToPublish> earlier;
    for (std::size_t i = 0; i < releases.size(); ++i)
        earlier.push_back({stored_day(releases[i].as_at), &figures[i],
                           read_policy_record(releases[i].policy_values, policy).hidden_below});
    const std::int64_t hidden_below = read_policy_record(made.release.policy_values, policy).hidden_below;
    made.figures.published =
        publish({as_at, &made.figures, hidden_below}, earlier, leaving_measures(definitions));
    Release stored = add_release(database, made);
    scope.commit();
    return stored;
}

RestatedRelease restate(Store& store, const Release& release, const ReleaseSide& now) {
    RestatedRelease restated{release, stored_day(release.as_at),
                             load_release_figures(store.database(), release.number), std::nullopt};
    if (restated.as_at > now.extract.covers_to) return restated;
    const Policy policy_then = read_policy_record(release.policy_values, now.policy);
    auto states = load_release_states(store.database(), release.number);
    const bool same_extract = release.snapshot == now.snapshot.id;
    std::optional<Extract> own;
    if (!same_extract && release.snapshot_kept)
        own.emplace(load_snapshot(store, release.snapshot, now.threads));
    restated.restatement.emplace(
        RestatementSources{restated.figures, restated.as_at, stored_day(release.covers_from),
                           states ? std::optional(read_frozen_states(*states)) : std::nullopt,
                           same_extract ? &now.extract : (own ? &*own : nullptr), policy_then, now.extract,
                           now.policy, now.definitions, references(now.reference_key), now.threads});
    return restated;
}

std::shared_ptr<const RestatedRelease> ReleaseBook::find(Store& store, const Release& release,
                                                         const ReleaseSide& now) {
    {
        const std::scoped_lock lock(m_mutex);
        // A withdrawal or an erased snapshot changes the release, and with it what is compared.
        const auto kept = std::ranges::find_if(m_kept, [&](const Kept& one) {
            return one.now == now.snapshot.id && one.restated->release == release;
        });
        if (kept != m_kept.end()) {
            std::rotate(kept, kept + 1, m_kept.end());
            return m_kept.back().restated;
        }
    }
    auto restated = std::make_shared<const RestatedRelease>(restate(store, release, now));
    const std::scoped_lock lock(m_mutex);
    if (m_kept.size() == most) m_kept.erase(m_kept.begin());
    m_kept.push_back({now.snapshot.id, restated});
    return restated;
}

OptionalDay last_released(const std::vector<Release>& releases) {
    OptionalDay last;
    for (const Release& release : releases)
        if (const auto day = parse_iso_day(release.as_at); day && !release.withdrawn)
            if (!last || *last < *day) last = *day;
    return last;
}

}  // namespace optimat
