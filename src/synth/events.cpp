#include "synth/contacts.hpp"

#include <algorithm>
#include <tuple>

namespace optimat::synth {

namespace {

bool supervises(Inventory inventory) {
    return inventory == Inventory::item_supervised || inventory == Inventory::no_item_supervised;
}
bool has_item(Inventory inventory) {
    return inventory == Inventory::item_supervised || inventory == Inventory::item_unsupervised;
}

AsciRow inventory_row(Inventory inventory, Day date, std::uint16_t service, bool uses, Random& random) {
    AsciRow row{.date = date, .completed_by = random.below(1000), .service = service};
    row.supervised_after = supervises(inventory);
    row.supervised_before = random.percent(88) ? row.supervised_after : !row.supervised_after;
    if (!has_item(inventory)) return row;
    row.items = {random.percent(16), random.percent(28), uses && random.percent(75)};
    if (std::ranges::none_of(row.items, [](bool item) { return item; })) row.items[uses ? 2 : 1] = true;
    return row;
}

Inventory chance_inventory(bool supervised, Random& random) {
    const bool agrees = random.percent(85);
    if (supervised) return agrees ? Inventory::item_supervised : Inventory::no_item_supervised;
    return agrees ? Inventory::no_item_unsupervised : Inventory::item_unsupervised;
}

/// Kinds of events and how many happen to 100 people in a year of treatment, without and with on-top use.
struct Rate {
    EventKind kind;
    int not_using, using_on_top;
    std::string_view detail;
};
constexpr Rate rates[] = {
    {EventKind::keywork, 520, 560, ""},
    {EventKind::psychosocial, 110, 140, ""},
    {EventKind::psychosocial, 20, 25, "group, six sessions"},
    {EventKind::medical_review, 150, 190, ""},
    {EventKind::medical_review_due, 25, 30, ""},
    {EventKind::naloxone_supplied, 20, 32, "nasal"},
    {EventKind::naloxone_supplied, 10, 15, "kit, with training"},
    {EventKind::overdose_non_fatal, 1, 5, ""},
    {EventKind::hospital_discharge, 4, 7, ""},
    {EventKind::bbv_test, 24, 30, ""},
    {EventKind::bbv_vaccination, 9, 11, ""},
    {EventKind::mutual_aid, 22, 6, ""},
    {EventKind::recovery_support, 60, 22, ""},
    {EventKind::housing_support, 12, 22, ""},
    {EventKind::employment_support, 14, 6, ""},
    {EventKind::contingency_reward, 3, 4, ""},
    {EventKind::injecting_risk_assessment, 3, 22, ""},
    {EventKind::wound_care, 1, 7, ""},
    {EventKind::needle_supply, 3, 60, ""},
    {EventKind::advocacy_offer, 5, 6, ""},
    {EventKind::mental_health_assessment, 9, 13, ""},
    {EventKind::trauma_screen, 6, 7, ""},
    {EventKind::safeguarding, 3, 5, ""},
    {EventKind::high_risk_notified, 1, 9, ""},
    {EventKind::high_risk_contacted, 1, 8, ""},
    {EventKind::missed_pickup, 60, 130, ""},
    {EventKind::drug_alert, 2, 3, ""},
};

class EventMaker {
  public:
    EventMaker(ClientRecords& records, const Career& career, const Plan& plan, Random& random)
        : m_records(records), m_career(career), m_plan(plan), m_random(random), m_end(plan.period.last) {}

    void make() {
        add_death();
        for (std::size_t i = 0; i < m_career.spells.size(); ++i) {
            const Spell& spell = m_career.spells[i];
            for (const Stretch& stretch : spell.stretches)
                add_usual(stretch);
            add_of_medicine(spell);
            add_risk_profiles(spell);
            if (i > 0 && m_career.spells[i - 1].ending == Ending::custody)
                add_release(m_career.spells[i - 1], spell);
            if (spell.ending == Ending::completed) add_aftercare(spell);
        }
        const auto whole = [](const EventRow& row) {
            return std::tie(row.date, row.kind, row.detail, row.service);
        };
        std::ranges::sort(m_records.events, {}, whole);
        const auto repeated = std::ranges::unique(m_records.events, {}, whole);
        m_records.events.erase(repeated.begin(), repeated.end());
        std::ranges::stable_sort(m_records.risk_profiles, {}, &RiskProfileRow::date);
    }

  private:
    void add(Day date, EventKind kind, std::uint16_t service, std::string_view detail = {}) {
        if (date <= m_end)
            m_records.events.push_back({.date = date, .kind = kind, .detail = detail, .service = service});
    }

    void add_death() {
        for (const EpisodeRow& episode : m_records.episodes) {
            if (episode.end_reason != EndReason::died) continue;
            m_end = *episode.end_date;
            add(m_end, EventKind::death, episode.service);
        }
    }

