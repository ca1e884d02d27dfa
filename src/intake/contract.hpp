#pragma once
// The contract as intake needs it: the files of an extract, their fields by name, and the columns that would
// identify a person and refuse a file.

#include "model/field.hpp"

#include <optional>
#include <string_view>

namespace optimat {

/// The name of the services table, which is not one of TableKind.
constexpr std::string_view services_table = "services";

bool contract_has(std::string_view table);

/// A field of a table by its name, `daily_dose_ml` and `strength_mg_per_ml` of prescriptions among them; null
/// when there is none.
const Field* contract_field(std::string_view table, std::string_view field);

/// The table of that name, unless it is services or unknown.
std::optional<TableKind> table_of_name(std::string_view table);

/// Whether an extract without this file is refused: services, clients and prescriptions.
Required table_required(std::string_view table);

/// Whether a column's name says that it identifies people: names, NHS, CHI or National Insurance numbers,
/// dates of birth, postcodes, addresses, telephones, e-mail. Upper or lower case and separators do not
/// matter.
bool identifies_a_person(std::string_view column);

}  // namespace optimat
