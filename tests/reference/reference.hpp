#pragma once

// The reference classifier: the rules of who is in MAT, on what, in which stage, done as slowly and plainly
// as they read. It exists to disagree with the engine when the engine is wrong, so it shares no code with it:
// own reading, own dates, own thresholds. It is meant for extracts of some hundred clients; its cost is
// reference dates x clients x days of history x prescriptions.

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

/// Whether a dose exactly on the guideline threshold is at_or_above (inclusive) or below (exclusive).
/// dose/band
enum class ReferenceComparator { inclusive, exclusive };

/// Which of the evidence of the last three months decides: that of the 28 days up to the latest, that of the
/// latest day, or any. evidence/on-top
enum class ReferenceEvidence { recall_28, latest, any_use };

/// One family of MAT medicines; its place in ReferencePolicy::families is its rank in dose/current.
struct ReferenceFamily {
    std::string name;
    std::optional<long> threshold_micrograms;  ///< none: its band is always unknown
    std::optional<long> tolerance_micrograms;  ///< smallest rise or fall; none: never compared
    int tolerated_gap_days;                    ///< uncovered days that do not end a spell
};

/// Every value the rules leave to policy, as measures.md gives it by default.
struct ReferencePolicy {
    ReferenceComparator comparator = ReferenceComparator::inclusive;
    ReferenceEvidence evidence = ReferenceEvidence::recall_28;
    int induction_days = 28;        ///< last spell day of MAT1
    int evidence_months = 3;        ///< how far back evidence counts
    int recall_days = 28;           ///< length of the window that ends on the latest evidence
    int comparison_days = 28;       ///< how far back the derived regime looks
    int detox_months = 3;           ///< longest detoxification
    int censoring_days = 4;         ///< a spell that starts this soon after the data begin is censored
    int on_mat_at_start_days = 28;  ///< oldest start of an episode whose on_mat_at_start counts
    std::vector<ReferenceFamily> families = {
        {"methadone", 60'000, 1'000, 4},
        {"buprenorphine", 12'000, 400, 4},
        {"buprenorphine_lyophilisate", 10'000, 400, 4},
        {"buprenorphine_weekly", 24'000, 8'000, 4},
        {"buprenorphine_monthly", 96'000, 32'000, 7},
        {"buprenorphine_sublocade", 100'000, std::nullopt, 14},
        {"other", std::nullopt, std::nullopt, 4},
    };
};

/// One client in MAT on one reference date: a row of `optimat states`.
struct ReferenceState {
    std::string as_at;  ///< YYYY-MM-DD
    std::string client_id;
    std::string service_id;               ///< that of the leading prescription
    std::string stage;                    ///< MAT1 | MAT2 | MAT3 | MAT4 | uncategorised
    std::string cohort;                   ///< red | amber | green | grey | "" (none)
    std::string medicine;                 ///< name of the family
    std::optional<long> dose_micrograms;  ///< none: not known
    std::string band;                     ///< below | at_or_above | unknown
    std::string regime;                   ///< increasing | reducing | static | detox | unknown
    int spell_day = 0;                    ///< 1 on the spell's first covered day
    bool spell_censored = false;
    std::string prescription_id{};  ///< of the prescription that leads; not in the CSV

    bool operator==(const ReferenceState&) const = default;
};

/// The state of every client in MAT on each date, ordered by date and then client_id (bytes). `extract` is a
/// folder in the input contract without a mapping. Throws std::runtime_error where a required file, column or
/// the key covers_from is missing; a date twice in `as_at` counts once.
std::vector<ReferenceState> reference_states(const std::filesystem::path& extract,
                                             const std::vector<std::chrono::year_month_day>& as_at,
                                             const ReferencePolicy& policy = {});

/// The rows as the CSV that `optimat states` prints, header first, lines ending with LF.
std::string states_csv(const std::vector<ReferenceState>& states);

/// People on a medicine with a known dose, and their doses' sum: the mean's two halves.
struct ReferenceDoses {
    long people = 0;
    long micrograms = 0;

    bool operator==(const ReferenceDoses&) const = default;
};

/// One column of the service tracker: the people of one group on one reference date. in_mat is the sum of the
/// others.
struct ReferenceTrackerRow {
    std::string as_at;
    std::string scope;  ///< service | region | area | peer_group | organisation
    std::string name;   ///< service_id, name of the region, area or peer group; "" for the organisation
    long in_mat = 0;
    long mat1 = 0;
    long mat4 = 0;
    long red = 0;
    long amber = 0;
    long green = 0;
    long grey = 0;
    long mat2_unbanded = 0;
    long mat3_unbanded = 0;
    long uncategorised = 0;
    /// Doses per stack: red, amber, green, grey, and `maintained` (MAT2, MAT3 and uncategorised). A stack
    /// that nobody with a known dose is in is absent. Buprenorphine is sublingual tablets only.
    std::map<std::string, ReferenceDoses> methadone;
    std::map<std::string, ReferenceDoses> buprenorphine;

    bool operator==(const ReferenceTrackerRow&) const = default;
};

/// The service tracker of each date, ordered by date, scope in the order above, name (bytes). A group without
/// anybody in MAT on that date has no row, except the organisation. People of a service that services.csv
/// does not list, or that has no region, area or peer group recorded, count in no region, area or peer group.
std::vector<ReferenceTrackerRow> reference_tracker(const std::filesystem::path& extract,
                                                   const std::vector<std::chrono::year_month_day>& as_at,
                                                   const ReferencePolicy& policy = {});

/// YYYY-MM-DD as a date between 1900-01-01 and 9999-12-31; none for anything else.
std::optional<std::chrono::year_month_day> reference_date(const std::string& text);
std::string reference_date_text(std::chrono::year_month_day date);

}  // namespace optimat
