#include "reference_outcomes_life.hpp"

#include <algorithm>

// Courses of detoxification, found by asking for the regime of each covered day of a spell.

namespace optimat::reference {
namespace {

using std::chrono::days;

struct Course {
    const OutcomeSpell* spell;
    Day first, last;                ///< detox days
    Day allowed_to;                 ///< to be over by then
    std::optional<Day> maintained;  ///< the first covered day after it, before the next course, by as_at, on
                                    ///< which the dose neither goes down nor is to go to nothing
    bool is_last;                   ///< of its spell
    std::string service;
};

std::string regime_on(const OutcomeLife& life, const OutcomeSpell& spell, Day day) {
    return regime_of(life.history(), life.dose_on(day), day, spell.first, life.policy().states);
}

Course begin_course(const OutcomeLife& life, const OutcomeSpell& spell, Day first) {
    const auto start = detox_start_of(life.history(), life.dose_on(first), spell.first);
    const Day counted_from = start && *start <= first ? *start : first;
    return {&spell,
            first,
            first,
            plus_months(counted_from, life.policy().states.detox_months),
            {},
            true,
            life.leading_service(first)};
}

// A course goes on over days without cover, and ends before a day of another regime.
std::vector<Course> courses(const OutcomeLife& life) {
    std::vector<Course> found;
    for (const OutcomeSpell& spell : life.spells()) {
        const std::size_t earlier = found.size();
        bool in_course = false;
        for (Day day = spell.first; day <= std::min(spell.last, life.as_at()); day += days{1}) {
            if (!life.in_mat(day)) continue;
            const std::string regime = regime_on(life, spell, day);
            const bool detox = regime == "detox", any = found.size() > earlier;
            if (detox && !in_course) {
                if (any) found.back().is_last = false;
                found.push_back(begin_course(life, spell, day));
            }
            if (detox) found.back().last = day;
            if (!detox && regime != "reducing" && any && !found.back().maintained)
                found.back().maintained = day;
            in_course = detox;
        }
    }
    return found;
}

std::vector<Course> courses_in(const OutcomeQuestion& question) {
    std::vector<Course> found = courses(question.life);
    std::erase_if(found, [&](const Course& course) { return !question.holds(course.first); });
    return found;
}

// Whether the course may still go on: what is known of it so far says little of the whole.
bool is_too_early(const OutcomeQuestion& question, const Course& course) {
    return question.life.as_at() < course.allowed_to;
}

// The last dose is as low as a detoxification ends with, on a medicine that has such a dose.
bool ends_low(const OutcomeLife& life, Day last) {
    const CurrentDose dose = life.dose_on(last);
    const std::string& family = life.policy().states.families[dose.family].name;
    if (!dose.micrograms) return false;
    if (family == "methadone") return *dose.micrograms <= life.policy().exit_methadone;
    if (family == "buprenorphine" || family == "buprenorphine_lyophilisate")
        return *dose.micrograms <= life.policy().exit_buprenorphine;
    return false;
}

bool ended_badly(const OutcomeLife& life, Day last) {
    const std::set<std::string> bad = {"dropped_out", "withdrawn_by_provider", "transferred_in_custody",
                                       "retained_in_custody"};
    for (const Row* episode : life.episodes()) {
        const auto end = day_if_any(*episode, "end_date");
        if (end && *end <= life.as_at() && *end >= last - days{life.policy().end_before_days} &&
            *end <= last + days{life.policy().end_after_days} && bad.contains(episode->at("end_reason")))
            return true;
    }
    return false;
}

std::string detox_part(const OutcomeLife& life, const Course& course) {
    const OutcomeSpell& spell = *course.spell;
    if (life.as_at() < course.allowed_to + days{life.policy().after_detox_days}) return "too_early";
    const bool in_time = spell.last <= course.allowed_to;
    if (in_time && life.died_by(spell.last + days{spell.tolerated})) return "died";
    if (course.maintained && *course.maintained <= course.allowed_to) return "returned_to_maintenance";
    if (!in_time) return "over_three_months";
    if (!spell.ended) return "too_early";
    const Day until = spell.last + days{life.policy().after_detox_days};
    const bool back = life.mat_starts([&](Day day) { return day > spell.last && day <= until; });
    if (!course.is_last || !ends_low(life, spell.last) || ended_badly(life, spell.last) || back)
        return "ended_early";
    return life.died_by(until) ? "died" : "completed";
}

void detoxification(const OutcomeQuestion& question) {
    for (const Course& course : courses_in(question))
        question.add(course.service, detox_part(question.life, course), course.first);
}

void detox_entry_dose(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    for (const Course& course : courses_in(question)) {
        const Day before = course.first - days{1};
        std::string part = "not_known";
        long value = 0;
        if (is_too_early(question, course)) {
            part = "too_early";
        } else if (life.in_mat(before) && life.dose_on(before).micrograms) {
            part = life.policy().states.families[life.dose_on(before).family].name;
            value = *life.dose_on(before).micrograms;
        }
        question.add(course.service, part, course.first, value);
    }
}

void detox_use(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    for (const Course& course : courses_in(question)) {
        bool used = false, any = false;
        for (Day day = course.first; day <= course.last; day += days{1}) {
            const Spell spell{course.spell->first, course.spell->censored};
            const auto use = uses_on_top(life.history(), day, spell, life.policy().states);
            any = any || use;
            used = used || use == true;
        }
        std::string part = used ? "used" : any ? "no_use" : "no_evidence";
        if (is_too_early(question, course)) part = "too_early";
        question.add(course.service, part, course.first);
    }
}

void detox_setting(const OutcomeQuestion& question) {
    for (const Course& course : courses_in(question)) {
        const auto& kinds = question.life.extract().kind_of_service;
        const std::string kind = kinds.contains(course.service) ? kinds.at(course.service) : "";
        const bool admitted = question.life.has_event(
            {"inpatient_admission"}, [&](Day day) { return course.first <= day && day <= course.last; });
        std::string part = "not_recorded";
        if (kind == "community" || kind == "shared_care" || kind == "prison") part = "community";
        if (kind == "inpatient" || admitted) part = "inpatient";
        if (is_too_early(question, course)) part = "too_early";
        question.add(course.service, part, course.first);
    }
}

/// Of completed courses: `good` when it happened, else died, too_early or not_ and `good`.
template <typename Happened>
void after_completion(const OutcomeQuestion& question, const std::string& good, int months,
                      Happened happened) {
    const OutcomeLife& life = question.life;
    for (const Course& course : courses_in(question)) {
        if (detox_part(life, course) != "completed") continue;
        const Day last = course.spell->last, until = plus_months(last, months);
        std::string part = "not_" + good;
        if (life.as_at() < until)
            part = "too_early";
        else if (happened(last, until))
            part = good;
        else if (life.died_by(until))
            part = "died";
        question.add(course.service, part, course.first);
    }
}

void detox_restart(const OutcomeQuestion& question) {
    after_completion(question, "restarted", question.life.policy().restart_months, [&](Day last, Day until) {
        return question.life.mat_starts([&](Day day) { return day > last && day <= until; });
    });
}

void supported(const OutcomeQuestion& question, const std::set<std::string>& kinds) {
    after_completion(question, "supported", question.life.policy().support_months, [&](Day last, Day until) {
        return question.life.has_event(kinds, [&](Day day) { return day > last && day <= until; });
    });
}

void detox_support(const OutcomeQuestion& question) {
    supported(question, {"recovery_support", "mutual_aid", "rehab_admission"});
}
void detox_naloxone(const OutcomeQuestion& question) { supported(question, {"naloxone_supplied"}); }
void detox_check_up(const OutcomeQuestion& question) { supported(question, {"medical_review", "keywork"}); }

}  // namespace

std::vector<NamedOutcome> detox_outcomes() {
    using enum OutcomeBasis;
    return {{"detoxification", cohort, detoxification}, {"detox_entry_dose", cohort, detox_entry_dose},
            {"detox_use", cohort, detox_use},           {"detox_setting", cohort, detox_setting},
            {"detox_restart", cohort, detox_restart},   {"detox_support", cohort, detox_support},
            {"detox_naloxone", cohort, detox_naloxone}, {"detox_check_up", cohort, detox_check_up}};
}

}  // namespace optimat::reference
