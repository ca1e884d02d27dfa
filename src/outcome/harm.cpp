// Deaths and overdoses in MAT and after leaving it, with the time that people spent so; naloxone on leaving.

#include "outcome/measure_finders.hpp"

#include <algorithm>

namespace optimat {

namespace {

/// Days, both inclusive; none when last is before first.
struct Days {
    Day first, last;
    std::int32_t count() const { return std::max(0, last - first + 1); }
    bool contains(Day day) const { return first <= day && day <= last; }
};

/// One client's harm in a window.
class HarmReader {
  public:
    HarmReader(ClientCourse& client, Day as_at, Items& items)
        : m_client(client),
          m_as_at(as_at),
          m_window{add_months(as_at, -client.policy().outcome.harm_months) + 1, as_at},
          m_spells(client.spells(as_at)),
          m_items(items) {}

    void read() {
        const std::size_t in_mat = m_items.size();
        for (const ServiceDays& led : m_client.service_days())
            add_days(in_mat, led.service, HarmPart::in_mat, {led.first, led.last});
        const std::size_t after = m_items.size();
        for (std::size_t spell = 0; spell < m_spells.size(); ++spell)
            add_days(after, m_spells[spell].service, HarmPart::after_leaving, after_leaving(spell));
        if (const auto death = m_client.death(); death && m_window.contains(*death))
            add_harm(*death, HarmPart::death_in_mat, HarmPart::death_after_leaving);
        read_overdoses();
    }

  private:
    Days within_window(Days days) const {
        return {std::max(days.first, m_window.first), std::min(days.last, m_window.last)};
    }

    /// Adds the days that lie in the window to the client's one thing of the service, among those from
    /// `first` on.
    void add_days(std::size_t first, ServiceIndex service, HarmPart part, Days days) {
        const std::int32_t count = within_window(days).count();
        if (count == 0) return;
        const auto known = std::find_if(m_items.begin() + static_cast<std::ptrdiff_t>(first), m_items.end(),
                                        [&](const MeasureItem& item) { return item.service == service; });
        if (known == m_items.end())
            add_item(m_items, service, part, m_as_at, count);
        else
            known->value += count;
    }

    /// The service that led on a covered day.
    ServiceIndex service_on(Day day) const {
        for (const ServiceDays& led : m_client.service_days())
            if (led.first <= day && day <= led.last) return led.service;
        return {};
    }

    /// The days after a spell that has ended, until the next one or death; none of one that has not ended.
    /// They begin two days after the last covered one: what happens on the day between counts in MAT, where
    /// the client stood the day before.
    Days after_leaving(std::size_t spell) const {
        const CourseSpell& ended = m_spells[spell];
        Days days{ended.last + 2, ended.last + 1};
        if (!ended.ended) return days;
        days.last = ended.last + m_client.policy().outcome.leaving_days;
        if (spell + 1 < m_spells.size()) days.last = std::min(days.last, m_spells[spell + 1].first - 1);
        if (const auto death = m_client.death()) days.last = std::min(days.last, *death);
        return days;
    }

    void read_overdoses() {
        const Table& events = m_client.chunk().table(TableKind::events);
        const auto days = events.column<Day>(EventField::date);
        const auto kinds = events.column<EventKind>(EventField::kind);
        const RowRange rows = events.rows_of(m_client.client());
        const auto own = days.subspan(rows.begin, rows.size());
        const auto first = std::ranges::lower_bound(own, m_window.first) - own.begin();
        for (auto row = rows.begin + static_cast<std::uint32_t>(first);
             row < rows.end && days[row] <= m_as_at; ++row)
            if (kinds[row] == EventKind::overdose_non_fatal)
                add_harm(days[row], HarmPart::overdose_in_mat, HarmPart::overdose_after_leaving);
    }

    /// Puts an event where the client stood the day before; elsewhere when that is neither.
    void add_harm(Day day, HarmPart in_mat, HarmPart after) {
        const auto spell = last_spell_before(day);
        if (!spell)
            add_item(m_items, ServiceIndex{}, HarmPart::elsewhere, m_as_at);
        else if (m_client.in_mat(day - 1))
            add_item(m_items, service_on(day - 1), in_mat, m_as_at);
        else if (after_leaving(*spell).contains(day))
            add_item(m_items, m_spells[*spell].service, after, m_as_at);
        else
            add_item(m_items, m_spells[*spell].service, HarmPart::elsewhere, m_as_at);
    }

    /// The latest spell that started before the day.
    std::optional<std::size_t> last_spell_before(Day day) const {
        std::optional<std::size_t> found;
        for (std::size_t spell = 0; spell < m_spells.size() && m_spells[spell].first < day; ++spell)
            found = spell;
        return found;
    }

    ClientCourse& m_client;
    Day m_as_at;
    Days m_window;
    std::span<const CourseSpell> m_spells;
    Items& m_items;
};

}  // namespace

// outcome/harm: "deaths and non-fatal overdoses per 100 person-years in MAT …; and within 28 days of leaving
// MAT"
void find_harm(ClientCourse& client, const MeasureTime& time, Items& items) {
    HarmReader(client, time.as_at, items).read();
}

// naloxone: "supplied in 24 months … for people leaving"
void find_naloxone_leaving(ClientCourse& client, const MeasureTime& time, Items& items) {
    using enum LeavingPart;
    for (const CourseSpell& spell : client.spells(time.as_at)) {
        if (!spell.ended || !is_in(time, spell.last)) continue;
        const Day after = add_months(spell.last, -client.policy().priority.naloxone_months);
        const bool has_it = client.has_event(EventKind::naloxone_supplied, after + 1, spell.last);
        const bool dead = client.end_of(spell, time.as_at) == SpellEnd::died;
        add_item(items, spell.service, dead ? died : has_it ? supplied : not_supplied, spell.last);
    }
}

}  // namespace optimat
