#pragma once
// The states as CSV or JSON: one row a client in MAT and reference date.

#include "stage/state.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace optimat {

/// Where text goes: a file, standard output, a page. Called with pieces of any size.
using TextSink = std::function<void(std::string_view)>;

/// What made an output: recorded on everything that leaves the program.
struct Provenance {
    std::string program_version, policy_name, policy_version, policy_hash, source;
    /// `Optimat 0.1.0 · policy toolkit 1 (a1b2…) · extract …`
    std::string line() const;
};

/// CSV with exactly the columns as_at, client_id, service_id, stage, cohort, medicine, dose_mg, band, regime,
/// spell_day, spell_censored, ordered by as_at and then client_id in byte order. Lines end with LF.
void write_states_csv(const Extract& extract, const States& states, const TextSink& sink);

/// The same rows as JSON: an object with the provenance and an array `states`; unknown values are null.
void write_states_json(const Extract& extract, const States& states, const Provenance& provenance,
                       const TextSink& sink);

/// A cell of CSV: in quotes when it must be.
std::string csv_cell(std::string_view text);

}  // namespace optimat
