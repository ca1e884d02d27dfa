// Inductions, and how long spells last.

#include "outcome/measure_finders.hpp"

#include <algorithm>
#include <utility>

namespace optimat {

namespace {

/// Calls `visit(spell, next)` for every spell that is not censored and starts in the time; `next` is the
/// client's spell after it as known by as_at, or null.
template <class Visit> void for_spells(ClientCourse& client, const MeasureTime& time, Visit visit) {
    const auto spells = client.spells(time.as_at);
    for (std::size_t i = 0; i < spells.size(); ++i)
        if (!spells[i].censored && is_in(time, spells[i].first))
            visit(spells[i], i + 1 < spells.size() ? &spells[i + 1] : nullptr);
}

Day last_induction_day(const ClientCourse& client, const CourseSpell& spell) {
    return spell.first + (client.policy().induction_days - 1);
}

/// Whether a spell that does not reach the day is known to have ended. Until then everybody is too early,
/// whatever is known: else those who go on would count before those who lapsed.
bool is_followed_to(const CourseSpell& spell, Day day, Day as_at) { return as_at >= day + spell.tolerated; }

// induction: "completed (cover reaches day 28)"; "Deaths and transfers are not drop-outs"
InductionPart induction_of(const ClientCourse& client, const CourseSpell& spell, Day as_at) {
    using enum InductionPart;
    const Day day_28 = last_induction_day(client, spell);
    if (!is_followed_to(spell, day_28, as_at)) return too_early;
    if (spell.last >= day_28) return completed;
    switch (client.end_of(spell, as_at)) {
    case SpellEnd::died:
        return died;
    case SpellEnd::transferred:
        return transferred;
    case SpellEnd::planned:
    case SpellEnd::dropped_out:
        break;
    }
    return dropped_out;
}

}  // namespace

void find_induction(ClientCourse& client, const MeasureTime& time, Items& items) {
    for_spells(client, time, [&](const CourseSpell& spell, const CourseSpell*) {
        add_item(items, spell.service, induction_of(client, spell, time.as_at), spell.first);
    });
}

void find_induction_dose(ClientCourse& client, const MeasureTime& time, Items& items) {
    for_spells(client, time, [&](const CourseSpell& spell, const CourseSpell*) {
        if (induction_of(client, spell, time.as_at) != InductionPart::completed) return;
        const auto dose = client.dose_on(last_induction_day(client, spell), spell.first);
        if (dose && dose->dose_known)
            add_item(items, spell.service, dose->medicine, spell.first, dose->sum.number);
        else
            add_item(items, spell.service, static_cast<std::uint8_t>(family_count), spell.first);
    });
}

void find_induction_band(ClientCourse& client, const MeasureTime& time, Items& items) {
    for_spells(client, time, [&](const CourseSpell& spell, const CourseSpell*) {
        if (induction_of(client, spell, time.as_at) != InductionPart::completed) return;
        const auto dose = client.dose_on(last_induction_day(client, spell), spell.first);
        const Band band = dose ? band_of(dose->medicine, dose->dose(), client.policy()) : Band::unknown;
        add_item(items, spell.service, band, spell.first);
    });
}

void find_induction_return(ClientCourse& client, const MeasureTime& time, Items& items) {
    using enum ReturnPart;
    for_spells(client, time, [&](const CourseSpell& spell, const CourseSpell* next) {
        if (induction_of(client, spell, time.as_at) != InductionPart::dropped_out) return;
        const Day until = spell.last + client.policy().outcome.return_days;
        const auto death = client.death();
        const auto part = [&] {
            if (time.as_at < until) return too_early;
            if (next != nullptr && next->first <= until) return returned;
            return death && *death <= until ? died : not_returned;
        }();
        add_item(items, spell.service, part, spell.first);
    });
}

// "re-inductions (a spell of the client ended in the 12 months before)"
void find_re_induction(ClientCourse& client, const MeasureTime& time, Items& items) {
    using enum ReInductionPart;
    const auto spells = client.spells(time.as_at);
    for (std::size_t i = 0; i < spells.size(); ++i) {
        const CourseSpell& spell = spells[i];
        if (spell.censored || !is_in(time, spell.first)) continue;
        const Day after = add_months(spell.first, -client.policy().outcome.re_induction_months);
        const OptionalDay from = client.extract().services[*spell.service].prescribing_from;
        const Day known_from = std::max(client.extract().covers_from, from.value_or(first_readable_day));
        const auto part = [&] {
            // Asked first: else only those seen to come back would count where the data begin.
            if (after < known_from) return too_little_history;
            return i > 0 && spells[i - 1].last > after ? re_induction : first_known;
        }();
        add_item(items, spell.service, part, spell.first);
    }
}

void find_spell_course(ClientCourse& client, const MeasureTime& time, Items& items) {
    using enum SpellCoursePart;
    constexpr SpellCoursePart parts[] = {died, transferred, planned, dropped_out};  // as SpellEnd
    for_spells(client, time, [&](const CourseSpell& spell, const CourseSpell*) {
        const Day last = spell.ended ? spell.last : std::min(spell.last, time.as_at);
        const auto part =
            spell.ended ? parts[static_cast<std::size_t>(client.end_of(spell, time.as_at))] : running;
        add_item(items, spell.service, part, spell.first, last - spell.first + 1);
    });
}

// outcome/retention: "spells starting in the cohort month still running at 6 months (183 days)"
void find_retention(ClientCourse& client, const MeasureTime& time, Items& items) {
    using enum RetentionPart;
    constexpr RetentionPart ends[] = {died, transferred, planned, dropped_out};  // as SpellEnd
    for_spells(client, time, [&](const CourseSpell& spell, const CourseSpell*) {
        const Day day = spell.first + client.policy().outcome.retention_days;
        const auto part = [&] {
            if (!is_followed_to(spell, day, time.as_at)) return too_early;
            if (spell.last >= day) return retained;
            return ends[static_cast<std::size_t>(client.end_of(spell, time.as_at))];
        }();
        add_item(items, spell.service, part, spell.first);
    });
}

}  // namespace optimat
