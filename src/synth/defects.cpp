#include "synth/defects.hpp"

#include "model/issue.hpp"

#include <algorithm>
#include <optional>

namespace optimat::synth {

namespace {

constexpr std::size_t clients_per_fault = 2'500;

struct DefectForm {
    std::string_view file, name;
    std::optional<Rule> rule;  ///< none: nothing is wrong, or only on reflection
};
constexpr std::array<DefectForm, defect_count> forms = {{
    {"prescriptions.csv", "dose_in_millilitres", std::nullopt},
    {"prescriptions.csv", "millilitres_without_strength", Rule::cell_ml_without_strength},
    {"prescriptions.csv", "dose_negative", Rule::cell_dose_not_above_zero},
    {"prescriptions.csv", "dose_zero", Rule::cell_dose_not_above_zero},
    {"prescriptions.csv", "dose_absurd", Rule::prescription_dose_implausible},
    {"prescriptions.csv", "dose_unreadable", Rule::cell_dose},
    {"prescriptions.csv", "dose_on_threshold", std::nullopt},
    {"prescriptions.csv", "prescription_overlapping", Rule::prescription_overlap},
    {"prescriptions.csv", "prescription_open_after_discharge", Rule::prescription_open_after_discharge},
    {"prescriptions.csv", "prescription_after_death", Rule::client_record_after_death},
    {"prescriptions.csv", "prescription_ends_before_start", Rule::row_end_before_start},
    {"prescriptions.csv", "prescription_dates_in_another_form", Rule::cell_date_form},
    {"prescriptions.csv", "prescription_repeated", Rule::id_repeated_identical},
    {"prescriptions.csv", "prescription_id_reused", Rule::id_repeated_different},
    {"prescriptions.csv", "prescription_of_unknown_client", Rule::client_not_listed},
    {"episodes.csv", "episode_at_unknown_service", Rule::service_not_listed},
    {"tops.csv", "top_days_above_28", Rule::cell_range},
    {"tops.csv", "top_scale_above_20", Rule::cell_range},
    {"tops.csv", "top_sharing_without_injecting", Rule::top_sharing_without_injecting},
    {"tops.csv", "top_after_death", Rule::client_record_after_death},
    {"tops.csv", "top_dates_in_another_form", Rule::cell_date_form},
    {"tops.csv", "top_repeated", Rule::id_repeated_identical},
    {"events.csv", "event_windows_1252", Rule::cell_encoding},
    {"events.csv", "event_line_break", std::nullopt},
    {"events.csv", "event_unknown_kind", Rule::event_kind_not_listed},
    {"events.csv", "death_event_only", Rule::client_death_one_source},
}};

constexpr int days_after_death = 9;
constexpr int days_of_ghost = 14;  // that a prescription after a death covers

bool died(const ClientRecords& records) {
    return std::ranges::any_of(records.episodes,
                               [](const EpisodeRow& e) { return e.end_reason == EndReason::died; });
}
/// A day after the death of a client and still within the extract, if there is one.
OptionalDay after_death(const ClientRecords& records, Day last) {
    if (!died(records) || last - *records.episodes.back().end_date < days_after_death + days_of_ghost)
        return {};
    return *records.episodes.back().end_date + days_after_death;
}
bool discharged(const ClientRecords& records) {
    return std::ranges::all_of(records.episodes, [](const EpisodeRow& e) { return e.end_date.has_value(); });
}
bool single_products(const ClientRecords& records) {
    for (std::size_t i = 1; i < records.prescriptions.size(); ++i)
        if (records.prescriptions[i].start_date == records.prescriptions[i - 1].start_date) return false;
    return true;
}

PrescriptionRow* middle_methadone(ClientRecords& records) {
    auto& rows = records.prescriptions;
    for (std::size_t i = rows.size() / 2; i < rows.size(); ++i)
        if (rows[i].medicine == Medicine::methadone) return &rows[i];
    return nullptr;
}

bool plant_in_dose(Defect defect, ClientRecords& records) {
    PrescriptionRow* row = middle_methadone(records);
    if (row == nullptr) return false;
    switch (defect) {
    case Defect::dose_in_millilitres:
        row->millilitres = "40";
        row->strength = "1";
        return true;
    case Defect::millilitres_without_strength:
        row->millilitres = "60";
        return true;
    case Defect::dose_negative:
        row->dose_text = "-20";
        return true;
    case Defect::dose_zero:
        row->dose_text = "0";
        return true;
    case Defect::dose_absurd:
        row->dose_text = "5000";
        return true;
    default:
        row->dose_text = "1e308";
        return true;
    }
}

bool plant_in_prescriptions(Defect defect, ClientRecords& records, Day last_day) {
    auto& rows = records.prescriptions;
    if (rows.size() < 3 || !single_products(records)) return false;
    PrescriptionRow& row = rows[rows.size() / 2];
    PrescriptionRow& last = rows.back();
    switch (defect) {
    case Defect::dose_on_threshold:
        if (family_of(row.medicine) != Family::buprenorphine) return false;
        row.dose = 120;
        return true;
    case Defect::prescription_overlapping: {
        const PrescriptionRow& next = rows[rows.size() / 2 + 1];
        if (!next.end_date || *next.end_date - next.start_date < 6) return false;
        row.end_date = next.start_date + 5;
        return true;
    }
    case Defect::prescription_open_after_discharge:
        if (!discharged(records) || died(records)) return false;
        last.end_date = {};
        return true;
    case Defect::prescription_after_death: {
        const OptionalDay day = after_death(records, last_day);
        if (!day) return false;
        PrescriptionRow ghost = last;
        ghost.start_date = *day;
        ghost.end_date = *day + (days_of_ghost - 1);
        rows.push_back(ghost);
        return true;
    }
    case Defect::prescription_ends_before_start:
        row.end_date = row.start_date - 3;
        return true;
    case Defect::prescription_dates_in_another_form:
        row.start_form = DateForm::day_month_year;
        return true;
    case Defect::prescription_id_reused:
        rows[rows.size() / 2 + 1].repeats_number_of = static_cast<int>(rows.size() / 2);
        return true;
    default:
        row.of_unknown_client = true;
        return true;
    }
}

bool plant_in_tops(Defect defect, ClientRecords& records, Day last_day) {
    if (records.tops.size() < 2) return false;
    TopRow& row = records.tops[records.tops.size() / 2];
    switch (defect) {
    case Defect::top_days_above_28:
        row.days[opiate_days] = 30;
        return true;
    case Defect::top_scale_above_20:
        row.scales[psychological_health] = 25;
        return true;
    case Defect::top_sharing_without_injecting:
        row.days[injecting_days] = 0;
        row.flags[sharing] = Flag::yes;
        return true;
    case Defect::top_dates_in_another_form:
        row.date_form = DateForm::day_month_year;
        return true;
    default: {
        const OptionalDay day = after_death(records, last_day);
        if (!day) return false;
        TopRow late = row;
        late.stage = TopStage::review;
        late.date = *day;
        records.tops.push_back(late);
        return true;
    }
    }
}

bool plant_elsewhere(Defect defect, ClientRecords& records) {
    if (defect == Defect::episode_at_unknown_service) {
        records.episodes.front().service_text = "S-NOT-LISTED";
        return true;
    }
    if (defect == Defect::death_event_only) {
        const EpisodeRow& last = records.episodes.back();
        if (!last.end_date || last.end_reason != EndReason::dropped_out) return false;
        records.events.push_back({.date = *last.end_date, .kind = EventKind::death, .service = last.service});
        return true;
    }
    if (records.events.empty()) return false;
    EventRow& event = records.events[records.events.size() / 2];
    if (event.kind == EventKind::death) return false;
    switch (defect) {
    case Defect::event_windows_1252:
        event.detail = "met at the caf\xe9 \x96 doing well";
        return true;
    case Defect::event_line_break:
        event.detail = "two notes, \"joined\"\nby the case system";
        return true;
    default:
        event.kind_text = "tea_and_biscuits";
        return true;
    }
}

/// Whether the fault could be planted in these records.
bool plant_one(Defect defect, ClientRecords& records, Day last_day, ExtractFiles::Repeats& repeats) {
    if (defect == Defect::prescription_repeated || defect == Defect::top_repeated) {
        const bool top = defect == Defect::top_repeated;
        const std::size_t rows = top ? records.tops.size() : records.prescriptions.size();
        if (rows == 0) return false;
        (top ? repeats.top : repeats.prescription) = static_cast<int>(rows / 2);
        return true;
    }
    if (defect < Defect::dose_on_threshold) return plant_in_dose(defect, records);
    if (defect < Defect::episode_at_unknown_service) return plant_in_prescriptions(defect, records, last_day);
    if (defect >= Defect::top_days_above_28 && defect <= Defect::top_dates_in_another_form)
        return plant_in_tops(defect, records, last_day);
    return plant_elsewhere(defect, records);
}

}  // namespace

DefectPlanter::DefectPlanter(const Plan& plan)
    : m_last_day(plan.period.last),
      m_clients(plan.clients.size()),
      m_wanted(2 + plan.clients.size() / clients_per_fault) {}

bool DefectPlanter::is_due(std::size_t defect, std::size_t client_number) const {
    return m_planted[defect] < m_wanted && m_planted[defect] * m_clients <= m_wanted * client_number;
}

ExtractFiles::Repeats DefectPlanter::plant(ClientRecords& records, std::size_t client_number) {
    ExtractFiles::Repeats repeats;
    for (std::size_t i = 0; i < defect_count; ++i) {
        const std::size_t defect = (i + client_number) % defect_count;
        if (!is_due(defect, client_number) ||
            !plant_one(static_cast<Defect>(defect), records, m_last_day, repeats))
            continue;
        ++m_planted[defect];
        break;
    }
    return repeats;
}

SynthFile DefectPlanter::write_list(const std::filesystem::path& folder) const {
    CsvWriter file(folder / "defects.csv", "file,defect,rule,planted");
    const auto line = [&file](std::string_view in, std::string_view defect, std::optional<Rule> rule,
                              std::size_t number) {
        file.cell(in);
        file.cell(defect);
        file.cell(rule ? issue_rule(*rule).id : std::string_view{});
        file.number_cell(static_cast<std::int64_t>(number));
        file.end_row();
    };
    for (std::size_t i = 0; i < defect_count; ++i)
        line(forms[i].file, forms[i].name, forms[i].rule, m_planted[i]);
    line("events.csv", "unknown_column", Rule::file_unknown_columns, 1);
    file.close();
    return {"defects.csv", file.rows(), file.bytes()};
}

}  // namespace optimat::synth
