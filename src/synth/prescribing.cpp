#include "synth/prescribing.hpp"

#include <algorithm>

namespace optimat::synth {

namespace {

constexpr int days_recorded_stable =
    42;  // after a rise, so that the dose of 28 days ago is not taken for a trend
constexpr int titration_days = 25;
constexpr int days_to_zero = 84;  // of a detoxification plan: within three months
constexpr int supervised_start_days = 60;

/// A dose from one day on, until the next.
struct DoseStep {
    Day from;
    int dose;
    bool titrating = false;
};

int starting_dose(Medicine medicine, int aim, Random& random) {
    switch (family_of(medicine)) {
    case Family::methadone:
        return std::min(aim, 200 + 50 * random.below(5));
    case Family::buprenorphine:
        return std::min(aim, 40 + 40 * random.below(2));
    case Family::buprenorphine_lyophilisate:
        return std::min(aim, 40);
    default:
        return aim;
    }
}

int titration_step(Medicine medicine, int rise) {
    if (family_of(medicine) == Family::methadone) return rise > 300 ? 100 : 50;
    return 40;
}

std::vector<DoseStep> titration(const Stretch& stretch, Random& random) {
    std::vector<DoseStep> steps;
    int dose = starting_dose(stretch.medicine, stretch.dose, random);
    const int rise = stretch.dose - dose;
    const int size = titration_step(stretch.medicine, rise);
    const int rises = (rise + size - 1) / size;
    const int most = family_of(stretch.medicine) == Family::methadone ? 7 : 2;
    const int interval =
        rises == 0 ? 7 : std::clamp(titration_days / rises, 1, random.between(std::min(3, most), most));
    for (Day day = stretch.from; day <= stretch.to; day = day + interval) {
        steps.push_back({day, dose, true});
        if (dose >= stretch.dose) break;
        dose = std::min(stretch.dose, dose + size);
    }
    return steps;
}

/// Even falls from the first dose to the last, on whole milligrams (tablets: 0.4 mg).
std::vector<DoseStep> falls(const Stretch& stretch) {
    const int interval = stretch.course == Course::detox ? 7 : 14;
    const int fine = family_of(stretch.medicine) == Family::methadone ? 10 : 4;
    const int last = std::max(0, (stretch.to - stretch.from) / interval);
    std::vector<DoseStep> steps;
    for (int i = 0; i <= last; ++i) {
        const int fallen =
            last == 0 ? stretch.first_dose - stretch.dose : (stretch.first_dose - stretch.dose) * i / last;
        const int dose = i == last ? stretch.dose : stretch.first_dose - fallen / fine * fine;
        if (steps.empty() || dose < steps.back().dose) steps.push_back({stretch.from + i * interval, dose});
    }
    return steps;
}

class PrescriptionMaker {
  public:
    PrescriptionMaker(ClientRecords& records, const ClientPlan& client, const Career& career,
                      const Plan& plan, Random& random)
        : m_records(records), m_client(client), m_career(career), m_plan(plan), m_random(random) {}

    void make() {
        m_cycle = m_random.percent(78) ? 28 : 14;
        m_collection_habit = m_random.below(100);
        m_two_products = m_random.percent(3);
        m_prescriber = m_random.below(1000);
        m_pharmacy = m_random.below(100'000);
        m_takes_diazepam = m_random.percent(2);
        for (const Spell& spell : m_career.spells)
            add_spell(spell);
        finish_last();
    }

  private:
    const Service& service(std::uint16_t index) const { return m_plan.services[index]; }

    void add_spell(const Spell& spell) {
        m_spell = &spell;
        m_next = spell.first;
        m_changed = spell.first - days_recorded_stable;
        m_last_dose = 0;
        for (const Stretch& stretch : spell.stretches)
            add_stretch(stretch);
    }

    std::vector<DoseStep> steps_of(const Stretch& stretch) {
        if (stretch.course == Course::reducing || stretch.course == Course::detox) return falls(stretch);
        const bool begins_spell = stretch.from == m_spell->first && !m_spell->began_before_data;
        if (begins_spell && is_daily(stretch.medicine) && threshold(stretch.medicine))
            return titration(stretch, m_random);
        return {{stretch.from, stretch.dose}};
    }

    void add_stretch(const Stretch& stretch) {
        const std::vector<DoseStep> steps = steps_of(stretch);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const Day to = i + 1 < steps.size() ? steps[i + 1].from - 1 : stretch.to;
            if (steps[i].dose != m_last_dose) m_changed = steps[i].from;
            m_last_dose = steps[i].dose;
            const bool settled = i + 1 == steps.size();
            add_step(stretch, steps[i], to, settled);
        }
    }

