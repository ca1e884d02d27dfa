#pragma once

// One case as it runs: what is given so far, and what the engine made of it at the last When.

#include "given_extract.hpp"
#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"
#include "measure/flows.hpp"
#include "measure/service_data.hpp"
#include "measure/tracker.hpp"
#include "outcome_taken.hpp"
#include "priority_taken.hpp"
#include "result_table.hpp"
#include "stage/classify.hpp"
#include "team_given.hpp"

#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace optimat::spec {

struct TrackedPlaces {
    TrackerTable table;
    std::vector<Place> places;
};

struct ServiceDataTaken {
    ServiceDataTable table;
    Place place;
};

struct FlowsTaken {
    FlowTable table;
};

/// The engine did something else than the case expects, and the rest of the case cannot be looked at.
class CaseFailed : public std::runtime_error {
  public:
    CaseFailed(int line, const std::string& what) : std::runtime_error(what), m_line(line) {}
    int line() const { return m_line; }

  private:
    int m_line;
};

class CaseRun {
  public:
    explicit CaseRun(Complain complain);

    GivenExtract given;
    TeamGiven team;
    std::string policy_text;
    Complain complain;
    std::set<Rule> confirmed_rules;  ///< issue rules that a Then named and the engine raised

    /// Forgets what the last When made, writes the folder and reads it. Errors of the input or of a
    /// definition are kept for a Then; they end the When.
    void read();
    /// Reads, then classifies. Throws SpecError when tables of the case break a rule of the contract.
    void classify(int line, const std::vector<Day>& dates);

    /// What the last When made. They throw SpecError when no When made it, CaseFailed when the extract was
    /// refused.
    const ReadExtract& read_result(int line) const;
    const Extract& extract(int line) const;
    const States& states(int line) const;
    const Policy& policy() const { return m_policy; }
    const Definitions& definitions() const { return m_definitions; }
    const std::string& refusal() const { return m_refusal; }
    bool was_run() const { return m_was_run; }

    std::optional<TrackedPlaces> tracked;
    std::optional<ServiceDataTaken> service_data;
    std::optional<FlowsTaken> flows;
    std::optional<ResultTable> disclosed;  ///< parts by wholes as they may be shown
    std::optional<PriorityTaken> priority;
    std::optional<OutcomeTaken> outcome;

  private:
    Definitions m_definitions;
    Policy m_policy;
    std::optional<ReadExtract> m_read;
    std::optional<States> m_states;
    std::string m_refusal;
    bool m_was_run = false;
};

}  // namespace optimat::spec
