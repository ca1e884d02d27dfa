#pragma once
// One client's life as the parts of an explanation see it, and the words they share. Inside report only: see
// explain.hpp.

#include "report/explain.hpp"
#include "stage/classify.hpp"

namespace optimat {

/// Everything that a part of the explanation may look at. Borrowed from explain().
struct Life {
    const Extract& extract;
    const Policy& policy;
    const Chunk& chunk;
    std::uint32_t client;
    ReferenceDate date;
    const Timeline& timeline;
    std::span<const Evidence> evidence;
    std::size_t started;  ///< covers that start by the date

    const Table& table(TableKind kind) const { return chunk.table(kind); }
    /// Covers that are active on the day.
    std::vector<const Cover*> active() const;
    /// The spell that runs on the day. Only when in MAT.
    const Spell& spell() const { return timeline.spell_of(started - 1); }
};

/// `prescription P1`, `TOP T1`, `drug screen U1`, `episode E1`.
std::string record_words(const Life& life, TableKind kind, std::uint32_t row);
NamedRecord named(const Life& life, TableKind kind, std::uint32_t row);
/// `Northgate (S01)`; the id alone when it is the name too.
std::string service_words(const Service& service);
/// `60 mg`; `no dose recorded`.
std::string dose_words(const std::optional<Micrograms>& dose);
std::string dose_words(OptionalDose dose);
/// The sentence with its first letter as a capital.
std::string capitalised(std::string sentence);
/// `a`, `a and b`, `a, b and c`.
std::string listed(const std::vector<std::string>& parts);

// The parts, each appending its reasons.
void explain_death(const Life& life, std::vector<Reason>& reasons);
void explain_cover(const Life& life, std::vector<Reason>& reasons);
void explain_spell(const Life& life, std::vector<Reason>& reasons);
void explain_no_cover(const Life& life, std::vector<Reason>& reasons);
void explain_dose(const Life& life, const Reasoning& reasoning, std::vector<Reason>& reasons);
void explain_regime(const Life& life, const Reasoning& reasoning, std::vector<Reason>& reasons);
void explain_evidence(const Life& life, const Reasoning& reasoning, std::vector<Reason>& reasons);
void explain_stage(const Life& life, const Reasoning& reasoning, std::vector<Reason>& reasons);

}  // namespace optimat