    void add_usual(const Stretch& stretch) {
        const int days = std::min(stretch.to, m_end) - stretch.from + 1;
        if (days <= 0) return;
        for (const Rate& rate : rates) {
            constexpr int person_days = 100 * 365;
            int expected = days * (stretch.uses_on_top ? rate.using_on_top : rate.not_using);
            for (; expected > 0; expected -= person_days)
                if (expected >= person_days || m_random.chance(expected, person_days))
                    add(stretch.from + m_random.below(days), rate.kind, stretch.service, rate.detail);
        }
    }

    void add_of_medicine(const Spell& spell) {
        for (const Stretch& stretch : spell.stretches) {
            const bool high = (stretch.medicine == Medicine::methadone && stretch.dose > 1200) ||
                              (family_of(stretch.medicine) == Family::buprenorphine && stretch.dose > 240);
            if (high) add(stretch.from, EventKind::high_dose_acknowledged, stretch.service);
            if (!threshold(stretch.medicine))
                add(stretch.from, EventKind::non_formulary_approved, stretch.service);
        }
        if (m_random.percent(2)) {
            const Stretch& first = spell.stretches.front();
            const bool rehabilitation = m_random.percent(40);
            add(first.from, rehabilitation ? EventKind::rehab_admission : EventKind::inpatient_admission,
                first.service);
            if (spell.last - first.from > 40)
                add(first.from + 28,
                    rehabilitation ? EventKind::rehab_discharge : EventKind::hospital_discharge,
                    first.service);
        }
    }

    void add_release(const Spell& before, const Spell& spell) {
        const Day day = std::max(before.last + 1, spell.first - m_random.between(0, 2));
        add(day, EventKind::prison_release, spell.stretches.front().service,
            "planned, met by the \"through the gate\" worker");
    }

    void add_aftercare(const Spell& spell) {
        const std::uint16_t service = spell.stretches.back().service;
        const int contacts = m_random.below(5);
        for (int i = 0; i < contacts; ++i)
            add(spell.last + m_random.between(7, 180), EventKind::recovery_support, service);
        if (m_random.percent(45))
            add(spell.last + m_random.between(0, 14), EventKind::naloxone_supplied, service);
    }

    void add_risk_profiles(const Spell& spell) {
        Day day = spell.first + m_random.between(0, 200);
        while (day <= spell.last && day <= m_end) {
            add_risk_profile(day);
            day = day + m_random.between(150, 380);
        }
    }

    Flag factor(int percent) {
        if (m_random.percent(3)) return Flag::not_recorded;
        return m_random.percent(percent) ? Flag::yes : Flag::no;
    }

    void add_risk_profile(Day day) {
        const bool uses = synth::uses_on_top(m_career, day);
        RiskProfileRow row{.date = day};
        row.factors = {factor(uses ? 34 : 5),  factor(uses ? 44 : 24), factor(uses ? 5 : 1),
                       factor(uses ? 9 : 4),   factor(uses ? 4 : 1),   factor(uses ? 15 : 6),
                       factor(uses ? 28 : 22), factor(uses ? 11 : 6)};
        m_records.risk_profiles.push_back(row);
    }

    ClientRecords& m_records;
    const Career& m_career;
    const Plan& m_plan;
    Random& m_random;
    Day m_end;
};

const Stretch* stretch_on(const Career& career, Day day) {
    for (const Spell& spell : career.spells)
        for (const Stretch& stretch : spell.stretches)
            if (stretch.from <= day && day <= stretch.to) return &stretch;
    return nullptr;
}

}  // namespace

void add_inventories(ClientRecords& records, const ClientPlan& client, const Career& career, const Plan& plan,
                     Random& random) {
    if (client.inventory != Inventory::none) {
        const Day first = std::max(plan.inventories_from, career.spells.back().first + 7);
        const Day date = first + random.between(0, plan.inventories_to - first);
        records.ascis.push_back(
            inventory_row(client.inventory, date, client.service, uses_on_top(career, date), random));
    }
    for (Day month = plan.period.covers_from; month <= plan.period.last; month = month_end(month) + 1) {
        const bool published = month <= plan.inventories_to && month_end(month) >= plan.inventories_from;
        if (published || !random.chance(2, 100)) continue;
        const Day date = month + random.below(28);
        const Stretch* stretch = stretch_on(career, date);
        if (stretch == nullptr || !is_daily(stretch->medicine)) continue;
        const Inventory inventory = chance_inventory(stretch->supervised, random);
        records.ascis.push_back(
            inventory_row(inventory, date, stretch->service, stretch->uses_on_top, random));
    }
    std::ranges::stable_sort(records.ascis, {}, &AsciRow::date);
}

void add_events(ClientRecords& records, const Career& career, const Plan& plan, Random& random) {
    EventMaker(records, career, plan, random).make();
}

}  // namespace optimat::synth
