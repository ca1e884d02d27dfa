#include "reference_outcomes_life.hpp"

// Journeys and discharges: completions, returns, how episodes end.

namespace optimat::reference {
namespace {

using std::chrono::days;

bool is_completed(const std::string& reason) { return reason.starts_with("completed_"); }

// A journey that ended with treatment completed, by a client who takes nothing on the day after.
bool is_successful(const OutcomeLife& life, const OutcomeJourney& journey) {
    return journey.end && is_completed(journey.reason) && !life.in_mat(*journey.end + days{1});
}

std::string completion_part(const OutcomeLife& life, const OutcomeJourney& journey) {
    if (!journey.end) return "in_treatment";
    if (is_successful(life, journey)) return "completed";
    if (is_completed(journey.reason)) return "completed_with_mat";
    if (journey.reason == "dropped_out" || journey.reason == "withdrawn_by_provider" ||
        journey.reason == "declined_by_client")
        return "left_unplanned";
    if (journey.reason.starts_with("transferred_")) return "transferred";
    return journey.reason == "died" ? "died" : "other";
}

// outcome/successful-completion
void successful_completion(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    if (!life.is_opiate_client() || life.journeys().empty()) return;
    const OutcomeJourney& latest = life.journeys().back();
    if (latest.end && *latest.end <= plus_months(question.to, -life.policy().completion_months)) return;
    question.add(latest.last_episode->at("service_id"), completion_part(life, latest), question.to);
}

// outcome/re-presentation
void re_presentation(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    const ReferenceOutcomePolicy& policy = life.policy();
    if (!life.is_opiate_client()) return;
    for (std::size_t i = 0; i < life.journeys().size(); ++i) {
        const OutcomeJourney& journey = life.journeys()[i];
        if (!is_successful(life, journey) ||
            *journey.end < plus_months(question.to, -policy.completion_months) ||
            *journey.end >= plus_months(question.to, -policy.re_presentation_months))
            continue;
        const Day until = plus_months(*journey.end, policy.re_presentation_months);
        std::string part = life.died_by(until) ? "died" : "not_re_presented";
        if (i + 1 < life.journeys().size() && life.journeys()[i + 1].start <= until) part = "re_presented";
        question.add(journey.last_episode->at("service_id"), part, question.to);
    }
}

// outcome/re-presentation, by the month of the exit: whether the client came back within six months, and for
// the monthly table whether since, after how many days.
void exits(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    if (!life.is_opiate_client()) return;
    for (std::size_t i = 0; i < life.journeys().size(); ++i) {
        const OutcomeJourney& journey = life.journeys()[i];
        if (!is_successful(life, journey) || !question.holds(*journey.end)) continue;
        const Day until = plus_months(*journey.end, life.policy().re_presentation_months);
        std::string part = "not_re_presented";
        long value = 0;
        if (i + 1 < life.journeys().size()) {
            const Day back = life.journeys()[i + 1].start;
            part = back <= until ? "re_presented" : "returned_later";
            value = (back - *journey.end).count();
        }
        if (life.as_at() < until) part = "too_early";
        question.add(journey.last_episode->at("service_id"), part, *journey.end, value);
    }
}

std::string discharge_part(const std::string& reason) {
    if (is_completed(reason)) return "planned";
    if (reason == "dropped_out" || reason == "withdrawn_by_provider" || reason == "declined_by_client")
        return "unplanned";
    if (reason.starts_with("transferred_")) return "transferred";
    if (reason == "died") return "died";
    return reason == "retained_in_custody" ? "in_custody" : "not_recorded";
}

// outcome/retention, discharges by kind
void discharges(const OutcomeQuestion& question) {
    if (question.life.is_no_opiate_client()) return;
    for (const Row* episode : question.life.episodes()) {
        const auto end = day_if_any(*episode, "end_date");
        if (end && question.holds(*end))
            question.add(episode->at("service_id"), discharge_part(episode->at("end_reason")), *end);
    }
}

}  // namespace

std::vector<NamedOutcome> journey_outcomes() {
    using enum OutcomeBasis;
    return {{"successful_completion", date, successful_completion},
            {"re_presentation", date, re_presentation},
            {"exits", cohort, exits},
            {"discharges", cohort, discharges}};
}

}  // namespace optimat::reference
