#include "intake/contract.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

namespace optimat {

namespace {

constexpr Field volume_fields[] = {
    {"daily_dose_ml", FieldKind::dose},
    {"strength_mg_per_ml", FieldKind::dose},
};

const Field* find_field(std::span<const Field> fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? nullptr : &*found;
}

/// Lower case letters and digits only: `Date_Of Birth` becomes `dateofbirth`.
std::string folded(std::string_view column) {
    std::string text;
    for (const char c : column) {
        if (c >= 'A' && c <= 'Z')
            text += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            text += c;
    }
    return text;
}

constexpr std::string_view identifying_names[] = {
    "forename",
    "forenames",
    "firstname",
    "givenname",
    "middlename",
    "surname",
    "lastname",
    "familyname",
    "fullname",
    "clientname",
    "patientname",
    "name1",
    "name2",
    "finitial",
    "sinitial",
    "initials",
    "alias",
    "nhsnumber",
    "nhsno",
    "nhs",
    "chi",
    "chinumber",
    "nino",
    "ninumber",
    "nationalinsurance",
    "nationalinsurancenumber",
    "dob",
    "dateofbirth",
    "birthdate",
    "birthday",
    "bornon",
    "postcode",
    "zip",
    "zipcode",
    "pc",
    "address",
    "address1",
    "address2",
    "address3",
    "addressline1",
    "addressline2",
    "homeaddress",
    "telephone",
    "phone",
    "phonenumber",
    "mobile",
    "mobilenumber",
    "email",
    "emailaddress",
    "clientdob",
    "patientdob",
    "clientpostcode",
    "patientpostcode",
    "clientforename",
    "clientsurname",
    "patientforename",
    "patientsurname",
    "prisonnumber",
    "pnc",
    "pncid",
};

}  // namespace

bool contract_has(std::string_view table) {
    return table == services_table || table_of_name(table).has_value();
}

const Field* contract_field(std::string_view table, std::string_view field) {
    if (table == services_table) return find_field(service_fields(), field);
    const auto kind = table_of_name(table);
    if (!kind) return nullptr;
    if (const Field* found = find_field(fields_of(*kind), field)) return found;
    return *kind == TableKind::prescriptions ? find_field(volume_fields, field) : nullptr;
}

std::optional<TableKind> table_of_name(std::string_view table) {
    for (std::size_t i = 0; i < table_count; ++i)
        if (table_name(static_cast<TableKind>(i)) == table) return static_cast<TableKind>(i);
    return std::nullopt;
}

Required table_required(std::string_view table) {
    const bool required = table == services_table || table == table_name(TableKind::clients) ||
                          table == table_name(TableKind::prescriptions);
    return required ? Required::yes : Required::no;
}

bool identifies_a_person(std::string_view column) {
    const std::string name = folded(column);
    return std::ranges::find(identifying_names, name) != std::end(identifying_names);
}

}  // namespace optimat
