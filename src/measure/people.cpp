#include "measure/people.hpp"

#include "measure/state_visits.hpp"

namespace optimat {

namespace {

/// Whether somebody in MAT belongs to a selection at one date.
class Belongs {
  public:
    Belongs(const Extract& extract, Day day, std::size_t chunk, const State& state)
        : m_extract(extract), m_day(day), m_chunk(chunk), m_state(state) {}
    bool operator()(const InMat&) const { return true; }
    bool operator()(const InGroup& selection) const { return tracker_group(m_state) == selection.group; }
    bool operator()(const InRow& selection) const { return selection.row->holds(m_state); }
    bool operator()(const InPart& selection) const {
        return selection.row->holds(m_state) &&
               breakdown_part(m_extract.chunks[m_chunk], m_state, m_day, selection.by) == selection.part;
    }
    bool operator()(const OnWay&) const { return false; }  // between two dates: see people_on_way

  private:
    const Extract& m_extract;
    Day m_day;
    std::size_t m_chunk;
    const State& m_state;
};

std::vector<Person> people_on_way(const Extract& extract, const States& states, std::size_t now,
                                  const Place& place, const OnWay& way) {
    std::vector<Person> people;
    // Who stands at neither end here is on no way of the place's table.
    if (way.from >= tracker_group_count && way.to >= tracker_group_count) return people;
    const std::vector<bool> here = services_at(extract, place);
    for (std::size_t chunk = 0; chunk < states.chunks.size(); ++chunk)
        for_pairs(states.chunks[chunk], way.before, now, [&](const State* then, const State* today) {
            if (flow_end_of(then, here) != way.from || flow_end_of(today, here) != way.to) return;
            // The state at this place: where somebody has gone since is that service's to know.
            const State* state = way.to < tracker_group_count ? today : then;
            people.push_back({chunk, state->client, state});
        });
    return people;
}

}  // namespace

std::vector<Person> people_of(const Extract& extract, const States& states, std::size_t date,
                              const Place& place, const Selection& selection) {
    if (const auto* way = std::get_if<OnWay>(&selection))
        return people_on_way(extract, states, date, place, *way);
    std::vector<Person> people;
    for_people(extract, states, date, place, [&](std::size_t chunk, const State& state) {
        if (std::visit(Belongs(extract, states.dates[date], chunk, state), selection))
            people.push_back({chunk, state.client, &state});
    });
    return people;
}

}  // namespace optimat
