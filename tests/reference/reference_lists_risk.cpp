#include "reference_lists_records.hpp"

namespace optimat::reference {
namespace {

using std::chrono::days;

/// What one record says of a factor.
struct Says {
    Day day;
    bool yes;
    bool is_event;
};

bool is_secure(const Row& row) { return row.at("setting") == "secure"; }

/// Collects what is said of one factor, each within its time.
class Factor {
  public:
    Factor(Day as_at, const ReferenceListPolicy& policy) : m_as_at(as_at), m_policy(policy) {}

    void add(Day day, bool yes, int months_of_a_yes) {
        if (within_months(day, m_as_at, yes ? months_of_a_yes : m_policy.absence_months))
            m_says.push_back({day, yes, false});
    }
    void add_event(Day day) { m_says.push_back({day, true, true}); }

    // An event within its time is present; else the latest record, and of one day the one that says yes.
    std::string presence() const {
        std::optional<Says> latest;
        for (const Says& one : m_says) {
            if (one.is_event) return "present";
            if (!latest || one.day > latest->day || (one.day == latest->day && one.yes)) latest = one;
        }
        return !latest ? "unknown" : latest->yes ? "present" : "absent";
    }

  private:
    Day m_as_at;
    const ReferenceListPolicy& m_policy;
    std::vector<Says> m_says;
};

std::optional<int> number(const std::string& cell) {
    return cell.empty() ? std::nullopt : std::optional(std::stoi(cell));
}

// Either of alcohol and benzodiazepines is enough for a yes; a no needs both recorded.
std::optional<bool> depressants_in_top(const Row& top, const ReferenceListPolicy& policy) {
    const auto alcohol = number(top.at("alcohol_days")),
               benzodiazepine = number(top.at("benzodiazepine_days"));
    if (alcohol && *alcohol >= policy.alcohol_days) return true;
    if (benzodiazepine && *benzodiazepine >= policy.benzodiazepine_days) return true;
    return alcohol && benzodiazepine ? std::optional(false) : std::nullopt;
}

std::optional<bool> depressants_in_screen(const Row& screen) {
    int negative = 0;
    for (const char* column : {"benzodiazepine", "alcohol", "gabapentinoid"}) {
        if (screen.at(column) == "positive") return true;
        negative += screen.at(column) == "negative" ? 1 : 0;
    }
    return negative == 3 ? std::optional(false) : std::nullopt;
}

std::optional<bool> top_says(const Row& top, const std::string& factor, const ReferenceListPolicy& policy) {
    if (factor == "depressant_or_alcohol") return depressants_in_top(top, policy);
    if (factor == "injecting") {
        const auto found = number(top.at("injecting_days"));
        return found ? std::optional(*found > 0) : std::nullopt;
    }
    if (factor == "physical_health") {
        const auto found = number(top.at("physical_health"));
        return found ? std::optional(*found <= policy.physical_health) : std::nullopt;
    }
    if (factor == "acute_housing" && !top.at("acute_housing_problem").empty())
        return top.at("acute_housing_problem") == "true";
    return std::nullopt;
}

std::optional<bool> screen_says(const Row& screen, const std::string& factor) {
    if (factor == "depressant_or_alcohol") return depressants_in_screen(screen);
    if (factor != "potent_opioids") return std::nullopt;
    const std::string& result = screen.at("fentanyl_or_nitazene");
    if (result == "positive") return true;
    return result == "negative" ? std::optional(false) : std::nullopt;
}

// Three days in a row without medicine: uncovered, or the pick-up missed; none before the first cover ever.
bool went_without(const ListRecords& records, Day as_at, const ReferenceListPolicy& policy) {
    std::optional<Day> first;
    for (const Cover& cover : records.history.covers)
        first = first ? std::min(*first, cover.prescription.start) : cover.prescription.start;
    if (!first) return false;
    int in_a_row = 0;
    for (Day day = as_at - days{policy.uncovered_within_days} + days{1}; day <= as_at; day += days{1}) {
        bool without = !is_in_mat(records.history, day);
        for (const Row& event : records.events)
            without = without || (event.at("kind") == "missed_pickup" && cell_day(event, "date") == day);
        in_a_row = without && day >= *first ? in_a_row + 1 : 0;
        if (in_a_row >= policy.uncovered_days) return true;
    }
    return false;
}

void add_events(const ListRecords& records, Day as_at, const std::string& factor,
                const ReferenceListPolicy& policy, Factor& found) {
    for (const Row& event : records.events) {
        const Day day = cell_day(event, "date");
        if (factor == "recent_overdose" && event.at("kind") == "overdose_non_fatal" &&
            within_months(day, as_at, policy.overdose_months))
            found.add_event(day);
        if (factor == "lowered_tolerance" && release_kinds().contains(event.at("kind")) &&
            within_days(day, as_at, policy.release_days))
            found.add_event(day);
    }
    if (factor == "lowered_tolerance" && went_without(records, as_at, policy)) found.add_event(as_at);
}

std::string presence_of(const ListRecords& records, Day as_at, const std::string& factor,
                        const ReferenceListPolicy& policy) {
    Factor found(as_at, policy);
    for (const Row& top : records.tops)
        if (const auto says = top_says(top, factor, policy); says && !is_secure(top))
            found.add(cell_day(top, "date"), *says, policy.top_months);
    for (const Row& screen : records.screens)
        if (const auto says = screen_says(screen, factor); says && !is_secure(screen))
            found.add(cell_day(screen, "date"), *says, policy.screen_months);
    for (const Row& profile : records.profiles)
        if (!profile.at(factor).empty())
            found.add(cell_day(profile, "date"), profile.at(factor) == "true", policy.profile_months);
    add_events(records, as_at, factor, policy, found);
    return found.presence();
}

}  // namespace

std::vector<ListEvidence> evidence_up_to(const ListRecords& records, Day as_at) {
    std::vector<ListEvidence> evidence;
    for (const Row& top : records.tops)
        if (!top.at("opiate_days").empty() && top.at("stage") != "start" && !is_secure(top) &&
            cell_day(top, "date") <= as_at)
            evidence.push_back({cell_day(top, "date"), top.at("opiate_days") != "0",
                                number(top.at("opiate_days")), top.at("top_id")});
    for (const Row& screen : records.screens) {
        const Day day = cell_day(screen, "date");
        if (is_secure(screen) || day > as_at) continue;
        if (screen.at("illicit_opioid") == "positive" || screen.at("fentanyl_or_nitazene") == "positive")
            evidence.push_back({day, true, {}, {}});
        else if (screen.at("illicit_opioid") == "negative")
            evidence.push_back({day, false, {}, {}});
    }
    return evidence;
}

std::vector<ListEvidence> deciding_evidence(const ListRecords& records, Day as_at,
                                            const std::optional<ReferenceState>& state,
                                            const ReferencePolicy& policy) {
    std::vector<ListEvidence> recent, deciding;
    Day latest = Day::min();
    for (const ListEvidence& one : evidence_up_to(records, as_at)) {
        if (!within_months(one.day, as_at, policy.evidence_months)) continue;
        if (state && !state->spell_censored && one.day <= as_at - days{state->spell_day - 1}) continue;
        recent.push_back(one);
        latest = std::max(latest, one.day);
    }
    for (const ListEvidence& one : recent)
        if (one.day > latest - days{policy.recall_days}) deciding.push_back(one);
    return deciding;
}

std::map<std::string, std::string> factors_of(const ListRecords& records, Day as_at,
                                              const std::optional<ReferenceState>& state,
                                              const ReferenceListPolicy& policy) {
    std::map<std::string, std::string> factors;
    for (const char* factor : {"injecting", "depressant_or_alcohol", "recent_overdose", "lowered_tolerance",
                               "potent_opioids", "acute_housing", "physical_health", "suicidal_thoughts"})
        factors[factor] = presence_of(records, as_at, factor, policy);
    const auto evidence = deciding_evidence(records, as_at, state, policy.states);
    const bool use = std::any_of(evidence.begin(), evidence.end(), [](const auto& one) { return one.use; });
    factors["on_top_use"] = evidence.empty() ? "unknown" : use ? "present" : "absent";
    return factors;
}

}  // namespace optimat::reference
