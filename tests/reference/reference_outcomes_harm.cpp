#include "reference_outcomes_life.hpp"

#include <algorithm>

// Releases from prison, deaths and overdoses.

namespace optimat::reference {
namespace {

using std::chrono::days;

bool has_community_cover(const OutcomeLife& life, Day day) {
    const auto& kinds = life.extract().kind_of_service;
    for (const Cover& cover : life.history().covers) {
        const std::string& service = cover.prescription.service_id;
        const bool prison = kinds.contains(service) && kinds.at(service) == "prison";
        if (!prison && is_active(cover, day)) return true;
    }
    return false;
}

std::string continuity_part(const OutcomeLife& life, Day release) {
    const Day until = release + days{21};
    if (life.as_at() < until) return "too_early";
    for (Day day = release; day <= until; day += days{1}) {
        const auto delay = (day - release).count();
        if (has_community_cover(life, day))
            return delay <= 1 ? "day_1" : delay <= 3 ? "day_3" : delay <= 7 ? "day_7" : "day_21";
        if (life.died_by(day)) return "died";
    }
    return "later";
}

// outcome/continuity: of people in MAT on the day of release or the day before.
void continuity(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    std::set<Day> releases;  // one a day
    for (const Row& event : life.records().events)
        if (event.at("kind") == "prison_release") releases.insert(cell_of_day(event, "date"));
    for (const Day release : releases) {
        if (!question.holds(release)) continue;
        const Day in_mat = life.in_mat(release) ? release : release - days{1};
        if (life.in_mat(in_mat))
            question.add(life.leading_service(in_mat), continuity_part(life, release), release);
    }
}

// The spell that the client left so few days before; none: none, or the client had died. The first day after
// the last covered one is not of them: what happens on it happens to somebody who was in MAT the day before.
const OutcomeSpell* left_before(const OutcomeLife& life, Day day) {
    if (life.death() && day > *life.death()) return nullptr;
    for (const OutcomeSpell& spell : life.spells()) {
        const bool soon = day > spell.last + days{1} && day <= spell.last + days{life.policy().leaving_days};
        const OutcomeSpell* next = life.next(spell);
        if (spell.ended && soon && (next == nullptr || day < next->first)) return &spell;
    }
    return nullptr;
}

std::string last_service_before(const OutcomeLife& life, Day day) {
    std::string service;
    for (const OutcomeSpell& spell : life.spells())
        if (spell.first < day) service = spell.service;
    return service;
}

// outcome/harm: in MAT when the day before is covered, else after leaving when the event lies in those days.
void add_event(const OutcomeQuestion& question, Day event, const std::string& kind) {
    const OutcomeLife& life = question.life;
    const Day before = event - days{1};
    if (event > question.to || event <= plus_months(question.to, -life.policy().harm_months)) return;
    if (life.in_mat(before))
        question.add(life.leading_service(before), kind + "_in_mat", question.to);
    else if (const OutcomeSpell* spell = left_before(life, event))
        question.add(spell->service, kind + "_after_leaving", question.to);
    else
        question.add(last_service_before(life, event), "elsewhere", question.to);
}

// outcome/harm: days at risk, each of the service that it belongs to.
void harm(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    if (life.death()) add_event(question, *life.death(), "death");
    for (const Row& event : life.records().events)
        if (event.at("kind") == "overdose_non_fatal")
            add_event(question, cell_of_day(event, "date"), "overdose");
    std::map<std::pair<std::string, std::string>, long> days_at;
    for (Day day = plus_months(question.to, -life.policy().harm_months) + days{1}; day <= question.to;
         day += days{1}) {
        if (life.in_mat(day))
            ++days_at[{life.leading_service(day), "in_mat"}];
        else if (const OutcomeSpell* spell = left_before(life, day))
            ++days_at[{spell->service, "after_leaving"}];
    }
    for (const auto& [where, count] : days_at)
        question.add(where.first, where.second, question.to, count);
}

}  // namespace

std::vector<NamedOutcome> harm_outcomes() {
    using enum OutcomeBasis;
    return {{"continuity", cohort, continuity}, {"harm", date, harm}};
}

}  // namespace optimat::reference
