#include "synth/extract_files.hpp"

#include "base/error.hpp"

#include <fstream>

#include <fmt/format.h>

namespace optimat::synth {

namespace {

struct FileForm {
    std::string_view name, header;
};
constexpr FileForm forms[] = {
    {"services.csv",
     "service_id,name,region,area,kind,prescribing_from,opened,closed,merged_into,peer_group"},
    {"clients.csv", "client_id,year_of_birth,sex,in_treatment_since,children_in_household,safe_storage"},
    {"episodes.csv",
     "episode_id,client_id,service_id,referral_date,presentation_date,start_date,end_date,end_reason,"
     "opiate_client,keyworker_id,team,source,shared_care,on_mat_at_start,phase"},
    {"prescriptions.csv",
     "prescription_id,client_id,service_id,prescriber_id,medicine,daily_dose_mg,start_date,"
     "end_date,regime,target_dose_mg,target_date,plan_start,collection,supervision,plan_reason,"
     "pharmacy_id"},
    {"tops.csv",
     "top_id,client_id,date,stage,setting,alcohol_days,alcohol_units,opiate_days,crack_days,cocaine_days,"
     "amphetamine_days,cannabis_days,benzodiazepine_days,other_days,tobacco_days,injecting_days,"
     "shoplifting_days,selling_days,paid_work_days,volunteering_days,education_days,sharing,other_theft,"
     "assault,acute_housing_problem,unsuitable_housing,eviction_risk,psychological_health,physical_health,"
     "quality_of_life,other_substance"},
    {"drug_screens.csv",
     "screen_id,client_id,date,sample,setting,illicit_opioid,fentanyl_or_nitazene,methadone,"
     "buprenorphine,cocaine,benzodiazepine,amphetamine,cannabis,synthetic_cannabinoid,alcohol,"
     "gabapentinoid"},
    {"risk_profiles.csv", "client_id,date,injecting,depressant_or_alcohol,recent_overdose,lowered_tolerance,"
                          "potent_opioids,acute_housing,physical_health,suicidal_thoughts"},
    {"ascis.csv",
     "asci_id,client_id,date,completed_by,supervised_before,supervised_after,diverted_this_episode,"
     "vulnerable_to_exploitation,regular_opioid_use_28d"},
    {"events.csv", "client_id,date,kind,detail,service_id"},
};

constexpr std::string_view flag_texts[] = {"", "false", "true"};

/// Seven characters that tell nothing of the number they come from; one to one.
std::string client_code(std::uint64_t number, std::uint64_t key) {
    constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    constexpr std::uint64_t mask = (std::uint64_t{1} << 35) - 1;
    std::uint64_t code = (number ^ key) & mask;
    for (int round = 0; round < 3; ++round) {
        code = (code * 0x2545f4915ull + 0x1b873593ull) & mask;
        code ^= code >> 17;
    }
    std::string text(7, '0');
    for (char& c : text) {
        c = letters[code & 31];
        code >>= 5;
    }
    return text;
}

}  // namespace

ExtractFiles::ExtractFiles(const std::filesystem::path& folder, const Plan& plan, Defects defects)
    : m_plan(plan), m_defects(defects), m_key(mixed(plan.seed)) {
    open(folder);
    write_manifest(folder);
    write_services();
}

void ExtractFiles::open(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error && !std::filesystem::is_directory(folder))
        throw OutputError(
            fmt::format("The folder {} cannot be made: {}. Give -o a folder that you can write to.",
                        folder.string(), error.message()));
    m_files.reserve(std::size(forms));
    for (std::size_t i = 0; i < std::size(forms); ++i) {
        std::string header(forms[i].header);
        if (m_defects == Defects::yes && i == prescriptions) header += ",daily_dose_ml,strength_mg_per_ml";
        if (m_defects == Defects::yes && i == events) header += ",legacy_code";
        m_files.emplace_back(folder / forms[i].name, header);
    }
}

void ExtractFiles::write_manifest(const std::filesystem::path& folder) const {
    std::ofstream manifest(folder / "extract.toml", std::ios::binary);
    manifest << "organisation = \"Synthetic Provider (invented)\"\n"
             << "covers_from = \"" << to_text(m_plan.period.covers_from) << "\"\n"
             << "covers_to = \"" << to_text(m_plan.period.last) << "\"\n";
    if (!manifest.flush())
        throw OutputError(fmt::format("{} cannot be written. Give -o a folder that you can write to.",
                                      (folder / "extract.toml").string()));
}

