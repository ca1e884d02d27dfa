// Why a person is in MAT on a day, or is not, and since when: rules cover/death to cover/censored.

#include "report/explain_life.hpp"
#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

/// `methadone, 60 mg, from 1 March 2018 to 30 April 2018`.
std::string cover_words(const Cover& cover) {
    const std::string until =
        cover.end == last_readable_day ? ", with no end" : " to " + long_date(cover.end);
    return fmt::format("{}, {}, from {}{}", words_for(cover.family), dose_words(cover.dose),
                       long_date(cover.start), until);
}

OptionalDay recorded_end(const Life& life, const Cover& cover) {
    return life.table(TableKind::prescriptions).column<OptionalDay>(PrescriptionField::end_date)[cover.row];
}

/// The episode at the cover's service that ends on the day when an open prescription does.
std::optional<std::uint32_t> ending_episode(const Life& life, const Cover& cover) {
    const Table& episodes = life.table(TableKind::episodes);
    const auto end = episodes.column<OptionalDay>(EpisodeField::end_date);
    const auto service = episodes.column<ServiceIndex>(EpisodeField::service_id);
    const RowRange rows = episodes.rows_of(life.client);
    for (std::uint32_t i = rows.begin; i < rows.end; ++i)
        if (service[i] == cover.service && end[i] == OptionalDay(cover.end)) return i;
    return std::nullopt;
}

/// The next MAT prescription at the cover's service, if it starts on the day after the cover ends.
std::optional<std::uint32_t> next_prescription(const Life& life, const Cover& cover) {
    const Table& prescriptions = life.table(TableKind::prescriptions);
    const auto start = prescriptions.column<Day>(PrescriptionField::start_date);
    const auto service = prescriptions.column<ServiceIndex>(PrescriptionField::service_id);
    const auto medicine = prescriptions.column<Medicine>(PrescriptionField::medicine);
    const RowRange rows = prescriptions.rows_of(life.client);
    for (std::uint32_t i = rows.begin; i < rows.end; ++i)
        if (service[i] == cover.service && start[i] == cover.end + 1 && is_mat(medicine[i])) return i;
    return std::nullopt;
}

/// Where the end of a prescription comes from, when it is not the recorded one.
void explain_end(const Life& life, const Cover& cover, std::vector<Reason>& reasons) {
    const OptionalDay recorded = recorded_end(life, cover);
    const std::string who = record_words(life, TableKind::prescriptions, cover.row);
    Reason reason{"cover/effective-end", {}, {named(life, TableKind::prescriptions, cover.row)}};
    if (recorded == OptionalDay(cover.end)) return;
    if (life.timeline.death() == cover.end) {
        reason.rule = "cover/death";
        reason.sentence =
            fmt::format("{} ends with the death on {}.", capitalised(who), long_date(cover.end));
    } else if (cover.end == last_readable_day) {
        reason.sentence = fmt::format("{} records no end, and nothing ends it.", capitalised(who));
    } else if (const auto episode = ending_episode(life, cover)) {
        reason.sentence = fmt::format("{} records no end; it ends on {}, when {} at the same service ends.",
                                      capitalised(who), long_date(cover.end),
                                      record_words(life, TableKind::episodes, *episode));
        reason.records.push_back(named(life, TableKind::episodes, *episode));
    } else if (const auto next = next_prescription(life, cover)) {
        reason.sentence = fmt::format(
            "{} records no end; it ends on {}, the day before {} starts at the same service.",
            capitalised(who), long_date(cover.end), record_words(life, TableKind::prescriptions, *next));
        reason.records.push_back(named(life, TableKind::prescriptions, *next));
    }
    reasons.push_back(std::move(reason));
}

/// Days without cover between one spell and the next, and how many were tolerated: what ended last decides.
std::int32_t tolerated_after(const Life& life, const Spell& spell) {
    std::int32_t tolerated = 0;
    for (const Cover& cover : life.timeline.covers())
        if (cover.start >= spell.first && cover.end == spell.last)
            tolerated = std::max(tolerated, life.policy.family(cover.family).tolerated_gap);
    return tolerated;
}

