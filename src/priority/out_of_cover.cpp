#include "priority/out_of_cover.hpp"

#include <algorithm>

namespace optimat {

namespace {

std::string_view text_at(const Chunk& chunk, TextRef ref) {
    return ref.has_value() ? chunk.texts[*ref] : std::string_view{};
}

bool is_completed(EndReason reason) {
    return reason == EndReason::completed_drug_free || reason == EndReason::completed_alcohol_free ||
           reason == EndReason::completed_occasional_user;
}

/// An end whose reason nobody recorded is not known to be planned.
bool is_unplanned(EndReason reason) {
    return reason == EndReason::dropped_out || reason == EndReason::withdrawn_by_provider ||
           reason == EndReason::declined_by_client || reason == EndReason::other ||
           reason == EndReason::not_recorded;
}

/// The client's latest episode, by start and then id, at the service when one is named, whose end `holds`.
template <class Holds>
std::optional<std::uint32_t> last_episode(const Chunk& chunk, std::uint32_t client, ServiceIndex service,
                                          Day as_at, Holds holds) {
    const Table& episodes = chunk.table(TableKind::episodes);
    const auto start = episodes.column<Day>(EpisodeField::start_date);
    const auto end = episodes.column<OptionalDay>(EpisodeField::end_date);
    const auto at = episodes.column<ServiceIndex>(EpisodeField::service_id);
    const RowRange rows = episodes.rows_of(client);
    for (std::uint32_t row = rows.end; row > rows.begin; --row)
        if (start[row - 1] <= as_at && holds(end[row - 1]) &&
            (!service.has_value() || at[row - 1] == service))
            return row - 1;
    return std::nullopt;
}

std::optional<std::uint32_t> latest_episode(const Chunk& chunk, std::uint32_t client, ServiceIndex service,
                                            Day as_at) {
    return last_episode(chunk, client, service, as_at, [](OptionalDay) { return true; });
}

bool is_opiate_client(const Chunk& chunk, std::uint32_t client, Day as_at) {
    const Table& episodes = chunk.table(TableKind::episodes);
    const auto start = episodes.column<Day>(EpisodeField::start_date);
    const auto opiate = episodes.column<Flag>(EpisodeField::opiate_client);
    const RowRange rows = episodes.rows_of(client);
    for (std::uint32_t row = rows.begin; row < rows.end; ++row)
        if (start[row] <= as_at && opiate[row] == Flag::yes) return true;
    return false;
}

/// The latest end of an episode, when none is open.
void read_leaving(const Chunk& chunk, std::uint32_t client, Day as_at, OutOfCover& out) {
    const Table& episodes = chunk.table(TableKind::episodes);
    const auto start = episodes.column<Day>(EpisodeField::start_date);
    const auto end = episodes.column<OptionalDay>(EpisodeField::end_date);
    const auto reason = episodes.column<EndReason>(EpisodeField::end_reason);
    const RowRange rows = episodes.rows_of(client);
    for (std::uint32_t row = rows.begin; row < rows.end; ++row) {
        if (start[row] > as_at) continue;
        if (!end[row] || *end[row] > as_at) {
            out.left = OptionalDay{};
            out.end_reason = EndReason::not_recorded;
            return;
        }
        if (out.left && *end[row] < *out.left) continue;
        out.left = *end[row];
        out.end_reason = reason[row];
    }
}

/// After the cover that ended last; "if several prescriptions ended that day, the longest tolerance counts".
std::int32_t tolerated_gap(const Timeline& timeline, std::size_t started, Day last_covered,
                           const Policy& policy) {
    std::int32_t tolerated = 0;
    for (const Cover& cover : timeline.covers().first(started))
        if (cover.end == last_covered)
            tolerated = std::max(tolerated, policy.family(cover.family).tolerated_gap);
    return tolerated;
}

// priority/6: "cover lapsed in the last 28 days; left unplanned in the last 90; released without cover"
std::optional<ListBlock> block_of(const Timeline& timeline, std::size_t started, Day as_at,
                                  const OutOfCover& out, const Policy& policy) {
    if (out.released && (!out.days_uncovered || out.last_covered <= *out.released))
        return ListBlock::released_without_cover;
    if (out.days_uncovered &&
        *out.days_uncovered <= tolerated_gap(timeline, started, out.last_covered, policy))
        return ListBlock::within_tolerated_gap;
    if (out.days_uncovered && *out.days_uncovered <= policy.priority.lapsed_days)
        return ListBlock::cover_lapsed;
    if (out.left && is_unplanned(out.end_reason) && *out.left > as_at - policy.priority.unplanned_days)
        return ListBlock::left_unplanned;
    return std::nullopt;
}

void read_owner(const Chunk& chunk, std::uint32_t client, const Timeline& timeline, std::size_t started,
                Day as_at, PersonPicture& picture) {
    const Table& episodes = chunk.table(TableKind::episodes);
    const auto at = episodes.column<ServiceIndex>(EpisodeField::service_id);
    auto episode = open_episode(chunk, client, {}, as_at);
    if (episode)
        picture.service = at[*episode];
    else if (started != 0)
        picture.service = timeline.covers()[started - 1].service;
    else if (episode = latest_episode(chunk, client, {}, as_at); episode)
        picture.service = at[*episode];
    if (!episode) episode = latest_episode(chunk, client, picture.service, as_at);
    if (!episode) return;
    picture.keyworker = text_at(chunk, episodes.column<TextRef>(EpisodeField::keyworker_id)[*episode]);
    picture.team = text_at(chunk, episodes.column<TextRef>(EpisodeField::team)[*episode]);
}

}  // namespace

std::optional<std::uint32_t> open_episode(const Chunk& chunk, std::uint32_t client, ServiceIndex service,
                                          Day as_at) {
    return last_episode(chunk, client, service, as_at,
                        [&](OptionalDay end) { return !end || *end >= as_at; });
}

bool read_out_of_cover(const Chunk& chunk, std::uint32_t client, const Timeline& timeline, Day as_at,
                       OptionalDay released, const Policy& policy, PersonPicture& picture) {
    if (timeline.death() && *timeline.death() <= as_at) return false;
    const std::size_t started = timeline.started_by(as_at);
    if (started == 0 && !is_opiate_client(chunk, client, as_at)) return false;
    OutOfCover out{};
    if (started != 0) {
        out.last_covered = timeline.last_covered(started, as_at);
        out.days_uncovered = as_at - out.last_covered;
    }
    out.released = released;
    read_leaving(chunk, client, as_at, out);
    if (is_completed(out.end_reason) && (started == 0 || *out.left >= out.last_covered)) return false;
    const auto block = block_of(timeline, started, as_at, out, policy);
    if (!block) return false;
    out.block = *block;
    picture.out_of_cover = out;
    read_owner(chunk, client, timeline, started, as_at, picture);
    return true;
}

}  // namespace optimat