void ExtractFiles::write_services() {
    CsvWriter& file = at(services);
    for (const Service& service : m_plan.services) {
        file.cell(service.service_id);
        file.text_cell(service.name);
        file.cell(service.region);
        file.cell(service.area);
        file.cell(text_of(codes::service_kind, service.kind));
        file.day_cell(service.prescribing_from);
        file.day_cell(service.opened);
        file.day_cell(service.closed);
        file.cell(service.merged_into ? std::string_view(m_plan.services[*service.merged_into].service_id)
                                      : "");
        file.cell(service.peer_group);
        file.end_row();
    }
}

void ExtractFiles::client_cell(File file) {
    at(file).cell("C");
    at(file).more(m_client);
}

void ExtractFiles::service_cell(File file, std::uint16_t service) {
    at(file).cell(m_plan.services[service].service_id);
}

void ExtractFiles::staff_cell(File file, char kind, std::uint16_t service, int number) {
    at(file).cell(std::string_view(&kind, 1));
    at(file).padded_text(service + 1, 3);
    at(file).more("-");
    at(file).padded_text(number + 1, 2);
}

void ExtractFiles::record_cell(File file, char kind, int number) {
    at(file).cell(std::string_view(&kind, 1));
    at(file).more(m_client);
    at(file).padded_text(number + 1, 3);
}

void ExtractFiles::day_cell(File file, OptionalDay day, DateForm form) {
    if (form == DateForm::iso || !day) return at(file).day_cell(day);
    const CivilDay parts = civil(*day);
    at(file).cell(fmt::format("{:02}/{:02}/{:04}", parts.day, parts.month, parts.year));
}

void ExtractFiles::flag_cell(File file, Flag flag) {
    at(file).cell(flag_texts[static_cast<std::size_t>(flag)]);
}

void ExtractFiles::dose_cell(File file, int tenths) {
    at(file).number_cell(tenths / 10);
    if (tenths % 10 == 0) return;
    at(file).more(".");
    at(file).number_text(tenths % 10);
}

void ExtractFiles::write(const ClientRecords& records, std::uint64_t client_number) {
    m_client = client_code(client_number, m_key);
    write_client(records.client);
    const auto each = [](const auto& rows, auto write_row) {
        int number = 0;
        for (const auto& row : rows)
            write_row(row, number++);
    };
    each(records.episodes, [&](const auto& row, int number) { write_episode(row, number); });
    each(records.prescriptions, [&](const auto& row, int number) {
        write_prescription(row, row.repeats_number_of < 0 ? number : row.repeats_number_of);
        if (m_repeats.prescription == number) write_prescription(row, number);
    });
    each(records.tops, [&](const auto& row, int number) {
        write_top(row, number);
        if (m_repeats.top == number) write_top(row, number);
    });
    each(records.screens, [&](const auto& row, int number) { write_screen(row, number); });
    each(records.risk_profiles, [&](const auto& row, int) { write_risk_profile(row); });
    each(records.ascis, [&](const auto& row, int number) { write_asci(row, number); });
    each(records.events, [&](const auto& row, int) { write_event(row); });
    m_repeats = {};
}

void ExtractFiles::write_client(const ClientRow& row) {
    client_cell(clients);
    at(clients).number_cell(row.year_of_birth);
    at(clients).cell(text_of(codes::sex, row.sex));
    at(clients).day_cell(row.in_treatment_since);
    flag_cell(clients, row.children_in_household);
    flag_cell(clients, row.safe_storage);
    at(clients).end_row();
}

void ExtractFiles::write_episode(const EpisodeRow& row, int number) {
    CsvWriter& file = at(episodes);
    record_cell(episodes, 'E', number);
    client_cell(episodes);
    if (row.service_text.empty())
        service_cell(episodes, row.service);
    else
        file.cell(row.service_text);
    file.day_cell(row.referral_date);
    file.day_cell(row.presentation_date);
    file.day_cell(row.start_date);
    file.day_cell(row.end_date);
    file.cell(text_of(codes::end_reason, row.end_reason));
    file.cell("true");
    staff_cell(episodes, 'K', row.service, row.keyworker);
    file.cell("Team ");
    file.number_text(row.team + 1);
    file.cell(text_of(codes::episode_source, row.source));
    file.cell(row.shared_care ? "true" : "false");
    flag_cell(episodes, row.on_mat_at_start);
    file.cell(text_of(codes::phase, row.phase));
    file.end_row();
}

