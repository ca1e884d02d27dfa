#include "reference_outcomes_life.hpp"

#include <algorithm>

// Spells that start in the time: inductions, how long they last, and naloxone for those who leave.

namespace optimat::reference {
namespace {

using std::chrono::days;

// Spells that are inductions: their first day belongs to the time, and nothing went before.
std::vector<OutcomeSpell> inductions(const OutcomeQuestion& question) {
    std::vector<OutcomeSpell> found;
    for (const OutcomeSpell& spell : question.life.spells())
        if (!spell.censored && question.holds(spell.first)) found.push_back(spell);
    return found;
}

Day last_induction_day(const OutcomeLife& life, const OutcomeSpell& spell) {
    return spell.first + days{life.policy().states.induction_days - 1};
}

// Whether it is known of everybody with such a medicine who was to reach the day whether they did: who had
// the last cover on the day before has by then been without for longer than is tolerated.
bool is_followed_up(const OutcomeLife& life, const OutcomeSpell& spell, Day to_reach) {
    return life.as_at() >= to_reach + days{spell.tolerated};
}

std::string induction_part(const OutcomeLife& life, const OutcomeSpell& spell) {
    const Day day_28 = last_induction_day(life, spell);
    if (!is_followed_up(life, spell, day_28)) return "too_early";
    if (spell.last >= day_28) return "completed";
    const std::string end = life.end_of(spell);
    return end == "planned" ? "dropped_out" : end;
}

void induction(const OutcomeQuestion& question) {
    for (const OutcomeSpell& spell : inductions(question))
        question.add(spell.service, induction_part(question.life, spell), spell.first);
}

// What is taken on day 28, or on the last covered day before it.
CurrentDose dose_on_day_28(const OutcomeLife& life, const OutcomeSpell& spell) {
    Day day = last_induction_day(life, spell);
    while (!life.in_mat(day))
        day -= days{1};
    return life.dose_on(day);
}

void induction_dose(const OutcomeQuestion& question) {
    for (const OutcomeSpell& spell : inductions(question)) {
        if (induction_part(question.life, spell) != "completed") continue;
        const CurrentDose dose = dose_on_day_28(question.life, spell);
        question.add(spell.service,
                     dose.micrograms ? question.life.policy().states.families[dose.family].name : "not_known",
                     spell.first, dose.micrograms.value_or(0));
    }
}

void induction_band(const OutcomeQuestion& question) {
    for (const OutcomeSpell& spell : inductions(question))
        if (induction_part(question.life, spell) == "completed")
            question.add(spell.service,
                         band_of(dose_on_day_28(question.life, spell), question.life.policy().states),
                         spell.first);
}

void induction_return(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    for (const OutcomeSpell& spell : inductions(question)) {
        if (induction_part(life, spell) != "dropped_out") continue;
        const Day until = spell.last + days{life.policy().return_days};
        const OutcomeSpell* next = life.next(spell);
        std::string part = "not_returned";
        if (life.as_at() < until)
            part = "too_early";
        else if (next != nullptr && next->first <= until)
            part = "returned";
        else if (life.died_by(until))
            part = "died";
        question.add(spell.service, part, spell.first);
    }
}

// The day from which the data could show an earlier spell at the service.
Day data_begin(const OutcomeLife& life, const std::string& service_id) {
    const Extract& extract = life.extract().extract;
    Day begin = extract.covers_from;
    for (const Service& service : extract.services)
        if (service.id == service_id && service.prescribing_from)
            begin = std::max(begin, *service.prescribing_from);
    return begin;
}

void re_induction(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    for (const OutcomeSpell& spell : inductions(question)) {
        const Day after = plus_months(spell.first, -life.policy().re_induction_months);
        bool earlier = false;
        for (const OutcomeSpell& other : life.spells())
            earlier = earlier || (other.first < spell.first && other.last > after);
        std::string part = earlier ? "re_induction" : "first_known";
        if (data_begin(life, spell.service) > after) part = "too_little_history";
        question.add(spell.service, part, spell.first);
    }
}

void spell_course(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    for (const OutcomeSpell& spell : inductions(question)) {
        const Day last = spell.ended ? spell.last : std::min(spell.last, life.as_at());
        question.add(spell.service, spell.ended ? life.end_of(spell) : "running", spell.first,
                     (last - spell.first).count() + 1);
    }
}

void retention(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    for (const OutcomeSpell& spell : inductions(question)) {
        const Day then = spell.first + days{life.policy().retention_days};
        std::string part = "too_early";
        if (is_followed_up(life, spell, then)) part = spell.last >= then ? "retained" : life.end_of(spell);
        question.add(spell.service, part, spell.first);
    }
}

// naloxone: of people leaving, in the 24 months up to the last covered day.
void naloxone_leaving(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    for (const OutcomeSpell& spell : life.spells()) {
        if (!spell.ended || !question.holds(spell.last)) continue;
        const Day after = plus_months(spell.last, -life.policy().naloxone_months);
        const bool supplied =
            life.has_event({"naloxone_supplied"}, [&](Day day) { return after < day && day <= spell.last; });
        const bool died = life.died_by(spell.last + days{spell.tolerated});
        question.add(spell.service, died ? "died" : supplied ? "supplied" : "not_supplied", spell.last);
    }
}

}  // namespace

std::vector<NamedOutcome> induction_outcomes() {
    using enum OutcomeBasis;
    return {{"induction", cohort, induction},           {"induction_dose", cohort, induction_dose},
            {"induction_band", cohort, induction_band}, {"induction_return", cohort, induction_return},
            {"re_induction", cohort, re_induction},     {"spell_course", cohort, spell_course},
            {"retention", cohort, retention},           {"naloxone_leaving", cohort, naloxone_leaving}};
}

}  // namespace optimat::reference