    int cycle_of(const Stretch& stretch) const {
        switch (family_of(stretch.medicine)) {
        case Family::buprenorphine_weekly:
            return 7;
        case Family::buprenorphine_monthly:
        case Family::buprenorphine_sublocade:
            return 28;
        default:
            return m_cycle;
        }
    }

    void add_step(const Stretch& stretch, const DoseStep& step, Day to, bool settled) {
        const int cycle = cycle_of(stretch);
        Day start = std::max(step.from, m_next);
        while (start <= to) {
            const Day until = is_daily(stretch.medicine) ? to : m_spell->last;  // an injection works on
            const Day end = std::min(until, start + (cycle - 1));
            PrescriptionRow row = row_for(stretch, step, start, end, settled);
            m_next = end + 1;
            if (end == m_spell->last && m_spell->ending == Ending::continues)
                row.end_date = full_cycle(start, cycle, end);
            add_row(row);
            if (end - start > 5 && end < to && may_miss(end)) miss_days(row);
            start = m_next;
        }
    }

    /// The last prescription of the extract was written for its whole cycle, which goes beyond the period.
    Day full_cycle(Day start, int cycle, Day end) const { return std::max(end, start + (cycle - 1)); }

    bool may_miss(Day day) {
        const int to_comparison = m_plan.period.comparison - day;
        return m_random.chance(12, 1000) && m_plan.period.last - day > 40 &&
               (to_comparison < -5 || to_comparison > 40);
    }

    /// One to three days without cover: the spell goes on (rule cover/spell).
    void miss_days(const PrescriptionRow& row) {
        const int days = m_random.between(1, 3);
        for (int i = 0; i < days && is_daily(row.medicine); ++i)
            m_records.events.push_back(
                {.date = m_next + i, .kind = EventKind::missed_pickup, .service = row.service});
        m_next = m_next + days;
    }

    PrescriptionRow row_for(const Stretch& stretch, const DoseStep& step, Day start, Day end, bool settled) {
        PrescriptionRow row{
            .service = stretch.service, .medicine = stretch.medicine, .dose = step.dose, .start_date = start};
        const Service& at = service(stretch.service);
        row.end_date = end;
        row.prescriber = (m_prescriber + (start.number / 400)) % at.prescribers;
        row.pharmacy = (m_pharmacy + start.number / 900) % at.pharmacies;
        row.regime = regime_of(stretch, step, start, settled);
        give_plan(row, stretch);
        give_collection(row, stretch, start);
        return row;
    }

    RecordedRegime regime_of(const Stretch& stretch, const DoseStep& step, Day start, bool settled) {
        if (!threshold(stretch.medicine)) return RecordedRegime::not_recorded;
        if (stretch.course == Course::increasing) return RecordedRegime::increasing;
        if (stretch.course == Course::detox) return RecordedRegime::detox;
        if (stretch.course == Course::reducing) return RecordedRegime::reducing;
        if (step.titrating && !settled)
            return m_career.records_stable ? RecordedRegime::increasing : RecordedRegime::not_recorded;
        const bool after_change = start - m_changed < days_recorded_stable;
        return after_change || m_career.records_stable ? RecordedRegime::stable
                                                       : RecordedRegime::not_recorded;
    }

    void give_plan(PrescriptionRow& row, const Stretch& stretch) {
        if (stretch.course == Course::increasing && m_random.percent(70)) {
            const int rise = family_of(stretch.medicine) == Family::methadone ? 100 : 40;
            row.target_dose =
                std::min(stretch.dose + rise, highest_dose(stretch.medicine, Band::at_or_above));
            row.plan_reason = PlanReason::clinical;
        }
        if (stretch.course != Course::reducing && stretch.course != Course::detox) return;
        const int kind = (stretch.from.number + m_collection_habit) % 10;
        row.plan_reason = kind < 6   ? PlanReason::client_request
                          : kind < 7 ? PlanReason::client_request_against_advice
                          : kind < 9 ? PlanReason::clinical
                                     : PlanReason::provider;
        if (!stretch.planned) return;
        row.target_dose = 0;
        row.plan_start = stretch.from;
        row.target_date = stretch.from + (stretch.course == Course::detox ? days_to_zero : 190);
    }

