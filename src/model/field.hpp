#pragma once
// The shape of the extract's files: which fields each has, of what kind, and which are required. The one
// place that intake, snapshot and documentation read it from; the contract itself is docs/extract.md. Tables
// and fields are stored in snapshots by number: append only, never reorder.

#include "model/codes.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace optimat {

/// The files whose rows belong to clients, in the order they are stored.
enum class TableKind : std::uint8_t {
    clients,
    episodes,
    prescriptions,
    tops,
    drug_screens,
    risk_profiles,
    ascis,
    events
};
constexpr std::size_t table_count = 8;

enum class FieldKind : std::uint8_t {
    client,   ///< client_id: says whose row it is
    record,   ///< the record's own id
    service,  ///< a service_id
    day,
    code,
    flag,
    count,  ///< a whole number within [minimum, maximum]
    dose,   ///< milligrams, kept as micrograms
    text,
};

enum class Required : std::uint8_t { no, yes };

struct Field {
    std::string_view name;
    FieldKind kind;
    Required required = Required::no;
    const CodeList* codes = nullptr;
    std::int16_t minimum = 0, maximum = 0;  ///< of a count, both inclusive
};

enum class ClientField : std::uint8_t {
    client_id,
    year_of_birth,
    sex,
    in_treatment_since,
    children_in_household,
    safe_storage
};
enum class EpisodeField : std::uint8_t {
    episode_id,
    client_id,
    service_id,
    referral_date,
    presentation_date,
    start_date,
    end_date,
    end_reason,
    opiate_client,
    keyworker_id,
    team,
    source,
    shared_care,
    on_mat_at_start,
    phase
};
enum class PrescriptionField : std::uint8_t {
    prescription_id,
    client_id,
    service_id,
    prescriber_id,
    medicine,
    daily_dose_mg,
    start_date,
    end_date,
    regime,
    target_dose_mg,
    target_date,
    plan_start,
    collection,
    supervision,
    plan_reason,
    pharmacy_id
};
enum class TopField : std::uint8_t {
    top_id,
    client_id,
    date,
    stage,
    setting,
    alcohol_days,
    alcohol_units,
    opiate_days,
    crack_days,
    cocaine_days,
    amphetamine_days,
    cannabis_days,
    benzodiazepine_days,
    other_days,
    tobacco_days,
    injecting_days,
    shoplifting_days,
    selling_days,
    paid_work_days,
    volunteering_days,
    education_days,
    sharing,
    other_theft,
    assault,
    acute_housing_problem,
    unsuitable_housing,
    eviction_risk,
    psychological_health,
    physical_health,
    quality_of_life,
    other_substance
};
enum class ScreenField : std::uint8_t {
    screen_id,
    client_id,
    date,
    sample,
    setting,
    illicit_opioid,
    fentanyl_or_nitazene,
    methadone,
    buprenorphine,
    cocaine,
    benzodiazepine,
    amphetamine,
    cannabis,
    synthetic_cannabinoid,
    alcohol,
    gabapentinoid
};
enum class RiskProfileField : std::uint8_t {
    client_id,
    date,
    injecting,
    depressant_or_alcohol,
    recent_overdose,
    lowered_tolerance,
    potent_opioids,
    acute_housing,
    physical_health,
    suicidal_thoughts
};
/// The fixed fields; the items of the inventory definition follow as flags, in its order.
enum class AsciField : std::uint8_t {
    asci_id,
    client_id,
    date,
    completed_by,
    supervised_before,
    supervised_after
};
enum class EventField : std::uint8_t { client_id, date, kind, detail, service_id };

/// The fields of services.csv, which is one small table beside the clients' (see Service in extract.hpp).
enum class ServiceField : std::uint8_t {
    service_id,
    name,
    region,
    area,
    kind,
    prescribing_from,
    opened,
    closed,
    merged_into,
    peer_group
};
std::span<const Field> service_fields();

/// `prescriptions`, as in `prescriptions.csv`.
std::string_view table_name(TableKind kind);

/// The fixed fields of a table, in the order of its enum.
std::span<const Field> fields_of(TableKind kind);

/// The field by whose day a table's rows are ordered within a client: start_date or date; none for clients.
struct OrderField {
    bool present;
    std::uint8_t index;
};
OrderField order_field(TableKind kind);

template <class FieldEnum> constexpr std::size_t index_of(FieldEnum field) {
    return static_cast<std::size_t>(field);
}

}  // namespace optimat
