#pragma once
// One snapshot with all that is calculated from it: everybody's state at up to sixty month ends, the tracker
// of all services, and, on first use, service data and flows. Immutable for those who read it; pages, lists,
// exports and the API take their numbers from here and nowhere else.

#include "measure/disclosure.hpp"
#include "measure/flows.hpp"
#include "measure/sensitivity.hpp"
#include "measure/service_data.hpp"
#include "model/issue.hpp"
#include "outcome/measure_grid.hpp"
#include "report/explain.hpp"
#include "report/states_text.hpp"
#include "store/snapshots.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace optimat {

struct Pictures;

/// The most month ends that are calculated.
constexpr int most_months = 60;
/// Of how many months the pictures of everybody are kept.
constexpr std::size_t most_pictures = 4;

class Figures {
  public:
    /// `reference_key`: the store's secret from which opaque references of persons follow.
    Figures(SnapshotInfo info, Extract extract, CheckReport report, Policy policy,
            const std::string& reference_key, ThreadCount threads);

    const SnapshotInfo& info() const { return m_info; }
    const Extract& extract() const { return m_extract; }
    const CheckReport& report() const { return m_report; }
    const Policy& policy() const { return m_policy; }
    const Provenance& provenance() const { return m_provenance; }
    ThreadCount threads() const { return m_threads; }

    /// The months, rising: the last is covers_to, the others are month ends that the extract covers.
    const std::vector<Day>& dates() const { return m_states.dates; }
    const States& states() const { return m_states; }
    const TrackerTable& tracker() const { return m_tracker; }
    /// Everywhere a figure may be about: see places_of.
    const std::vector<Place>& places() const { return m_places; }

    /// The place of a month `2018-10` in dates(); nothing when it is not covered.
    std::optional<std::size_t> find_month(std::string_view month) const;
    /// Whether figures of one of places() leave the organisation: see places_that_leave.
    bool leaves(const Place& place) const {
        return m_leaves[static_cast<std::size_t>(&place - m_places.data())];
    }
    /// `organisation`, `service:S0006`, …: as place_key writes them.
    const Place* find_place(std::string_view key) const;

    const ServiceDataTable& service_data(std::size_t date) const;
    /// Flows of places() from the month before; there is one for every month but the first.
    const std::vector<FlowTable>& flows(std::size_t date) const;

    /// The tracker of all places() of a month as it may leave the organisation; all is hidden of places that
    /// do not.
    const std::vector<DisclosedTrackerCell>& disclosed_tracker(std::size_t date) const;

    /// How many people of the newest month would stand elsewhere under each alternative; these are always the
    /// same ones, so that the first call's answer is kept. Others are answered meanwhile.
    const std::vector<SensitivityRow>& sensitivity(const std::vector<PolicyAlternative>& alternatives) const;

    /// All measures of all services at dates(): made when first asked for.
    const MeasureGrid& measures() const;

    /// Everybody of the work lists of a month (priority/picture). Made when it is asked for and kept while it
    /// is among the last most_pictures months that were; other months are answered meanwhile.
    std::shared_ptr<const Pictures> pictures(std::size_t date) const;

    /// An opaque name of a client for URLs and the audit log: the same in every process on the store, and of
    /// no use without its secret.
    std::string reference_of(ClientPlace client) const;
    std::optional<ClientPlace> find_reference(std::string_view reference) const;

    /// The last day whose reviews count on the lists of a month: the next month's reference date; nothing for
    /// the newest, on which every later review counts.
    OptionalDay reviews_to(std::size_t date) const {
        return date + 1 < dates().size() ? OptionalDay(dates()[date + 1]) : OptionalDay{};
    }

    /// The client's state at a date; nothing when not in MAT then.
    const State* state_of(ClientPlace client, std::size_t date) const;

  private:
    /// The pictures of one month, once they are made.
    struct KeptPictures {
        std::size_t date;
        std::mutex mutex;  ///< held while they are made
        std::shared_ptr<const Pictures> pictures;
    };
    std::shared_ptr<KeptPictures> kept_pictures(std::size_t date) const;

    SnapshotInfo m_info;
    Extract m_extract;
    CheckReport m_report;
    Policy m_policy;
    Provenance m_provenance;
    ThreadCount m_threads;
    States m_states;
    TrackerTable m_tracker;
    std::vector<Place> m_places;
    std::vector<bool> m_leaves;  ///< by place
    std::map<std::string, std::size_t, std::less<>> m_place_by_key;
    std::vector<std::vector<std::string>> m_references;  ///< [chunk][client]
    std::unordered_map<std::string, ClientPlace> m_by_reference;

    mutable std::mutex m_mutex;  ///< of what is made on first use
    mutable std::map<std::size_t, std::unique_ptr<ServiceDataTable>> m_service_data;
    mutable std::map<std::size_t, std::unique_ptr<std::vector<FlowTable>>> m_flows;
    mutable std::map<std::size_t, std::unique_ptr<std::vector<DisclosedTrackerCell>>> m_disclosed;

    mutable std::mutex m_measures_mutex;  ///< of its own, for it takes long
    mutable std::unique_ptr<MeasureGrid> m_measures;

    mutable std::mutex m_pictures_mutex;
    mutable std::vector<std::shared_ptr<KeptPictures>> m_pictures;  ///< asked for last, first

    mutable std::mutex m_sensitivity_mutex;  ///< of its own, for it takes long
    mutable std::optional<std::vector<SensitivityRow>> m_sensitivity;
};

/// `organisation`, `region:North`, `service:S0006`: names a place in URLs, the API and the audit log.
std::string place_key(const Place& place);

/// `2018-10`, also of a part-month.
std::string month_key(Day day);

}  // namespace optimat
