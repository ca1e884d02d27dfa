#pragma once
// The code lists of the extract. An enumerator's name is the code's text in files, TOML, SQL and pages; the
// first value of each is `not_recorded`, whose text is empty. Values are stored in snapshots: append only,
// never renumber.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace optimat {

/// One code list: `texts[value]` is the text of an enumerator; texts[0] is empty (not recorded).
struct CodeList {
    std::string_view name;
    std::span<const std::string_view> texts;
    /// The code that stands for every text that is not in the list, where the contract keeps such rows; else
    /// 0.
    std::uint8_t unlisted = 0;
};

enum class Flag : std::uint8_t { not_recorded, no, yes };

enum class Sex : std::uint8_t { not_recorded, female, male, other, not_known };

enum class ServiceKind : std::uint8_t { not_recorded, community, prison, inpatient, shared_care };

enum class EndReason : std::uint8_t {
    not_recorded,
    completed_drug_free,
    completed_alcohol_free,
    completed_occasional_user,
    transferred_not_in_custody,
    transferred_in_custody,
    dropped_out,
    withdrawn_by_provider,
    retained_in_custody,
    declined_by_client,
    died,
    other
};

enum class EpisodeSource : std::uint8_t { not_recorded, community, prison, police_custody, hospital, other };

enum class Phase : std::uint8_t {
    not_recorded,
    outreach,
    assessment,
    engagement,
    behaviour_change,
    early_recovery,
    sustained_recovery
};

/// What is prescribed. Those up to diamorphine are MAT medicines; the rest are accepted and are not.
enum class Medicine : std::uint8_t {
    not_recorded,
    methadone,
    buprenorphine,
    buprenorphine_naloxone,
    buprenorphine_lyophilisate,
    buprenorphine_weekly,
    buprenorphine_monthly,
    buprenorphine_sublocade,
    morphine_sr,
    dihydrocodeine,
    diamorphine,
    diazepam,
    naltrexone,
    lofexidine,
    other_medicine
};

/// Medicines whose doses share a scale, in the order in which one is a client's medicine (rule dose/current).
enum class Family : std::uint8_t {
    methadone,
    buprenorphine,
    buprenorphine_lyophilisate,
    buprenorphine_weekly,
    buprenorphine_monthly,
    buprenorphine_sublocade,
    other,
    not_mat
};
constexpr std::size_t family_count = 7;  ///< of MAT medicines

enum class RecordedRegime : std::uint8_t { not_recorded, increasing, stable, reducing, detox };

enum class Collection : std::uint8_t {
    not_recorded,
    supervised_daily,
    daily,
    six_a_week,
    three_a_week,
    two_a_week,
    weekly,
    fortnightly,
    administered
};

enum class Supervision : std::uint8_t { not_recorded, all, some, none };

enum class PlanReason : std::uint8_t {
    not_recorded,
    client_request,
    client_request_against_advice,
    clinical,
    discharge,
    provider
};

enum class TopStage : std::uint8_t { not_recorded, start, review, exit, post_exit };
enum class Setting : std::uint8_t { not_recorded, community, secure };
enum class Sample : std::uint8_t { not_recorded, urine, oral_fluid, blood, other };
enum class ScreenResult : std::uint8_t { not_recorded, positive, negative, inconclusive };

enum class EventKind : std::uint8_t {
    not_recorded,
    death,
    overdose_non_fatal,
    prison_release,
    hospital_discharge,
    rehab_discharge,
    naloxone_supplied,
    medical_review,
    medical_review_due,
    high_dose_acknowledged,
    non_formulary_approved,
    inpatient_admission,
    rehab_admission,
    bbv_vaccination,
    keywork,
    psychosocial,
    contingency_reward,
    mutual_aid,
    recovery_support,
    housing_support,
    employment_support,
    bbv_test,
    injecting_risk_assessment,
    wound_care,
    needle_supply,
    advocacy_offer,
    mental_health_assessment,
    trauma_screen,
    missed_pickup,
    high_risk_notified,
    high_risk_contacted,
    safeguarding,
    drug_alert,
    unlisted_kind
};

namespace codes {
extern const CodeList sex, service_kind, end_reason, episode_source, phase, medicine, regime, collection,
    supervision, plan_reason, top_stage, setting, sample, screen_result, event_kind;
}  // namespace codes

/// The family of each medicine; `not_mat` for what is not a MAT medicine.
constexpr std::array<Family, 15> family_of_medicine = {Family::not_mat,
                                                       Family::methadone,
                                                       Family::buprenorphine,
                                                       Family::buprenorphine,
                                                       Family::buprenorphine_lyophilisate,
                                                       Family::buprenorphine_weekly,
                                                       Family::buprenorphine_monthly,
                                                       Family::buprenorphine_sublocade,
                                                       Family::other,
                                                       Family::other,
                                                       Family::other,
                                                       Family::not_mat,
                                                       Family::not_mat,
                                                       Family::not_mat,
                                                       Family::not_mat};
constexpr Family family_of(Medicine medicine) {
    return family_of_medicine[static_cast<std::size_t>(medicine)];
}
constexpr bool is_mat(Medicine medicine) { return family_of(medicine) != Family::not_mat; }
constexpr bool is_injection(Family family) {
    return family == Family::buprenorphine_weekly || family == Family::buprenorphine_monthly ||
           family == Family::buprenorphine_sublocade;
}

/// `methadone`, `buprenorphine`, … as in the medicine column of the states.
std::string_view text_of(Family family);
/// Words for people: `methadone`, `buprenorphine tablets`, `weekly buprenorphine injection`, …
std::string_view words_for(Family family);

template <class Code> constexpr std::string_view text_of(const CodeList& list, Code value) {
    return list.texts[static_cast<std::size_t>(value)];
}

}  // namespace optimat
