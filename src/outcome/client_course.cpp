#include "outcome/client_course.hpp"

#include <algorithm>

namespace optimat {

ClientCourse::ClientCourse(const Extract& extract, std::size_t chunk, const Policy& policy,
                           std::span<const Day> dates)
    : m_extract(extract),
      m_chunk(extract.chunks[chunk]),
      m_policy(policy),
      m_classifier(extract, m_chunk, policy),
      m_states(dates.size()) {
    for (const Day day : dates)
        m_dates.emplace_back(day, policy);
}

void ClientCourse::read(std::uint32_t client) {
    m_client = client;
    m_state_count =
        static_cast<std::size_t>(m_classifier.classify(client, m_dates, m_states.data()) - m_states.data());
    m_spells_as_at = m_journeys_as_at = m_detoxifications_as_at = m_state_as_at = OptionalDay{};
    m_service_days_read = false;
    m_covers_read = false;
}

OptionalDay ClientCourse::first_record() const {
    OptionalDay first;
    for (std::size_t i = 0; i < table_count; ++i) {
        const auto kind = static_cast<TableKind>(i);
        const OrderField order = order_field(kind);
        const RowRange rows = m_chunk.table(kind).rows_of(m_client);
        if (!order.present || rows.empty()) continue;
        const Day day = m_chunk.table(kind).columns[order.index].cells<Day>()[rows.begin];
        if (!first || day < *first) first = day;
    }
    return first;
}

const State* ClientCourse::state_on(Day as_at) const {
    if (m_state_as_at == OptionalDay(as_at)) return m_state;
    const std::span states(m_states.data(), m_state_count);
    const auto found = std::ranges::lower_bound(states, as_at, {},
                                                [&](const State& state) { return m_dates[state.date].day; });
    m_state_as_at = as_at;
    m_state = found != states.end() && m_dates[found->date].day == as_at ? &*found : nullptr;
    return m_state;
}

bool ClientCourse::in_mat(Day day) const { return timeline().in_mat(timeline().started_by(day), day); }

std::optional<CurrentDose> ClientCourse::dose_on(Day day, Day not_before) const {
    const std::size_t started = timeline().started_by(day);
    if (started == 0) return std::nullopt;
    const Day covered = timeline().last_covered(started, day);
    if (covered < not_before) return std::nullopt;
    return timeline().dose_on(started, covered);
}

void ClientCourse::read_covers() {
    if (m_covers_read) return;
    m_covers_read = true;
    const Timeline& timeline = this->timeline();
    m_tolerated.clear();
    m_spell_services.clear();
    OptionalDay last;  // the latest end so far
    std::int32_t tolerated = 0;
    for (const Cover& cover : timeline.covers()) {
        // "if several prescriptions ended that day, the longest tolerance counts"
        const std::int32_t gap = m_policy.family(cover.family).tolerated_gap;
        if (!last || *last < cover.end) {
            last = cover.end;
            tolerated = gap;
        } else if (*last == cover.end) {
            tolerated = std::max(tolerated, gap);
        }
        m_tolerated.push_back(tolerated);
    }
    for (const Spell& spell : timeline.spells()) {
        const CurrentDose first = timeline.dose_on(timeline.started_by(spell.first), spell.first);
        m_spell_services.push_back(timeline.covers()[first.lead].service);
    }
}

std::span<const ServiceDays> ClientCourse::service_days() {
    if (!m_service_days_read) read_service_days();
    m_service_days_read = true;
    return m_service_days;
}

void ClientCourse::read_service_days() {
    m_service_days.clear();
    const auto covers = timeline().covers();
    const auto add = [&](Day first, Day last, ServiceIndex service) {
        const bool goes_on = !m_service_days.empty() && m_service_days.back().service == service &&
                             m_service_days.back().last >= first - 1;
        if (goes_on)
            m_service_days.back().last = std::max(m_service_days.back().last, last);
        else
            m_service_days.push_back({first, last, service});
    };
    const auto elsewhere = [&](const Cover& cover) { return cover.service != covers.front().service; };
    if (std::ranges::none_of(covers, elsewhere)) {
        for (const Cover& cover : covers)
            add(cover.start, cover.end, cover.service);
        return;
    }
    m_changes.clear();
    for (const Cover& cover : covers) {
        m_changes.push_back(cover.start);
        m_changes.push_back(cover.end + 1);
    }
    std::ranges::sort(m_changes);
    m_changes.erase(std::ranges::unique(m_changes).begin(), m_changes.end());
    for (std::size_t i = 0; i + 1 < m_changes.size(); ++i) {
        const std::size_t started = timeline().started_by(m_changes[i]);
        if (timeline().in_mat(started, m_changes[i]))
            add(m_changes[i], m_changes[i + 1] - 1,
                covers[timeline().dose_on(started, m_changes[i]).lead].service);
    }
}

/// The spell by the covers that have started by as_at, which are the first `started`.
CourseSpell ClientCourse::spell_as_at(std::size_t spell, std::size_t started, Day as_at) const {
    const auto all = timeline().spells();
    const Spell& whole = all[spell];
    const std::size_t end =
        std::min(started, spell + 1 < all.size() ? all[spell + 1].first_cover : timeline().covers().size());
    CourseSpell found{whole.first,
                      timeline().last_covered(end, last_readable_day),
                      whole.censored,
                      false,
                      m_tolerated[end - 1],
                      whole.first_cover,
                      static_cast<std::uint32_t>(end - 1),
                      m_spell_services[spell]};
    found.ended = found.last_tolerated() < as_at;
    return found;
}

std::span<const CourseSpell> ClientCourse::spells(Day as_at) {
    if (m_spells_as_at == OptionalDay(as_at)) return m_spells;
    m_spells_as_at = as_at;
    m_spells.clear();
    read_covers();
    const std::size_t started = timeline().started_by(as_at);
    const auto all = timeline().spells();
    for (std::size_t i = 0; i < all.size() && all[i].first <= as_at; ++i)
        m_spells.push_back(spell_as_at(i, started, as_at));
    return m_spells;
}

namespace {

bool is_transfer(EndReason reason) {
    return reason == EndReason::transferred_in_custody || reason == EndReason::transferred_not_in_custody;
}
bool is_completion(EndReason reason) {
    return reason == EndReason::completed_drug_free || reason == EndReason::completed_alcohol_free ||
           reason == EndReason::completed_occasional_user;
}

}  // namespace

SpellEnd ClientCourse::end_of(const CourseSpell& spell, Day as_at) const {
    if (death() && *death() <= as_at && *death() <= spell.last_tolerated()) return SpellEnd::died;
    const Table& episodes = m_chunk.table(TableKind::episodes);
    const auto starts = episodes.column<Day>(EpisodeField::start_date);
    const auto ends = episodes.column<OptionalDay>(EpisodeField::end_date);
    const auto reasons = episodes.column<EndReason>(EpisodeField::end_reason);
    const Day from = spell.last - m_policy.outcome.end_before_days;
    const Day to = std::min(spell.last + m_policy.outcome.end_after_days, as_at);
    const RowRange rows = episodes.rows_of(m_client);
    std::optional<std::uint32_t> last;
    for (std::uint32_t row = rows.begin; row < rows.end; ++row) {
        if (starts[row] > as_at || !ends[row] || *ends[row] < from || *ends[row] > to) continue;
        if (is_transfer(reasons[row])) return SpellEnd::transferred;
        // Rows are in order of start, then id.
        if (!last || *ends[row] >= *ends[*last]) last = row;
    }
    return last && is_completion(reasons[*last]) ? SpellEnd::planned : SpellEnd::dropped_out;
}

bool ClientCourse::has_event(EventKind kind, Day from, Day to) const {
    const Table& events = m_chunk.table(TableKind::events);
    const auto days = events.column<Day>(EventField::date);
    const auto kinds = events.column<EventKind>(EventField::kind);
    const RowRange rows = events.rows_of(m_client);
    // From the latest back: what is asked for lies near the reference date mostly.
    for (std::uint32_t row = rows.end; row > rows.begin && days[row - 1] >= from; --row)
        if (days[row - 1] <= to && kinds[row - 1] == kind) return true;
    return false;
}

/// Whether the regime can be detox on a day that this cover leads.
bool ClientCourse::may_detoxify(const Cover& cover) const {
    if (cover.course == Course::detox) return true;
    if (cover.course != Course::planned) return false;
    const Table& table = m_chunk.table(TableKind::prescriptions);
    const Day target = *table.column<OptionalDay>(PrescriptionField::target_date)[cover.row];
    const OptionalDay plan = table.column<OptionalDay>(PrescriptionField::plan_start)[cover.row];
    // Without a plan start the run counts, which starts no later than the cover.
    return target >= cover.start && target <= add_months(plan.value_or(cover.start), m_policy.detox_months);
}

std::span<const DetoxCourse> ClientCourse::detoxifications(Day as_at) {
    if (m_detoxifications_as_at == OptionalDay(as_at)) return m_detoxifications;
    m_detoxifications_as_at = as_at;
    m_detoxifications.clear();
    for (std::size_t i = 0; i < spells(as_at).size(); ++i)
        find_courses(i, as_at);
    return m_detoxifications;
}

/// Looks at the spell day by day from the first cover on that can be one of detoxification, until nothing
/// later can belong to a course or follow it within the months that it may take.
void ClientCourse::find_courses(std::size_t spell, Day as_at) {
    const CourseSpell& within = m_spells[spell];
    const auto covers = timeline().covers();
    OptionalDay from, to;
    for (std::size_t i = within.first_cover; i <= within.last_cover; ++i) {
        if (!may_detoxify(covers[i])) continue;
        if (!from) from = covers[i].start;
        const Day until = add_months(covers[i].start, 2 * m_policy.detox_months + 1);
        if (!to || *to < until) to = until;
    }
    if (!from) return;
    m_days.clear();
    const Day last = std::min({*to, as_at, within.last});
    for (Day day = *from; day <= last; day = day + 1)
        m_days.emplace_back(day, m_policy);
    m_classifier.reason(m_client, m_days, m_reasonings);
    DetoxCourse* course = nullptr;
    bool goes_on = false;  // no covered day of another regime since the course's last
    for (const Reasoning& reasoning : m_reasonings) {
        const Day day = m_days[reasoning.state.date].day;
        if (reasoning.state.regime != Regime::detox) {
            goes_on = false;
            if (course != nullptr && !course->maintained && reasoning.state.regime != Regime::reducing)
                course->maintained = day;
            continue;
        }
        if (!goes_on) {
            DetoxCourse begun{};
            begun.spell = spell;
            begun.first = day;
            const OptionalDay plan = reasoning.regime.plan_start;
            begun.counted_from = plan && *plan <= day ? *plan : day;
            begun.allowed_to = add_months(begun.counted_from, m_policy.detox_months);
            begun.service = reasoning.state.service;
            if (in_mat(day - 1)) begun.entry = dose_on(day - 1, day - 1);
            course = &m_detoxifications.emplace_back(begun);
            goes_on = true;
        }
        course->last = day;
        using Says = EvidenceVerdict::Says;
        course->used_on_top |= reasoning.evidence.says == Says::use;
        course->has_evidence |= reasoning.evidence.says != Says::nothing;
    }
}

}  // namespace optimat
