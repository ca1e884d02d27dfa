#include "report/states_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

/// Calls `visit(chunk, state)` for every state in the order of the outputs.
template <class Visit> void in_output_order(const Extract& extract, const States& states, Visit visit) {
    struct Entry {
        std::string_view client_id;
        const Chunk* chunk;
        const State* state;
    };
    std::vector<Entry> entries;
    for (std::size_t date = 0; date < states.dates.size(); ++date) {
        entries.clear();
        for (std::size_t i = 0; i < states.chunks.size(); ++i)
            for (const State& state : states.chunks[i])
                if (state.date == date)
                    entries.push_back(
                        {extract.chunks[i].client_ids[state.client], &extract.chunks[i], &state});
        std::ranges::sort(entries, {}, &Entry::client_id);
        for (const Entry& entry : entries)
            visit(*entry.chunk, *entry.state);
    }
}

}  // namespace

std::string Provenance::line() const {
    return fmt::format("Optimat {} · policy {} {} ({}) · {}", program_version, policy_name, policy_version,
                       policy_hash, source);
}

std::string csv_cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == text.npos) return std::string(text);
    std::string cell = "\"";
    for (const char c : text) {
        if (c == '"') cell += '"';
        cell += c;
    }
    return cell + '"';
}

void write_states_csv(const Extract& extract, const States& states, const TextSink& sink) {
    std::string text =
        "as_at,client_id,service_id,stage,cohort,medicine,dose_mg,band,regime,spell_day,spell_censored\n";
    std::vector<std::string> dates, services;
    for (const Day day : states.dates)
        dates.push_back(to_text(day));
    for (const Service& service : extract.services)
        services.push_back(csv_cell(service.service_id));
    in_output_order(extract, states, [&](const Chunk& chunk, const State& state) {
        text += dates[state.date];
        text += ',';
        text += csv_cell(chunk.client_ids[state.client]);
        text += ',';
        text += services[*state.service];
        fmt::format_to(std::back_inserter(text), ",{},{},{},{},{},{},{},{}\n", text_of(state.stage),
                       text_of(state.cohort), text_of(state.medicine),
                       state.dose_known ? milligram_text(state.dose) : "", text_of(state.band),
                       text_of(state.regime), state.spell_day, state.spell_censored ? 1 : 0);
        if (text.size() > 1 << 16) {
            sink(text);
            text.clear();
        }
    });
    sink(text);
}

void write_states_json(const Extract& extract, const States& states, const Provenance& provenance,
                       const TextSink& sink) {
    using Json = nlohmann::ordered_json;
    const Json about = {{"program_version", provenance.program_version},
                        {"policy", provenance.policy_name},
                        {"policy_version", provenance.policy_version},
                        {"policy_hash", provenance.policy_hash},
                        {"source", provenance.source}};
    sink("{\"provenance\": " + about.dump() + ",\n\"states\": [");
    bool first = true;
    in_output_order(extract, states, [&](const Chunk& chunk, const State& state) {
        Json row = {{"as_at", to_text(states.dates[state.date])},
                    {"client_id", chunk.client_ids[state.client]},
                    {"service_id", extract.services[*state.service].service_id},
                    {"stage", text_of(state.stage)},
                    {"cohort", text_of(state.cohort)},
                    {"medicine", text_of(state.medicine)},
                    {"dose_mg", nullptr},
                    {"band", text_of(state.band)},
                    {"regime", text_of(state.regime)},
                    {"spell_day", state.spell_day},
                    {"spell_censored", state.spell_censored}};
        if (state.cohort == Cohort::none) row["cohort"] = nullptr;
        if (state.dose_known) row["dose_mg"] = static_cast<double>(state.dose.number) / 1000.0;
        sink(fmt::format("{}\n{}", first ? "" : ",", row.dump()));
        first = false;
    });
    sink("\n]}\n");
}

}  // namespace optimat
