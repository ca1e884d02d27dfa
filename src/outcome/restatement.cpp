#include "outcome/restatement.hpp"

#include "stage/classify.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace optimat {

/// The clients of two extracts, put together by their ids.
class ClientPairs {
  public:
    struct Pair {
        std::optional<ClientPlace> then, now;
        ClientChanges changes;
    };

    ClientPairs(const Extract& then, const Extract& now) {
        std::unordered_map<std::string_view, std::size_t> by_id;
        by_id.reserve(then.client_count());
        for_each_client(then, [&](ClientPlace client, std::string_view id) {
            by_id.emplace(id, m_pairs.size());
            m_pairs.push_back({client, std::nullopt, {}});
        });
        for_each_client(now, [&](ClientPlace client, std::string_view id) {
            const auto found = by_id.find(id);
            if (found == by_id.end())
                m_pairs.push_back({std::nullopt, client, {}});
            else
                m_pairs[found->second].now = client;
        });
    }

    void compare(const Extract& then, const Extract& now, Day as_at, ThreadCount threads) {
        constexpr std::size_t at_once = 256;
        for_each_piece((m_pairs.size() + at_once - 1) / at_once, threads, [&](std::size_t piece, unsigned) {
            const std::size_t last = std::min(m_pairs.size(), (piece + 1) * at_once);
            for (std::size_t i = piece * at_once; i < last; ++i)
                m_pairs[i].changes = compare_rows(then, m_pairs[i].then, now, m_pairs[i].now, as_at);
        });
    }

    const std::vector<Pair>& pairs() const { return m_pairs; }

    /// Who has a correction, for the extract on the side of `place`.
    ClientFilter corrected(const Extract& extract, std::optional<ClientPlace> Pair::*place) const {
        ClientFilter filter;
        for (const Chunk& chunk : extract.chunks)
            filter.emplace_back(chunk.client_count(), false);
        for (const Pair& pair : m_pairs)
            if (pair.*place && pair.changes.kind() == ChangeKind::correction)
                filter[(pair.*place)->chunk][(pair.*place)->client] = true;
        return filter;
    }
    bool has_correction() const {
        return std::ranges::any_of(
            m_pairs, [](const Pair& pair) { return pair.changes.kind() == ChangeKind::correction; });
    }

  private:
    template <class Action> static void for_each_client(const Extract& extract, Action action) {
        for (std::size_t chunk = 0; chunk < extract.chunks.size(); ++chunk)
            for (std::uint32_t client = 0; client < extract.chunks[chunk].client_count(); ++client)
                action(ClientPlace{chunk, client}, extract.chunks[chunk].client_ids[client]);
    }

    std::vector<Pair> m_pairs;
};

namespace {

constexpr std::string_view cause_texts[] = {"program", "late_data", "correction", "data", "definition"};

/// The standings of everybody on one day, by client.
class Standings {
  public:
    Standings(const Extract& extract, const Policy& policy, Day as_at, ThreadCount threads)
        : m_extract(extract), m_states(classify(extract, policy, {as_at}, threads)) {
        for (std::size_t chunk = 0; chunk < extract.chunks.size(); ++chunk) {
            m_by_client.emplace_back(extract.chunks[chunk].client_count(), nullptr);
            for (const State& state : m_states.chunks[chunk])
                m_by_client[chunk][state.client] = &state;
        }
    }
    std::optional<Standing> of(const std::optional<ClientPlace>& client) const {
        if (!client) return std::nullopt;
        const State* const state = m_by_client[client->chunk][client->client];
        return state == nullptr ? std::nullopt : std::optional(standing_of(m_extract, *state));
    }

  private:
    const Extract& m_extract;
    States m_states;
    std::vector<std::vector<const State*>> m_by_client;
};

/// The functions of the released measures and of today's.
std::vector<const MeasureFunction*> functions_to_count(const RestatementSources& sources) {
    std::set<std::string_view> names;
    for (const ReleaseMeasure& measure : sources.released.measures)
        names.insert(measure.function);
    for (const MeasureDefinition& measure : sources.definitions_now.measures)
        names.insert(measure.function->name);
    std::vector<const MeasureFunction*> functions;
    for (const MeasureFunction& function : measure_functions())
        if (names.contains(function.name)) functions.push_back(&function);
    return functions;
}

std::string_view text_of_service(const ReleaseService& service, PlaceKind kind) {
    switch (kind) {
    case PlaceKind::region:
        return service.region;
    case PlaceKind::area:
        return service.area;
    case PlaceKind::peer_group:
        return service.peer_group;
    case PlaceKind::organisation:
    case PlaceKind::service:
        break;
    }
    return service.service_id;
}

/// Which of the steps moved a person who stood thus after each of them.
std::vector<RestatementCause> causes_of(const std::array<std::optional<Standing>, 4>& standings,
                                        const ClientChanges& changes) {
    const RestatementCause data =
        changes.kind() == ChangeKind::correction ? RestatementCause::correction : RestatementCause::late_data;
    const std::array steps = {RestatementCause::program, data, RestatementCause::definition};
    std::vector<RestatementCause> causes;
    for (std::size_t step = 0; step < steps.size(); ++step)
        if (!stands_alike(standings[step], standings[step + 1])) causes.push_back(steps[step]);
    return causes;
}

}  // namespace

std::string_view text_of(RestatementCause cause) { return cause_texts[static_cast<std::size_t>(cause)]; }

bool RestatedMeasure::has_changed() const {
    return !now() || now()->numerator != then.numerator || now()->denominator != then.denominator;
}

bool RestatedPlace::has_then(std::string_view service_id) const {
    return organisation || std::ranges::binary_search(then, service_id);
}

