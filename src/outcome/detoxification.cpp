// Courses of detoxification: how they went, what was taken before, what came after.

#include "outcome/measure_finders.hpp"

#include <algorithm>

namespace optimat {

namespace {

template <class Visit> void for_courses(ClientCourse& client, const MeasureTime& time, Visit visit) {
    for (const DetoxCourse& course : client.detoxifications(time.as_at))
        if (is_in(time, course.first)) visit(course, client.spells(time.as_at)[course.spell]);
}

/// Whether the months that a course may take are over; until then the dose before it, the use during it and
/// its setting are too early to count.
bool is_over_by(const DetoxCourse& course, Day as_at) { return as_at >= course.allowed_to; }

/// "last dose ≤ the policy's exit dose": methadone and buprenorphine by mouth have one.
bool is_exit_dose(const CurrentDose& dose, const OutcomePolicy& policy) {
    if (!dose.dose_known) return false;
    if (dose.medicine == Family::methadone) return dose.sum <= policy.exit_methadone;
    const bool by_mouth =
        dose.medicine == Family::buprenorphine || dose.medicine == Family::buprenorphine_lyophilisate;
    return by_mouth && dose.sum <= policy.exit_buprenorphine;
}

/// "no episode ending dropped_out, withdrawn_by_provider or in custody"
bool ended_badly(const ClientCourse& client, const CourseSpell& spell, Day as_at) {
    const Table& episodes = client.chunk().table(TableKind::episodes);
    const auto starts = episodes.column<Day>(EpisodeField::start_date);
    const auto ends = episodes.column<OptionalDay>(EpisodeField::end_date);
    const auto reasons = episodes.column<EndReason>(EpisodeField::end_reason);
    const OutcomePolicy& policy = client.policy().outcome;
    const RowRange rows = episodes.rows_of(client.client());
    for (std::uint32_t row = rows.begin; row < rows.end; ++row) {
        if (starts[row] > as_at || !ends[row] || *ends[row] > as_at) continue;
        if (*ends[row] < spell.last - policy.end_before_days ||
            *ends[row] > spell.last + policy.end_after_days)
            continue;
        const EndReason reason = reasons[row];
        if (reason == EndReason::dropped_out || reason == EndReason::withdrawn_by_provider ||
            reason == EndReason::transferred_in_custody || reason == EndReason::retained_in_custody)
            return true;
    }
    return false;
}

/// Whether a MAT prescription starts in the days, both inclusive; `to` no later than as_at.
bool starts_mat(const ClientCourse& client, Day from, Day to) {
    const Timeline& timeline = client.timeline();
    return from <= to && timeline.started_by(to) > timeline.started_by(from - 1);
}

// detoxification: "What has not had its full follow-up by then is too early"
DetoxPart detox_of(const ClientCourse& client, const DetoxCourse& course, const CourseSpell& spell,
                   Day as_at) {
    using enum DetoxPart;
    const OutcomePolicy& policy = client.policy().outcome;
    if (as_at < course.allowed_to + policy.after_detox_days) return too_early;
    const auto death = client.death();
    const auto died_by = [&](Day day) { return death && *death <= as_at && *death <= day; };
    const bool over_in_time = spell.last <= course.allowed_to;
    if (over_in_time && died_by(spell.last_tolerated())) return died;
    if (course.maintained && *course.maintained <= course.allowed_to) return returned_to_maintenance;
    if (!over_in_time) return over_three_months;
    if (!spell.ended) return too_early;
    const Day clear_to = spell.last + policy.after_detox_days;
    const auto dose = client.dose_on(spell.last, spell.last);
    if (!dose || !is_exit_dose(*dose, policy) || ended_badly(client, spell, as_at) ||
        starts_mat(client, spell.last + 1, clear_to))
        return ended_early;
    return died_by(clear_to) ? died : completed;
}

template <class Visit> void for_completed(ClientCourse& client, const MeasureTime& time, Visit visit) {
    for_courses(client, time, [&](const DetoxCourse& course, const CourseSpell& spell) {
        if (detox_of(client, course, spell, time.as_at) == DetoxPart::completed) visit(course, spell);
    });
}

/// Of completed courses, whether any of the events is in the months after the last covered day.
void find_support(ClientCourse& client, const MeasureTime& time, std::initializer_list<EventKind> kinds,
                  Items& items) {
    using enum SupportPart;
    for_completed(client, time, [&](const DetoxCourse& course, const CourseSpell& spell) {
        const Day to = add_months(spell.last, client.policy().outcome.support_months);
        const auto death = client.death();
        const auto part = [&] {
            if (time.as_at < to) return too_early;
            for (const EventKind kind : kinds)
                if (client.has_event(kind, spell.last + 1, to)) return supported;
            return death && *death <= to ? died : not_supported;
        }();
        add_item(items, course.service, part, course.first);
    });
}

}  // namespace

void find_detoxification(ClientCourse& client, const MeasureTime& time, Items& items) {
    for_courses(client, time, [&](const DetoxCourse& course, const CourseSpell& spell) {
        add_item(items, course.service, detox_of(client, course, spell, time.as_at), course.first);
    });
}

void find_detox_entry_dose(ClientCourse& client, const MeasureTime& time, Items& items) {
    for_courses(client, time, [&](const DetoxCourse& course, const CourseSpell&) {
        if (!is_over_by(course, time.as_at))
            add_item(items, course.service, static_cast<std::uint8_t>(family_count + 1), course.first);
        else if (course.entry && course.entry->dose_known)
            add_item(items, course.service, course.entry->medicine, course.first, course.entry->sum.number);
        else
            add_item(items, course.service, static_cast<std::uint8_t>(family_count), course.first);
    });
}

void find_detox_use(ClientCourse& client, const MeasureTime& time, Items& items) {
    using enum DetoxUsePart;
    for_courses(client, time, [&](const DetoxCourse& course, const CourseSpell&) {
        const auto part = [&] {
            if (!is_over_by(course, time.as_at)) return too_early;
            return course.used_on_top ? used : (course.has_evidence ? no_use : no_evidence);
        }();
        add_item(items, course.service, part, course.first);
    });
}

void find_detox_setting(ClientCourse& client, const MeasureTime& time, Items& items) {
    using enum DetoxSettingPart;
    for_courses(client, time, [&](const DetoxCourse& course, const CourseSpell&) {
        const ServiceKind kind = client.extract().services[*course.service].kind;
        const bool admitted = client.has_event(EventKind::inpatient_admission, course.first, course.last);
        const auto part = [&] {
            if (!is_over_by(course, time.as_at)) return too_early;
            if (kind == ServiceKind::inpatient || admitted) return inpatient;
            return kind == ServiceKind::not_recorded ? not_recorded : community;
        }();
        add_item(items, course.service, part, course.first);
    });
}

void find_detox_restart(ClientCourse& client, const MeasureTime& time, Items& items) {
    using enum RestartPart;
    for_completed(client, time, [&](const DetoxCourse& course, const CourseSpell& spell) {
        const Day to = add_months(spell.last, client.policy().outcome.restart_months);
        const auto death = client.death();
        const auto part = [&] {
            if (time.as_at < to) return too_early;
            if (starts_mat(client, spell.last + 1, to)) return restarted;
            return death && *death <= to ? died : not_restarted;
        }();
        add_item(items, course.service, part, course.first);
    });
}

void find_detox_support(ClientCourse& client, const MeasureTime& time, Items& items) {
    find_support(client, time,
                 {EventKind::recovery_support, EventKind::mutual_aid, EventKind::rehab_admission}, items);
}

void find_detox_naloxone(ClientCourse& client, const MeasureTime& time, Items& items) {
    find_support(client, time, {EventKind::naloxone_supplied}, items);
}

void find_detox_check_up(ClientCourse& client, const MeasureTime& time, Items& items) {
    find_support(client, time, {EventKind::medical_review, EventKind::keywork}, items);
}

}  // namespace optimat
