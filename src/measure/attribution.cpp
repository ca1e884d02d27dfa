#include "measure/attribution.hpp"

#include <algorithm>

namespace optimat {

namespace {

std::string_view text_at(const Chunk& chunk, TextRef ref) {
    return ref.has_value() ? chunk.texts[*ref] : std::string_view{};
}

/// Days since the client's treatment began: in_treatment_since, else the earliest presentation or start of an
/// episode.
std::optional<std::int32_t> days_in_treatment(const Chunk& chunk, std::uint32_t client, Day day) {
    OptionalDay since =
        chunk.table(TableKind::clients).column<OptionalDay>(ClientField::in_treatment_since)[client];
    if (!since) {
        const Table& episodes = chunk.table(TableKind::episodes);
        const auto start = episodes.column<Day>(EpisodeField::start_date);
        const auto presentation = episodes.column<OptionalDay>(EpisodeField::presentation_date);
        const RowRange rows = episodes.rows_of(client);
        for (std::uint32_t i = rows.begin; i < rows.end; ++i) {
            const Day first = std::min(start[i], presentation[i].value_or(start[i]));
            since = since ? std::min(*since, first) : first;
        }
    }
    if (!since || *since > day) return std::nullopt;
    return day - *since;
}

}  // namespace

Attribution attribute(const Chunk& chunk, const State& state, Day day) {
    Attribution result;
    const Table& prescriptions = chunk.table(TableKind::prescriptions);
    result.prescriber =
        text_at(chunk, prescriptions.column<TextRef>(PrescriptionField::prescriber_id)[state.prescription]);
    result.collection = prescriptions.column<Collection>(PrescriptionField::collection)[state.prescription];
    const Table& episodes = chunk.table(TableKind::episodes);
    const auto start = episodes.column<Day>(EpisodeField::start_date);
    const auto end = episodes.column<OptionalDay>(EpisodeField::end_date);
    const auto service = episodes.column<ServiceIndex>(EpisodeField::service_id);
    const RowRange rows = episodes.rows_of(state.client);
    // Rows stand in order of start, then id: the last that is open is the one with the latest start and
    // greatest id.
    for (std::uint32_t i = rows.end; i > rows.begin; --i) {
        const std::uint32_t row = i - 1;
        if (service[row] != state.service || start[row] > day || (end[row] && *end[row] < day)) continue;
        result.keyworker = text_at(chunk, episodes.column<TextRef>(EpisodeField::keyworker_id)[row]);
        result.team = text_at(chunk, episodes.column<TextRef>(EpisodeField::team)[row]);
        break;
    }
    const Table& clients = chunk.table(TableKind::clients);
    result.sex = clients.column<Sex>(ClientField::sex)[state.client];
    if (const auto born = clients.column<OptionalCount>(ClientField::year_of_birth)[state.client])
        result.age = civil(day).year - *born;
    result.days_in_treatment = days_in_treatment(chunk, state.client, day);
    return result;
}

std::string_view age_band(std::optional<int> age) {
    if (!age) return "not recorded";
    if (*age < 25) return "under 25";
    if (*age < 35) return "25 to 34";
    if (*age < 45) return "35 to 44";
    if (*age < 55) return "45 to 54";
    if (*age < 65) return "55 to 64";
    return "65 and over";
}

std::string_view time_band(std::optional<std::int32_t> days) {
    if (!days) return "not recorded";
    if (*days < 365) return "under 1 year";
    if (*days < 2 * 365) return "1 to 2 years";
    if (*days < 5 * 365) return "2 to 5 years";
    if (*days < 10 * 365) return "5 to 10 years";
    return "10 years and more";
}

}  // namespace optimat