void explain_spell_before(const Life& life, std::vector<Reason>& reasons) {
    const auto spells = life.timeline.spells();
    const auto index = static_cast<std::size_t>(&life.spell() - spells.data());
    if (index == 0) return;
    const Spell& before = spells[index - 1];
    reasons.push_back(
        {"cover/spell",
         fmt::format("The spell before this one ended on {}. The {} without cover that followed are more "
                     "than the {} that "
                     "are tolerated then, so a new spell began.",
                     long_date(before.last), counted(life.spell().first - before.last - 1, "day"),
                     tolerated_after(life, before)),
         {}});
}

/// Days without cover inside the spell up to the day: tolerated, so the spell went on.
void explain_gaps(const Life& life, std::vector<Reason>& reasons) {
    std::int32_t gaps = 0, longest = 0;
    Day covered = life.spell().first - 1;
    for (std::size_t i = life.spell().first_cover; i < life.started; ++i) {
        const Cover& cover = life.timeline.covers()[i];
        if (cover.start > covered + 1) {
            ++gaps;
            longest = std::max(longest, cover.start - covered - 1);
        }
        covered = std::max(covered, cover.end);
    }
    if (gaps == 0) return;
    reasons.push_back(
        {"cover/spell",
         fmt::format("This spell has {} without cover, the longest of {}, within what is tolerated.",
                     counted(gaps, "gap"), counted(longest, "day")),
         {}});
}

/// Whether an episode at the service that says on_mat_at_start was open on the first day and had just begun.
std::optional<std::uint32_t> arriving_episode(const Life& life, const Cover& first) {
    const Table& episodes = life.table(TableKind::episodes);
    const auto start = episodes.column<Day>(EpisodeField::start_date);
    const auto end = episodes.column<OptionalDay>(EpisodeField::end_date);
    const auto on_mat = episodes.column<Flag>(EpisodeField::on_mat_at_start);
    const auto service = episodes.column<ServiceIndex>(EpisodeField::service_id);
    const RowRange rows = episodes.rows_of(life.client);
    for (std::uint32_t i = rows.begin; i < rows.end; ++i) {
        const bool open = start[i] <= first.start && end[i].value_or(first.start) >= first.start;
        const bool recent = start[i] >= first.start - life.policy.on_mat_episode_days;
        if (on_mat[i] == Flag::yes && service[i] == first.service && open && recent) return i;
    }
    return std::nullopt;
}

void explain_censoring(const Life& life, std::vector<Reason>& reasons) {
    const Spell& spell = life.spell();
    if (!spell.censored) return;
    const Cover& first = life.timeline.covers()[spell.first_cover];
    const OptionalDay from = life.extract.services[*first.service].prescribing_from;
    const std::int32_t days = life.policy.censoring_days;
    Reason reason{"cover/censored", {}, {}};
    std::string because;
    if (first.start <= life.extract.covers_from + days) {
        because = fmt::format("it starts no later than {} days after the data begin, on {}", days,
                              long_date(life.extract.covers_from));
    } else if (from && first.start <= *from + days) {
        because = fmt::format("it starts no later than {} days after the prescribing data of {} begin, on {}",
                              days, service_words(life.extract.services[*first.service]), long_date(*from));
    } else if (const auto episode = arriving_episode(life, first)) {
        because = fmt::format("{} says that the person came already on MAT",
                              record_words(life, TableKind::episodes, *episode));
        reason.records.push_back(named(life, TableKind::episodes, *episode));
    }
    reason.sentence = fmt::format(
        "The spell is censored, which means that it began earlier, at an unknown time: {}. It is never an "
        "induction.",
        because);
    reasons.push_back(std::move(reason));
}

/// Rows of MAT prescriptions that would start after the death.
std::int64_t never_were(const Life& life, Day death) {
    const Table& prescriptions = life.table(TableKind::prescriptions);
    const auto start = prescriptions.column<Day>(PrescriptionField::start_date);
    const auto medicine = prescriptions.column<Medicine>(PrescriptionField::medicine);
    const RowRange rows = prescriptions.rows_of(life.client);
    std::int64_t count = 0;
    for (std::uint32_t i = rows.begin; i < rows.end; ++i)
        count += is_mat(medicine[i]) && start[i] > death;
    return count;
}

}  // namespace

