#include "model/field.hpp"

#include <iterator>

namespace optimat {

namespace {

using enum FieldKind;
constexpr auto required = Required::yes;
constexpr auto optional = Required::no;

constexpr Field count_field(std::string_view name, std::int16_t minimum, std::int16_t maximum) {
    return {name, count, optional, nullptr, minimum, maximum};
}
constexpr Field days28(std::string_view name) { return count_field(name, 0, 28); }
constexpr Field health(std::string_view name) { return count_field(name, 0, 20); }
constexpr Field flag_field(std::string_view name) { return {name, flag}; }
constexpr Field code_field(std::string_view name, const CodeList& list) {
    return {name, code, optional, &list};
}
constexpr Field result_field(std::string_view name) { return code_field(name, codes::screen_result); }

constexpr Field client_fields[] = {
    {"client_id", client, required}, count_field("year_of_birth", 1900, 2100), code_field("sex", codes::sex),
    {"in_treatment_since", day},     flag_field("children_in_household"),      flag_field("safe_storage"),
};

constexpr Field episode_fields[] = {
    {"episode_id", record, required},
    {"client_id", client, required},
    {"service_id", service, required},
    {"referral_date", day},
    {"presentation_date", day},
    {"start_date", day, required},
    {"end_date", day},
    code_field("end_reason", codes::end_reason),
    flag_field("opiate_client"),
    {"keyworker_id", text},
    {"team", text},
    code_field("source", codes::episode_source),
    flag_field("shared_care"),
    flag_field("on_mat_at_start"),
    code_field("phase", codes::phase),
};

constexpr Field prescription_fields[] = {
    {"prescription_id", record, required},
    {"client_id", client, required},
    {"service_id", service, required},
    {"prescriber_id", text},
    {"medicine", code, required, &codes::medicine},
    {"daily_dose_mg", dose},
    {"start_date", day, required},
    {"end_date", day},
    code_field("regime", codes::regime),
    {"target_dose_mg", dose},
    {"target_date", day},
    {"plan_start", day},
    code_field("collection", codes::collection),
    code_field("supervision", codes::supervision),
    code_field("plan_reason", codes::plan_reason),
    {"pharmacy_id", text},
};

constexpr Field top_fields[] = {
    {"top_id", record, required},
    {"client_id", client, required},
    {"date", day, required},
    code_field("stage", codes::top_stage),
    code_field("setting", codes::setting),
    days28("alcohol_days"),
    count_field("alcohol_units", 0, 200),
    days28("opiate_days"),
    days28("crack_days"),
    days28("cocaine_days"),
    days28("amphetamine_days"),
    days28("cannabis_days"),
    days28("benzodiazepine_days"),
    days28("other_days"),
    days28("tobacco_days"),
    days28("injecting_days"),
    days28("shoplifting_days"),
    days28("selling_days"),
    days28("paid_work_days"),
    days28("volunteering_days"),
    days28("education_days"),
    flag_field("sharing"),
    flag_field("other_theft"),
    flag_field("assault"),
    flag_field("acute_housing_problem"),
    flag_field("unsuitable_housing"),
    flag_field("eviction_risk"),
    health("psychological_health"),
    health("physical_health"),
    health("quality_of_life"),
    {"other_substance", text},
};

constexpr Field screen_fields[] = {
    {"screen_id", record, required},
    {"client_id", client, required},
    {"date", day, required},
    code_field("sample", codes::sample),
    code_field("setting", codes::setting),
    result_field("illicit_opioid"),
    result_field("fentanyl_or_nitazene"),
    result_field("methadone"),
    result_field("buprenorphine"),
    result_field("cocaine"),
    result_field("benzodiazepine"),
    result_field("amphetamine"),
    result_field("cannabis"),
    result_field("synthetic_cannabinoid"),
    result_field("alcohol"),
    result_field("gabapentinoid"),
};

constexpr Field risk_profile_fields[] = {
    {"client_id", client, required},     {"date", day, required},       flag_field("injecting"),
    flag_field("depressant_or_alcohol"), flag_field("recent_overdose"), flag_field("lowered_tolerance"),
    flag_field("potent_opioids"),        flag_field("acute_housing"),   flag_field("physical_health"),
    flag_field("suicidal_thoughts"),
};

constexpr Field asci_fields[] = {
    {"asci_id", record, required}, {"client_id", client, required}, {"date", day, required},
    {"completed_by", text},        flag_field("supervised_before"), flag_field("supervised_after"),
};

constexpr Field event_fields[] = {
    {"client_id", client, required},
    {"date", day, required},
    {"kind", code, required, &codes::event_kind},
    {"detail", text},
    {"service_id", service},
};

constexpr Field service_field_list[] = {
    {"service_id", record, required},
    {"name", text, required},
    {"region", text},
    {"area", text},
    code_field("kind", codes::service_kind),
    {"prescribing_from", day},
    {"opened", day},
    {"closed", day},
    {"merged_into", text},
    {"peer_group", text},
};

struct TableShape {
    std::string_view name;
    std::span<const Field> fields;
    OrderField order;
};

constexpr OrderField by(auto field) { return {true, static_cast<std::uint8_t>(field)}; }

constexpr TableShape tables[] = {
    {"clients", client_fields, {false, 0}},
    {"episodes", episode_fields, by(EpisodeField::start_date)},
    {"prescriptions", prescription_fields, by(PrescriptionField::start_date)},
    {"tops", top_fields, by(TopField::date)},
    {"drug_screens", screen_fields, by(ScreenField::date)},
    {"risk_profiles", risk_profile_fields, by(RiskProfileField::date)},
    {"ascis", asci_fields, by(AsciField::date)},
    {"events", event_fields, by(EventField::date)},
};

static_assert(std::size(tables) == table_count);
static_assert(std::size(service_field_list) == index_of(ServiceField::peer_group) + 1);
static_assert(std::size(client_fields) == index_of(ClientField::safe_storage) + 1);
static_assert(std::size(episode_fields) == index_of(EpisodeField::phase) + 1);
static_assert(std::size(prescription_fields) == index_of(PrescriptionField::pharmacy_id) + 1);
static_assert(std::size(top_fields) == index_of(TopField::other_substance) + 1);
static_assert(std::size(screen_fields) == index_of(ScreenField::gabapentinoid) + 1);
static_assert(std::size(risk_profile_fields) == index_of(RiskProfileField::suicidal_thoughts) + 1);
static_assert(std::size(asci_fields) == index_of(AsciField::supervised_after) + 1);
static_assert(std::size(event_fields) == index_of(EventField::service_id) + 1);

}  // namespace

std::span<const Field> service_fields() { return service_field_list; }
std::string_view table_name(TableKind kind) { return tables[index_of(kind)].name; }
std::span<const Field> fields_of(TableKind kind) { return tables[index_of(kind)].fields; }
OrderField order_field(TableKind kind) { return tables[index_of(kind)].order; }

}  // namespace optimat
