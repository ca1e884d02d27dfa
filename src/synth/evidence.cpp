#include "synth/evidence.hpp"

#include <algorithm>

namespace optimat::synth {

namespace {

constexpr int recall_days = 28;
constexpr int evidence_months = 3;
constexpr int days_before_data = 100;  // reviews from before the extract, of people who were there already
constexpr int days_of_run_in = 300;    // so that their reviews do not all fall into step
constexpr int review_missed_percent = 18;

/// What someone is like for years: how much, what else, how well.
struct Manner {
    int opiate_days, crack_percent, injects_percent, drinks_percent, benzodiazepine_percent, health,
        works_percent, housing_percent;
};

Manner manner(Random& random) {
    const int pattern = random.below(100);
    const int days = pattern < 46   ? random.between(1, 8)
                     : pattern < 74 ? random.between(9, 20)
                                    : random.between(21, 28);
    return {days,
            random.below(90),
            random.below(60),
            random.below(70),
            random.below(45),
            random.between(4, 16),
            random.below(40),
            random.below(25)};
}

class EvidenceMaker {
  public:
    EvidenceMaker(ClientRecords& records, const ClientPlan& client, const Career& career, const Plan& plan,
                  Random& random)
        : m_records(records),
          m_client(client),
          m_career(career),
          m_plan(plan),
          m_random(random),
          m_manner(manner(random)) {}

    void make() {
        m_interval = m_random.between(62, 98);
        m_screen_interval = m_random.between(80, 230);
        for (const EpisodeRow& episode : m_records.episodes)
            add_start_and_exit(episode);
        for (const Spell& spell : m_career.spells) {
            add_reviews(spell);
            add_screens(spell);
        }
        if (m_client.then) settle(*m_client.then, m_plan.period.comparison);
        if (m_client.now) settle(*m_client.now, m_plan.period.last);
        std::ranges::stable_sort(m_records.tops, {}, &TopRow::date);
        std::ranges::stable_sort(m_records.screens, {}, &ScreenRow::date);
    }

  private:
    bool secure() const { return m_plan.services[m_client.service].kind == ServiceKind::prison; }

    /// People in prison whose on-top use is known all the same were seen in the community.
    Setting setting() const {
        if (!secure()) return Setting::community;
        const bool seen = m_client.now && m_client.now->standing != Standing::induction &&
                          m_client.now->standing != Standing::uncategorised &&
                          m_client.now->standing != Standing::detox;
        return seen ? Setting::community : Setting::secure;
    }

    Day first_review(const Spell& spell) {
        if (spell.began_before_data) return spell.first - days_of_run_in + m_random.below(m_interval);
        return spell.first + m_random.between(20, 60);
    }

    bool shown(Day day) const { return day >= m_plan.period.covers_from - days_before_data; }

    void add_reviews(const Spell& spell) {
        const Character& character = m_plan.services[m_client.service].character;
        const int missed = std::clamp(review_missed_percent * character.uncategorised / 100, 1, 60);
        Day day = first_review(spell);
        while (day <= spell.last && day <= m_plan.period.last) {
            const bool is_missed = m_random.percent(missed);
            if (!is_missed && shown(day)) add_top(day, TopStage::review);
            if (is_missed) day = day + m_random.below(30);
            day = day + m_interval + m_random.between(-14, 14);
        }
    }

    void add_screens(const Spell& spell) {
        const Day first = spell.began_before_data ? spell.first - days_of_run_in : spell.first;
        Day day = first + m_random.below(30);
        while (day <= spell.last && day <= m_plan.period.last) {
            if (shown(day)) add_screen(day);
            day = day + m_screen_interval + m_random.between(-25, 60);
        }
    }

    void add_start_and_exit(const EpisodeRow& episode) {
        if (episode.on_mat_at_start != Flag::yes && episode.start_date >= m_plan.period.covers_from)
            add_top(episode.start_date, TopStage::start);
        if (!episode.end_date || episode.end_reason == EndReason::died) return;
        const bool planned = episode.end_reason == EndReason::completed_drug_free ||
                             episode.end_reason == EndReason::completed_occasional_user ||
                             episode.end_reason == EndReason::completed_alcohol_free;
        if (m_random.percent(planned ? 90 : 25)) add_top(*episode.end_date, TopStage::exit);
    }

    void add_top(Day day, TopStage stage) {
        TopRow top{.date = day, .stage = stage, .setting = setting()};
        const bool uses = stage == TopStage::start ? true : synth::uses_on_top(m_career, day);
        set_use(top, uses);
        fill_substances(top, uses);
        fill_life(top, uses);
        m_records.tops.push_back(top);
    }

