#include "reference_lists.hpp"

#include "reference_lists_records.hpp"

#include <set>

namespace optimat {
namespace reference {
namespace {

using std::chrono::days;

const FileContract episodes{"episodes.csv",
                            Presence::optional,
                            {"episode_id", "client_id", "service_id", "start_date"},
                            {"end_date", "end_reason", "opiate_client", "keyworker_id", "shared_care"},
                            {"start_date", "end_date"}};
const FileContract prescriptions{"prescriptions.csv",
                                 Presence::required,
                                 {"prescription_id", "client_id", "service_id", "medicine", "start_date"},
                                 {"end_date", "target_dose_mg", "collection", "supervision"},
                                 {"start_date", "end_date"}};
const FileContract tops{"tops.csv",
                        Presence::optional,
                        {"top_id", "client_id", "date"},
                        {"stage", "setting", "opiate_days", "alcohol_days", "benzodiazepine_days",
                         "injecting_days", "acute_housing_problem", "physical_health"},
                        {"date"}};
const FileContract screens{
    "drug_screens.csv",
    Presence::optional,
    {"screen_id", "client_id", "date"},
    {"setting", "illicit_opioid", "fentanyl_or_nitazene", "benzodiazepine", "alcohol", "gabapentinoid"},
    {"date"}};
const FileContract profiles{"risk_profiles.csv",
                            Presence::optional,
                            {"client_id", "date"},
                            {"injecting", "depressant_or_alcohol", "recent_overdose", "lowered_tolerance",
                             "potent_opioids", "acute_housing", "physical_health", "suicidal_thoughts"},
                            {"date"}};
const std::vector<std::string> items = {"diverted_this_episode", "vulnerable_to_exploitation",
                                        "regular_opioid_use_28d"};
const FileContract ascis{"ascis.csv", Presence::optional, {"asci_id", "client_id", "date"}, items, {"date"}};
const FileContract events{"events.csv", Presence::optional, {"client_id", "date", "kind"}, {}, {"date"}};

/// Every client's rows.
std::map<std::string, ListRecords> records_of(const std::filesystem::path& folder, const Extract& extract,
                                              const ReferencePolicy& policy) {
    std::map<std::string, ListRecords> people;
    const auto take = [&](const FileContract& contract, std::vector<Row> ListRecords::*table) {
        for (const Row& row : read_rows(folder, contract))
            (people[row.at("client_id")].*table).push_back(row);
    };
    take(episodes, &ListRecords::episodes);
    take(prescriptions, &ListRecords::prescriptions);
    take(tops, &ListRecords::tops);
    take(screens, &ListRecords::screens);
    take(profiles, &ListRecords::profiles);
    take(ascis, &ListRecords::ascis);
    take(events, &ListRecords::events);
    for (const auto& [client_id, history] : histories(extract, policy))
        people[client_id].history = history;
    for (auto& [client_id, records] : people) {
        records.client_id = client_id;
        const auto died = [&](Day day) { records.death = std::min(records.death.value_or(day), day); };
        for (const Row& event : records.events)
            if (event.at("kind") == "death") died(cell_day(event, "date"));
        for (const Row& episode : records.episodes)
            if (episode.at("end_reason") == "died" && !episode.at("end_date").empty())
                died(cell_day(episode, "end_date"));
    }
    return people;
}

/// The states of one client on a date and on the same day of months before.
class StatesByDay {
  public:
    StatesByDay(const std::filesystem::path& folder, Day as_at, int months, const ReferencePolicy& policy) {
        std::vector<std::chrono::year_month_day> dates;
        for (int month = 0; month <= months; ++month)
            dates.emplace_back(months_later(as_at, -month));
        for (const ReferenceState& state : reference_states(folder, dates, policy))
            m_states[{state.client_id, state.as_at}] = state;
    }
    std::optional<ReferenceState> of(const std::string& client_id, Day day) const {
        const auto found = m_states.find({client_id, reference_date_text(day)});
        return found == m_states.end() ? std::nullopt : std::optional(found->second);
    }
    /// Whether it holds on the day and on the same day of each of so many months before.
    template <typename Holds>
    bool all_of(const std::string& client_id, Day as_at, int months, Holds holds) const {
        for (int month = 0; month <= months; ++month) {
            const auto state = of(client_id, months_later(as_at, -month));
            if (!state || !holds(*state, month)) return false;
        }
        return true;
    }

