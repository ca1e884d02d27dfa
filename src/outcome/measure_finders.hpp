#pragma once
// The finders behind measure_functions(): one a function, grouped in sources by what they look at. What they
// do is said by the rule that the function names. Parts are appended by their place in the enums here, which
// are the functions' parts in order.

#include "outcome/client_course.hpp"

namespace optimat {

using Items = std::vector<MeasureItem>;

// People as they stand (standing.cpp). Parts of `tracker`: TrackerGroup; the dose functions have one part
// more for people not on the medicine or without a known dose.
void find_tracker(ClientCourse& client, const MeasureTime& time, Items& items);
void find_methadone_dose(ClientCourse& client, const MeasureTime& time, Items& items);
void find_buprenorphine_dose(ClientCourse& client, const MeasureTime& time, Items& items);
enum class SupervisionPart : std::uint8_t { supervised, unsupervised, not_recorded, injection };
void find_supervision(ClientCourse& client, const MeasureTime& time, Items& items);
enum class NaloxonePart : std::uint8_t {
    mat2_supplied,
    mat2_not_supplied,
    other_supplied,
    other_not_supplied
};
void find_naloxone(ClientCourse& client, const MeasureTime& time, Items& items);

// Inductions (induction.cpp): spells that start in the time and are not censored.
/// Too early until nobody who lapsed by day 28 can still be within the days that their medicine tolerates.
enum class InductionPart : std::uint8_t { completed, dropped_out, died, transferred, too_early };
void find_induction(ClientCourse& client, const MeasureTime& time, Items& items);
/// Of completed inductions, by Family in its order, then `not_known`; value: dose on day 28.
void find_induction_dose(ClientCourse& client, const MeasureTime& time, Items& items);
/// Of completed inductions, by Band in its order.
void find_induction_band(ClientCourse& client, const MeasureTime& time, Items& items);
enum class ReturnPart : std::uint8_t { returned, not_returned, died, too_early };
/// Of inductions that dropped out.
void find_induction_return(ClientCourse& client, const MeasureTime& time, Items& items);
/// Too little history: the months before lie in part before what is known, whatever is known of them.
enum class ReInductionPart : std::uint8_t { re_induction, first_known, too_little_history };
void find_re_induction(ClientCourse& client, const MeasureTime& time, Items& items);
enum class SpellCoursePart : std::uint8_t { dropped_out, planned, died, transferred, running };
/// Value: days from the first covered day to the last, both counted; of those running, to as_at.
void find_spell_course(ClientCourse& client, const MeasureTime& time, Items& items);
enum class RetentionPart : std::uint8_t { retained, planned, dropped_out, died, transferred, too_early };
void find_retention(ClientCourse& client, const MeasureTime& time, Items& items);

// Courses of detoxification that start in the time (detoxification.cpp).
enum class DetoxPart : std::uint8_t {
    completed,
    ended_early,
    died,
    returned_to_maintenance,
    over_three_months,
    too_early
};
void find_detoxification(ClientCourse& client, const MeasureTime& time, Items& items);
// These three are too early until the months that a course may take are over: else the newest months would
// hold those alone whom the record shows early.
/// By Family in its order, then `not_known`, then `too_early`; value: dose on the day before the course.
void find_detox_entry_dose(ClientCourse& client, const MeasureTime& time, Items& items);
enum class DetoxUsePart : std::uint8_t { used, no_use, no_evidence, too_early };
void find_detox_use(ClientCourse& client, const MeasureTime& time, Items& items);
enum class DetoxSettingPart : std::uint8_t { inpatient, community, not_recorded, too_early };
void find_detox_setting(ClientCourse& client, const MeasureTime& time, Items& items);
enum class RestartPart : std::uint8_t { restarted, not_restarted, died, too_early };
/// Of completed courses.
void find_detox_restart(ClientCourse& client, const MeasureTime& time, Items& items);
enum class SupportPart : std::uint8_t { supported, not_supported, died, too_early };
/// Of completed courses: recovery_support, mutual_aid or rehab_admission; naloxone_supplied; medical_review
/// or keywork.
void find_detox_support(ClientCourse& client, const MeasureTime& time, Items& items);
void find_detox_naloxone(ClientCourse& client, const MeasureTime& time, Items& items);
void find_detox_check_up(ClientCourse& client, const MeasureTime& time, Items& items);

// Completions and returns (completion.cpp).
enum class CompletionPart : std::uint8_t {
    completed,           ///< and no MAT prescription active on the day after
    in_treatment,        ///< the latest journey is open
    completed_with_mat,  ///< a completed reason, but a MAT prescription goes on
    left_unplanned,      ///< dropped_out, withdrawn_by_provider, declined_by_client
    transferred,         ///< transferred_*
    died,
    other  ///< retained_in_custody, other, not recorded
};
void find_successful_completion(ClientCourse& client, const MeasureTime& time, Items& items);
enum class RePresentationPart : std::uint8_t { re_presented, not_re_presented, died };
void find_re_presentation(ClientCourse& client, const MeasureTime& time, Items& items);
enum class ExitPart : std::uint8_t {
    re_presented,      ///< within the months of a re-presentation
    not_re_presented,  ///< not by as_at
    returned_later,    ///< after those months
    too_early          ///< those months are not over, whatever is known
};
/// Successful exits that lie in the time and whether the client came back by as_at; value: days to the
/// return, 0 without one.
void find_exits(ClientCourse& client, const MeasureTime& time, Items& items);
enum class DischargePart : std::uint8_t { planned, unplanned, transferred, died, in_custody, not_recorded };
/// Episodes that ended in the time, of clients not said to be no opiate clients.
void find_discharges(ClientCourse& client, const MeasureTime& time, Items& items);

// Waiting (waiting.cpp).
enum class WaitingPart : std::uint8_t { within_21_days, over_21_days, not_recorded };
/// Episodes that start in the time; value: days from referral to start.
void find_waiting(ClientCourse& client, const MeasureTime& time, Items& items);
enum class PrescriptionWaitPart : std::uint8_t {
    same_day,
    day_1,
    day_2,
    day_3,
    day_4_to_5,
    over_5,
    never_started,   ///< the episode ended without
    not_yet,         ///< open on as_at, without
    already_in_mat,  ///< in MAT the day before, or on_mat_at_start
    too_early        ///< the days to wait are not over, whatever is known
};
/// Presentations in the time; value of the first six: working days to the first MAT prescription.
void find_prescription_wait(ClientCourse& client, const MeasureTime& time, Items& items);

// On-top use then and now, releases, harm (change.cpp, continuity.cpp, harm.cpp).
enum class ChangePart : std::uint8_t {
    abstinent,
    less,
    same,
    more,
    none_then_or_now,
    started_using,
    not_known
};
void find_change_in_use(ClientCourse& client, const MeasureTime& time, Items& items);
enum class ContinuityPart : std::uint8_t { day_1, day_3, day_7, day_21, later, died, too_early };
void find_continuity(ClientCourse& client, const MeasureTime& time, Items& items);
enum class HarmPart : std::uint8_t {
    death_in_mat,
    overdose_in_mat,
    death_after_leaving,
    overdose_after_leaving,
    elsewhere,     ///< neither in MAT the day before nor within the days after leaving
    in_mat,        ///< a client with days in MAT at a service, the one that leads on them; value: those days
    after_leaving  ///< a client with days after leaving a service's spell; value: those days
};
void find_harm(ClientCourse& client, const MeasureTime& time, Items& items);
enum class LeavingPart : std::uint8_t { supplied, not_supplied, died };
/// Spells whose last covered day lies in the time and that have ended.
void find_naloxone_leaving(ClientCourse& client, const MeasureTime& time, Items& items);

/// Appends a thing.
template <class Part>
void add_item(Items& items, ServiceIndex service, Part part, Day day, std::int64_t value = 0) {
    items.push_back({service, static_cast<std::uint8_t>(part), day, value});
}
/// Whether a thing of that day belongs to the time.
inline bool is_in(const MeasureTime& time, Day day) { return time.from <= day && day <= time.to; }

}  // namespace optimat
