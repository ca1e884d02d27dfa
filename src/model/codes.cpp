#include "model/codes.hpp"

namespace optimat {

namespace {

using Text = std::string_view;

constexpr Text sex_texts[] = {"", "female", "male", "other", "not_known"};
constexpr Text service_kind_texts[] = {"", "community", "prison", "inpatient", "shared_care"};
constexpr Text end_reason_texts[] = {"",
                                     "completed_drug_free",
                                     "completed_alcohol_free",
                                     "completed_occasional_user",
                                     "transferred_not_in_custody",
                                     "transferred_in_custody",
                                     "dropped_out",
                                     "withdrawn_by_provider",
                                     "retained_in_custody",
                                     "declined_by_client",
                                     "died",
                                     "other"};
constexpr Text episode_source_texts[] = {"", "community", "prison", "police_custody", "hospital", "other"};
constexpr Text phase_texts[] = {
    "", "outreach", "assessment", "engagement", "behaviour_change", "early_recovery", "sustained_recovery"};
constexpr Text medicine_texts[] = {"",
                                   "methadone",
                                   "buprenorphine",
                                   "buprenorphine_naloxone",
                                   "buprenorphine_lyophilisate",
                                   "buprenorphine_weekly",
                                   "buprenorphine_monthly",
                                   "buprenorphine_sublocade",
                                   "morphine_sr",
                                   "dihydrocodeine",
                                   "diamorphine",
                                   "diazepam",
                                   "naltrexone",
                                   "lofexidine",
                                   "other_medicine"};
constexpr Text regime_texts[] = {"", "increasing", "stable", "reducing", "detox"};
constexpr Text collection_texts[] = {"",           "supervised_daily", "daily",
                                     "six_a_week", "three_a_week",     "two_a_week",
                                     "weekly",     "fortnightly",      "administered"};
constexpr Text supervision_texts[] = {"", "all", "some", "none"};
constexpr Text plan_reason_texts[] = {"",         "client_request", "client_request_against_advice",
                                      "clinical", "discharge",      "provider"};
constexpr Text top_stage_texts[] = {"", "start", "review", "exit", "post_exit"};
constexpr Text setting_texts[] = {"", "community", "secure"};
constexpr Text sample_texts[] = {"", "urine", "oral_fluid", "blood", "other"};
constexpr Text screen_result_texts[] = {"", "positive", "negative", "inconclusive"};
constexpr Text event_kind_texts[] = {"",
                                     "death",
                                     "overdose_non_fatal",
                                     "prison_release",
                                     "hospital_discharge",
                                     "rehab_discharge",
                                     "naloxone_supplied",
                                     "medical_review",
                                     "medical_review_due",
                                     "high_dose_acknowledged",
                                     "non_formulary_approved",
                                     "inpatient_admission",
                                     "rehab_admission",
                                     "bbv_vaccination",
                                     "keywork",
                                     "psychosocial",
                                     "contingency_reward",
                                     "mutual_aid",
                                     "recovery_support",
                                     "housing_support",
                                     "employment_support",
                                     "bbv_test",
                                     "injecting_risk_assessment",
                                     "wound_care",
                                     "needle_supply",
                                     "advocacy_offer",
                                     "mental_health_assessment",
                                     "trauma_screen",
                                     "missed_pickup",
                                     "high_risk_notified",
                                     "high_risk_contacted",
                                     "safeguarding",
                                     "drug_alert",
                                     "unlisted_kind"};

constexpr Text family_texts[] = {"methadone",
                                 "buprenorphine",
                                 "buprenorphine_lyophilisate",
                                 "buprenorphine_weekly",
                                 "buprenorphine_monthly",
                                 "buprenorphine_sublocade",
                                 "other",
                                 ""};
constexpr Text family_words[] = {"methadone",
                                 "buprenorphine tablets",
                                 "buprenorphine oral lyophilisate",
                                 "weekly buprenorphine injection",
                                 "monthly buprenorphine injection",
                                 "Sublocade buprenorphine injection",
                                 "another opioid medicine",
                                 "a medicine that is not MAT"};

static_assert(std::size(medicine_texts) == family_of_medicine.size());
static_assert(std::size(event_kind_texts) == static_cast<std::size_t>(EventKind::unlisted_kind) + 1);
static_assert(std::size(end_reason_texts) == static_cast<std::size_t>(EndReason::other) + 1);

}  // namespace

namespace codes {
const CodeList sex{"sex", sex_texts};
const CodeList service_kind{"kind", service_kind_texts};
const CodeList end_reason{"end_reason", end_reason_texts};
const CodeList episode_source{"source", episode_source_texts};
const CodeList phase{"phase", phase_texts};
const CodeList medicine{"medicine", medicine_texts, static_cast<std::uint8_t>(Medicine::other_medicine)};
const CodeList regime{"regime", regime_texts};
const CodeList collection{"collection", collection_texts};
const CodeList supervision{"supervision", supervision_texts};
const CodeList plan_reason{"plan_reason", plan_reason_texts};
const CodeList top_stage{"stage", top_stage_texts};
const CodeList setting{"setting", setting_texts};
const CodeList sample{"sample", sample_texts};
const CodeList screen_result{"result", screen_result_texts};
const CodeList event_kind{"kind", event_kind_texts, static_cast<std::uint8_t>(EventKind::unlisted_kind)};
}  // namespace codes

std::string_view text_of(Family family) { return family_texts[static_cast<std::size_t>(family)]; }
std::string_view words_for(Family family) { return family_words[static_cast<std::size_t>(family)]; }

}  // namespace optimat
