#include "report/explain.hpp"

#include "report/explain_life.hpp"
#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat {

namespace {

constexpr std::string_view record_nouns[] = {"client",      "episode",      "prescription", "TOP",
                                             "drug screen", "risk profile", "ASCI",         "event"};

void explain_data(const Life& life, std::vector<Reason>& reasons) {
    if (life.chunk.listed[life.client] != Flag::yes)
        reasons.push_back(
            {"client/not-listed", "The person is not in clients.csv, so age and sex are not recorded.", {}});
    const std::uint16_t refused = life.chunk.refused_records[life.client];
    if (refused == 0) return;
    reasons.push_back({"row/refused",
                       fmt::format("{} of this person could not be read, so something may be missing here. "
                                   "optimat check shows where to look.",
                                   refused == 1 ? "A row" : counted(refused, "row")),
                       {}});
}

std::string summary_of(const Life& life, const State& state) {
    const std::string cohort =
        state.cohort == Cohort::none ? std::string() : fmt::format(", {} cohort", text_of(state.cohort));
    const std::string stage = state.stage == Stage::uncategorised
                                  ? "in MAT and uncategorised"
                                  : fmt::format("in {}", text_of(state.stage));
    constexpr std::string_view bands[] = {"below the threshold", "at or above the threshold",
                                          "in no known dose band"};
    return fmt::format("On {} this person is {}{}: {}, {}, {}, regime {}, at {}.", long_date(life.date.day),
                       stage, cohort, words_for(state.medicine),
                       state.dose_known ? dose_words(state.dose) : "dose not known",
                       bands[static_cast<std::size_t>(state.band)], text_of(state.regime),
                       service_words(life.extract.services[*state.service]));
}

}  // namespace

std::vector<const Cover*> Life::active() const {
    std::vector<const Cover*> covers;
    for (const Cover& cover : timeline.covers().first(started))
        if (cover.end >= date.day) covers.push_back(&cover);
    return covers;
}

std::string record_words(const Life& life, TableKind kind, std::uint32_t row) {
    return fmt::format("{} {}", record_nouns[index_of(kind)], life.table(kind).record_ids[row]);
}

NamedRecord named(const Life& life, TableKind kind, std::uint32_t row) {
    const Table& table = life.table(kind);
    const OrderField order = order_field(kind);
    return {kind, table.record_ids.size() == 0 ? "" : std::string(table.record_ids[row]),
            order.present ? OptionalDay(table.columns[order.index].cells<Day>()[row]) : OptionalDay()};
}

std::string service_words(const Service& service) {
    if (service.name == service.service_id) return service.service_id;
    return fmt::format("{} ({})", service.name, service.service_id);
}

std::string dose_words(const std::optional<Micrograms>& dose) {
    return dose ? milligram_text(*dose) + " mg" : "no dose recorded";
}
std::string dose_words(OptionalDose dose) { return dose_words(dose ? std::optional(*dose) : std::nullopt); }

std::string capitalised(std::string sentence) {
    if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z')
        sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
    return sentence;
}

std::string listed(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
    return text;
}

std::optional<ClientPlace> find_client(const Extract& extract, std::string_view client_id) {
    const std::size_t chunk = partition_of(client_id) * extract.chunks.size() / partition_count;
    const TextColumn& ids = extract.chunks[chunk].client_ids;
    std::size_t low = 0, high = ids.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (ids[middle] < client_id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == ids.size() || ids[low] != client_id) return std::nullopt;
    return ClientPlace{chunk, static_cast<std::uint32_t>(low)};
}

Explanation explain(const Extract& extract, const Policy& policy, ClientPlace place, Day as_at) {
    const Chunk& chunk = extract.chunks[place.chunk];
    Classifier classifier(extract, chunk, policy);
    const ReferenceDate date(as_at, policy);
    const auto reasoning = classifier.reason(place.client, date);
    const Timeline& timeline = classifier.timeline();
    const Life life{extract,
                    policy,
                    chunk,
                    place.client,
                    date,
                    timeline,
                    classifier.evidence(),
                    timeline.started_by(as_at)};
    Explanation result{std::string(chunk.client_ids[place.client]), as_at, std::nullopt, {}, {}};
    explain_data(life, result.reasons);
    explain_death(life, result.reasons);
    if (!reasoning) {
        explain_no_cover(life, result.reasons);
        result.summary = fmt::format("On {} this person is not in MAT.", long_date(as_at));
        return result;
    }
    explain_cover(life, result.reasons);
    explain_spell(life, result.reasons);
    explain_dose(life, *reasoning, result.reasons);
    explain_regime(life, *reasoning, result.reasons);
    explain_evidence(life, *reasoning, result.reasons);
    explain_stage(life, *reasoning, result.reasons);
    result.state = reasoning->state;
    result.summary = summary_of(life, reasoning->state);
    return result;
}

}  // namespace optimat
