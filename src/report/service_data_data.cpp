#include "report/number_text.hpp"
#include "report/service_data_text.hpp"
#include "report/table_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view sheet_columns[] = {"place_kind",
                                              "place_id",
                                              "place",
                                              "as_at",
                                              "row",
                                              "people",
                                              "share_of_all",
                                              "organisation_people",
                                              "organisation_share_of_all",
                                              "services_lowest",
                                              "services_lower_quartile",
                                              "services_median",
                                              "services_upper_quartile",
                                              "services_highest",
                                              "mean_methadone_mg",
                                              "methadone_people",
                                              "mean_buprenorphine_mg",
                                              "buprenorphine_people",
                                              "organisation_mean_methadone_mg",
                                              "organisation_methadone_people",
                                              "organisation_mean_buprenorphine_mg",
                                              "organisation_buprenorphine_people",
                                              "lyophilisate",
                                              "injections",
                                              "other_medicine",
                                              "on_threshold",
                                              "high_dose",
                                              "regime_conflicts",
                                              "methadone_lowest_mg",
                                              "methadone_lower_quartile_mg",
                                              "methadone_median_mg",
                                              "methadone_upper_quartile_mg",
                                              "methadone_highest_mg",
                                              "buprenorphine_lowest_mg",
                                              "buprenorphine_lower_quartile_mg",
                                              "buprenorphine_median_mg",
                                              "buprenorphine_upper_quartile_mg",
                                              "buprenorphine_highest_mg"};

std::string csv_mean(const DoseSum& sum) {
    return fmt::format("{},{}", mean_mg_text(sum, 3).value_or(""), sum.people);
}
Json json_mean(const DoseSum& sum) {
    return {{"mean_mg", json_ratio(sum.micrograms, sum.people * 1000, 3)}, {"people", sum.people}};
}

std::string csv_spread(const std::optional<Spread>& spread, int places) {
    if (!spread) return ",,,,";
    return fmt::format("{},{},{},{},{}", decimal_text(spread->lowest, places),
                       decimal_text(spread->lower_quartile, places), decimal_text(spread->median, places),
                       decimal_text(spread->upper_quartile, places), decimal_text(spread->highest, places));
}

Json json_spread(const std::optional<Spread>& spread, int places) {
    if (!spread) return nullptr;
    return {{"count", spread->count},
            {"lowest", json_decimal(spread->lowest, places)},
            {"lower_quartile", json_decimal(spread->lower_quartile, places)},
            {"median", json_decimal(spread->median, places)},
            {"upper_quartile", json_decimal(spread->upper_quartile, places)},
            {"highest", json_decimal(spread->highest, places)}};
}

std::string csv_place(const Place& place, Day date) {
    return fmt::format("{},{},{},{}", text_of(place.kind), csv_words(place.id), csv_words(place.name),
                       to_text(date));
}

Json json_place(const Place& place) {
    return {{"kind", text_of(place.kind)}, {"id", place.id}, {"name", place.name}};
}

Json json_cell(const ServiceDataCell& cell, std::int64_t whole) {
    return {{"people", cell.people},
            {"share_of_all", json_ratio(cell.people, whole, 6)},
            {"methadone", json_mean(cell.methadone)},
            {"buprenorphine", json_mean(cell.buprenorphine)},
            {"lyophilisate", cell.lyophilisate},
            {"injections", cell.injections},
            {"other_medicine", cell.other_medicine},
            {"on_threshold", cell.on_threshold},
            {"high_dose", cell.high_dose},
            {"regime_conflicts", cell.regime_conflicts}};
}

std::int64_t people_of(const BreakdownSheet& sheet) {
    std::int64_t whole = 0;
    for (const BreakdownPart& part : sheet.parts)
        whole += part.cell.people;
    return whole;
}

}  // namespace

void write_service_data_csv(const ServiceDataSheet& sheet, const Provenance& provenance,
                            const TextSink& sink) {
    std::string text = fmt::format("{}{}\n", fmt::join(sheet_columns, ","), csv_provenance_head());
    const auto rows = service_data_rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ServiceDataCell& here = sheet.cells[i];
        const ServiceDataCell& all = sheet.organisation[i];
        fmt::format_to(
            std::back_inserter(text), "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}{}\n",
            csv_place(sheet.place, sheet.date), rows[i].id, here.people,
            csv_share(here.people, sheet.cells[0].people), all.people,
            csv_share(all.people, sheet.organisation[0].people), csv_spread(sheet.services[i], 6),
            csv_mean(here.methadone), csv_mean(here.buprenorphine), csv_mean(all.methadone),
            csv_mean(all.buprenorphine), here.lyophilisate, here.injections, here.other_medicine,
            here.on_threshold, here.high_dose, here.regime_conflicts, csv_spread(sheet.methadone[i], 3),
            csv_spread(sheet.buprenorphine[i], 3), csv_provenance(provenance));
    }
    sink(text);
}

void write_service_data_json(const ServiceDataSheet& sheet, const Provenance& provenance,
                             const TextSink& sink) {
    Json rows = Json::array();
    const auto definitions = service_data_rows();
    for (std::size_t i = 0; i < definitions.size(); ++i)
        rows.push_back({{"row", definitions[i].id},
                        {"place", json_cell(sheet.cells[i], sheet.cells[0].people)},
                        {"organisation", json_cell(sheet.organisation[i], sheet.organisation[0].people)},
                        {"services_share_of_all", json_spread(sheet.services[i], 6)},
                        {"methadone_mg", json_spread(sheet.methadone[i], 3)},
                        {"buprenorphine_mg", json_spread(sheet.buprenorphine[i], 3)}});
    const Json result = {{"provenance", json_of(provenance)},
                         {"place", json_place(sheet.place)},
                         {"as_at", to_text(sheet.date)},
                         {"rows", std::move(rows)}};
    sink(result.dump(1) + "\n");
}

void write_breakdown_csv(const BreakdownSheet& sheet, const Provenance& provenance, const TextSink& sink) {
    std::string text = fmt::format(
        "place_kind,place_id,place,as_at,row,breakdown,part,people,share_of_row,mean_methadone_mg,"
        "methadone_people,mean_buprenorphine_mg,buprenorphine_people{}\n",
        csv_provenance_head());
    const std::int64_t whole = people_of(sheet);
    for (const BreakdownPart& part : sheet.parts)
        fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{}{}\n",
                       csv_place(sheet.place, sheet.date), sheet.row->id, text_of(sheet.by),
                       csv_words(part.part), part.cell.people, csv_share(part.cell.people, whole),
                       csv_mean(part.cell.methadone), csv_mean(part.cell.buprenorphine),
                       csv_provenance(provenance));
    sink(text);
}

void write_breakdown_json(const BreakdownSheet& sheet, const Provenance& provenance, const TextSink& sink) {
    Json parts = Json::array();
    const std::int64_t whole = people_of(sheet);
    for (const BreakdownPart& part : sheet.parts)
        parts.push_back({{"part", part.part},
                         {"people", part.cell.people},
                         {"share_of_row", json_ratio(part.cell.people, whole, 6)},
                         {"methadone", json_mean(part.cell.methadone)},
                         {"buprenorphine", json_mean(part.cell.buprenorphine)}});
    const Json result = {{"provenance", json_of(provenance)}, {"place", json_place(sheet.place)},
                         {"as_at", to_text(sheet.date)},      {"row", sheet.row->id},
                         {"breakdown", text_of(sheet.by)},    {"people", whole},
                         {"parts", std::move(parts)}};
    sink(result.dump(1) + "\n");
}

}  // namespace optimat