void explain_death(const Life& life, std::vector<Reason>& reasons) {
    const auto death = life.timeline.death();
    if (!death || *death > life.date.day) return;
    Reason reason{"cover/death", fmt::format("The person died on {}.", long_date(*death)), {}};
    if (const std::int64_t count = never_were(life, *death); count != 0)
        reason.sentence +=
            fmt::format(" {} that would start later {} not counted.",
                        capitalised(counted(count, "prescription")), count == 1 ? "is" : "are");
    const Table& events = life.table(TableKind::events);
    const RowRange rows = events.rows_of(life.client);
    for (std::uint32_t i = rows.begin; i < rows.end; ++i)
        if (events.column<EventKind>(EventField::kind)[i] == EventKind::death &&
            events.column<Day>(EventField::date)[i] == *death)
            reason.records.push_back(named(life, TableKind::events, i));
    const Table& episodes = life.table(TableKind::episodes);
    const RowRange episode_rows = episodes.rows_of(life.client);
    for (std::uint32_t i = episode_rows.begin; i < episode_rows.end; ++i)
        if (episodes.column<EndReason>(EpisodeField::end_reason)[i] == EndReason::died &&
            episodes.column<OptionalDay>(EpisodeField::end_date)[i] == OptionalDay(*death))
            reason.records.push_back(named(life, TableKind::episodes, i));
    reasons.push_back(std::move(reason));
}

void explain_cover(const Life& life, std::vector<Reason>& reasons) {
    const auto active = life.active();
    for (const Cover* cover : active) {
        reasons.push_back(
            {"cover/active",
             fmt::format("{} at {} covers the day: {}.",
                         capitalised(record_words(life, TableKind::prescriptions, cover->row)),
                         service_words(life.extract.services[*cover->service]), cover_words(*cover)),
             {named(life, TableKind::prescriptions, cover->row)}});
    }
    for (const Cover* cover : active)
        explain_end(life, *cover, reasons);
}

void explain_spell(const Life& life, std::vector<Reason>& reasons) {
    const Spell& spell = life.spell();
    const Cover& first = life.timeline.covers()[spell.first_cover];
    reasons.push_back(
        {"cover/spell",
         fmt::format("The spell in MAT began on {} with {}; {} is its day {}.", long_date(spell.first),
                     record_words(life, TableKind::prescriptions, first.row), long_date(life.date.day),
                     count_text(life.date.day - spell.first + 1)),
         {named(life, TableKind::prescriptions, first.row)}});
    explain_gaps(life, reasons);
    explain_spell_before(life, reasons);
    explain_censoring(life, reasons);
}

void explain_no_cover(const Life& life, std::vector<Reason>& reasons) {
    const auto covers = life.timeline.covers();
    const RowRange rows = life.table(TableKind::prescriptions).rows_of(life.client);
    if (covers.empty()) {
        const std::string sentence =
            rows.empty() ? "No prescription is recorded."
            : life.timeline.death() && never_were(life, *life.timeline.death()) != 0
                ? "Every prescription of a MAT medicine would start after the death."
                : fmt::format("No prescription of a MAT medicine is recorded; {} of other medicines {}.",
                              counted(rows.size(), "prescription"), rows.size() == 1 ? "is" : "are");
        reasons.push_back({"cover/active", sentence, {}});
        return;
    }
    if (life.started == 0) {
        reasons.push_back(
            {"cover/active",
             fmt::format(
                 "No prescription of a MAT medicine had started by then; the first, {}, starts on {}.",
                 record_words(life, TableKind::prescriptions, covers[0].row), long_date(covers[0].start)),
             {named(life, TableKind::prescriptions, covers[0].row)}});
        return;
    }
    const auto last = std::ranges::max_element(covers.first(life.started), {}, &Cover::end);
    reasons.push_back(
        {"cover/active",
         fmt::format("No prescription of a MAT medicine covers the day. The last cover ended on {}, {} "
                     "before: {} ({}).",
                     long_date(last->end), counted(life.date.day - last->end, "day"),
                     record_words(life, TableKind::prescriptions, last->row), cover_words(*last)),
         {named(life, TableKind::prescriptions, last->row)}});
    if (life.timeline.death() != last->end) explain_end(life, *last, reasons);
    const std::int32_t tolerated = life.policy.family(last->family).tolerated_gap;
    if (life.date.day - last->end <= tolerated)
        reasons.push_back(
            {"cover/spell",
             fmt::format(
                 "Up to {} without cover do not end the spell, but a day without cover is not a day in MAT.",
                 counted(tolerated, "day")),
             {}});
}

}  // namespace optimat
