#pragma once

// One client's life as it was known on a day: what started by then, with its ends; and the spells and
// journeys that it makes.

#include "reference_csv.hpp"
#include "reference_days.hpp"
#include "reference_outcomes.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace optimat::reference {

/// One client's rows, each table as it was read.
struct OutcomeRecords {
    std::string client_id;
    std::vector<Row> episodes, prescriptions, tops, events;
    History history;  ///< without covers when nothing of MAT was ever prescribed
    std::optional<Day> death;
};

/// Everything that is the same for every client.
struct OutcomeExtract {
    Extract extract;
    ReferenceOutcomePolicy policy;
    std::map<std::string, std::string> kind_of_service;
    std::map<std::string, OutcomeRecords> people;
};

OutcomeExtract read_outcome_extract(const std::filesystem::path& folder,
                                    const ReferenceOutcomePolicy& policy);

/// The end of cover that stays open.
inline constexpr Day never_ends = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31};

/// A spell in MAT as it was known.
struct OutcomeSpell {
    Day first, last;
    bool censored, ended;
    int tolerated;        ///< uncovered days after `last` that would not have ended it; of cover that stays
                          ///< open those of the most patient of what is open
    std::string service;  ///< that leads on the first day
};

/// Episodes that overlap or lie close together.
struct OutcomeJourney {
    Day start;
    std::optional<Day> end;  ///< none: open
    const Row* last_episode;
    std::string reason;  ///< empty while it is open
};

class OutcomeLife {
  public:
    OutcomeLife(const OutcomeExtract& extract, const OutcomeRecords& records, Day as_at);

    const OutcomeExtract& extract() const { return *m_extract; }
    const ReferenceOutcomePolicy& policy() const { return m_extract->policy; }
    const OutcomeRecords& records() const { return *m_records; }
    Day as_at() const { return m_as_at; }
    const History& history() const { return m_history; }
    const std::vector<OutcomeSpell>& spells() const { return m_spells; }
    const std::vector<OutcomeJourney>& journeys() const { return m_journeys; }
    const std::vector<const Row*>& episodes() const { return m_episodes; }

    bool died_by(Day day) const { return m_death && *m_death <= day; }
    std::optional<Day> death() const { return m_death; }
    bool in_mat(Day day) const { return is_in_mat(m_history, day); }
    CurrentDose dose_on(Day day) const { return current_dose(m_history, day, policy().states); }
    std::string leading_service(Day day) const { return dose_on(day).leading->prescription.service_id; }
    /// Whether a MAT prescription starts on a day that is within.
    bool mat_starts(const std::function<bool(Day)>& within) const;
    bool has_event(const std::set<std::string>& kinds, const std::function<bool(Day)>& within) const;
    bool is_opiate_client() const;
    /// Whether an episode says that the client is none, and no other says the contrary.
    bool is_no_opiate_client() const;
    /// died, transferred, planned or dropped_out, of a spell that has ended.
    std::string end_of(const OutcomeSpell& spell) const;
    const OutcomeSpell* next(const OutcomeSpell& spell) const;

  private:
    void find_spells();
    void find_journeys();
    int tolerated_after(Day last) const;

    const OutcomeExtract* m_extract;
    const OutcomeRecords* m_records;
    Day m_as_at;
    History m_history;
    std::optional<Day> m_death;
    std::vector<const Row*> m_episodes;
    std::vector<OutcomeSpell> m_spells;
    std::vector<OutcomeJourney> m_journeys;
};

/// What is asked of one client for one column.
struct OutcomeQuestion {
    const OutcomeLife& life;
    Day from, to;  ///< of a cohort: days of the things that belong to it; else both the reference date
    std::vector<ReferenceItem>& items;

    bool holds(Day day) const { return from <= day && day <= to; }
    void add(const std::string& service_id, const std::string& part, Day day, long value = 0) const;
};

using OutcomeFunction = void (*)(const OutcomeQuestion&);
enum class OutcomeBasis { date, cohort };

struct NamedOutcome {
    std::string name;
    OutcomeBasis basis;  ///< a window is asked like a date
    OutcomeFunction find;
};
std::vector<NamedOutcome> standing_outcomes();
std::vector<NamedOutcome> induction_outcomes();
std::vector<NamedOutcome> detox_outcomes();
std::vector<NamedOutcome> journey_outcomes();
std::vector<NamedOutcome> waiting_outcomes();
std::vector<NamedOutcome> harm_outcomes();

inline Day cell_of_day(const Row& row, const std::string& column) {
    return Day{*reference_date(row.at(column))};
}
inline std::optional<Day> day_if_any(const Row& row, const std::string& column) {
    if (row.at(column).empty()) return std::nullopt;
    return cell_of_day(row, column);
}

}  // namespace optimat::reference
