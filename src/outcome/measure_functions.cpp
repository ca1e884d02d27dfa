#include "outcome/measure_finders.hpp"

#include <algorithm>

namespace optimat {

namespace {

using enum MeasureBasis;

constexpr std::string_view tracker_parts[] = {
    "red", "amber", "green", "grey", "mat2_unbanded", "mat3_unbanded", "mat1", "mat4", "uncategorised"};
constexpr std::string_view dose_parts[] = {"red",           "amber",         "green", "grey",
                                           "mat2_unbanded", "mat3_unbanded", "mat1",  "mat4",
                                           "uncategorised", "other"};
constexpr std::string_view supervision_parts[] = {"supervised", "unsupervised", "not_recorded", "injection"};
constexpr std::string_view naloxone_parts[] = {"mat2_supplied", "mat2_not_supplied", "other_supplied",
                                               "other_not_supplied"};
constexpr std::string_view change_parts[] = {"abstinent",        "less",          "same",     "more",
                                             "none_then_or_now", "started_using", "not_known"};
constexpr std::string_view induction_parts[] = {"completed", "dropped_out", "died", "transferred",
                                                "too_early"};
constexpr std::string_view medicine_parts[] = {"methadone",
                                               "buprenorphine",
                                               "buprenorphine_lyophilisate",
                                               "buprenorphine_weekly",
                                               "buprenorphine_monthly",
                                               "buprenorphine_sublocade",
                                               "other",
                                               "not_known"};
constexpr std::string_view entry_dose_parts[] = {"methadone",
                                                 "buprenorphine",
                                                 "buprenorphine_lyophilisate",
                                                 "buprenorphine_weekly",
                                                 "buprenorphine_monthly",
                                                 "buprenorphine_sublocade",
                                                 "other",
                                                 "not_known",
                                                 "too_early"};
constexpr std::string_view band_parts[] = {"below", "at_or_above", "unknown"};
constexpr std::string_view return_parts[] = {"returned", "not_returned", "died", "too_early"};
constexpr std::string_view re_induction_parts[] = {"re_induction", "first_known", "too_little_history"};
constexpr std::string_view spell_course_parts[] = {"dropped_out", "planned", "died", "transferred",
                                                   "running"};
constexpr std::string_view retention_parts[] = {"retained", "planned",     "dropped_out",
                                                "died",     "transferred", "too_early"};
constexpr std::string_view detox_parts[] = {
    "completed", "ended_early", "died", "returned_to_maintenance", "over_three_months", "too_early"};
constexpr std::string_view detox_use_parts[] = {"used", "no_use", "no_evidence", "too_early"};
constexpr std::string_view detox_setting_parts[] = {"inpatient", "community", "not_recorded", "too_early"};
constexpr std::string_view restart_parts[] = {"restarted", "not_restarted", "died", "too_early"};
constexpr std::string_view support_parts[] = {"supported", "not_supported", "died", "too_early"};
constexpr std::string_view completion_parts[] = {
    "completed", "in_treatment", "completed_with_mat", "left_unplanned", "transferred", "died", "other"};
constexpr std::string_view re_presentation_parts[] = {"re_presented", "not_re_presented", "died"};
constexpr std::string_view exit_parts[] = {"re_presented", "not_re_presented", "returned_later", "too_early"};
constexpr std::string_view discharge_parts[] = {"planned", "unplanned",  "transferred",
                                                "died",    "in_custody", "not_recorded"};
constexpr std::string_view waiting_parts[] = {"within_21_days", "over_21_days", "not_recorded"};
constexpr std::string_view prescription_wait_parts[] = {
    "same_day", "day_1",         "day_2",   "day_3",          "day_4_to_5",
    "over_5",   "never_started", "not_yet", "already_in_mat", "too_early"};
constexpr std::string_view continuity_parts[] = {"day_1", "day_3", "day_7",    "day_21",
                                                 "later", "died",  "too_early"};
constexpr std::string_view harm_parts[] = {"death_in_mat",           "overdose_in_mat", "death_after_leaving",
                                           "overdose_after_leaving", "elsewhere",       "in_mat",
                                           "after_leaving"};
constexpr std::string_view leaving_parts[] = {"supplied", "not_supplied", "died"};

constexpr auto none = MeasureUnit::none;
constexpr auto micrograms = MeasureUnit::micrograms;
constexpr auto days = MeasureUnit::days;
constexpr auto working_days = MeasureUnit::working_days;

// To add a measure: a finder, a line here, its words in definitions/measures.toml, a file in spec/outcome.
constexpr MeasureFunction functions[] = {
    {"tracker", "cohort", date, none, tracker_parts, find_tracker},
    {"methadone_dose", "dose/current", date, micrograms, dose_parts, find_methadone_dose},
    {"buprenorphine_dose", "dose/current", date, micrograms, dose_parts, find_buprenorphine_dose},
    {"supervision", "supervision/rate", date, none, supervision_parts, find_supervision},
    {"induction", "induction", cohort, none, induction_parts, find_induction},
    {"induction_dose", "induction", cohort, micrograms, medicine_parts, find_induction_dose},
    {"induction_band", "induction", cohort, none, band_parts, find_induction_band},
    {"induction_return", "induction", cohort, none, return_parts, find_induction_return},
    {"re_induction", "induction", cohort, none, re_induction_parts, find_re_induction},
    {"spell_course", "outcome/retention", cohort, days, spell_course_parts, find_spell_course},
    {"detoxification", "detoxification", cohort, none, detox_parts, find_detoxification},
    {"detox_entry_dose", "detoxification", cohort, micrograms, entry_dose_parts, find_detox_entry_dose},
    {"detox_use", "detoxification", cohort, none, detox_use_parts, find_detox_use},
    {"detox_setting", "detoxification", cohort, none, detox_setting_parts, find_detox_setting},
    {"detox_restart", "detoxification", cohort, none, restart_parts, find_detox_restart},
    {"detox_support", "detoxification", cohort, none, support_parts, find_detox_support},
    {"detox_naloxone", "detoxification", cohort, none, support_parts, find_detox_naloxone},
    {"detox_check_up", "detoxification", cohort, none, support_parts, find_detox_check_up},
    {"successful_completion", "outcome/successful-completion", window, none, completion_parts,
     find_successful_completion},
    {"re_presentation", "outcome/re-presentation", window, none, re_presentation_parts, find_re_presentation},
    {"exits", "outcome/re-presentation", cohort, days, exit_parts, find_exits},
    {"waiting", "outcome/waiting", cohort, days, waiting_parts, find_waiting},
    {"prescription_wait", "outcome/waiting", cohort, working_days, prescription_wait_parts,
     find_prescription_wait},
    {"retention", "outcome/retention", cohort, none, retention_parts, find_retention},
    {"discharges", "outcome/retention", cohort, none, discharge_parts, find_discharges},
    {"change_in_use", "outcome/change", date, none, change_parts, find_change_in_use},
    {"continuity", "outcome/continuity", cohort, none, continuity_parts, find_continuity},
    {"harm", "outcome/harm", window, days, harm_parts, find_harm},
    {"naloxone", "naloxone", date, none, naloxone_parts, find_naloxone},
    {"naloxone_leaving", "naloxone", cohort, none, leaving_parts, find_naloxone_leaving},
};

constexpr std::string_view basis_texts[] = {"date", "window", "cohort"};
constexpr std::string_view unit_texts[] = {"none", "micrograms", "days", "working_days"};

}  // namespace

std::string_view text_of(MeasureBasis basis) { return basis_texts[static_cast<std::size_t>(basis)]; }
std::string_view text_of(MeasureUnit unit) { return unit_texts[static_cast<std::size_t>(unit)]; }

std::optional<std::uint8_t> MeasureFunction::part(std::string_view part_name) const {
    const auto found = std::ranges::find(parts, part_name);
    if (found == parts.end()) return std::nullopt;
    return static_cast<std::uint8_t>(found - parts.begin());
}

std::span<const MeasureFunction> measure_functions() { return functions; }

const MeasureFunction* find_measure_function(std::string_view name) {
    const auto found = std::ranges::find(functions, name, &MeasureFunction::name);
    return found == std::end(functions) ? nullptr : found;
}

}  // namespace optimat
