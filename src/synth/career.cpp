#include "synth/career.hpp"

#include "synth/endings.hpp"
#include "synth/movement.hpp"

#include <algorithm>

namespace optimat::synth {

namespace {

constexpr int censoring_days = 4;
constexpr int days_after_comparison = 11;  // what holds on the comparison day holds at least so much longer
constexpr int days_before_comparison = 40;
constexpr int longest_after_comparison = 200;
constexpr int shortest_gap = 5;  // more than a spell tolerates
constexpr int shortest_gap_after_injection = 16;
constexpr int injection_lead_days = 7;  // on tablets before the first injection

class CareerMaker {
  public:
    CareerMaker(const ClientPlan& client, const Plan& plan, Random& random)
        : m_client(client), m_plan(plan), m_random(random), m_floor(first_day_allowed()) {
        const int room = m_client.last_covered - period().comparison - days_after_comparison - 1;
        m_held = period().comparison + days_after_comparison;
        if (m_client.then) m_held = m_held + m_random.below(std::min(room, longest_after_comparison));
        choose_transfer();
    }

    Career make() {
        m_career.records_stable = m_random.percent(86);
        add_spells();
        std::ranges::reverse(m_career.spells);
        for (Spell& spell : m_career.spells)
            std::ranges::reverse(spell.stretches);
        end_spells(m_career, m_client, m_held, m_random);
        return std::move(m_career);
    }

  private:
    const Service& service(std::uint16_t index) const { return m_plan.services[index]; }
    const Period& period() const { return m_plan.period; }

    Day first_day_allowed() const {
        if (m_client.absent_on_comparison_day && m_client.last_covered > period().comparison)
            return period().comparison + days_after_comparison + 2;
        return first_day(service(m_client.service), period());
    }
    bool floor_is_start_of_data() const { return m_floor == first_day(service(m_client.service), period()); }

    /// Some came from another service, or from the one that closed.
    void choose_transfer() {
        const Service& here = service(m_client.service);
        if (here.role == FigureRole::figure_4 || here.prescribing_from || here.closed ||
            here.kind == ServiceKind::prison || here.kind == ServiceKind::inpatient)
            return;
        for (std::size_t s = 0; s < m_plan.services.size(); ++s) {
            const Service& closed = m_plan.services[s];
            if (!closed.closed || closed.merged_into != m_client.service || !m_random.percent(40)) continue;
            m_transfer_day = *closed.closed + 1;
            m_earlier_service = static_cast<std::uint16_t>(s);
            return;
        }
        if (!m_random.percent(6)) return;
        const auto other =
            static_cast<std::uint16_t>(m_random.below(static_cast<int>(m_plan.services.size())));
        const Service& from = service(other);
        if (other == m_client.service || from.kind != ServiceKind::community || from.closed ||
            from.prescribing_from || from.role == FigureRole::figure_4 || from.in_mat == 0)
            return;
        const Day day = period().covers_from +
                        m_random.between(1, std::max(1, period().last - period().covers_from - 45));
        if (day > m_client.last_covered - 45) return;
        m_transfer_day = day;
        m_earlier_service = other;
    }

    std::uint16_t service_on(Day day) const {
        return m_transfer_day && day < *m_transfer_day ? m_earlier_service : m_client.service;
    }

    int spell_length() {
        if (m_client.temper == Temper::churning && m_random.percent(25)) return 3 + m_random.below(25);
        return 29 + m_random.wait(mean_spell(m_client.temper));
    }

    Day first_of_last_spell() {
        if (m_client.then) return period().comparison - m_client.spell_day + 1;
        if (m_client.now) return m_client.last_covered - m_client.spell_day + 1;
        return m_client.last_covered - spell_length() + 1;
    }

