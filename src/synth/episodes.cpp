#include "synth/contacts.hpp"

#include <algorithm>

namespace optimat::synth {

namespace {

constexpr int days_until_discharge = 28;  // of silence

class EpisodeMaker {
  public:
    EpisodeMaker(ClientRecords& records, const ClientPlan& client, const Career& career, const Plan& plan,
                 Random& random)
        : m_records(records), m_client(client), m_career(career), m_plan(plan), m_random(random) {}

    void make() {
        m_keyworker = m_random.below(10'000);
        m_team = m_random.below(1'000);
        if (m_career.spells.empty()) return add_past_episode();
        for (std::size_t i = 0; i < m_career.spells.size(); ++i)
            add_spell(i);
        finish();
    }

  private:
    const std::vector<Spell>& spells() const { return m_career.spells; }

    EpisodeRow episode(Day start, std::uint16_t service) {
        const Service& at = m_plan.services[service];
        EpisodeRow row{.service = service, .start_date = start};
        const int wait = m_random.percent(70) ? m_random.between(0, 12) : m_random.between(5, 40);
        row.referral_date = start - wait;
        row.presentation_date = start - m_random.between(0, std::min(wait, 6));
        row.keyworker = m_keyworker % at.keyworkers;
        row.team = m_team % at.teams;
        row.shared_care = at.kind == ServiceKind::shared_care;
        row.on_mat_at_start = m_random.percent(92) ? Flag::no : Flag::not_recorded;
        row.phase = static_cast<Phase>(1 + m_random.below(6));
        const int origin = m_random.below(100);
        row.source = at.kind == ServiceKind::prison ? EpisodeSource::prison
                     : origin < 84                  ? EpisodeSource::community
                     : origin < 90                  ? EpisodeSource::hospital
                     : origin < 95                  ? EpisodeSource::police_custody
                                                    : EpisodeSource::other;
        return row;
    }

    /// Someone whose cover ended before the extract begins.
    void add_past_episode() {
        EpisodeRow row = episode(m_client.last_covered - m_random.between(40, 800), m_client.service);
        row.end_date =
            std::min(m_client.last_covered + m_random.between(5, days_until_discharge), m_plan.period.last);
        row.end_reason = EndReason::dropped_out;
        m_records.episodes.push_back(row);
    }

    void add_spell(std::size_t index) {
        const Spell& spell = spells()[index];
        const std::uint16_t service = spell.stretches.front().service;
        if (index == 0)
            begin(spell, service);
        else
            resume(spells()[index - 1], spell, service);
        for (std::size_t i = 1; i < spell.stretches.size(); ++i)
            if (spell.stretches[i].service != spell.stretches[i - 1].service)
                transfer(spell, spell.stretches[i]);
    }

    void begin(const Spell& spell, std::uint16_t service) {
        const bool earlier = spell.began_before_data;
        const Day start = earlier ? m_plan.period.covers_from - (40 + m_random.wait(900))
                                  : spell.first - m_random.between(0, 6);
        m_records.episodes.push_back(episode(start, service));
    }

    /// Whether cover goes on long enough that no other spell starts within the days in which
    /// `on_mat_at_start` speaks.
    static bool lasts(const Spell& spell, Day from) { return spell.last - from > 30; }

    void transfer(const Spell& spell, const Stretch& to) {
        EpisodeRow& before = m_records.episodes.back();
        before.end_date = to.from - 1;
        before.end_reason = EndReason::transferred_not_in_custody;
        EpisodeRow row = episode(to.from, to.service);
        row.on_mat_at_start = lasts(spell, to.from) ? Flag::yes : Flag::not_recorded;
        m_records.episodes.push_back(row);
    }

    /// A return: in the same episode when the gap was short, else in a new one.
    void resume(const Spell& before, const Spell& spell, std::uint16_t service) {
        EpisodeRow& last = m_records.episodes.back();
        const int gap = spell.first - before.last - 1;
        const bool custody = before.ending == Ending::custody;
        const bool completed = before.ending == Ending::completed;
        if (gap <= days_until_discharge && !custody && !completed && last.service == service) return;
        const int silence =
            custody || completed ? m_random.between(0, 3) : m_random.between(10, days_until_discharge);
        last.end_date = before.last + std::min(silence, gap - 1);
        last.end_reason = custody     ? EndReason::transferred_in_custody
                          : completed ? EndReason::completed_drug_free
                                      : EndReason::dropped_out;
        const int lead = std::min(m_random.between(0, 6), spell.first - *last.end_date - 1);
        EpisodeRow row = episode(spell.first - lead, service);
        row.referral_date = std::max(*row.referral_date, *last.end_date);
        row.presentation_date = std::max(*row.presentation_date, *row.referral_date);
        if (custody) row.source = EpisodeSource::prison;
        if (custody && !has_target(spell) && lasts(spell, spell.first) && m_random.percent(25))
            row.on_mat_at_start = Flag::yes;
        m_records.episodes.push_back(row);
    }

    bool has_target(const Spell& spell) const {
        return &spell == &spells().back() && (m_client.now.has_value() || m_client.then.has_value());
    }

    void finish() {
        if (m_client.leaving == Leaving::in_mat) return;
        const Spell& spell = spells().back();
        EpisodeRow& row = m_records.episodes.back();
        const bool silent = spell.ending == Ending::lapsed;
        const Day end =
            spell.last + (silent ? m_random.between(14, days_until_discharge) : m_random.between(0, 3));
        if (end > m_plan.period.last) {
            if (spell.ending != Ending::died) return;
            row.end_date = m_plan.period.last;
        } else
            row.end_date = end;
        row.end_reason = reason(spell.ending);
    }

    EndReason reason(Ending ending) {
        switch (ending) {
        case Ending::custody:
            return m_random.percent(70) ? EndReason::transferred_in_custody : EndReason::retained_in_custody;
        case Ending::completed: {
            const int way = m_random.below(100);
            return way < 72   ? EndReason::completed_drug_free
                   : way < 94 ? EndReason::completed_occasional_user
                              : EndReason::completed_alcohol_free;
        }
        case Ending::died:
            return EndReason::died;
        case Ending::moved_away:
            return EndReason::transferred_not_in_custody;
        case Ending::withdrawn:
            return EndReason::withdrawn_by_provider;
        case Ending::declined:
            return EndReason::declined_by_client;
        case Ending::other:
            return EndReason::other;
        default:
            return EndReason::dropped_out;
        }
    }

    ClientRecords& m_records;
    const ClientPlan& m_client;
    const Career& m_career;
    const Plan& m_plan;
    Random& m_random;
    int m_keyworker = 0, m_team = 0;
};

void fill_client(ClientRow& row, const ClientRecords& records, const Plan& plan, Random& random) {
    const int year = civil(plan.period.last).year;
    row.year_of_birth = year - 20 - random.below(24) - random.below(24);
    const int sex = random.below(1000);
    row.sex = sex < 705 ? Sex::male : sex < 992 ? Sex::female : sex < 996 ? Sex::other : Sex::not_known;
    const EpisodeRow& first = records.episodes.front();
    if (random.percent(88))
        row.in_treatment_since = *first.presentation_date - (random.percent(70) ? random.wait(1400) : 0);
    const bool children = random.percent(23);
    if (!random.percent(4)) row.children_in_household = children ? Flag::yes : Flag::no;
    if (children || random.percent(40)) row.safe_storage = random.percent(84) ? Flag::yes : Flag::no;
}

}  // namespace

void add_episodes(ClientRecords& records, const ClientPlan& client, const Career& career, const Plan& plan,
                  Random& random) {
    EpisodeMaker(records, client, career, plan, random).make();
    fill_client(records.client, records, plan, random);
}

}  // namespace optimat::synth
