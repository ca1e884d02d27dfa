#include "measure/top_course.hpp"

#include <algorithm>

namespace optimat {

namespace {

constexpr std::string_view change_texts[] = {"not_comparable", "abstinent", "less", "same", "more"};

using enum TopItem::Answer;
using enum TopItem::Better;
constexpr TopItem items[] = {
    {TopField::alcohol_days, count, lower},
    {TopField::alcohol_units, count, lower},
    {TopField::opiate_days, count, lower},
    {TopField::crack_days, count, lower},
    {TopField::cocaine_days, count, lower},
    {TopField::amphetamine_days, count, lower},
    {TopField::cannabis_days, count, lower},
    {TopField::benzodiazepine_days, count, lower},
    {TopField::other_days, count, lower},
    {TopField::tobacco_days, count, lower},
    {TopField::injecting_days, count, lower},
    {TopField::sharing, flag, lower},
    {TopField::shoplifting_days, count, lower},
    {TopField::selling_days, count, lower},
    {TopField::other_theft, flag, lower},
    {TopField::assault, flag, lower},
    {TopField::paid_work_days, count, higher},
    {TopField::volunteering_days, count, higher},
    {TopField::education_days, count, higher},
    {TopField::acute_housing_problem, flag, lower},
    {TopField::unsuitable_housing, flag, lower},
    {TopField::eviction_risk, flag, lower},
    {TopField::psychological_health, count, higher},
    {TopField::physical_health, count, higher},
    {TopField::quality_of_life, count, higher},
};

/// A profile that recalls the 28 days before treatment may be filled in as early.
constexpr std::int32_t days_before_start = 28;

std::optional<int> value_of(const Table& tops, const TopItem& item, std::uint32_t row) {
    if (item.answer == flag) {
        const Flag answer = tops.column<Flag>(item.field)[row];
        return answer == Flag::not_recorded ? std::nullopt : std::optional<int>(answer == Flag::yes ? 1 : 0);
    }
    const OptionalCount number = tops.column<OptionalCount>(item.field)[row];
    return number ? std::optional<int>(*number) : std::nullopt;
}

/// The client whose row it is.
std::uint32_t client_of(const Table& table, std::uint32_t row) {
    const auto behind = std::ranges::upper_bound(table.first_row, row);
    return static_cast<std::uint32_t>(behind - table.first_row.begin() - 1);
}

std::vector<TopDate> profiles_of(const Chunk& chunk, std::uint32_t episode, Day as_at) {
    const Table& episodes = chunk.table(TableKind::episodes);
    const Table& tops = chunk.table(TableKind::tops);
    const Day first = episodes.column<Day>(EpisodeField::start_date)[episode] - days_before_start;
    const Day last =
        std::min(as_at, episodes.column<OptionalDay>(EpisodeField::end_date)[episode].value_or(as_at));
    const auto day = tops.column<Day>(TopField::date);
    const auto stage = tops.column<TopStage>(TopField::stage);
    const auto setting = tops.column<Setting>(TopField::setting);
    std::vector<TopDate> profiles;
    const RowRange rows = tops.rows_of(client_of(episodes, episode));
    for (std::uint32_t row = rows.begin; row < rows.end; ++row)
        if (day[row] >= first && day[row] <= last && setting[row] != Setting::secure)
            profiles.push_back({row, day[row], stage[row]});
    return profiles;
}

/// Chooses the two profiles that are compared.
void choose(TopTracker& tracker, std::optional<std::uint32_t> chosen) {
    const auto& profiles = tracker.profiles;
    for (std::size_t i = 0; i < profiles.size() && !tracker.start; ++i)
        if (profiles[i].stage == TopStage::start) tracker.start = i;
    for (std::size_t i = 0; i < profiles.size(); ++i) {
        const bool is_it = chosen ? profiles[i].row == *chosen : profiles[i].stage != TopStage::start;
        if (is_it) tracker.now = i;
    }
}

}  // namespace

std::string_view text_of(TopChange change) { return change_texts[static_cast<std::size_t>(change)]; }

std::span<const TopItem> top_items() { return items; }

TopChange top_change(const TopItem& item, std::optional<int> start, std::optional<int> now,
                     const Policy& policy) {
    if (!start || !now) return TopChange::not_comparable;
    if (item.better == lower && *now == 0 && *start > 0) return TopChange::abstinent;
    const auto reliable = std::ranges::find(policy.reliable_change, item.field, &ReliableChange::item);
    const int least = reliable == policy.reliable_change.end() ? 1 : reliable->least;
    if (*now - *start >= least) return TopChange::more;
    if (*start - *now >= least) return TopChange::less;
    return TopChange::same;
}

TopTracker top_tracker(const Chunk& chunk, std::uint32_t episode, Day as_at,
                       std::optional<std::uint32_t> chosen, const Policy& policy) {
    TopTracker tracker;
    tracker.profiles = profiles_of(chunk, episode, as_at);
    choose(tracker, chosen);
    const Table& tops = chunk.table(TableKind::tops);
    for (const TopItem& item : items) {
        TopCourse& course = tracker.courses.emplace_back();
        course.item = item;
        for (const TopDate& profile : tracker.profiles)
            course.values.push_back(value_of(tops, item, profile.row));
        if (tracker.start && tracker.now)
            course.change =
                top_change(item, course.values[*tracker.start], course.values[*tracker.now], policy);
    }
    return tracker;
}

}  // namespace optimat