    void add_spells() {
        Day last = m_client.last_covered;
        Day first = first_of_last_spell();
        while (last >= m_floor + censoring_days) {
            Spell spell{.first = first, .last = last};
            const bool reaches_floor = first <= m_floor + censoring_days;
            if (reaches_floor) spell.first = m_floor;
            spell.began_before_data = reaches_floor && floor_is_start_of_data();
            fill(spell);
            m_career.spells.push_back(std::move(spell));
            if (reaches_floor) return;
            const bool first_ever = m_random.percent(m_client.temper == Temper::churning ? 7 : 25);
            if (first_ever) return;
            last = first - 1 - (least_gap() + m_random.wait(m_client.temper == Temper::churning ? 40 : 60));
            first = last - spell_length() + 1;
        }
    }

    int least_gap() const {
        return m_medicine && is_injection(family_of(*m_medicine)) ? shortest_gap_after_injection
                                                                  : shortest_gap;
    }

    State drawn_state(std::uint16_t index, Day day) {
        const Standing standing = standing_on(day, service(index), period(), m_random);
        if (!m_medicine) m_medicine = usual_medicine(standing, service(index).character, m_random);
        const int dose = dose_for(standing, *m_medicine, service(index).character.dose, m_random);
        return {*m_medicine, dose, synth::uses_on_top(standing)};
    }

    State state_of(const Target& target) {
        m_medicine = target.medicine;
        const bool known =
            target.standing != Standing::induction && target.standing != Standing::uncategorised;
        const bool uses = known ? synth::uses_on_top(target.standing) : m_random.percent(50);
        return {target.medicine, target.dose, uses};
    }

    Stretch stretch(Day from, Day to, const State& state) {
        Stretch made{
            .from = from, .to = to, .medicine = state.medicine, .dose = state.dose, .first_dose = state.dose};
        made.uses_on_top = state.uses_on_top;
        made.service = service_on(to);
        made.supervised = m_supervised;
        return made;
    }

    void fill(Spell& spell) {
        const bool is_last = m_career.spells.empty();
        const bool to_now = is_last && m_client.now.has_value();
        const State end = to_now ? state_of(*m_client.now) : drawn_state(service_on(spell.last), spell.last);
        m_supervised =
            to_now ? m_client.now->supervised : m_random.percent(supervision_at(service_on(spell.last)));
        State state = end;
        Day to = spell.last;
        if (to_now && m_client.now->course != Course::steady) to = add_course(spell, state);
        while (to >= spell.first)
            to = add_stretch(spell, state, to, is_last);
    }

    int supervision_at(std::uint16_t index) const {
        return std::clamp(52 * service(index).character.supervision / 100, 3, 97);
    }

    /// The stretch that makes the last day increasing, reducing or detox. Returns the day before it.
    Day add_course(Spell& spell, State& state) {
        const Target& target = *m_client.now;
        const int days = target.course == Course::increasing ? m_random.between(3, 22)
                         : target.course == Course::detox    ? m_random.between(14, 76)
                                                             : m_random.between(35, 78);
        const Day from = std::max(spell.first, spell.last - days + 1);
        Stretch made = stretch(from, spell.last, state);
        made.course = target.course;
        if (target.course == Course::increasing) {
            state.dose = std::max(20, state.dose - step(state.medicine, m_random));
        } else {
            const int falls = 1 + days / 21;
            state.dose = target.dose + falls * fall_step(state.medicine, target.course);
            state.dose = std::min(state.dose, highest_dose(state.medicine, Band::at_or_above));
            made.planned = target.course == Course::detox ? m_random.percent(90) : m_random.percent(25);
            made.first_dose = state.dose;
        }
        spell.stretches.push_back(made);
        return from - 1;
    }

    int fall_step(Medicine medicine, Course course) {
        const bool methadone = medicine == Medicine::methadone;
        if (course == Course::detox)
            return methadone ? 10 * m_random.between(5, 9) : 4 * m_random.between(4, 8);
        return methadone ? 10 * m_random.between(2, 5) : 4 * m_random.between(1, 4);
    }

