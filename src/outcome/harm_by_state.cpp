#include "outcome/harm_by_state.hpp"

#include "measure/state_visits.hpp"
#include "stage/classify.hpp"

#include <algorithm>

namespace optimat {

namespace {

/// Counts one chunk's clients, one after the other.
class HarmCounter {
  public:
    HarmCounter(const Extract& extract, const Chunk& chunk, const Policy& policy,
                const std::vector<bool>& here, std::span<const ReferenceDate> days)
        : m_events(chunk.table(TableKind::events)),
          m_here(here),
          m_days(days),
          m_classifier(extract, chunk, policy),
          m_states(days.size()) {}

    void count(std::uint32_t client, HarmByState& harm) {
        const State* const end = m_classifier.classify(client, m_days, m_states.data());
        const std::span states(m_states.data(), end);
        // The first day is the one before the months: nobody's time, but events of the next day look at it.
        for (const State& state : states)
            if (state.date > 0 && m_here[*state.service]) ++at(harm, state).person_days;
        if (states.empty()) return;
        if (const auto death = m_classifier.timeline().death()) add(states, *death, &HarmCount::deaths, harm);
        const auto days = m_events.column<Day>(EventField::date);
        const auto kinds = m_events.column<EventKind>(EventField::kind);
        const RowRange rows = m_events.rows_of(client);
        for (std::uint32_t row = rows.begin; row < rows.end; ++row)
            if (kinds[row] == EventKind::overdose_non_fatal)
                add(states, days[row], &HarmCount::overdoses, harm);
    }

  private:
    static HarmCount& at(HarmByState& harm, const State& state) {
        return harm[static_cast<std::size_t>(state.stage)][static_cast<std::size_t>(state.band)];
    }

    /// An event of the months where the client stood the day before.
    void add(std::span<const State> states, Day day, std::int64_t HarmCount::*kind, HarmByState& harm) const {
        const Day before = day - 1;
        if (before < m_days.front().day || day > m_days.back().day) return;
        const auto date = static_cast<std::uint16_t>(before - m_days.front().day);
        const auto found = std::ranges::lower_bound(states, date, {}, &State::date);
        if (found != states.end() && found->date == date && m_here[*found->service])
            ++(at(harm, *found).*kind);
    }

    const Table& m_events;
    const std::vector<bool>& m_here;
    std::span<const ReferenceDate> m_days;
    Classifier m_classifier;
    std::vector<State> m_states;
};

}  // namespace

HarmCount& HarmCount::operator+=(const HarmCount& other) {
    deaths += other.deaths;
    overdoses += other.overdoses;
    person_days += other.person_days;
    return *this;
}

HarmByState harm_by_state(const Extract& extract, const Policy& policy, Day as_at, const Place& place,
                          ThreadCount threads) {
    std::vector<ReferenceDate> days;
    for (Day day = add_months(as_at, -policy.outcome.harm_months); day <= as_at; day = day + 1)
        days.emplace_back(day, policy);
    const std::vector<bool> here = services_at(extract, place);
    std::vector<HarmByState> by_worker(threads.number);
    for_each_piece(extract.chunks.size(), threads, [&](std::size_t i, unsigned worker) {
        HarmCounter counter(extract, extract.chunks[i], policy, here, days);
        for (std::uint32_t client = 0; client < extract.chunks[i].client_count(); ++client)
            counter.count(client, by_worker[worker]);
    });
    HarmByState harm{};
    for (const HarmByState& part : by_worker)
        for (std::size_t stage = 0; stage < stage_count; ++stage)
            for (std::size_t band = 0; band < band_count; ++band)
                harm[stage][band] += part[stage][band];
    return harm;
}

}  // namespace optimat
