#pragma once

// What the reference's lists read of one client, and small questions on dates.

#include "reference_csv.hpp"
#include "reference_history.hpp"
#include "reference_lists.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace optimat::reference {

/// One client's rows, each table as it was read.
struct ListRecords {
    std::string client_id;
    std::vector<Row> episodes, prescriptions, tops, screens, profiles, ascis, events;
    History history;  ///< without covers when nothing of MAT was ever prescribed
    std::optional<Day> death;
};

/// Everything that a list asks of one client on one day.
struct ListPerson {
    const ListRecords* records;
    std::optional<ReferenceState> state;
    ReferencePerson known;
    int days_used = 0;  ///< 0: not known
};

/// A sign of use, or of none, by rule evidence/on-top.
struct ListEvidence {
    Day day;
    bool use;
    std::optional<int> opiate_days;  ///< of a TOP
    std::string top_id;
};

inline Day cell_day(const Row& row, const std::string& column) {
    return Day{*reference_date(row.at(column))};
}

inline Day months_later(Day day, int months) {
    const std::chrono::year_month_day date{day};
    const auto month = date.year() / date.month() + std::chrono::months{months};
    const std::chrono::year_month_day_last last{month / std::chrono::last};
    return Day{month / std::min(date.day(), last.day())};
}

/// In (as at − months, as at].
inline bool within_months(Day day, Day as_at, int months) {
    return day <= as_at && day > months_later(as_at, -months);
}
/// In (as at − days, as at].
inline bool within_days(Day day, Day as_at, int days) {
    return day <= as_at && day > as_at - std::chrono::days{days};
}

/// All evidence up to the day.
std::vector<ListEvidence> evidence_up_to(const ListRecords& records, Day as_at);
/// The evidence that decides on the day: none when there is none. `state` as in ListPerson.
std::vector<ListEvidence> deciding_evidence(const ListRecords& records, Day as_at,
                                            const std::optional<ReferenceState>& state,
                                            const ReferencePolicy& policy);
/// By factor: present, absent or unknown.
std::map<std::string, std::string> factors_of(const ListRecords& records, Day as_at,
                                              const std::optional<ReferenceState>& state,
                                              const ReferenceListPolicy& policy);

/// Every client's rows.
std::map<std::string, ListRecords> records_of(const std::filesystem::path& folder, const Extract& extract,
                                              const ReferencePolicy& policy);
const std::vector<std::string>& inventory_items();
/// The items of the inventory to which anybody has an answer.
std::set<std::string> items_in_use(const std::map<std::string, ListRecords>& people);
/// Whether there is an event of one of the kinds on a day that is within.
bool has_event(const ListRecords& records, const std::set<std::string>& kinds,
               const std::function<bool(Day)>& within);
/// Events that are a release from prison, or a discharge from hospital or rehabilitation.
const std::set<std::string>& release_kinds();

/// Why somebody out of cover is to be looked for (rule priority/6); empty: not at all.
std::string block_out_of_cover(const ListPerson& person, Day as_at, const ReferenceListPolicy& policy);
/// The service of the episode open that day, else of the last prescription, else of the last episode.
std::string service_out_of_cover(const ListRecords& records, Day as_at);
/// The episode open on the day at the service, any when it is empty: the latest start, then the greatest id;
/// none: null.
const Row* open_episode(const ListRecords& records, Day as_at, const std::string& service_id);

}  // namespace optimat::reference