  private:
    std::map<std::pair<std::string, std::string>, ReferenceState> m_states;
};

const Row& leading(const ListPerson& person) {
    for (const Row& row : person.records->prescriptions)
        if (row.at("prescription_id") == person.state->prescription_id) return row;
    throw std::runtime_error("the leading prescription is not there");
}

std::string supervision_of(const ListPerson& person) {
    const std::string& medicine = person.state->medicine;
    if (medicine == "buprenorphine_weekly" || medicine == "buprenorphine_monthly" ||
        medicine == "buprenorphine_sublocade")
        return "injection";
    const std::string& word = leading(person).at("supervision");
    if (word == "all" || word == "some") return "supervised";
    if (word == "none") return "unsupervised";
    return leading(person).at("collection") == "supervised_daily" ? "supervised" : "not_recorded";
}

// The latest TOP that shows use within the evidence that decides; of one day, that of the greatest id.
int days_used_of(const ListPerson& person, Day as_at, const ReferencePolicy& policy) {
    if (!person.state) return 0;
    std::optional<ListEvidence> latest;
    for (const ListEvidence& one : deciding_evidence(*person.records, as_at, person.state, policy))
        if (one.opiate_days && one.use &&
            (!latest || std::pair(one.day, one.top_id) > std::pair(latest->day, latest->top_id)))
            latest = one;
    return latest ? *latest->opiate_days : 0;
}

std::string last_concern(const ListRecords& records, Day as_at) {
    std::optional<Day> last;
    const auto take = [&](Day day) {
        if (day <= as_at) last = std::max(last.value_or(day), day);
    };
    for (const ListEvidence& one : evidence_up_to(records, as_at))
        if (one.use) take(one.day);
    for (const Row& event : records.events)
        if (event.at("kind") == "overdose_non_fatal" || event.at("kind") == "missed_pickup")
            take(cell_day(event, "date"));
    for (const Row& profile : records.profiles)
        if (profile.at("recent_overdose") == "true") take(cell_day(profile, "date"));
    return last ? reference_date_text(*last) : "";
}

bool has_event(const ListRecords& records, const std::set<std::string>& kinds, const auto& within) {
    for (const Row& event : records.events)
        if (kinds.contains(event.at("kind")) && within(cell_day(event, "date"))) return true;
    return false;
}

const std::set<std::string> releases = {"prison_release", "hospital_discharge", "rehab_discharge"};

/// What is known of a person, in MAT or out of cover.
void find_out(ListPerson& person, Day as_at, const StatesByDay& states, const ReferenceListPolicy& policy) {
    const ListRecords& records = *person.records;
    ReferencePerson& known = person.known;
    known.client_id = records.client_id;
    known.factors = factors_of(records, as_at, person.state, policy);
    person.days_used = days_used_of(person, as_at, policy.states);
    known.days_used = person.days_used == 0 ? "" : std::to_string(person.days_used);
    known.frequency = person.days_used == 0                        ? "unknown"
                      : person.days_used <= policy.occasional_days ? "occasional"
                      : person.days_used <= policy.regular_days    ? "regular"
                                                                   : "daily";
    known.tolerance_lower =
        known.frequency == "occasional" && known.factors["depressant_or_alcohol"] == "present";
    known.naloxone_current = has_event(records, {"naloxone_supplied"}, [&](Day day) {
        return within_months(day, as_at, policy.naloxone_months);
    });
    known.overdose_or_release =
        has_event(records, {"overdose_non_fatal"},
                  [&](Day day) { return within_months(day, as_at, policy.overdose_months); }) ||
        has_event(records, releases, [&](Day day) { return within_days(day, as_at, policy.release_days); });
    known.last_concern = last_concern(records, as_at);
    for (const ListEvidence& one : evidence_up_to(records, as_at))
        known.last_evidence = std::max(known.last_evidence, reference_date_text(one.day));
    if (!person.state) return;
    known.supervision = supervision_of(person);
    const std::string& regime = person.state->regime;
    known.reducing_and_below = (regime == "reducing" || regime == "detox") && person.state->band == "below";
    known.stable = states.all_of(known.client_id, as_at, policy.stable_months,
                                 [](const ReferenceState& state, int) { return state.stage == "MAT3"; });
    known.reducing_long = states.all_of(
        known.client_id, as_at, policy.slow_reduction_months, [](const ReferenceState& state, int month) {
            return state.regime == "reducing" || (month > 0 && state.regime == "detox");
        });
}

bool is_completed(const std::string& reason) { return reason.starts_with("completed_"); }

// priority/6: who is to be looked for, and why; empty: nobody.
std::string block_out_of_cover(const ListPerson& person, Day as_at, const ReferenceListPolicy& policy) {
    const ListRecords& records = *person.records;
    if (person.state || (records.death && *records.death <= as_at)) return "";
    std::optional<Day> covered;
    for (const Cover& cover : records.history.covers)
        if (cover.prescription.start <= as_at) covered = std::max(covered.value_or(*cover.end), *cover.end);
    bool opiate_client = false, open = false;
    const Row* left = nullptr;
    for (const Row& episode : records.episodes) {
        if (cell_day(episode, "start_date") > as_at) continue;
        opiate_client = opiate_client || episode.at("opiate_client") == "true";
        const bool ended = !episode.at("end_date").empty() && cell_day(episode, "end_date") <= as_at;
        open = open || !ended;
        const auto key = [](const Row& row) {
            return std::tuple(row.at("end_date"), row.at("start_date"), row.at("episode_id"));
        };
        if (ended && (left == nullptr || key(episode) > key(*left))) left = &episode;
    }
    if (!covered && !opiate_client) return "";
    const std::string reason = left != nullptr && !open ? left->at("end_reason") : "";
    if (is_completed(reason) && (!covered || cell_day(*left, "end_date") >= *covered)) return "";
    if (has_event(records, releases, [&](Day day) {
            return within_days(day, as_at, policy.released_days) && (!covered || *covered <= day);
        }))
        return "released_without_cover";
    if (covered) {
        int tolerated = 0;
        for (const Cover& cover : records.history.covers)
            if (cover.end == *covered && cover.prescription.start <= as_at)
                tolerated = std::max(tolerated, policy.states.families[cover.family].tolerated_gap_days);
        const auto uncovered = (as_at - *covered).count();
        if (uncovered <= tolerated) return "within_tolerated_gap";
        if (uncovered <= policy.lapsed_days) return "cover_lapsed";
    }
    const std::set<std::string> unplanned = {"dropped_out", "withdrawn_by_provider", "declined_by_client",
                                             "other"};
    if (unplanned.contains(reason) && within_days(cell_day(*left, "end_date"), as_at, policy.unplanned_days))
        return "left_unplanned";
    return "";
}

/// The inventory that is current on the day; none when there is none.
const Row* current_asci(const ListRecords& records, Day as_at, const ReferenceListPolicy& policy) {
    const Row* current = nullptr;
    for (const Row& asci : records.ascis)
        if (within_months(cell_day(asci, "date"), as_at, policy.asci_months) &&
            (current == nullptr || cell_day(asci, "date") > cell_day(*current, "date")))
            current = &asci;
    return current;
}

// priority/4, the first that holds. An item is in use when anybody has an answer to it.
std::string block_of_supervision(const ListPerson& person, Day as_at, const std::set<std::string>& in_use,
                                 const ReferenceListPolicy& policy) {
    if (person.days_used > policy.regular_days) return "use_above_regular";
    const Row* asci = current_asci(*person.records, as_at, policy);
    bool any = false, open = false;
    for (const std::string& item : items) {
        if (asci == nullptr) break;
        any = any || asci->at(item) == "true";
        open = open || (asci->at(item).empty() && in_use.contains(item));
    }
    bool answered = false;
    for (const std::string& item : items)
        answered = answered || (asci != nullptr && !asci->at(item).empty());
    if (asci == nullptr || (!any && (open || !answered))) return "no_current_asci";
    const bool supervised = person.known.supervision == "supervised";
    if (any && person.known.supervision == "injection") return "";
    if (any) return supervised ? "supervised_with_items" : "unsupervised_with_items";
    const bool concern = person.known.last_concern > asci->at("date");
    return supervised && person.state->stage == "MAT3" && !concern ? "step_down" : "";
}

// The episode open on the day at the service: the latest start, then the greatest id.
const Row* open_episode(const ListRecords& records, Day as_at, const std::string& service_id) {
    const Row* open = nullptr;
    for (const Row& episode : records.episodes) {
        if (cell_day(episode, "start_date") > as_at ||
            (!service_id.empty() && episode.at("service_id") != service_id))
            continue;
        if (!episode.at("end_date").empty() && cell_day(episode, "end_date") < as_at) continue;
        const auto key = [](const Row& row) { return std::pair(row.at("start_date"), row.at("episode_id")); };
        if (open == nullptr || key(episode) > key(*open)) open = &episode;
    }
    return open;
}

// priority/5, the first that holds.
std::string block_of_recovery(const ListPerson& person, Day as_at, const ReferenceListPolicy& policy) {
    if (person.state->stage != "MAT3") return "";
    if (person.state->regime == "reducing") return "reducing_to_review";
    bool recent = false;
    for (const Row& top : person.records->tops)
        recent = recent || (top.at("setting") != "secure" &&
                            within_months(cell_day(top, "date"), as_at, policy.recovery_top_months));
    if (!recent) return "no_recent_top";
    const Row* episode = open_episode(*person.records, as_at, person.state->service_id);
    const bool shared_care = episode != nullptr && episode->at("shared_care") == "true";
    return person.known.stable && !shared_care ? "shared_care_candidate" : "building_recovery";
}

std::string band_of_target(const ListPerson& person, const ReferencePolicy& policy) {
    const auto target = micrograms(leading(person).at("target_dose_mg"));
    for (const ReferenceFamily& family : policy.families)
        if (family.name == person.state->medicine && family.threshold_micrograms && target)
            return *target >= *family.threshold_micrograms ? "at_or_above" : "below";
    return "unknown";
}

std::string block_of_red(const ListPerson& person, const ReferencePolicy& policy) {
    const std::string& regime = person.state->regime;
    if (regime == "reducing" || regime == "detox") return "reducing_or_detox";
    if (regime != "increasing") return "static_or_unknown";
    return band_of_target(person, policy) == "at_or_above" ? "increasing_to_threshold" : "increasing_below";
}

std::string block_of_cohorts(const ReferenceState& state, const ReferenceListPolicy& policy) {
    if (state.cohort == "red") return "dose_review";
    if (state.stage != "MAT3" || !state.dose_micrograms) return "";
    const long dose = *state.dose_micrograms;
    if (state.medicine == "methadone" && dose <= policy.methadone_low) return "detox_options";
    if (state.medicine == "methadone" && dose <= policy.methadone_next) return "next_cohort";
    if (state.medicine == "buprenorphine" && dose <= policy.buprenorphine_low) return "detox_options";
    return "";
}

/// The blocks of somebody in MAT, by list; an empty one is none.
std::map<std::string, std::string> blocks_in_mat(const ListPerson& person, Day as_at,
                                                 const std::set<std::string>& in_use,
                                                 const ReferenceListPolicy& policy) {
    const ReferenceState& state = *person.state;
    std::map<std::string, std::string> blocks;
    bool any_factor = false;
    for (const auto& [factor, presence] : person.known.factors)
        any_factor = any_factor || presence == "present";
    const bool evidence = !deciding_evidence(*person.records, as_at, person.state, policy.states).empty();
    if (state.stage == "uncategorised") blocks["0"] = "uncategorised";
    if (state.stage == "MAT4" && !evidence) blocks["0"] = "mat4_without_evidence";
    if (state.stage == "MAT2") blocks["1"] = "using_on_top";
    if ((state.stage == "MAT1" || state.stage == "uncategorised") && any_factor)
        blocks["1"] = "other_with_factor";
    if (state.cohort == "red") blocks["2"] = block_of_red(person, policy.states);
    if (state.cohort == "amber") blocks["3"] = "at_or_above_threshold";
    blocks["4"] = block_of_supervision(person, as_at, in_use, policy);
    blocks["5"] = block_of_recovery(person, as_at, policy);
    blocks["review-cohorts"] = block_of_cohorts(state, policy);
    if (state.stage == "MAT2" && state.regime == "detox") blocks["mat4"] = "return_to_maintenance";
    if (state.stage == "MAT4") blocks["mat4"] = "in_detoxification";
    if (person.known.reducing_long) blocks["slow-reduction"] = "slow_reduction";
    return blocks;
}

// The episode open that day, else the last prescription, else the last episode.
std::string service_out_of_cover(const ListRecords& records, Day as_at) {
    if (const Row* episode = open_episode(records, as_at, "")) return episode->at("service_id");
    std::pair<Day, std::string> last_prescription{Day::min(), ""};
    std::string service_id;
    for (const Cover& cover : records.history.covers) {
        const std::pair key{cover.prescription.start, cover.prescription.id};
        if (key.first > as_at || key < last_prescription) continue;
        last_prescription = key;
        service_id = cover.prescription.service_id;
    }
    if (!service_id.empty()) return service_id;
    std::pair<std::string, std::string> last;
    for (const Row& episode : records.episodes) {
        const std::pair key{episode.at("start_date"), episode.at("episode_id")};
        if (cell_day(episode, "start_date") > as_at || key < last) continue;
        last = key;
        service_id = episode.at("service_id");
    }
    return service_id;
}

std::set<std::string> items_in_use(const std::map<std::string, ListRecords>& people) {
    std::set<std::string> in_use;
    for (const auto& [client_id, records] : people)
        for (const Row& asci : records.ascis)
            for (const std::string& item : items)
                if (!asci.at(item).empty()) in_use.insert(item);
    return in_use;
}

}  // namespace
}  // namespace reference

ReferenceLists reference_lists(const std::filesystem::path& extract, std::chrono::year_month_day date,
                               const ReferenceListPolicy& policy) {
    using namespace reference;
    const Day as_at{date};
    const auto people = records_of(extract, read_extract(extract), policy.states);
    const StatesByDay states(extract, as_at, std::max(policy.stable_months, policy.slow_reduction_months),
                             policy.states);
    const std::set<std::string> in_use = items_in_use(people);
    ReferenceLists lists;
    for (const auto& [client_id, records] : people) {
        ListPerson person{&records, states.of(client_id, as_at), {}, 0};
        std::map<std::string, std::string> blocks;
        if (!person.state) blocks["6"] = block_out_of_cover(person, as_at, policy);
        if (!person.state && blocks["6"].empty()) continue;
        find_out(person, as_at, states, policy);
        if (person.state) blocks = blocks_in_mat(person, as_at, in_use, policy);
        for (const auto& [list, block] : blocks)
            if (!block.empty())
                lists.rows.push_back(
                    {list, client_id, block,
                     person.state ? person.state->service_id : service_out_of_cover(records, as_at)});
        lists.people.push_back(person.known);
    }
    std::sort(lists.rows.begin(), lists.rows.end());
    return lists;
}

}  // namespace optimat
