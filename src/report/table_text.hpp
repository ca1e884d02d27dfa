#pragma once
// What the CSV and JSON of every table have in common: cells that a spreadsheet takes as text, and the
// provenance.

#include "report/states_text.hpp"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace optimat {

/// A cell of words (a name of a place, of a part): one that begins with = + - @, a tab or a carriage return,
/// which a spreadsheet would calculate, gets an apostrophe before it; in quotes when it must be. Record ids
/// and the states never pass through here: they leave as they came.
std::string csv_words(std::string_view text);

/// A share from 0 to 1 with six decimals, rounded half up; empty when the whole is 0.
std::string csv_share(std::int64_t part, std::int64_t whole);

/// `,program_version,policy,policy_version,policy_hash,source` for the head of a CSV, and the cells of its
/// rows.
std::string_view csv_provenance_head();
std::string csv_provenance(const Provenance& provenance);

nlohmann::ordered_json json_of(const Provenance& provenance);
/// A figure in JSON with so many decimals, rounded half up; null when there is none.
nlohmann::ordered_json json_ratio(std::int64_t numerator, std::int64_t denominator, int places);
nlohmann::ordered_json json_decimal(std::optional<double> figure, int places);

}  // namespace optimat
