// Waiting: from referral to the start of treatment, and from presentation to the first prescription.

#include "outcome/episode_rows.hpp"
#include "outcome/measure_finders.hpp"
#include "outcome/working_days.hpp"

#include <algorithm>

namespace optimat {

namespace {

/// The start of the first MAT prescription that starts in the days, both inclusive.
OptionalDay first_prescription(const Timeline& timeline, Day from, Day to) {
    const auto covers = timeline.covers();
    const auto found = std::ranges::lower_bound(covers, from, {}, &Cover::start);
    return found != covers.end() && found->start <= to ? OptionalDay(found->start) : OptionalDay{};
}

/// "a prescription on a later calendar day is at least 1", though it be on the Saturday after a Friday.
std::int32_t days_waited(Day presentation, Day prescription, const Policy& policy) {
    if (prescription == presentation) return 0;
    return std::max(1, working_days_between(presentation, prescription, policy.bank_holidays));
}

PrescriptionWaitPart band_of_wait(std::int32_t days) {
    using enum PrescriptionWaitPart;
    constexpr PrescriptionWaitPart bands[] = {same_day, day_1, day_2, day_3, day_4_to_5, day_4_to_5};
    return days <= 5 ? bands[days] : over_5;
}

/// Of an episode that has a presentation.
void add_wait(const ClientCourse& client, const EpisodeRows& episodes, std::uint32_t row, Day as_at,
              Items& items) {
    using enum PrescriptionWaitPart;
    const Day presentation = *episodes.presentation[row];
    const ServiceIndex service = episodes.service[row];
    const OptionalDay end = episodes.end[row];
    const bool open = !end || *end > as_at;
    if (episodes.on_mat_at_start[row] == Flag::yes || client.in_mat(presentation - 1))
        add_item(items, service, already_in_mat, presentation);
    else if (as_at < presentation + client.policy().outcome.waiting_days)
        // Whatever is known: else those who wait would count after those who did not have to.
        add_item(items, service, too_early, presentation);
    else if (const OptionalDay first =
                 first_prescription(client.timeline(), presentation, open ? as_at : *end)) {
        const std::int32_t days = days_waited(presentation, *first, client.policy());
        add_item(items, service, band_of_wait(days), presentation, days);
    } else {
        add_item(items, service, open ? not_yet : never_started, presentation);
    }
}

}  // namespace

// outcome/waiting: "referral to episode start ≤ 21 days"
void find_waiting(ClientCourse& client, const MeasureTime& time, Items& items) {
    using enum WaitingPart;
    const EpisodeRows episodes(client);
    for (std::uint32_t row = episodes.rows.begin; row < episodes.rows.end; ++row) {
        const Day start = episodes.start[row];
        if (!is_in(time, start) || start > time.as_at) continue;
        const OptionalDay referral = episodes.referral[row];
        // Nobody waits from a referral that comes after the start: that is not the one that led to it.
        if (!referral || *referral > start) {
            add_item(items, episodes.service[row], not_recorded, start);
            continue;
        }
        const std::int32_t days = start - *referral;
        add_item(items, episodes.service[row],
                 days <= client.policy().outcome.waiting_days ? within_21_days : over_21_days, start, days);
    }
}

// outcome/waiting: "presentation to first MAT prescription: same day, 1, 2, 3, 5, > 5 working days"
void find_prescription_wait(ClientCourse& client, const MeasureTime& time, Items& items) {
    const EpisodeRows episodes(client);
    if (episodes.say_no_opiate_client(time.as_at)) return;
    for (std::uint32_t row = episodes.rows.begin;
         row < episodes.rows.end && episodes.start[row] <= time.as_at; ++row)
        if (episodes.presentation[row] && is_in(time, *episodes.presentation[row]))
            add_wait(client, episodes, row, time.as_at, items);
}

}  // namespace optimat
