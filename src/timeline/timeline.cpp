#include "timeline/timeline.hpp"

#include <algorithm>

namespace optimat {

static_assert(static_cast<int>(Course::increasing) == static_cast<int>(RecordedRegime::increasing) &&
              static_cast<int>(Course::stable) == static_cast<int>(RecordedRegime::stable) &&
              static_cast<int>(Course::reducing) == static_cast<int>(RecordedRegime::reducing) &&
              static_cast<int>(Course::detox) == static_cast<int>(RecordedRegime::detox));

namespace {

bool is_tablet(Family family) {
    return family == Family::buprenorphine || family == Family::buprenorphine_lyophilisate;
}

}  // namespace

std::size_t Timeline::started_by(Day day) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(m_covers, day, {}, &Cover::start) -
                                    m_covers.begin());
}

// dose/current
CurrentDose Timeline::weigh(std::size_t started, Day day) const {
    // "While an injection is active, sublingual buprenorphine and lyophilisate do not count."
    const bool injected = !m_longest_injection_end.empty() && m_longest_injection_end[started - 1] >= day;
    const auto counts = [&](const Cover& cover) {
        return cover.end >= day && !(injected && is_tablet(cover.family));
    };
    std::size_t i = started - 1;
    while (!counts(m_covers[i]))
        --i;
    // "Of the rest active on the day, only those with the latest start count." Those of one start stand in
    // the order of their ids, so the first met from behind has the greatest.
    const Day latest_start = m_covers[i].start;
    CurrentDose current{m_covers[i].family, static_cast<std::uint32_t>(i), true, {0}};
    for (std::size_t k = i + 1; k-- > 0 && m_covers[k].start == latest_start;) {
        const Cover& cover = m_covers[k];
        if (!counts(cover) || cover.family > current.medicine) continue;
        if (cover.family < current.medicine)
            current = {cover.family, static_cast<std::uint32_t>(k), true, {0}};
        // "One missing dose among them makes it unknown."
        if (cover.dose)
            current.sum = current.sum + *cover.dose;
        else
            current.dose_known = false;
    }
    return current;
}

TimelineBuilder::TimelineBuilder(const Extract& extract, const Chunk& chunk, const Policy& policy)
    : m_extract(extract),
      m_policy(policy),
      m_prescriptions(chunk.table(TableKind::prescriptions)),
      m_episodes(chunk.table(TableKind::episodes)),
      m_events(chunk.table(TableKind::events)),
      m_start(m_prescriptions.column<Day>(PrescriptionField::start_date)),
      m_end(m_prescriptions.column<OptionalDay>(PrescriptionField::end_date)),
      m_dose(m_prescriptions.column<OptionalDose>(PrescriptionField::daily_dose_mg)),
      m_medicine(m_prescriptions.column<Medicine>(PrescriptionField::medicine)),
      m_service(m_prescriptions.column<ServiceIndex>(PrescriptionField::service_id)),
      m_target_dose(m_prescriptions.column<OptionalDose>(PrescriptionField::target_dose_mg)),
      m_target_date(m_prescriptions.column<OptionalDay>(PrescriptionField::target_date)),
      m_regime(m_prescriptions.column<RecordedRegime>(PrescriptionField::regime)),
      m_episode_start(m_episodes.column<Day>(EpisodeField::start_date)),
      m_episode_end(m_episodes.column<OptionalDay>(EpisodeField::end_date)),
      m_episode_reason(m_episodes.column<EndReason>(EpisodeField::end_reason)),
      m_episode_service(m_episodes.column<ServiceIndex>(EpisodeField::service_id)),
      m_on_mat_at_start(m_episodes.column<Flag>(EpisodeField::on_mat_at_start)),
      m_event_date(m_events.column<Day>(EventField::date)),
      m_event_kind(m_events.column<EventKind>(EventField::kind)) {}

const Timeline& TimelineBuilder::build(std::size_t client) {
    m_timeline.m_death = death_of(client);
    take_covers(client);
    find_spells(client);
    return m_timeline;
}

// cover/death: "the earliest `death` event or `end_date` of an episode ended `died`"
std::optional<Day> TimelineBuilder::death_of(std::size_t client) const {
    std::optional<Day> death;
    const auto consider = [&](Day day) { death = death ? std::min(*death, day) : day; };
    const RowRange events = m_events.rows_of(client);
    for (std::uint32_t i = events.begin; i < events.end; ++i)
        if (m_event_kind[i] == EventKind::death) consider(m_event_date[i]);
    const RowRange episodes = m_episodes.rows_of(client);
    for (std::uint32_t i = episodes.begin; i < episodes.end; ++i)
        if (m_episode_reason[i] == EndReason::died && m_episode_end[i]) consider(*m_episode_end[i]);
    return death;
}