void ExtractFiles::write_prescription(const PrescriptionRow& row, int number) {
    CsvWriter& file = at(prescriptions);
    record_cell(prescriptions, 'P', number);
    client_cell(prescriptions);
    if (row.of_unknown_client) file.more("X");
    service_cell(prescriptions, row.service);
    staff_cell(prescriptions, 'D', row.service, row.prescriber);
    file.cell(text_of(codes::medicine, row.medicine));
    if (!row.millilitres.empty())
        file.empty_cell();
    else if (!row.dose_text.empty())
        file.cell(row.dose_text);
    else
        dose_cell(prescriptions, row.dose);
    day_cell(prescriptions, row.start_date, row.start_form);
    file.day_cell(row.end_date);
    file.cell(text_of(codes::regime, row.regime));
    if (row.target_dose)
        dose_cell(prescriptions, *row.target_dose);
    else
        file.empty_cell();
    file.day_cell(row.target_date);
    file.day_cell(row.plan_start);
    file.cell(text_of(codes::collection, row.collection));
    file.cell(text_of(codes::supervision, row.supervision));
    file.cell(text_of(codes::plan_reason, row.plan_reason));
    staff_cell(prescriptions, 'F', row.service, row.pharmacy);
    if (m_defects == Defects::yes) {
        file.cell(row.millilitres);
        file.cell(row.strength);
    }
    file.end_row();
}

void ExtractFiles::write_top(const TopRow& row, int number) {
    CsvWriter& file = at(tops);
    const auto number_cell = [&file](std::optional<int> value) {
        value ? file.number_cell(*value) : file.empty_cell();
    };
    record_cell(tops, 'T', number);
    client_cell(tops);
    day_cell(tops, row.date, row.date_form);
    file.cell(text_of(codes::top_stage, row.stage));
    file.cell(text_of(codes::setting, row.setting));
    number_cell(row.days[alcohol_days]);
    number_cell(row.alcohol_units);
    for (std::size_t i = opiate_days; i < top_day_count; ++i)
        number_cell(row.days[i]);
    for (const Flag flag : row.flags)
        flag_cell(tops, flag);
    for (const std::optional<int> scale : row.scales)
        number_cell(scale);
    file.text_cell(row.other_substance);
    file.end_row();
}

void ExtractFiles::write_screen(const ScreenRow& row, int number) {
    CsvWriter& file = at(drug_screens);
    record_cell(drug_screens, 'U', number);
    client_cell(drug_screens);
    file.day_cell(row.date);
    file.cell(text_of(codes::sample, row.sample));
    file.cell(text_of(codes::setting, row.setting));
    for (const ScreenResult result : row.results)
        file.cell(text_of(codes::screen_result, result));
    file.end_row();
}

void ExtractFiles::write_risk_profile(const RiskProfileRow& row) {
    client_cell(risk_profiles);
    at(risk_profiles).day_cell(row.date);
    for (const Flag flag : row.factors)
        flag_cell(risk_profiles, flag);
    at(risk_profiles).end_row();
}

void ExtractFiles::write_asci(const AsciRow& row, int number) {
    CsvWriter& file = at(ascis);
    record_cell(ascis, 'A', number);
    client_cell(ascis);
    file.day_cell(row.date);
    staff_cell(ascis, 'D', row.service, row.completed_by % m_plan.services[row.service].prescribers);
    file.cell(row.supervised_before ? "true" : "false");
    file.cell(row.supervised_after ? "true" : "false");
    for (const bool item : row.items)
        file.cell(item ? "true" : "false");
    file.end_row();
}

void ExtractFiles::write_event(const EventRow& row) {
    CsvWriter& file = at(events);
    client_cell(events);
    file.day_cell(row.date);
    file.cell(row.kind_text.empty() ? text_of(codes::event_kind, row.kind) : row.kind_text);
    file.text_cell(row.detail);
    service_cell(events, row.service);
    if (m_defects == Defects::yes) file.empty_cell();
    file.end_row();
}

std::vector<SynthFile> ExtractFiles::close() {
    std::vector<SynthFile> written;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        m_files[i].close();
        written.push_back({std::string(forms[i].name), m_files[i].rows(), m_files[i].bytes()});
    }
    return written;
}

}  // namespace optimat::synth
