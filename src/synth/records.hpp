#pragma once
// The rows of one client, ready to be written: what the extract's files hold, field by field
// (docs/extract.md). Faults of single rows stand here too, because they are faults of writing: see
// defects.hpp.

#include "base/day.hpp"
#include "model/codes.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat::synth {

/// How the dates of a row are written; only planted faults are not iso.
enum class DateForm : std::uint8_t { iso, day_month_year };

struct ClientRow {
    int year_of_birth = 1980;
    Sex sex = Sex::not_recorded;
    OptionalDay in_treatment_since = {};
    Flag children_in_household = Flag::not_recorded, safe_storage = Flag::not_recorded;
};

struct EpisodeRow {
    std::uint16_t service = 0;
    OptionalDay referral_date = {}, presentation_date = {};
    Day start_date = {};
    OptionalDay end_date = {};
    EndReason end_reason = EndReason::not_recorded;
    int keyworker = 0, team = 0;
    EpisodeSource source = EpisodeSource::community;
    bool shared_care = false;
    Flag on_mat_at_start = Flag::not_recorded;
    Phase phase = Phase::not_recorded;
    std::string_view service_text = {};  ///< in place of the service's id; only a planted fault
};

struct PrescriptionRow {
    std::uint16_t service = 0;
    int prescriber = 0, pharmacy = 0;
    Medicine medicine = Medicine::methadone;
    int dose = 0;  ///< tenths of a milligram
    Day start_date = {};
    OptionalDay end_date = {};
    RecordedRegime regime = RecordedRegime::not_recorded;
    std::optional<int> target_dose = {};  ///< tenths of a milligram
    OptionalDay target_date = {}, plan_start = {};
    Collection collection = Collection::not_recorded;
    Supervision supervision = Supervision::not_recorded;
    PlanReason plan_reason = PlanReason::not_recorded;
    // Only planted faults:
    std::string_view dose_text = {}, millilitres = {}, strength = {};  ///< in place of the dose
    bool of_unknown_client = false;  ///< carries an id that clients.csv has not
    DateForm start_form = DateForm::iso;
    int repeats_number_of = -1;  ///< carries the prescription_id of that row of the client
};

/// The day counts of a TOP, in the order of the file; opiate_days stands third.
constexpr std::size_t top_day_count = 15;
enum TopDays : std::uint8_t {
    alcohol_days,
    opiate_days,
    crack_days,
    cocaine_days,
    amphetamine_days,
    cannabis_days,
    benzodiazepine_days,
    other_days,
    tobacco_days,
    injecting_days,
    shoplifting_days,
    selling_days,
    paid_work_days,
    volunteering_days,
    education_days
};
enum TopFlags : std::uint8_t {
    sharing,
    other_theft,
    assault,
    acute_housing_problem,
    unsuitable_housing,
    eviction_risk
};
enum TopScales : std::uint8_t { psychological_health, physical_health, quality_of_life };

struct TopRow {
    Day date = {};
    TopStage stage = TopStage::review;
    Setting setting = Setting::community;
    std::array<std::optional<int>, top_day_count> days{};
    std::optional<int> alcohol_units = {};
    std::array<Flag, 6> flags{};
    std::array<std::optional<int>, 3> scales{};
    std::string_view other_substance = {};
    DateForm date_form = DateForm::iso;
};

/// Results of a screen, in the order of the file.
constexpr std::size_t screen_result_count = 11;
enum ScreenResults : std::uint8_t {
    illicit_opioid,
    fentanyl_or_nitazene,
    screen_methadone,
    screen_buprenorphine,
    screen_cocaine,
    screen_benzodiazepine,
    screen_amphetamine,
    screen_cannabis,
    screen_synthetic_cannabinoid,
    screen_alcohol,
    screen_gabapentinoid
};

struct ScreenRow {
    Day date = {};
    Sample sample = Sample::urine;
    Setting setting = Setting::community;
    std::array<ScreenResult, screen_result_count> results{};
};

struct RiskProfileRow {
    Day date = {};
    std::array<Flag, 8> factors{};  ///< in the order of the file
};

struct AsciRow {
    Day date = {};
    int completed_by = 0;  ///< a prescriber of the service
    std::uint16_t service = 0;
    bool supervised_before = false, supervised_after = false;
    std::array<bool, 3>
        items{};  ///< diverted_this_episode, vulnerable_to_exploitation, regular_opioid_use_28d
};

struct EventRow {
    Day date = {};
    EventKind kind = EventKind::keywork;
    std::string_view detail = {};
    std::uint16_t service = 0;
    std::string_view kind_text = {};  ///< in place of the kind; only a planted fault
};

/// Everything of one client. Rows of each file are in order of date.
struct ClientRecords {
    ClientRow client;
    std::vector<EpisodeRow> episodes;
    std::vector<PrescriptionRow> prescriptions;
    std::vector<TopRow> tops;
    std::vector<ScreenRow> screens;
    std::vector<RiskProfileRow> risk_profiles;
    std::vector<AsciRow> ascis;
    std::vector<EventRow> events;

    /// Empties it and keeps the memory for the next client.
    void clear() {
        client = {};
        episodes.clear();
        prescriptions.clear();
        tops.clear();
        screens.clear();
        risk_profiles.clear();
        ascis.clear();
        events.clear();
    }
};

}  // namespace optimat::synth