void TimelineBuilder::take_covers(std::size_t client) {
    auto& covers = m_timeline.m_covers;
    covers.clear();
    const RowRange rows = m_prescriptions.rows_of(client);
    const Day death = m_timeline.m_death.value_or(last_readable_day);
    for (std::uint32_t i = rows.begin; i < rows.end; ++i) {
        const Family family = family_of(m_medicine[i]);
        // "A prescription that would start after it never was; it ends every other."
        if (family == Family::not_mat || m_start[i] > death) continue;
        const Day end = m_end[i] ? *m_end[i] : open_end(client, i, rows.end);
        covers.push_back(
            {m_start[i], std::min(end, death), m_dose[i], i, m_service[i], family, course_of(i)});
    }
}

// regime 1: "`target_dose_mg` = 0 and a `target_date`"
Course TimelineBuilder::course_of(std::uint32_t row) const {
    if (m_target_date[row].has_value() && m_target_dose[row] == OptionalDose{Micrograms{0}})
        return Course::planned;
    return static_cast<Course>(m_regime[row]);
}

// cover/effective-end
Day TimelineBuilder::open_end(std::size_t client, std::uint32_t row, std::uint32_t end_row) const {
    Day end = last_readable_day;
    // "the earliest episode `end_date` of the client at the same service on or after its start"
    const RowRange episodes = m_episodes.rows_of(client);
    for (std::uint32_t i = episodes.begin; i < episodes.end; ++i)
        if (m_episode_service[i] == m_service[row] && m_episode_end[i] && *m_episode_end[i] >= m_start[row])
            end = std::min(end, *m_episode_end[i]);
    // "the day before the client's next later-starting MAT prescription at that service"; one that never was,
    // for it would start after the death, cannot shorten what the death ends.
    for (std::uint32_t i = row + 1; i < end_row; ++i) {
        if (m_start[i] == m_start[row] || m_service[i] != m_service[row] || !is_mat(m_medicine[i])) continue;
        return std::min(end, m_start[i] - 1);
    }
    return end;
}

// cover/spell
void TimelineBuilder::find_spells(std::size_t client) {
    Timeline& timeline = m_timeline;
    const auto& covers = timeline.m_covers;
    timeline.m_spells.clear();
    timeline.m_longest_injection_end.clear();
    timeline.m_longest_end.resize(covers.size());
    timeline.m_spell_of.resize(covers.size());
    Day last_end{};
    std::int32_t tolerated = 0;
    bool injections = false;
    for (std::size_t i = 0; i < covers.size(); ++i) {
        const Cover& cover = covers[i];
        const std::int32_t gap = m_policy.family(cover.family).tolerated_gap;
        if (i == 0 || cover.start - last_end - 1 > tolerated)
            timeline.m_spells.push_back({cover.start, cover.end, static_cast<std::uint32_t>(i), false});
        // "after the cover that ended last"; "if several ended that day, the longest tolerance counts"
        if (i == 0 || cover.end > last_end) {
            last_end = cover.end;
            tolerated = gap;
        } else if (cover.end == last_end) {
            tolerated = std::max(tolerated, gap);
        }
        timeline.m_longest_end[i] = last_end;
        timeline.m_spell_of[i] = static_cast<std::uint32_t>(timeline.m_spells.size() - 1);
        timeline.m_spells.back().last = last_end;
        injections |= is_injection(cover.family);
    }
    for (Spell& spell : timeline.m_spells)
        spell.censored = is_censored(client, covers[spell.first_cover]);
    if (!injections) return;
    Day longest = first_readable_day - 1;
    for (const Cover& cover : covers) {
        if (is_injection(cover.family)) longest = std::max(longest, cover.end);
        timeline.m_longest_injection_end.push_back(longest);
    }
}

// cover/censored
bool TimelineBuilder::is_censored(std::size_t client, const Cover& first) const {
    if (first.start <= m_extract.covers_from + m_policy.censoring_days) return true;
    const OptionalDay from = m_extract.services[*first.service].prescribing_from;
    if (from && first.start <= *from + m_policy.censoring_days) return true;
    const RowRange episodes = m_episodes.rows_of(client);
    for (std::uint32_t i = episodes.begin; i < episodes.end; ++i) {
        if (m_on_mat_at_start[i] != Flag::yes || m_episode_service[i] != first.service) continue;
        const bool open = !m_episode_end[i] || *m_episode_end[i] >= first.start;
        const bool recent = m_episode_start[i] <= first.start &&
                            m_episode_start[i] >= first.start - m_policy.on_mat_episode_days;
        if (open && recent) return true;
    }
    return false;
}

}  // namespace optimat
