#include "career.hpp"

#include <algorithm>
#include <array>

// Every draw is a statement of its own: in which order the arguments of a call are worked out is the
// compiler's choice.

namespace optimat::bench {

using std::chrono::days;

// Doses are whole tenths of a milligram.
struct Medicine {
    std::string_view name;
    int weight;                                                      // people in a thousand
    int first_dose, dose_step, lowest_target, targets, target_step;  // tenths of a milligram
    int days_covered;                                                // by one prescription

    bool is_injection() const { return days_covered != 14; }
};

namespace {

constexpr std::array medicines{
    Medicine{"methadone", 680, 300, 100, 250, 18, 50, 14},
    Medicine{"buprenorphine", 120, 40, 40, 40, 11, 20, 14},
    Medicine{"buprenorphine_naloxone", 120, 40, 40, 40, 11, 20, 14},
    Medicine{"buprenorphine_lyophilisate", 20, 40, 40, 40, 8, 20, 14},
    Medicine{"buprenorphine_weekly", 12, 160, 80, 160, 3, 80, 7},
    Medicine{"buprenorphine_monthly", 18, 640, 320, 640, 3, 320, 28},
    Medicine{"buprenorphine_sublocade", 15, 3000, 2000, 1000, 1, 0, 28},
    Medicine{"morphine_sr", 6, 2000, 1000, 2000, 6, 1000, 14},
    Medicine{"dihydrocodeine", 5, 1200, 600, 1800, 10, 600, 14},
    Medicine{"diamorphine", 4, 1000, 500, 1500, 8, 500, 14},
};

std::string milligrams(int tenths) {
    return tenths % 10 == 0 ? fmt::format("{}", tenths / 10) : fmt::format("{}.{}", tenths / 10, tenths % 10);
}

std::string_view result(bool positive) { return positive ? "positive" : "negative"; }

}  // namespace

std::string iso(std::optional<Day> day) {
    if (!day) return {};
    const std::chrono::year_month_day date{*day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<Day> late_start(int service, Day first_day) {
    if (service < first_late_service) return std::nullopt;
    return first_day + days{(last_day - first_day).count() / 3};
}

Career::Career(ExtractFiles& files, int number, Day first_day)
    : m_files(files),
      m_random(0x0971u + static_cast<std::uint64_t>(number) * 0x2545F4914F6CDD1Du),
      m_client(fmt::format("C{:07}", number)),
      m_first_day(first_day) {}

void Career::write() {
    m_service = m_random.between(1, service_count);
    m_uses_on_top = m_random.chance(480);
    m_takes_two_strengths = m_random.chance(20);
    m_reduces_slowly = m_random.chance(30);
    write_client();
    const Day opens = late_start(m_service, m_first_day).value_or(m_first_day);
    const bool settled = m_random.chance(700);
    Day start = settled ? opens : some_day(opens, last_day);
    if (m_random.chance(12)) m_death = some_day(start + days{1}, last_day + days{1});
    choose_medicine(settled ? Arrival::settled : Arrival::induction);
    std::optional<Day> next = start;
    m_came_on_mat = settled && m_random.chance(500);
    while (next && *next <= last_day)
        next = stay(*next);
    write_events(start);
}

void Career::write_client() {
    const int year_of_birth = m_random.between(1955, 1998);
    const bool male = m_random.chance(720);
    const bool first_presentation_known = m_random.chance(800);
    const Day first_presentation = m_first_day - days{m_random.between(0, 5000)};
    m_files.clients.row("{},{},{},{}", m_client, year_of_birth, male ? "male" : "female",
                        first_presentation_known ? iso(first_presentation) : std::string{});
}

Day Career::some_day(Day first, Day last) {
    return first + days{m_random.between(0, static_cast<int>((last - first).count()))};
}

int Career::span() const { return static_cast<int>((last_day - m_first_day).count()); }

void Career::choose_medicine(Arrival arrival) {
    int draw = m_random.between(1, 1000);
    m_medicine = &*std::find_if(medicines.begin(), medicines.end() - 1,
                                [&](const Medicine& medicine) { return (draw -= medicine.weight) <= 0; });
    m_target =
        m_medicine->lowest_target + m_medicine->target_step * m_random.between(0, m_medicine->targets - 1);
    m_dose = arrival == Arrival::settled ? m_target : m_medicine->first_dose;
}

std::optional<Day> Career::stay(Day start) {
    const bool leaves = m_random.chance(320);
    const Day leaving = start + days{m_random.between(20, span() + 60)};
    std::optional<Day> end = leaves && leaving <= last_day ? std::optional{leaving} : std::nullopt;
    const bool dies = m_death && *m_death >= start && (!end || *m_death <= *end);
    if (dies) end = *m_death;
    const bool transfers = end && !dies && m_random.chance(100);
    const std::optional<Day> detoxed = prescribe(start, end.value_or(last_day + days{14}));
    const bool completes = detoxed && end && !dies && !transfers;
    if (completes) end = detoxed;
    // The death of a client is recorded on the episode, as an event, or as both.
    const bool death_on_episode = dies && m_random.chance(700);
    if (dies && (!death_on_episode || m_random.chance(700))) event(*m_death, "death");
    const std::string_view reason = !end || (dies && !death_on_episode) ? ""
                                    : dies                              ? "died"
                                    : transfers                         ? "transferred_not_in_custody"
                                    : completes                         ? "completed_drug_free"
                                                                        : "dropped_out";
    m_files.episodes.row("E{:08},{},S{:02},{},{},{},{},{},true,{}", m_files.episode_number++, m_client,
                         m_service, iso(start - days{5}), iso(start - days{3}), iso(start),
                         reason.empty() ? std::string{} : iso(end), reason, m_came_on_mat ? "true" : "false");
    write_evidence(start, end.value_or(last_day));
    m_came_on_mat = transfers;
    if (transfers) {
        m_service = m_random.between(1, first_late_service - 1);
        return *end + days{1};
    }
    if (!end || dies || !m_random.chance(500)) return std::nullopt;
    choose_medicine(Arrival::induction);
    return *end + days{m_random.between(20, 300)};
}

std::optional<Day> Career::prescribe(Day start, Day stop) {
    const std::optional<Day> detox =
        m_random.chance(100) ? std::optional{start + days{m_random.between(60, std::max(60, span()))}}
                             : std::nullopt;
    const bool detox_is_planned = m_random.chance(650);
    const bool plan_start_is_recorded = m_random.chance(500);
    const Day detox_end = detox ? *detox + days{7 * m_random.between(6, 16)} : Day{};
    const bool returns_to_maintenance = m_random.chance(500);
    const int usual_target = m_target;
    for (Day day = start; day <= last_day && day <= stop;) {
        const bool in_detox = detox && day >= *detox && day <= detox_end;
        if (detox && day > detox_end) {
            if (!returns_to_maintenance) return detox_end;
            m_target = usual_target;
        }
        DosePlan plan;
        if (in_detox && detox_is_planned)
            plan = {{}, "0", detox_end, plan_start_is_recorded ? detox : std::nullopt};
        else if (in_detox)
            plan.regime = "detox";
        else
            plan.regime = recorded_regime();
        const bool titrates = m_dose < m_target && !m_medicine->is_injection() && day - start < days{28};
        const int length = titrates ? m_random.between(3, 7) : m_medicine->days_covered;
        const Day end = std::min(day + days{length - 1}, stop);
        issue(day, end, plan);
        change_dose(in_detox ? Course::detox : Course::maintenance);
        day = next_issue(day, end);
    }
    m_target = usual_target;
    return std::nullopt;
}

std::string_view Career::recorded_regime() {
    if (m_dose < m_target) return m_random.chance(400) ? "increasing" : "";
    if (m_reduces_slowly) return m_random.chance(600) ? "reducing" : "";
    return m_random.chance(180) ? "stable" : "";
}

void Career::issue(Day start, Day end, const DosePlan& plan) {
    std::optional<Day> recorded_end = end;
    if (m_random.chance(4))
        recorded_end = std::nullopt;  // left open: the next start or the discharge ends it
    if (m_takes_two_strengths && m_dose >= 100) {
        const int second = m_dose / 50 * 10;
        prescription(m_medicine->name, m_dose - second, start, recorded_end, plan);
        prescription(m_medicine->name, second, start, recorded_end, plan);
    } else {
        prescription(m_medicine->name, m_dose, start, recorded_end, plan);
    }
    if (m_medicine->is_injection() && m_random.chance(100))
        prescription("buprenorphine", 40, start + days{2}, start + days{m_random.between(3, 20)}, DosePlan{});
    if (m_random.chance(8)) prescription("diazepam", 100, start, end, DosePlan{});
}

void Career::prescription(std::string_view medicine, int dose, Day start, std::optional<Day> end,
                          const DosePlan& plan) {
    static constexpr std::array collections{"supervised_daily", "daily", "three_a_week", "weekly"};
    const std::string_view daily_collection = collections[m_random.next() % collections.size()];
    const std::string_view collection = m_medicine->is_injection() ? "administered" : daily_collection;
    const int prescriber = m_service * 10 + m_random.between(0, 9);
    const int pharmacy = m_service * 20 + m_random.between(0, 19);
    m_files.prescriptions.row("P{:09},{},S{:02},D{},{},{},{},{},{},{},{},{},{},PH{}",
                              m_files.prescription_number++, m_client, m_service, prescriber, medicine,
                              milligrams(dose), iso(start), iso(end), plan.regime, plan.target_dose,
                              iso(plan.target_date), iso(plan.plan_start), collection, pharmacy);
}

void Career::change_dose(Course course) {
    const int slow_step = std::max(4, m_medicine->dose_step / 5);
    if (course == Course::detox)
        m_dose = std::max(4, m_dose - std::max(slow_step, m_dose / 6));
    else if (m_reduces_slowly)
        m_dose = m_target = std::max(20, std::min(m_dose, m_target) - slow_step / 2);
    else if (m_dose < m_target)
        m_dose = std::min(m_target, m_dose + m_medicine->dose_step);
    else if (m_dose > m_target)
        m_dose = std::max(m_target, m_dose - m_medicine->dose_step);
    else if (m_random.chance(12))
        m_target =
            std::max(m_medicine->lowest_target, m_target + m_medicine->target_step * m_random.between(-1, 2));
}

Day Career::next_issue(Day start, Day end) {
    if (m_random.chance(20)) return end + days{m_random.between(2, 20)};    // missed days
    if (m_random.chance(30) && end > start) return end;                     // issued a day early
    if (m_random.chance(4) && end - start > days{6}) return end - days{4};  // replaced before its time
    return end + days{1};
}

void Career::write_evidence(Day start, Day end) {
    if (end < start) return;
    top(start, "start");
    for (Day day = start + days{m_random.between(40, 110)}; day <= end;
         day += days{m_random.between(80, 150)})
        top(day, "review");
    if (end < last_day && m_random.chance(500)) top(end, "exit");
    for (Day day = start; day <= end; day += days{m_random.between(70, 170)})
        screen(day);
}

void Career::top(Day day, std::string_view stage) {
    const bool uses = stage == "start" || m_random.chance(m_uses_on_top ? 900 : 50);
    const bool opiate_days_recorded = m_random.chance(970);
    const int opiate_days = uses ? m_random.between(1, 28) : 0;
    const int injecting_days = uses && m_random.chance(400) ? m_random.between(1, 20) : 0;
    const bool secure = m_random.chance(10);
    const int alcohol_days = m_random.between(0, 10);
    const int crack_days = m_random.between(0, 4);
    const int health = m_random.between(0, 20);
    m_files.tops.row("T{:09},{},{},{},{},{},{},{},{},{},{},{}", m_files.top_number++, m_client, iso(day),
                     stage, secure ? "secure" : "community", alcohol_days,
                     opiate_days_recorded ? fmt::format("{}", opiate_days) : std::string{}, crack_days,
                     injecting_days, health, 20 - health / 2, health / 2 + 5);
}

void Career::screen(Day day) {
    const bool inconclusive = m_random.chance(20);
    const bool uses = m_uses_on_top && m_random.chance(700);
    const bool strong_tested = m_random.chance(100);
    const bool strong = m_random.chance(60);
    const bool urine = m_random.chance(800);
    const bool secure = m_random.chance(10);
    const bool cocaine = m_random.chance(300);
    m_files.screens.row("U{:09},{},{},{},{},{},{},{}", m_files.screen_number++, m_client, iso(day),
                        urine ? "urine" : "oral_fluid", secure ? "secure" : "community",
                        inconclusive ? "inconclusive" : result(uses), strong_tested ? result(strong) : "",
                        result(cocaine));
}

void Career::event(Day day, std::string_view kind) {
    m_files.events.row("{},{},{},", m_client, iso(day), kind);
}

void Career::write_events(Day start) {
    static constexpr std::array kinds{"overdose_non_fatal", "prison_release", "hospital_discharge",
                                      "missed_pickup", "medical_review"};
    const Day end = m_death.value_or(last_day);
    if (m_random.chance(400)) event(some_day(start, end), "naloxone_supplied");
    const std::string_view kind = kinds[m_random.next() % kinds.size()];
    if (m_random.chance(300)) event(some_day(start, end), kind);
}

}  // namespace optimat::bench
