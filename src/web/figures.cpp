#include "web/figures.hpp"

#include "store/secrets.hpp"

#include "stage/classify.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

std::string describe(const SnapshotInfo& info) {
    return fmt::format("snapshot {} of {}, {} to {}", info.id.substr(0, 12), info.organisation,
                       info.covers_from, info.covers_to);
}

}  // namespace

std::string place_key(const Place& place) {
    if (place.kind == PlaceKind::organisation) return std::string(text_of(place.kind));
    return fmt::format("{}:{}", text_of(place.kind), place.id);
}

std::string month_key(Day day) { return to_text(day).substr(0, 7); }

Figures::Figures(SnapshotInfo info, Extract extract, CheckReport report, Policy policy,
                 const std::string& reference_key, ThreadCount threads)
    : m_info(std::move(info)),
      m_extract(std::move(extract)),
      m_report(std::move(report)),
      m_policy(std::move(policy)),
      m_provenance{m_info.program_version, m_policy.name, m_policy.version, m_policy.hash, describe(m_info)},
      m_threads(threads),
      m_states(classify(m_extract, m_policy,
                        months_covered(m_extract.covers_from, m_extract.covers_to, most_months), threads)),
      m_tracker(make_tracker(m_extract, m_states, threads)),
      m_places(places_of(m_extract)),
      m_leaves(places_that_leave(m_places)),
      m_references(m_extract.chunks.size()) {
    for (std::size_t i = 0; i < m_places.size(); ++i)
        m_place_by_key.emplace(place_key(m_places[i]), i);
    for_each_piece(m_extract.chunks.size(), threads, [&](std::size_t chunk, unsigned) {
        const Chunk& clients = m_extract.chunks[chunk];
        m_references[chunk].reserve(clients.client_count());
        for (std::size_t client = 0; client < clients.client_count(); ++client)
            m_references[chunk].push_back(person_reference(reference_key, clients.client_ids[client]));
    });
    m_by_reference.reserve(m_extract.client_count());
    for (std::size_t chunk = 0; chunk < m_references.size(); ++chunk)
        for (std::size_t client = 0; client < m_references[chunk].size(); ++client)
            m_by_reference.emplace(m_references[chunk][client],
                                   ClientPlace{chunk, static_cast<std::uint32_t>(client)});
}

std::optional<std::size_t> Figures::find_month(std::string_view month) const {
    for (std::size_t i = dates().size(); i-- > 0;)
        if (month_key(dates()[i]) == month) return i;
    return std::nullopt;
}

const Place* Figures::find_place(std::string_view key) const {
    const auto found = m_place_by_key.find(key);
    return found == m_place_by_key.end() ? nullptr : &m_places[found->second];
}

const ServiceDataTable& Figures::service_data(std::size_t date) const {
    const std::scoped_lock lock(m_mutex);
    auto& table = m_service_data[date];
    if (!table)
        table = std::make_unique<ServiceDataTable>(
            make_service_data(m_extract, m_states, date, m_policy, m_threads));
    return *table;
}

const std::vector<FlowTable>& Figures::flows(std::size_t date) const {
    OPTIMAT_CHECK(date > 0 && date < dates().size(), "flows need a month before");
    const std::scoped_lock lock(m_mutex);
    auto& flows = m_flows[date];
    if (!flows)
        flows = std::make_unique<std::vector<FlowTable>>(
            make_flows(m_extract, m_states, date - 1, date, m_places));
    return *flows;
}

const std::vector<DisclosedTrackerCell>& Figures::disclosed_tracker(std::size_t date) const {
    const std::scoped_lock lock(m_mutex);
    auto& cells = m_disclosed[date];
    if (!cells)
        cells = std::make_unique<std::vector<DisclosedTrackerCell>>(
            disclose_tracker(m_tracker.cells[date], m_places, DisclosureRule{m_policy.hidden_below}));
    return *cells;
}

const MeasureGrid& Figures::measures() const {
    const std::scoped_lock lock(m_measures_mutex);
    if (!m_measures)
        m_measures =
            std::make_unique<MeasureGrid>(make_measure_grid(m_extract, m_policy, dates(), m_threads));
    return *m_measures;
}

const std::vector<SensitivityRow>&
Figures::sensitivity(const std::vector<PolicyAlternative>& alternatives) const {
    const std::scoped_lock lock(m_sensitivity_mutex);
    if (!m_sensitivity)
        m_sensitivity = optimat::sensitivity(m_extract, m_policy, alternatives, dates().back(), m_threads);
    return *m_sensitivity;
}

std::string Figures::reference_of(ClientPlace client) const {
    return m_references[client.chunk][client.client];
}

std::optional<ClientPlace> Figures::find_reference(std::string_view reference) const {
    const auto found = m_by_reference.find(std::string(reference));
    if (found == m_by_reference.end()) return std::nullopt;
    return found->second;
}

const State* Figures::state_of(ClientPlace client, std::size_t date) const {
    const ChunkStates states = m_states.chunks[client.chunk];
    const std::pair wanted(client.client, static_cast<std::uint16_t>(date));
    const auto found = std::ranges::lower_bound(states, wanted, std::less<>{}, [](const State& state) {
        return std::pair(state.client, state.date);
    });
    if (found == states.end() || found->client != client.client || found->date != date) return nullptr;
    return &*found;
}

}  // namespace optimat
