#include "reference_outcomes_life.hpp"

#include <algorithm>

// Waits: from referral to start, and from presentation to the first MAT prescription.

namespace optimat::reference {
namespace {

using std::chrono::days;

// outcome/waiting: referral to start.
void waiting(const OutcomeQuestion& question) {
    for (const Row* episode : question.life.episodes()) {
        const Day start = cell_of_day(*episode, "start_date");
        const auto referral = day_if_any(*episode, "referral_date");
        if (!question.holds(start)) continue;
        std::string part = "not_recorded";
        long value = 0;
        if (referral && *referral <= start) {
            value = (start - *referral).count();
            part = value <= question.life.policy().waiting_days ? "within_21_days" : "over_21_days";
        }
        question.add(episode->at("service_id"), part, start, value);
    }
}

bool is_working_day(Day day, const ReferenceOutcomePolicy& policy) {
    const std::chrono::weekday weekday{day};
    if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) return false;
    for (const auto& holiday : policy.bank_holidays)
        if (Day{holiday} == day) return false;
    return true;
}

// Working days after the first up to the second; a later calendar day is at least one.
long working_days_after(Day from, Day to, const ReferenceOutcomePolicy& policy) {
    if (to == from) return 0;
    long count = 0;
    for (Day day = from + days{1}; day <= to; day += days{1})
        if (is_working_day(day, policy)) ++count;
    return std::max(count, 1L);
}

std::string wait_part(long working_days) {
    if (working_days == 0) return "same_day";
    if (working_days <= 3) return "day_" + std::to_string(working_days);
    return working_days <= 5 ? "day_4_to_5" : "over_5";
}

// outcome/waiting: presentation to the first MAT prescription.
void prescription_wait(const OutcomeQuestion& question) {
    const OutcomeLife& life = question.life;
    if (life.is_no_opiate_client()) return;
    for (const Row* episode : life.episodes()) {
        const auto presented = day_if_any(*episode, "presentation_date");
        if (!presented || !question.holds(*presented)) continue;
        const auto end = day_if_any(*episode, "end_date");
        const bool ended = end && *end <= life.as_at();
        std::optional<Day> first;
        for (Day day = *presented; day <= (ended ? *end : life.as_at()) && !first; day += days{1})
            if (life.mat_starts([&](Day start) { return start == day; })) first = day;
        std::string part = ended ? "never_started" : "not_yet";
        long value = 0;
        if (episode->at("on_mat_at_start") == "true" || life.in_mat(*presented - days{1})) {
            part = "already_in_mat";
        } else if (life.as_at() < *presented + days{life.policy().waiting_days}) {
            part = "too_early";
        } else if (first) {
            value = working_days_after(*presented, *first, life.policy());
            part = wait_part(value);
        }
        question.add(episode->at("service_id"), part, *presented, value);
    }
}

}  // namespace

std::vector<NamedOutcome> waiting_outcomes() {
    using enum OutcomeBasis;
    return {{"waiting", cohort, waiting}, {"prescription_wait", cohort, prescription_wait}};
}

}  // namespace optimat::reference
