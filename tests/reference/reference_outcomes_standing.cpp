#include "reference_outcomes_life.hpp"

#include <cstdlib>
#include <stdexcept>

// People as they stand on a date: tracker, doses, supervision, naloxone, use then and now.

namespace optimat::reference {
namespace {

using std::chrono::days;

std::optional<ReferenceState> state_now(const OutcomeLife& life) {
    return state_of(life.records().client_id, life.history(), life.as_at(), life.extract().extract,
                    life.policy().states);
}

// Service tracker: the parts that always sum to the people in MAT.
std::string group_of(const ReferenceState& state) {
    if (!state.cohort.empty()) return state.cohort;
    if (state.stage == "MAT1") return "mat1";
    if (state.stage == "MAT2") return "mat2_unbanded";
    if (state.stage == "MAT3") return "mat3_unbanded";
    return state.stage == "MAT4" ? "mat4" : "uncategorised";
}

void tracker(const OutcomeQuestion& question) {
    if (const auto state = state_now(question.life))
        question.add(state->service_id, group_of(*state), question.to);
}

void dose(const OutcomeQuestion& question, const std::string& medicine) {
    const auto state = state_now(question.life);
    if (!state) return;
    const bool counts = state->medicine == medicine && state->dose_micrograms;
    question.add(state->service_id, counts ? group_of(*state) : "other", question.to,
                 counts ? *state->dose_micrograms : 0);
}

void methadone_dose(const OutcomeQuestion& question) { dose(question, "methadone"); }
void buprenorphine_dose(const OutcomeQuestion& question) { dose(question, "buprenorphine"); }

const Row& leading_row(const OutcomeLife& life, const ReferenceState& state) {
    for (const Row& row : life.records().prescriptions)
        if (row.at("prescription_id") == state.prescription_id) return row;
    throw std::runtime_error("the leading prescription is not there");
}

// supervision/rate: supervised, all or some, of those on a daily medicine; injections beside.
void supervision(const OutcomeQuestion& question) {
    const auto state = state_now(question.life);
    if (!state) return;
    const Row& row = leading_row(question.life, *state);
    const std::string& word = row.at("supervision");
    std::string part = "not_recorded";
    if (word == "all" || word == "some" || (word.empty() && row.at("collection") == "supervised_daily"))
        part = "supervised";
    if (word == "none") part = "unsupervised";
    if (state->medicine == "buprenorphine_weekly" || state->medicine == "buprenorphine_monthly" ||
        state->medicine == "buprenorphine_sublocade")
        part = "injection";
    question.add(state->service_id, part, question.to);
}

// naloxone: supplied in 24 months, of the people in MAT.
void naloxone(const OutcomeQuestion& question) {
    const auto state = state_now(question.life);
    if (!state) return;
    const Day after = plus_months(question.to, -question.life.policy().naloxone_months);
    const bool supplied =
        question.life.has_event({"naloxone_supplied"}, [&](Day day) { return day > after; });
    question.add(state->service_id,
                 std::string(state->stage == "MAT2" ? "mat2" : "other") +
                     (supplied ? "_supplied" : "_not_supplied"),
                 question.to);
}

struct DaysOfUse {
    Day day;
    std::string top_id;
    int days;
};

// The TOPs of some stages, from a day on, that say how often.
std::vector<DaysOfUse> tops_from(const OutcomeLife& life, const std::set<std::string>& stages, Day from) {
    std::vector<DaysOfUse> found;
    for (const Row& top : life.records().tops) {
        const Day day = cell_of_day(top, "date");
        if (day >= from && day <= life.as_at() && stages.contains(top.at("stage")) &&
            top.at("setting") != "secure" && !top.at("opiate_days").empty())
            found.push_back({day, top.at("top_id"), std::stoi(top.at("opiate_days"))});
    }
    return found;
}

// outcome/change: of the TOPs at the start of the journey the one nearest to its first day, of two as near
// the later; of one day the greatest id.
std::optional<DaysOfUse> use_at_start(const OutcomeLife& life) {
    if (life.journeys().empty()) return std::nullopt;
    const Day start = life.journeys().back().start;
    const auto key = [&](const DaysOfUse& top) {
        const long apart = std::abs((top.day - start).count());
        return std::tuple(-apart, top.day, top.top_id);
    };
    std::optional<DaysOfUse> nearest;
    for (const DaysOfUse& top : tops_from(life, {"start"}, start - days{28}))
        if (!nearest || key(top) > key(*nearest)) nearest = top;
    return nearest;
}

// The latest after it; of one day the greatest id. None when the latest is not of the last months.
std::optional<DaysOfUse> use_now(const OutcomeLife& life, Day start) {
    std::optional<DaysOfUse> latest;
    for (const DaysOfUse& top : tops_from(life, {"review", "exit"}, start + days{1}))
        if (!latest || std::pair(top.day, top.top_id) > std::pair(latest->day, latest->top_id)) latest = top;
    const Day after = plus_months(life.as_at(), -life.policy().change_recent_months);
    if (latest && latest->day <= after) return std::nullopt;
    return latest;
}

// outcome/change: use at the start of treatment against the latest review.
std::string change_of(const OutcomeLife& life) {
    const auto start = use_at_start(life);
    if (!start) return "not_known";
    const auto now = use_now(life, start->day);
    if (!now) return "not_known";
    if (start->days == 0) return now->days == 0 ? "none_then_or_now" : "started_using";
    if (now->days == 0) return "abstinent";
    const int least = life.policy().reliable_opiate_days.value_or(1);
    if (start->days - now->days >= least) return "less";
    return now->days - start->days >= least ? "more" : "same";
}

void change_in_use(const OutcomeQuestion& question) {
    if (const auto state = state_now(question.life))
        question.add(state->service_id, change_of(question.life), question.to);
}

}  // namespace

std::vector<NamedOutcome> standing_outcomes() {
    using enum OutcomeBasis;
    return {{"tracker", date, tracker},
            {"methadone_dose", date, methadone_dose},
            {"buprenorphine_dose", date, buprenorphine_dose},
            {"supervision", date, supervision},
            {"naloxone", date, naloxone},
            {"change_in_use", date, change_in_use}};
}

}  // namespace optimat::reference