bool RestatedPlace::has_now(std::string_view service_id) const {
    return organisation || std::ranges::binary_search(now, service_id);
}

RestatedPlace restated_place(const Place& place, const Extract& now,
                             const std::vector<ReleaseService>& services_then) {
    RestatedPlace restated{place.kind == PlaceKind::organisation, {}, {}};
    std::set<std::string> known;
    for (const ReleaseService& service : services_then)
        known.insert(service.service_id);
    for (const std::size_t service : place.services)
        restated.now.push_back(now.services[service].service_id);
    // A group that users put together is made up of the same services then and now.
    const bool saved_group =
        place.kind == PlaceKind::peer_group && std::ranges::any_of(place.services, [&](std::size_t service) {
            return now.services[service].peer_group != place.id;
        });
    const bool by_text =
        place.kind != PlaceKind::organisation && place.kind != PlaceKind::service && !saved_group;
    for (const std::string& service : restated.now)
        if (!by_text || !known.contains(service)) restated.then.push_back(service);
    if (by_text)
        for (const ReleaseService& service : services_then)
            if (text_of_service(service, place.kind) == place.id) restated.then.push_back(service.service_id);
    std::ranges::sort(restated.then);
    std::ranges::sort(restated.now);
    return restated;
}

Restatement::Restatement(const RestatementSources& sources)
    : m_steps{NamedCells(sources.released.cells, sources.as_at)}, m_measures(sources.released.measures) {
    for (const MeasureDefinition& measure : sources.definitions_now.measures)
        m_measures_now.push_back(release_measure(measure, sources.definitions_now));
    count(sources);
}

void Restatement::count(const RestatementSources& sources) {
    const std::vector<Day> dates = release_dates(sources.covers_from, sources.as_at);
    const auto functions = functions_to_count(sources);
    const auto counted = [&](const Extract& extract, const Policy& policy, const ClientFilter& only) {
        return NamedCells(extract,
                          make_measure_grid(extract, policy, dates, functions, sources.threads, only));
    };
    const auto step = [&](RestatementCause cause, NamedCells cells) {
        m_causes.push_back(cause);
        m_steps.push_back(std::move(cells));
    };
    const bool same_extract = sources.then == &sources.now;
    NamedCells with_now;
    if (sources.then == nullptr) {
        with_now = counted(sources.now, sources.policy_then, {});
        step(RestatementCause::data, with_now);
    } else {
        ClientPairs clients(*sources.then, sources.now);
        if (!same_extract) clients.compare(*sources.then, sources.now, sources.as_at, sources.threads);
        NamedCells with_then = counted(*sources.then, sources.policy_then, {});
        with_now = same_extract ? with_then : counted(sources.now, sources.policy_then, {});
        NamedCells late = with_now;
        if (clients.has_correction()) {
            using Pair = ClientPairs::Pair;
            late -= counted(sources.now, sources.policy_then, clients.corrected(sources.now, &Pair::now));
            late +=
                counted(*sources.then, sources.policy_then, clients.corrected(*sources.then, &Pair::then));
        }
        step(RestatementCause::program, std::move(with_then));
        step(RestatementCause::late_data, std::move(late));
        step(RestatementCause::correction, with_now);
        if (sources.states) compare_people(sources, clients);
    }
    const bool same_policy = sources.policy_now == sources.policy_then;
    step(RestatementCause::definition,
         same_policy ? std::move(with_now) : counted(sources.now, sources.policy_now, {}));
}

void Restatement::compare_people(const RestatementSources& sources, const ClientPairs& clients) {
    m_knows_people = true;
    std::unordered_map<std::string_view, const Standing*> frozen;
    for (const FrozenState& state : *sources.states) {
        frozen.emplace(state.person, &state.standing);
        ++m_people_then[state.standing.service_id];
    }
    const Standings program(*sources.then, sources.policy_then, sources.as_at, sources.threads),
        data(sources.now, sources.policy_then, sources.as_at, sources.threads),
        definition(sources.now, sources.policy_now, sources.as_at, sources.threads);
    for (const ClientPairs::Pair& pair : clients.pairs()) {
        const ClientPlace client = pair.now ? *pair.now : *pair.then;
        const Extract& extract = pair.now ? sources.now : *sources.then;
        std::string person = sources.reference(extract.chunks[client.chunk].client_ids[client.client]);
        const auto found = frozen.find(person);
        const std::array<std::optional<Standing>, 4> standings = {
            found == frozen.end() ? std::nullopt : std::optional(*found->second), program.of(pair.then),
            data.of(pair.now), definition.of(pair.now)};
        if (stands_alike(standings.front(), standings.back())) continue;
        auto causes = causes_of(standings, pair.changes);
        const RestatementCause first = causes.front();
        m_people.push_back({std::move(person), pair.now, standings.front(), standings.back(), first,
                            std::move(causes), pair.changes});
    }
    std::ranges::sort(m_people, {}, &RestatedPerson::person);
}

RestatedMeasure Restatement::measure(const ReleaseMeasure& measure, const RestatedPlace& place) const {
    const auto then = [&](std::string_view service) { return place.has_then(service); };
    const auto now = [&](std::string_view service) { return place.has_now(service); };
    RestatedMeasure restated{measure, figure_of(measure, m_steps.front().sum(measure.function, then)), {}};
    for (std::size_t step = 0; step + 1 < m_causes.size(); ++step)
        restated.after.push_back(figure_of(measure, m_steps[step + 1].sum(measure.function, then)));
    const auto found = std::ranges::find(m_measures_now, measure.name, &ReleaseMeasure::name);
    if (found == m_measures_now.end())
        restated.after.emplace_back();
    else
        restated.after.push_back(figure_of(*found, m_steps.back().sum(found->function, now)));
    return restated;
}

}  // namespace optimat