    void set_use(TopRow& top, bool uses) {
        const bool start = top.stage == TopStage::start;
        const int usual = m_manner.opiate_days + m_random.between(-3, 3) + (start ? 12 : 0);
        top.days[opiate_days] = uses ? std::clamp(usual, 1, 28) : 0;
        const bool injects = uses && m_random.percent(m_manner.injects_percent);
        top.days[injecting_days] = injects ? m_random.between(1, *top.days[opiate_days]) : 0;
        top.flags[sharing] = injects && m_random.percent(6) ? Flag::yes : Flag::no;
    }

    std::optional<int> days_if(int percent, int most) {
        return m_random.percent(percent) ? m_random.between(1, most) : 0;
    }

    void fill_substances(TopRow& top, bool uses) {
        top.days[alcohol_days] = days_if(m_manner.drinks_percent, 28);
        if (*top.days[alcohol_days] > 0) top.alcohol_units = m_random.between(2, 30);
        top.days[crack_days] = days_if(uses ? m_manner.crack_percent : m_manner.crack_percent / 5, 20);
        top.days[cocaine_days] = days_if(4, 8);
        top.days[amphetamine_days] = days_if(2, 8);
        top.days[cannabis_days] = days_if(18, 28);
        top.days[benzodiazepine_days] =
            days_if(uses ? m_manner.benzodiazepine_percent : m_manner.benzodiazepine_percent / 3, 20);
        top.days[other_days] = days_if(3, 10);
        if (*top.days[other_days] > 0)
            top.other_substance = m_random.percent(50) ? "pregabalin" : "synthetic cannabinoid, \"spice\"";
        if (!m_random.percent(6)) top.days[tobacco_days] = m_random.percent(80) ? 28 : 0;
    }

    void fill_life(TopRow& top, bool uses) {
        const int shift = uses ? -2 : 1;
        for (auto& scale : top.scales)
            if (!m_random.percent(4))
                scale = std::clamp(m_manner.health + shift + m_random.between(-3, 3), 0, 20);
        top.days[shoplifting_days] = days_if(uses ? 9 : 2, 15);
        top.days[selling_days] = days_if(uses ? 3 : 1, 10);
        top.days[paid_work_days] =
            m_random.percent(m_manner.works_percent / (uses ? 2 : 1)) ? m_random.between(4, 22) : 0;
        top.days[volunteering_days] = days_if(uses ? 2 : 7, 8);
        top.days[education_days] = days_if(4, 12);
        top.flags[other_theft] = flag(uses ? 4 : 1);
        top.flags[assault] = flag(1);
        top.flags[acute_housing_problem] = flag(m_manner.housing_percent);
        top.flags[unsuitable_housing] = flag(m_manner.housing_percent / 2 + 3);
        top.flags[eviction_risk] = flag(m_manner.housing_percent / 3 + 2);
    }

    /// A screen sees the last few days only: rare use escapes it, most often where a review has just told of
    /// it.
    int seen_percent(Day day) const {
        const auto told = [day](const TopRow& top) {
            return shows(top) && shows_use(top) && top.date <= day && top.date > day - recall_days;
        };
        if (std::ranges::none_of(m_records.tops, told)) return 95;
        return m_manner.opiate_days <= 8 ? 50 : m_manner.opiate_days <= 20 ? 78 : 92;
    }

    Flag flag(int percent) { return m_random.percent(percent) ? Flag::yes : Flag::no; }
    ScreenResult result(int percent) {
        return m_random.percent(percent) ? ScreenResult::positive : ScreenResult::negative;
    }

    void add_screen(Day day) {
        ScreenRow screen{.date = day, .setting = setting()};
        screen.sample = m_random.percent(70) ? Sample::urine : Sample::oral_fluid;
        const bool uses = synth::uses_on_top(m_career, day);
        screen.results[illicit_opioid] =
            m_random.percent(2) ? ScreenResult::inconclusive : result(uses ? seen_percent(day) : 0);
        screen.results[fentanyl_or_nitazene] = ScreenResult::not_recorded;
        if (m_random.percent(40)) screen.results[fentanyl_or_nitazene] = result(uses ? 2 : 0);
        const Family family = family_on(day);
        screen.results[screen_methadone] = result(family == Family::methadone ? 98 : 2);
        screen.results[screen_buprenorphine] =
            result(family >= Family::buprenorphine && family <= Family::buprenorphine_sublocade ? 97 : 1);
        screen.results[screen_cocaine] = result(uses ? m_manner.crack_percent : 8);
        screen.results[screen_benzodiazepine] = result(uses ? m_manner.benzodiazepine_percent : 8);
        screen.results[screen_amphetamine] = result(2);
        if (m_random.percent(60)) screen.results[screen_cannabis] = result(24);
        if (m_random.percent(15)) screen.results[screen_synthetic_cannabinoid] = result(8);
        if (m_random.percent(20)) screen.results[screen_alcohol] = result(20);
        if (m_random.percent(25)) screen.results[screen_gabapentinoid] = result(20);
        m_records.screens.push_back(screen);
    }