    void give_collection(PrescriptionRow& row, const Stretch& stretch, Day start) {
        if (!is_daily(stretch.medicine)) {
            row.collection = Collection::administered;
            return;
        }
        const bool is_now = start + m_cycle > m_plan.period.last;
        const bool starting = !m_spell->began_before_data && start - m_spell->first < supervised_start_days &&
                              !is_now && !(m_client.now && m_spell->last == m_plan.period.last);
        if (stretch.supervised || starting) {
            constexpr std::array ways = {Collection::supervised_daily, Collection::daily,
                                         Collection::six_a_week, Collection::three_a_week};
            constexpr std::array weights = {70, 10, 14, 6};
            row.collection = starting ? Collection::supervised_daily : by_habit(ways, weights);
            if (row.collection == Collection::supervised_daily) return;
            row.supervision = row.collection == Collection::daily ? Supervision::all : Supervision::some;
            return;
        }
        constexpr std::array ways = {Collection::daily, Collection::three_a_week, Collection::two_a_week,
                                     Collection::weekly, Collection::fortnightly};
        constexpr std::array weights = {28, 14, 20, 28, 10};
        row.collection = by_habit(ways, weights);
        row.supervision = Supervision::none;
    }

    /// A client keeps to one way for long.
    template <std::size_t count>
    Collection by_habit(const std::array<Collection, count>& ways,
                        const std::array<int, count>& weights) const {
        int left = m_collection_habit;
        for (std::size_t i = 0; i < count; ++i)
            if ((left -= weights[i]) < 0) return ways[i];
        return ways.back();
    }

    void add_row(const PrescriptionRow& row) {
        m_records.prescriptions.push_back(row);
        if (m_two_products) split_products();
        if (m_takes_diazepam && row.collection == Collection::supervised_daily) add_diazepam(row);
    }

    /// Two strengths or products of one medicine from the same day: 8 mg and 2 mg tablets, say.
    void split_products() {
        PrescriptionRow& whole = m_records.prescriptions.back();
        const Family family = family_of(whole.medicine);
        const int part = family == Family::methadone ? 100 : 20;
        if ((family != Family::methadone && family != Family::buprenorphine) || whole.dose < 2 * part ||
            whole.target_dose)
            return;
        PrescriptionRow second = whole;
        second.dose = part;
        whole.dose -= part;
        m_records.prescriptions.push_back(second);
    }

    void add_diazepam(const PrescriptionRow& row) {
        PrescriptionRow other{.service = row.service, .prescriber = row.prescriber, .pharmacy = row.pharmacy};
        other.medicine = Medicine::diazepam;
        other.dose = 50 * m_random.between(1, 4);
        other.start_date = row.start_date;
        other.end_date = row.end_date;
        other.collection = Collection::weekly;
        m_records.prescriptions.push_back(other);
    }

    /// Some systems leave the current prescription open until the next is written.
    void finish_last() {
        if (!m_client.now || m_records.prescriptions.empty() || !m_random.percent(8)) return;
        const Day last_start = m_records.prescriptions.back().start_date;
        for (PrescriptionRow& row : m_records.prescriptions)
            if (row.start_date == last_start) row.end_date = {};
    }

    ClientRecords& m_records;
    const ClientPlan& m_client;
    const Career& m_career;
    const Plan& m_plan;
    Random& m_random;
    const Spell* m_spell = nullptr;
    Day m_next{}, m_changed{};
    int m_cycle = 28, m_collection_habit = 0, m_prescriber = 0, m_pharmacy = 0, m_last_dose = 0;
    bool m_two_products = false, m_takes_diazepam = false;
};

}  // namespace

void add_prescriptions(ClientRecords& records, const ClientPlan& client, const Career& career,
                       const Plan& plan, Random& random) {
    PrescriptionMaker(records, client, career, plan, random).make();
}

}  // namespace optimat::synth