    /// Adds the stretch that ends on `to`, sets the state before it, returns the day before it.
    Day add_stretch(Spell& spell, State& state, Day to, bool is_last) {
        const bool figure = is_last && m_client.then.has_value();
        Day from = to - (60 + m_random.below(81)) + 1;
        if (figure && to == m_held) {
            state = state_of(*m_client.then);
            from = std::min(from, period().comparison - days_before_comparison);
        }
        if (from - spell.first < 25) from = spell.first;
        if (figure && to > m_held) from = std::max(from, m_held + 1);
        const Day transfer = m_transfer_day.value_or(spell.first);
        if (transfer > from && transfer <= to) from = transfer;
        from = std::max(from, spell.first);
        if (is_injection(family_of(state.medicine)) && from == spell.first && to - from > 40 &&
            !spell.began_before_data)
            from = spell.first + injection_lead_days;
        const bool reaches_injection = from == spell.first + injection_lead_days && from > spell.first &&
                                       is_injection(family_of(state.medicine));
        spell.stretches.push_back(stretch(from, to, state));
        Day before = from - 1;
        if (reaches_injection)
            state = {Medicine::buprenorphine, 80, state.uses_on_top};
        else if (before >= spell.first && !(figure && before == m_held))
            before = move_back(spell, state, before);
        if (m_random.percent(14)) m_supervised = m_random.percent(supervision_at(service_on(before)));
        return before;
    }

    /// What came before, at the boundary after `day`. A reduction takes a stretch of its own; returns the day
    /// before it.
    Day move_back(Spell& spell, State& state, Day day) {
        const Movement moved = movement_before(state, day, service(service_on(day)), period(), m_random);
        if (moved.reduced_from) return reduce_from(spell, state, day, *moved.reduced_from);
        const bool free = !m_career.spells.empty() || spell.stretches.size() > 1;
        if (moved.recorded_as_increasing && free && spell.stretches.back().course == Course::steady)
            spell.stretches.back().course = Course::increasing;
        state = moved.before;
        return day;
    }

    /// A slow reduction that ends on `day` at the present dose.
    Day reduce_from(Spell& spell, State& state, Day day, Band band) {
        const Day from = std::max(day - m_random.between(34, 90) + 1, spell.first);
        const bool daily = family_of(state.medicine) == Family::methadone ||
                           family_of(state.medicine) == Family::buprenorphine;
        const bool crosses = (m_client.then && from <= m_held + 1 && day >= period().comparison - 120) ||
                             (m_transfer_day && *m_transfer_day > from && *m_transfer_day <= day + 1);
        if (!daily || crosses || day - from < 30 || from == spell.first) return day;
        int higher = band == Band::at_or_above ? usual_dose(state.medicine, band, -1, m_random)
                                               : state.dose + 2 * fall_step(state.medicine, Course::reducing);
        higher = std::min(higher, highest_dose(state.medicine, band));
        if (higher <= state.dose) return day;
        Stretch made = stretch(from, day, state);
        made.course = Course::reducing;
        made.first_dose = higher;
        made.planned = m_random.percent(20);
        spell.stretches.push_back(made);
        state.dose = higher;
        return from - 1;
    }

    const ClientPlan& m_client;
    const Plan& m_plan;
    Random& m_random;
    Day m_floor;
    Day m_held{};  ///< until then holds what held on the comparison day, where the plan says what
    std::optional<Day> m_transfer_day;
    std::uint16_t m_earlier_service = 0;
    std::optional<Medicine> m_medicine;
    bool m_supervised = false;
    Career m_career;
};

}  // namespace

Career make_career(const ClientPlan& client, const Plan& plan, Random& random) {
    return CareerMaker(client, plan, random).make();
}

bool uses_on_top(const Career& career, Day day) {
    const Stretch* nearest = nullptr;
    for (const Spell& spell : career.spells)
        for (const Stretch& stretch : spell.stretches) {
            if (nearest != nullptr && stretch.from > day) return nearest->uses_on_top;
            nearest = &stretch;
        }
    return nearest != nullptr && nearest->uses_on_top;
}

}  // namespace optimat::synth
