#include "report/number_text.hpp"
#include "report/table_text.hpp"
#include "report/tracker_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

using Json = nlohmann::ordered_json;

bool is_cohort(TrackerGroup group) { return group <= TrackerGroup::grey; }

Json json_mean(const DoseSum& sum) { return json_ratio(sum.micrograms, sum.people * 1000, 3); }

Json json_of(const TrackerCell& cell, TrackerGroup group) {
    Json row = {{"group", text_of(group)},
                {"people", cell.of(group)},
                {"share_of_cohorts", nullptr},
                {"share_of_all", json_ratio(cell.of(group), cell.in_mat(), 6)},
                {"mean_methadone_mg", json_mean(cell.methadone_of(group))},
                {"methadone_people", cell.methadone_of(group).people}};
    if (is_cohort(group)) row["share_of_cohorts"] = json_ratio(cell.of(group), cell.in_cohorts(), 6);
    return row;
}

}  // namespace

void write_tracker_csv(const TrackerSeries& series, const Provenance& provenance, const TextSink& sink) {
    std::string text = fmt::format(
        "place_kind,place_id,place,as_at,group,people,share_of_cohorts,share_of_all,mean_methadone_mg,"
        "methadone_people{}\n",
        csv_provenance_head());
    const std::string about = csv_provenance(provenance);
    const std::string place = fmt::format("{},{},{}", text_of(series.place.kind), csv_words(series.place.id),
                                          csv_words(series.place.name));
    for (std::size_t i = 0; i < series.dates.size(); ++i) {
        const TrackerCell& cell = series.cells[i];
        for (std::size_t k = 0; k < tracker_group_count; ++k) {
            const auto group = static_cast<TrackerGroup>(k);
            const DoseSum& methadone = cell.methadone_of(group);
            fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{},{}{}\n", place,
                           to_text(series.dates[i]), text_of(group), cell.of(group),
                           is_cohort(group) ? csv_share(cell.of(group), cell.in_cohorts()) : "",
                           csv_share(cell.of(group), cell.in_mat()), mean_mg_text(methadone, 3).value_or(""),
                           methadone.people, about);
        }
    }
    sink(text);
}

void write_tracker_json(const TrackerSeries& series, const Provenance& provenance, const TextSink& sink) {
    Json months = Json::array();
    for (std::size_t i = 0; i < series.dates.size(); ++i) {
        const TrackerCell& cell = series.cells[i];
        Json groups = Json::array();
        for (std::size_t k = 0; k < tracker_group_count; ++k)
            groups.push_back(json_of(cell, static_cast<TrackerGroup>(k)));
        const DoseSum average = cell.average_methadone();
        months.push_back({{"as_at", to_text(series.dates[i])},
                          {"part_month", !is_month_end(series.dates[i])},
                          {"in_mat", cell.in_mat()},
                          {"in_cohorts", cell.in_cohorts()},
                          {"mean_methadone_mg", json_mean(average)},
                          {"methadone_people", average.people},
                          {"groups", std::move(groups)}});
    }
    const Json result = {
        {"provenance", json_of(provenance)},
        {"place",
         {{"kind", text_of(series.place.kind)}, {"id", series.place.id}, {"name", series.place.name}}},
        {"change", tracker_sentence(series)},
        {"months", std::move(months)}};
    sink(result.dump(1) + "\n");
}

}  // namespace optimat