    Family family_on(Day day) const {
        Family family = Family::not_mat;
        for (const Spell& spell : m_career.spells)
            for (const Stretch& stretch : spell.stretches)
                if (stretch.from <= day || family == Family::not_mat) family = family_of(stretch.medicine);
        return family;
    }

    // Putting a reference date right.

    const Spell& spell_on(Day day) const {
        const auto spell = std::ranges::find_if(
            m_career.spells, [day](const Spell& s) { return s.first <= day && s.last >= day; });
        return *spell;
    }

    /// Whether a date may be evidence on the reference date; wider than the rule for spells that began before
    /// the data.
    bool counts(Day day, Day reference, Day after) const {
        return day <= reference && day > add_months(reference, -evidence_months) && day > after;
    }
    static bool shows(const TopRow& top) {
        return top.stage != TopStage::start && top.setting == Setting::community;
    }
    static bool shows(const ScreenRow& screen) {
        return screen.setting == Setting::community &&
               (screen.results[illicit_opioid] == ScreenResult::positive ||
                screen.results[illicit_opioid] == ScreenResult::negative ||
                screen.results[fentanyl_or_nitazene] == ScreenResult::positive);
    }
    static bool shows_use(const TopRow& top) { return top.days[opiate_days].value_or(0) > 0; }
    static bool shows_use(const ScreenRow& screen) {
        return screen.results[illicit_opioid] == ScreenResult::positive ||
               screen.results[fentanyl_or_nitazene] == ScreenResult::positive;
    }

    void settle(const Target& target, Day reference) {
        if (target.standing == Standing::induction) return;
        const Day none = m_plan.period.covers_from - 10'000;
        if (target.standing == Standing::uncategorised) return forget(reference);
        const Spell& spell = spell_on(reference);
        const Day after = spell.began_before_data ? none : spell.first;
        if (target.standing == Standing::detox) return deny_use(reference, none);
        if (synth::uses_on_top(target.standing)) return affirm_use(reference, after);
        if (!latest(reference, after)) add_review_before(reference, after);
        deny_use(reference, none);
    }

    /// No review and no screen for more than three months.
    void forget(Day reference) {
        const Day after = add_months(reference, -evidence_months);
        const auto gone = [&](const auto& row) {
            return row.date > after && row.date <= reference && shows(row);
        };
        std::erase_if(m_records.tops, gone);
        std::erase_if(m_records.screens, gone);
    }

    std::optional<Day> latest(Day reference, Day after) const {
        std::optional<Day> found;
        const auto look = [&](const auto& rows) {
            for (const auto& row : rows)
                if (shows(row) && counts(row.date, reference, after) && (!found || row.date > *found))
                    found = row.date;
        };
        look(m_records.tops);
        look(m_records.screens);
        return found;
    }

    void add_review_before(Day reference, Day after) {
        const Day earliest = std::max(after + 1, reference - 85);
        add_top(earliest + m_random.between(0, reference - earliest), TopStage::review);
    }

    /// Evidence of use among what decides: the last review shows it, or one is added.
    void affirm_use(Day reference, Day after) {
        if (!latest(reference, after)) add_review_before(reference, after);
        const Day last = *latest(reference, after);
        const auto decides = [&](const auto& row) {
            return shows(row) && shows_use(row) && row.date > last - recall_days &&
                   counts(row.date, reference, after);
        };
        if (std::ranges::any_of(m_records.tops, decides) || std::ranges::any_of(m_records.screens, decides))
            return;
        for (TopRow& top : m_records.tops)
            if (shows(top) && top.date == last) return set_use(top, true);
        for (ScreenRow& screen : m_records.screens)
            if (shows(screen) && screen.date == last) screen.results[illicit_opioid] = ScreenResult::positive;
    }

    /// No evidence of use in the recall window of the latest evidence.
    void deny_use(Day reference, Day after) {
        const std::optional<Day> last = latest(reference, after);
        if (!last) return;
        const auto decides = [&](const auto& row) {
            return shows(row) && shows_use(row) && row.date > *last - recall_days &&
                   counts(row.date, reference, after);
        };
        for (TopRow& top : m_records.tops)
            if (decides(top)) set_use(top, false);
        for (ScreenRow& screen : m_records.screens)
            if (decides(screen))
                screen.results[illicit_opioid] = screen.results[fentanyl_or_nitazene] =
                    ScreenResult::negative;
    }

    ClientRecords& m_records;
    const ClientPlan& m_client;
    const Career& m_career;
    const Plan& m_plan;
    Random& m_random;
    Manner m_manner;
    int m_interval = 70, m_screen_interval = 90;
};

}  // namespace

void add_evidence(ClientRecords& records, const ClientPlan& client, const Career& career, const Plan& plan,
                  Random& random) {
    EvidenceMaker(records, client, career, plan, random).make();
}

}  // namespace optimat::synth
