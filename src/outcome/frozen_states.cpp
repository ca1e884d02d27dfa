#include "outcome/frozen_states.hpp"

#include "base/error.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>

namespace optimat {

namespace {

// Control characters that no id of an extract can hold.
constexpr char between_fields = '\x1f', between_persons = '\x1e';
constexpr std::size_t field_count = 9;
using Fields = std::array<std::string_view, field_count>;

[[noreturn]] void throw_damaged_states() {
    throw StoreError(
        "the store is damaged: the states of a release are not what was stored; restore a backup");
}

Fields fields_of(std::string_view line) {
    Fields fields;
    for (std::size_t i = 0; i < field_count; ++i) {
        const std::size_t end = line.find(between_fields);
        if ((end == line.npos) != (i + 1 == field_count)) throw_damaged_states();
        fields[i] = line.substr(0, end);
        line.remove_prefix(end == line.npos ? line.size() : end + 1);
    }
    return fields;
}

template <class Enum> Enum value_of(std::string_view text, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        if (text_of(static_cast<Enum>(i)) == text) return static_cast<Enum>(i);
    throw_damaged_states();
}

std::optional<Micrograms> dose_of(std::string_view text) {
    if (text.empty()) return std::nullopt;
    Micrograms dose;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), dose.number);
    if (error != std::errc{} || end != text.data() + text.size()) throw_damaged_states();
    return dose;
}

FrozenState state_of(std::string_view line) {
    const Fields fields = fields_of(line);
    Standing standing;
    standing.service_id = fields[1];
    standing.stage = value_of<Stage>(fields[2], stage_count);
    standing.cohort = value_of<Cohort>(fields[3], cohort_count + 1);
    standing.band = value_of<Band>(fields[4], band_count);
    standing.regime = value_of<Regime>(fields[5], regime_count);
    standing.group = value_of<TrackerGroup>(fields[6], tracker_group_count);
    standing.medicine = value_of<Family>(fields[7], family_count);
    standing.dose = dose_of(fields[8]);
    return {std::string(fields[0]), standing};
}

}  // namespace

Standing standing_of(const Extract& extract, const State& state) {
    Standing standing;
    if (state.service.has_value()) standing.service_id = extract.services[*state.service].service_id;
    standing.stage = state.stage;
    standing.cohort = state.cohort;
    standing.band = state.band;
    standing.regime = state.regime;
    standing.group = tracker_group(state);
    standing.medicine = state.medicine;
    if (state.dose_known) standing.dose = state.dose;
    return standing;
}

bool stands_alike(const std::optional<Standing>& one, const std::optional<Standing>& other) {
    if (!one || !other) return one.has_value() == other.has_value();
    return one->service_id == other->service_id && one->stage == other->stage &&
           one->cohort == other->cohort && one->band == other->band && one->regime == other->regime &&
           one->group == other->group;
}

std::vector<FrozenState> freeze_states(const Extract& extract, const States& states,
                                       const PersonReference& reference) {
    std::vector<FrozenState> frozen;
    frozen.reserve(states.count());
    for (std::size_t chunk = 0; chunk < states.chunks.size(); ++chunk)
        for (const State& state : states.chunks[chunk])
            frozen.push_back(
                {reference(extract.chunks[chunk].client_ids[state.client]), standing_of(extract, state)});
    return frozen;
}

std::string write_frozen_states(const std::vector<FrozenState>& states) {
    std::string text;
    for (const FrozenState& state : states) {
        const Standing& one = state.standing;
        const std::string dose = one.dose ? fmt::format("{}", one.dose->number) : "";
        const Fields fields = {state.person,        one.service_id,        text_of(one.stage),
                               text_of(one.cohort), text_of(one.band),     text_of(one.regime),
                               text_of(one.group),  text_of(one.medicine), dose};
        text += fmt::format("{}{}", fmt::join(fields, std::string_view(&between_fields, 1)), between_persons);
    }
    return text;
}

std::vector<FrozenState> read_frozen_states(std::string_view text) {
    std::vector<FrozenState> states;
    while (!text.empty()) {
        const std::size_t end = text.find(between_persons);
        if (end == text.npos) throw_damaged_states();
        states.push_back(state_of(text.substr(0, end)));
        text.remove_prefix(end + 1);
    }
    return states;
}

}  // namespace optimat
