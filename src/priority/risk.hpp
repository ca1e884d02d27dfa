#pragma once
// The risk picture of one person: each factor that raises the danger of an overdose, present, absent or
// unknown, with the record that says so and those that say otherwise. Never a probability, never one number.
// Pure. Rule priority/1; factors of source 000 section 6.1.3.

#include "model/policy.hpp"
#include "stage/classify.hpp"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace optimat {

enum class RiskFactor : std::uint8_t {
    on_top_use,
    injecting,
    depressant_or_alcohol,
    recent_overdose,
    lowered_tolerance,
    potent_opioids,
    acute_housing,
    physical_health,
    suicidal_thoughts
};
constexpr std::size_t risk_factor_count = 9;
std::string_view text_of(RiskFactor factor);    ///< `on_top_use`, in files, URLs and the API
std::string_view words_for(RiskFactor factor);  ///< `use on top`

/// Unknown is not absent: nothing recorded in its time says either.
enum class Presence : std::uint8_t { unknown, absent, present };
std::string_view text_of(Presence presence);

/// Where a finding comes from. `cover` is the client's own prescriptions and missed pick-ups taken together.
enum class RiskSource : std::uint8_t { top, drug_screen, risk_profile, event, cover };
std::string_view
words_for(RiskSource source);  ///< `TOP`, `drug screen`, `risk profile`, `event`, `prescriptions`

/// One record that says something of one factor.
struct RiskFinding {
    RiskFactor factor;
    RiskSource source;
    bool present;  ///< it says yes
    Day day;
    std::uint32_t row;  ///< in its table; of `cover` and on the last of its days: the number of days in a row
    friend bool operator==(const RiskFinding&, const RiskFinding&) = default;
};

/// What is known of one factor on the reference date.
struct FactorPicture {
    Presence presence = Presence::unknown;
    std::optional<RiskFinding> deciding;  ///< nothing: unknown
    std::optional<RiskFinding> conflict;  ///< the latest within its time that says otherwise
};

using RiskPicture = std::array<FactorPicture, risk_factor_count>;
/// How many factors are so.
int count_of(const RiskPicture& risk, Presence presence);

/// Released from prison, or discharged from hospital or rehab: tolerance may be lower.
bool is_release(EventKind kind);

/// Reads the risk of one chunk's clients.
class RiskReader {
  public:
    RiskReader(const Chunk& chunk, const Policy& policy);

    /// Every finding within its time on the day, by factor, then by day, then by source and row. `timeline`
    /// and `evidence` (all of it) are the client's; `spell` is the one that the client is in on the day
    /// (null: not in MAT, and then evidence counts whatever the spell). On-top use: what the rule
    /// evidence/on-top looks at. Others: TOPs of any stage and screens, not in a secure setting; risk
    /// profiles; events; days without medicine, those before the first cover ever left out. What says no
    /// counts for PriorityPolicy::absence_months only, what says yes for its own window. A TOP says no to
    /// depressants or alcohol when both numbers of days are recorded and below their thresholds; a screen
    /// when all three substances are negative.
    std::span<const RiskFinding> read(std::uint32_t client, Day as_at, const Timeline& timeline,
                                      const Spell* spell, std::span<const Evidence> evidence);

  private:
    struct Windows;
    void add(RiskFactor factor, RiskSource source, bool present, Day day, std::uint32_t row);
    void read_evidence(const Windows& windows, const Spell* spell, std::span<const Evidence> evidence);
    void read_profiles(std::uint32_t client, const Windows& windows);
    void read_tops(std::uint32_t client, const Windows& windows);
    void read_screens(std::uint32_t client, const Windows& windows);
    void read_events(std::uint32_t client, const Windows& windows);
    void read_cover(const Windows& windows, const Timeline& timeline);

    const Chunk& m_chunk;
    const Policy& m_policy;
    std::vector<RiskFinding> m_findings;
    std::vector<Day> m_missed;
};

/// What findings say. On-top use: as the rule evidence/on-top decides. Others: an event, or days without
/// medicine, within its time is always present; otherwise the latest finding decides, present before absent
/// on one day.
RiskPicture risk_picture(std::span<const RiskFinding> findings, const Policy& policy);

}  // namespace optimat
